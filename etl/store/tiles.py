"""Vector tiles of the live map, made by PostGIS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from etl.db import Database
from etl.errors import PlatformError
from etl.store.days import today
from etl.store.queries import run

LAYERS = ("cameras", "fields", "gaps", "alleys", "buildings", "boundaries", "zones")
# Layers whose tiles hold more or less by edition: each has a query of its own for public and for committee.
BY_EDITION = ("cameras",)
DEEPEST = 22
_RUNS = 2**63  # the numbers of computations are bigint


class NoSuchTile(PlatformError):
    """There is no such layer, or no such tile at that zoom."""


@dataclass(frozen=True, slots=True)
class TileFilter:
    """What a tile shows: the network and zones as at a day, sight at a class, the gaps of one computation.

    at       None is today on the district's clocks
    run_id   None is the last computation for the class, of that day if there is one
    """

    at: date | None = None
    density_class: str = "observe"
    run_id: int | None = None


def tile(
    db: Database,
    layer: str,
    *,
    z: int,
    x: int,
    y: int,
    show: TileFilter | None = None,
    edition: str = "internal",
) -> bytes:
    """Return one tile of one layer as Mapbox Vector Tile, empty bytes where nothing lies.

    z, x, y    zoom, column from the west, row from the north, in Web Mercator's grid
    edition    public, committee or internal: how much a camera's point tells. Which layers an edition may hold is for
               the caller to ask
    Layers     cameras (public: purpose_code, n; committee: also agency, kind; internal: also camera_id, camera_key,
               site_id, heading_deg, status), fields (state_id, camera_id, sight, counts), gaps (gap_no, length_m, risk),
               alleys, buildings, boundaries, zones
    Raises     NoSuchTile
    """
    if layer not in LAYERS:
        raise NoSuchTile(f"There is no layer {layer!r}; there are: {', '.join(LAYERS)}.")
    if not (0 <= z <= DEEPEST and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NoSuchTile(f"There is no tile {z}/{x}/{y}.")
    shown = show or TileFilter()
    if shown.run_id is not None and not 0 < shown.run_id < _RUNS:
        raise NoSuchTile(f"There is no computation {shown.run_id}.")
    values = {
        "z": z,
        "x": x,
        "y": y,
        "at": shown.at or today(db),
        "density_class": shown.density_class,
        "run_id": shown.run_id,
    }
    with db.engine.connect() as connection:
        made = run(connection, _query(layer, edition), values).scalar_one()
    return bytes(cast(memoryview, made))


def _query(layer: str, edition: str) -> str:
    told_less = layer in BY_EDITION and edition != "internal"
    return f"tile_{layer}_{edition}" if told_less else f"tile_{layer}"
