"""Every figure of `coverage` on the toy city, each with the reason on paper; and the laws that hold in any city."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app import figures
from app.figures import LADDER, measure, ranged
from app.world import Sampling, World
from spatial.errors import UnknownClass
from spatial.fov import fields_of_view, with_assumptions
from spatial.types import Share
from tests import toy
from tests.toy_world import COARSE, without, world


def quiet(_label: str, _done: int, _total: int) -> None:
    """Take no notice of progress."""


def answer_of(city: World, density_class: str = "observe", sampling: Sampling = COARSE) -> dict[str, Any]:
    return measure(city, density_class, sampling=sampling, progress=quiet).answer


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    return answer_of(world())


def test_headline_with_its_denominator_basis_and_bounds(answer: dict[str, Any]) -> None:
    assert (answer["class"], answer["at"]) == ("observe", "2013-06-30")
    assert (answer["cameras"], answer["sites"]) == (3, 3)
    # Headings of 1 and 3 are known; of 2 the lens alone.
    assert answer["basis"] == {"survey": 2, "datasheet": 1, "assumed": 0}
    assert answer["models"] == {}  # fields drawn by hand do not say
    alleys = answer["alleys"]
    assert (alleys["length_m"], alleys["sections"]) == (160.0, 2)
    # Surely 40 m; a draw adds one arm of 20 m or none; possibly all three arms and the 20 m of the PTZ's reach.
    assert (alleys["certain"], alleys["possible"]) == (0.25, 0.75)
    assert (alleys["low"], alleys["high"]) == (0.25, 0.375)
    assert alleys["share"] == pytest.approx(55 / 160, abs=1e-6)
    assert alleys["seen_m"] == pytest.approx(160 * alleys["share"], abs=0.06)


def test_ladder_by_hand_for_whatever_class_is_asked(answer: dict[str, Any]) -> None:
    rungs = {rung["class"]: rung for rung in answer["ladder"]}
    assert tuple(rungs) == LADDER
    assert (rungs["detect"]["certain"], rungs["detect"]["possible"]) == (
        50 / 160,
        pytest.approx(0.75, abs=1e-6),
    )
    assert rungs["detect"]["share"] == pytest.approx(62.5 / 160, abs=1e-6)
    names = ("share", "low", "high", "certain", "possible")
    assert rungs["observe"] == {"class": "observe", **{name: answer["alleys"][name] for name in names}}
    # Where headings do not matter the range is one number, and nobody is 0, not null.
    assert [rungs["recognise"][name] for name in names] == [10 / 160] * 5
    assert [rungs["identify"][name] for name in names] == [0.0] * 5
    assert answer_of(world(), "recognise")["ladder"] == answer["ladder"]


def test_by_dong(answer: dict[str, Any]) -> None:
    east, west = sorted(answer["by_dong"], key=lambda row: row["code"])
    # The lane lies on the border: the first dong of the frame, the western, has it.
    assert (west["name_ko"], west["name_en"], west["length_m"]) == ("서동", "West", 110.0)
    assert (east["name_ko"], east["name_en"], east["length_m"]) == ("동동", "East", 50.0)
    assert (west["certain"], west["possible"]) == pytest.approx((40 / 110, 100 / 110), abs=1e-6)
    assert (east["certain"], east["possible"]) == (0.0, 20 / 50)
    assert east["share"] == pytest.approx(5 / 50, abs=1e-6)


def test_dong_weigh_up_to_the_headline(answer: dict[str, Any]) -> None:
    seen_m = sum(row["share"] * row["length_m"] for row in answer["by_dong"])
    assert seen_m / 160 == pytest.approx(answer["alleys"]["share"], abs=1e-6)


def test_k_fold_falls_and_starts_at_the_headline(answer: dict[str, Any]) -> None:
    assert [row["at_least"] for row in answer["k_fold"]] == [1, 2, 3]
    assert answer["k_fold"][0]["share"] == answer["alleys"]["share"]
    # No metre lies in the fields of two cameras.
    assert [row["share"] for row in answer["k_fold"][1:]] == [0.0, 0.0]


def test_area_counts_cells_of_open_ground(answer: dict[str, Any]) -> None:
    area = answer["area"]
    # 60 cells of 100 m2 less 12 under roofs. Camera 2 may see those round (35..65, 5) and (45..55, 15): six.
    assert area["open_m2"] == 4800.0
    assert (area["certain"], area["possible"]) == (0.0, 6 / 48)
    assert area["share"] == pytest.approx(6 / 48 / 4, abs=1e-6)
    assert area["covered_m2"] == pytest.approx(4800 * area["share"], abs=0.06)


def test_incidents(answer: dict[str, Any]) -> None:
    found = answer["incidents"]
    # Four: one surely seen by 1, one by 3, one that camera 2 sees one time in four, one that nobody sees.
    assert (found["n"], found["certain"], found["possible"]) == (4, 0.5, 0.75)
    assert found["share"] == pytest.approx(2.25 / 4, abs=1e-6)
    assert found["seen"] == pytest.approx(4 * found["share"], abs=0.06)


def test_zones(answer: dict[str, Any]) -> None:
    flood, wildfire = answer["zones"]
    assert (flood["kind"], flood["level"], flood["name"], flood["area_m2"]) == ("flood", 1, "냇가", 1600.0)
    # Each house stands in it with a corner of 10 m by 10 m; the share is one of the ground that is left.
    assert (flood["open_m2"], wildfire["open_m2"]) == (1400.0, 1200.0)
    # All of it lies where camera 2 may look: at any moment a quarter of it, wherever it looks.
    assert (flood["certain"], flood["possible"]) == (0.0, 1.0)
    assert flood["share"] == pytest.approx(0.25, abs=1e-6)
    names = ("share", "low", "high", "certain", "possible")
    assert [wildfire[name] for name in names] == [0.0] * 5


def test_agencies_alone_against_all(answer: dict[str, Any]) -> None:
    north, south = answer["agencies"]
    assert (north["agency"], north["cameras"]) == ("north", 2)
    assert (south["agency"], south["cameras"]) == ("south", 1)
    # North's two have known headings: 40 m and no range. South's camera sees an arm of 20 m or none.
    assert (north["alone"], north["low"], north["high"]) == (0.25, 0.25, 0.25)
    assert (south["low"], south["high"]) == (0.0, 0.125)
    assert north["alone"] + south["alone"] == pytest.approx(answer["alleys"]["share"], abs=2e-6)
    assert (north["flood_alone"], north["wildfire_alone"]) == (0.0, 0.0)
    assert south["flood_alone"] == answer["zones"][0]["share"]


def test_the_circle_says_how_much_it_overstates(answer: dict[str, Any]) -> None:
    circle = answer["buffer50m"]
    # Every metre lies within 50 m of a pole; 55 of 160 m are seen.
    assert (circle["share"], circle["of"], circle["radius_m"]) == (1.0, "alley length", 50)
    assert circle["overstates"] == pytest.approx(160 / 55, rel=0.05)
    assert circle["overstates"] == pytest.approx(1 / answer["alleys"]["share"], abs=5e-4)
    nobody = answer_of(world(), "identify")["buffer50m"]
    assert (nobody["share"], nobody["overstates"]) == (1.0, None)


def test_gaps_are_ranked_by_risk_with_their_place() -> None:
    measured = measure(world(**without("incidents")), "observe", sampling=COARSE, progress=quiet)
    lane, street = measured.answer["gaps"]
    # The street is 8 m wide and lit: no risk. The lane, 3 m and dark: (5/6 x 0.15 + 1 x 0.15) / 0.3 on each of 10 m.
    assert (lane["gap_id"], lane["alley"], lane["length_m"], lane["dong"]) == (1, "L2", 10.0, "W")
    assert (street["gap_id"], street["alley"], street["length_m"], street["dong"]) == (2, "L1", 30.0, "E")
    assert lane["risk"] == pytest.approx(10 * (5 / 6 + 1) / 2, abs=1e-6)
    assert street["risk"] == 0.0
    middle = shapely.Point(lane["lon"], lane["lat"])
    line = shapely.from_geojson(json.dumps(lane["geometry"]))
    # A seventh digit of a degree is a centimetre.
    assert line.interpolate(0.5, normalized=True).distance(middle) < 2e-6
    assert measured.gaps["alley_id"].tolist() == [2, 1]
    assert measured.gaps.geometry.iloc[0].equals(toy.place(shapely.LineString([(50, 20), (50, 30)])))


def test_what_to_load_next() -> None:
    assert answer_of(world())["load_next"] == ["lamps"]
    bare = without("buildings", "alleys", "incidents", "zones", "district")
    unaimed = world().cameras.assign(heading_deg=np.nan)
    wanted = ["boundaries", "buildings", "streets", "survey", "incidents", "zones", "lamps"]
    assert answer_of(world(cameras=unaimed, **bare))["load_next"] == wanted


@pytest.mark.parametrize(
    ("absent", "alleys", "area"),
    [
        (("alleys",), "no_streets", None),
        (("buildings",), "no_buildings", "no_buildings"),
        (("cameras",), "no_cameras", "no_cameras"),
        (("district",), None, "no_boundary"),
        (("alleys", "buildings", "district", "dong", "cameras"), "no_streets", "no_boundary"),
    ],
)
def test_what_cannot_be_said_is_null_with_its_reason(
    absent: tuple[str, ...], alleys: str | None, area: str | None
) -> None:
    answer = answer_of(world(**without(*absent)))
    for theme, code in (("alleys", alleys), ("area", area)):
        assert answer[theme].get("reason_code") == code
        values = [answer[theme][name] for name in ("share", "low", "high", "certain", "possible")]
        assert (values == [None] * 5) == (code is not None)
        assert bool(answer[theme].get("reason")) == (code is not None)
    rungs = [rung["share"] for rung in answer["ladder"]]
    assert (rungs == [None] * 4) == (alleys is not None)
    json.dumps(answer, allow_nan=False)


def test_without_buildings_only_the_circle_speaks_as_an_upper_bound() -> None:
    answer = answer_of(world(**without("buildings")))
    assert answer["alleys"]["length_m"] == 160.0
    assert (answer["buffer50m"]["share"], answer["buffer50m"]["overstates"]) == (1.0, None)
    assert answer["incidents"] == {"n": 4, "seen": None, **figures._UNKNOWN}
    assert [zone["share"] for zone in answer["zones"]] == [None, None]
    assert [row["alone"] for row in answer["agencies"]] == [None, None]
    assert answer["gaps"] == []


def test_without_streets_the_circle_is_of_open_ground() -> None:
    answer = answer_of(world(**without("alleys")))
    assert answer["alleys"]["length_m"] == 0.0
    assert answer["buffer50m"]["of"] == "open ground"
    # Of 48 open cells the middles (95, 25) and (95, 35) alone lie farther than 50 m from every pole: 51.5 m.
    assert answer["buffer50m"]["share"] == pytest.approx(46 / 48, abs=1e-6)


def test_without_cameras_all_is_a_gap() -> None:
    answer = answer_of(world(**without("cameras")))
    assert sorted(gap["length_m"] for gap in answer["gaps"]) == [60.0, 100.0]
    assert (answer["cameras"], answer["sites"], answer["agencies"]) == (0, 0, [])
    assert answer["buffer50m"]["share"] is None


def test_without_incidents_none_are_counted_and_no_share_is_made_up() -> None:
    found = answer_of(world(**without("incidents")))["incidents"]
    assert found == {"n": 0, "seen": None, **figures._UNKNOWN}


def test_unknown_class_is_refused() -> None:
    with pytest.raises(UnknownClass):
        answer_of(world(), "sharp")


def test_same_seed_same_numbers_and_another_seed_other_draws_of_the_same_share() -> None:
    one, same, other = (
        measure(world(), "observe", sampling=Sampling(10.0, 10.0, 400, seed), progress=quiet)
        for seed in (1, 1, 2)
    )
    assert (one.answer, one.by_draw) == (same.answer, same.by_draw)
    assert one.by_draw != other.by_draw
    for name in ("share", "certain", "possible"):
        assert one.answer["alleys"][name] == other.answer["alleys"][name]


def test_the_headline_of_each_draw_is_kept_beside_the_answer_to_six_digits() -> None:
    measured = measure(world(), "observe", sampling=COARSE, progress=quiet)
    assert len(measured.by_draw) == 400
    # 40 of 160 m for sure, and the 20 m that camera 2 sees one way of three.
    assert set(measured.by_draw) == {0.25, 0.375}
    assert "by_draw" not in json.dumps(measured.answer)
    # Without camera 1, which sees 30 m, every draw has 30 m less: camera 2 looks where it looked.
    rest = world().cameras.iloc[1:]
    fewer = measure(world(cameras=rest), "observe", sampling=COARSE, progress=quiet)
    assert np.subtract(measured.by_draw, fewer.by_draw) == pytest.approx(np.full(400, 30 / 160))
    blind = measure(world(**without("buildings")), "observe", sampling=COARSE, progress=quiet)
    assert blind.by_draw == []


def test_ranged_is_null_where_there_is_nothing() -> None:
    nothing = Share(*[float("nan")] * 5)
    assert set(ranged(nothing).values()) == {None}
    assert ranged(Share(0.5, 0.25, 0.75, 0.1, 1.0))["possible"] == 1.0


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[str, int, int]] = []
    measure(world(), "observe", sampling=COARSE, progress=lambda *step: told.append(step))
    assert {label for label, _, _ in told} == {"Coverage"}
    assert told[-1][1] == told[-1][2]


HEADINGS = st.lists(st.one_of(st.none(), st.floats(0.0, 359.9)), min_size=3, max_size=3)


@given(HEADINGS, st.lists(st.sampled_from(["fixed", "ptz", "fisheye"]), min_size=3, max_size=3))
@settings(deadline=None, max_examples=15)
def test_laws_of_any_city(headings: list[float | None], kinds: list[str]) -> None:
    """Real fields of view: the order of each range, the falling ladder, and covered and gaps that make the whole."""
    aims = np.array([np.nan if heading is None else heading for heading in headings])
    cameras = with_assumptions(toy.cameras().assign(heading_deg=aims, kind=kinds), toy.LENS)
    fields = fields_of_view(cameras, toy.buildings(), classes=LADDER, defaults=toy.LENS)
    answer = answer_of(world(cameras=cameras, fields=fields), sampling=Sampling(5.0, 10.0, 50, 3))
    rows = [answer["alleys"], answer["area"], answer["incidents"]]
    rows += [*answer["ladder"], *answer["by_dong"], *answer["zones"]]
    for row in rows:
        ordered = [row[name] for name in ("certain", "low", "share", "high", "possible")]
        assert ordered == sorted(ordered)
        assert ordered[0] >= 0.0
        assert ordered[-1] <= 1.0
    for name in ("share", "certain", "possible"):
        rungs = [rung[name] for rung in answer["ladder"]]
        assert all(finer <= coarser + 1e-6 for coarser, finer in pairwise(rungs))
    unseen_m = sum(gap["length_m"] for gap in answer["gaps"])
    # Lengths are rounded to a decimetre, shares to a millionth.
    assert unseen_m + answer["alleys"]["possible"] * 160 == pytest.approx(
        160, abs=0.05 * len(answer["gaps"]) + 0.01
    )
    for row in answer["agencies"]:
        assert row["alone"] <= answer["alleys"]["share"] + 1e-6


def test_a_zone_under_roofs_has_no_share() -> None:
    city = world()
    roofs = city.zones.assign(geometry=[toy.buildings().geometry.iloc[0], city.zones.geometry.iloc[1]])
    covered, hill = answer_of(replace(city, zones=roofs))["zones"]
    assert (covered["open_m2"], covered["share"]) == (0.0, None)
    assert (hill["open_m2"], hill["share"]) == (1200.0, 0.0)
