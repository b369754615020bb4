"""How far an option looks into private ground, on the toy city: exact square metres and walls."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import scipy.sparse as sp
import shapely
from shapely.affinity import rotate, translate

from spatial import candidates
from spatial.errors import MissingColumn, OutOfRange, WrongShape
from spatial.facades import BEFORE_M, ground_points, wall_points
from spatial.fov import fields_of_view
from spatial.intrusion import STEP_M, intrusion_points, score
from spatial.sightings import sightings
from tests import toy


def plots(*shapes: shapely.Polygon) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"plot": range(len(shapes))}, geometry=[*map(toy.place, shapes)], crs=toy.SRID)


def cover_of(points: gpd.GeoDataFrame, *pairs: tuple[int, int], options: int) -> sp.csr_array:
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return sp.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(points), options))


def ground(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return points[points["kind"].eq("plot")]


def walls(points: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return points[points["kind"].eq("facade")]


def test_the_ground_of_a_plot_is_its_open_part_and_no_more() -> None:
    # 40 m by 30 m round house A of 30 m by 20 m: 1,200 - 600 = 600 m2 are open
    points = ground(intrusion_points(plots(shapely.box(5, 5, 45, 35)), toy.buildings(), step_m=1.0))
    assert points["worth"].sum() == pytest.approx(600.0, rel=1e-12)
    assert len(points) == 600
    assert set(points["worth"].round(9)) == {1.0}
    assert not shapely.intersects(toy.buildings().union_all(), points.geometry.to_numpy()).any()


def test_ground_that_two_plots_claim_counts_once() -> None:
    # 100 m2 each, 50 m2 in both: 150 m2 in all, whatever the order
    one, two = shapely.box(0, 40, 10, 50), shapely.box(5, 40, 15, 50)
    for pair in ((one, two), (two, one), (one, two, one)):
        points = ground(intrusion_points(plots(*pair), toy.buildings(), step_m=1.0))
        assert points["worth"].sum() == pytest.approx(150.0, rel=1e-12)
        assert len(np.unique(shapely.get_coordinates(points.geometry), axis=0)) == len(points) == 150


def test_neighbours_that_touch_keep_all_their_ground() -> None:
    both = plots(shapely.box(0, 40, 10, 50), shapely.box(10, 40, 20, 50))
    assert ground(intrusion_points(both, toy.buildings()))["worth"].sum() == pytest.approx(200.0, rel=1e-12)


def test_a_plot_smaller_than_a_cell_keeps_its_square_metres() -> None:
    points = ground(intrusion_points(plots(shapely.box(0.1, 40.1, 0.6, 40.6)), toy.buildings(), step_m=4.0))
    assert points["worth"].tolist() == pytest.approx([0.25], rel=1e-9)


def test_a_plot_under_one_roof_has_no_ground() -> None:
    assert ground(intrusion_points(plots(shapely.box(12, 12, 20, 20)), toy.buildings())).empty


def test_walls_stand_for_their_metres_and_look_outward() -> None:
    points = walls(intrusion_points(None, toy.buildings(), step_m=5.0))
    # two houses of 30 + 20 + 30 + 20 m
    assert points["worth"].sum() == pytest.approx(200.0, rel=1e-12)
    assert points["wall"].nunique() == 8
    assert sorted(set(points["facing_deg"].round(9))) == [0.0, 90.0, 180.0, 270.0]
    south = points[points["facing_deg"].round(6).eq(180.0)]
    height = shapely.get_coordinates(south.geometry)[:, 1] - toy.CORNER[1]
    assert set(height.round(9)) == {10.0 - BEFORE_M}
    assert np.isnan(ground(points)["facing_deg"]).all()


def test_a_wall_against_another_house_is_no_facade() -> None:
    rows = {"building_id": [1, 2], "height_m": [9.0, 9.0]}
    shapes = [toy.place(shapely.box(0, 40, 10, 50)), toy.place(shapely.box(10, 40, 20, 50))]
    points = walls(intrusion_points(None, gpd.GeoDataFrame(rows, geometry=shapes, crs=toy.SRID), step_m=5.0))
    assert points["wall"].nunique() == 6


def test_a_court_has_walls_that_look_into_it() -> None:
    ring = shapely.Polygon(
        shapely.box(0, 0, 30, 30).exterior.coords, [shapely.box(10, 10, 20, 20).exterior.coords]
    )
    found = wall_points(np.array([ring], dtype=object), step_m=10.0)
    inner = found.xy[np.hypot(*(found.xy - 15.0).T) < 10.0]
    assert len(inner) == 4
    assert np.abs(inner - 15.0).max() == pytest.approx(5.0 - BEFORE_M)


def test_short_walls_and_corners_on_a_straight_wall_are_none() -> None:
    # a bay of 1 m on a wall of 10 m, and a vertex in the middle of the opposite one
    shape = shapely.Polygon([(0, 0), (5, 0), (10, 0), (10, 8), (6, 8), (6, 9), (5, 9), (5, 8), (0, 8)])
    found = wall_points(np.array([shape], dtype=object), step_m=100.0)
    assert sorted(found.metres.tolist()) == [4.0, 5.0, 8.0, 8.0, 10.0]


def test_where_nobody_lives_there_is_no_facade() -> None:
    houses = toy.buildings()
    for known, count in (([True, False], 4), ([None, False], 4), ([None, None], 8), ([False, False], 0)):
        points = walls(intrusion_points(None, houses.assign(dwelling=known)))
        assert points["wall"].nunique() == count


def test_a_facade_counts_once_and_only_from_before_it() -> None:
    points = intrusion_points(None, toy.buildings(), step_m=5.0)
    south = points.index[points["facing_deg"].round(6).eq(180.0) & points["wall"].lt(4)].tolist()
    assert len(south) == 6
    # one option south of the wall sees it twice, one north of it cannot, one stands in its very line
    eyes = np.add([(25.0, 0.0), (25.0, 50.0), (0.0, 10.0 - BEFORE_M)], toy.CORNER)
    pairs = [(row, option) for option in range(3) for row in south[:2]]
    found = score(cover_of(points, *pairs, options=3), points, eyes)
    assert found["facades"].tolist() == [1, 0, 0]
    assert found["plots_m2"].tolist() == [0.0, 0.0, 0.0]


def test_without_plots_their_square_metres_are_unknown_not_zero() -> None:
    points = intrusion_points(None, toy.buildings())
    found = score(cover_of(points, options=2), points, np.zeros((2, 2)), plots_known=False)
    assert found["plots_m2"].isna().all()
    assert found["facades"].tolist() == [0, 0]


def test_the_true_view_of_a_camera_is_scored() -> None:
    """A mount on L1 before house A: northward it sees yard and wall, southward neither."""
    yard = plots(shapely.box(5, 2, 45, 10))
    points = intrusion_points(yard, toy.buildings(), step_m=0.25)
    sites = gpd.GeoDataFrame({"site_id": [0]}, geometry=[toy.place(shapely.Point(25, 0))], crs=toy.SRID)
    mounts = candidates.as_cameras(sites, toy.LENS)
    views = fields_of_view(mounts, toy.buildings(), classes=["recognise"], defaults=toy.LENS)
    cover, aims = candidates.aims(sightings(points, views, mounts, density_class="recognise"))
    found = score(cover, points, np.repeat([np.add(toy.CORNER, (25.0, 0.0))], len(aims), axis=0))
    by_heading = found.set_index(aims["heading_deg"])
    # what the optics say of the same footprint among the same walls, by areas instead of points
    field = fields_of_view(
        mounts.assign(heading_deg=0.0), toy.buildings(), classes=["recognise"], defaults=toy.LENS
    )
    true_m2 = float(field.union_all().intersection(yard.union_all()).area)
    assert true_m2 > 20.0
    assert by_heading.loc[0.0, "plots_m2"] == pytest.approx(true_m2, rel=0.01)
    assert by_heading.loc[0.0, "facades"] == 1
    assert by_heading.loc[180.0].tolist() == [0.0, 0.0]


def test_points_two_metres_apart_tell_a_view_to_four_square_metres() -> None:
    view = shapely.Polygon([(-7.68, 9.92), (7.68, 9.92), (4.9, 5.67), (-4.9, 5.67)])
    field = np.array([shapely.box(-60, -60, 60, 60)], dtype=object)
    xy, _ = ground_points(field, step_m=STEP_M)
    rng = np.random.default_rng(1)
    off = []
    for heading, east, north in zip(
        rng.uniform(0, 360, 300), rng.uniform(-40, 40, 300), rng.uniform(-40, 40, 300), strict=True
    ):
        seen = translate(rotate(view, heading, origin=(0, 0)), east, north)
        off.append(shapely.contains_xy(seen, *xy.T).sum() * STEP_M**2 - view.area)
    assert view.area == pytest.approx(53.5, abs=0.1)
    assert np.std(off) < 4.5
    assert abs(np.mean(off)) < 0.7  # neither too much nor too little: three standard errors


def test_every_middle_of_the_grid_lies_on_whole_multiples() -> None:
    xy, area = ground_points(np.array([shapely.box(0.2, 0.2, 3.9, 1.9)], dtype=object), step_m=1.0)
    assert sorted(map(tuple, xy.tolist())) == [
        (0.5, 0.5), (0.5, 1.5), (1.5, 0.5), (1.5, 1.5), (2.5, 0.5), (2.5, 1.5), (3.5, 0.5), (3.5, 1.5),
    ]  # fmt: skip
    assert area.tolist() == [0] * 8


def test_nothing_gives_nothing() -> None:
    bare = toy.buildings().iloc[:0]
    for given in (None, plots()):
        points = intrusion_points(given, bare)
        assert len(points) == 0
        found = score(cover_of(points, options=3), points, np.zeros((3, 2)))
        assert found.to_numpy().tolist() == [[0.0, 0.0]] * 3


def test_what_does_not_pair_up_is_refused() -> None:
    points = intrusion_points(None, toy.buildings())
    with pytest.raises(WrongShape):
        score(cover_of(points, options=2), points, np.zeros((3, 2)))
    with pytest.raises(MissingColumn):
        score(cover_of(points, options=1), points.drop(columns="wall"), np.zeros((1, 2)))
    with pytest.raises(OutOfRange):
        intrusion_points(None, toy.buildings(), step_m=0.0)
