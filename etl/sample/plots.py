"""Write whose ground is whose, and where nobody may look in: land lots, and baths, toilets, changing rooms. Invented.

Drawn from a generator of their own, so that nothing that is written before them changes.
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from etl.sample.district import District, addresses
from etl.sample.ground import Array, lonlat
from etl.sample.names import CITY, GU
from etl.sample.places import street_points
from etl.sample.streets import bands
from etl.sample.written import write_geojson, write_table

# Added to the seed of the district: another stream than all others.
STREAM = 7_006
_DAY = "2013-12-31"
# How far a lot reaches from its building's walls, metres: a yard, the green between slabs of flats, a school's ground.
_REACH_M = {"house": (1.0, 4.0), "shop": (0.5, 2.0), "tower": (8.0, 14.0), "campus": (15.0, 25.0)}
_LAND = {
    "house": ("대", "개인"),
    "shop": ("대", "개인"),
    "tower": ("대", "법인"),
    "campus": ("학교용지", "시도유지"),
}
_HEADER = ("관리번호", "종류", "시설명", "소재지도로명주소", "WGS84위도", "WGS84경도", "데이터기준일자")
_TOILETS, _BATHS, _POOLS = 18, 5, 2


def write_private(folder: Path, district: District, seed: int) -> list[Path]:
    """Write plots.geojson and sensitive_places.csv, and return their paths."""
    one, two = np.random.default_rng((seed, STREAM)).spawn(2)
    return [
        write_plots(folder / "plots.geojson", district, one),
        write_sensitive(folder / "sensitive_places.csv", district, two),
    ]


def write_plots(path: Path, district: District, rng: np.random.Generator) -> Path:
    """Write a lot round each building: what lies nearest to it, within its reach, off the streets."""
    own = district.buildings
    shapes = _lots(own, bands(district.sections), rng)
    dongs = district.dongs["adm_cd2"].to_numpy()[own["dong"]]
    rows = [
        {
            "관리번호": f"{dong}1{main:04d}{sub:04d}",
            "지목": _LAND[use][0],
            "소유구분": _LAND[use][1],
            "데이터기준일자": _DAY,
        }
        for dong, main, sub, use in zip(dongs, own["main"], own["sub"], own["use"], strict=True)
    ]
    return write_geojson(path, rows, gpd.GeoSeries(shapes))


def write_sensitive(path: Path, district: District, rng: np.random.Generator) -> Path:
    """Write public toilets beside streets, baths in shops, and changing rooms of schools' pools, as points."""
    shops = district.buildings[district.buildings["use"] == "shop"]
    halls = district.buildings[district.buildings["use"] == "campus"]
    toilets = street_points(district, _TOILETS, rng, nightly=None)
    at = np.concatenate([toilets, *(
        _middles(rows.loc[rng.choice(rows.index, count, replace=False)])
        for rows, count in ((shops, _BATHS), (halls, _POOLS))
    )])  # fmt: skip
    kinds = ["공중화장실"] * _TOILETS + ["목욕장"] * _BATHS + ["수영장 탈의실"] * _POOLS
    where = addresses(district, at)
    rows = [
        (
            f"SP-{number:03d}",
            kind,
            f"{where['dong'][number - 1]} {kind} {number}",
            where["road"][number - 1] or f"{CITY} {GU}",
            f"{lat:.7f}",
            f"{lon:.7f}",
            _DAY,
        )
        for number, (kind, (lon, lat)) in enumerate(zip(kinds, lonlat(at), strict=True), 1)
    ]
    return write_table(path, _HEADER, rows)


def _middles(buildings: gpd.GeoDataFrame) -> Array:
    return np.asarray(shapely.get_coordinates(shapely.point_on_surface(buildings.geometry.to_numpy())))


def _lots(buildings: gpd.GeoDataFrame, streets: Array, rng: np.random.Generator) -> Array:
    """Return the lot (n,) of each building, the building in it; no lot lies on a street or reaches over a neighbour's middle."""
    walls = buildings.geometry.to_numpy()
    reach = np.array([rng.uniform(*_REACH_M[use]) for use in buildings["use"]])
    near = shapely.buffer(walls, reach, join_style="mitre")
    middles = shapely.multipoints(shapely.get_coordinates(shapely.centroid(walls)))
    cells = shapely.get_parts(shapely.voronoi_polygons(middles, ordered=True))
    lots = shapely.union(_without(shapely.intersection(near, cells), np.concatenate([walls, streets])), walls)
    lots = shapely.set_precision(lots, 0.001)
    parts, of = shapely.get_parts(lots, return_index=True)
    # A street may cut a corner off: the lot is the part with the house.
    greatest = np.lexsort((-shapely.area(parts), of))
    first = greatest[np.unique(of[greatest], return_index=True)[1]]
    return np.asarray(parts[first])


def _without(lots: Array, taken: Array) -> Array:
    """Return the lots (n,) less the ground that is taken, also by their own buildings."""
    lot, other = shapely.STRtree(taken).query(lots, predicate="intersects")
    order = np.argsort(lot, kind="stable")
    touched, where = np.unique(lot[order], return_inverse=True)
    gone = np.empty(len(touched), dtype=object)
    shapely.geometrycollections(taken[other[order]], indices=where, out=gone)
    left = lots.copy()
    left[touched] = shapely.difference(lots[touched], shapely.unary_union(gone[:, np.newaxis], axis=1))
    return left
