"""What nets are made of, read once and kept while it holds: the streets as a graph, and which aim sees which stretch."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import geopandas as gpd
import pandas as pd

from etl.db import Database
from etl.store import frames, points, ways
from etl.store.days import today
from spatial import network
from spatial.network import Ways
from spatial.optics import px_per_m
from spatial.seen_streets import preset_views, seen_stretches
from spatial.street_views import StreetViews, street_views
from spatial.streets import StreetGraph, street_graph

log = logging.getLogger(__name__)

# The class of a view that closes a street: a figure can be told from another and followed.
DENSITY_CLASS = "observe"
# A stretch shorter than a step is no view of who walks there.
_LEAST_M = 1.0
_KEPT = 2


@dataclass(frozen=True, slots=True, eq=False)
class NetWorld:
    """Streets and views of a district as at a day.

    views    stretches of edges; `certain` ones close a street. Not certain: assumed aims, and all where no wall is known
    aims     a row an aim, index aim_id: camera_id, preset_no, heading_deg, tilt_deg (NaN: as its registry says), hung
             (False: the camera must be turned to it)
    streets  names by alley_id, None for none
    by_mode  the streets as each mode uses them; filled as they are asked for
    """

    graph: StreetGraph
    views: StreetViews
    aims: pd.DataFrame
    streets: pd.Series
    walls_known: bool
    by_mode: dict[str, Ways] = field(default_factory=dict)

    def ways(self, mode: str) -> Ways:
        """Return the streets as a mode uses them. Raises OutOfRange for an unknown mode."""
        if mode not in self.by_mode:
            self.by_mode[mode] = network.ways_for(self.graph, mode)
        return self.by_mode[mode]


_lock = threading.Lock()
_worlds: dict[tuple[str, date, str], NetWorld] = {}


def net_world(db: Database, at: date) -> NetWorld:
    """Return the streets and views as at a day, those kept from before where nothing has changed since.

    The first question after a change pays for the reading; whoever asks meanwhile waits for it.
    """
    key = (db.uri, at, ways.ways_stamp(db, density_class=DENSITY_CLASS))
    with _lock:
        world = _worlds.get(key)
        if world is None:
            world = _read(db, at)
            while len(_worlds) >= _KEPT:
                del _worlds[next(iter(_worlds))]
            _worlds[key] = world
    return world


def warm(opened: Callable[[], Database]) -> threading.Thread:
    """Read streets and views beside whoever asks, so that the first question about ways out need not wait; return the thread.

    opened  gives the database; asked in the thread. What keeps it from that is said when the question comes.
    """

    def work() -> None:
        try:
            db = opened()
            net_world(db, today(db)).ways("foot")
        except Exception as error:
            log.debug("nothing read ahead", exc_info=error)

    thread = threading.Thread(target=work, name="golmok-ways", daemon=True)
    thread.start()
    return thread


def _read(db: Database, at: date) -> NetWorld:
    # He may run through a tunnel; what a camera sees ends at its mouth.
    streets = frames.ways(db)
    outline = frames.boundaries(db, "district")
    graph = street_graph(streets, outline=outline.geometry.union_all() if len(outline) else None)
    aims, seen = _seen(db, at, streets[~streets["tunnel"].astype(bool)].reset_index(drop=True))
    walls = points.walls_known(db)
    seen = seen.assign(certain=seen["certain"] & walls)
    names = streets.set_index("alley_id")["name"]
    return NetWorld(graph, street_views(graph, seen, least_m=_LEAST_M), aims, names, walls)


def _seen(db: Database, at: date, alleys: gpd.GeoDataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the aims, and the stretches of street that each sees: as cameras hang, and turned to each preset."""
    fields = frames.fields(db, at, DENSITY_CLASS)
    hung = fields[fields["counts"]].reset_index(drop=True)
    presets = frames.presets(db)
    turned = preset_views(
        frames.cameras(db, at),
        presets[~presets["home"]],
        fields[~fields["counts"]].set_index("camera_id").geometry,
        density_px_per_m=px_per_m(DENSITY_CLASS),
        defaults=db.district.defaults,
    )
    home = presets[presets["home"]].set_index("camera_id").reindex(hung["camera_id"]).reset_index()
    names = ["camera_id", "preset_no", "heading_deg", "tilt_deg"]
    aims = pd.concat([home[names].assign(hung=True), turned[names].assign(hung=False)], ignore_index=True)
    # What is seen for certain, and what is only possible, of one camera as it hangs are two rows: two aims.
    held = pd.concat(
        [hung[["sight", "geometry"]], turned[["geometry"]].assign(sight="certain")], ignore_index=True
    )
    seen = seen_stretches(held, alleys).rename(columns={"view": "aim_id"})
    aim = seen["aim_id"].to_numpy()
    camera, certain = aims["camera_id"].to_numpy()[aim], held["sight"].eq("certain").to_numpy()[aim]
    return aims, seen.assign(camera_id=camera, certain=certain)
