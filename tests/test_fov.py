"""Fields of view of cameras on open ground and before a house, against optics and shadows solved by hand."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point, box

from spatial.doubts import variants
from spatial.errors import BadGeometry, NotMetric, UnknownClass
from spatial.fov import fields_of_view, with_assumptions
from spatial.frames import FIELDS, require
from spatial.optics import aim_share
from spatial.sightings import sightings
from spatial.terrain import Ground
from spatial.types import Doubts, LensDefaults

LADDER = ("detect", "observe", "recognise", "identify")
EAST_M, NORTH_M = 200_000.0, 550_000.0

# The handbook's 2 MP camera with a 4 mm lens, 6 m up, tilted 20 degrees.
DEFAULTS = LensDefaults(
    focal_mm=4.0,
    sensor_w_mm=5.57,
    sensor_h_mm=3.13,
    image_w_px=1920,
    image_h_px=1080,
    height_m=6.0,
    tilt_deg=20.0,
    ptz_tele_hfov_deg=2.47,
    max_range_m=150.0,
    building_height_m=9.0,
)
NEAR_M, OBSERVE_M, SLOPE, OFFSET_M = 6.8087, 21.2930, 0.65426, 1.42879
UNKNOWN = [
    "heading_deg",
    "tilt_deg",
    "height_m",
    "focal_mm",
    "hfov_deg",
    "sensor_w_mm",
    "sensor_h_mm",
    "image_w_px",
    "image_h_px",
    "ir_range_m",
]


def cameras(*rows, crs=5186):
    """Return cameras at the corner unless `at` says where; what a row does not say is unknown."""
    whole = [{"kind": "fixed", "at": (0.0, 0.0), **dict.fromkeys(UNKNOWN, np.nan), **row} for row in rows]
    frame = pd.DataFrame(whole, columns=["kind", "at", *UNKNOWN])
    spots = [Point(EAST_M + at[0], NORTH_M + at[1]) for at in frame.pop("at")]
    numbers = np.arange(len(frame)) + 1
    ids = {
        "camera_id": numbers,
        "state_id": numbers + 100,
        "site_id": numbers,
        "agency": "a",
        "purpose": "facility",
    }
    return gpd.GeoDataFrame(frame.assign(**ids), geometry=spots, crs=crs)


def houses(*boxes, height_m=np.nan):
    shapes = [shapely.affinity.translate(shape, EAST_M, NORTH_M) for shape in boxes]
    numbers = range(len(shapes))
    return gpd.GeoDataFrame({"building_id": numbers, "height_m": height_m}, geometry=shapes, crs=5186)


def fields(*rows, among=(), classes=("observe",), height_m=np.nan, **more):
    frame = fields_of_view(
        cameras(*rows), houses(*among, height_m=height_m), classes=classes, defaults=DEFAULTS, **more
    )
    assert require(frame, FIELDS) == cameras().crs
    assert frame.is_valid.all()
    return frame.set_geometry(frame.translate(-EAST_M, -NORTH_M))


def test_assumptions_fill_what_is_unknown_and_say_on_what_they_rest():
    given = cameras({"heading_deg": 0.0}, {"focal_mm": 8.0}, {"hfov_deg": 49.8}, {}, {"kind": "fisheye"})
    given.index = pd.Index([7, 8, 9, 10, 11])
    before = given.copy()
    known = with_assumptions(given, DEFAULTS)
    pd.testing.assert_frame_equal(pd.DataFrame(given), pd.DataFrame(before))  # the input stays
    assert known.index.equals(given.index)
    assert known["basis"].tolist() == ["survey", "datasheet", "datasheet", "assumed", "assumed"]
    assert known["heading_deg"].isna().tolist() == [False, True, True, True, True]
    assert not known.drop(columns=["heading_deg", "ir_range_m"]).isna().any(axis=None)
    # Angles of 4 and 8 mm from the handbook; a lens from the angle of 6 mm; a fisheye sees a half space.
    assert known["hfov_deg"].tolist() == pytest.approx([69.70, 38.39, 49.80, 69.70, 180.0], abs=0.006)
    assert known["focal_mm"].iloc[:4].tolist() == pytest.approx([4.0, 8.0, 6.0, 4.0], abs=0.001)
    # What is not known of the infrared light is not taken for none.
    assert known["ir_range_m"].isna().all()


def test_assumptions_twice_change_nothing():
    once = with_assumptions(cameras({"heading_deg": 0.0}, {}, {"hfov_deg": 40.0}), DEFAULTS)
    pd.testing.assert_frame_equal(pd.DataFrame(with_assumptions(once, DEFAULTS)), pd.DataFrame(once))


def test_known_heading_gives_the_trapezoid():
    row = fields({"heading_deg": 90.0}).iloc[0]
    assert (row["sight"], row["counts"], row["stands"], row["basis"]) == ("certain", True, "seen", "survey")
    numbers = row[["near_m", "far_m", "slope", "offset_m"]].tolist()
    assert numbers == pytest.approx([NEAR_M, OBSERVE_M, SLOPE, OFFSET_M], abs=1e-4)
    near_half, far_half = SLOPE * NEAR_M + OFFSET_M, SLOPE * OBSERVE_M + OFFSET_M
    assert row.geometry.area == pytest.approx((near_half + far_half) * (OBSERVE_M - NEAR_M), rel=1e-5)
    assert row.geometry.bounds == pytest.approx([NEAR_M, -far_half, OBSERVE_M, far_half], abs=1e-4)


def test_the_ladder_nests_and_the_empty_rung_has_its_row():
    found = fields({"heading_deg": 0.0}, classes=LADDER)
    assert found["density_class"].tolist() == list(LADDER)
    assert found.geometry.is_empty.tolist() == [False, False, False, True]  # d(250) = 3.69 m < near 6.81 m
    assert found["far_m"].tolist() == pytest.approx([56.51, 21.29, 9.55, 3.69], abs=0.005)
    for wider, closer in zip(found.geometry, found.geometry[1:], strict=False):
        assert closer.difference(wider).area < 1e-6


def test_a_wide_lens_is_cut_at_the_plan_angle_not_at_its_own():
    # 2.8 mm at 25 degrees: 89.7 degrees of lens, 112 in plan. A sector of the lens's own would cut the corners.
    row = fields({"heading_deg": 0.0, "focal_mm": 2.8, "tilt_deg": 25.0}).iloc[0]
    near, far, slope, offset = row[["near_m", "far_m", "slope", "offset_m"]]
    whole = (far - near) * (slope * (near + far) + 2.0 * offset)
    assert row.geometry.area == pytest.approx(whole, rel=1e-9)


def test_unknown_heading_gives_the_ring_in_which_some_heading_would_see():
    row = fields({}).iloc[0]
    assert (row["sight"], row["counts"], row["basis"]) == ("possible", True, "assumed")
    corner = np.hypot(OBSERVE_M, SLOPE * OBSERVE_M + OFFSET_M)
    assert row.geometry.area == pytest.approx(np.pi * (corner**2 - NEAR_M**2), rel=2e-3)
    for distance in (6.0, 7.0, 20.0, 26.0, 27.0):
        share = aim_share(distance, near_m=NEAR_M, far_m=OBSERVE_M, slope=SLOPE, offset_m=OFFSET_M)
        assert (share > 0.0) == row.geometry.covers(Point(0, distance))


def test_a_house_casts_its_shadow_into_both():
    # The wall y = 10, x -5..5: behind it lies the shadow to the rays x = +-y / 2.
    house = box(-5, 10, 5, 12)
    aimed, unaimed = fields({"heading_deg": 0.0}, {}, among=[house]).geometry
    far_half = SLOPE * OBSERVE_M + OFFSET_M
    open_area = (SLOPE * (NEAR_M + OBSERVE_M) + 2 * OFFSET_M) * (OBSERVE_M - NEAR_M)
    shadow = (OBSERVE_M**2 - 10.0**2) / 2.0  # from y = 10 on, y wide
    assert far_half > OBSERVE_M / 2.0  # the shadow lies within the trapezoid
    assert aimed.area == pytest.approx(open_area - shadow, rel=1e-4)
    for area in (aimed, unaimed):
        assert area.covers(Point(0, 9.9))
        assert not area.covers(Point(0, 12.1))
        assert not area.covers(Point(9, 20))


def test_a_house_without_height_is_as_high_as_assumed():
    # As assumed 9 m hide all behind; of 2 m under the eye at 6 m the shadow ends at 12 * 6 / 4 = 18 m.
    assert not fields({"heading_deg": 0.0}, among=[box(-5, 10, 5, 12)]).geometry[0].covers(Point(0, 19))
    low = fields({"heading_deg": 0.0}, among=[box(-5, 10, 5, 12)], height_m=2.0).geometry[0]
    assert low.covers(Point(0, 18.1))
    assert not low.covers(Point(0, 17.9))


def test_its_own_house_does_not_blind_a_camera():
    # Drawn 0.6 m into the wall y = 0 of its house, it looks north from before that wall.
    own = box(-10, -8, 10, 0)
    inside, wall = fields(
        {"at": (0, -4), "heading_deg": 0.0}, {"at": (0, -0.6), "heading_deg": 0.0}, among=[own]
    ).iloc
    assert (inside["stands"], inside.geometry.is_empty) == ("inside", True)
    assert wall["stands"] == "on_wall"
    # 0.05 m before the wall; the footprint moves with the camera.
    assert wall.geometry.bounds[1] == pytest.approx(NEAR_M + 0.05, abs=1e-3)
    assert wall.geometry.area == pytest.approx(fields({"heading_deg": 0.0}).geometry[0].area, rel=1e-6)


def test_ptz_counts_at_home_and_may_be_turned():
    home, reach = fields({"kind": "ptz", "heading_deg": 180.0}).iloc
    fixed = fields({"heading_deg": 180.0}).iloc[0]
    assert (home["sight"], home["counts"]) == ("certain", True)
    assert home.geometry.symmetric_difference(fixed.geometry).area < 1e-6
    assert (reach["sight"], reach["counts"]) == ("possible", False)
    assert reach.geometry.area == pytest.approx(
        np.pi * 150.0**2, rel=1e-3
    )  # the long end reaches 712 m: capped
    # 62.5 px/m at the slant of 150 m and 6 m: the picture is 1920 / 62.5 = 30.72 m wide there.
    hfov_deg = 2.0 * np.degrees(np.arctan(30.72 / 2.0 / np.hypot(150.0, 6.0)))
    window = {name: reach[name] for name in ("near_m", "far_m", "slope", "offset_m")}
    for distance in (1.0, 80.0, 149.0):
        assert aim_share(distance, **window) == pytest.approx(hfov_deg / 360.0, rel=1e-9)


def test_ptz_reach_without_a_cap_to_bind():
    # Long end 30 degrees: f = 960 / tan 15 = 3583 px: 250 px/m at a slant of 14.33 m, from 6 m up 13.01 m away.
    far = LensDefaults(**{**_as_kwargs(DEFAULTS), "ptz_tele_hfov_deg": 30.0})
    found = fields_of_view(
        cameras({"kind": "ptz", "heading_deg": 0.0}), houses(), classes=["identify"], defaults=far
    )
    reach = found[~found["counts"]].iloc[0]
    assert reach["far_m"] == pytest.approx(13.013, abs=0.002)
    assert reach["slope"] == pytest.approx(np.tan(np.radians(15.0)))


def _as_kwargs(defaults):
    return {name: getattr(defaults, name) for name in LensDefaults.__dataclass_fields__}


def test_ptz_of_unknown_home_is_one_row():
    (row,) = fields({"kind": "ptz"}).iloc
    assert (row["sight"], row["counts"]) == ("possible", True)
    assert row[["near_m", "far_m"]].tolist() == pytest.approx([NEAR_M, OBSERVE_M], abs=1e-4)
    assert row.geometry.area == pytest.approx(np.pi * 150.0**2, rel=1e-3)


def test_fisheye_sees_the_disc_of_its_radial_density():
    # D 2880, H 4 m, ground: k = 916.73, drop 4: r = sqrt(k * 4 / 62.5 - 16) = 6.532 m; 250 px/m is never reached.
    eye = {"kind": "fisheye", "image_w_px": 2880.0, "image_h_px": 2880.0, "height_m": 4.0}
    observe, identify = fields(eye, classes=["observe", "identify"]).iloc
    assert (observe["sight"], observe["model"]) == ("certain", "equidistant+flat")
    assert observe.geometry.area == pytest.approx(np.pi * 6.5323**2, rel=1e-3)
    assert identify.geometry.is_empty


def test_fisheye_of_assumed_height_surely_sees_what_it_sees_from_each_height():
    # k = 916.73 as above: r = sqrt(k h / 62.5 - h^2). Assumed 6 m, a metre in doubt: 4.268, 6 and 7.732 m up it
    # reaches 6.663, 7.211 and 7.323 m; the doubt about tilts plays no part.
    eye = {"kind": "fisheye", "image_w_px": 2880.0, "image_h_px": 2880.0}
    doubts = Doubts(height_m=1.0, tilt_deg=4.0, focal_share=0.25)
    found = fields(eye, {**eye, "height_m": 6.0}, doubts=doubts)
    assert found["sight"].tolist() == ["certain", "possible", "certain"]
    radius = np.sqrt(found.geometry.area / np.pi)
    assert radius.tolist() == pytest.approx([6.663, 7.323, 7.211], rel=5e-4)
    assert found["variants"].notna().tolist() == [True, True, False]
    places = gpd.GeoDataFrame(geometry=[Point(EAST_M, NORTH_M - r) for r in (6.0, 7.0, 7.25, 7.5)], crs=5186)
    seen = sightings(places, found.set_geometry(found.translate(EAST_M, NORTH_M)), cameras(eye))
    assert seen.sight().tolist() == ["certain", "possible", "possible", "none"]
    # The middle height has 4 chances of 6, the others one each.
    assert seen.p_seen() == pytest.approx([1.0, 5 / 6, 1 / 6, 0.0])
    assert seen.possible.to_deg[:1].tolist() == [180.0]


@pytest.mark.parametrize("heading_deg", [40.0, np.nan])
def test_doubted_optics_are_certain_where_every_variant_sees_and_possible_where_one_does(heading_deg):
    # One by one, each of the 27 as if it were known: behind the houses, beside the blind zone and out to the corners.
    doubts, among = (
        Doubts(height_m=0.8, tilt_deg=4.0, focal_share=0.25),
        (box(5, 8, 9, 12), box(-30, 5, -12, 9)),
    )
    lens = with_assumptions(cameras({}), DEFAULTS)
    optics = [lens[name] for name in ("height_m", "focal_mm", "tilt_deg")]
    made = variants(*optics, assumed=np.ones((1, 3), dtype=bool), doubts=doubts)
    aims = np.arange(0.0, 360.0, 15.0) if np.isnan(heading_deg) else [heading_deg]
    told = [
        {"heading_deg": aim, "focal_mm": focal, "tilt_deg": tilt, "height_m": height}
        for aim in aims for height, focal, tilt in zip(*(part[0] for part in made), strict=True)
    ]  # fmt: skip
    found = fields({"heading_deg": heading_deg}, among=among, height_m=30.0, doubts=doubts, classes=LADDER)
    each = fields(*told, among=among, height_m=30.0, classes=LADDER)
    for code in LADDER:
        mine, theirs = found[found["density_class"].eq(code)], each[each["density_class"].eq(code)].geometry
        possible = mine.loc[mine["sight"].eq("possible"), "geometry"].item()
        assert theirs.union_all().difference(possible.buffer(1e-6)).area < 0.01
        if np.isfinite(heading_deg):
            sure = mine.loc[mine["sight"].eq("certain"), "geometry"].item()
            assert possible.difference(theirs.union_all()).area < 0.01
            assert sure.symmetric_difference(shapely.intersection_all(theirs.to_numpy())).area < 0.01


def test_target_height_moves_the_strip():
    row = fields({"heading_deg": 0.0}, target_height_m=1.6).iloc[0]
    assert row[["near_m", "far_m"]].tolist() == pytest.approx([4.99, 21.88], abs=0.005)


def test_camera_below_the_target_is_taken_as_level():
    row = fields({"heading_deg": 0.0, "height_m": 1.2}, target_height_m=1.6).iloc[0]
    # No drop: no blind zone, d(62.5) = f / p / cos 20 = 22.0611 / 0.93969.
    assert row[["near_m", "far_m", "offset_m"]].tolist() == pytest.approx([0.0, 23.4769, 0.0], abs=1e-3)


def test_looking_straight_down_sees_round_the_pole():
    # 90 degrees of tilt: half height of the picture on the ground 6 tan(21.39) = 2.35 m, half width 6 tan(34.85).
    row = fields({"heading_deg": 0.0, "tilt_deg": 90.0}).iloc[0]
    assert row.geometry.bounds == pytest.approx([-4.1775, -2.3498, 4.1775, 2.3498], abs=1e-3)
    assert (row["near_m"], row["far_m"]) == (0.0, pytest.approx(2.3498, abs=1e-3))


def test_nothing_is_claimed_beyond_the_cap():
    row = fields({"heading_deg": 0.0, "focal_mm": 50.0, "tilt_deg": 2.0}, classes=["detect"]).iloc[0]
    assert row["far_m"] == 150.0
    corners = shapely.get_coordinates(row.geometry)
    assert np.hypot(*corners.T).max() <= 150.0 + 1e-6


def test_rows_come_by_camera_then_class():
    found = fields({"heading_deg": 0.0}, {"kind": "ptz", "heading_deg": 0.0}, classes=["observe", "detect"])
    assert found["camera_id"].tolist() == [1, 1, 2, 2, 2, 2]
    assert found["density_class"].tolist() == [
        "observe",
        "detect",
        "observe",
        "observe",
        "detect",
        "detect",
    ]
    assert found["state_id"].tolist() == [101, 101, 102, 102, 102, 102]
    assert not found.duplicated(["state_id", "density_class", "sight"]).any()  # a key of the table


def test_no_cameras_no_rows():
    found = fields()
    assert len(found) == 0
    assert set(FIELDS.columns) <= set(found.columns)


def test_later_standard():
    row = fields({"heading_deg": 0.0}, classes=["perceive"], standard_version=2025).iloc[0]
    assert row["far_m"] == pytest.approx(9.55, abs=0.005)  # 125 px/m under another name


def test_refusals():
    with pytest.raises(UnknownClass):
        fields({"heading_deg": 0.0}, classes=["perceive"])
    with pytest.raises(UnknownClass):
        fields({"heading_deg": 0.0}, classes=[])
    with pytest.raises(UnknownClass):
        fields({"kind": "drone"})
    with pytest.raises(NotMetric):
        fields_of_view(cameras({}, crs=4326), houses(), classes=LADDER, defaults=DEFAULTS)
    with pytest.raises(NotMetric):
        fields_of_view(cameras({}, crs=5179), houses(), classes=LADDER, defaults=DEFAULTS)
    with pytest.raises(BadGeometry):
        fields_of_view(cameras({}), houses(Point(0, 0)), classes=LADDER, defaults=DEFAULTS)


def test_progress_counts_cameras():
    told: list[tuple[int, int]] = []
    fields({}, {}, {}, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)


def plane(rise, *, west_m=-300.0, columns=60):
    """Return ground in 10 m cells, north of the corner as far as south of it, that rises so much a metre to the east."""
    east = EAST_M + west_m + 10.0 * (np.arange(columns) + 0.5)
    heights = np.tile(rise * (east - EAST_M), (60, 1)).astype(np.float32)
    return Ground(heights, EAST_M + west_m, NORTH_M + 300.0, 10.0)


def test_terrain_hides_and_each_row_says_on_which_ground_it_was_computed():
    # A wall of 3 m at 10..11 m east of an eye of 6 m. On the plane its shadow ends at 11 * 6 / 3 = 22 m. On ground that
    # falls by 0.1 it stands on -1.05: the sight line over it falls by 4.05 in 11 and meets the ground where
    # 6 - 4.05 / 11 s = -0.1 s: s = 22.37.
    wall = box(10, -20, 11, 20)
    eye = {"heading_deg": 90.0, "tilt_deg": 20.0}
    flat = fields(eye, among=[wall], height_m=3.0, classes=["monitor"]).iloc[0]
    hilly = fields(eye, among=[wall], height_m=3.0, classes=["monitor"], ground=plane(-0.1)).iloc[0]
    assert (flat["model"], hilly["model"]) == ("pinhole+flat", "pinhole+terrain")
    for row, end_m in ((flat, 22.0), (hilly, 22.37)):
        seen = row.geometry.intersection(shapely.LineString([(0, 0), (60, 0)]))
        near, far = seen.geoms
        assert far.bounds[0] == pytest.approx(end_m, abs=0.01)
        assert near.bounds[2] == pytest.approx(10.0, abs=1e-6)


def test_a_camera_on_unknown_ground_has_flat_ground_and_its_neighbours_have_not():
    ground = plane(0.0, west_m=-295.0, columns=35)  # known to 50 m east of the corner
    inside, beyond, lost = ({"at": (x, 0.0), "heading_deg": 90.0} for x in (-200.0, 30.0, 100.0))
    found = fields(inside, beyond, lost, {**inside, "kind": "fisheye"}, ground=ground)
    models = ["pinhole+terrain", "pinhole+part-terrain", "pinhole+flat", "equidistant+terrain"]
    assert found["model"].tolist() == models
    areas = found.geometry.area.to_numpy()
    assert areas[:3] == pytest.approx(areas[0], rel=1e-6)


def test_a_turning_camera_reaches_as_far_as_the_city_lets_it():
    far = LensDefaults(**{**_as_kwargs(DEFAULTS), "ptz_max_range_m": 400.0})
    assert (DEFAULTS.ptz_reach_m, DEFAULTS.farthest_m) == (150.0, 150.0)
    assert (far.ptz_reach_m, far.farthest_m) == (400.0, 400.0)
    at_home = cameras({"kind": "ptz", "heading_deg": 0.0}, {"heading_deg": 0.0})
    home, reach, fixed = fields_of_view(at_home, houses(), classes=["detect"], defaults=far)["far_m"]
    assert (home, reach) == pytest.approx((fixed, 400.0))
    long = LensDefaults(**{**_as_kwargs(far), "focal_mm": 40.0, "tilt_deg": 1.0})
    home, reach, fixed = fields_of_view(at_home, houses(), classes=["detect"], defaults=long)["far_m"]
    assert (home, reach, fixed) == pytest.approx(
        (150.0, 400.0, 150.0)
    )  # pictures end at the cap of all others
