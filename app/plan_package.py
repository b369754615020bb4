"""A plan as a GeoPackage, the file that any program for maps opens: sites, views, other plans, figures, layers of risk."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry import shape

from app import plan_table

Row = dict[str, Any]


def package(plan: Mapping[str, Any], dong: Sequence[str | None], *, marks: Row, lang: str) -> bytes:
    """Return a plan as a GeoPackage in EPSG:4326, the same bytes for the same plan.

    Layers   sites (points, the columns of `app.plan_table`), views (areas that they would see), alternatives (points of the
             other plans); figures, risk_layers and marks without places
    marks    what the file bears: who took it, when and what for, that it is invented
    """
    sites = plan_table.sites(plan, dong, lang)
    seen = [
        (row["no"], view)
        for row, each in zip(sites, plan["chosen"], strict=True)
        if (view := each.get("view"))
    ]
    frames = {
        "sites": _points([row | marks for row in sites], [*plan_table.COLUMNS, *marks]),
        "views": gpd.GeoDataFrame(
            {"no": [no for no, _ in seen]}, geometry=[_areas(view) for _, view in seen], crs=4326
        ),
        "alternatives": _points(plan_table.others(plan, lang), list(_OTHER)),
        "figures": pd.DataFrame(plan_table.figures(plan, lang)),
        "risk_layers": pd.DataFrame(plan_table.layers(plan, lang), columns=list(_LAYER)),
        "marks": pd.DataFrame(
            [(name, str(value)) for name, value in marks.items()], columns=["what", "value"]
        ),
    }
    day = pd.Timestamp(plan.get("made_at") or "1970-01-01").tz_localize(None)
    return _written(frames, f"{day:%Y-%m-%dT%H:%M:%S.000Z}")


_OTHER = ("alternative", "no", "act", "alley", "lat", "lon", "heading_deg", "price_won")
_LAYER = ("layer", "weight", "rows", "date", "source")


def _areas(view: Any) -> shapely.MultiPolygon:
    """Return a view as a MultiPolygon: a layer holds one kind of shape. Any: GeoJSON."""
    parts = shapely.get_parts(shapely.get_parts(shape(view)))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _points(rows: Sequence[Row], columns: list[str]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(list(rows), columns=columns)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs=4326)


def _written(frames: Mapping[str, pd.DataFrame], moment: str) -> bytes:
    import pyogrio

    # The driver writes the moment into the file, and the same plan is to give the same bytes.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            out = Path(folder) / "plan.gpkg"
            for name, frame in frames.items():
                kind = {"geometry_type": _KIND[name]} if name in _KIND else {}
                pyogrio.write_dataframe(frame, out, layer=name, driver="GPKG", append=out.exists(), **kind)
            return out.read_bytes()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


_KIND = {"sites": "Point", "views": "MultiPolygon", "alternatives": "Point"}
