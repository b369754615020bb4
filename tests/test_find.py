"""Who sees this place, on the toy city in a database: certain, possible, none; working or down; allowed or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.phrases import find_lines, find_sentence, owner, standing
from app.services import fields, find, grounds
from app.services.find import UnknownIncidentClass
from app.words import sentence
from etl.db import Database
from spatial.errors import OutOfRange, UnknownClass
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.toy_world import DAY


def asked(db: Database, east_m: float, north_m: float, **options: Any) -> dict[str, Any]:
    lon, lat = toy_city.lonlat(db, east_m, north_m)
    return find.nearest(db, lon, lat, **({"at": DAY} | options))


def test_nearest_when_one_sees_for_certain(drawn: Door) -> None:
    found = asked(drawn("staff"), 5, 0)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("seen", 1, 0)
    assert (found["stale"], found["invented"], found["at"]) == (0, True, "2013-06-30")
    first = found["cameras"][0]
    assert (first["camera_key"], first["sight"], first["p_sees"], first["sees"]) == (
        "c1",
        "certain",
        1.0,
        True,
    )
    # 5 m ahead the drawn picture is 2 x 5 m wide: 1920 / 10 px/m, beyond recognise (125), short of identify (250).
    assert (first["distance_m"], first["turn_to_deg"], first["density_px_per_m"]) == (5.0, 90.0, 192.0)
    assert (first["class"], first["status"], first["basis"], first["agency"]) == (
        "recognise", "working", "survey", "north",
    )  # fmt: skip
    # The others fill up by distance: 45 m and 75 m.
    assert [row["camera_key"] for row in found["cameras"]] == ["c1", "c2", "c3"]
    assert [row["sight"] for row in found["cameras"][1:]] == ["none", "none"]
    assert [row["distance_m"] for row in found["cameras"][1:]] == [45.0, 75.0]


def test_nearest_when_one_may(drawn: Door) -> None:
    found = asked(drawn("staff"), 35, 0)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("may", 0, 1)
    first = found["cameras"][0]
    # The picture is a quarter of the circle; 15 m ahead 1920 / 30 px/m.
    assert (first["camera_key"], first["sight"], first["p_sees"], first["sees"]) == (
        "c2",
        "possible",
        0.25,
        False,
    )
    assert (first["density_px_per_m"], first["class"], first["heading_deg"]) == (64.0, "observe", None)
    assert first["turn_to_deg"] == 270.0


def test_nearest_when_nobody_does(drawn: Door) -> None:
    found = asked(drawn("staff"), 90, 0, k=2)
    assert (found["headline_code"], found["seen_by"], found["may_be_seen_by"]) == ("none", 0, 0)
    assert [row["camera_key"] for row in found["cameras"]] == ["c2", "c3"]
    assert {row["sight"] for row in found["cameras"]} == {"none"}
    assert found["cameras"][0]["density_px_per_m"] is None


def test_a_turned_ptz_may_see_but_does_not_now(drawn: Door) -> None:
    at_home, in_reach = asked(drawn("staff"), 50, 55), asked(drawn("staff"), 50, 40)
    assert (at_home["cameras"][0]["camera_key"], at_home["cameras"][0]["sees"]) == ("c3", True)
    first = in_reach["cameras"][0]
    assert (first["camera_key"], first["sight"], first["sees"]) == ("c3", "possible", False)
    # Turned there it holds the class that was asked for; how dense its picture is depends on the zoom.
    assert (first["must_turn"], first["class"], first["density_px_per_m"]) == (True, "observe", None)
    # Its home picture does not hold the place: no chance is told of when somebody turns it there.
    assert (first["p_sees"], in_reach["may_be_seen_by"]) == (None, 1)
    told = list(find_lines(in_reach, "en"))
    assert "One could see it if it turned or zoomed." in told
    assert not any("chance" in line for line in told)
    assert not any(row["must_turn"] for row in at_home["cameras"])


def test_what_only_a_zoom_reaches_is_no_chance_of_zero(drawn: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    seeing = find.points.seeing

    def none_at_home(*asked: Any, **options: Any) -> list[dict[str, Any]]:
        return [row | {"counts": True, "p_sees": 4e-8, "kind": "ptz"} for row in seeing(*asked, **options)]

    monkeypatch.setattr(find.points, "seeing", none_at_home)
    first = asked(drawn("staff"), 35, 0)["cameras"][0]
    assert (first["must_turn"], first["p_sees"], first["class"]) == (True, None, "observe")


def test_a_place_outside_the_district_is_said_to_be(drawn: Door) -> None:
    staff = drawn("staff")
    assert asked(staff, 5, 0)["outside"] is False
    for lon, lat in ((0.0, 0.0), (130.0, 37.5), (0.0, 90.0), (-180.0, -90.0)):
        found = find.nearest(staff, lon, lat, at=DAY)
        assert (found["outside"], found["headline_code"]) == (True, "none")
        assert (
            find_sentence(found, "en") == "This place lies outside the district; none of its cameras sees it."
        )
    # Camera 1 looks over the border: 5 m in, 5 m out would do as well.
    over = asked(staff, 5, 0) | {"outside": True}
    assert find_sentence(over, "en").startswith(
        "This place lies outside the district. One camera certainly sees"
    )


def test_without_an_outline_nobody_knows_what_lies_outside(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        assert find.nearest(door("staff"), 0.0, 0.0)["outside"] is None


def test_a_camera_is_told_by_its_address(drawn: Door) -> None:
    alter(drawn, "update core.site set name = '버스정류장', address_lot = '12-3' where site_key = 's1'")
    first = asked(drawn("staff"), 5, 0)["cameras"][0]
    assert (first["camera_key"], first["site"], first["address"]) == ("c1", "버스정류장", "12-3")


def test_k_fills_up_and_never_hides_who_sees(drawn: Door) -> None:
    staff = drawn("staff")
    for k in (1, 2, 3, 100):
        assert len(asked(staff, 5, 0, k=k)["cameras"]) == min(k, 3)
    # Whoever watches a way to the place is listed beside.
    found = asked(staff, 35, 0, k=1)["cameras"]
    assert [row["sight"] for row in found if row["role"] != "approach"] == ["possible"]


def test_a_finer_class_sees_less(drawn: Door) -> None:
    staff = drawn("staff")
    assert asked(staff, 5, 0, density_class="recognise")["headline_code"] == "seen"
    assert asked(staff, 15, 0, density_class="recognise")["headline_code"] == "none"
    assert asked(staff, 15, 0, density_class="detect")["headline_code"] == "seen"


def test_a_camera_that_is_down_does_not_see(drawn: Door) -> None:
    outage = "tstzrange('2013-06-30 00:00+09', '2013-07-01 00:00+09')"
    alter(
        drawn,
        "insert into core.camera_status (camera_id, down_during, reason)"
        f" select camera_id, {outage}, 'lightning' from core.camera where camera_key = 'c1'",
    )
    try:
        found = asked(drawn("staff"), 5, 0)
        first = found["cameras"][0]
        assert (first["camera_key"], first["status"], first["sight"], first["sees"]) == (
            "c1", "down", "certain", False,
        )  # fmt: skip
        assert (found["seen_by"], found["headline_code"], found["out_of_order"]) == (0, "none", 1)
        # It is told once that it is out of order.
        told = [line for line in find_lines(found, "en") if "out of order" in line]
        assert told == ["One camera that could see this place is out of order now."]
        assert asked(drawn("staff"), 5, 0, at=date(2013, 6, 29))["seen_by"] == 1
    finally:
        alter(drawn, "delete from core.camera_status")


def test_a_camera_of_unknown_heading_that_is_down_has_no_chance(drawn: Door) -> None:
    assert asked(drawn("staff"), 35, 0)["may_be_seen_by"] == 1
    outage = "tstzrange('2013-06-30 00:00+09', '2013-07-01 00:00+09')"
    alter(
        drawn,
        "insert into core.camera_status (camera_id, down_during, reason)"
        f" select camera_id, {outage}, 'lightning' from core.camera where camera_key = 'c2'",
    )
    try:
        found = asked(drawn("staff"), 35, 0)
        assert (found["cameras"][0]["camera_key"], found["cameras"][0]["status"]) == ("c2", "down")
        assert (found["may_be_seen_by"], found["headline_code"], found["out_of_order"]) == (0, "none", 1)
        told = list(find_lines(found, "en"))
        assert "One camera that could see this place is out of order now." in told
        assert not any("chance" in line for line in told)
    finally:
        alter(drawn, "delete from core.camera_status")


def test_as_at_a_day_before_the_camera_stood(drawn: Door) -> None:
    found = asked(drawn("staff"), 35, 0, at=date(2012, 4, 30))
    assert (found["headline_code"], [row["camera_key"] for row in found["cameras"]]) == ("none", ["c1", "c3"])
    assert asked(drawn("staff"), 35, 0, at=date(2010, 2, 28))["cameras"] == []


def test_use_follows_the_purpose(drawn: Door) -> None:
    def allowed(incident_class: str | None) -> dict[str, Any]:
        found = asked(drawn("staff"), 5, 0, incident_class=incident_class)
        return {row["camera_key"]: row["use"]["allowed"] for row in found["cameras"]}

    assert allowed(None) == {"c1": None, "c2": None, "c3": None}
    # Camera 2 is for disasters, and further for crime prevention.
    assert allowed("101") == {"c1": True, "c2": True, "c3": False}
    assert allowed("401") == {"c1": False, "c2": False, "c3": True}
    assert allowed("609") == {"c1": False, "c2": True, "c3": False}
    # Nothing that stands here was installed for an inquiry.
    assert allowed("601") == {"c1": False, "c2": False, "c3": False}
    found = asked(drawn("staff"), 5, 0, incident_class="101")
    assert [row["use"]["ground"] for row in found["cameras"]] == ["25-1-2", "25-1-3", "25-1-4"]


def test_every_known_incident_class_has_an_answer() -> None:
    for code in map(str, range(100, 700)):
        assert grounds.is_known(code)
        assert isinstance(grounds.purposes_for(code), tuple)
    assert not any(map(grounds.is_known, ("", "99", "700", "1011", "abc", "10a", "-01")))


@pytest.mark.parametrize(
    ("options", "error", "code"),
    [
        ({"incident_class": "999"}, UnknownIncidentClass, 2),
        ({"density_class": "sharp"}, UnknownClass, 2),
    ],
)
def test_wrong_questions_are_refused(
    drawn: Door, options: dict[str, str], error: type[Exception], code: int
) -> None:
    with pytest.raises(error) as refused:
        asked(drawn("staff"), 5, 0, **options)
    assert sentence(refused.value, "en")[1] == code


def test_a_place_off_the_globe_is_refused(drawn: Door) -> None:
    with pytest.raises(OutOfRange):
        find.nearest(drawn("staff"), 126.9, 91.0)


def test_stale_fields_are_said(living: Door) -> None:
    # Nothing was computed yet: nobody is known to see anything, and the answer says that three are out of date.
    before = asked(living("staff"), 5, 0)
    assert (before["headline_code"], before["stale"]) == ("none", 3)
    fields.refresh(living(), progress=quiet)
    assert asked(living("staff"), 5, 0)["stale"] == 0


def test_without_walls_nothing_is_certain(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        toy_city.lay_out(door("owner"), toy_city.NETWORK)
        toy_city.draw_fields(door())
        # Camera 1's picture holds the place, but a wall that nobody has loaded may stand between.
        found = asked(door("staff"), 5, 0)
        assert (found["walls_known"], found["headline_code"], found["seen_by"]) == (False, "may", 0)
        first = found["cameras"][0]
        assert (first["camera_key"], first["sight"], first["p_sees"], first["sees"]) == (
            "c1", "possible", None, False,
        )  # fmt: skip


def test_where_a_camera_stands_and_whose_it_is_are_told_shortly() -> None:
    row = {"site": None, "address": "가람특별시 골목구 여우비담로2길 25", "camera_key": "2011-1"}
    assert standing(row) == "여우비담로2길 25"
    assert standing(row | {"site": "솔숲공원 앞"}) == "솔숲공원 앞"
    assert standing(row | {"address": None}) == "2011-1"
    assert standing(row | {"address": "Aleksanterinkatu 1"}) == "Aleksanterinkatu 1"
    unknown = {"agency": "소유자 미상 (owner not stated)", "agency_en": None}
    assert (owner(unknown, "ko"), owner(unknown, "en")) == ("소유자 미상", "owner not stated")
    assert owner({"agency": "북쪽과", "agency_en": "North"}, "en") == "North"
    assert owner({"agency": "북쪽과", "agency_en": None}, "en") == "북쪽과"
