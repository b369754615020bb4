"""What views hold of the toy streets: L1 runs east along y = 0 for 100 m, L2 north from its middle for 60 m."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.errors import MissingColumn, NotMetric
from spatial.optics import Lens, px_per_m
from spatial.seen_streets import preset_views, seen_stretches
from tests import toy

PTZ = 3
# Nothing of camera 3 is assumed: 6 m up, 4 mm on 5.57 x 3.13 mm.
DENSITY = px_per_m("observe")


def views(*shapes: object) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[toy.place(shape) for shape in shapes], crs=toy.SRID)


def told(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return [tuple(row) for row in found.round(6).itertuples(index=False)]


def test_a_box_over_the_crossing_holds_a_stretch_of_each_street() -> None:
    found = seen_stretches(views(shapely.box(40, -5, 60, 10)), toy.alleys())
    assert told(found) == [(0, 1, 40.0, 60.0), (0, 2, 0.0, 10.0)]


def test_a_view_that_a_wall_parts_holds_two_stretches_and_views_are_told_apart() -> None:
    parted = shapely.MultiPolygon([shapely.box(0, -1, 10, 1), shapely.box(20, -1, 25, 1)])
    found = seen_stretches(views(parted, shapely.box(5, -1, 8, 1)), toy.alleys())
    assert told(found) == [(0, 1, 0.0, 10.0), (0, 1, 20.0, 25.0), (1, 1, 5.0, 8.0)]


def test_over_a_bend_a_stretch_goes_on_and_is_measured_along_the_line() -> None:
    bent = (
        toy.alleys()
        .iloc[:1]
        .set_geometry([toy.place(shapely.LineString([(0, 0), (30, 0), (30, 40), (70, 40)]))], crs=toy.SRID)
    )
    found = seen_stretches(views(shapely.box(20, -5, 35, 15)), bent)
    assert told(found) == [(0, 1, 20.0, 45.0)]


def test_a_touch_and_a_foot_length_are_no_stretch() -> None:
    touching, short = shapely.box(10, 0, 20, 5), shapely.box(10, -1, 10.04, 1)
    assert told(seen_stretches(views(touching), toy.alleys())) == [(0, 1, 10.0, 20.0)]
    assert told(seen_stretches(views(short, shapely.box(200, 0, 210, 5)), toy.alleys())) == []


def test_nothing_gives_nothing_and_other_systems_are_refused() -> None:
    for some, streets in ((views(), toy.alleys()), (views(shapely.box(0, -1, 9, 1)), toy.alleys().iloc[:0])):
        found = seen_stretches(some, streets)
        assert list(found.columns) == ["view", "alley_id", "from_m", "to_m"]
        assert len(found) == 0
    with pytest.raises(NotMetric):
        seen_stretches(views(shapely.box(0, 0, 1, 1)).to_crs(5179), toy.alleys())


def presets(**columns: object) -> pd.DataFrame:
    """Return preset 2 of camera 3: looking south at 20 degrees with 60 degrees of view."""
    row = {"camera_id": PTZ, "preset_no": 2, "heading_deg": 180.0, "tilt_deg": 20.0, "hfov_deg": 60.0}
    return pd.DataFrame([row | columns])


def turned(told: pd.DataFrame, cameras: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    reach = gpd.GeoSeries(
        [toy.place(shapely.box(-100, -100, 200, 58))], index=pd.Index([PTZ], name="camera_id"), crs=toy.SRID
    )
    return preset_views(
        toy.cameras() if cameras is None else cameras,
        told,
        reach,
        density_px_per_m=DENSITY,
        defaults=toy.LENS,
    )


def test_a_preset_sees_its_footprint_as_far_as_the_class_reaches() -> None:
    found = turned(presets())
    lens = Lens(60.0, 1920, 1080, 20.0, 6.0)
    west, south, east, north = found.geometry.iloc[0].bounds
    far = float(lens.reach_m(DENSITY, cap_m=toy.LENS.max_range_m))
    # camera 3 hangs 60 m north of L1; its picture begins where the lower edge meets the ground
    assert np.isclose(south, toy.CORNER[1] + 60.0 - far)
    assert np.isclose(north, toy.CORNER[1] + 60.0 - float(lens.near_m))
    assert np.isclose(east - west, 2.0 * float(lens.half_width_m(far)))
    assert found[["camera_id", "preset_no", "heading_deg", "tilt_deg"]].iloc[0].tolist() == [
        PTZ,
        2,
        180.0,
        20.0,
    ]


def test_a_preset_sees_nothing_beyond_what_the_camera_can_be_turned_to_see() -> None:
    north = turned(presets(heading_deg=0.0))
    assert len(north) == 0


@pytest.mark.parametrize("unknown", ["tilt_deg", "hfov_deg"])
def test_an_assumed_preset_is_left_out(unknown: str) -> None:
    assert len(turned(presets(**{unknown: np.nan}))) == 0


def test_so_is_one_of_a_camera_whose_height_nobody_measured_or_that_is_not_there() -> None:
    assert len(turned(presets(), toy.cameras().assign(height_m=np.nan))) == 0
    assert len(turned(presets(), toy.cameras().iloc[:2])) == 0
    assert len(turned(presets(camera_id=1))) == 0
    with pytest.raises(MissingColumn):
        turned(presets().drop(columns="hfov_deg"))


def test_a_turning_camera_reaches_beyond_what_others_may() -> None:
    # 4 degrees of view hold the class for hundreds of metres: what the district believes of PTZ ends it
    narrow = presets(hfov_deg=4.0, tilt_deg=2.0)
    far = replace(toy.LENS, ptz_max_range_m=300.0)
    reach = gpd.GeoSeries([toy.place(shapely.box(-500, -500, 500, 60))], index=pd.Index([PTZ]), crs=toy.SRID)
    near_end = preset_views(toy.cameras(), narrow, reach, density_px_per_m=DENSITY, defaults=toy.LENS)
    far_end = preset_views(toy.cameras(), narrow, reach, density_px_per_m=DENSITY, defaults=far)
    assert np.isclose(near_end.total_bounds[1], toy.CORNER[1] + 60.0 - 150.0)
    assert np.isclose(far_end.total_bounds[1], toy.CORNER[1] + 60.0 - 300.0)
