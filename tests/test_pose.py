"""Pose from ties: exact without noise, honest about its error with noise, and silent about nothing that is open."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from spatial.errors import OutOfRange, WrongShape
from spatial.pose import ContradictingTies, DegenerateTies, Pose, solve_pose

Floats = NDArray[np.float64]

W, H = 1920.0, 1080.0
CASES = 1000
# Four corners of a quadrilateral in the lower part of the picture, where the ground is.
CORNERS = np.array([[300.0, 950.0], [1600.0, 1000.0], [1500.0, 420.0], [500.0, 380.0]])


def ground(pixels: Floats, heading_deg: float, tilt_deg: float, height_m: float, focal_px: float) -> Floats:
    """Return where the rays of pixels meet the ground, east and north: by turning vectors, not by the module's lines.

    Right, down and forward of the camera are written out as vectors of east, north and up.
    """
    h, t = np.radians([heading_deg, tilt_deg])
    level = np.array([np.sin(h), np.cos(h), 0.0])
    right, up = np.array([np.cos(h), -np.sin(h), 0.0]), np.array([0.0, 0.0, 1.0])
    forward, down = np.cos(t) * level - np.sin(t) * up, -np.sin(t) * level - np.cos(t) * up
    x, y = pixels[:, 0] - W / 2, pixels[:, 1] - H / 2
    rays = x[:, None] * right + y[:, None] * down + focal_px * forward
    reach = height_m / -rays[:, 2]
    assert (reach > 0).all(), "a pixel above the horizon meets no ground"
    return np.asarray((rays * reach[:, None])[:, :2])


def solved(pixels: Floats, places: Floats) -> Pose:
    return solve_pose(pixels, places, image_w_px=W, image_h_px=H)


def off_deg(one: float, two: float) -> float:
    return abs((one - two + 180.0) % 360.0 - 180.0)


def thinness(points: Floats) -> float:
    """Return how wide the points are against their length, the one left out that leaves the thinnest rest."""
    rests = [np.delete(points, left_out, axis=0) for left_out in range(len(points))]
    spreads = [np.linalg.svd(rest - rest.mean(axis=0), compute_uv=False) for rest in rests]
    return min(float(spread[1] / spread[0]) for spread in spreads)


def random_ties(rng: np.random.Generator, n: int) -> tuple[Floats, Floats, float]:
    """Return pixels, their places within 80 m and the heading of a camera of a usual kind, drawn anew until it fits."""
    while True:
        heading, tilt = rng.uniform(0, 360), rng.uniform(8, 40)
        height, focal = rng.uniform(3, 9), rng.uniform(1000, 3000)
        # 80 m away and nearer: so far below the horizon
        horizon = H / 2 - focal * np.tan(np.radians(tilt))
        pixels = rng.uniform([60, max(20.0, horizon + 250)], [W - 60, H - 20], (n, 2))
        places = ground(pixels, heading, tilt, height, focal)
        # all but one nearly on one line is refused, and rightly
        if np.hypot(*places.T).max() <= 80.0 and min(thinness(pixels), thinness(places)) > 0.05:
            return pixels, places, heading


def test_a_pose_that_can_be_checked_by_hand() -> None:
    # 45 degrees down from 10 m with F = 960 px: the middle of the picture is 10 m ahead; straight down would lie
    # F below the middle. Half a width of 960 px at F = 960 px is half the angle 45: the lens takes in 90 degrees.
    pixels = np.array([[480.0, 540.0], [1440.0, 540.0], [480.0, 1080.0], [1440.0, 1080.0]])
    # 480 px aside at F = 960 px is half the depth aside; the depth of the middle is 10 m times the root of 2
    wide = 10.0 * np.sqrt(2.0) / 2
    # a row 540 px below the middle: depression 45 + atan(540/960); its depth along the axis
    near = 10.0 / np.tan(np.pi / 4 + np.arctan(540.0 / 960.0))
    narrow = (near + 10.0) * np.sqrt(0.5) / 2
    # it looks east: what is on its left lies north
    places = np.array([[10.0, wide], [10.0, -wide], [near, narrow], [near, -narrow]])
    found = solved(pixels, places)
    assert found.heading_deg == pytest.approx(90.0, abs=1e-7)
    assert found.tilt_deg == pytest.approx(45.0, abs=1e-7)
    assert found.height_m == pytest.approx(10.0, abs=1e-7)
    assert found.focal_px == pytest.approx(960.0, abs=1e-4)
    assert found.hfov_deg == pytest.approx(90.0, abs=1e-6)
    assert found.freedom == 4  # four ties of two numbers, four unknowns
    assert found.rms_px == pytest.approx(0.0, abs=1e-6)


@given(
    heading=st.floats(0.0, 359.99),
    tilt=st.floats(12.0, 60.0),
    height=st.floats(2.5, 30.0),
    focal=st.floats(900.0, 4000.0),
)
def test_without_noise_the_pose_is_exact(heading: float, tilt: float, height: float, focal: float) -> None:
    # the row 380 lies 160 px above the middle: below the horizon for all of these
    found = solved(CORNERS, ground(CORNERS, heading, tilt, height, focal))
    assert off_deg(found.heading_deg, heading) < 1e-5
    assert found.tilt_deg == pytest.approx(tilt, abs=1e-5)
    assert found.height_m == pytest.approx(height, rel=1e-6)
    assert found.focal_px == pytest.approx(focal, rel=1e-6)
    assert found.heading_se_deg < 1e-5


def test_the_95_percent_interval_of_the_heading_holds_the_truth() -> None:
    """With 2 px of noise in each direction: 1,000 cameras; a fair interval holds 950 of them, give or take 14."""
    rng = np.random.default_rng(20130630)
    held = 0
    for _ in range(CASES):
        pixels, places, heading = random_ties(rng, 6)
        noisy = np.clip(pixels + rng.normal(0.0, 2.0, pixels.shape), 0.0, [W, H])
        found = solved(noisy, places)
        held += off_deg(found.heading_deg, heading) <= found.heading_95_deg
    assert 0.93 * CASES <= held <= 0.97 * CASES


def test_noise_shows_in_the_residuals() -> None:
    rng = np.random.default_rng(5)
    pixels, places, _ = random_ties(rng, 40)
    found = solved(np.clip(pixels + rng.normal(0.0, 2.0, pixels.shape), 0.0, [W, H]), places)
    # 2 px right and 2 px down are 2.83 px together; 40 ties tell it to a tenth or so
    assert found.rms_px == pytest.approx(2.83, rel=0.25)
    assert found.residuals_px.shape == (40, 2)
    assert found.heading_95_deg > found.heading_se_deg > 0.0


def test_turning_the_map_turns_the_heading_alone() -> None:
    rng = np.random.default_rng(11)
    pixels, places, _ = random_ties(rng, 6)
    pixels = np.clip(pixels + rng.normal(0.0, 2.0, pixels.shape), 0.0, [W, H])
    turn = np.radians(100.0)
    # clockwise by 100 degrees
    turned = places @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    one, two = solved(pixels, places), solved(pixels, turned)
    assert off_deg(two.heading_deg, one.heading_deg + 100.0) < 1e-6
    assert two.tilt_deg == pytest.approx(one.tilt_deg, abs=1e-6)
    assert two.heading_se_deg == pytest.approx(one.heading_se_deg, rel=1e-4)


PLACES = ground(CORNERS, 200.0, 25.0, 5.0, 1500.0)


@pytest.mark.parametrize(
    ("pixels", "places", "why"),
    [
        (CORNERS[:3], PLACES[:3], "four different points"),
        (CORNERS[[0, 1, 2, 2]], PLACES[[0, 1, 2, 2]], "four different points"),
        (CORNERS, np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0]]), "one line in the map"),
        (np.array([[100.0, 900.0], [600.0, 900.0], [1100.0, 900.0], [1600.0, 900.0]]), PLACES, "one line in the picture"),
        (np.array([[480.0, 540.0], [960.0, 540.0], [1440.0, 540.0], [960.0, 1000.0]]), PLACES, "all but one"),
    ],
)  # fmt: skip
def test_ties_that_fix_no_pose_are_refused(pixels: Floats, places: Floats, why: str) -> None:
    with pytest.raises(DegenerateTies, match=why):
        solved(pixels, places)


def test_ties_that_no_camera_could_see_are_refused() -> None:
    # left and right exchanged for two of the four: a picture that folds over
    with pytest.raises(ContradictingTies, match="more than 58 px"):
        solved(CORNERS, PLACES[[1, 0, 2, 3]])


def test_arrays_that_are_no_ties_are_refused() -> None:
    with pytest.raises(WrongShape):
        solved(CORNERS, PLACES[:3])
    with pytest.raises(OutOfRange, match="not finite"):
        solved(CORNERS, np.full_like(PLACES, np.nan))
    with pytest.raises(OutOfRange, match="outside the picture"):
        solved(CORNERS + 900.0, PLACES)
    with pytest.raises(OutOfRange, match="is none"):
        solve_pose(CORNERS, PLACES, image_w_px=0.0, image_h_px=H)


def test_the_input_is_left_untouched() -> None:
    pixels, places = CORNERS.copy(), PLACES.copy()
    solved(pixels, places)
    assert (pixels == CORNERS).all()
    assert (places == PLACES).all()
