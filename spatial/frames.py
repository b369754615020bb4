"""What a spatial function needs of its frames: columns, geometry types and a CRS in metres.

This is no second list of the tables. A contract names only what the functions here read.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
from pyproj import CRS

from spatial.crs import require_metric
from spatial.errors import BadGeometry, MissingColumn, NotMetric

_AREAS = ("Polygon", "MultiPolygon")
_LINES = ("LineString", "MultiLineString")


@dataclass(frozen=True, slots=True)
class FrameContract:
    """The columns and geometry types that a frame must have; further columns are welcome."""

    name: str
    columns: tuple[str, ...]
    geometry_types: tuple[str, ...]


CAMERAS = FrameContract(
    "cameras",
    (
        "camera_id",
        "state_id",
        "site_id",
        "agency",
        "purpose",
        "kind",
        "heading_deg",
        "tilt_deg",
        "height_m",
        "focal_mm",
        "hfov_deg",
        "sensor_w_mm",
        "sensor_h_mm",
        "image_w_px",
        "image_h_px",
        "ir_range_m",
    ),
    ("Point",),
)
BUILDINGS = FrameContract("buildings", ("building_id", "height_m"), _AREAS)
ALLEYS = FrameContract("alleys", ("alley_id", "name", "width_m", "kind", "lit"), _LINES)
FIELDS = FrameContract(
    "fields",
    ("state_id", "camera_id", "density_class", "sight", "near_m", "far_m", "slope", "offset_m"),
    _AREAS,
)
ZONES = FrameContract("zones", ("zone_id", "kind", "level", "name"), _AREAS)
BOUNDARIES = FrameContract("boundaries", ("boundary_id", "level", "code", "name_ko", "name_en"), _AREAS)
INCIDENTS = FrameContract("incidents", ("incident_id", "occurred_at", "class_code", "urgency"), ("Point",))


def require(frame: gpd.GeoDataFrame, contract: FrameContract) -> CRS:
    """Check a frame against its contract and return its CRS. Zero rows pass, empty geometries too.

    Raises     MissingColumn if a column or the geometry is absent
               NotMetric     if the CRS is missing or does not count metres on the ground
               BadGeometry   if a geometry is None or of another type
    """
    absent = [column for column in contract.columns if column not in frame.columns]
    if absent:
        raise MissingColumn(f"{contract.name} lack {', '.join(absent)}")
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        raise MissingColumn(f"{contract.name} have no geometry")
    crs = require_metric(frame.crs)
    types = frame.geometry.geom_type
    wrong = types.notna() & ~types.isin(contract.geometry_types)
    if wrong.any() or types.isna().any():
        first = types[wrong].iloc[0] if wrong.any() else "nothing"
        raise BadGeometry(f"{contract.name} hold {first} instead of {' or '.join(contract.geometry_types)}")
    return crs


def require_same_crs(*frames: gpd.GeoDataFrame) -> CRS:
    """Return the one metric CRS that all frames share; NotMetric if they differ or count no metres."""
    systems = [require_metric(frame.crs) for frame in frames]
    if any(system != systems[0] for system in systems[1:]):
        raise NotMetric(f"frames in different systems: {', '.join(sorted({s.name for s in systems}))}")
    return systems[0]
