"""Who could have recorded it, on the toy city: parts, chances, light, outages, states of then, days of retention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import shapely
from sqlalchemy import text

from app.phrases_witness import cells, lines, sentence
from app.services import cases, witness
from app.words import sentence as told_of
from spatial.errors import OutOfRange, UnknownClass
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, opened
from tests.database import TestCity

KST = ZoneInfo("Asia/Seoul")
CASE = "2013-77"
NOW = datetime(2013, 6, 30, 9, 0, tzinfo=KST)
NOON = datetime(2013, 6, 25, 12, 0, tzinfo=KST)
ONE = datetime(2013, 6, 25, 13, 0, tzinfo=KST)


@dataclass(frozen=True)
class Then:
    """A toy city with an open case, and how questions are put to it."""

    door: Door

    def ask(
        self, since: datetime = NOON, until: datetime = ONE, *, east_m: float = 20.0, **options: Any
    ) -> dict[str, Any]:
        """Ask of 20 m round a place on street L1: its metres 0 to 40, unless the place is another."""
        db = self.door("staff")
        lon, lat = toy_city.lonlat(db, east_m, 0.0)
        given = {"radius_m": 20.0, "density_class": "observe", "now": NOW} | options
        asked = witness.Asked(CASE, lon, lat, given["radius_m"], since, until, given["density_class"])
        return witness.witness(db, asked, who="Kim", now=given["now"])

    def alter(self, *statements: str) -> None:
        for statement in statements:
            alter(self.door, statement)


@pytest.fixture
def then(make_city: Callable[[], TestCity]) -> Iterator[Then]:
    """A toy city of its own with its hand-drawn fields of view and one open case."""
    with opened(make_city()) as door:
        toy_city.lay_out(door("owner"))
        toy_city.draw_fields(door())
        cases.open_case(door(), CASE, office="Toy police", ground="18-2-7", by="Lee")
        yield Then(door)


@pytest.fixture(scope="module")
def settled(drawn: Door) -> Then:
    """The module's toy city with one open case, in which nothing is changed."""
    cases.open_case(drawn(), CASE, office="Toy police", ground="18-2-7", by="Lee")
    return Then(drawn)


def keys(answer: dict[str, Any]) -> list[str]:
    return [row["camera_key"] for row in answer["cameras"]]


def one(answer: dict[str, Any], key: str = "c1") -> dict[str, Any]:
    (row,) = (row for row in answer["cameras"] if row["camera_key"] == key)
    return row


def keep(then: Then, days: str, key: str = "c1") -> None:
    then.alter(
        f"update core.camera_state set retention_days = {days} from core.camera c"
        f" where c.camera_id = camera_state.camera_id and camera_key = '{key}'"
    )


def break_down(then: Then, since: str, until: str, key: str = "c1") -> None:
    then.alter(
        "insert into core.camera_status (camera_id, down_during, reason)"
        f" select camera_id, tstzrange('{since}+09', '{until}+09'), 'power' from core.camera where camera_key = '{key}'"
    )


def test_which_part_of_the_alleys_each_could_have_recorded(settled: Then) -> None:
    """Camera 1 surely has 0..30 of the 40 m; camera 2 has the last 10, looking there one time in four."""
    answer = settled.ask()
    assert (answer["alleys_m"], answer["at"], answer["until_day"]) == (40.0, "2013-06-25", "2013-06-25")
    assert keys(answer) == ["c1", "c2"]
    assert one(answer)["alleys"] == {"certain": 0.75, "share": 0.75, "possible": 0.75}
    assert one(answer, "c2")["alleys"] == {"certain": 0.0, "share": 0.0625, "possible": 0.25}
    assert answer["any"]["alleys"] == {"certain": 0.75, "share": 0.8125, "possible": 1.0}
    assert answer["any_kept"] == answer["any"]
    assert (one(answer)["distance_m"], one(answer, "c2")["distance_m"]) == (20.0, 30.0)
    assert answer["counts"] == {
        "cameras": 2, "hardly": 0, "at_class": 2, "certain": 1, "unknown_retention": 2, "kept": 2, "down": 0, "gone": 0,
    }  # fmt: skip


def test_which_part_of_the_open_ground(settled: Then) -> None:
    """House A covers part of the circle; what is left is measured on a grid of 0.4 m."""
    circle = shapely.Point(20, 0).buffer(20, quad_segs=64)
    open_ground = circle - shapely.box(10, 10, 40, 30)
    surely = open_ground & shapely.box(0, -2, 30, 2)
    answer = settled.ask()
    assert answer["open_m2"] == pytest.approx(open_ground.area, abs=0.1)
    assert one(answer)["area"]["certain"] == pytest.approx(surely.area / open_ground.area, abs=0.005)


def test_at_which_class(settled: Then) -> None:
    answer = settled.ask()
    by_class = {rung["class"]: rung["alleys"]["certain"] for rung in one(answer)["by_class"]}
    assert by_class == {"detect": 1.0, "observe": 0.75, "recognise": 0.25, "identify": 0.0}
    assert (one(answer)["class"], one(answer)["certain_class"]) == ("recognise", "recognise")
    assert (one(answer, "c2")["class"], one(answer, "c2")["certain_class"]) == ("observe", None)
    finer = settled.ask(density_class="identify")
    assert (finer["headline_code"], finer["counts"]["at_class"]) == ("coarser", 0)
    assert sentence(finer, "en") == "None at class identify. At a coarser class could have recorded it: 2."


def test_none_is_an_answer(settled: Then) -> None:
    answer = settled.ask(east_m=85.0, radius_m=10.0)
    assert (answer["headline_code"], answer["cameras"]) == ("none", [])
    assert sentence(answer, "en") == "None. No camera could have recorded this place then."
    before = settled.ask(datetime(2009, 1, 1, tzinfo=KST), datetime(2009, 1, 1, 1, tzinfo=KST))
    assert (before["before_first"], before["first_camera"]) == (True, "2010-03-01")
    assert "The first camera was installed on 1 March 2010." in sentence(before, "en")
    far = settled.ask(east_m=5000.0)
    assert far["outside"]
    assert sentence(far, "ko").endswith("지역 밖입니다.")


def test_the_network_is_that_of_the_day(settled: Then) -> None:
    """Camera 2 hangs since May 2012."""
    assert keys(settled.ask(datetime(2011, 6, 1, 12, tzinfo=KST), datetime(2011, 6, 1, 13, tzinfo=KST))) == [
        "c1"
    ]


@pytest.mark.parametrize(
    ("days", "footage", "left", "group", "cell"),
    [
        ("null", "unknown", None, "kept", "retention unknown"),
        ("6", "kept", 1, "kept", "1 days left"),
        ("5", "kept", 0, "kept", "deleted today"),
        ("4", "gone", -1, "gone", "deleted since 29 June 2013"),
    ],
)
def test_days_of_retention(
    then: Then, days: str, footage: str, left: int | None, group: str, cell: str
) -> None:
    """Of 25 June, asked on the 30th."""
    keep(then, days)
    row = one(answer := then.ask())
    assert (row["footage"], row["days_left"], row["group"]) == (footage, left, group)
    assert cells(row, "en")["left"] == cell
    # What is gone stands last, however well it saw.
    assert keys(answer) == (["c2", "c1"] if group == "gone" else ["c1", "c2"])


def test_days_are_those_of_the_districts_clocks(then: Then) -> None:
    """A night over midnight is of two days in Seoul, though of one in UTC: the first goes a day before the last."""
    keep(then, "5")
    night = datetime(2013, 6, 24, 23, 30, tzinfo=KST), datetime(2013, 6, 25, 0, 30, tzinfo=KST)
    row = one(then.ask(*night))
    assert (row["footage"], row["gone_on"], row["all_gone_on"]) == ("partly", "2013-06-29", "2013-06-30")
    # A time that ends at midnight holds nothing of the next day.
    row = one(then.ask(night[0], datetime(2013, 6, 25, tzinfo=KST)))
    assert (row["footage"], row["all_gone_on"]) == ("gone", "2013-06-29")
    # It is the 30th in Seoul from 15:00 UTC of the 29th on.
    late = datetime.fromisoformat("2013-06-29T15:00+00:00")
    assert one(then.ask(now=late))["days_left"] == 0


def test_all_gone_is_told(then: Then) -> None:
    for key in ("c1", "c2"):
        keep(then, "4", key)
    answer = then.ask()
    assert (answer["headline_code"], answer["counts"]["gone"]) == ("gone", 2)
    assert answer["any"]["alleys"]["certain"] == 0.75
    assert answer["any_kept"]["alleys"] == {"certain": 0.0, "share": 0.0, "possible": 0.0}


def test_a_camera_that_worked_half_of_the_time(then: Then) -> None:
    break_down(then, "2013-06-25 12:30", "2013-06-25 14:00")
    row = one(answer := then.ask())
    outage = {"from": "2013-06-25T12:30+09:00", "until": "2013-06-25T13:00+09:00", "reason": "power"}
    assert row["working"] == {"share": 0.5, "down": [outage]}
    assert (row["group"], answer["any"]["alleys"]["certain"]) == ("kept", 0.75)
    assert cells(row, "en")["worked"] == "50 % (down 12:30–13:00)"
    assert one(answer, "c2")["working"] == {"share": 1.0, "down": []}


def test_a_camera_that_was_down_throughout_stands_apart(then: Then) -> None:
    break_down(then, "2013-06-25 11:00", "2013-06-25 13:00:01")
    answer = then.ask()
    assert keys(answer) == ["c2", "c1"]
    assert (one(answer)["group"], one(answer)["working"]["share"]) == ("down", 0.0)
    assert answer["any"]["alleys"] == {"certain": 0.0, "share": 0.0625, "possible": 0.25}
    # An instant falls into an outage, or does not.
    assert one(then.ask(NOON, NOON))["group"] == "down"
    assert one(then.ask(ONE.replace(minute=1), ONE.replace(minute=1)))["working"]["share"] == 1.0


def test_health_that_nobody_told_is_unknown(settled: Then) -> None:
    answer = settled.ask()
    assert (answer["health_known"], one(answer)["working"]) == (False, {"share": None, "down": []})
    assert cells(one(answer), "en")["worked"] == "unknown"
    assert "Whether the cameras worked is not known: their health was never loaded." in lines(answer, "en")


def test_a_camera_that_was_changed_amid_the_time_is_two(then: Then) -> None:
    """From 25 June camera 1 sees 10 m for sure, no longer 30."""
    then.alter(
        "update core.camera_state set valid_during = '[2010-03-01,2013-06-25)' from core.camera c"
        " where c.camera_id = camera_state.camera_id and camera_key = 'c1'",
        "insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg)"
        " select camera_id, '[2013-06-25,)', agency_id, purpose_code, kind, 0 from core.camera_state"
        " join core.camera using (camera_id) where camera_key = 'c1'",
        "insert into core.field_of_view (state_id, density_class, sight, geom, area_m2, inputs_hash)"
        " select max(state_id), 'observe', 'certain', st_multi(st_makeenvelope(200000, 549998, 200010, 550002, 5186)), 40, 'x'"
        " from core.camera_state",
    )
    answer = then.ask(datetime(2013, 6, 24, 23, tzinfo=KST), datetime(2013, 6, 25, 1, tzinfo=KST))
    rows = [row for row in answer["cameras"] if row["camera_key"] == "c1"]
    assert [(row["changed"], row["alleys"]["certain"]) for row in rows] == [("until", 0.75), ("from", 0.25)]
    assert (rows[0]["in_force_until"], rows[1]["in_force_from"]) == ("2013-06-25T00:00+09:00",) * 2
    assert (answer["counts"]["cameras"], len(answer["cameras"])) == (2, 3)
    assert cells(rows[1], "en")["camera"] == "c1 (as from 25 June 2013 00:00)"


def test_by_night_only_what_is_lit_counts(then: Then) -> None:
    """A lamp at 5 m lights 0..17.5: 44 of the 100 pieces of 0.4 m have their middle there."""
    dark = datetime(2013, 6, 25, 22, tzinfo=KST), datetime(2013, 6, 25, 23, tzinfo=KST)
    unknown = then.ask(*dark)
    assert unknown["light"] == {"then": "night", "dark_share": 1.0, "known": False, "shown": "day"}
    assert one(unknown)["alleys"]["certain"] == 0.75
    then.alter(
        "insert into core.lamp (lamp_key, geom) values ('l', st_setsrid(st_makepoint(200005, 550000), 5186))"
    )
    night = then.ask(*dark)
    assert night["light"]["shown"] == "night"
    # Nobody knows how far its infrared light reaches: at most all that it sees by day.
    assert one(night)["alleys"] == {"certain": 0.44, "share": 0.44, "possible": 0.75}
    both = then.ask(datetime(2013, 6, 25, 18, tzinfo=KST), datetime(2013, 6, 25, 23, tzinfo=KST))
    assert (both["light"]["then"], one(both)["alleys"]["certain"]) == ("both", 0.75)
    assert one(both)["by_night"]["alleys"]["certain"] == 0.44


def test_without_buildings_nothing_is_certain(then: Then) -> None:
    then.alter("delete from core.building")
    answer = then.ask()
    assert one(answer)["alleys"] == {"certain": 0.0, "share": None, "possible": 0.75}
    assert (answer["counts"]["certain"], answer["walls_known"]) == (0, False)
    assert answer["any"]["alleys"] == {"certain": 0.0, "share": None, "possible": 1.0}


def test_views_that_are_out_of_date_are_told(then: Then) -> None:
    assert then.ask()["stale"] == 0
    then.alter("update core.camera_state set height_m = 7")
    answer = then.ask()
    assert answer["stale"] == 3
    assert "The views of 3 cameras are to be computed anew." in lines(answer, "en")


def _log(then: Then) -> list[Any]:
    ask = text(
        "select who, object, purpose, rows, detail from meta.access_log where object = 'witness' order by access_id"
    )
    with then.door("owner").engine.connect() as connection:
        return list(connection.execute(ask))


def test_each_question_leaves_one_row(then: Then) -> None:
    then.ask()
    then.ask(east_m=85.0, radius_m=10.0)
    first, second = _log(then)
    assert (first.who, first.purpose, first.rows, second.rows) == ("Kim", f"case {CASE}, 18-2-7", 2, 0)
    lon, lat = toy_city.lonlat(then.door("staff"), 20.0, 0.0)
    assert (first.detail["lon"], first.detail["lat"]) == pytest.approx((lon, lat), abs=1e-7)
    assert (first.detail["case_no"], first.detail["radius_m"]) == (CASE, 20)
    assert datetime.fromisoformat(first.detail["since"]) == NOON


def test_no_answer_without_an_open_case(then: Then) -> None:
    cases.close_case(then.door(), CASE, by="Lee")
    with pytest.raises(cases.CaseNotOpen):
        then.ask()
    assert _log(then) == []


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"case_no": " "}, cases.CaseBlank, "Say the number of the case"),
        ({"radius_m": 0.0}, witness.RadiusWrong, "1–1,000 m"),
        ({"radius_m": 5000.0}, witness.RadiusWrong, "1–1,000 m"),
        ({"radius_m": float("nan")}, witness.RadiusWrong, "1–1,000 m"),
        ({"since": ONE, "until": NOON}, witness.TimeBackwards, "2013-06-25 13:00 – 2013-06-25 12:00"),
        ({"since": NOON.replace(month=5, day=1)}, witness.TimeTooLong, "at most 31 days"),
        ({"lat": 551000.0}, OutOfRange, "no place on the globe"),
        ({"density_class": "see"}, UnknownClass, "see"),
    ],
)
def test_what_cannot_be_asked_is_said(changes: dict[str, Any], error: type[Exception], said: str) -> None:
    usual = {"case_no": CASE, "lon": 127.0, "lat": 37.5, "radius_m": 20.0, "since": NOON, "until": ONE}
    with pytest.raises(error) as raised:
        witness.Asked(**(usual | changes))
    assert said in told_of(raised.value, "en")[0]
    assert told_of(raised.value, "ko")[1] == 2


def test_nothing_is_recorded_of_a_time_to_come(then: Then) -> None:
    with pytest.raises(witness.TimeAhead) as raised:
        then.ask(NOW.replace(hour=8), NOW.replace(hour=10))
    assert "2013-06-30 10:00" in told_of(raised.value, "en")[0]
    assert _log(then) == []
