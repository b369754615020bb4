"""The places that a plan of a district is for: its streets, its walks along water, and its zones."""

from __future__ import annotations

import geopandas as gpd

from app.world import World
from spatial.demand_points import demand_points

# No register says which street is a walk along a stream; their names do.
_WALKS = r"산책로|둔치|수변|천변|강변길|\b(?:stream|river|brook|riverside|waterside|lake)\s?walk\b|promenade|towpath"


def points_of(world: World, *, step_m: float, zone_step_m: float = 20.0) -> gpd.GeoDataFrame:
    """Return the points that a plan of a world is for, as `spatial.demand_points.demand_points`."""
    return demand_points(
        world.alleys,
        world.zones,
        step_m=step_m,
        walks=walks_of(world.alleys),
        zone_step_m=zone_step_m,
        open_to=world.buildings,
        dongs=world.dong,
        kept=world.open_ground,
    )


def walks_of(alleys: gpd.GeoDataFrame) -> list[int]:
    """Return the numbers of the streets that their names call walks along water."""
    named = alleys["name"].astype("str").str.contains(_WALKS, case=False, regex=True)
    return [int(number) for number in alleys.loc[named & alleys["name"].notna(), "alley_id"]]
