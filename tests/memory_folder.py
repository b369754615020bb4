"""Where throw-away databases lie: in memory where there is room for them, as a copy on a shared disk takes half a second."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from etl import cluster

MEMORY = Path("/dev/shm")
# What all databases of a run take at most, several times over: no machine shall run short of memory by tests.
ROOM = 8 * 2**30
NAME = "golmok-tests-"


def state_folder(shared: Path, run: int, *, memory: Path = MEMORY, room: int = ROOM) -> Path:
    """Return the state folder of a run's cluster: in memory where there is room, else in the run's own folder.

    shared  folder of the run
    run     number of the process that the run ends with
    What a run that was killed left in memory is removed first.
    """
    if not os.access(memory, os.W_OK):
        return shared / "state"
    _clear(memory)
    if min(shutil.disk_usage(memory).free, _available()) < room:
        return shared / "state"
    folder = memory / f"{NAME}{run}"
    folder.mkdir()
    # The server's user passes through it.
    folder.chmod(0o755)
    return folder


def remove(state: Path) -> None:
    """Remove a cluster and its state folder."""
    cluster.remove(state)
    shutil.rmtree(state, ignore_errors=True)


def _clear(memory: Path) -> None:
    for left in memory.glob(f"{NAME}*"):
        number = left.name.removeprefix(NAME)
        if number.isdigit() and not _lives(int(number)) and left.stat().st_uid == os.geteuid():
            remove(left)


def _lives(run: int) -> bool:
    try:
        os.kill(run, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _available() -> int:
    """Return how many bytes of memory are available, 0 where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    told = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return int(told[0]) * 1024 if told else 0
