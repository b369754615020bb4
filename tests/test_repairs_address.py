"""A refused camera without a number is tied to the row that brings it repaired where its address says which one that is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.db import Database
from etl.load import load
from etl.terms import Terms
from tests.database import TestCity
from tests.test_load import EAST, MIDDLE, WEST, ask, dong, registry, row
from tests.test_repairs import tied

NO_TIE = (None, None, None, None)
DAYS = ("2013-12-31", "2014-06-30", "2014-12-31")


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield database
    database.close()


def pole(n: int, **cells: str) -> str:
    """Return the row of a camera without a number at its own address."""
    return row("", **{"road": f"골목로 {n}", "lat": f"37.58{n:02d}1", "count": "1", **cells})


def listed(db: Database, folder: Path, day: str, *rows: str) -> int:
    """Load a list of a day with twenty good rows before the given ones; return how many refusals it repaired."""
    good = [pole(n, day=day) for n in range(10, 30)]
    result = load(db, "cameras", registry(folder, *good, *rows, name=f"{day}.csv"), terms=Terms(accept_loss=True))  # fmt: skip
    return int(str(result.notes.get("refusals_repaired", 0)))


def test_the_one_row_at_its_address_repairs_it(db: Database, tmp_path: Path) -> None:
    listed(db, tmp_path, DAYS[0], pole(30, purpose="드론"))
    # Another spelling of the address is the same one.
    mended = pole(30, road="가람특별시 골목구 골목로  30 (한옥)", day=DAYS[1])
    assert listed(db, tmp_path, DAYS[1], mended) == 1
    assert tied(db) == [(None, 21, "taken", "address")]
    assert ask(db, "select count(*) from api.open_refusal") == [(0,)]


def test_refused_again_it_goes_on_and_is_repaired_as_one(db: Database, tmp_path: Path) -> None:
    listed(db, tmp_path, DAYS[0], pole(30, purpose="드론"))
    assert listed(db, tmp_path, DAYS[1], pole(30, purpose="드론", day=DAYS[1])) == 0
    assert ask(db, "select batch_id, times from api.open_refusal") == [(3, 2)]
    assert listed(db, tmp_path, DAYS[2], pole(30, day=DAYS[2])) == 1
    assert tied(db) == [(None, 21, "taken", "address")] * 2


@pytest.mark.parametrize(
    ("refused", "later"),
    [
        # two refused rows at one address, two rows at it later, one at it that was refused and one that was taken
        ([pole(30, purpose="드론"), pole(30, count="0")], [pole(30, day=DAYS[1])]),
        ([pole(30, purpose="드론")], [pole(30, day=DAYS[1]), pole(30, day=DAYS[1], view="북", purpose="교통단속")]),
        ([pole(30, purpose="드론"), pole(30)], [pole(30, day=DAYS[1], purpose="교통단속")]),
        # another agency's, another address, neither the purpose nor the place is what it was
        ([pole(30, purpose="드론")], [pole(30, day=DAYS[1], manager="가람구청")]),
        ([pole(30, purpose="드론")], [pole(30, day=DAYS[1], road="골목로 31")]),
        ([pole(30, purpose="드론")], [pole(30, day=DAYS[1], lat="37.58311")]),
        # no number in the address: no pole is named
        ([pole(30, purpose="드론", road="골목로")], [pole(30, day=DAYS[1], road="골목로")]),
    ],
)  # fmt: skip
def test_where_it_is_not_sure_nothing_is_tied(
    db: Database, tmp_path: Path, refused: list[str], later: list[str]
) -> None:
    listed(db, tmp_path, DAYS[0], *refused)
    assert listed(db, tmp_path, DAYS[1], *later) == 0
    assert set(tied(db)) == {NO_TIE}


def test_a_record_that_was_known_before_repairs_nothing(db: Database, tmp_path: Path) -> None:
    known = registry(tmp_path, pole(30), name="other_department.csv")
    load(db, "cameras", known)
    listed(db, tmp_path, DAYS[0], pole(30, purpose="드론"))
    load(db, "cameras", registry(tmp_path, pole(30, day=DAYS[1]), name="other_again.csv"))
    assert tied(db) == [NO_TIE]
