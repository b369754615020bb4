"""Coordinate systems: the handbook's coordinates of one office, and which systems are refused."""

from __future__ import annotations

import pytest

from spatial.crs import project, require_metric, to_lonlat, to_xy, unproject
from spatial.errors import NotMetric
from spatial.types import LonLat

OFFICE = LonLat(126.9368, 37.5791)


@pytest.mark.parametrize(
    ("srid", "east_m", "north_m"),
    [
        (5179, 950271.063, 1953451.001),
        (5181, 194417.412, 453285.135),
        (5186, 194417.412, 553285.135),
    ],
)
def test_one_place_in_three_systems(srid, east_m, north_m):
    # All three name north first in the registry; x stays east here.
    there = to_xy(OFFICE, srid=srid)
    assert (there.east_m, there.north_m) == pytest.approx((east_m, north_m), abs=0.0006)
    back = to_lonlat(there, srid=srid)
    assert (back.lon, back.lat) == pytest.approx((OFFICE.lon, OFFICE.lat), abs=1e-9)


def test_many_places_at_once():
    xy = project([126.9368, 127.0], [37.5791, 38.0], srid=5186)
    assert xy.shape == (2, 2)
    assert xy[1] == pytest.approx([200_000.0, 600_000.0], abs=1e-3)  # the origin of the Central Belt
    assert unproject(xy, srid=5186)[1] == pytest.approx([127.0, 38.0])
    assert project([], [], srid=5186).shape == (0, 2)


@pytest.mark.parametrize("srid", [5186, 5179, 3067, 32632, 2154])
def test_metric_systems(srid):
    assert require_metric(srid).to_epsg() == srid


@pytest.mark.parametrize(
    "crs",
    [
        None,
        4326,
        4978,  # metres from the centre of the earth
        2229,  # feet
        3857,  # at 37.6 N its metre is 0.79 m
        3395,
        "no such system",
    ],
)
def test_refused_systems(crs):
    with pytest.raises(NotMetric):
        require_metric(crs)


def test_projection_refuses_degrees_as_a_target():
    with pytest.raises(NotMetric):
        project(126.9, 37.5, srid=4326)
