"""What a figure rests on: how many cameras of which basis and model, how many buildings of which height."""

from __future__ import annotations

from typing import Any

import geopandas as gpd

# JSON-ready values: what is in them is the contract of the command `coverage`.
Row = dict[str, Any]


def network(cameras: gpd.GeoDataFrame, fields: gpd.GeoDataFrame, buildings: gpd.GeoDataFrame) -> Row:
    """Return the counts of cameras, sites and buildings. The frames are those of `figures.World`."""
    basis = cameras["basis"].value_counts()
    return {
        "cameras": len(cameras),
        "sites": int(cameras["site_id"].nunique()),
        "basis": {name: int(basis.get(name, 0)) for name in ("survey", "datasheet", "assumed")},
        "models": _models(fields),
        "buildings": len(buildings),
        "buildings_height_assumed": int(buildings["height_m"].isna().sum()),
        "buildings_height_by_storeys": _by_storeys(buildings),
    }


def _models(fields: gpd.GeoDataFrame) -> dict[str, int]:
    """Return of how many cameras each model of optics and ground made the fields of view; none where nobody says."""
    if "model" not in fields:
        return {}
    counts = fields.drop_duplicates("camera_id")["model"].value_counts().sort_index()
    return {str(model): int(n) for model, n in counts.items()}


def _by_storeys(buildings: gpd.GeoDataFrame) -> int:
    """Return of how many buildings the height was reckoned from storeys; none where nobody says."""
    return int((buildings["height_basis"] == "storeys").sum()) if "height_basis" in buildings else 0
