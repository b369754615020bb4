"""A load run again from its kept rows: the same state; what is missing of it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.load import load, replay
from etl.replay import NotReplayable
from tests.database import TestCity
from tests.test_load import ask, counts, registry, row
from tests.test_load_doors import geojson

CAMERAS = """
    select c.camera_key, s.valid_during::text, s.purpose_code, s.view_text, st_astext(p.geom), encode(s.row_hash, 'hex')
    from core.camera c join core.camera_state s using (camera_id) join core.site p using (site_id) order by 1, 2"""


@pytest.fixture
def city(make_city: Callable[[], TestCity]) -> TestCity:
    return make_city()


@pytest.fixture
def db(city: TestCity) -> Iterator[Database]:
    database = city.open("loader")
    yield database
    database.close()


# What operators wrote of cameras is guarded, and refers to them: nothing was written here.
UNGUARDED = tuple(
    f"alter table meta.{table} disable trigger user"
    for table in ("camera_opening", "sighting", "sighting_undone")
)


def lose(city: TestCity, *statements: str) -> None:
    owner = city.open("owner")
    with owner.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    owner.close()


def file_of_all_kinds(folder: Path) -> Path:
    return registry(
        folder,
        row(),
        row("2", lat="126.9451", lon="37.5801", view="360도전방면"),
        row("3", purpose="드론"),
        row("", road="=1+1"),
        row("", road="골목로 7", count="1"),
        row("", road="골목로 7", count="3"),
        row("4") + ",한 칸 더",
    )


def test_a_replay_of_an_intact_state_writes_nothing_and_says_the_same(db: Database, tmp_path: Path) -> None:
    first = load(db, "cameras", file_of_all_kinds(tmp_path))
    before = ask(db, CAMERAS), ask(db, "select count(*) from meta.batch")
    again = replay(db, int(first.batch_id or 0))
    assert (ask(db, CAMERAS), ask(db, "select count(*) from meta.batch")) == before
    assert again.batch_id == first.batch_id
    assert again.reasons == first.reasons == {"BAD_SHAPE": 1, "FORMULA": 1, "UNKNOWN_PURPOSE": 1}
    assert again.repaired == first.repaired
    assert again.reference_date == first.reference_date
    assert counts(again) == {"unchanged": first.inserted, "quarantined": 3}


def test_what_is_missing_of_a_load_comes_back(city: TestCity, db: Database, tmp_path: Path) -> None:
    first = load(db, "cameras", file_of_all_kinds(tmp_path))
    before = ask(db, CAMERAS)
    lose(city, *UNGUARDED, "truncate core.camera cascade")
    again = replay(db, int(first.batch_id or 0))
    assert ask(db, CAMERAS) == before
    assert again.inserted == first.inserted
    assert again.batch_id != first.batch_id
    assert again.notes["replay_of"] == first.batch_id


def test_shapes_come_back_too(city: TestCity, db: Database, tmp_path: Path) -> None:
    square = [[[126.93, 37.57], [126.94, 37.57], [126.94, 37.58], [126.93, 37.57]]]
    zones = geojson(tmp_path, ({"zone_key": "z1", "kind": "침수", "name_ko": "가"}, "Polygon", square))
    first = load(db, "zones", zones)
    assert first.inserted == 1
    told = "select zone_key, kind, st_astext(geom), encode(row_hash, 'hex') from core.zone"
    before = ask(db, told)
    lose(city, "delete from core.zone")
    replay(db, int(first.batch_id or 0))
    assert ask(db, told) == before


def test_what_cannot_be_run_again_is_told(db: Database, tmp_path: Path) -> None:
    with pytest.raises(NotReplayable, match="no load 99"):
        replay(db, 99)


def test_a_replay_ends_again_what_its_list_no_longer_named(
    city: TestCity, db: Database, tmp_path: Path
) -> None:
    def listed(count: int, day: str) -> Path:
        rows = [row(str(n), lat=f"37.58{n:02d}1", count="1", day=day) for n in range(1, count + 1)]
        return registry(tmp_path, *rows, row("99", purpose="드론", day=day))

    one = load(db, "cameras", listed(30, "2013-12-31"))
    two = load(db, "cameras", listed(29, "2014-06-30"))
    assert two.retired == 1
    before, refusals = ask(db, CAMERAS), ask(db, "select count(*) from meta.refusal")
    lose(city, *UNGUARDED, "truncate core.camera cascade")
    for batch in (one, two):
        replay(db, int(batch.batch_id or 0))
    assert ask(db, CAMERAS) == before
    assert ask(db, "select count(*) from meta.refusal") == refusals
