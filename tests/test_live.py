"""The outbox of what just happened: who writes it, in which order it is read, and what is open."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.errors import DatabaseUnreachable, NotPermitted
from etl.store import live
from tests.database import TestCity

INCIDENT = (
    "insert into core.incident (incident_key, occurred_at, class_code, urgency, origin, exercise, closing_code, repeat_call,"
    " geom) values ('{key}', clock_timestamp() - interval '{ago}', '{code}', {urgency}, '112', {exercise}, {closing}, {repeated},"
    " st_setsrid(st_makepoint(200000, 600000), 5186))"
)
DESK = {"role": "operator", "purpose": "on shift", "who": "op01"}


def incident(key: str, ago: str = "1 minute", **facts: object) -> str:
    said = {"code": "102", "urgency": 1, "exercise": False, "closing": "null", "repeated": False} | facts
    return INCIDENT.format(key=key, ago=ago, **said)


def do(db: Database, *statements: str) -> None:
    """Run statements in one transaction."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


@pytest.fixture
def here(place: TestCity) -> Iterator[tuple[Database, Database]]:
    """A database with one camera: as its owner, and as the app sees it."""
    owner, staff = place.open("owner"), place.open("staff")
    do(
        owner,
        "insert into core.site (site_key, geom) values ('a', st_setsrid(st_makepoint(200000, 600000), 5186))",
        "insert into core.camera (camera_key, site_id, head_no) select 'a-1', site_id, 1 from core.site",
    )
    yield owner, staff
    owner.close()
    staff.close()


def told(db: Database, since: int = 0) -> list[tuple[object, object, object]]:
    return [(row["kind"], row["incident_key"], row["camera_key"]) for row in live.events_since(db, since)]


def test_recent_incidents_are_told_and_old_ones_and_exercises_are_not(
    here: tuple[Database, Database],
) -> None:
    owner, staff = here
    assert live.last_event(staff) == 0
    do(
        owner,
        incident("now"),
        incident("yesterday", "25 hours"),
        incident("drill", exercise=True),
        incident("done", closing="'101'"),
    )
    assert told(staff) == [("incident", "now", None), ("closed", "done", None)]
    assert live.last_event(staff) == 2


def test_a_change_is_told_and_a_closing_and_what_turns_out_to_be_an_exercise(
    here: tuple[Database, Database],
) -> None:
    owner, staff = here
    do(owner, incident("a"), incident("b"), incident("old", "3 days"))
    do(owner, "update core.incident set urgency = 0 where incident_key in ('a', 'old')")
    do(owner, "update core.incident set closing_code = '201' where incident_key = 'a'")
    do(owner, "update core.incident set exercise = true where incident_key = 'b'")
    do(owner, "update core.incident set exercise = true, urgency = 4 where incident_key = 'b'")
    assert told(staff, 2) == [("incident", "a", None), ("closed", "a", None), ("closed", "b", None)]


def test_what_is_undone_is_not_told(here: tuple[Database, Database]) -> None:
    owner, staff = here
    with owner.engine.connect() as connection:
        connection.execute(text(incident("undone")))
        connection.rollback()
    do(owner, incident("kept"))
    assert told(staff) == [("incident", "kept", None)]


def test_outages_that_reach_into_the_last_day_are_told(here: tuple[Database, Database]) -> None:
    owner, staff = here
    outage = "insert into core.camera_status (camera_id, down_during) select camera_id, tstzrange({}) from core.camera"
    do(owner, outage.format("'2013-01-01', '2013-01-02'"))
    assert told(staff) == []
    do(owner, outage.format("'2014-01-01', null"))
    do(
        owner,
        "update core.camera_status set down_during = tstzrange('2014-01-01', '2014-02-01') where upper_inf(down_during)",
    )
    do(owner, "update core.camera_status set reason = 'dust'")
    do(owner, outage.format("clock_timestamp() - interval '1 hour', null"))
    do(owner, "delete from core.camera_status")
    assert told(staff) == [("health", None, "a-1")] * 4


def test_events_are_numbered_in_the_order_of_the_commits(here: tuple[Database, Database]) -> None:
    """A transaction that writes second waits for the one that wrote first: no number appears below one already read."""
    owner, staff = here
    began, done = threading.Event(), threading.Event()

    def second() -> None:
        began.set()
        do(owner, incident("second"))
        done.set()

    other = threading.Thread(target=second)
    with owner.engine.connect() as connection:
        connection.execute(text(incident("first")))
        other.start()
        began.wait()
        _until_someone_waits(staff)
        assert not done.is_set()
        assert told(staff) == []
        connection.commit()
    other.join()
    assert told(staff) == [("incident", "first", None), ("incident", "second", None)]


def _until_someone_waits(db: Database) -> None:
    waiting = text("select exists(select from pg_locks where locktype = 'advisory' and not granted)")
    with db.engine.connect() as connection:
        while not connection.execute(waiting).scalar():
            connection.rollback()


def test_only_open_incidents_are_on_the_board_by_urgency(here: tuple[Database, Database]) -> None:
    owner, staff = here
    do(
        owner,
        incident("unknown", urgency="null"),
        incident("earlier", "3 minutes", urgency=1),
        incident("later", "2 minutes", urgency=1),
        incident("gravest", "9 hours", urgency=0),
        incident("drill", exercise=True),
        incident("again", repeated=True, closing="'708'"),
        incident("closed", closing="'101'"),
        incident("stale", "25 hours"),
    )
    found = live.open_incidents(staff, **DESK)
    assert [row["incident_key"] for row in found] == ["gravest", "later", "earlier", "unknown"]
    assert found[0]["lon"] == pytest.approx(127.0, abs=1e-6)
    assert [row["incident_key"] for row in live.open_incidents(staff, **DESK, only="later")] == ["later"]
    assert live.open_incidents(staff, **DESK, only="closed") == []


def test_how_long_an_incident_is_open_is_the_districts_to_say(here: tuple[Database, Database]) -> None:
    owner, staff = here
    do(
        owner,
        "update meta.district set settings = jsonb_set(settings, '{live,open_hours}', '2')",
        incident("a", "1 hour"),
        incident("b", "3 hours"),
    )
    assert told(staff) == [("incident", "a", None)]
    assert [row["incident_key"] for row in live.open_incidents(staff, **DESK)] == ["a"]


def test_reading_the_board_is_logged_and_refused_to_who_may_not(here: tuple[Database, Database]) -> None:
    owner, staff = here
    do(owner, incident("a"))
    live.open_incidents(staff, **DESK)
    with owner.engine.connect() as connection:
        log = text("select who, purpose, rows, detail ->> 'precise_for' from meta.access_log")
        assert [tuple(row) for row in connection.execute(log)] == [("op01", "on shift", 1, "operator")]
    with pytest.raises(NotPermitted, match="not for planner"):
        live.open_incidents(staff, **{**DESK, "role": "planner"})


def test_events_are_kept_for_two_days_and_numbers_go_on(
    here: tuple[Database, Database], place: TestCity
) -> None:
    owner, staff = here
    do(owner, incident("a"), incident("b"), incident("c"))
    do(owner, "update meta.live_event set at = at - interval '49 hours' where event_id <> 2")
    loader = place.open("loader")
    assert live.forget_events(loader) == 2
    loader.close()
    assert told(staff) == [("incident", "b", None)]
    do(owner, incident("d"))
    assert live.last_event(staff) == 4


def test_the_public_reads_no_event(place: TestCity) -> None:
    public = place.open("public")
    with public.engine.connect() as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute(text("select * from api.live_event"))
    public.close()


def test_who_listens_is_woken_with_the_last_number(here: tuple[Database, Database]) -> None:
    owner, staff = here
    waking = live.listen(staff, heartbeat_s=60)
    assert next(waking) is None
    do(owner, incident("a"), incident("b"))
    assert next(waking) == 2
    waking.close()


def test_silence_is_a_heartbeat_and_a_lost_server_is_said(here: tuple[Database, Database]) -> None:
    owner, staff = here
    waking = live.listen(staff, heartbeat_s=0.01)
    assert [next(waking), next(waking)] == [None, None]
    ended = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
    do(owner, "set role none", f"{ended} and application_name = 'golmok listens'")
    with pytest.raises(DatabaseUnreachable):
        for _ in range(1000):
            next(waking)
