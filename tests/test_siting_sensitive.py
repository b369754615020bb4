"""Sensitive places forbid the options that see them: exact points, and a true view on the toy city."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from spatial import candidates
from spatial.errors import BadGeometry, MissingColumn, WrongShape
from spatial.fov import fields_of_view
from spatial.sensitive import AROUND_M, forbidden, sensitive_points
from spatial.sightings import sightings
from tests import toy


def places(*shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({"no": range(len(shapes))}, geometry=[*map(toy.place, shapes)], crs=toy.SRID)


def test_a_point_in_a_building_stands_for_all_its_walls() -> None:
    points = sensitive_points(places(shapely.Point(25, 20)), toy.buildings(), step_m=10.0)
    # 30 + 20 + 30 + 20 m in pieces of 10 m; inside it nobody sees anything
    assert points["part"].tolist() == ["entrance"] * 10
    assert set(points["density_class"]) == {"recognise"}
    # a point that lies a little before its building is the same building
    beside = sensitive_points(places(shapely.Point(25, 8)), toy.buildings(), step_m=10.0)
    assert beside.geometry.geom_equals(points.geometry).all()


def test_a_point_without_a_building_is_a_circle() -> None:
    points = sensitive_points(places(shapely.Point(50, 40)), toy.buildings())
    away = shapely.distance(points.geometry.to_numpy(), toy.place(shapely.Point(50, 40)))
    inside = points["part"].eq("inside").to_numpy()
    assert inside.any()
    assert away[inside].max() < AROUND_M < away[~inside].max() < AROUND_M + 0.3


def test_an_area_forbids_its_open_ground_already_at_detect() -> None:
    # 20 m by 10 m, half of it under house A's roof
    points = sensitive_points(places(shapely.box(30, 20, 50, 30)), toy.buildings(), step_m=1.0)
    inside = points[points["part"].eq("inside")]
    assert len(inside) == 100
    assert set(inside["density_class"]) == {"detect"}
    assert set(points["place"]) == {0}


def test_an_option_is_forbidden_by_the_class_of_the_part() -> None:
    points = sensitive_points(places(shapely.box(0, 40, 2, 42)), toy.buildings())
    inside = int(np.flatnonzero(points["part"] == "inside")[0])
    entrance = int(np.flatnonzero(points["part"] == "entrance")[0])

    def cover(*pairs: tuple[int, int]) -> sp.csr_array:
        rows, columns = zip(*pairs, strict=True)
        return sp.csr_array((np.ones(len(pairs)), (rows, columns)), shape=(len(points), 4))

    # 0 sees the inside from afar, 1 the entrance from afar alone, 2 the entrance from near; 3 sees neither
    covers = {
        "detect": cover((inside, 0), (entrance, 1), (entrance, 2)),
        "recognise": cover((entrance, 2)),
    }
    assert forbidden(covers, points).tolist() == [True, False, True, False]


def test_a_true_view_onto_an_entrance_is_forbidden() -> None:
    points = sensitive_points(places(shapely.Point(25, 20)), toy.buildings(), step_m=1.0)
    at = [toy.place(shapely.Point(25, 0)), toy.place(shapely.Point(25, -45))]
    sites = gpd.GeoDataFrame({"site_id": [0, 1]}, geometry=at, crs=toy.SRID)
    mounts = candidates.as_cameras(sites, toy.LENS)
    views = fields_of_view(mounts, toy.buildings(), classes=["detect", "recognise"], defaults=toy.LENS)
    found = {
        code: candidates.aims(sightings(points, views, mounts, density_class=code))
        for code in ("detect", "recognise")
    }
    aims = found["detect"][1]
    seen = forbidden({code: cover for code, (cover, _) in found.items()}, points)
    near, north = aims["camera_id"].eq(0).to_numpy(), aims["heading_deg"].eq(0.0).to_numpy()
    assert seen[near & north].all()
    assert not seen[near & aims["heading_deg"].eq(180.0).to_numpy()].any()
    # from 55 m away one sees that somebody goes in, not who
    assert found["detect"][0][:, np.flatnonzero(~near & north)].nnz > 0
    assert not seen[~near].any()


def test_nothing_sensitive_forbids_nothing() -> None:
    points = sensitive_points(places(), toy.buildings())
    none = sp.csr_array((0, 3))
    assert forbidden({"detect": none, "recognise": none}, points).tolist() == [False] * 3


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(BadGeometry):
        sensitive_points(places(shapely.LineString([(0, 0), (1, 1)])), toy.buildings())
    points = sensitive_points(places(shapely.Point(25, 20)), toy.buildings())
    none = sp.csr_array((len(points), 3))
    with pytest.raises(WrongShape):
        forbidden({"detect": none}, points)
    with pytest.raises(WrongShape):
        forbidden({"detect": none, "recognise": sp.csr_array((len(points), 2))}, points)
    with pytest.raises(MissingColumn):
        forbidden({"detect": none, "recognise": none}, points.drop(columns="density_class"))
