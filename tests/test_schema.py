"""The schema says what is impossible, and describes every table and column."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from etl import db
from etl.db import Database
from tests.database import TestCity

UNDESCRIBED = """
    select n.nspname || '.' || c.relname || coalesce('.' || a.attname, '')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and c.relkind = 'r'
    where n.nspname in ('raw', 'core', 'meta', 'api') and c.relkind in ('r', 'v')
        and (obj_description(c.oid, 'pg_class') is null
            or (a.attnum is not null and col_description(c.oid, a.attnum) is null))
    order by 1
"""
FUNCTIONS_UNDESCRIBED = """
    select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('core', 'meta', 'api') and obj_description(p.oid, 'pg_proc') is null
"""
WITHOUT_INDEX = """
    select g.f_table_schema || '.' || g.f_table_name from geometry_columns g
    join pg_class c on c.oid = format('%I.%I', g.f_table_schema, g.f_table_name)::regclass and c.relkind = 'r'
    where g.f_table_schema = 'core' and not exists (
        select from pg_index i join pg_class ic on ic.oid = i.indexrelid join pg_am am on am.oid = ic.relam
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and am.amname = 'gist' and a.attname = g.f_geometry_column)
"""


@pytest.fixture
def scratch(owner: Database) -> Iterator[Connection]:
    """A connection whose work is rolled back, on one site with one camera."""
    with owner.engine.connect() as connection:
        run = connection.exec_driver_sql
        run("insert into core.agency (name_ko) values ('재난안전과')")
        run(
            "insert into core.site (site_key, geom)"
            " values ('a', st_setsrid(st_makepoint(200000, 600000), 5186))"
        )
        run("insert into core.camera (camera_key, site_id, head_no) select 'a-1', site_id, 1 from core.site")
        yield connection
        connection.rollback()


def _state(connection: Connection, **values: str) -> None:
    """Insert a state of the one camera; values are SQL literals."""
    row = {
        "camera_id": "(select camera_id from core.camera)",
        "agency_id": "(select agency_id from core.agency)",
        "purpose_code": "'disaster'",
        "valid_during": "'[2010-01-01,)'",
    } | values
    connection.exec_driver_sql(
        "insert into core.camera_state (" + ", ".join(row) + ") select " + ", ".join(row.values())
    )


def test_every_table_column_view_and_function_is_described(owner: Database) -> None:
    with owner.engine.connect() as connection:
        assert connection.execute(text(UNDESCRIBED)).scalars().all() == []
        assert connection.execute(text(FUNCTIONS_UNDESCRIBED)).scalars().all() == []


def test_every_geometry_has_a_gist_index_and_the_districts_srid(owner: Database) -> None:
    with owner.engine.connect() as connection:
        assert connection.execute(text(WITHOUT_INDEX)).scalars().all() == []
        rows = connection.exec_driver_sql(
            "select distinct srid from geometry_columns g join pg_class c on c.relkind = 'r'"
            " and c.oid = format('%I.%I', g.f_table_schema, g.f_table_name)::regclass"
            " where g.f_table_schema = 'core'",
            execution_options={"no_parameters": True},
        )
        assert rows.scalars().all() == [5186]


@pytest.mark.parametrize(
    "wrong",
    [
        {"heading_deg": "400"},
        {"heading_deg": "360"},
        {"heading_deg": "'NaN'"},
        {"tilt_deg": "91"},
        {"height_m": "121"},
        {"hfov_deg": "361"},
        {"focal_mm": "'NaN'"},
        {"kind": "'drone'"},
        {"audio": "true"},
        {"retention_days": "0"},
        {"image_w_px": "0"},
        {"purpose_code": "null"},
        {"purpose_code": "'curiosity'"},
        {"agency_id": "null"},
        {"valid_during": "'empty'"},
        {"aim_source": "'guess'"},
    ],
    ids=lambda wrong: " ".join(f"{column}={value}" for column, value in wrong.items()),
)
def test_an_impossible_camera_is_refused(scratch: Connection, wrong: dict[str, str]) -> None:
    with pytest.raises(DBAPIError, match="violates"):
        _state(scratch, **wrong)


def test_what_is_unknown_stays_null(scratch: Connection) -> None:
    _state(scratch)
    row = scratch.exec_driver_sql(
        "select kind, heading_deg, tilt_deg, height_m, hfov_deg, audio, status from core.camera_state"
    ).one()
    assert tuple(row) == (None, None, None, None, None, False, "active")


def test_a_purpose_without_legal_ground_is_refused(scratch: Connection) -> None:
    with pytest.raises(DBAPIError, match="violates"):
        scratch.exec_driver_sql(
            "insert into core.purpose (purpose_code, name_ko, name_en, legal_ground, density_class)"
            " values ('x', 'x', 'x', '25-1-7', 'observe')"
        )


def test_two_states_of_a_camera_may_follow_but_not_overlap(scratch: Connection) -> None:
    _state(scratch, valid_during="'[2010-01-01,2012-01-01)'")
    _state(scratch, valid_during="'[2012-01-01,)'")
    with pytest.raises(DBAPIError, match="one_state_at_a_time"):
        _state(scratch, valid_during="'[2011-12-31,2012-01-01)'")


def test_two_outages_of_a_camera_do_not_overlap(scratch: Connection) -> None:
    outage = (
        "insert into core.camera_status (camera_id, down_during)"
        " select camera_id, tstzrange(%s, %s) from core.camera"
    )
    scratch.exec_driver_sql(outage, ("2013-01-01", "2013-01-02"))
    scratch.exec_driver_sql(outage, ("2013-01-02", None))
    with pytest.raises(DBAPIError, match="one_outage_at_a_time"):
        scratch.exec_driver_sql(outage, ("2013-01-01 23:59", "2013-01-02"))


def test_a_finished_load_accounts_for_every_row(scratch: Connection) -> None:
    batch = (
        "insert into meta.batch (source, rows_in, inserted, quarantined, status) values ('x', 3, 2, %s, %s)"
    )
    scratch.exec_driver_sql(batch, (1, "done"))
    scratch.exec_driver_sql(batch, (0, "running"))
    with pytest.raises(DBAPIError, match="every_row_is_accounted_for"):
        scratch.exec_driver_sql(batch, (0, "done"))


def test_reference_rows_give_each_purpose_its_ground_and_two_ladders(owner: Database) -> None:
    with owner.engine.connect() as connection:
        grounds = dict(connection.exec_driver_sql("select purpose_code, legal_ground from api.purpose").all())
        ladders = connection.exec_driver_sql(
            "select standard_version, array_agg(px_per_m order by rank) from api.density_class group by 1 order by 1"
        ).all()
    assert grounds["crime_prevention"] == "25-1-2"
    assert grounds["disaster"] == "25-1-3"
    assert grounds["traffic_enforcement"] == "25-1-4"
    assert grounds["traffic_information"] == "25-1-5"
    assert [tuple(row) for row in ladders] == [
        ("2015", [12.5, 25, 62.5, 125, 250, 1000]),
        ("2025", [20, 40, 80, 125, 250, 500, 1500]),
    ]


def test_initialising_again_changes_nothing_and_keeps_rows(city: TestCity, owner: Database) -> None:
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("insert into core.agency (name_ko) values ('그대로')")
    db.initialise(city.district, city.server, database=city.name)
    with owner.engine.begin() as connection:
        assert connection.exec_driver_sql("select name_ko from core.agency").scalars().all() == ["그대로"]
        assert connection.exec_driver_sql("select count(*) from api.purpose").scalar() == 9
        assert connection.exec_driver_sql("select version_num from meta.schema_version").scalar() == (
            "0023_consultation"
        )
        connection.exec_driver_sql("delete from core.agency")


def test_an_upgrade_finds_its_way_past_functions_of_another_shape(city: TestCity, owner: Database) -> None:
    """A function whose result changed can't be replaced; one that a table rests on has to stay."""
    with owner.engine.begin() as connection:
        for sql in (
            "drop function api.stale_fields, core.stale_fields",
            "create function core.stale_fields(at date, engine text, reach_m float8) returns int return 1",
            "create function core.caller() returns int return core.stale_fields(null, null, 1)",
            "create function core.twice(x int) returns int immutable return 2 * x",
            "create table core.odd (x int, y int generated always as (core.twice(x)) stored)",
        ):
            connection.exec_driver_sql(sql)
    db.initialise(city.district, city.server, database=city.name)
    with owner.engine.begin() as connection:
        assert connection.exec_driver_sql("select count(*) from api.stale_fields(null, 'v', 1)").scalar() == 0
        assert connection.exec_driver_sql("select to_regprocedure('core.caller()')").scalar() is None
        assert connection.exec_driver_sql("select core.twice(2)").scalar() == 4
        connection.exec_driver_sql("drop table core.odd")
        connection.exec_driver_sql("drop function core.twice")
