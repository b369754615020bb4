"""Ways out of the crossing of tests/crossroads.py: exits 1 to 4 lie north, east, south and west, 198 m out after a minute."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.services import WrongUse, net, net_relay
from app.services.find import UnknownIncidentClass
from app.services.net import Flight, UnknownMode, WrongRings
from app.services.net_world import net_world, warm
from app.services.verify import UnknownCamera
from etl.db import Database
from etl.errors import DatabaseUnreachable
from etl.store import frames
from etl.store.days import today
from etl.store.ways import watchers, ways_stamp
from spatial.errors import NoStreetNear
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter
from tests.crossroads import crossroads
from tests.database import TestCity
from tests.toy_world import DAY

NORTH, EAST, SOUTH, WEST = 1, 2, 3, 4
NOW = datetime(2013, 6, 30, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def door(city: TestCity) -> Iterator[Door]:
    with crossroads(city) as opened:
        yield opened


def asked(
    door: Door, *, at_m: tuple[float, float] = (0, 0), proven: bool = True, **flight: Any
) -> dict[str, Any]:
    db = door("staff")
    lon, lat = toy_city.lonlat(db, *at_m)
    told = Flight(**{"minutes": (1.0,), "reaction_s": 0.0} | flight)
    return net.net(db, lon, lat, flight=told, proven=proven, at=DAY, now=NOW)


def ring_of(answer: dict[str, Any]) -> dict[str, Any]:
    (ring,) = answer["rings"]
    return ring


def test_the_fewest_cameras_close_what_can_be_closed_and_the_rest_says_why(door: Door) -> None:
    answer = asked(door)
    ring = ring_of(answer)
    assert (ring["exits"], ring["closed"], len(ring["cameras"])) == (4, 2, 2)
    # North by camera 1; camera 3 holds one of south and west: it can't be at home and turned at once.
    keys = {row["camera_key"]: row for row in ring["cameras"]}
    assert keys["c1"]["closes"] == [NORTH]
    (held,) = keys["c3"]["closes"]
    assert held in (SOUTH, WEST)
    other = SOUTH + WEST - held
    assert {row["exit_id"]: row["why_code"] for row in ring["open"]} == {EAST: "possible", other: "one_aim"}
    assert {row["exit_id"]: row["street"] for row in ring["places"]} == {
        1: "North",
        2: "East",
        3: "South",
        4: "West",
    }
    # Each street is as likely as another: two of four stay open.
    assert (ring["escape_share"], ring["proved"], ring["bound"]) == (0.5, True, 2)
    assert (answer["first"], answer["proved"], answer["stale"], answer["walls_known"]) == (
        False,
        True,
        0,
        True,
    )


def test_a_turning_camera_is_told_with_the_aim_that_closes(door: Door) -> None:
    for row in ring_of(asked(door))["cameras"]:
        if row["kind"] == "fixed":
            assert (row["aim"], row["heading_deg"]) == (None, 90.0)
        elif row["closes"] == [SOUTH]:
            assert row["aim"] == {"heading_deg": 90.0, "tilt_deg": 20.0, "preset": 1, "hung": True}
        else:
            assert row["aim"] == {"heading_deg": 180.0, "tilt_deg": 20.0, "preset": 2, "hung": False}


def test_exits_lie_where_he_can_first_be_after_the_time(door: Door) -> None:
    db = door("staff")
    north = ring_of(asked(door))["places"][0]
    east_m, north_m = toy_city.metric(db, north["lon"], north["lat"])
    assert (round(east_m - 200_000, 1), round(north_m - 550_000, 1)) == (0.0, 198.0)
    assert north["end_of_map"] is False


def test_the_first_answer_is_marked_and_closes_as_much(door: Door) -> None:
    first = asked(door, proven=False)
    assert first["first"] is True
    assert ring_of(first)["closed"] == 2


def test_a_camera_of_another_purpose_is_left_out_and_what_it_would_close_is_said(door: Door) -> None:
    ring = ring_of(asked(door, incident_class="101"))
    assert [(row["camera_key"], row["closes"], row["use"]["allowed"]) for row in ring["cameras"]] == [
        ("c1", [NORTH], True)
    ]
    assert {row["exit_id"]: row["why_code"] for row in ring["open"]} == {
        EAST: "possible",
        SOUTH: "purpose",
        WEST: "purpose",
    }
    (kept_back,) = ring["withheld"]
    assert (kept_back["camera_key"], kept_back["use"]["allowed"]) == ("c3", False)
    assert kept_back["closes"] in ([SOUTH], [WEST])
    assert ring["escape_share"] == 0.75


def test_an_emergency_ground_opens_them_and_the_row_still_says_that_the_purpose_is_another(
    door: Door,
) -> None:
    answer = asked(door, incident_class="101", emergency=True)
    ring = ring_of(answer)
    assert (answer["emergency"], ring["closed"], ring["withheld"]) == (True, 2, [])
    assert {row["camera_key"]: row["use"]["allowed"] for row in ring["cameras"]} == {"c1": True, "c3": False}


def test_a_camera_that_is_out_of_order_closes_nothing(door: Door) -> None:
    alter(
        door,
        "insert into core.camera_status (camera_id, down_during) select camera_id, '[2013-01-01,)' from core.camera where camera_key = 'c1'",
    )
    try:
        ring = ring_of(asked(door))
        assert "c1" not in {row["camera_key"] for row in ring["cameras"]}
        assert {row["exit_id"]: row["why_code"] for row in ring["open"]}[NORTH] == "down"
    finally:
        alter(door, "delete from core.camera_status")


def test_the_rings_grow_with_the_clock_and_a_view_of_where_he_may_be_closes_nothing(door: Door) -> None:
    # After 40 s he can be 132 m out, beyond every view; the ring lies 330 m out.
    answer = asked(door, since=NOW - timedelta(seconds=40))
    ring = ring_of(answer)
    assert (answer["elapsed_s"], ring["exits"], ring["closed"], ring["cameras"]) == (40.0, 4, 0, [])
    assert {row["why_code"] for row in ring["open"]} == {"unseen"}
    assert ring["escape_share"] == 1.0
    # After ten minutes the streets have ended: nothing leads on.
    late = ring_of(asked(door, since=NOW - timedelta(minutes=10)))
    assert (late["exits"], late["closed"], late["escape_share"]) == (0, 0, 0.0)


def test_reaction_time_counts_as_elapsed_and_a_call_ahead_of_the_clock_as_now(door: Door) -> None:
    waited = ring_of(asked(door, reaction_s=40.0))
    assert (waited["exits"], waited["closed"]) == (4, 0)
    ahead = asked(door, since=NOW + timedelta(minutes=3))
    assert (ahead["elapsed_s"], ring_of(ahead)["closed"]) == (0.0, 2)
    long_ago = asked(door, since=NOW - timedelta(days=3))
    assert (long_ago["elapsed_s"], long_ago["longer"]) == (3600.0, True)


def test_several_rings_come_in_order_and_by_bicycle_they_lie_farther_out(door: Door) -> None:
    answer = asked(door, minutes=(2.0, 1.0, 2.0))
    assert [(ring["minutes"], ring["exits"]) for ring in answer["rings"]] == [(1.0, 4), (2.0, 4)]
    # 5.6 m/s: 336 m; a car makes 8.3 in an alley, which ends after 400 m
    assert ring_of(asked(door, mode="bicycle"))["exits"] == 4
    assert ring_of(asked(door, mode="car"))["exits"] == 0


def test_without_a_building_nothing_is_certain(door: Door) -> None:
    alter(door, "create table core.kept as select * from core.building; delete from core.building")
    try:
        answer = asked(door)
        assert (answer["walls_known"], ring_of(answer)["closed"]) == (False, 0)
        assert {row["why_code"] for row in ring_of(answer)["open"]} == {"possible"}
    finally:
        alter(
            door,
            "insert into core.building (building_key, height_m, geom) select building_key, height_m, geom from core.kept; drop table core.kept",
        )


def test_a_street_that_comes_is_there_at_the_next_question(door: Door) -> None:
    before = ways_stamp(door("staff"), density_class="observe")
    alter(
        door,
        "insert into core.alley (alley_key, name, width_m, kind, geom) values ('NE', 'NE', 6, 'alley',"
        " st_setsrid(st_makeline(st_makepoint(200000, 550000), st_makepoint(200300, 550300)), 5186))",
    )
    try:
        assert ways_stamp(door("staff"), density_class="observe") != before
        ring = ring_of(asked(door))
        assert [row["street"] for row in ring["places"]] == ["North", "NE", "East", "South", "West"]
    finally:
        alter(door, "delete from core.alley where alley_key = 'NE'")
    assert ring_of(asked(door))["exits"] == 4


def test_nobody_is_seen_in_a_tunnel_though_a_view_lies_over_it(door: Door) -> None:
    alter(door, "update core.alley set tunnel = true where name = 'North'")
    try:
        assert len(frames.alleys(door("staff"))) == 3
        ring = ring_of(asked(door))
        north = next(row for row in ring["places"] if row["street"] == "North")
        # It stays a way out, and the camera above it no longer closes it.
        assert (ring["exits"], ring["closed"], north["closed"]) == (4, 1, False)
    finally:
        alter(door, "update core.alley set tunnel = null where name = 'North'")
    assert ring_of(asked(door))["closed"] == 2


def test_far_from_any_street_it_says_how_far(door: Door) -> None:
    with pytest.raises(NoStreetNear, match="170 m > 100 m"):
        asked(door, at_m=(170, 170))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"mode": "horse"}, UnknownMode),
        ({"minutes": ()}, WrongRings),
        ({"minutes": (0.0,)}, WrongRings),
        ({"minutes": (float("nan"),)}, WrongRings),
        ({"minutes": (31.0,)}, WrongRings),
        ({"minutes": (1, 2, 3, 4, 5, 6)}, WrongRings),
        ({"reaction_s": -1.0}, WrongRings),
        ({"incident_class": "999x"}, UnknownIncidentClass),
        ({"since": datetime(2013, 6, 30, 12, 0)}, WrongUse),  # noqa: DTZ001
    ],
)
def test_what_cannot_be_asked(wrong: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        Flight(**wrong)


def relayed(door: Door, camera: str, **options: Any) -> dict[str, Any]:
    return net_relay.relay(door("staff"), camera, at=DAY, **options)


def test_who_sees_him_next_and_how_long_nobody_does(door: Door) -> None:
    # Out of the view of camera 1 he goes north, turns at the end and comes back into it after 2 x 290 m; or south to the
    # crossing, where one way in three leads to camera 3, 200 m on. East and west end too far out to be back in 5 minutes.
    found = relayed(door, "c1")
    told = [(row["camera_key"], round(row["probability"], 3)) for row in found["cameras"]]
    assert told == [("c1", 0.5), ("c3", 0.167)]
    assert round(found["unseen"], 3) == 0.333
    again, south = found["cameras"]
    assert abs(again["blind_median_s"] - 580 / 3.3) < 1.0
    assert abs(south["blind_median_s"] - 200 / 3.3) < 1.0


def test_a_camera_that_may_not_be_used_takes_nobody_over(door: Door) -> None:
    assert [row["camera_key"] for row in relayed(door, "c1", incident_class="101")["cameras"]] == ["c1"]
    opened = relayed(door, "c1", incident_class="101", emergency=True)
    assert [row["camera_key"] for row in opened["cameras"]] == ["c1", "c3"]


def test_after_a_camera_of_unknown_aim_nobody_knows(door: Door) -> None:
    assert (relayed(door, "c2")["cameras"], relayed(door, "c2")["unseen"]) == ([], 1.0)
    with pytest.raises(UnknownCamera):
        relayed(door, "c9")


def test_the_cameras_of_a_net_are_read_as_they_hang_on_the_day(door: Door) -> None:
    db = door("staff")
    found = watchers(db, [1, 2, 3, 99], at=DAY)
    assert {row["camera_key"]: row["status"] for row in found.values()} == {
        "c1": "working",
        "c2": "working",
        "c3": "working",
    }
    assert watchers(db, [], at=DAY) == {}


def test_without_streets_or_views_it_says_so(make_city: Callable[[], TestCity]) -> None:
    with crossroads(make_city()) as other:
        alter(other, "delete from core.field_of_view")
        answer = asked(other)
        # three cameras stand within reach whose views are still to be computed
        assert (answer["stale"], ring_of(answer)["exits"], ring_of(answer)["closed"]) == (3, 4, 0)
        alter(other, "delete from core.alley")
        with pytest.raises(NoStreetNear, match="- > 100 m"):
            asked(other)


def test_what_is_read_ahead_is_what_the_question_needs(door: Door) -> None:
    db = door("staff")
    warm(lambda: db).join()
    world = net_world(db, today(db))
    assert "foot" in world.by_mode
    # the same one, as long as nothing changes
    assert net_world(db, today(db)) is world
    db.close()


def test_without_a_database_nothing_is_read_ahead_and_nobody_hears_of_it() -> None:
    def lost() -> Database:
        raise DatabaseUnreachable("connection refused")

    thread = warm(lost)
    thread.join()
    assert not thread.is_alive()
