"""Write the map files: boundaries, the road-address map, terrain, zones."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
import rasterio.transform
import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from etl.sample import ground as earth
from etl.sample.district import District
from etl.sample.ground import ORIGIN, PEAK, Array, Ground
from etl.sample.names import HILL, SIG_CODE, STREAM
from etl.sample.streets import bands
from etl.sample.written import write_geojson

CELL_M = 10.0
_DATE = "2013-12-31"
_USES = {"house": "01001", "shop": "03001", "tower": "02001", "campus": "10201"}


def write_maps(folder: Path, district: District) -> list[Path]:
    """Write boundaries.geojson, juso/, dem.tif and zones.geojson, and return their paths."""
    written = [write_boundaries(folder / "boundaries.geojson", district.dongs)]
    written += write_juso(folder / "juso", district)
    written.append(write_terrain(folder / "dem.tif", district.ground))
    return [*written, write_zones(folder / "zones.geojson", district.ground)]


def write_boundaries(path: Path, dongs: gpd.GeoDataFrame) -> Path:
    """Write the dong with nine decimals (0.1 mm), so that they still meet and their sum is exact."""
    return write_geojson(path, dongs.drop(columns=["geometry", "dong"]).to_dict("records"), dongs.geometry)


def write_zones(path: Path, ground: Ground) -> Path:
    """Write the flood zones along the stream and the wildfire zones on the hill; level 1 is the gravest."""
    rows, shapes = [], []
    for kind, number, level, shape in [*_floods(ground), *_fires(ground)]:
        ko, en = ("침수", "flood") if kind == "flood" else ("산불", "wildfire")
        place, place_en = (STREAM, "Eunyeoul stream") if kind == "flood" else (HILL, "Neoul hill")
        rows.append(
            {
                "zone_key": f"{kind[0].upper()}-{number:02d}",
                "kind": kind,
                "level": level,
                "name_ko": f"{place} {ko}위험지구 {number}",
                "name_en": f"{place_en} {en} zone {number}",
                "valid_from": "2010-06-01",
                "source": "invented",
            }
        )
        shapes.append(shape)
    return write_geojson(path, rows, gpd.GeoSeries(shapes))


def write_terrain(path: Path, ground: Ground) -> Path:
    """Write heights in metres, 10 m cells, the district and 200 m round it."""
    west, south, east, north = (CELL_M * np.round(b / CELL_M) for b in ground.outline.buffer(200.0).bounds)
    x, y = np.arange(west + 5.0, east, CELL_M), np.arange(north - 5.0, south, -CELL_M)
    grid = np.column_stack([np.tile(x, y.size), np.repeat(y, x.size)])
    cells = earth.heights(ground, grid).reshape(y.size, x.size).round(2).astype(np.float32)
    place = rasterio.transform.Affine(CELL_M, 0.0, west + ORIGIN[0], 0.0, -CELL_M, north + ORIGIN[1])
    shape = {"height": y.size, "width": x.size, "count": 1, "dtype": "float32"}
    with rasterio.open(path, "w", driver="GTiff", crs=earth.CRS, transform=place, nodata=-9999.0,
                       compress="deflate", predictor=3, **shape) as file:  # fmt: skip
        file.write(cells, 1)
    return path


def write_juso(folder: Path, district: District) -> list[Path]:
    """Write the four layers of the road-address map in EPSG:5179."""
    folder.mkdir(parents=True, exist_ok=True)
    layers = {
        "TL_SPBD_BULD": _buildings(district),
        "TL_SPRD_MANAGE": _streets(district),
        "TL_SPRD_RW": _surfaces(district),
        "TL_SPBD_ENTRC": _doors(district),
    }
    return [path for name, layer in layers.items() for path in _write_layer(folder, name, layer)]


def _write_layer(folder: Path, name: str, layer: gpd.GeoDataFrame) -> list[Path]:
    moved = layer.set_geometry(gpd.GeoSeries(_placed(layer.geometry.to_numpy()), crs=earth.CRS)).to_crs(
        "EPSG:5179"
    )
    path = folder / f"{name}.shp"
    # a fixed date in the .dbf, or the same seed would not give the same bytes tomorrow
    moved.to_file(path, encoding="CP949", engine="pyogrio", layer_options={"DBF_DATE_LAST_UPDATE": _DATE})
    return [path.with_suffix(end) for end in (".shp", ".shx", ".dbf", ".prj", ".cpg")]


def _buildings(district: District) -> gpd.GeoDataFrame:
    own = district.buildings
    street = district.sections.iloc[own["section"]].reset_index(drop=True)
    dong = district.dongs["adm_cd2"].to_numpy()[own["dong"]]
    lots = zip(dong, own["main"], own["sub"], strict=True)
    keys = [f"{d}1{m:04d}{s:04d}{i % 1_000_000:06d}" for i, (d, m, s) in enumerate(lots)]
    counts = own.groupby("use").cumcount() + 1
    name = np.where(own["use"] == "tower", "한빛마을 " + (100 + counts).astype(str) + "동", "")
    return gpd.GeoDataFrame(
        {
            "BD_MGT_SN": keys,
            "BULD_NM": name,
            "GRO_FLO_CO": own["floors"].astype("int32"),
            "UND_FLO_CO": own["below"].astype("int32"),
            "BDTYP_CD": own["use"].map(_USES),
            "BSI_INT_SN": (street["section"].to_numpy() + 1).astype("int32"),
            "SIG_CD": SIG_CODE,
            "RN_CD": street["code"].astype(str).to_numpy(),
            "BULD_MNNM": own["number"].astype("int32"),
            "BULD_SLNO": np.int32(0),
            "EMD_CD": [d[:8] for d in dong],
            "LNBR_MNNM": own["main"].astype("int32"),
            "LNBR_SLNO": own["sub"].astype("int32"),
        },
        geometry=own.geometry.to_numpy(),
    )


def _streets(district: District) -> gpd.GeoDataFrame:
    own = district.sections
    wide = own["width_m"]
    return gpd.GeoDataFrame(
        {
            "SIG_CD": SIG_CODE,
            "RDS_MAN_NO": (own["section"] + 1).astype("int32"),
            "RN": own["name"],
            "RN_CD": own["code"].astype(str),
            "ROAD_BT": wide,
            "ROAD_LT": own.geometry.length.round(3),
            # 3 a road of the city, 4 of the district; 1 a boulevard, 2 a road, 3 a way
            "ROA_CLS_SE": np.where(wide >= 20.0, "3", "4"),
            "WDR_RD_CD": np.select([wide >= 40.0, own["kind"] == "road"], ["1", "2"], "3"),
            "BSI_INT": np.int32(20),
        },
        geometry=own.geometry.to_numpy(),
    )


def _surfaces(district: District) -> gpd.GeoDataFrame:
    """Return the ground of the streets, a polygon or more a name."""
    shapes = gpd.GeoSeries(bands(district.sections)).groupby(district.sections["code"].to_numpy()).agg(
        lambda s: shapely.union_all(s.to_numpy(), grid_size=0.001)
    )  # fmt: skip
    keys = np.arange(1, len(shapes) + 1, dtype="int32")
    return gpd.GeoDataFrame({"RW_SN": keys, "SIG_CD": SIG_CODE}, geometry=shapes.to_numpy())


def _doors(district: District) -> gpd.GeoDataFrame:
    own = district.buildings
    keys = _buildings(district)["BD_MGT_SN"]
    rows = {
        "BUL_MAN_NO": np.arange(1, len(own) + 1, dtype="int32"),
        "ENTRC_SE": "RM",
        "BD_MGT_SN": keys.to_numpy(),
    }
    return gpd.GeoDataFrame(rows, geometry=shapely.points(own["door_x"], own["door_y"]))


def _floods(ground: Ground) -> list[tuple[str, int, int, BaseGeometry]]:
    """Stretches of the stream: the lower, the broader and the graver."""
    inner = shapely.intersection(ground.stream, ground.outline.buffer(-20.0))
    line = max(shapely.get_parts(inner), key=lambda part: part.length)
    if shapely.get_point(line, 0).x > shapely.get_point(line, -1).x:
        line = shapely.reverse(line)
    marks = np.linspace(0.0, line.length, 7)
    zones: list[tuple[str, int, int, BaseGeometry]] = []
    for i, (start, end) in enumerate(pairwise(marks)):
        part = shapely.ops.substring(line, start, end)
        wide, level = ((62.0, 1), (50.0, 1), (42.0, 2), (36.0, 2), (30.0, 3), (26.0, 3))[i]
        shape = shapely.buffer(part, wide, cap_style="flat")
        zones.append(("flood", i + 1, level, shapely.intersection(shape, ground.outline)))
    return zones


def _fires(ground: Ground) -> list[tuple[str, int, int, BaseGeometry]]:
    """Four slopes of the hill, from its foot to the top."""
    angles = np.linspace(0.0, 2.0 * np.pi, 240, endpoint=False)
    ring = np.array(PEAK) + np.array([_foot(ground, a) for a in angles])[:, None] * _ways(angles)
    hill = shapely.intersection(shapely.Polygon(ring), ground.outline)
    zones: list[tuple[str, int, int, BaseGeometry]] = []
    for i, level in enumerate((2, 1, 1, 3)):
        fan = _ways(np.linspace(i, i + 1, 30) * np.pi / 2.0 + 0.5) * 3000.0 + np.array(PEAK)
        slope = shapely.intersection(hill, shapely.Polygon([PEAK, *fan]))
        parts = [p for p in shapely.get_parts(slope) if p.geom_type == "Polygon"]
        zones.append(("wildfire", i + 1, level, max(parts, key=lambda part: part.area)))
    return zones


def _foot(ground: Ground, angle: float) -> float:
    reach = np.arange(100.0, 2000.0, 10.0)
    lift = earth.hill_lift(ground, np.array(PEAK) + reach[:, None] * _ways(np.array([angle])))
    return float(reach[int(np.argmax(lift < earth.WILD_M + 8.0))])


def _ways(angles: Array) -> Array:
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _placed(shapes: Array) -> Array:
    return np.asarray(shapely.transform(shapes, lambda xy: xy + np.array(ORIGIN)))
