"""Throw-away databases lie in memory where there is room, and what a killed run left there goes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.memory_folder import NAME, remove, state_folder


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    shared, memory = tmp_path / "run", tmp_path / "memory"
    shared.mkdir()
    memory.mkdir()
    return shared, memory


def test_in_memory_where_there_is_room(places: tuple[Path, Path]) -> None:
    shared, memory = places
    state = state_folder(shared, os.getpid(), memory=memory, room=0)
    assert state.parent == memory
    assert state.stat().st_mode & 0o777 == 0o755
    remove(state)
    assert list(memory.iterdir()) == []


def test_in_the_runs_own_folder_where_there_is_none(places: tuple[Path, Path]) -> None:
    shared, memory = places
    assert state_folder(shared, os.getpid(), memory=memory, room=2**60).parent == shared
    assert state_folder(shared, os.getpid(), memory=memory / "none", room=0).parent == shared


def test_what_a_killed_run_left_goes_and_a_living_ones_stays(places: tuple[Path, Path]) -> None:
    shared, memory = places
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    for number in (str(over.pid), str(os.getppid()), "other"):
        (memory / f"{NAME}{number}").mkdir()
    state_folder(shared, os.getpid(), memory=memory, room=2**60)
    assert {left.name for left in memory.iterdir()} == {f"{NAME}{os.getppid()}", f"{NAME}other"}
