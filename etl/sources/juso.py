"""The Korean road-address map: buildings, street centre lines and entrances, as a folder or zip of shapefiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyogrio
import shapely

from etl.archives import unpacked
from etl.dbf import dbf_encoding
from etl.reasons import InputRefused
from etl.rows import Reading, numbered, with_columns
from etl.vectors import Vectors, read_shapefile

UTM_K = 5179
# A layer is known by its columns: file names carry codes and months.
LAYERS: dict[str, tuple[str, ...]] = {
    "building": ("BD_MGT_SN", "GRO_FLO_CO"),
    "street": ("RDS_MAN_NO", "ROAD_BT"),
    "entrance": ("ENTRC_SE",),
    "road_area": ("RW_SN",),
}
_BUILDING = ("BD_MGT_SN", "BULD_NM", "GRO_FLO_CO", "UND_FLO_CO", "BDTYP_CD", "RN_CD", "BULD_MNNM", "BULD_SLNO",
             "LNBR_MNNM", "LNBR_SLNO", "SIG_CD")  # fmt: skip
_STREET = ("SIG_CD", "RDS_MAN_NO", "RN", "RN_CD", "ROAD_BT")


def read(file: Path) -> Reading:
    """Return tables `building`, `alley` and `address`, as far as the layers are there. Raises InputRefused."""
    with unpacked(file) as folder:
        layers = _find_layers(folder)
        if not {"building", "street"} & layers.keys():
            raise InputRefused("WRONG_CONTENT", "no TL_SPBD_BULD and no TL_SPRD_MANAGE")
        found = {name: read_shapefile(path) for name, path in layers.items() if name != "road_area"}
        areas = pyogrio.read_info(layers["road_area"])["features"] if "road_area" in layers else 0
    systems = {str(each.crs) for each in found.values() if each.crs is not None}
    if len(systems) > 1:
        raise InputRefused(
            "WRONG_CONTENT", f"layers of several coordinate systems: {', '.join(sorted(systems))}"
        )
    crs = next((each.crs for each in found.values() if each.crs is not None), None)
    _check_extent(found, crs)
    return Reading(
        tables=numbered(_tables(found)),
        form="road-address-map",
        encoding=next(iter(found.values())).encoding,
        crs=crs or UTM_K,
        notes={
            "layers": {name: path.name for name, path in layers.items()},
            **({} if crs else {"crs": "not stated: EPSG:5179, as the map is published"}),
            **(
                {"road_areas": f"{areas} real-width areas; widths are taken from the centre lines"}
                if areas
                else {}
            ),
        },
        exact=("building_key", "alley_key", "address_key", "floors", "floors_below", "width_m", "number"),
    )


def _find_layers(folder: Path) -> dict[str, Path]:
    layers: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() != ".shp":
            continue
        try:
            fields = {
                str(name).upper() for name in pyogrio.read_info(path, encoding=dbf_encoding(path))["fields"]
            }
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise InputRefused("UNREADABLE", f"{path.name}: {error}"[:200]) from error
        for name, marks in LAYERS.items():
            if fields.issuperset(marks):
                layers.setdefault(name, path)
    return layers


def _check_extent(found: Mapping[str, Vectors], crs: int | str | None) -> None:
    if crs is not None:
        return
    # UTM-K puts Korea at 750-1,400 km east and 1,450-2,700 km north; another system would shift the city silently.
    west, south, east, north = shapely.total_bounds(
        [shape for each in found.values() for shape in each.rows["geometry"].to_numpy(dtype=object)[:1000]]
    )
    if not (700_000 < west <= east < 1_450_000 and 1_400_000 < south <= north < 2_750_000):
        raise InputRefused("NO_CRS", "no .prj, and the coordinates are not those of EPSG:5179")


def _tables(found: Mapping[str, Vectors]) -> dict[str, pd.DataFrame]:
    tables: dict[str, pd.DataFrame] = {}
    buildings = with_columns(_upper(found["building"].rows), _BUILDING) if "building" in found else None
    streets = with_columns(_upper(found["street"].rows), _STREET) if "street" in found else None
    if buildings is not None:
        tables["building"] = _buildings(buildings)
    if streets is not None:
        tables["alley"] = _alleys(streets)
    if "entrance" in found:
        tables["address"] = _addresses(_upper(found["entrance"].rows), buildings, streets)
    return tables


def _buildings(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "building_key": rows["BD_MGT_SN"],
        "name": rows["BULD_NM"],
        "floors": rows["GRO_FLO_CO"],
        "floors_below": rows["UND_FLO_CO"],
        "use_code": rows["BDTYP_CD"],
        "geometry": rows["geometry"],
    })  # fmt: skip


def _alleys(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        "alley_key": "juso-" + rows["SIG_CD"] + "-" + rows["RDS_MAN_NO"],
        "name": rows["RN"],
        "width_m": rows["ROAD_BT"],
        "geometry": rows["geometry"],
    })  # fmt: skip


def _addresses(
    rows: pd.DataFrame, buildings: pd.DataFrame | None, streets: pd.DataFrame | None
) -> pd.DataFrame:
    entrances = with_columns(rows, ("BD_MGT_SN", "BUL_MAN_NO", "ENTRC_SE", "SIG_CD"))
    road = lot = pd.Series("", index=rows.index, dtype="str")
    if buildings is not None:
        known = buildings.drop_duplicates("BD_MGT_SN").set_index("BD_MGT_SN")
        names = {} if streets is None else dict(zip(streets["RN_CD"], streets["RN"], strict=True))
        street = known["RN_CD"].map(names).fillna("")
        main = (street + " " + _with_second(known["BULD_MNNM"], known["BULD_SLNO"])).where(street.ne(""), "")
        road = entrances["BD_MGT_SN"].map(main).fillna("").astype("str")
        lot = (
            entrances["BD_MGT_SN"]
            .map(_with_second(known["LNBR_MNNM"], known["LNBR_SLNO"]))
            .fillna("")
            .astype("str")
        )
    return pd.DataFrame({
        "address_key": "juso-" + entrances["BD_MGT_SN"] + "-" + entrances["BUL_MAN_NO"] + "-" + entrances["ENTRC_SE"],
        "building_key": entrances["BD_MGT_SN"],
        "address_road": road,
        "address_lot": lot,
        "geometry": rows["geometry"],
    })  # fmt: skip


def _with_second(first: pd.Series[str], second: pd.Series[str]) -> pd.Series[str]:
    """Return '12-3' of a number and its second part, '12' where that is 0."""
    tail = ("-" + second).where(~second.isin(["", "0"]), "")
    return (first + tail).where(~first.isin(["", "0"]), "")


def _upper(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={name: str(name).upper() for name in rows.columns if name != "geometry"})
