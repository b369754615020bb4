"""What each camera and each agency adds: by hand on the toy city, and against taking each camera away in turn."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app.figures import Gauge
from app.place_figures import Places, by_dong, equity, incidents_by_class, ladders, route_points
from app.risk import CHILDREN
from app.value_figures import LITTLE_M, agencies_together, marginal_value
from app.world import World
from spatial import marginal, redundancy
from spatial.beliefs import draw
from spatial.equity import gini
from spatial.errors import OutOfRange, WrongShape
from spatial.sightings import Sightings, sightings
from tests import toy
from tests.toy_world import COARSE, ladder_rows, world


def gauge(city: World | None = None) -> Gauge:
    made = city or world()
    keys = [f"c{number}" for number in made.cameras["camera_id"]]
    return Gauge(replace(made, cameras=made.cameras.assign(camera_key=keys)), "observe", COARSE)


def layers(
    *routes: shapely.Geometry, children: tuple[shapely.Geometry, ...] = ()
) -> dict[str, gpd.GeoDataFrame]:
    return {
        "safe_routes": gpd.GeoDataFrame(geometry=[toy.place(each) for each in routes], crs=toy.SRID),
        CHILDREN: gpd.GeoDataFrame(geometry=[toy.place(each) for each in children], crs=toy.SRID),
    }


def overlapping() -> World:
    """Return the toy city where camera 3 looks at the crossing for sure, where camera 2 may look too."""
    drawn = [row for row in ladder_rows() if row["camera_id"] != 3]
    drawn.append(toy.field(3, shapely.box(40, -2, 60, 2)))
    return world(fields=toy.fields(drawn))


def seen(city: World) -> tuple[Sightings, np.ndarray, Gauge]:
    made = gauge(city)
    return made.found("alleys"), made.points("alleys")["weight"].to_numpy(), made


# --- what a camera alone adds


def test_cameras_that_share_nothing_add_all_that_they_see() -> None:
    """Camera 1 sees 30 m of the street and camera 3 10 m of the lane; camera 2 15 m of 60 m expected."""
    told = marginal_value(gauge())
    only_m = {row["camera_key"]: row["only_m"] for row in told["cameras"]}
    assert only_m == {"c1": 30.0, "c2": 15.0, "c3": 10.0}
    # The range counts first: camera 2 may look where no alley is, and may see 20 m.
    assert [row["camera_key"] for row in told["cameras"]] == ["c3", "c2", "c1"]
    assert [(row["low_m"], row["high_m"]) for row in told["cameras"]] == [
        (10.0, 10.0),
        (0.0, 20.0),
        (30.0, 30.0),
    ]
    assert [row["heading_known"] for row in told["cameras"]] == [True, False, True]
    # Of the flood zone, 40 m by 40 m less two corners of houses, camera 2 may see all.
    assert [row["zone_m2"] > 0.0 for row in told["cameras"]] == [False, True, False]
    assert (told["of"], told["surely"], told["likely"], told["nothing"]) == (3, 0, 0, 0)
    assert (told["only_m"], told["seen_m"], told["little_m"]) == (55.0, 55.0, LITTLE_M)


def test_what_two_see_is_neither_ones() -> None:
    """Camera 3 has 20 m for sure; camera 2 looks there one time in four to the west, one time in four to the east.

    Each of the two arms holds 10 m of camera 3: alone it keeps 20 m x 3/4. Camera 2 keeps 10 m of each of two arms and
    the 20 m of the lane, each one time in four.
    """
    found, weight, _ = seen(overlapping())
    only = marginal.alone(found).of(weight, cameras=3)
    assert only == pytest.approx([30.0, (10.0 + 10.0 + 20.0) / 4, 15.0])


def test_taking_each_away_in_turn_says_the_same() -> None:
    found, weight, _ = seen(overlapping())
    whole = float(weight @ found.p_seen())
    rest = [float(weight @ found.only(np.delete(found.camera_ids, n)).p_seen()) for n in range(3)]
    assert marginal.alone(found).of(weight, cameras=3) == pytest.approx(whole - np.array(rest))


def test_blocks_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    found, weight, made = seen(overlapping())
    whole = marginal.alone(found).of(weight, cameras=3), marginal.alone_by_draw(found, weight, made.headings)
    monkeypatch.setattr(marginal, "_PAIRS_AT_ONCE", 2)
    monkeypatch.setattr(marginal, "_BLOCK", 2)
    parts = marginal.alone(found).of(weight, cameras=3), marginal.alone_by_draw(found, weight, made.headings)
    for one, other in zip(whole, parts, strict=True):
        assert np.array_equal(one, other)


def test_draws_keep_to_what_a_camera_can_add() -> None:
    found, weight, made = seen(overlapping())
    drawn = marginal.alone_by_draw(found, weight, made.headings)
    assert drawn.shape == (3, COARSE.draws)
    assert set(drawn[0]) == {30.0}
    # Camera 2 finds 10 m of an arm that camera 3 leaves, 20 m of the lane, or the south, where no alley is.
    assert set(drawn[1]) == {0.0, 10.0, 20.0}
    assert set(drawn[2]) == {10.0, 20.0}
    assert drawn.mean(axis=1) == pytest.approx(marginal.alone(found).of(weight, cameras=3), abs=1.5)


def test_a_camera_that_sees_no_alley_adds_nothing_and_counts_as_such() -> None:
    drawn = [row for row in ladder_rows() if row["camera_id"] != 3]
    drawn.append(toy.field(3, shapely.box(80, 40, 90, 50)))
    told = marginal_value(gauge(world(fields=toy.fields(drawn))))
    assert (told["surely"], told["nothing"]) == (1, 1)
    least = told["cameras"][0]
    assert (least["sees_m"], least["only_m"], least["high_m"], least["zone_m2"]) == (0.0, 0.0, 0.0, 0.0)


def test_weights_must_belong_and_be_positive() -> None:
    found, weight, made = seen(world())
    with pytest.raises(WrongShape):
        marginal.alone_by_draw(found, weight[1:], made.headings)
    with pytest.raises(OutOfRange):
        marginal.expected_of(found, -weight)
    assert marginal.expected_of(found, weight) == pytest.approx([30.0, 15.0, 10.0])


@pytest.mark.parametrize(
    ("change", "code"), [("alleys", "no_streets"), ("buildings", "no_buildings"), ("cameras", "no_cameras")]
)
def test_what_cannot_be_said_has_its_reason(change: str, code: str) -> None:
    city = world()
    bare = replace(city, **{change: getattr(city, change).iloc[:0]})
    assert marginal_value(gauge(bare))["reason_code"] == code
    assert agencies_together(gauge(bare))["reason_code"] == code
    places = Places(gauge(bare), layers())
    assert (ladders(places), by_dong(places)) == ([], [])
    assert equity(places)["reason_code"] == code


# --- agencies


def test_agencies_share_what_both_may_see() -> None:
    """North (1 and 3) sees 50 m, south (2) 15 m; of camera 3's 20 m each 10 m are also south's one time in four: 5 m."""
    told = agencies_together(gauge(overlapping()))
    assert [row["agency"] for row in told["agencies"]] == ["north", "south"]
    north, south = told["agencies"]
    assert (north["seen_m"], north["only_m"], north["share"]) == (50.0, 45.0, 0.1)
    assert (south["seen_m"], south["only_m"], south["share"]) == (15.0, 10.0, round(5 / 15, 6))
    assert told["pairs"] == [{"agency": "south", "other": "north", "shared_m": 5.0}]
    # In a draw south looks along one of camera 3's arms, or elsewhere.
    assert (told["several_m"], told["low_m"], told["high_m"], told["seen_m"]) == (5.0, 0.0, 10.0, 60.0)


def test_owners_of_which_none_overlaps_share_nothing() -> None:
    told = agencies_together(gauge())
    assert (told["several_m"], told["low_m"], told["high_m"]) == (0.0, 0.0, 0.0)
    assert [row["share"] for row in told["agencies"]] == [0.0, 0.0]


def test_the_owners_must_pair_up_with_the_cameras() -> None:
    found, weight, made = seen(world())
    with pytest.raises(WrongShape):
        redundancy.shared(found, weight, made.headings, owner=["north"])


def test_two_owners_of_one_place() -> None:
    """Both see the point for sure: neither is alone there, in no draw."""
    points = toy.points((0.0, 0.0))
    fields = toy.fields([toy.field(n, shapely.box(-1, -1, 1, 1)) for n in (1, 3)])
    found = sightings(points, fields, toy.cameras().iloc[[0, 2]])
    both = redundancy.shared(found, [2.0], draw(found.beliefs, draws=3, seed=1), owner=["a", "b"])
    assert both.matrix.tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert (both.only.tolist(), both.several, both.drawn_several.tolist()) == (
        [0.0, 0.0],
        2.0,
        [2.0, 2.0, 2.0],
    )
    assert both.share_too()["share"].tolist() == [1.0, 1.0]


def test_an_interval_of_nothing_is_not_known() -> None:
    assert np.isnan(redundancy.interval([np.nan], expected=0.5)).all()
    # It reaches out to the expected value where the draws miss it.
    assert redundancy.interval([0.1, 0.2], expected=0.3) == (0.1, 0.3)


# --- places


def test_each_theme_has_its_own_size_and_ladder() -> None:
    """The route is the lane, 60 m; the child zone holds the first 50 m of the street, as an area."""
    home = shapely.LineString([(50, 0), (50, 60)])
    places = Places(gauge(), layers(home, children=(shapely.box(-1, -1, 50, 1),)))
    told = {row["theme"]: row for row in ladders(places)}
    assert list(told) == ["alleys", "routes", "children", "flood", "wildfire"]
    assert {name: row["size"] for name, row in told.items() if row["unit"] == "m"} == {
        "alleys": 160.0,
        "routes": 60.0,
        "children": 50.0,
    }
    observe = {name: row["ladder"][1]["share"] for name, row in told.items()}
    assert observe["alleys"] == pytest.approx(55 / 160, abs=1e-6)
    # Camera 3 has the last 10 m of the lane, camera 2 the first 20 m one time in four.
    assert observe["routes"] == pytest.approx(15 / 60, abs=1e-6)
    # Camera 1 has 30 m, camera 2 the next 20 m one time in four.
    assert observe["children"] == pytest.approx(35 / 50, abs=1e-6)
    assert observe["wildfire"] == 0.0


def test_a_child_zone_given_as_a_point_reaches_300_m() -> None:
    places = Places(gauge(), layers(children=(shapely.Point(0, 0),)))
    assert {row["theme"]: row["size"] for row in ladders(places)}["children"] == 160.0


def test_shares_by_dong_of_what_lies_there() -> None:
    """The route runs along the street from 0 to 40 m, all of it in the west."""
    places = Places(gauge(), layers(shapely.MultiLineString([[(0, 0), (20, 0)], [(20, 0), (40, 0)]])))
    west, east = by_dong(places)
    assert (west["code"], east["code"]) == ("W", "E")
    assert (west["routes"]["size"], east["routes"]["size"], east["routes"]["share"]) == (40.0, 0.0, None)
    # 30 m of camera 1, and 10 m one time in four.
    assert west["routes"]["share"] == pytest.approx(32.5 / 40, abs=1e-6)
    assert "children" not in west
    assert west["alleys"]["size"] + east["alleys"]["size"] == 160.0


def test_only_lines_make_a_route() -> None:
    line = shapely.LineString([(0, 0), (30, 0)])
    made = route_points(layers(line, shapely.Point(5, 5))["safe_routes"], step_m=10.0)
    assert made["weight"].tolist() == [10.0, 10.0, 10.0]


def test_equity_says_who_stays_behind_and_where_much_happens() -> None:
    """The lane lies in the west, on the border: it has 110 m with 50 m of expected sight, the east 50 m with 5 m."""
    told = equity(Places(gauge(), layers()))
    west, east = sorted(told["dong"], key=lambda row: row["length_m"], reverse=True)
    assert (west["length_m"], east["length_m"]) == (110.0, 50.0)
    assert west["share"] == pytest.approx(50 / 110, abs=1e-6)
    assert east["share"] == pytest.approx(5 / 50, abs=1e-6)
    assert told["share"] == pytest.approx(55 / 160, abs=1e-6)
    # In no draw is more than 20 of the east's 50 m seen: above the district's share, so it is not behind for sure.
    assert (east["high"], east["behind"], west["behind"]) == (0.4, False, False)
    assert (west["incidents"], east["incidents"]) == (3, 1)
    assert (west["per_km"], east["per_km"], told["per_km"]) == (27.3, 20.0, 25.0)
    assert (west["busy"], east["busy"]) == (True, False)
    # Mean difference of two metres: 2 x 110 x 50 x (50/110 - 5/50) / 160^2, halved over the share.
    assert told["gini"] == pytest.approx(110 * 50 * (50 / 110 - 0.1) / 160**2 / (55 / 160), abs=1e-6)
    assert told["low"] <= told["gini"] <= told["high"]
    assert told["ratio"] == pytest.approx((50 / 110) / 0.1, abs=0.01)


def test_gini_of_known_spreads() -> None:
    assert gini([[0.3, 0.3]], [1.0, 9.0])[0] == 0.0
    assert gini([[1.0, 0.0]], [1.0, 1.0])[0] == pytest.approx(0.5)
    # A part cut in two is the same spread.
    assert gini([[0.2, 0.6]], [2.0, 1.0])[0] == pytest.approx(gini([[0.2, 0.2, 0.6]], [1.0, 1.0, 1.0])[0])
    assert np.isnan(gini([[0.0, 0.0]], [1.0, 1.0])[0])
    assert np.isnan(gini([[0.5]], [0.0])[0])
    with pytest.raises(WrongShape):
        gini([[0.1, 0.2]], [1.0])
    with pytest.raises(OutOfRange):
        gini([[0.1]], [-1.0])


def test_incidents_by_class_sum_to_all() -> None:
    """Camera 1 sees the first, camera 3 the last; camera 2 may see the second one time in four."""
    (only,) = incidents_by_class(gauge(world(incidents=world().incidents.assign(class_name="theft"))))
    assert (only["class_code"], only["class_name"], only["n"], only["seen"]) == ("101", "theft", 4, 2.2)
    assert incidents_by_class(gauge(world(incidents=world().incidents.iloc[:0]))) == []
