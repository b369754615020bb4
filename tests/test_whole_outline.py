"""A file of boundaries that would take away much of the district is held until a person has looked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from etl.db import Database
from etl.load import Terms, load
from etl.reasons import InputRefused
from tests.database import TestCity
from tests.test_load import EAST, MIDDLE, WEST, ask, counts, dong

KEYS = "select boundary_key from core.boundary order by 1"
ALL = [("district",), ("dong:99110a",), ("dong:99110b",)]


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield database
    database.close()


def held(db: Database, file: Path, terms: Terms) -> str:
    with pytest.raises(InputRefused) as refused:
        load(db, "boundaries", file, terms=terms)
    assert refused.value.reason == "LIST_SHRANK"
    return refused.value.detail


@pytest.mark.parametrize("terms", [Terms(), Terms(part=True)])
def test_dong_that_a_file_does_not_name_hold_it(db: Database, tmp_path: Path, terms: Terms) -> None:
    short = dong(tmp_path, ("a", WEST, MIDDLE))
    assert "1 of the 2 dong are missing and the district would have 0.98 km2 instead of 1.96 km2" in held(
        db, short, terms
    )
    assert ask(db, KEYS) == ALL
    done = load(db, "boundaries", short, terms=Terms(accept_loss=True))
    assert counts(done) == {"unchanged": 1, "retired": 1}


def test_an_outline_that_shrinks_holds_the_file_though_every_dong_is_named(
    db: Database, tmp_path: Path
) -> None:
    # of 0.02 degrees from west to east 0.0012 go, 6 %; then 0.0008, 4 %
    detail = held(db, dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST - 0.0012)), Terms())
    assert detail.startswith("the district would have 1.84 km2 instead of 1.96 km2, a loss of more than 5%")
    little = dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST - 0.0008))
    assert counts(load(db, "boundaries", little)) == {"updated": 1, "unchanged": 1}


def test_an_outline_of_a_whole_district_is_compared_with_the_one_before(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    def whole(east: float) -> Path:
        file = dong(tmp_path, ("", WEST, east))
        content = json.loads(file.read_text())
        content["features"][0]["properties"] = {"SIG_CD": "99110", "SIG_KOR_NM": "골목구"}
        file.write_text(json.dumps(content))
        return file

    database = make_city().open("loader")
    try:
        assert counts(load(database, "boundaries", whole(EAST))) == {"inserted": 1}
        assert "0.98 km2 instead of 1.96 km2" in held(database, whole(MIDDLE), Terms())
        assert counts(load(database, "boundaries", whole(EAST + 0.01))) == {"updated": 1}
    finally:
        database.close()


def test_a_file_that_names_more_and_the_same_again_are_no_loss(db: Database, tmp_path: Path) -> None:
    more = dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST), ("c", EAST, EAST + 0.01))
    assert counts(load(db, "boundaries", more)) == {"inserted": 1, "unchanged": 2}
    assert counts(load(db, "boundaries", more)) == {"unchanged": 3}
