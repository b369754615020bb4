"""Night, rounds and empty zones of the toy city: on paper, without what nobody told, and as they are said."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from app import phrases_light, report, report_light
from app.figures import LADDER, measure
from app.report_view import View
from app.services import coverage as service
from app.services import find
from app.services.lenses import lens_of
from app.world import World
from spatial.beliefs import draw_headings
from spatial.fov import fields_of_view, with_assumptions
from spatial.sightings import sightings
from spatial.types import NightRules
from tests import answers, toy
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, quiet
from tests.figures import figures, without_streets
from tests.test_report import told
from tests.toy_world import COARSE, DAY, presets, without, world

NAMES = ("share", "low", "high", "certain", "possible")
# Of the middles of L1 (5, 15 .. 95) and of L2 (5 .. 55 up the lane) these two light 25, 35, 85 and 95 of L1.
LAMPS = toy.points((30.0, 0.0), (95.0, 0.0)).drop(columns="weight")
ROUND = presets((3, 180.0, 60.0), (3, 0.0, 20.0))


def answer_of(city: World, density_class: str = "observe") -> dict[str, Any]:
    return measure(city, density_class, sampling=COARSE, progress=quiet).answer


def in_infrared(*ranges_m: float) -> World:
    cameras = with_assumptions(toy.cameras().assign(ir_range_m=list(ranges_m)), toy.LENS)
    return world(cameras=cameras, lamps=LAMPS)


def rungs(answer: dict[str, Any]) -> dict[str, list[float | None]]:
    return {row["class"]: [row[name] for name in NAMES] for row in answer["night"]["ladder"]}


# --- night


def test_by_lamps_alone() -> None:
    night = answer_of(world(lamps=LAMPS))["night"]
    assert (night["ir_known"], night["lamps"], night["lamp_radius_m"]) == (0, 2, 12.5)
    assert night["lit"] == {"length_m": 40.0, "share": 0.25}
    seen = rungs({"night": night})
    # Observe: camera 1 has 25, for sure; camera 2 has 35, one time in four. At most all that is possible by day, for
    # nobody's infrared range is known.
    assert seen["observe"] == [pytest.approx(12.5 / 160, abs=1e-6), 10 / 160, 20 / 160, 10 / 160, 120 / 160]
    # Detect: camera 1 reaches 40 m: 25 and 35 lie in the light. Camera 2 begins at 40.
    assert seen["detect"][:4] == [20 / 160] * 4
    assert seen["recognise"] == [0.0, 0.0, 0.0, 0.0, 10 / 160]
    assert "reason_code" not in night


def test_by_infrared_along_the_slant() -> None:
    # All cameras hang 6 m up. Camera 1, 30 m: detect 30 m of slant are 29.4 in plan (5, 15, 25), observe 21 are 20.1
    # (5, 15), recognise 15 are 13.7 (5). Camera 3 has none, of camera 2 nothing is known: lamps light 35 alone.
    night = answer_of(in_infrared(30.0, np.nan, 0.0))
    assert night["night"]["ir_known"] == 2
    seen = rungs(night)
    # With the lamp at 30 m: 25 and, in detect, 35 too.
    assert seen["detect"][3] == 40 / 160
    assert seen["observe"][3] == 30 / 160
    assert seen["recognise"][3] == 10 / 160
    assert seen["observe"][0] == pytest.approx((30 + 2.5) / 160, abs=1e-6)
    # The bound: what camera 1 sees in its own light, what a lamp lights, all of camera 2 by day. Camera 3, of no light
    # of its own, is left out: 30 + 60 (both arms and the lane).
    assert seen["observe"][4] == 90 / 160


def test_without_lamps_infrared_alone_counts_and_lit_is_unknown() -> None:
    cameras = with_assumptions(toy.cameras().assign(ir_range_m=[30.0, 0.0, 0.0]), toy.LENS)
    night = answer_of(world(cameras=cameras))["night"]
    assert (night["lamps"], night["lit"]) == (0, {"length_m": None, "share": None})
    # Nothing is unknown of these cameras: the bound is no wider than what they may see.
    assert rungs({"night": night})["observe"] == [20 / 160] * 5


def test_without_any_light_known_it_is_null_with_its_reason() -> None:
    night = answer_of(world())["night"]
    assert {value for row in rungs({"night": night}).values() for value in row} == {None}
    assert (night["reason_code"], night["lit"]["share"]) == ("no_light", None)
    assert "lamps" in night["reason"]


@pytest.mark.parametrize(
    ("absent", "code"), [("alleys", "no_streets"), ("buildings", "no_buildings"), ("cameras", "no_cameras")]
)
def test_where_the_day_cannot_be_said_nor_can_the_night(absent: str, code: str) -> None:
    answer = answer_of(world(lamps=LAMPS, presets=ROUND, **without(absent)))
    assert (answer["night"]["reason_code"], answer["ptz"]["reason_code"]) == (code, code)
    assert set(answer["ptz"]["length_m"].values()) == {None}
    json.dumps(answer, allow_nan=False)


def test_night_is_never_brighter_than_day_and_rises_with_the_light() -> None:
    rules = NightRules(lamp_radius_m=40.0, detect=1.0, observe=1.0, recognise=1.0, identify=1.0, inspect=1.0)
    city = in_infrared(25.0, 40.0, 12.0)
    usual = answer_of(city)
    bright = answer_of(world(cameras=city.cameras, lamps=LAMPS, night=rules))
    for day, dim, clear in zip(
        usual["ladder"], usual["night"]["ladder"], bright["night"]["ladder"], strict=True
    ):
        for name in ("share", "certain", "possible"):
            assert dim[name] <= clear[name] + 1e-6
            assert clear[name] <= day[name] + 1e-6


# --- turning cameras


def test_three_answers_of_a_turning_camera() -> None:
    ptz = answer_of(world(presets=ROUND))["ptz"]
    assert (ptz["cameras"], ptz["with_presets"], ptz["presets"], ptz["dwell_unknown"]) == (1, 1, 2, 0)
    # Camera 3 at the lane's north end: its home was drawn over 50..60, its reach over 30..60 of the lane.
    assert (ptz["length_m"]["reach"], ptz["length_m"]["home"]) == (30.0, 10.0)
    # The preset that looks south, 60 of 80 s, begins 6.8 m and ends 21.3 m away: of the middles 5, 15 and 25 m away the
    # second alone lies in it.
    assert ptz["length_m"]["by_time"] == 7.5
    assert ptz["shares"] == {
        "reach": 30 / 160,
        "home": 10 / 160,
        "by_time": pytest.approx(7.5 / 160, abs=1e-6),
    }


def test_a_finer_class_is_looked_at_for_less() -> None:
    # The preset reaches 125 px/m from 6.8 to 9.6 m: no middle lies in that. Detect is reached to 56.5 m: 15 and 25 m.
    assert answer_of(world(presets=ROUND), "recognise")["ptz"]["length_m"]["by_time"] == 0.0
    assert answer_of(world(presets=ROUND), "detect")["ptz"]["length_m"]["by_time"] == 15.0


def test_without_presets_time_is_unknown_and_other_cameras_have_no_round() -> None:
    for known in (presets(), presets((1, 90.0, 60.0))):  # camera 1 does not turn
        ptz = answer_of(world(presets=known))["ptz"]
        assert (ptz["with_presets"], ptz["length_m"]["by_time"], ptz["shares"]["by_time"]) == (0, None, None)
        assert ptz["length_m"]["reach"] == 30.0


def test_a_preset_of_unknown_stay_is_counted() -> None:
    ptz = answer_of(world(presets=presets((3, 180.0, np.nan), (3, 0.0, 20.0))))["ptz"]
    assert (ptz["dwell_unknown"], ptz["length_m"]["by_time"]) == (1, 5.0)  # half of the round


# --- empty zones


def test_empty_zones_by_class_at_the_height_of_a_face() -> None:
    found = answer_of(world())["empty_zones"]
    # Cameras 1 and 2 are the handbook's 4 mm lens on 6 m: they identify nobody. Camera 3 turns and zooms.
    assert [(row["class"], row["cameras"], row["of"]) for row in found] == [
        ("detect", 0, 3), ("observe", 0, 3), ("recognise", 0, 3), ("identify", 2, 3),
    ]  # fmt: skip
    assert {row["target_height_m"] for row in found} == {1.6}
    nobody = answer_of(world(**without("cameras")))["empty_zones"]
    assert [(row["cameras"], row["of"]) for row in nobody] == [(0, 0)] * len(LADDER)


# --- the standard of 2025


def test_the_ladder_of_2025_from_field_of_view_to_night() -> None:
    codes = ("overview", "outline", "discern", "perceive", "characterise", "validate", "scrutinise")
    cameras = with_assumptions(toy.cameras(), toy.LENS)
    fields = fields_of_view(cameras, toy.buildings(), classes=codes, defaults=toy.LENS, standard_version=2025)
    same = fields_of_view(cameras, toy.buildings(), classes=("recognise", "identify"), defaults=toy.LENS)
    area = fields.assign(area=fields.area).groupby("density_class")["area"].sum()
    ladder = [area[code] for code in codes]
    assert ladder == sorted(ladder, reverse=True)
    # Perceive and characterise ask for what recognise and identify did: 125 and 250 px/m.
    known = same.assign(area=same.area).groupby("density_class")["area"].sum()
    assert (area["perceive"], area["characterise"]) == pytest.approx((known["recognise"], known["identify"]))
    points = toy.points((15.0, 0.0), (35.0, 0.0))
    found = sightings(points, fields, cameras, density_class="outline")
    # 40 px/m reach to 34.4 m ahead of camera 1: not to 35.
    assert found.certainly_seen().tolist() == [True, False]
    assert draw_headings(cameras["camera_id"], draws=2, seed=1).draws == 2


# --- in the database


def asked(db: Any, east_m: float, north_m: float, **options: Any) -> dict[str, Any]:
    lon, lat = toy_city.lonlat(db, east_m, north_m)
    return find.nearest(db, lon, lat, **({"at": DAY} | options))


def beside(found: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    names = ("by_night", "watched_share", "empty_zone")
    return {row["camera_key"]: tuple(row[name] for name in names) for row in found["cameras"]}


LAMP = "insert into core.lamp (lamp_key, count, geom) values ('l', 1, st_setsrid(st_makepoint(200030, 550000), 5186))"
TOUR = """insert into core.preset (camera_id, preset_no, heading_deg, dwell_s, home)
select camera_id, no, heading, dwell, no = 1 from core.camera, (values (1, 180, 60), (2, 0, 20)) as p (no, heading, dwell)
where camera_key = 'c3'"""
LIGHT = "update core.camera_state set ir_range_m = {} where state_id in (select state_id from api.camera_at('2013-06-30') where camera_key = '{}')"


def test_nearest_by_night_needs_a_lamp_or_a_known_range(living: Door) -> None:
    toy_city.draw_fields(living())
    staff = living("staff")
    unlit = asked(staff, 25, 0)
    assert (unlit["lit"], beside(unlit)["c1"][0]) == (None, None)  # nothing is known
    assert beside(unlit)["c3"][0] is False  # it sees nothing by day
    alter(living, LIGHT.format(30, "c1"))
    # 0.7 of 30 m of slant from 6 m up are 20.1 m in plan; beyond, a lamp might stand, or not.
    assert beside(asked(staff, 19, 0))["c1"][0] is True
    assert beside(asked(staff, 25, 0))["c1"][0] is None
    alter(living, LAMP)
    near, far = asked(staff, 25, 0), asked(staff, 15, 0, density_class="detect")
    assert (near["lit"], beside(near)["c1"][0]) == (True, True)
    assert (far["lit"], beside(far)["c1"][0]) == (False, True)
    alter(living, LIGHT.format(0, "c1"))
    assert beside(asked(staff, 15, 0))["c1"][0] is False  # no lamp, no light of its own


def test_nearest_tells_for_what_share_of_its_round_a_camera_looks(living: Door) -> None:
    toy_city.draw_fields(living())
    alter(living, TOUR)
    staff = living("staff")
    shares = {y: beside(asked(staff, 50, y))["c3"][1] for y in (55, 45, 35, 25)}
    # Too near for the picture; in the southward preset for 60 of 80 s; beyond 21.3 m; out of its reach.
    assert shares == {55: 0.0, 45: 0.75, 35: 0.0, 25: 0.0}
    assert beside(asked(staff, 50, 45))["c1"][1] is None  # it does not turn
    assert (
        beside(asked(staff, 50, 45, density_class="identify"))["c1"][2] is True
    )  # 4 mm on 6 m identifies no face


def test_one_place_and_the_whole_rest_on_one_lens(living: Door) -> None:
    for statement in (TOUR, LAMP, LIGHT.format(30, "c1")):
        alter(living, statement)
    toy_city.draw_fields(living())
    run = service.coverage(living(), sampling=COARSE, progress=quiet)
    # As `test_three_answers_of_a_turning_camera`, read from the database.
    assert run["ptz"]["length_m"] == {"reach": 30.0, "home": 10.0, "by_time": 7.5}
    assert (run["night"]["lamps"], run["night"]["ir_known"]) == (1, 1)
    # In its own light camera 1 sees 5 and 15, by the lamp 25.
    assert {row["class"]: row["certain"] for row in run["night"]["ladder"]}["observe"] == 30 / 160
    with living("staff").engine.connect() as connection:
        kept = connection.exec_driver_sql(
            "select key, certain from api.coverage_share where theme = 'night'"
        ).all()
    assert {str(row[0]): row[1] for row in kept}["observe"] == 30 / 160
    # The same files with other presets: the figures are computed anew.
    alter(
        living,
        "update core.preset set dwell_s = 20; update meta.batch set updated = updated + 1, rows_in = rows_in + 1",
    )
    assert service.coverage(living(), sampling=COARSE, progress=quiet)["ptz"]["length_m"]["by_time"] == 5.0


@pytest.mark.parametrize(
    "known",
    [{}, {"focal_mm": 8.0}, {"hfov_deg": 50.0, "tilt_deg": 12.0}, {"height_m": 3.0, "image_w_px": 2560.0}, {"kind": "fisheye"}],
)  # fmt: skip
def test_a_lens_of_one_place_is_assumed_like_that_of_a_frame(known: dict[str, Any]) -> None:
    names = (
        "tilt_deg",
        "height_m",
        "focal_mm",
        "hfov_deg",
        "sensor_w_mm",
        "sensor_h_mm",
        "image_w_px",
        "image_h_px",
    )
    unknown = {**dict.fromkeys(names, np.nan), "kind": "fixed", **known}
    frame = with_assumptions(toy.cameras().iloc[:1].assign(**unknown), toy.LENS).iloc[0]
    row = {name: None if value != value else value for name, value in unknown.items()}
    lens = lens_of(row, toy.LENS)
    assert float(lens.hfov_deg[0]) == pytest.approx(min(frame["hfov_deg"], 170.0))
    assert (float(lens.tilt_deg[0]), lens.drop_m) == (frame["tilt_deg"], frame["height_m"])
    assert (lens.image_w_px, lens.image_h_px) == (frame["image_w_px"], frame["image_h_px"])


# --- as they are said


def test_the_lines_of_a_run() -> None:
    lines = list(phrases_light.run_lines(answers.coverage(), "en"))
    assert lines[0].startswith(
        "At night 15.7 % (95 % interval 0.0–100.0 %) of the alleys is seen: within 12.5 m of a lamp"
    )
    assert "583 cameras of unknown infrared range" in lines[1]
    assert (
        lines[2] == "PTZ cameras (55): 8,260 m of alley within reach when turned, 413 m in the home picture."
    )
    assert "25 whose presets are known, 330 m of alley" in lines[3]
    assert lines[5] == "No identify zone: 127 of 893 cameras (at face height, 1.6 m)."
    korean = list(phrases_light.run_lines(answers.coverage(), "ko"))
    assert korean[5] == "식별 구간 없음: 카메라 893대 가운데 127대(얼굴 높이 1.6 m)."


def test_a_run_of_before_night_was_computed_says_nothing_of_it() -> None:
    old = {
        key: value for key, value in answers.coverage().items() if key not in ("night", "ptz", "empty_zones")
    }
    assert list(phrases_light.run_lines(old, "en")) == []


def test_the_annex_names_factors_from_coarse_to_fine() -> None:
    # The database hands keys back by their length: detect, observe, identify, recognise.
    factors = {"detect": 1.0, "observe": 0.7, "identify": 0.35, "recognise": 0.5}
    run = {"night": {"factors": factors, "ladder": [{"share": 0.1}]}}
    (told,) = report_light.methods(View({"coverage": run}, "en", "committee"))
    assert "(detect 1, observe 0.7, recognise 0.5, identify 0.35)" in told


def test_an_unknown_night_is_said_with_its_reason() -> None:
    run = answers.coverage()
    run["night"] |= {"reason_code": "no_light", "ladder": [{"class": "observe", "share": None}]}
    assert next(phrases_light.run_lines(run, "en")).startswith("What is seen at night needs lamps")


def test_the_lines_of_a_place() -> None:
    one = answers.camera(1, "certain", 10.0, p_sees=1.0) | {"by_night": True, "watched_share": 0.25}
    two = answers.camera(2, "possible", 20.0, p_sees=0.5) | {"empty_zone": True}
    lines = list(phrases_light.place_lines(answers.nearest(one, two), "en"))
    assert lines == [
        "At night 1 of them could still see it (not known of 1). No lamp stands near.",
        "2011-1 looks here for 25 % of its round.",
        "No observe zone: 1 of these 2 cameras reach the class nowhere at face height (1.6 m).",
    ]


@pytest.mark.parametrize(
    ("sight", "known", "said"),
    [("certain", True, "yes"), ("possible", False, "no"), ("certain", None, "unknown"), ("none", False, "–")],
)
def test_the_night_of_one_camera(sight: str, known: bool | None, said: str) -> None:
    row = answers.camera(1, sight, 10.0, p_sees=1.0) | {"by_night": known}
    assert phrases_light.by_night(row, "en") == said


def test_the_report_shows_night_rounds_and_empty_zones_with_their_method() -> None:
    said = told(report.document(figures(), lang="en"))
    for sentence in (
        "What is seen at night?",
        "24.8 km of alley (60.0 %) lie near one of 2,150 lamps.",
        "Of 893 cameras 583 are of unknown infrared range",
        "within reach when turned | 8,260 m | 20.0 %",
        "looked at on the round, on average | 330 m | 0.8 %",
        "No identify zone: 127 of 893 cameras reach this class nowhere at face height (1.6 m).",
        "detect 1, observe 0.7, recognise 0.5, identify 0.35",
        "4 presets of unknown stay",
    ):
        assert sentence in said
    assert "식별 구간 없음: 카메라 893대 가운데 127대" in told(report.document(figures(), lang="ko"))


def test_the_report_of_a_district_without_streets_says_why_night_is_unknown() -> None:
    said = told(report.document(without_streets(), lang="en"))
    assert "Alley coverage needs streets" in said
    assert "What do turning cameras see?" not in said
    assert "At night" not in said.split("Method annex")[1]
