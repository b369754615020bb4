"""Every class of bad input meets the fate that the catalogue tells, in a load into a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shapely

from etl.db import Database
from etl.load import load
from etl.reasons import REASONS, InputRefused
from tests.bad_inputs import EAST, MIDDLE, NORTH, REMEDY, SOUTH, WEST, BadInput, features
from tests.bad_inputs_page import ALL, PAGE, page
from tests.database import TestCity

ALONE = [each for each in ALL if each.before is None]
AFTER = [each for each in ALL if each.before is not None]


def bounded(city: TestCity, folder: Path) -> Database:
    """Return the toy district with its two dong."""
    database = city.open("loader")
    boxes = shapely.box(WEST, SOUTH, MIDDLE, NORTH), shapely.box(MIDDLE, SOUTH, EAST, NORTH)
    path = folder / "dong.geojson"
    features(*boxes, names={"adm_nm": "가람특별시 골목구 #동", "adm_cd2": "99110#"})(path)
    load(database, "boundaries", path)
    return database


@pytest.fixture(scope="module")
def toy(make_city: Callable[[], TestCity], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = bounded(make_city(), tmp_path_factory.mktemp("toy"))
    yield database
    database.close()


def meets_its_fate(database: Database, each: BadInput, folder: Path) -> None:
    path = folder / each.name
    each.write(path)
    if each.whole:
        with pytest.raises(InputRefused) as refused:
            load(database, each.source, path, dry_run=True)
        assert refused.value.reason == each.whole
        return
    result = load(database, each.source, path, dry_run=True, assume_crs=each.assume_crs)
    assert result.balanced
    # what lies outside or is repeated has a count of its own
    buckets: Counter[str] = Counter()
    for code, n in each.reasons.items():
        buckets[REASONS[code].bucket] += n
    assert {name: getattr(result, name) for name in buckets} == dict(buckets)
    assert result.reasons == {
        code: n for code, n in each.reasons.items() if REASONS[code].bucket == "quarantined"
    }
    assert result.rows_in == each.taken + sum(each.reasons.values())
    assert result.repaired == dict(each.repaired)
    assert result.inserted + result.updated + result.unchanged == each.taken
    assert set(each.notes) <= set(result.notes)
    for told in ("crs_looks_like", "boundary_looks_shifted"):
        assert (told in result.notes) == (told in each.notes)


@pytest.mark.parametrize("each", ALONE, ids=lambda each: each.slug)
def test_a_class_of_bad_input(toy: Database, tmp_path: Path, each: BadInput) -> None:
    meets_its_fate(toy, each, tmp_path)


@pytest.mark.parametrize("each", AFTER, ids=lambda each: each.slug)
def test_a_class_that_comes_after_another_load(
    make_city: Callable[[], TestCity], tmp_path: Path, each: BadInput
) -> None:
    database = bounded(make_city(), tmp_path)
    try:
        earlier = tmp_path / "earlier.csv"
        assert each.before is not None
        each.before(earlier)
        assert load(database, "cameras", earlier).inserted > 0
        meets_its_fate(database, each, tmp_path)
    finally:
        database.close()


def test_the_catalogue_is_long_enough_and_names_each_class_once() -> None:
    assert len(ALL) >= 68
    assert len({each.slug for each in ALL}) == len(ALL)


def test_every_reason_that_stops_a_row_or_a_file_has_a_remedy() -> None:
    named = {code for each in ALL for code in (*each.reasons, *((each.whole,) if each.whole else ()))}
    assert named <= REMEDY.keys()
    assert {code for code in REMEDY if code.isupper()} <= REASONS.keys()


def test_the_page_for_stewards_is_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
