"""Alarms hold a list against its own last state: lists of several departments under one source make no alarm of each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.services import alarms, list_states
from etl.load import load
from etl.store import quality, status
from etl.terms import Terms
from tests.test_load import registry, row
from tests.test_quality import DUE, NORTH, SOUTH, Held, held

__all__ = ["held"]

FREELY = Terms(accept_loss=True)


def cameras(held: Held, folder: Path, name: str, *lists: tuple[str, range], change: str = "") -> None:
    """Load a list of cameras: of each agency, those of these numbers."""
    rows = [
        row(f"20263120000{n:04d}", manager=agency, road=f"골목로 {n}", lat=f"37.580{n:02d}", count="1", change=change)
        for agency, numbers in lists
        for n in numbers
    ]  # fmt: skip
    result = load(held.loader, "cameras", registry(folder, *rows, name=name), terms=FREELY)
    assert (result.outside, result.quarantined) == (0, 0)


def lamps(held: Held, folder: Path, name: str, *numbers: int) -> None:
    path = folder / name
    lines = [f"{n},37.580{n:02d},126.9368" for n in numbers]
    path.write_text("\n".join(["관리번호,위도,경도", *lines]) + "\n", encoding="utf-8")
    assert load(held.loader, "lamps", path, terms=FREELY).outside == 0


def shrunk(held: Held) -> list[dict[str, Any]]:
    loads: Any = status.status(held.staff)["loads"]
    told = alarms.alarms(held.staff, loads, now=DUE)
    return [alarm for alarm in told if alarm["code"] != "late"]


def test_lists_of_two_agencies_in_turn_make_no_alarm(held: Held, tmp_path: Path) -> None:
    for month in range(2):
        cameras(held, tmp_path, f"north{month}.csv", (NORTH, range(10, 50 + month)))
        cameras(held, tmp_path, f"south{month}.csv", (SOUTH, range(60, 70 + month)))
    assert shrunk(held) == []


def test_another_agencys_list_hides_no_loss(held: Held, tmp_path: Path) -> None:
    cameras(held, tmp_path, "north.csv", (NORTH, range(10, 50)))
    cameras(held, tmp_path, "less.csv", (NORTH, range(10, 40)))
    cameras(held, tmp_path, "south.csv", (SOUTH, range(60, 70)))
    (fewer,) = shrunk(held)
    assert fewer == {"code": "fewer_rows", "source": "cameras", "batch_id": 3, "before_batch_id": 2, "n": 30, "before": 40,
                     "lost": 0.25}  # fmt: skip


def test_a_list_that_is_parted_lost_nothing_when_all_of_it_came(held: Held, tmp_path: Path) -> None:
    cameras(held, tmp_path, "both.csv", (NORTH, range(10, 30)), (SOUTH, range(60, 70)))
    cameras(held, tmp_path, "north.csv", (NORTH, range(10, 30)))
    fewer, gone = shrunk(held)
    assert (fewer["n"], fewer["before"], gone["agencies"]) == (20, 30, [{"agency": SOUTH, "n": 10}])
    cameras(held, tmp_path, "south.csv", (SOUTH, range(60, 68)))
    (less,) = shrunk(held)
    assert (less["batch_id"], less["before_batch_id"], less["n"], less["before"]) == (4, 2, 8, 10)


def test_an_agency_under_a_new_name_takes_its_rows_along(held: Held, tmp_path: Path) -> None:
    cameras(held, tmp_path, "old.csv", (NORTH, range(10, 20)), (SOUTH, range(60, 70)))
    cameras(held, tmp_path, "new.csv", (NORTH, range(10, 20)), ("골목구청 도로과", range(60, 70)))
    (gone,) = shrunk(held)
    assert (gone["code"], gone["agencies"]) == ("agencies_gone", [{"agency": SOUTH, "n": 10}])


def test_a_list_of_changes_is_no_list_that_shrank(held: Held, tmp_path: Path) -> None:
    cameras(held, tmp_path, "whole.csv", (NORTH, range(10, 30)))
    cameras(held, tmp_path, "changes.csv", (NORTH, range(10, 12)), change="U")
    assert shrunk(held) == []


def test_lists_without_agencies_are_told_apart_by_their_objects(held: Held, tmp_path: Path) -> None:
    lamps(held, tmp_path, "east.csv", *range(10, 30))
    lamps(held, tmp_path, "west.csv", *range(40, 45))
    assert shrunk(held) == []
    lamps(held, tmp_path, "east_less.csv", *range(10, 22))
    lamps(held, tmp_path, "west_more.csv", *range(40, 46))
    (fewer,) = shrunk(held)
    assert (fewer["batch_id"], fewer["before_batch_id"], fewer["n"], fewer["before"]) == (4, 2, 12, 20)


@pytest.mark.parametrize(("shared", "pairs"), [(2, [(2, 1)]), (1, [])])
def test_half_of_the_objects_make_two_lists_one(held: Held, tmp_path: Path, shared: int, pairs: list[tuple[int, int]]) -> None:  # fmt: skip
    lamps(held, tmp_path, "one.csv", *range(10, 14))
    lamps(held, tmp_path, "two.csv", *range(14 - shared, 18 - shared))
    lists: Any = quality.list_sizes(held.staff, ["lamps"])
    found = list_states.by_objects(lists, lambda one, other: quality.lists_alike(held.staff, one, other))
    assert [(states.last["batch_id"] - 1, states.earlier["batch_id"] - 1) for states in found] == pairs


def test_the_same_file_again_is_no_state_of_its_own() -> None:
    loads = [{"batch_id": 3, "file_sha256": "a", "n": 5}, {"batch_id": 2, "file_sha256": "a", "n": 5},
             {"batch_id": 1, "file_sha256": "b", "n": 9}]  # fmt: skip
    named = {3: {NORTH: 5}, 2: {NORTH: 5}, 1: {NORTH: 9}}
    for found in (
        list_states.by_agency(loads, named),
        list_states.by_objects(loads, lambda *_: True),
        list_states.in_turn(loads),
    ):
        assert [(states.last["batch_id"], states.earlier["batch_id"], states.n, states.before) for states in found] == [
            (3, 1, 5, 9)
        ]  # fmt: skip
