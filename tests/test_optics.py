"""Lenses: the handbook's tables as oracles, and the chance of an unknown aim against chance itself."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial import optics
from spatial.errors import OutOfRange, UnknownClass, WrongShape
from spatial.optics import Lens

FULL_HD, QHD = (1920, 1080), (2560, 1440)
SENSOR_MM = (5.57, 3.13)  # 1/2.8", 16:9
LADDER_PX_PER_M = np.array([250.0, 125.0, 62.5, 25.0, 12.5])


def lens(focal_mm, tilt_deg, target_m, image=FULL_HD, height_m=6.0):
    return Lens(optics.fov_deg(SENSOR_MM[0], focal_mm), *image, tilt_deg, height_m - target_m)


@pytest.mark.parametrize(
    ("code", "px_per_m", "mm_per_px", "percent_of_height"),
    [
        ("monitor", 12.5, 80.0, 2.0),
        ("detect", 25.0, 40.0, 3.9),
        ("observe", 62.5, 16.0, 9.8),
        ("recognise", 125.0, 8.0, 19.7),
        ("identify", 250.0, 4.0, 39.4),
        ("inspect", 1000.0, 1.0, None),
    ],
)
def test_classes_of_2015(code, px_per_m, mm_per_px, percent_of_height):
    density = optics.px_per_m(code)
    assert density == px_per_m
    assert 1000.0 / density == mm_per_px
    if percent_of_height is not None:  # a person of 1.7 m in a picture of 1080 lines
        assert round(100.0 * 1.7 * density / 1080.0, 1) == percent_of_height


def test_classes_of_2025():
    table = {entry.code: entry.px_per_m for entry in optics.DENSITY_CLASSES if entry.standard_version == 2025}
    assert table == {
        "overview": 20.0,
        "outline": 40.0,
        "discern": 80.0,
        "perceive": 125.0,
        "characterise": 250.0,
        "validate": 500.0,
        "scrutinise": 1500.0,
    }


def test_a_class_belongs_to_its_version():
    with pytest.raises(UnknownClass):
        optics.px_per_m("observe", standard_version=2025)
    with pytest.raises(UnknownClass):
        optics.px_per_m("discern")


def test_highest_class_reached():
    assert optics.class_of(62.5) == "observe"  # the limit belongs to the class
    assert optics.class_of(62.4) == "detect"
    assert optics.class_of(12.4) is None
    assert optics.class_of(100.0, standard_version=2025) == "discern"


def test_face_of_16_cm():
    assert 0.16 * optics.px_per_m("identify") == 40.0
    assert 0.16 * optics.px_per_m("recognise") == 20.0


@pytest.mark.parametrize(
    ("focal_mm", "hfov_deg", "vfov_deg"),
    [
        (2.8, 89.69, 58.40),
        (4.0, 69.70, 42.74),
        (6.0, 49.80, 29.24),
        (8.0, 38.39, 22.14),
        (12.0, 26.13, 14.86),
        (4.3, 65.86, None),
        (129.0, 2.47, None),
    ],
)
def test_angles_of_lenses(focal_mm, hfov_deg, vfov_deg):
    assert optics.fov_deg(SENSOR_MM[0], focal_mm) == pytest.approx(hfov_deg, abs=0.005)
    if vfov_deg is not None:
        assert optics.fov_deg(SENSOR_MM[1], focal_mm) == pytest.approx(vfov_deg, abs=0.005)


@given(st.floats(1.0, 10.0), st.floats(0.5, 200.0))
def test_focal_length_undoes_the_angle(size_mm, focal_mm):
    assert optics.focal_mm(size_mm, optics.fov_deg(size_mm, focal_mm)) == pytest.approx(focal_mm, rel=1e-9)


INF = np.inf


@pytest.mark.parametrize(
    ("view", "near_m", "far_m", "ranges_m"),
    [
        (lens(2.8, 25, 0.0), 4.32, INF, [1.46, 5.72, 14.24, 39.80, 82.40]),
        (lens(2.8, 25, 1.6), 3.17, INF, [2.21, 6.47, 14.99, 40.55, 83.14]),
        (lens(4.0, 20, 0.0), 6.81, INF, [3.69, 9.55, 21.29, 56.51, 115.20]),
        (lens(4.0, 20, 1.6), 4.99, INF, [4.27, 10.14, 21.88, 57.09, 115.78]),
        (lens(6.0, 15, 1.6), 7.74, 686.73, [7.39, 15.95, 33.08, 84.47, 170.12]),
        (lens(8.0, 12, 1.6), 10.33, 273.85, [10.34, 21.62, 44.17, 111.83, 224.60]),
        (lens(4.0, 20, 1.6, image=QHD), 4.99, INF, [6.22, 14.05, 29.70, 76.65, 154.91]),
    ],
)
def test_ground_ranges(view, near_m, far_m, ranges_m):
    assert view.near_m == pytest.approx(near_m, abs=0.005)
    assert view.far_m == pytest.approx(far_m, abs=0.005)
    assert view.range_m(LADDER_PX_PER_M) == pytest.approx(ranges_m, abs=0.005)


@pytest.mark.parametrize(
    ("focal_mm", "tilt_deg", "empty"), [(4.0, 20, True), (6.0, 15, True), (8.0, 12, False)]
)
def test_faces_are_not_identified_near_the_pole(focal_mm, tilt_deg, empty):
    # "Identifies within 5.5 m" is what the naive formula says of the 4 mm lens; its strip is empty.
    view = lens(focal_mm, tilt_deg, 1.6)
    assert (view.reach_m(250.0) <= view.near_m) == empty
    if not empty:
        assert view.reach_m(250.0) - view.near_m < 0.02  # the handbook: one centimetre


def test_strip_ends_at_the_far_edge_or_the_cap():
    view = lens(8.0, 12, 1.6)
    assert view.reach_m(10.0) == pytest.approx(
        273.85, abs=0.005
    )  # d(10 px/m) = 282 m lies beyond the far edge
    assert view.reach_m(10.0, cap_m=150.0) == 150.0


@pytest.mark.parametrize(
    ("focal_mm", "ranges_m"),
    [
        (2.8, [3.86, 7.72, 15.44, 38.61]),
        (4.0, [5.52, 11.03, 22.06, 55.15]),
        (6.0, [8.27, 16.55, 33.09, 82.73]),
        (8.0, [11.03, 22.06, 44.12, 110.31]),
    ],
)
def test_naive_ranges(focal_mm, ranges_m):
    hfov_deg = optics.fov_deg(SENSOR_MM[0], focal_mm)
    found = optics.naive_range_m(LADDER_PX_PER_M[:4], image_w_px=1920, hfov_deg=hfov_deg)
    assert found == pytest.approx(ranges_m, abs=0.006)


def test_reach_of_a_speed_dome():
    tele_deg = optics.fov_deg(SENSOR_MM[0], 129.0)
    found = optics.naive_range_m([250.0, 125.0, 62.5, 25.0], image_w_px=1920, hfov_deg=tele_deg)
    assert found == pytest.approx([178.0, 356.0, 711.0, 1779.0], abs=0.5)


def test_share_of_the_circle_of_a_speed_dome():
    for focal_mm, share in ((4.3, 0.183), (129.0, 0.0069)):
        slope = np.tan(np.radians(optics.fov_deg(SENSOR_MM[0], focal_mm)) / 2.0)
        found = optics.aim_share(50.0, near_m=0.0, far_m=100.0, slope=slope, offset_m=0.0)
        assert found == pytest.approx(share, abs=0.0005)


def test_footprint_of_2mp_4mm():
    view = lens(4.0, 20, 0.0)
    assert 2.0 * view.half_width_m([view.near_m, 40.0]) == pytest.approx([11.767, 55.198], abs=0.0005)
    (area,) = optics.footprint(view.near_m, 40.0, slope=view.slope, offset_m=view.offset_m)
    assert area.area == pytest.approx(1111.33, abs=0.005)


def test_footprint_of_a_published_worked_example():
    # HFOV 52, VFOV 30: a picture of these tangents. The published example itself uses d for Z and gets 3.9 m.
    width, height = 2.0 * np.tan(np.radians([26.0, 15.0]))
    view = Lens(52.0, width, height, 30.0, 4.0)
    assert view.vfov_deg == pytest.approx(30.0)
    assert [view.near_m, view.far_m] == pytest.approx([4.0, 14.928], abs=0.0005)
    assert 2.0 * view.half_width_m([view.near_m, view.far_m]) == pytest.approx([5.33, 14.56], abs=0.005)
    (area,) = optics.footprint(view.near_m, view.far_m, slope=view.slope, offset_m=view.offset_m)
    assert area.area == pytest.approx(108.69, abs=0.005)


def test_width_and_density_are_one_thing():
    # The picture's width in pixels lies across the footprint's width: straight lines of equal density.
    view, distance = lens(4.0, 20, 0.0), np.array([8.0, 20.0, 90.0])
    across = 1920.0 / (2.0 * view.half_width_m(distance))
    assert view.density_px_per_m(distance) == pytest.approx(across)
    assert view.density_px_per_m(view.range_m(62.5)) == pytest.approx(62.5)
    ratio = view.upright_density_px_per_m(distance) / view.density_px_per_m(distance)
    assert ratio == pytest.approx(distance / view.depth_m(distance))


def projected(point, view):
    """Return where a point (east, north, up from the target plane) falls in the picture, px from its middle.

    A pinhole of its own, vector by vector, to hold the closed forms against: the camera stands over (0, 0), looks north.
    """
    tilt = np.radians(float(view.tilt_deg))
    ray = np.asarray(point, dtype=float) - [0.0, 0.0, float(view.drop_m)]
    depth = ray @ [0.0, np.cos(tilt), -np.sin(tilt)]
    down = ray @ [0.0, -np.sin(tilt), -np.cos(tilt)]
    return float(view.f_px) * ray[0] / depth, float(view.f_px) * down / depth


@pytest.mark.parametrize("density", LADDER_PX_PER_M[1:])
def test_lines_of_one_density_are_straight_and_square_to_the_heading(density):
    view = lens(4.0, 20, 1.6)
    ahead = float(view.range_m(density))
    for aside in (0.0, 3.0, -0.9 * float(view.half_width_m(ahead))):
        left, right = (projected((aside + half, ahead, 0.0), view)[0] for half in (-0.5, 0.5))
        # A metre across covers as many pixels at the picture's edge as in its middle: no arc would do that.
        assert right - left == pytest.approx(density)
    arc = np.hypot(ahead, 3.0)
    assert view.density_px_per_m(arc) < density


def test_the_near_blind_zone_ends_at_the_lower_edge_of_the_picture():
    view = lens(4.0, 20, 1.6)
    near = float(view.near_m)
    assert projected((0.0, near, 0.0), view)[1] == pytest.approx(1080 / 2)
    assert projected((0.0, near - 0.1, 0.0), view)[1] > 1080 / 2  # below the picture
    corner = projected((float(view.half_width_m(near)), near, 0.0), view)
    assert corner == pytest.approx((1920 / 2, 1080 / 2))


def test_legacy_percent_of_screen_height():
    # PAL and NTSC: a person fills the screen at "identify"; 250 px/m are 100 %.
    percent = {code: optics.px_per_m(code) / 2.5 for code in ("monitor", "detect", "observe", "recognise")}
    assert percent == {"monitor": 5.0, "detect": 10.0, "observe": 25.0, "recognise": 50.0}
    assert (optics.px_per_m("identify") / 2.5, optics.px_per_m("inspect") / 2.5) == (100.0, 400.0)


def test_plates_of_520_mm_want_identify():
    # 100 to 130 pixels across a Korean plate are 192 to 250 px/m.
    assert 0.52 * optics.px_per_m("identify") == 130.0
    assert 0.52 * optics.px_per_m("recognise") < 100.0


def test_the_angle_of_a_zoom_is_not_linear_in_its_focal_length():
    tangents = np.tan(np.radians(optics.fov_deg(SENSOR_MM[0], [4.3, 20.0, 129.0])) / 2.0)
    assert tangents * [4.3, 20.0, 129.0] == pytest.approx([SENSOR_MM[0] / 2.0] * 3)
    between = np.interp(20.0, [4.3, 129.0], optics.fov_deg(SENSOR_MM[0], [4.3, 129.0]))
    assert between > 3.0 * optics.fov_deg(SENSOR_MM[0], 20.0)  # 57 degrees where the lens has 16


@pytest.mark.parametrize(
    ("height_m", "at_15_deg", "at_30_deg"), [(6.0, 16.4, 7.6), (5.0, 12.7, 5.9), (4.0, 9.0, 4.2)]
)
def test_depression_onto_a_face(height_m, at_15_deg, at_30_deg):
    found = optics.depression_deg([at_15_deg, at_30_deg], drop_m=height_m - 1.6)
    assert found == pytest.approx([15.0, 30.0], abs=0.3)


@pytest.mark.parametrize(
    ("density", "distance_m", "focal_mm"),
    [(250.0, 16.4, 12.31), (125.0, 16.4, 6.16), (250.0, 10.0, 7.92), (250.0, 20.0, 14.85)],
)
def test_focal_length_aimed_at_a_face(density, distance_m, focal_mm):
    slant_m = np.hypot(distance_m, 4.4)
    angle_deg = optics.hfov_for_deg(density, slant_m, image_w_px=1920)
    assert optics.focal_mm(SENSOR_MM[0], angle_deg) == pytest.approx(focal_mm, abs=0.02)


def test_blind_zone_vanishes_when_the_picture_holds_the_foot_of_the_pole():
    assert Lens(90.0, 1000, 1000, 45.0, 5.0).near_m == pytest.approx(0.0, abs=1e-9)  # 45 + 45 = straight down
    assert Lens(90.0, 1000, 1000, 60.0, 5.0).near_m == pytest.approx(5.0 / np.tan(np.radians(105.0)))
    assert Lens(60.0, 1000, 1000, -40.0, 5.0).near_m == INF  # lower edge 10 degrees above the horizon


def test_plan_angle_is_wider_than_the_lens():
    view = lens(2.8, 25, 0.0)
    angle_deg, corner_m = optics.contain(view.near_m, 40.0, slope=view.slope, offset_m=view.offset_m)
    assert angle_deg == pytest.approx(112.0, abs=0.1)  # of a lens of 89.7 degrees
    assert corner_m == pytest.approx(np.hypot(40.0, view.half_width_m(40.0)))
    all_round, _ = optics.contain(-1.0, 4.0, slope=0.5, offset_m=2.0)
    assert all_round == 360.0


def test_empty_and_unbounded_footprints():
    none, some = optics.footprint([5.0, 1.0], [4.0, 2.0], slope=1.0, offset_m=0.0)
    assert none.is_empty
    assert some.area == pytest.approx(3.0)  # widths 2 and 4, one metre deep
    with pytest.raises(OutOfRange):
        optics.footprint(1.0, INF, slope=1.0, offset_m=0.0)


def test_placing_turns_clockwise_from_north():
    arrow = np.array([shapely.LineString([(0, 0), (0, 1)])] * 2)
    east, south = optics.place(arrow, [[10, 10], [20, 20]], heading_deg=[90.0, 180.0])
    assert shapely.get_coordinates(east)[1] == pytest.approx([11.0, 10.0])
    assert shapely.get_coordinates(south)[1] == pytest.approx([20.0, 19.0])
    assert arrow[0].coords[1] == (0.0, 1.0)  # the input stays
    with pytest.raises(WrongShape):
        optics.place(arrow, [[0, 0]], heading_deg=0.0)


@pytest.mark.parametrize(
    "change", [{"hfov_deg": 180.0}, {"drop_m": -1.0}, {"tilt_deg": np.nan}, {"image_w_px": 0}]
)
def test_impossible_lenses(change):
    good = {"hfov_deg": 70.0, "image_w_px": 1920, "image_h_px": 1080, "tilt_deg": 20.0, "drop_m": 6.0}
    with pytest.raises(OutOfRange):
        Lens(**{**good, **change})


def test_fisheye_densities():
    assert optics.fisheye_scale(2880) == pytest.approx(916.73, abs=0.005)
    tangential, radial = optics.fisheye_densities([5.0, 10.0], circle_px=2880, drop_m=2.4)
    assert tangential == pytest.approx([205.9, 122.4], abs=0.06)
    assert radial == pytest.approx([71.5, 20.8], abs=0.06)
    assert optics.fisheye_density_px_per_m([5.0, 10.0], circle_px=2880, drop_m=2.4) == pytest.approx(radial)


def test_fisheye_tangential_ranges():
    low, _ = optics.fisheye_densities([3.61, 9.75], circle_px=2880, drop_m=2.4)
    assert low == pytest.approx([250.0, 125.0], rel=2e-3)
    high, _ = optics.fisheye_densities([0.0, 7.72], circle_px=2880, drop_m=4.4)
    assert high[0] < 250.0  # H 6 m: never
    assert high[1] == pytest.approx(125.0, rel=2e-3)


def test_fisheye_range_is_where_the_lesser_density_falls_to_it():
    radius_m = optics.fisheye_range_m([250.0, 125.0, 62.5], circle_px=2880, drop_m=2.4)
    found = optics.fisheye_density_px_per_m(radius_m, circle_px=2880, drop_m=2.4)
    assert found == pytest.approx([250.0, 125.0, 62.5])
    assert optics.fisheye_range_m(250.0, circle_px=2880, drop_m=4.4) == 0.0


FOOTPRINTS = [
    (6.81, 21.29, 0.654, 1.43),  # the 4 mm lens, observe
    (4.32, 39.8, 0.9, 2.5),
    (0.0, 12.0, 0.3, 6.0),  # steep: abreast of the camera it is 12 m wide
    (5.0, 5.0, 1.0, 1.0),  # empty
]


@pytest.mark.parametrize(("near_m", "far_m", "slope", "offset_m"), FOOTPRINTS)
def test_aim_share_is_the_share_of_headings_whose_footprint_holds_the_point(near_m, far_m, slope, offset_m):
    (area,) = optics.footprint(near_m, far_m, slope=slope, offset_m=offset_m)
    heading = np.random.default_rng(5).uniform(0.0, 2.0 * np.pi, 20_000)
    distance = np.array([0.5, 3.0, 5.5, 6.5, 8.0, 14.0, 20.0, 24.0, 45.0, 80.0])
    found = optics.aim_share(distance, near_m=near_m, far_m=far_m, slope=slope, offset_m=offset_m)
    for metres, share in zip(distance, found, strict=True):
        held = shapely.contains_xy(area, metres * np.sin(heading), metres * np.cos(heading))
        # Four standard errors of a share from 20,000 draws are at most 0.0142.
        assert held.mean() == pytest.approx(share, abs=0.0142)


@given(
    st.floats(0.0, 360.0),
    st.floats(0.1, 60.0),
    st.floats(0.0, 20.0),
    st.floats(0.1, 40.0),
    st.floats(0.05, 2.0),
)
def test_aim_window_holds_exactly_the_angles_inside(angle_deg, distance_m, near_m, depth_m, slope):
    offset_m = 1.5
    low, high = optics.aim_window(
        distance_m, near_m=near_m, far_m=near_m + depth_m, slope=slope, offset_m=offset_m
    )
    off = np.radians(min(angle_deg, 360.0 - angle_deg))
    ahead, aside = distance_m * np.cos(off), distance_m * np.sin(off)
    slack = min(abs(ahead - near_m), abs(ahead - near_m - depth_m), abs(aside - slope * ahead - offset_m))
    inside = near_m <= ahead <= near_m + depth_m and aside <= slope * ahead + offset_m
    if slack > 1e-6:
        assert (low < high and low <= off <= high) == inside


def test_footprint_behind_the_pole_is_never_overstated():
    near_m, far_m, slope, offset_m = -3.35, 3.35, 0.0, 6.0  # straight down: a rectangle about the pole
    (area,) = optics.footprint(near_m, far_m, slope=slope, offset_m=offset_m)
    heading = np.linspace(0.0, 2.0 * np.pi, 7200, endpoint=False)
    for metres in (1.0, 3.0, 5.0, 6.5):
        held = shapely.contains_xy(area, metres * np.sin(heading), metres * np.cos(heading)).mean()
        share = optics.aim_share(metres, near_m=near_m, far_m=far_m, slope=slope, offset_m=offset_m)
        assert share <= held + 1e-3
    assert optics.aim_share(1.0, near_m=near_m, far_m=far_m, slope=slope, offset_m=offset_m) == 1.0


def test_a_disc_is_told_as_a_window_of_all_headings_or_none() -> None:
    near, far, slope, offset = optics.round_footprint(np.array([7.0, 0.0]))
    for distance, within in ((0.0, 1.0), (6.999, 1.0), (7.001, 0.0), (700.0, 0.0)):
        share = optics.aim_share(distance, near_m=near, far_m=far, slope=slope, offset_m=offset)
        assert share.tolist() == [within, 0.0]
