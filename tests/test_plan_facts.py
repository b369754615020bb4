"""What a plan says of each aim, on the toy city: calls that no camera saw, metres of whose zone, what stands already."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from app.plan_reasons import Demand, described
from app.plan_views import lenses_of, views
from app.world import World
from spatial import samples
from tests import toy, toy_world

ROUTE = gpd.GeoDataFrame(geometry=[toy.place(shapely.LineString([(0, 3), (40, 3)]))], crs=toy.SRID)
CHILDREN = gpd.GeoDataFrame(geometry=[toy.place(shapely.box(-5, -5, 25, 5))], crs=toy.SRID)


def world(**changes: Any) -> World:
    """Return the toy world with its cameras' keys, calls loaded, and nobody's view but camera 1's first 30 m of L1."""
    usual = toy_world.world()
    keyed = usual.cameras.assign(camera_key=[f"c{number}" for number in usual.cameras["camera_id"]])
    told = {"cameras": keyed, "incidents_loaded": True, "layers": {}, "lamps": usual.lamps.iloc[:0]}
    return toy_world.world(**{**told, **changes})


def wanted(here: World) -> Demand:
    """Return the streets in pieces of 10 m (ten of L1, six of L2), none of them seen, all at one risk."""
    points = samples.sample_alleys(here.alleys, step_m=10.0)
    return Demand(points, points["weight"].to_numpy(), np.zeros(len(points)), (0.0, float("inf")))


def aims(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return aims, new cameras that look east from the corner of L1 unless they say otherwise."""
    usual = {"camera_id": 0, "heading_deg": 90.0, "geometry": toy.place(shapely.Point(0, 0)), "fresh": []}
    return pd.DataFrame([usual | row for row in rows])


def told(here: World, *rows: dict[str, Any], density_class: str = "observe") -> list[dict[str, Any]]:
    return described(here, wanted(here), aims(*rows), density_class=density_class)


def test_nothing_chosen_is_nothing_said() -> None:
    here = world()
    assert described(here, wanted(here), aims().iloc[:0], density_class="observe") == []


def test_a_call_that_a_camera_sees_is_not_newly_seen() -> None:
    # Camera 1 sees x 0..30 of L1 at observe, camera 2 may see 30..70, camera 3 the end of L2. At observe a new camera sees
    # some 20 m: from (-10, 0) the call at 5, which is seen; from (20, 0) the one at 35, which may be; from (85, 0) that at 95.
    here = world()
    places = [{"fresh": [0], "geometry": toy.place(shapely.Point(x, 0))} for x in (-10, 20, 85)]
    counts = [(row["calls_unseen"], row["reason"]["calls_perhaps"]) for row in told(here, *places)]
    assert counts == [(0, 0), (0, 1), (1, 0)]


def test_a_call_that_two_sites_see_is_that_of_the_first() -> None:
    here = world()
    site = {"fresh": [9], "geometry": toy.place(shapely.Point(85, 0))}
    assert [row["calls_unseen"] for row in told(here, site, site)] == [1, 0]


def test_calls_that_were_never_loaded_are_unknown_not_none() -> None:
    here = world(incidents_loaded=False, incidents=toy_world.incidents().iloc[:0])
    (row,) = told(here, {"fresh": [9]})
    assert (row["calls_unseen"], row["reason"]["calls_perhaps"], row["reason"]["calls"]) == (None, None, None)
    # Loaded, but none in these twelve months: that is none.
    (row,) = told(world(incidents=toy_world.incidents().iloc[:0]), {"fresh": [9]})
    assert (row["calls_unseen"], row["reason"]["calls"]) == (0, 0)


def test_metres_are_counted_in_their_street_zone_and_layer() -> None:
    here = world(layers={"child_zones": CHILDREN, "safe_routes": ROUTE})
    # The first five pieces of L1 (middles at 5..45) and the first of L2 (at 5 m north of (50, 0)).
    (row,) = told(here, {"fresh": [0, 1, 2, 3, 4, 10]})
    reason = row["reason"]
    assert (row["metres"], reason["alley"], reason["metres"], reason["width_m"]) == (60.0, "L1", 50.0, 8.0)
    # Middles at 5, 15 and 25 lie in the child zone; those up to 45 within 10 m of the route's end at 40.
    assert (reason["child_zone_m"], reason["safe_route_m"]) == (30.0, 50.0)
    # The flood zone x 30..70, y -20..20 holds 35, 45 and the piece of L2.
    assert [(zone["kind"], zone["metres"], zone["m2"]) for zone in reason["zones"]] == [("flood", 30.0, 0.0)]


def test_a_layer_that_is_not_loaded_is_not_spoken_of() -> None:
    (row,) = told(world(), {"fresh": [0, 1]})
    assert (row["reason"]["child_zone_m"], row["reason"]["safe_route_m"]) == (None, None)
    assert row["reason"]["zones"] == []


def test_open_ground_of_a_zone_is_no_street() -> None:
    here = world()
    streets = wanted(here)
    ground = gpd.GeoDataFrame(
        {"alley_id": [pd.NA, pd.NA], "zone_id": [1, 1], "weight": [25.0, 25.0]},
        geometry=[toy.place(shapely.Point(32, -10)), toy.place(shapely.Point(40, -10))],
        crs=toy.SRID,
    )
    points = gpd.GeoDataFrame(pd.concat([streets.points, ground], ignore_index=True), crs=toy.SRID)
    both = Demand(points, points["weight"].to_numpy(dtype=float), np.zeros(len(points)), (0.0, 1.0))
    (row,) = described(here, both, aims({"fresh": [3, 16, 17]}), density_class="observe")
    assert row["metres"] == 10.0
    assert [(zone["metres"], zone["m2"]) for zone in row["reason"]["zones"]] == [(10.0, 50.0)]
    (row,) = described(here, both, aims({"fresh": [16]}), density_class="observe")
    assert (row["reason"]["code"], row["reason"]["alley"], row["metres"]) == ("nothing_new", None, 0.0)


def test_light_is_told_by_the_map_else_by_lamps_else_not() -> None:
    # The map says of L1 that it is lit, of L2 that it is not.
    here = world()
    lit, dark = (told(here, {"fresh": at})[0]["reason"] for at in ([0, 1], [10, 11]))
    assert (lit["light"], lit["dark"], lit["dark_m"]) == ("lit", False, 0.0)
    assert (dark["light"], dark["dark"], dark["dark_m"]) == ("dark", True, 20.0)
    silent = here.alleys.assign(lit=None)
    lamp = toy.points().iloc[:1].drop(columns="weight").set_geometry([toy.place(shapely.Point(5, 0))])
    by_lamps = told(world(alleys=silent, lamps=lamp), {"fresh": [0, 1, 2, 3]})[0]["reason"]
    # A lamp serves 15 m: the pieces at 5 and 15 are lit, those at 25 and 35 are dark, and no more than half is dark.
    assert (by_lamps["light"], by_lamps["dark_m"]) == ("lamps", 20.0)
    nothing = told(world(alleys=silent), {"fresh": [0, 1]})[0]["reason"]
    assert (nothing["light"], nothing["dark"], nothing["dark_m"]) == (None, None, None)


def test_what_stands_already_says_where_it_stood_and_what_it_loses() -> None:
    here = world()
    turn, down = told(
        here,
        {"fresh": [10, 11], "act": "turn", "camera_key": "c1", "lost": [0, 1, 2], "again": [4]},
        {"fresh": [], "act": "remove", "camera_key": "c3", "lost": [], "again": None},
    )
    assert turn["was"]["heading_deg"] == 90.0
    assert turn["was"]["lat"] == pytest.approx(turn["lat"], abs=1e-6)
    assert (turn["reason"]["lost_m"], turn["reason"]["again_m"]) == (30.0, 10.0)
    assert (down["reason"]["code"], down["reason"]["lost_m"], down["reason"]["again_m"]) == (
        "taken_down",
        0.0,
        None,
    )
    assert (down["view"], down["metres"], down["gain"], down["calls_unseen"]) == (None, 0.0, 0.0, 0)


def test_options_bring_their_own_lens_price_and_model() -> None:
    here = world()
    usual = {"fresh": [0], "act": "new", "place": "lamp", "plots_m2": 40.0, "facades": 3}
    price = {"pole_won": 0, "power_won": 1.4, "fibre_won": 2_000_000.0, "camera_won": 900_000}
    # A lens of twice the focal length: half the angle and more.
    long = usual | price | {"focal_mm": 8.0, "model": "2 MP 8 mm", "height_m": np.nan, "camera_key": None}
    wide = usual | price | {"focal_mm": np.nan, "model": None, "height_m": 6.0, "camera_key": None}
    one, other = told(here, long, wide)
    # 2 atan(5.57 / 16) and 2 atan(5.57 / 8)
    assert (one["hfov_deg"], other["hfov_deg"]) == (38.4, 69.7)
    assert (one["height_m"], other["height_m"]) == (toy.LENS.height_m, 6.0)
    assert one["price"] == {"pole": 0, "power": 1, "fibre": 2_000_000, "camera": 900_000}
    assert one["price_won"] == sum(one["price"].values())
    assert (one["model"], other["model"], one["place"]) == ("2 MP 8 mm", None, "lamp")
    assert one["intrusion"] == {"plots_m2": 40.0, "facades": 3}
    assert one["camera_key"] is None and one["was"] is None


def test_each_view_ends_where_its_own_lens_does() -> None:
    here = world()
    rows = aims({"max_range_m": 12.0}, {"max_range_m": 40.0}, {"act": "remove"})
    rows = rows.assign(**lenses_of(rows, here.lens))
    seen = views(here, rows, density_class="detect", nothing=np.array([False, False, True]))
    far = [0.0 if view.is_empty else view.hausdorff_distance(toy.place(shapely.Point(0, 0))) for view in seen]
    assert far[0] == pytest.approx(12.0, abs=0.2)
    assert far[1] == pytest.approx(40.0, abs=0.2)
    assert far[2] == 0.0


def test_houses_out_of_reach_change_no_view() -> None:
    far = toy.buildings().assign(height_basis="measured")
    far = far.set_geometry(far.geometry.translate(400.0, 0.0)).assign(building_id=[11, 12])
    crowded = world(
        buildings=gpd.GeoDataFrame(pd.concat([world().buildings, far], ignore_index=True), crs=toy.SRID)
    )
    one, other = (told(here, {"fresh": [10], "geometry": toy.place(shapely.Point(50, 5)), "heading_deg": 0.0})[0]["view"]
                  for here in (world(), crowded))  # fmt: skip
    assert one == other
    # The houses on either side of L2 leave the street between them.
    assert (
        one
        != told(
            world(buildings=far),
            {"fresh": [10], "geometry": toy.place(shapely.Point(50, 5)), "heading_deg": 0.0},
        )[0]["view"]
    )
