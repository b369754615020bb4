"""What stood before: buildings as at a day, and poles that cameras left, kept by the database itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import shapely

from etl.db import Database
from etl.load import load as load_file
from etl.store import frames, writes
from tests import toy
from tests.city_in_database import Door, alter, lay_out, opened
from tests.database import TestCity
from tests.test_load import dong, registry, row

BEFORE, NEW_YEAR, AFTER = date(2012, 12, 31), date(2013, 1, 1), date(2013, 6, 30)
# A load of a file of 1 January 2013; the toy city itself came without a load.
LOAD = """
insert into meta.batch (source, reference_date, status) values ('juso', '{day}', 'running');
"""
BATCH = "(select max(batch_id) from meta.batch)"
NEW_HOUSE = """
insert into core.building (building_key, name, height_m, geom, batch_id) values
    ('C', '새 집', 12, st_multi(st_makeenvelope(200045, 550020, 200055, 550025, 5186)), {batch})
"""


@pytest.fixture
def city(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """The toy city, whose houses A and B came first."""
    with opened(make_city()) as door:
        lay_out(door("owner"))
        yield door


def load(door: Door, day: date, statement: str) -> None:
    """Change the city as a load of a file of that day does."""
    alter(door, LOAD.format(day=day) + statement.format(batch=BATCH))


def stood(db: Database, at: date | None) -> dict[str, tuple[float, float]]:
    """Return the height and the ground of each house, as at a day or now."""
    houses = frames.buildings(db, at)
    assert houses.crs == toy.SRID
    rows = zip(houses["building_key"], houses["height_m"], houses.geometry.area, strict=True)
    return {str(key): (float(height), round(float(area), 6)) for key, height, area in rows}


def test_what_came_first_has_stood_always(city: Door) -> None:
    assert stood(city(), date(1950, 1, 1)) == {"A": (9.0, 600.0), "B": (9.0, 600.0)}


def test_a_first_load_of_two_statements_is_one_load(make_city: Callable[[], TestCity]) -> None:
    box = "st_multi(st_makeenvelope(200000, 550000, 200010, 550010, 5186))"
    row = f"insert into core.building (building_key, height_m, geom, batch_id) values ('{{key}}', 9, {box}, {BATCH});"
    with opened(make_city()) as door:
        alter(door, LOAD.format(day=NEW_YEAR) + row.format(key="A") + row.format(key="B"))
        alter(door, LOAD.format(day=AFTER) + row.format(key="C"))
        assert set(stood(door(), BEFORE)) == {"A", "B"}
        assert set(stood(door(), AFTER)) == {"A", "B", "C"}


def test_a_house_stands_from_the_day_of_the_file_that_names_it(city: Door) -> None:
    load(city, NEW_YEAR, NEW_HOUSE)
    db = city()
    assert set(stood(db, BEFORE)) == {"A", "B"}
    assert stood(db, NEW_YEAR)["C"] == (12.0, 50.0)
    assert stood(db, None) == stood(db, AFTER)


def test_a_changed_house_is_what_it_was_until_the_day(city: Door) -> None:
    load(
        city, NEW_YEAR, "update core.building set height_m = 15, batch_id = {batch} where building_key = 'A'"
    )
    load(
        city,
        date(2013, 3, 1),
        "update core.building set geom = st_multi(st_makeenvelope(200010, 550010, 200030, 550030, 5186)),"
        " batch_id = {batch} where building_key = 'A'",
    )
    db = city()
    assert stood(db, BEFORE)["A"] == (9.0, 600.0)
    assert stood(db, date(2013, 2, 28))["A"] == (15.0, 600.0)
    assert stood(db, date(2013, 3, 1))["A"] == (15.0, 400.0)


def test_a_load_that_changes_some_and_adds_others_keeps_both(city: Door) -> None:
    """The merge of a load: one statement updates A and inserts C, though every house is of that load afterwards."""
    load(city, NEW_YEAR, "delete from core.building where building_key = 'B'")
    alter(city, "delete from core.building_history")
    upsert = """
        insert into core.building (building_key, height_m, geom, batch_id)
        select key, 20, st_multi(st_makeenvelope(200000, 550000, 200010, 550010, 5186)), {batch}
        from unnest(array['A', 'C']) as key
        on conflict (building_key) do update set height_m = excluded.height_m, batch_id = excluded.batch_id
    """
    load(city, AFTER, upsert)
    assert stood(city(), BEFORE) == {"A": (9.0, 600.0)}
    assert stood(city(), AFTER) == {"A": (20.0, 600.0), "C": (20.0, 100.0)}


def test_what_is_changed_by_hand_changed_today(city: Door) -> None:
    load(city, NEW_YEAR, "update core.building set batch_id = {batch}")
    alter(city, "delete from core.building where building_key = 'B'")
    alter(city, "update core.building set height_m = 3 where building_key = 'A'")
    db = city()
    with db.engine.connect() as connection:
        today = connection.exec_driver_sql("select api.today()").scalar_one()
        kept = connection.exec_driver_sql(
            "select building_key, until, batch_id is null from core.building_history where batch_id is null order by 1"
        ).all()
    assert [tuple(row) for row in kept] == [("A", today, True), ("B", today, True)]
    assert stood(db, NEW_YEAR) == {"A": (9.0, 600.0), "B": (9.0, 600.0)}
    assert stood(db, today) == {"A": (3.0, 600.0)}


def test_a_house_that_is_built_again_bears_its_key(city: Door) -> None:
    alter(city, "delete from core.building where building_key = 'B'")
    load(city, NEW_YEAR, NEW_HOUSE.replace("'C'", "'B'"))
    # It was torn down today and stands since the day of the file: the change that came in first tells of before.
    assert stood(city(), BEFORE)["B"] == (9.0, 600.0)
    assert len(stood(city(), None)) == 2


def test_a_moved_camera_is_where_it_hung(city: Door) -> None:
    load(
        city,
        NEW_YEAR,
        "update core.camera set site_id = (select site_id from core.site where site_key = 's2'), batch_id = {batch}"
        " where camera_key = 'c1'",
    )
    db = city()
    moved = frames.cameras_moved(db, BEFORE)
    assert [point.coords[0] for point in moved.geometry] == [toy.CORNER]
    assert frames.cameras_moved(db, NEW_YEAR).empty
    # What a load writes that moves nothing leaves no trace.
    load(city, AFTER, "update core.camera set batch_id = {batch}")
    assert len(frames.cameras_moved(db, date(2000, 1, 1))) == 1


def test_the_history_is_for_the_loader_to_keep_and_for_nobody_to_see(city: Door) -> None:
    with city("loader").engine.begin() as connection:
        connection.exec_driver_sql("update core.building set height_m = 8")
    with city("staff").engine.connect() as connection:
        seen = connection.exec_driver_sql("select count(*) from api.building_at('2000-01-01')").scalar_one()
        assert seen == 2


def test_the_merge_of_a_load_keeps_what_was(city: Door) -> None:
    """Through the store's own merge, as the loader: A is higher, B as it was, C new."""
    db = city()
    houses = frames.buildings(db).set_index("building_key")
    box = toy.place(shapely.box(0, 40, 10, 50))
    frame = pd.DataFrame(
        {
            "building_key": ["A", "C"],
            "height_m": [15.0, 6.0],
            "geom": [houses.geometry["A"], shapely.MultiPolygon([box])],
            "row_hash": [b"a", b"c"],
        },
        index=[1, 2],
    )
    # B is not in the file and stays; the same rows again, of a later day, change nothing and leave nothing.
    for day, outcome in ((NEW_YEAR, (1, 1, 0)), (AFTER, (0, 0, 2))):
        with writes.writing(db, "buildings") as connection:
            batch = writes.begin(connection, toy.SRID, {"source": "juso"}, reference_date=day)
            done = writes.merge_by_key(batch, frame, "core.building", key=["building_key"])
            connection.commit()
        assert (done.inserted, done.updated, done.unchanged) == outcome
    assert stood(db, BEFORE) == {"A": (9.0, 600.0), "B": (9.0, 600.0)}
    assert stood(db, NEW_YEAR) == {"A": (15.0, 600.0), "B": (9.0, 600.0), "C": (6.0, 100.0)}


def test_a_registry_that_moves_a_record_leaves_its_old_pole_known(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    with opened(make_city()) as door:
        db = door()
        load_file(db, "boundaries", dong(tmp_path, ("a", 126.93, 126.95)))
        load_file(db, "cameras", registry(tmp_path, row(day="2013-12-31")))
        load_file(db, "cameras", registry(tmp_path, row(lat="37.5811", day="2014-06-30"), name="later.csv"))
        old, new = frames.cameras_moved(db, date(2014, 6, 29)), frames.cameras(db, date(2014, 6, 30))
        assert frames.cameras_moved(db, date(2014, 6, 30)).empty
    # Both heads of the record; a thousandth of a degree to the north is 111 m.
    assert old["camera_id"].tolist() == new["camera_id"].tolist()
    assert (new.geometry.y.to_numpy() - old.geometry.y.to_numpy()) == pytest.approx([111.0] * 2, abs=0.5)
