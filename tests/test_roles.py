"""Each door, from both sides: what a role may do, and what it may not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from etl import db
from etl.cluster import Server
from etl.db import Database
from etl.errors import DatabaseUnreachable, NotPermitted
from tests.database import TestCity

READ = "select incident_key from api.read_incidents('2013-01-01', '2014-01-01', {purpose})"


@pytest.fixture(scope="module", autouse=True)
def toy(owner: Database) -> None:
    """One camera of today, one that was retired, two incidents, one police record."""
    with owner.engine.begin() as connection:
        for statement in (
            "insert into core.agency (name_ko) values ('재난안전과')",
            "insert into core.site (site_key, geom) values ('a', st_setsrid(st_makepoint(200000, 600000), 5186))",
            "insert into core.camera (camera_key, site_id, head_no) select 'a-' || n, site_id, n"
            " from core.site, generate_series(1, 2) n",
            "insert into core.camera_state"
            " (camera_id, valid_during, agency_id, purpose_code, status, heading_deg, model)"
            " select camera_id, '[2010-01-01,)', agency_id, 'disaster',"
            " case head_no when 1 then 'active' else 'retired' end, 90, 'secret' from core.camera, core.agency",
            "insert into core.incident (incident_key, occurred_at, class_code, origin, geom) values"
            " ('i1', '2013-03-01', '101', '112', st_setsrid(st_makepoint(200010, 600000), 5186)),"
            " ('i2', '2014-01-01', '101', '112', null)",
            "insert into core.police_record (record_key, kind, occurred_at, camera_key)"
            " values ('p1', 'supply', '2013-04-01', 'a-1')",
        ):
            connection.exec_driver_sql(statement)


def _rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def _refused(database: Database, sql: str) -> None:
    with database.engine.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text(sql))


def _log(owner: Database) -> list[tuple[object, ...]]:
    return _rows(
        owner,
        "select who, role, action, object, purpose, rows from meta.access_log order by access_id",
    )


def test_staff_reads_views_but_names_nothing_in_core(staff: Database) -> None:
    assert _rows(staff, "select camera_key, agency, legal_ground, status from api.camera") == [
        ("a-1", "재난안전과", "25-1-3", "working")
    ]
    for table in ("core.camera", "core.site", "core.incident", "meta.batch", "raw.source_row"):
        _refused(staff, "table " + table)


def test_staff_writes_nothing(staff: Database) -> None:
    _refused(staff, "insert into api.agency (name_ko) values ('x')")
    _refused(staff, "delete from api.batch")
    _refused(staff, "create table api.mine (x int)")


def test_reading_incidents_gives_the_rows_and_leaves_a_trace(staff: Database, owner: Database) -> None:
    before = len(_log(owner))
    with staff.engine.begin() as connection:
        connection.execute(text("select set_config('app.user', 'planner', true)"))
        rows = connection.execute(text(READ.format(purpose="'coverage of May'"))).scalars().all()
    assert rows == ["i1"]  # i2 falls on the end, which the period does not hold
    assert _log(owner)[before:] == [
        ("planner", "golmok_staff", "read", "core.incident", "coverage of May", 1)
    ]


@pytest.mark.parametrize("purpose", ["null", "''", "'  '"])
def test_reading_incidents_without_a_purpose_is_refused(
    staff: Database, owner: Database, purpose: str
) -> None:
    before = _log(owner)
    with staff.engine.begin() as connection, pytest.raises(DBAPIError, match="purpose is blank"):
        connection.execute(text(READ.format(purpose=purpose)))
    assert _log(owner) == before


def test_reading_police_records_leaves_a_trace_too(staff: Database, owner: Database) -> None:
    before = len(_log(owner))
    with staff.engine.begin() as connection:
        found = connection.execute(
            text(
                "select camera_key from api.read_police_records('2013-01-01', '2014-01-01', 'half-year report')"
            )
        )
        assert found.scalars().all() == ["a-1"]
    assert [row[3:] for row in _log(owner)[before:]] == [("core.police_record", "half-year report", 1)]


REFUSED = """
insert into meta.batch (source, rows_in, quarantined, status) values
    ('cameras', 1, 1, 'done'), ('incidents', 1, 1, 'done'), ('police', 1, 1, 'done');
insert into meta.refusal (batch_id, row_no, reasons, raw)
select batch_id, 1, array['BAD_TIME'], jsonb_build_object('of', source) from meta.batch;
"""


def test_a_refused_row_about_persons_is_read_with_a_trace_alone(staff: Database, owner: Database) -> None:
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(REFUSED)
    before = len(_log(owner))
    shown = (
        "select source, raw ->> 'of', r.reasons from api.refusal r join api.batch using (batch_id) order by 1"
    )
    assert _rows(staff, shown) == [
        ("cameras", "cameras", ["BAD_TIME"]),
        ("incidents", None, ["BAD_TIME"]),
        ("police", None, ["BAD_TIME"]),
    ]
    assert len(_log(owner)) == before
    ((batch,),) = _rows(staff, "select batch_id from api.batch where source = 'incidents'")
    ask = text("select raw ->> 'of', row_no from api.read_refusals(:batch, :why)")
    with staff.engine.begin() as connection:
        assert connection.execute(ask, {"batch": batch, "why": "why 1 row left"}).all() == [("incidents", 1)]
    assert [row[3:] for row in _log(owner)[before:]] == [("meta.refusal", "why 1 row left", 1)]
    with staff.engine.begin() as connection, pytest.raises(DBAPIError, match="purpose is blank"):
        connection.execute(ask, {"batch": batch, "why": " "})


def test_the_log_keeps_the_login_whatever_name_is_said(staff: Database, owner: Database) -> None:
    with staff.engine.begin() as connection:
        connection.execute(text("select set_config('app.user', 'someone else', true)"))
        login = connection.execute(text("select session_user::text")).scalar()
        connection.execute(text(READ.format(purpose="'who am I'")))
    assert _rows(owner, "select who, login from meta.access_log where purpose = 'who am I'") == [
        ("someone else", login)
    ]


def test_a_read_that_is_rolled_back_stays_in_the_servers_log(staff: Database, owner: Database) -> None:
    before = _log(owner)
    with staff.engine.connect() as connection:
        session = connection.connection.dbapi_connection
        assert session is not None
        cursor = session.cursor()
        # what goes to the server's log comes to the client too, when it asks
        cursor.execute("set local client_min_messages = log")
        cursor.execute(READ.format(purpose="E'unseen\\n2013-01-01 LOG: all is well'"))
        said = "".join(session.notices)
        session.rollback()
    assert _log(owner) == before
    (line,) = [each for each in said.splitlines() if "golmok access" in each]
    # one line, whatever the purpose holds: nobody writes lines of his own into the log
    assert '"purpose": "unseen\\n2013-01-01 LOG: all is well"' in line
    assert '"rows": 1' in line
    assert '"login": ' in line


def test_counts_leave_no_trace_and_name_no_place(staff: Database, owner: Database) -> None:
    before = _log(owner)
    assert _rows(staff, "select n from api.incident_counts()") == [(1,), (1,)]
    assert _rows(staff, "select kind, n from api.police_record_counts()") == [("supply", 1)]
    assert _log(owner) == before


def test_staff_reads_no_access_log(staff: Database) -> None:
    _refused(staff, "select * from meta.access_log")


def test_public_sees_points_and_purposes_alone(public: Database) -> None:
    assert _rows(public, "select purpose_en, st_x(geom) from api.public_camera") == [("Disaster", 200000.0)]
    with public.engine.connect() as connection:
        names = connection.execute(text("select * from api.public_camera")).keys()
    assert list(names) == ["camera_id", "purpose_ko", "purpose_en", "geom"]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from api.camera",
        "select * from api.camera_at()",
        "select * from api.cameras_seeing(st_setsrid(st_makepoint(200000, 600000), 5186))",
        "select * from api.read_incidents('2013-01-01', '2014-01-01', 'curiosity')",
        "select * from api.incident_counts()",
        "select * from api.coverage_gap",
        "select * from api.field_of_view",
        "select model from core.camera_state",
        "select core.note_access('x', 'x', 1, '{}')",
    ],
)
def test_public_sees_nothing_else(public: Database, sql: str) -> None:
    _refused(public, sql)


def test_public_columns_are_granted_one_by_one(owner: Database) -> None:
    granted = _rows(
        owner,
        "select table_name || '.' || column_name from information_schema.column_privileges"
        " where grantee = 'golmok_public' and table_schema <> 'api' order by 1",
    )
    assert [name for (name,) in granted] == [
        "boundary.code",
        "boundary.geom",
        "boundary.level",
        "boundary.name_en",
        "boundary.name_ko",
        "camera.camera_id",
        "camera.site_id",
        "camera_behind.camera_id",
        "camera_behind.during",
        "camera_state.camera_id",
        "camera_state.purpose_code",
        "camera_state.status",
        "camera_state.valid_during",
        "purpose.legal_ground",
        "purpose.name_en",
        "purpose.name_ko",
        "purpose.purpose_code",
        "site.geom",
        "site.site_id",
    ]


def test_loader_writes_rows_and_batches(loader: Database) -> None:
    with loader.engine.connect() as connection:
        run = connection.exec_driver_sql
        batch = run("insert into meta.batch (source) values ('x') returning batch_id").scalar()
        run("insert into raw.source_row values (%s, 1, '{}')", (batch,))
        run("insert into core.agency (name_ko) values ('녹색주차과')")
        run("update core.agency set name_en = 'Green parking' where name_ko = '녹색주차과'")
        run("create temporary table staged (x int) on commit drop")
        connection.rollback()


def test_loader_adds_to_the_access_log_but_changes_nothing_in_it(loader: Database) -> None:
    with loader.engine.connect() as connection:
        connection.exec_driver_sql(
            "insert into meta.access_log (action, object, purpose) values ('export', 'core.camera', 'hand-over')"
        )
        connection.rollback()
    for forged in ("login", "role"):
        _refused(
            loader,
            f"insert into meta.access_log (action, object, purpose, {forged}) values ('a', 'b', 'c', 'd')",
        )
    _refused(loader, "update meta.access_log set purpose = 'x'")
    _refused(loader, "delete from meta.access_log")
    _refused(loader, "truncate meta.access_log")


def test_not_even_the_owner_changes_the_access_log(owner: Database) -> None:
    for sql in (
        "update meta.access_log set purpose = 'x'",
        "delete from meta.access_log",
        "truncate meta.access_log",
    ):
        with owner.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.execute(text(sql))


def test_loader_changes_no_schema(loader: Database) -> None:
    _refused(loader, "create table core.mine (x int)")
    _refused(loader, "create view api.mine as select 1")
    with loader.engine.connect() as connection, pytest.raises(ProgrammingError, match="must be owner"):
        connection.execute(text("drop table core.lamp"))


def test_arrow_connections_take_the_same_role(staff: Database) -> None:
    with staff.arrow() as connection, connection.cursor() as cursor:
        cursor.execute("select current_user::text, current_setting('timezone')")
        assert cursor.fetchall() == [("golmok_staff", "UTC")]


def test_a_server_that_nobody_answers_for_is_unreachable(city: TestCity) -> None:
    nobody = db.connect(city.district, Server("postgresql://golmok@127.0.0.1:1/"), role="staff")
    with pytest.raises(DatabaseUnreachable, match="failed"), nobody.arrow():
        pass


def _cut(owner: Database, number: int) -> None:
    """End the connection of a server's process as its keeper would."""
    with owner.engine.connect() as other:
        other.exec_driver_sql("set role none")
        other.exec_driver_sql("select pg_terminate_backend(%s)", (number,))
        other.exec_driver_sql("set role golmok_owner")


def test_a_server_that_goes_amid_the_work_is_unreachable(staff: Database, owner: Database) -> None:
    with pytest.raises(DatabaseUnreachable), staff.arrow() as connection, connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        (number,) = cursor.fetchone()
        _cut(owner, number)
        cursor.execute("select 1")


def test_one_connection_serves_what_is_read_in_turn(staff: Database) -> None:
    from adbc_driver_postgresql import dbapi

    def asked(db: Database, sql: str) -> object:
        with db.arrow() as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]

    me = "select pg_backend_pid()"
    with staff.one_after_another() as held:
        number = asked(held, me)
        assert asked(held, me) == number
        # What was not committed is undone before the next reads, what was wrong too.
        asked(held, "select set_config('golmok.tried', 'yes', false)")
        assert asked(held, "select coalesce(current_setting('golmok.tried', true), '')") == ""
        with pytest.raises(dbapi.Error, match="division by zero"):
            asked(held, "select 1 / 0")
        assert asked(held, me) == number
        assert asked(staff, me) != number


def test_a_held_connection_that_is_cut_is_named(staff: Database, owner: Database) -> None:
    with pytest.raises(DatabaseUnreachable), staff.one_after_another() as held:
        with held.arrow() as connection, connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            (number,) = cursor.fetchone()
        _cut(owner, number)
        with held.arrow() as connection, connection.cursor() as cursor:
            cursor.execute("select 1")


def test_a_wrong_question_is_not_taken_for_a_lost_server(staff: Database) -> None:
    from adbc_driver_postgresql import dbapi

    with pytest.raises(dbapi.Error, match="division by zero"), staff.arrow() as connection:
        connection.execute("select 1 / 0").fetchall()


def test_guarded_functions_pin_their_search_path(owner: Database) -> None:
    loose = _rows(
        owner,
        "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where p.prosecdef and n.nspname in ('api', 'core', 'meta')"
        " and not coalesce('search_path=pg_catalog, pg_temp' = any(p.proconfig), false)",
    )
    assert loose == []


@pytest.fixture
def plain_user(owner: Database, city: TestCity) -> Iterator[Server]:
    """The server as a login without any right sees it."""
    if "//golmok@" not in city.server.address:
        pytest.skip("a server of one's own may ask a new login for a password")
    with owner.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("set role none")
        connection.exec_driver_sql("create role plain_user login")
        yield Server(city.server.address.replace("//golmok@", "//plain_user@"))
        connection.exec_driver_sql("drop role plain_user")
        connection.exec_driver_sql("set role golmok_owner")


def test_a_user_who_lacks_a_right_is_told_which(plain_user: Server, city: TestCity) -> None:
    with pytest.raises(NotPermitted, match="may not create databases; ask for one called golmok_nowhere"):
        db.initialise(city.district, plain_user, database="golmok_nowhere")
    with pytest.raises(NotPermitted, match="may not create the roles golmok_owner"):
        db.initialise(city.district, plain_user, database=city.name)
