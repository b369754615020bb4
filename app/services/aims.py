"""Keep true what is believed of where cameras look: streets, the registry's words, checks, footage, surveys, poses.

Every piece of evidence is weighed and dated, and no belief is ever taken for a finding. What was found of a camera is
taken to hold as long as it hangs on that pole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from etl.db import Database
from etl.store import frames
from etl.store.aims import aim_inputs, beliefs_current, streets_loaded_on, write_beliefs
from etl.store.days import today
from spatial import beliefs as believing
from spatial.beliefs import Beliefs
from spatial.chances import windows_of
from spatial.doubts import tilt_steps
from spatial.lookouts import Habit, learned_habit, lookouts, street_p

if TYPE_CHECKING:
    import geopandas as gpd

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# Raised when the way beliefs are computed changes.
ENGINE = "beliefs-1"
# How far the heads of a pole keep apart, so that what is found of one tells of the others: an assumption.
MATES = 0.5
# What the registry says stands beside what people find.
REGISTRY = "view_text"
STREETS = "streets"
# "I see it" says nothing of density: the coarsest class serves.
SEEN_AT = "monitor"


def refresh(db: Database, *, progress: Progress) -> int:
    """Compute the beliefs of all active states anew where any input changed; return how many were written.

    db  opened as loader, its fields of view up to date
    """
    inputs = aim_inputs(db, engine=_engine(db))
    if beliefs_current(db, inputs):
        return 0
    states = frames.camera_states(db)
    progress("Aims", 0, len(states))
    found = _believe(db, states)
    written = write_beliefs(db, _rows(states, found), inputs_hash=inputs)
    progress("Aims", written, written)
    return written


def habit(db: Database) -> Habit:
    """Return how this district's cameras use its streets, as those of known heading show it."""
    states = _last(frames.camera_states(db))
    return learned_habit(lookouts(states, frames.alleys(db)), _aims(states))


def _engine(db: Database) -> str:
    return json.dumps([ENGINE, asdict(db.district.defaults), asdict(db.district.doubts)], sort_keys=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """Beliefs of the cameras as they were last, without and with what people found, and what each rests on."""

    unchecked: Beliefs
    beliefs: Beliefs
    sources: dict[int, list[Row]]


def _last(states: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the last state of each camera, by the day it began: a file of old days may be loaded late."""
    return states.sort_values(["camera_id", "valid_from"]).drop_duplicates("camera_id", keep="last")


def _aims(states: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the headings of cameras that were fitted to look one way."""
    turns = states["kind"].isin(["ptz", "fisheye"])
    return pd.DataFrame(states.loc[~turns, ["site_id", "heading_deg"]])


def _believe(db: Database, states: gpd.GeoDataFrame) -> _Found:
    last = _last(states)
    ways = lookouts(last, frames.alleys(db))
    kept = learned_habit(ways, _aims(last))
    # A camera that is gone tells nothing of those that hang there now: one of them may have taken its place.
    pole = np.where(last["stands"], last["site_id"], -1 - last["camera_id"])
    beliefs = believing.nothing_known(last["camera_id"], heading_deg=last["heading_deg"], pole=pole)
    streets = list(_by_streets(last, street_p(ways, kept), kept, on=streets_loaded_on(db)))
    pieces = list(_pieces(db, last))
    by_registry = [piece for piece in pieces if piece["source"] == REGISTRY]
    by_people = [piece for piece in pieces if piece["source"] != REGISTRY]
    unchecked = sharpened(beliefs, streets + by_registry)
    return _Found(unchecked, sharpened(unchecked, by_people), _sources(streets + pieces))


def _by_streets(
    states: gpd.GeoDataFrame, streets: dict[int, believing.Floats], kept: Habit, *, on: date | None
) -> Iterator[Row]:
    """Yield what streets tell of the cameras of unknown heading: they look along them, as far as the habit goes."""
    unknown = states[states["heading_deg"].isna() & states["kind"].ne("fisheye")]
    for camera, site in zip(unknown["camera_id"].tolist(), unknown["site_id"].tolist(), strict=True):
        if site in streets:
            told = {"source": STREETS, "weight": kept.weight, "learned_from": kept.learned_from}
            yield {**told, "observed_on": on, "camera_id": camera, "likelihood": streets[site]}


def _sources(pieces: list[Row]) -> dict[int, list[Row]]:
    """Return by camera what it rests on, as it is kept."""
    found: dict[int, list[Row]] = {}
    for piece in pieces:
        day = piece["observed_on"]
        told = {
            "source": piece["source"],
            "weight": piece["weight"],
            "on": None if day is None else str(day)[:10],
        }
        if piece["source"] == STREETS:
            told["learned_from"] = piece["learned_from"]
        found.setdefault(piece["camera_id"], []).append(told)
    return found


def _pieces(db: Database, states: gpd.GeoDataFrame) -> Iterator[Row]:
    """Yield the evidence that tells something of a camera's aim, in a fixed order."""
    evidence = frames.aim_evidence(db)
    state = states.set_index("camera_id")
    evidence = _told_once(evidence[evidence["camera_id"].isin(state.index)])
    fields = frames.fields(db, today(db), SEEN_AT)
    fields = fields[fields["counts"]].set_index("camera_id")
    for told in evidence.to_dict("records"):
        piece: Row = {str(name): value for name, value in told.items()}
        camera = state.loc[piece["camera_id"]]
        if piece["weight"] <= 0.0 or camera["kind"] == "fisheye":
            continue
        if piece["seen"] is not None:
            # That a turning camera can show a place tells nothing of its home.
            if camera["kind"] == "ptz":
                continue
            piece["sees"] = _sees(piece, camera, fields)
            if piece["sees"] is None:
                continue
        elif not piece["lobes"] and not np.isfinite(piece["tilt_deg"]):
            continue
        piece["steps_deg"] = None if np.isfinite(camera["tilt_deg"]) else _tilt_steps(db)
        yield piece


_SAME = ["camera_id", "source", "observed_on", "x", "y", "seen", "lobes", "tilt_deg"]


def _told_once(evidence: pd.DataFrame) -> pd.DataFrame:
    """Leave out what was recorded twice for one day: it is one finding, and its error one error. The last counts."""
    told = evidence[_SAME].astype({"seen": str, "lobes": str})
    return evidence[~told.duplicated(keep="last")]


def _tilt_steps(db: Database) -> believing.Floats:
    return tilt_steps(db.district.defaults.tilt_deg, db.district.doubts)


def _sees(piece: Row, camera: pd.Series, fields: gpd.GeoDataFrame) -> believing.Floats | None:
    """Return the chance (v, bins) that a camera sees a place by variant and heading; None where walls decide alone."""
    spot = shapely.Point(piece["x"], piece["y"])
    rows = fields.loc[fields.index == piece["camera_id"]]
    rows = rows[rows.geometry.intersects(spot)]
    if rows.empty:
        return None
    # Of a doubted aim there are two rows; the one that may be holds the other.
    row = rows.iloc[int(np.argmax(rows["sight"].eq("possible")))]
    east, north = piece["x"] - camera.geometry.x, piece["y"] - camera.geometry.y
    told = row["variants"]
    shape = row[["near_m", "far_m", "slope", "offset_m"]].to_numpy(dtype=np.float64) if told is None else told
    windows = windows_of(
        np.array([np.hypot(east, north)]), np.zeros(1, dtype=np.int64), np.reshape(shape, (1, -1, 4))
    )
    return believing.sees_by_heading(float(np.degrees(np.arctan2(east, north))), windows[0])


def sharpened(beliefs: Beliefs, pieces: Sequence[Row]) -> Beliefs:
    """Return the beliefs after pieces of evidence, each pole by itself: what is told of one changes no other.

    pieces  camera_id and what it tells, in the order in which it counts
    """
    rows = np.searchsorted(beliefs.camera_ids, [piece["camera_id"] for piece in pieces])
    by_pole: dict[int, list[Row]] = {}
    for pole, piece in zip(beliefs.pole[rows].tolist() if pieces else [], pieces, strict=True):
        by_pole.setdefault(pole, []).append(piece)
    heads = pd.Series(np.arange(len(beliefs.camera_ids))).groupby(beliefs.pole).indices
    heading_p, tilt_p = beliefs.heading_p.copy(), beliefs.tilt_p.copy()
    for pole, told in by_pole.items():
        some = np.asarray(heads[pole], dtype=np.int64)
        after = reduce(_after, told, beliefs.take(some))
        heading_p[some], tilt_p[some] = after.heading_p, after.tilt_p
    return replace(beliefs, heading_p=heading_p, tilt_p=tilt_p)


def _after(beliefs: Beliefs, piece: Row) -> Beliefs:
    """Return the beliefs after one piece of evidence."""
    camera, weight = piece["camera_id"], piece["weight"]
    if piece["source"] == STREETS:
        return believing.with_headings(beliefs, camera, piece["likelihood"], weight=weight)
    if piece["seen"] is not None:
        return believing.with_glance(
            beliefs, camera, piece["sees"], seen=bool(piece["seen"]), weight=weight, mates=MATES
        )
    if piece["lobes"]:
        lobes = [(heading, spread, share) for heading, spread, share in piece["lobes"]]
        beliefs = believing.with_headings(
            beliefs, camera, believing.lobes_p(lobes), weight=weight, mates=MATES
        )
    if np.isfinite(piece["tilt_deg"]) and piece["steps_deg"] is not None:
        off = (piece["steps_deg"] - piece["tilt_deg"]) / piece["tilt_spread_deg"]
        beliefs = believing.with_tilt(beliefs, camera, np.exp(-(off**2) / 2.0), weight=weight)
    return beliefs


def _rows(states: gpd.GeoDataFrame, found: _Found) -> pd.DataFrame:
    """Return a row a state: what is believed of its camera, on the pole where it hung last; of others nothing."""
    last = _last(states).set_index("camera_id")["site_id"]
    same_pole = states["site_id"].to_numpy() == last.loc[states["camera_id"]].to_numpy()
    at = np.where(same_pole, np.searchsorted(found.beliefs.camera_ids, states["camera_id"].to_numpy()), -1)
    cameras = np.where(same_pole, states["camera_id"].to_numpy(), -1).tolist()
    columns: dict[str, list[Any]] = {"sources": [found.sources.get(camera, []) for camera in cameras]}
    for name, beliefs in (("", found.beliefs), ("unchecked_", found.unchecked)):
        # The last row is of a camera of which nothing is known.
        even = believing.nothing_known([0])
        columns[f"{name}heading_sums"] = list(np.vstack([beliefs.sums, even.sums])[at])
        columns[f"{name}tilt_p"] = list(np.vstack([beliefs.tilt_p, even.tilt_p])[at])
    return pd.DataFrame({"state_id": states["state_id"].to_numpy(), **columns})
