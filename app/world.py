"""What coverage is computed from: the frames of a district as at one date, and how finely they are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import Any

import geopandas as gpd
import pandas as pd

from etl.risk_rules import RiskRules
from spatial.ground import Tiles
from spatial.kept import Kept
from spatial.reference import Reference
from spatial.terrain import Ground
from spatial.types import LensDefaults, NightRules

AIM_COLUMNS = ("camera_id", "heading_sums", "tilt_p", "unchecked_heading_sums", "unchecked_tilt_p", "sources")


@dataclass(frozen=True, slots=True)
class World:
    """What coverage is computed from: frames in one metric CRS, as at one date.

    cameras    after spatial.fov.with_assumptions (column `basis`)
    fields     fields of view of those cameras, every class of the ladder; `model`, where there is one, is counted
    incidents  of the 12 months before the date, exercises, false alarms and repeated calls left out
    layers     added layers by name; with lamps and weights they make the risk of an alley
    ground     the terrain, on which candidates for new cameras are looked at; None: flat
    incidents_loaded  whether any incident is known, of these 12 months or of others
    open_ground  tiles of open ground worked out before (spatial.ground); measuring puts in what is missing
    aims       what is believed of where the cameras look, as etl.store.frames.aim_beliefs gives it
    presets    rounds of turning cameras, as etl.store.frames.presets gives them
    kept       sums of cells taken before (spatial.cells); measuring puts in what is missing. None keeps none
    references what layers of risk are scaled by, frozen; risk_rules: how the district has them taken; zone: its clock
    loads      file_name and day of the last load of each source
    night      the district's rules of light; lens: what it assumes of lenses, for their long end and longest range
    """

    at: date
    cameras: gpd.GeoDataFrame
    fields: gpd.GeoDataFrame
    alleys: gpd.GeoDataFrame
    buildings: gpd.GeoDataFrame
    district: gpd.GeoDataFrame
    dong: gpd.GeoDataFrame
    zones: gpd.GeoDataFrame
    incidents: gpd.GeoDataFrame
    lamps: gpd.GeoDataFrame
    layers: Mapping[str, gpd.GeoDataFrame]
    weights: Mapping[str, float]
    presets: pd.DataFrame
    lens: LensDefaults
    night: NightRules = field(default_factory=NightRules)
    incidents_loaded: bool = False
    ground: Ground | None = None
    open_ground: Tiles = field(default_factory=dict)
    aims: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(AIM_COLUMNS)))
    kept: Kept | None = None
    references: Mapping[str, Reference] = field(default_factory=dict)
    risk_rules: RiskRules = field(default_factory=RiskRules)
    zone: tzinfo = UTC
    loads: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How finely shares are measured: metres along alleys, metres of the area's grid, draws of unknown headings."""

    alley_step_m: float = 1.0
    area_step_m: float = 5.0
    draws: int = 400
    seed: int = 1
