"""Keep the fields of view true: compute those that are missing or whose inputs changed, and only those."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from app.progress import compiling
from etl.db import Database
from etl.store import points
from etl.store.coverage import stale_states, write_fields

if TYPE_CHECKING:  # `nearest` asks how many are stale and pays for no frame
    import geopandas as gpd

# Raised when the way a field of view is computed changes: every stored one is then out of date.
ENGINE = "relief-2"
CLASSES = ("monitor", "detect", "observe", "recognise", "identify", "inspect")

# A batch keeps its transaction short and the progress honest.
_BATCH = 250

Progress = Callable[[str, int, int], None]


def engine_of(db: Database) -> str:
    """Return all that a field of view depends on beside the rows: engine, classes, the district's assumptions."""
    assumed = [asdict(db.district.defaults), asdict(db.district.doubts)]
    return json.dumps([ENGINE, CLASSES, *assumed], sort_keys=True)


def stale(db: Database, *, at: date | None = None) -> dict[int, str]:
    """Return the states whose fields of view are missing or out of date, with the digest of their inputs."""
    lens = db.district.defaults
    return stale_states(
        db, engine=engine_of(db), reach_m=lens.max_range_m, ptz_reach_m=lens.farthest_m, at=at
    )


def stale_near(db: Database, lon: float, lat: float, *, at: date) -> int:
    """Return how many cameras near enough to see a place have fields of view that are missing or out of date.

    What a question about one place rests on, asked of its neighbourhood alone: it costs the same in a city of 100,000 cameras.
    """
    lens = db.district.defaults
    reaches = {"reach_m": lens.max_range_m, "ptz_reach_m": lens.farthest_m}
    return points.stale_near(db, lon, lat, engine=engine_of(db), at=at, **reaches)


def refresh(db: Database, *, at: date | None = None, progress: Progress) -> int:
    """Compute the stale fields of view, of one day's cameras or (None) of every date; return how many states.

    Before that, the records of several lists that tell of the same cameras are found: whatever is computed goes on from it.
    db  opened as loader. Each batch of states is written whole; a killed run goes on where it stopped.
    """
    from etl import matching  # brings frames along, which `stale_near` does without

    matching.refresh_unless_loading(db)
    wanted = stale(db, at=at)
    if not wanted:
        return 0
    from etl.store import frames
    from spatial.fov import fields_of_view, with_assumptions
    from spatial.terrain import Ground

    buildings, ground = frames.buildings(db), Ground.of(frames.terrain(db))
    defaults = db.district.defaults
    every = frames.camera_states(db)
    states = every[every["state_id"].isin(wanted)]
    progress("Fields of view", 0, len(states))
    for start in range(0, len(states), _BATCH):
        batch: gpd.GeoDataFrame = states.iloc[start : start + _BATCH]
        with compiling(progress):
            found = fields_of_view(
                with_assumptions(batch, defaults),
                buildings,
                classes=CLASSES,
                defaults=defaults,
                doubts=db.district.doubts,
                ground=ground,
            )
        write_fields(db, found, inputs_hashes={state: wanted[state] for state in batch["state_id"]})
        progress("Fields of view", min(start + _BATCH, len(states)), len(states))
    return len(states)
