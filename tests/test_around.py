"""The map of an answer as layers, on the toy city: what comes first, what lies on top, and no more than asked."""

from __future__ import annotations

from typing import Any

import pytest

from app.services import around, find, plain_maps
from etl.store import around as store
from tests.city_in_database import Door, lonlat
from tests.toy_world import DAY


def asked(door: Door, east_m: float, north_m: float, *, most: int = 100) -> dict[str, list[dict[str, Any]]]:
    db = door("staff")
    lon, lat = lonlat(db, east_m, north_m)
    found = around.layers(db, find.nearest(db, lon, lat, at=DAY), most=most)
    return {name: each["features"] for name, each in found.items()}


def test_an_answer_is_drawn_with_its_views_and_the_ground(drawn: Door) -> None:
    found = asked(drawn, 5, 0)
    # camera 1 alone sees; streets and buildings are two each
    assert {name: len(each) for name, each in found.items()} == {
        "place": 1, "answer": 3, "lines": 1, "fields": 1, "streets": 2, "buildings": 2,
    }  # fmt: skip
    assert found["fields"][0]["properties"] == {"sight": "certain"}
    (west, _), (east, _) = found["lines"][0]["geometry"]["coordinates"]
    assert (west, east) == pytest.approx((lonlat(drawn(), 0, 0)[0], lonlat(drawn(), 5, 0)[0]), abs=1e-6)


def test_the_one_that_sees_lies_on_top_and_keeps_its_number(drawn: Door) -> None:
    told = [(each["properties"]["no"], each["properties"]["sight"]) for each in asked(drawn, 5, 0)["answer"]]
    assert told == [(2, "none"), (3, "none"), (1, "certain")]


def test_a_camera_that_must_turn_is_drawn_with_its_reach(drawn: Door) -> None:
    at_home, in_reach = asked(drawn, 50, 55), asked(drawn, 50, 40)
    # at home camera 3 sees 10 m, and its reach is not meant; turned, it reaches 30 m
    assert [each["properties"]["sight"] for each in at_home["fields"]].count("certain") == 1
    reach = [each for each in in_reach["fields"] if each["properties"]["sight"] == "possible"]
    assert len(reach) == 1


@pytest.mark.parametrize(
    ("most", "held"),
    [
        (1, {"place": 1, "answer": 0, "lines": 0, "fields": 0, "streets": 0, "buildings": 0}),
        (5, {"place": 1, "answer": 3, "lines": 1, "fields": 0, "streets": 0, "buildings": 0}),
        (9, {"place": 1, "answer": 3, "lines": 1, "fields": 1, "streets": 1, "buildings": 2}),
    ],
)
def test_no_more_than_asked_and_what_matters_first(drawn: Door, most: int, held: dict[str, int]) -> None:
    assert {name: len(each) for name, each in asked(drawn, 5, 0, most=most).items()} == held


def test_the_nearest_come_first(drawn: Door) -> None:
    db = drawn("staff")
    lon, lat = lonlat(db, 50, 40)
    where: dict[str, Any] = {"radius_m": 400.0, "most": 9}
    assert [row["name"] for row in store.streets_around(db, lon, lat, **where)] == ["L2", "L1"]
    # 40 m to L1, within 30 m only L2
    assert [row["name"] for row in store.streets_around(db, lon, lat, radius_m=30.0, most=9)] == ["L2"]
    assert len(store.buildings_around(db, lon, lat, radius_m=30.0, most=1)) == 1
    assert store.views_of(db, [], density_class="observe", at=DAY) == []


def test_a_district_is_dong_zones_and_sites(drawn: Door) -> None:
    found = plain_maps.of_district(drawn("staff"), most=500)
    assert {name: len(frame) for name, frame in found.items()} == {"boundaries": 2, "zones": 2, "cameras": 3}
    few = plain_maps.of_district(drawn("staff"), most=5)
    assert {name: len(frame) for name, frame in few.items()} == {"boundaries": 2, "zones": 2, "cameras": 1}


def test_gaps_are_drawn_by_risk_and_the_chosen_one_always(drawn: Door) -> None:
    gaps = [
        {
            "gap_id": n,
            "risk": risk,
            "length_m": 10.0,
            "lat": 37.5,
            "lon": 127.0,
            "alley": "a",
            "geometry": None,
        }
        for n, risk in enumerate((0.1, 0.9, None, 0.5), 1)
    ]
    run = {
        "at": "2013-06-30",
        "by_dong": [{"code": "E", "share": 0.25, "low": 0.2, "high": 0.3}],
        "zones": [],
        "gaps": gaps,
    }
    found = plain_maps.of_gaps(drawn("staff"), run, None, most=6)
    assert found["boundaries"].set_index("code")["share"].to_dict() == {"E": 0.25, "W": None}
    assert [each["properties"]["gap_id"] for each in found["gaps"]["features"]] == [2, 4]
    assert found["place"]["features"] == []
    picked = plain_maps.of_gaps(drawn("staff"), run, gaps[2], most=7)
    drawn_gaps = [
        (each["properties"]["gap_id"], each["properties"]["grave"]) for each in picked["gaps"]["features"]
    ]
    # dong, zones and the mark take five
    assert drawn_gaps == [(3, True), (2, False)]
    assert picked["place"]["features"][0]["geometry"]["coordinates"] == [127.0, 37.5]
