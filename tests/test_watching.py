"""From answer to screen in the database: what may be opened and on which ground, what is kept, and that nothing is changed.

The toy city: camera 1 is for crime prevention, 2 for disasters and further for crime prevention, 3 for traffic enforcement. The
incident `first` is of class 101 (murder), `crash` of class 401 (traffic accident), at (50, 0) metres.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from app.roles import NotYours
from app.services import grounds, shifts, watching
from app.services.watching import GroundUnclear, Watch
from etl.db import Database
from etl.store.watching import CameraGone, GroundNeeded, NoSuchIncident
from etl.video import Video
from tests.city_in_database import NETWORK, RECORDS, lay_out, lonlat

CRASH = """
insert into core.incident (incident_key, occurred_at, class_code, origin, geom)
values ('crash', '2013-03-03 09:00+09', '401', '112', st_setsrid(st_makepoint(200050, 550000), 5186)),
    ('odd', '2013-03-04 09:00+09', 'traffic', '112', null),
    ('spelt', '2013-03-05 09:00+09', ' 0101-2', '112', null)
"""
TABLES = ("emergency_ground", "camera_opening", "sighting", "sighting_undone")


@pytest.fixture(scope="module", autouse=True)
def toy(owner: Database) -> None:
    """Three cameras, the incidents, and a camera that was taken down in 2013."""
    lay_out(owner, NETWORK, RECORDS, CRASH)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into core.camera (camera_key, site_id, head_no) select 'gone', site_id, 2 from core.site"
            " where site_key = 's1'"
        )


def camera(db: Database, key: str, **row: Any) -> dict[str, Any]:
    """Return a camera as Find lists it, seeing and of unknown use unless said otherwise."""
    with db.engine.connect() as connection:
        number = connection.execute(
            text("select camera_id from api.camera_at() where camera_key = :key"), {"key": key}
        ).scalar()
    told = {"camera_id": number, "camera_key": key, "sees": True, "sight": "certain", "turn_to_deg": 90.0}
    return told | {"use": {"allowed": None, "ground": "25-1-2"}} | row


def watch(db: Database, east_m: float = 50.0, **about: Any) -> Watch:
    """Return what is to be seen: a place of the toy city on the street."""
    return Watch(*lonlat(db, east_m, 0.0), **about)


def told(owner: Database, sql: str) -> list[tuple[Any, ...]]:
    with owner.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def last(owner: Database, columns: str, table: str = "camera_opening") -> tuple[Any, ...]:
    return told(owner, f"select {columns} from meta.{table} order by 1 desc limit 1")[0]


@contextmanager
def refused(said: str) -> Iterator[None]:
    with pytest.raises(DBAPIError, match=said):
        yield


def test_what_is_opened_is_written_first_with_place_class_and_ground(
    loader: Database, owner: Database
) -> None:
    row, asked = camera(loader, "c1"), watch(loader, incident_key="first", incident_class="101")
    kept = watching.open_camera(loader, row, asked, by="Kim")
    assert kept["url"] == "vms://camera/c1?incident=first"
    assert (kept["camera_key"], kept["ground_id"]) == ("c1", None)
    columns = "opening_id, who, camera_id, incident_key, class_code, use_allowed, use_ground, st_x(place), st_y(place)"
    *said, x, y = last(owner, columns)
    assert said == [kept["opening_id"], "Kim", row["camera_id"], "first", "101", True, "25-1-2"]
    assert (x, y) == pytest.approx((200050, 550000), abs=1e-3)


def test_the_way_to_the_place_fills_the_blanks_and_a_missing_tilt_stays_empty(loader: Database) -> None:
    video = Video("vms://c/{camera_key}?to={heading_deg}&tilt={tilt_deg}&preset={preset}")
    db = replace(loader, district=replace(loader.district, video=video))
    plain = watching.open_camera(db, camera(db, "c1"), watch(db))
    assert plain["url"] == "vms://c/c1?to=90&tilt=&preset="
    turned = camera(db, "c1", turn_to_deg=271.5, tilt={"deg": 12.5}, preset={"preset_no": 3, "off_deg": 1.0})
    assert watching.open_camera(db, turned, watch(db))["url"] == "vms://c/c1?to=271.5&tilt=12.5&preset=3"


def test_without_a_video_system_nothing_is_opened_and_nothing_written(
    loader: Database, owner: Database
) -> None:
    db = replace(loader, district=replace(loader.district, video=Video()))
    before = told(owner, "select count(*) from meta.camera_opening")
    kept = watching.open_camera(db, camera(db, "c1"), watch(db))
    assert (kept["url"], kept["opening_id"]) == (None, None)
    assert told(owner, "select count(*) from meta.camera_opening") == before


def test_a_camera_of_another_purpose_is_refused_by_service_and_table(
    loader: Database, owner: Database
) -> None:
    asked = watch(loader, incident_key="crash")
    before = told(owner, "select count(*) from meta.camera_opening")
    # The page may be wrong, or be passed by: the table asks for itself.
    for allowed in (False, None, True):
        row = camera(loader, "c1", use={"allowed": allowed, "ground": "25-1-2"})
        with pytest.raises(GroundNeeded):
            watching.open_camera(loader, row, asked)
    assert told(owner, "select count(*) from meta.camera_opening") == before
    assert watching.open_or_ask(loader, camera(loader, "c1"), asked)["ground_needed"] is True
    with refused("no emergency ground holds"), owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into meta.camera_opening (camera_id, class_code, place, use_allowed)"
            " select camera_id, '401', geom, true from core.camera join core.site using (site_id)"
            " where camera_key = 'c1'"
        )
    opened = watching.open_or_ask(loader, camera(loader, "c3"), asked)
    assert (opened["ground_needed"], opened["url"]) == (False, "vms://camera/c3?incident=crash")


def test_the_incidents_own_class_decides_whatever_the_page_says(loader: Database, owner: Database) -> None:
    row = camera(loader, "c3")
    with pytest.raises(GroundNeeded):
        watching.open_camera(loader, row, watch(loader, incident_key="first", incident_class="401"))
    watching.open_camera(loader, row, watch(loader, incident_key="crash", incident_class="101"))
    assert last(owner, "opening_id, class_code")[1] == "401"
    # Of a class that is none of the 112's, what is told decides.
    watching.open_camera(loader, row, watch(loader, incident_key="odd", incident_class="403"))
    assert last(owner, "opening_id, class_code")[1] == "403"
    watching.open_camera(loader, row, watch(loader))
    assert last(owner, "opening_id, class_code, use_allowed")[1:] == (None, None)
    # However the code of a murder is written, a camera that enforces traffic rules stays closed.
    with pytest.raises(GroundNeeded):
        watching.open_camera(loader, row, watch(loader, incident_key="spelt", incident_class="401"))
    with pytest.raises(GroundNeeded):
        watching.open_camera(loader, row, watch(loader, incident_key="spelt"))


@pytest.mark.parametrize(
    ("code", "told"),
    [("401", "401"), ("0401", "401"), ("401.0", "401"), (" 401-1", "401"), ("４０１", "401"), ("701", None), ("40", None),
     ("4011", None), ("traffic", None), ("", None), (None, None)],
)  # fmt: skip
def test_the_class_of_an_incident_however_it_is_written(code: str | None, told: str | None) -> None:
    assert grounds.class_of(code) == told
    assert grounds.is_known(code or "") == (code == "401")
    assert not grounds.is_known("1²3")


def test_table_and_service_agree_on_every_class(owner: Database, loader: Database) -> None:
    purposes = {
        "c1": ["crime_prevention"],
        "c2": ["disaster", "crime_prevention"],
        "c3": ["traffic_enforcement"],
    }
    for key, held in purposes.items():
        number = camera(loader, key)["camera_id"]
        found = told(
            owner,
            "select code::text, allowed from generate_series(100, 699) code"
            f" cross join lateral core.use_of_camera({number}, code::text)",
        )
        assert len(found) == 600
        assert dict(found) == {
            str(code): grounds.use(held, None, str(code))["allowed"] for code in range(100, 700)
        }


def test_a_ground_of_an_incident_opens_for_that_incident_alone(
    loader: Database, staff: Database, owner: Database
) -> None:
    asked = watch(loader, incident_key="crash")
    kept = watching.record_ground(
        loader, asked, code="life_body_property", who=" Kim ", reason="child under a car, call 010-1234-5678"
    )
    assert (kept["until"] - kept["at"]).total_seconds() == 3600
    # Numbers of persons are cut out of the reason.
    assert last(owner, "ground_id, who, incident_key, place", "emergency_ground") == (
        kept["ground_id"],
        "Kim",
        "crash",
        None,
    )
    assert "1234" not in last(owner, "ground_id, reason", "emergency_ground")[1]
    held = watching.ground(staff, watch(staff, 95.0, incident_key="crash"))
    assert held is not None
    assert (held["ground_id"], held["article"]) == (kept["ground_id"], "18-2-3")
    opened = watching.open_camera(
        loader, camera(loader, "c1", use={"allowed": False, "ground": None}), asked, by="Lee"
    )
    assert opened["ground_id"] == kept["ground_id"]
    assert last(owner, "opening_id, use_allowed, ground_id")[1:] == (False, kept["ground_id"])
    with pytest.raises(GroundNeeded):
        watching.open_camera(loader, camera(loader, "c3"), watch(loader, incident_key="first"))


def test_a_ground_of_a_place_holds_round_it(loader: Database, staff: Database) -> None:
    watching.record_ground(
        loader, watch(loader, 1000.0), code="public_safety", who="Kim", reason="gas is leaking"
    )
    held = watching.ground(staff, watch(staff, 1099.0))
    assert held is not None
    assert (held["ground"], held["article"]) == ("public_safety", "18-2-10")
    assert watching.ground(staff, watch(staff, 1101.0)) is None
    opened = watching.open_camera(loader, camera(loader, "c3"), watch(loader, 1099.0, incident_class="602"))
    assert opened["ground_id"] == held["ground_id"]
    with pytest.raises(GroundNeeded):
        watching.open_camera(loader, camera(loader, "c3"), watch(loader, 1101.0, incident_class="602"))


def test_a_ground_ends_with_its_time_and_by_nothing_else(owner: Database, loader: Database) -> None:
    insert = (
        "insert into meta.emergency_ground (at, minutes, ground, who, reason, place, radius_m)"
        " select now() - %s::interval, 30, 'public_safety', 'Kim', 'gas', st_setsrid(st_makepoint(203000, 550000), 5186), 100"
    )
    asked = watch(loader, 3000.0, incident_class="602")
    for age, holds in (("31 minutes", False), ("29 minutes", True)):
        with owner.engine.begin() as connection:
            connection.exec_driver_sql(insert, (age,))
        assert (watching.ground(loader, asked) is not None) is holds


@pytest.mark.parametrize(
    ("code", "who", "reason"),
    [
        ("police", "Kim", "gas"),
        ("public_safety", " ", "gas"),
        ("public_safety", "Kim", " "),
        ("public_safety", "K" * 101, "gas"),
        ("public_safety", "Kim", "g" * 501),
    ],
)
def test_a_ground_without_article_name_or_reason_is_none(
    loader: Database, code: str, who: str, reason: str
) -> None:
    with pytest.raises(GroundUnclear):
        watching.record_ground(loader, watch(loader), code=code, who=who, reason=reason)


def test_who_is_signed_in_goes_before_what_is_typed(loader: Database, owner: Database) -> None:
    watching.record_ground(
        loader, watch(loader, 9000.0), code="public_safety", who="Someone", reason="gas", by="kim@city"
    )
    assert last(owner, "ground_id, who", "emergency_ground")[1] == "kim@city"


def test_an_incident_that_nobody_loaded_and_a_camera_that_is_gone_are_named(
    loader: Database, owner: Database
) -> None:
    nobody = watch(loader, incident_key="unheard of")
    with pytest.raises(NoSuchIncident, match="unheard of"):
        watching.open_camera(loader, camera(loader, "c1"), nobody)
    with pytest.raises(NoSuchIncident):
        watching.record_ground(loader, nobody, code="public_safety", who="Kim", reason="gas")
    with pytest.raises(NoSuchIncident):
        watching.record_sighting(loader, camera(loader, "c1"), nobody, seen=True, density_class="observe")
    gone = told(owner, "select camera_id from core.camera where camera_key = 'gone'")[0][0]
    for number in (gone, 987654):
        with pytest.raises(CameraGone):
            watching.open_camera(loader, camera(loader, "c1", camera_id=number), watch(loader))


def test_who_is_no_operator_writes_nothing(loader: Database) -> None:
    row, asked, planner = camera(loader, "c1"), watch(loader), frozenset({"planner", "auditor"})
    with pytest.raises(NotYours):
        watching.open_camera(loader, row, asked, roles=planner)
    with pytest.raises(NotYours):
        watching.record_ground(loader, asked, code="public_safety", who="Kim", reason="gas", roles=planner)
    with pytest.raises(NotYours):
        watching.record_sighting(loader, row, asked, seen=True, density_class="observe", roles=planner)
    with pytest.raises(NotYours):
        watching.undo_sighting(loader, 1, roles=planner)


def test_a_denied_certain_sight_is_a_doubt_until_seen_or_taken_back(
    loader: Database, staff: Database
) -> None:
    row = camera(loader, "c2")

    def say(seen: bool, east_m: float = 50.0, **said: Any) -> int:
        kept = watching.record_sighting(
            loader, row | said, watch(loader, east_m), seen=seen, density_class="observe"
        )
        return int(kept["sighting_id"])

    say(False, sees=False, sight="possible")  # not told to see for certain: no doubt
    assert shifts.doubts(staff)["cameras"] == []
    slip = say(False)
    say(True, 60.0)
    (doubt,) = shifts.doubts(staff)["cameras"]
    assert {name: doubt[name] for name in ("camera_key", "denied", "confirmed", "places")} == {
        "camera_key": "c2", "denied": 1, "confirmed": 1, "places": 2,
    }  # fmt: skip
    assert watching.undo_sighting(loader, slip) is True
    assert watching.undo_sighting(loader, slip) is False
    assert watching.undo_sighting(loader, 987654) is False
    assert shifts.doubts(staff)["cameras"] == []
    say(False)
    say(True)  # the same spot, looked at again
    assert shifts.doubts(staff)["cameras"] == []


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"sees": True, "sight": "certain"}, "certain"),
        ({"sees": False, "sight": "certain"}, "possible"),  # out of order, or to be turned
        ({"sees": False, "sight": "possible"}, "possible"),
        ({"sees": False, "sight": "none"}, "none"),
    ],
)
def test_what_the_answer_told_is_kept_beside_what_was_seen(row: dict[str, Any], said: str) -> None:
    assert watching.told(row) == said


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_only_added_whoever_holds_the_pen(owner: Database, table: str) -> None:
    for statement in (
        f"update meta.{table} set who = 'x'",
        f"delete from meta.{table}",
        f"truncate meta.{table} cascade",
    ):
        with refused("only added to, never changed"), owner.engine.begin() as connection:
            connection.exec_driver_sql(statement)


def test_the_writer_says_neither_when_nor_whether_it_was_allowed_and_reads_no_name(loader: Database) -> None:
    for column in ("at", "login", "use_allowed", "ground_id"):
        with pytest.raises(ProgrammingError, match="permission denied"), loader.engine.begin() as connection:
            connection.exec_driver_sql(f"insert into meta.camera_opening ({column}) values (null)")
    for table in TABLES:
        for column in ("who", "login"):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                loader.engine.begin() as connection,
            ):
                connection.exec_driver_sql(f"select {column} from meta.{table}")


@pytest.mark.parametrize("role", ["staff", "public"])
def test_no_page_reads_who_opened_what(request: pytest.FixtureRequest, role: str) -> None:
    database: Database = request.getfixturevalue(role)
    for table in TABLES:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            database.engine.connect() as connection,
        ):
            connection.exec_driver_sql(f"select 1 from meta.{table}")


def test_no_column_could_hold_who_was_seen(owner: Database) -> None:
    columns = told(
        owner,
        "select column_name from information_schema.columns where table_schema = 'meta' and table_name = 'sighting'",
    )
    assert {name for (name,) in columns} == {
        "sighting_id", "at", "late_s", "who", "login", "camera_id", "incident_key", "place", "density_class", "told", "seen",
    }  # fmt: skip
