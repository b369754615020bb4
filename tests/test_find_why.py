"""Why near cameras do not see, the old rule beside, and one camera by its number, on the toy city in a database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.phrases import find_lines, find_sentence
from app.phrases_camera import camera_lines, camera_title
from app.phrases_find import old_rule_lines, sight
from app.services import camera, find
from etl.db import Database
from etl.store import points
from etl.store.status import last_batch
from spatial.errors import UnknownClass
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter
from tests.toy_world import DAY


def asked(db: Database, east_m: float, north_m: float, **options: Any) -> dict[str, Any]:
    lon, lat = toy_city.lonlat(db, east_m, north_m)
    return find.nearest(db, lon, lat, **({"at": DAY} | options))


def whys(answer: dict[str, Any]) -> dict[str, str | None]:
    return {row["camera_key"]: row["why"] for row in answer["cameras"]}


def test_each_near_camera_says_why_it_does_not_see(drawn: Door) -> None:
    # Behind house A. Camera 1 looks east and the place lies 58 degrees to its left, camera 2 has the house between:
    # its line leaves it at 3/4 of the way, 1.5 m high. Camera 3 turns, and nothing stands between.
    found = asked(drawn("staff"), 25, 40)
    assert whys(found) == {"c1": "looks_elsewhere", "c2": "wall", "c3": "not_told"}
    assert [row["sight"] for row in found["cameras"]] == ["none"] * 3


def test_far_away_all_are_too_far_and_tell_how_thin_their_picture_is(drawn: Door) -> None:
    found = asked(drawn("staff"), 300, 0)
    assert set(whys(found).values()) == {"too_far"}
    # The picture is as wide as twice the distance: 1920 / 500 from camera 2, 250 m off.
    assert found["cameras"][0]["turned_px_per_m"] == pytest.approx(3.8)
    assert sight(found["cameras"][0], "en") == "does not see: too far, 4 px/m"
    assert "The nearest one stands 250 m away and does not see it (too far, 4 px/m)." in list(
        find_lines(found, "en")
    )


def test_the_nearest_is_named_though_another_sees(drawn: Door) -> None:
    # Camera 1 sees to 30 m, camera 2 from there on: at 29 m the nearer one does not.
    found = asked(drawn("staff"), 29, 0, k=1)
    assert whys(found) == {"c1": None, "c2": "not_told"}
    assert (
        find_sentence(found, "en")
        == "One camera certainly sees this place. The nearest (21 m) does not (reason not known)."
    )
    # Where the nearest sees, nothing is said.
    assert find_sentence(asked(drawn("staff"), 5, 0), "en") == "One camera certainly sees this place."


def test_without_a_view_nothing_is_told(living: Door) -> None:
    found = asked(living("staff"), 25, 40)
    assert set(whys(found).values()) == {"not_told"}
    assert {row["turned_px_per_m"] for row in found["cameras"]} == {None}


def test_the_old_rule_beside(drawn: Door) -> None:
    staff = drawn("staff")
    assert asked(staff, 35, 0)["old_rule"] is None
    found = asked(staff, 35, 0, k=1, old_rule=True)
    named = {row["camera_id"]: row["camera_key"] for row in found["cameras"]}
    rule = found["old_rule"]
    # By distance: camera 2 at 15 m, 1 at 35 m, 3 at 62 m. Only the first may see.
    assert [named[camera_id] for camera_id in rule["camera_ids"]] == ["c2", "c1", "c3"]
    assert {name: rule[name] for name in ("seen_by", "may_be_seen_by", "misses", "misses_may")} == {
        "seen_by": 0, "may_be_seen_by": 1, "misses": 0, "misses_may": 0,
    }  # fmt: skip
    assert list(old_rule_lines(found, "en")) == [
        "The old rule (nearest 5 within 500 m) names 3; certainly seeing the place: 0, possibly: 1."
    ]


def test_the_old_rule_ends_at_its_radius(drawn: Door) -> None:
    found = asked(drawn("staff"), 700, 0, old_rule=True)
    assert found["old_rule"]["camera_ids"] == []
    assert list(old_rule_lines(found, "en")) == ["The old rule names none: no camera within 500 m."]


def test_what_the_old_rule_misses_is_said(living: Door) -> None:
    toy_city.draw_fields(living())
    # Five more heads, all nearer to the crossing's east than camera 2, none of them with a view.
    alter(
        living,
        "with site as (insert into core.site (site_key, geom) values"
        " ('s9', st_setsrid(st_makepoint(200066, 550000), 5186)) returning site_id), heads as ("
        " insert into core.camera (camera_key, site_id, head_no) select 'n-' || n, site_id, n"
        " from site, generate_series(1, 5) n returning camera_id)"
        " insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code)"
        " select camera_id, '[2010-03-01,)', 1, 'crime_prevention' from heads",
    )
    found = asked(living("staff"), 65, 0, old_rule=True)
    assert (
        found["may_be_seen_by"],
        found["old_rule"]["misses_may"],
        found["old_rule"]["may_be_seen_by"],
    ) == (1, 1, 0)
    assert list(old_rule_lines(found, "en"))[1] == "Missed, though certainly seeing it: 0, possibly: 1."


def test_staleness_is_asked_of_the_neighbourhood_alone(living: Door) -> None:
    staff = living("staff")
    # Nothing is computed: all three lie within reach of the crossing, none within reach of a place 2 km off.
    assert asked(staff, 50, 0)["stale"] == 3
    assert asked(staff, 2050, 0)["stale"] == 0


def test_one_camera_by_its_number(drawn: Door) -> None:
    staff = drawn("staff")
    card = camera.card(staff, " c1 ", at=DAY)
    assert card is not None
    assert (card["camera_key"], card["heading_deg"], card["likely"], card["status"]) == (
        "c1",
        90.0,
        None,
        "working",
    )
    # It sees the box from 0 to 30 m, 4 m wide.
    assert (card["view"]["certain_m2"], card["view"]["possible_m2"]) == (pytest.approx(120.0), None)
    west, south, east, north = card["view"]["bounds"]
    assert west < east and south < north and west == pytest.approx(card["lon"], abs=1e-5)
    assert (card["purposes"], card["hangs_since"]) == (["crime_prevention"], "2010-03-01")
    # A slip such as a lone house number opens nobody's camera.
    assert camera.card(staff, str(card["camera_id"]), at=DAY) is None
    assert camera.card(staff, "c2", at=DAY)["purposes"] == ["disaster", "crime_prevention"]  # type: ignore[index]
    told = list(camera_lines(card, "en"))
    assert camera_title(card, "en") == "c1 · c1"
    assert told[:3] == [
        "fixed · working · North · crime prevention",
        "It looks towards 90° E.",
        "At class observe it certainly sees 120 m².",
    ]


@pytest.mark.parametrize("name", ["", "  ", "c9", "9" * 40, "c1\x00", "٣", "c%"])
def test_no_such_camera_is_none(drawn: Door, name: str) -> None:
    assert camera.card(drawn("staff"), name, at=DAY) is None


def test_a_camera_is_none_before_it_hung(drawn: Door) -> None:
    assert camera.card(drawn("staff"), "c2", at=date(2012, 4, 30)) is None
    with pytest.raises(UnknownClass):
        camera.card(drawn("staff"), "c2", density_class="sharp", at=DAY)


def test_a_pole_is_known_by_its_number_and_by_who_sees_it(living: Door) -> None:
    toy_city.draw_fields(living())
    alter(living, "update core.camera set camera_key = 'k2-1' where camera_key = 'c2'")
    reach = "st_multi(st_makeenvelope(200000, 549998, 200060, 550002, 5186))"
    alter(
        living,
        f"update core.field_of_view set geom = {reach} where density_class = 'observe' and state_id ="
        " (select state_id from core.camera_state join core.camera using (camera_id) where camera_key = 'c1')",
    )
    card = camera.card(living("staff"), "k2", at=DAY)
    assert card is not None
    assert [(row["camera_key"], row["sight"]) for row in card["watched_by"]] == [("c1", "certain")]
    assert "Other poles' cameras that see this pole: 1 certainly, 0 possibly." in list(
        camera_lines(card, "en")
    )
    assert "Where it looks is not known." in list(camera_lines(card, "en"))


def test_no_camera_is_asked_about_for_nothing(drawn: Door) -> None:
    staff = drawn("staff")
    lon, lat = toy_city.lonlat(staff, 5, 0)
    assert points.obstacles(staff, [], lon=lon, lat=lat, density_class="observe", at=DAY) == {}


def test_the_last_load_has_a_number(drawn: Door) -> None:
    with drawn("owner").engine.connect() as connection:
        newest = connection.exec_driver_sql("select max(batch_id) from meta.batch").scalar()
    assert last_batch(drawn("staff")) == newest
