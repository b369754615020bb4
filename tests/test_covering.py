"""The cover of poses in the toy city: what a camera of that pose would see, and how it looks along the street."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from spatial.aiming import ACROSS, AGAINST, ALONG, NO_STREET
from spatial.axes import axes_of
from spatial.covering import Scene, cover_of, options
from spatial.errors import MissingColumn, OutOfRange, UnknownClass, WrongShape
from spatial.fov import fields_of_view
from spatial.lens_models import footprints
from spatial.samples import sample_alleys
from spatial.sightings import sightings
from spatial.terrain import Ground
from spatial.types import assumed_model
from tests import toy
from tests.toy import LENS

FOUR_MM = assumed_model(LENS, price_won=1_500_000)
TWELVE_MM = replace(FOUR_MM, name="12 mm", focal_mm=12.0, tilt_deg=10.0)
HIGH = replace(FOUR_MM, name="high", height_m=8.0, tilt_deg=30.0)
MODELS = (FOUR_MM, TWELVE_MM, HIGH)
FLAT = Scene(toy.buildings(), None, LENS)


def at(*xy: tuple[float, float]) -> gpd.GeoDataFrame:
    return toy.points(*xy).assign(place="between")


def turned(site: shapely.Point, model: object, heading_deg: float) -> gpd.GeoDataFrame:
    """Return a surveyed camera of one pose."""
    names = ("sensor_w_mm", "sensor_h_mm", "focal_mm", "image_w_px", "image_h_px", "height_m", "tilt_deg")
    optics = {name: [getattr(model, name)] for name in names}
    one = toy.cameras().iloc[:1].assign(heading_deg=heading_deg, hfov_deg=np.nan, **optics)
    return one.set_geometry(gpd.GeoSeries([site], index=one.index, crs=one.crs))


@pytest.mark.parametrize("density_class", ["detect", "observe", "recognise"])
def test_a_pose_sees_what_a_camera_with_that_pose_sees(density_class: str) -> None:
    """Walls, blind zone, lens, height and all: at a crossing, beside a house, and on its wall."""
    sites, points = at((50, 5), (50, 30), (20, 9.97)), sample_alleys(toy.alleys(), step_m=0.5)
    headings = (0.0, 20.0, 90.0, 200.0, 275.0)
    wanted = options(sites, MODELS, headings)
    found = cover_of(wanted, sites, points, models=MODELS, scene=FLAT, classes=[density_class])[density_class]
    expected = np.zeros((len(points), len(wanted)), dtype=bool)
    for row in wanted.itertuples():
        camera = turned(sites.geometry.iloc[row.mount], MODELS[row.model], row.heading_deg)
        views = fields_of_view(camera, toy.buildings(), classes=[density_class], defaults=LENS)
        expected[:, row.option] = sightings(points, views, camera).certainly_seen()
    seeing = np.flatnonzero(expected.any(axis=0))
    assert found.options["option"].tolist() == seeing.tolist()
    assert len(seeing) >= 8
    assert (found.cover.toarray() == expected[:, seeing]).all()


def test_an_option_that_looks_into_a_wall_is_left_out() -> None:
    # Two metres south of house A, whose wall hides all to the north; points on the street lie to the south.
    sites, points = at((25, 8)), sample_alleys(toy.alleys().iloc[:1], step_m=1.0)
    found = cover_of(
        options(sites, [FOUR_MM]), sites, points, models=[FOUR_MM], scene=FLAT, classes=["observe"]
    )
    kept = found["observe"].options["heading_deg"].tolist()
    assert kept == [90.0, 120.0, 150.0, 180.0, 210.0, 240.0, 270.0]


def _columns(matrix: Any) -> list[slice]:
    return [slice(*pair) for pair in pairwise(matrix.indptr.tolist())]


def test_sides_by_hand() -> None:
    # On L1, which runs east: seen from the west end looking east, from the east end looking west, and from the south.
    points = sample_alleys(toy.alleys().iloc[:1], step_m=10.0)
    sites = at((0, 0), (100, 0), (55, -15))
    wanted = pd.DataFrame({"mount": [0, 1, 2], "model": [0, 0, 0], "heading_deg": [90.0, 270.0, 0.0]})
    axes = axes_of(points, toy.alleys())
    assert axes.tolist() == [[1.0, 0.0]] * 10
    asked = {"models": [FOUR_MM], "scene": FLAT, "classes": ["observe"]}
    found = cover_of(wanted, sites, points, axes=axes, **asked)["observe"]
    # Observe reaches from 5.67 m to 21.66 m: of the points at 5, 15, 25 m one. From 15 m south of x = 55 those at 45 and
    # 65 lie 56.3 degrees off the street, just within 60.
    sides = found.sides.tocsc()
    told = [
        dict(zip(sides.indices[own].tolist(), sides.data[own].tolist(), strict=True))
        for own in _columns(sides)
    ]
    assert told == [{1: ALONG}, {8: AGAINST}, {4: AGAINST, 5: ACROSS, 6: ALONG}]
    # What is seen across the street has an entry too: the two have the same ones.
    assert (sides.indices == found.cover.tocsc().indices).all()
    assert (ALONG, AGAINST, ACROSS) == (1, 2, 0)
    nowhere = cover_of(wanted, sites, points, **asked)["observe"].sides
    assert set(nowhere.data.tolist()) == {NO_STREET}
    with pytest.raises(WrongShape):
        cover_of(wanted, sites, points, axes=axes[:3], **asked)


def test_axes_follow_the_line_and_are_missing_off_the_streets() -> None:
    # A street that turns from east to north at (10, 0).
    line = toy.place(shapely.LineString([(0, 0), (10, 0), (10, 20)]))
    street = gpd.GeoDataFrame({"alley_id": [7]}, geometry=[line], crs=toy.SRID)
    points = toy.points((4, 0), (10, 0), (10, 9), (3, 3)).assign(alley_id=[7, 7, 7, np.nan])
    half = np.sqrt(0.5)
    assert np.allclose(axes_of(points, street)[:3], [[1, 0], [half, half], [0, 1]])
    assert np.isnan(axes_of(points, street)[3]).all()
    assert np.isnan(axes_of(points, street.iloc[:0])).all()
    missing = points.assign(alley_id=points["alley_id"].astype("Int64"))
    assert np.array_equal(axes_of(missing, street), axes_of(points, street), equal_nan=True)
    with pytest.raises(MissingColumn):
        axes_of(toy.points((0, 0)), street)


def test_some_options_in_any_order_are_the_same_options() -> None:
    sites, points = at((50, 5), (0, 0), (50, 60)), sample_alleys(toy.alleys(), step_m=1.0)
    every = options(sites, MODELS)
    asked = {"models": MODELS, "scene": FLAT, "classes": ["observe", "recognise"]}
    whole = cover_of(every, sites, points, **asked)
    mixed = every.sample(60, random_state=1)
    told: list[tuple[int, int]] = []
    some = cover_of(mixed, sites, points, progress=lambda done, total: told.append((done, total)), **asked)
    assert told[-1][0] == told[-1][1] == 6  # three mounts at two heights
    for code in ("observe", "recognise"):
        column = {option: k for k, option in enumerate(whole[code].options["option"])}
        seeing = [option for option in mixed["option"] if option in column]
        assert some[code].options["option"].tolist() == seeing
        expected = whole[code].cover.toarray()[:, [column[option] for option in seeing]]
        assert (some[code].cover.toarray() == expected).all()


def test_over_a_hill_no_more_is_seen_than_a_camera_sees() -> None:
    # A ridge of 8 m across the street at x = 30, in cells of 5 m from 100 m west and north of the corner.
    east = np.arange(60) * 5.0 - 97.5
    height = np.tile(8.0 * np.exp(-(((east - 30.0) / 8.0) ** 2)), (40, 1))
    tile = {"cell_m": [5.0], "west_m": [toy.CORNER[0] - 100.0], "north_m": [toy.CORNER[1] + 100.0]}
    ground = Ground.of(pd.DataFrame(tile | {"elevation_m": [height]}))
    assert ground is not None
    sites, points = at((0, 0)), sample_alleys(toy.alleys(), step_m=1.0)
    wanted = pd.DataFrame({"option": [0], "mount": [0], "model": [0], "heading_deg": [90.0]})
    asked = {"models": [TWELVE_MM], "classes": ["detect"]}
    over = cover_of(wanted, sites, points, scene=Scene(toy.buildings(), ground, LENS), **asked)["detect"]
    flat = cover_of(wanted, sites, points, scene=FLAT, **asked)["detect"]
    camera = turned(sites.geometry.iloc[0], TWELVE_MM, 90.0)
    views = fields_of_view(camera, toy.buildings(), classes=["detect"], defaults=LENS, ground=ground)
    assert (over.cover.toarray().ravel() > 0).tolist() == sightings(
        points, views, camera
    ).certainly_seen().tolist()
    assert 0 < over.cover.nnz < flat.cover.nnz


def test_cover_refuses() -> None:
    sites, points = at((0, 0)), sample_alleys(toy.alleys(), step_m=10.0)
    asked = {"models": [FOUR_MM], "scene": FLAT}
    wanted = options(sites, [FOUR_MM])
    with pytest.raises(MissingColumn):
        cover_of(wanted.drop(columns="model"), sites, points, classes=["observe"], **asked)
    with pytest.raises(UnknownClass):
        cover_of(wanted, sites, points, classes=[], **asked)
    with pytest.raises(OutOfRange):
        cover_of(wanted.assign(mount=1), sites, points, classes=["observe"], **asked)
    none = cover_of(wanted.iloc[:0], sites, points, classes=["observe"], **asked)["observe"]
    assert (none.cover.shape, none.cover.nnz, len(none.options)) == ((16, 0), 0, 0)


def test_footprints_of_models_are_those_of_the_optics_of_cameras() -> None:
    # domain: 2 MP, 4 mm, 20 degrees, 6 m up begins at 6.81 m; observe ends at 21.29 m, recognise at 9.55 m.
    six = replace(FOUR_MM, height_m=6.0)
    found = footprints([six], ["recognise", "observe"])
    assert found.near_m[0] == pytest.approx(6.81, abs=0.01)
    assert found.far_m[:, 0] == pytest.approx([9.55, 21.29], abs=0.01)
    assert footprints([six], ["identify"]).reach_m.tolist() == [0.0]
    assert footprints([replace(six, max_range_m=15.0)], ["observe"]).far_m[0, 0] == 15.0
