"""The order of an answer on the toy city in a database: who sees, turns, may, stands in, watches a way; who waits."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely
from sqlalchemy.exc import InternalError

from app.phrases import find_lines, find_sentence
from app.phrases_answer import does, listed, notes, second_group
from app.services import light
from etl.store import vicinity
from tests import city_in_database as toy_city
from tests import toy, toy_world
from tests.answered import VIEW, asked, of, order, out_of_order
from tests.city_in_database import Door, alter
from tests.toy_world import DAY

IR = "update core.camera_state set ir_range_m = {} where state_id in (select state_id from api.camera_at('2013-06-30') where camera_key = 'c1')"
LAMP = "insert into core.lamp (lamp_key, count, geom) values ('l', 1, st_setsrid(st_makepoint(200030, 550000), 5186))"
TOUR = """insert into core.preset (camera_id, preset_no, heading_deg, home)
select camera_id, no, heading, no = 1 from core.camera, (values (1, 90), (2, 170)) as p (no, heading)
where camera_key = 'c3'"""

SURE = {"c1": toy.place(shapely.box(-1, -2, 30, 2)), "c3": toy.place(shapely.box(49, 50, 51, 61))}


@pytest.fixture(scope="module")
def wide(drawn: Door) -> Door:
    """The toy city whose cameras 1 and 3 see a metre beyond the ends of the streets: no end lies on a rim."""
    for key, shape in SURE.items():
        alter(drawn, VIEW.format(", ".join(map(str, shape.bounds)), shape.area, key, "certain"))
    return drawn


# --- the order, and the ways to the place


def test_who_may_see_comes_before_who_watches_the_ways(wide: Door) -> None:
    # Camera 2 may see 68 m east; camera 1 surely sees the street's west end, 68 m along it, camera 3 the lane's end, 18 + 60 m.
    found = asked(wide("staff"), 68, 0)
    assert order(found) == [("c2", "may"), ("c1", "approach"), ("c3", "approach")]
    west, north = of(found, "c1")["approach"], of(found, "c3")["approach"]
    assert (west["along_m"], west["street"], west["dead_end"], west["seen_by"]) == (68.0, "L1", True, 1)
    assert (north["along_m"], north["street"], north["dead_end"]) == (78.0, "L2", True)
    assert (north["lon"], north["lat"]) == pytest.approx(toy_city.lonlat(wide("staff"), 50, 60), abs=1e-6)
    # It does not see the place itself, and says so.
    assert (of(found, "c1")["sight"], of(found, "c1")["sees"], of(found, "c1")["class"]) == (
        "none",
        False,
        None,
    )
    assert of(found, "c2")["approach"] is None
    assert [(way["along_m"], way["seen_by"]) for way in found["approaches"]] == [
        (18.0, 0), (32.0, 0), (68.0, 1), (78.0, 1),
    ]  # fmt: skip


def test_none_is_said_first_then_the_ends_of_the_alley_then_the_nearest(wide: Door) -> None:
    found = asked(wide("staff"), 75, 1, k=2)
    assert found["headline_code"] == "none"
    assert find_sentence(found, "en") == "None. No camera sees this place."
    assert order(found) == [("c1", "approach"), ("c2", "near"), ("c3", "near")]
    assert does(found["cameras"][0], found, "en") == "does not see this, but a way to it"
    assert notes(found["cameras"][0], found, "en") == [
        # Nothing stands between, and it looks there: its drawn view just ends before.
        "does not see: reason not known",
        "certainly sees the end 75 m along L1",
    ]
    assert all(does(row, found, "en").startswith("does not see") for row in found["cameras"])
    assert (
        "Junctions and alley ends near along the streets: 3, of which certainly seen (class observe): 1."
        in list(find_lines(found, "en"))
    )


def test_the_ways_are_watched_for_whoever_comes_whatever_class_is_asked_for(wide: Door) -> None:
    assert order(asked(wide("staff"), 75, 1, k=1, density_class="identify"))[0] == ("c1", "approach")
    assert order(asked(wide("staff"), 75, 1, k=1, approaches=False)) == [("c2", "near")]
    assert asked(wide("staff"), 75, 1, approaches=False)["approaches"] == []


def test_one_that_is_out_of_order_watches_nothing(wide: Door) -> None:
    with out_of_order(wide, "c1"):
        found = asked(wide("staff"), 75, 1, k=3)
        assert order(found) == [("c2", "near"), ("c3", "near"), ("c1", "near")]
        assert [way["seen_by"] for way in found["approaches"]] == [0, 0, 0]
        down = of(found, "c1")
        # 20:00 in Greenwich is five in the morning of the next day in Seoul.
        assert (down["down_since"], down["down_reason"]) == ("2013-06-30T05:00:00+09:00", "lightning")
        # Its view is not missed here: nobody stands in.
        assert down["replaced_by"] is None
        assert does(down, found, "en").startswith("out of order, and would not see: ")


def test_far_from_every_street_there_is_no_way(wide: Door) -> None:
    assert asked(wide("staff"), 300, 300)["approaches"] == []


def test_streets_and_cameras_of_no_place_are_not_asked_for(wide: Door) -> None:
    staff = wide("staff")
    lon, lat = toy_city.lonlat(staff, 300, 300)
    assert vicinity.streets_to(staff, lon, lat, radius_m=50.0) == []
    assert vicinity.cameras_to(staff, [], lon=lon, lat=lat, at=DAY) == []


def test_an_answer_rests_on_one_moment(living: Door) -> None:
    toy_city.draw_fields(living())
    staff = living("staff")
    with staff.at_one_moment() as held:
        before = asked(held, 5, 0)
        with pytest.raises(InternalError, match="read-only"), held.engine.connect() as connection:
            connection.exec_driver_sql("savepoint trial")
            connection.exec_driver_sql("create temporary table t ()")
        with held.engine.connect() as connection:
            connection.exec_driver_sql("rollback to savepoint trial")
        alter(living, "delete from core.field_of_view")
        # What is changed meanwhile is for the next answer.
        assert order(asked(held, 5, 0)) == order(before) != order(asked(staff, 5, 0))
    assert before["headline_code"] == "seen" and asked(staff, 5, 0)["headline_code"] == "none"


# --- how it is turned


def test_a_turning_camera_says_heading_tilt_and_preset(living: Door) -> None:
    toy_city.draw_fields(living())
    bare = of(asked(living("staff"), 50, 40), "c3")
    # 6 m up, 20 m off, to a face at 1.6 m: the angle of 4.4 to 20.
    assert (bare["role"], bare["turn_to_deg"]) == ("turns", 180.0)
    assert bare["tilt"] == {"deg": 12.4, "height_known": True, "ground_known": False}
    assert bare["preset"] is None
    alter(living, TOUR)
    found = asked(living("staff"), 50, 40)
    row = of(found, "c3")
    assert row["preset"] == {"preset_no": 2, "off_deg": 10.0}
    assert does(row, found, "en") == "sees if turned to 180° S"
    assert notes(row, found, "en")[:2] == ["about 12° down", "10° from preset 2"]
    assert notes(row, found, "ko")[:2] == ["아래로 약 12°", "프리셋 2에서 10°"]


def test_the_tilt_follows_the_ground(living: Door) -> None:
    toy_city.draw_fields(living())
    # The ground rises a metre in ten to the north: the camera stands 2 m above the place.
    north_m = 550_090.0
    middles = north_m - 5.0 - 10.0 * np.arange(10)
    heights = np.repeat((0.1 * (middles - 550_000.0))[:, None], 12, axis=1).astype("<f4")
    with living("owner").engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into core.terrain (tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, nodata, geom)"
            " values ('t', 10, 12, 10, 199990, 550090, %s, -9999, st_makeenvelope(199990, 549990, 200110, 550090, 5186))",
            (heights.tobytes(),),
        )
    row = of(asked(living("staff"), 50, 40), "c3")
    deg = round(math.degrees(math.atan2(6.0 + 2.0 - 1.6, 20.0)), 1)
    assert row["tilt"] == {"deg": deg, "height_known": True, "ground_known": True}
    # Where the ground is not known the place is taken to lie as low as the pole.
    alter(living, "update core.terrain set elevation_m = decode(repeat('003c1cc6', 120), 'hex')")
    assert of(asked(living("staff"), 50, 40), "c3")["tilt"]["ground_known"] is False


def test_an_unknown_mount_height_is_assumed_and_said(living: Door) -> None:
    toy_city.draw_fields(living())
    alter(living, "update core.camera_state set height_m = null")
    tilt = of(asked(living("staff"), 50, 40), "c3")["tilt"]
    assumed_m = living("staff").district.defaults.height_m
    assert (tilt["deg"], tilt["height_known"]) == (
        round(math.degrees(math.atan2(assumed_m - 1.6, 20.0)), 1), False,
    )  # fmt: skip


# --- in which light


def test_by_night_the_order_follows_what_is_seen_in_the_dark(living: Door) -> None:
    toy_city.draw_fields(living())
    alter(living, IR.format(20))
    alter(living, LAMP)
    by_day = of(asked(living("staff"), 15, 0), "c1")
    assert (by_day["role"], by_day["seen_now"], by_day["class"]) == ("sees", True, "observe")
    found = asked(living("staff"), 15, 0, by="night")
    dark = of(found, "c1")
    # 16.2 m from the lens, its light serves observe to 14 m and detect to 20.
    assert (dark["seen_now"], dark["by_night"], dark["class_by_night"]) == (False, False, "detect")
    assert does(dark, found, "en") == "certainly sees by day; too dark now"
    assert "The order follows what is seen by night, as asked." in list(find_lines(found, "en"))
    # 7.8 m from the lens its light serves recognise (10 m), not identify (7 m).
    near = of(asked(living("staff"), 5, 0, by="night"), "c1")
    assert (near["seen_now"], near["class_by_night"]) == (True, "recognise")
    # Under the lamp it sees what it sees by day.
    lit = of(asked(living("staff"), 25, 0, by="night"), "c1")
    assert (lit["seen_now"], lit["class_by_night"]) == (True, lit["class"])


def test_a_range_that_is_not_known_is_said_to_be(living: Door) -> None:
    toy_city.draw_fields(living())
    found = asked(living("staff"), 5, 0, by="night")
    row = of(found, "c1")
    assert (row["seen_now"], row["class_by_night"]) == (None, None)
    assert does(row, found, "en") == "certainly sees; whether in the dark is not known"
    may = asked(living("staff"), 35, 0, by="night")
    assert does(may["cameras"][0], may, "ko") == "볼 수도 있음, 25 %; 밤에도 보는지는 모름"


def test_the_sun_decides_where_nobody_asks(wide: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    staff = wide("staff")
    # An earlier day is asked about at its noon.
    assert asked(staff, 5, 0)["light"]["by"] == "day"
    # 15:30 in Greenwich: half past midnight of 1 July in Seoul.
    monkeypatch.setattr(light.clock, "now", lambda: datetime(2013, 6, 30, 15, 30, tzinfo=UTC))
    found = asked(staff, 5, 0, at=date(2013, 7, 1))
    assert (found["light"]["by"], found["light"]["asked"]) == ("night", False)
    assert any(line.startswith("It is dark there now") for line in find_lines(found, "en"))
    assert asked(staff, 5, 0, at=date(2013, 7, 1), by="day")["light"]["by"] == "day"
    assert asked(staff, 5, 0)["light"]["by"] == "day"


# --- for what it may be used


def test_one_of_another_purpose_waits_in_the_second_group(wide: Door) -> None:
    # Camera 3 sees the lane's end, and was installed for traffic.
    found = asked(wide("staff"), 50, 55, incident_class="101")
    assert [(row["camera_key"], row["group"]) for row in found["cameras"]] == [
        ("c2", 1),
        ("c1", 1),
        ("c3", 2),
    ]
    assert (found["seen_by"], found["second_group"], found["call_has_purpose"]) == (1, 1, True)
    assert find_sentence(found, "en").startswith(
        "One camera certainly sees this place. None of these may be used for this call."
    )
    assert [row["camera_key"] for row in listed(found, opened=False)] == ["c2", "c1"]
    assert [row["camera_key"] for row in listed(found, opened=True)] == ["c2", "c1", "c3"]
    told = second_group(found, "en", opened=False)
    assert told is not None and told.startswith(
        "Installed for other purposes: 1 (certainly seeing: 1, possibly: 0)."
    )
    assert "c3" not in told
    mine = next(row for row in found["cameras"] if row["camera_key"] == "c2") | {"sight": "possible"}
    others = [row for row in found["cameras"] if row["camera_key"] != "c2"]
    assert "Of these may be used for this call: 0 that certainly see it, 1 that may." in find_sentence(
        found | {"cameras": [mine, *others]}, "en"
    )
    # Where no class is told nobody waits.
    free = asked(wide("staff"), 50, 55)
    assert (free["second_group"], free["call_has_purpose"], second_group(free, "en", opened=False)) == (
        0,
        None,
        None,
    )
    assert order(free)[0] == ("c3", "sees")


def test_a_class_that_no_purpose_covers_is_said(wide: Door) -> None:
    found = asked(wide("staff"), 5, 0, incident_class="601")
    assert ({row["group"] for row in found["cameras"]}, found["call_has_purpose"]) == ({2}, False)
    assert any("No purpose of cameras covers a call of class 601" in line for line in find_lines(found, "en"))


# --- nobody is listed as seeing who does not


@pytest.mark.parametrize("down", [None, "c1", "c3"])
def test_whoever_does_not_see_says_so_wherever_one_asks(wide: Door, down: str | None) -> None:
    perhaps = {
        f"c{row['camera_id']}": row["geometry"]
        for row in toy_world.ladder_rows()
        if (row["density_class"], row["sight"]) == ("observe", "possible")
    }
    met: set[str] = set()
    staff = wide("staff")
    with out_of_order(wide, down or "nobody"):
        for east_m, north_m in [
            *np.random.default_rng(6).uniform((-10, -10), (110, 70), (40, 2)).tolist(),
            (5, 0),
            (50, 55),
        ]:
            found = asked(staff, east_m, north_m)
            spot = shapely.Point(*toy_city.metric(staff, found["point"]["lon"], found["point"]["lat"]))
            for row in found["cameras"]:
                key, role = row["camera_key"], row["role"]
                met.add(role)
                sure = key in SURE and SURE[key].contains(spot)
                maybe = key in perhaps and perhaps[key].contains(spot)
                expected = "down" if key == down else "sees" if sure else "turns" if key == "c3" else "may"
                if sure or maybe:
                    assert role == expected
                else:
                    assert role in ("approach", "near")
                    assert "does not see" in does(row, found, "en") or "would not see" in does(
                        row, found, "en"
                    )
                if role == "approach":
                    way = shapely.Point(
                        *toy_city.metric(staff, row["approach"]["lon"], row["approach"]["lat"])
                    )
                    assert SURE[key].contains(way)
    assert {"near", "approach", "may"} <= met and ("sees" in met or "down" in met)
