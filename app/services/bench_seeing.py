"""Time who sees a place and who is near it in the database alone, beside trees in memory, at three sizes of network."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from etl.db import Database
from etl.store import frames, times
from etl.store.days import today

Row = dict[str, Any]
Floats = NDArray[np.float64]

PLACES = 1000
NEAR = 4
KD_TREE = "pykdtree"


def seeing(db: Database, cameras: int, *, budget: str) -> list[Row]:
    """Return how long `api.cameras_seeing` takes at places on streets, and a tree of shapely's over the same views.

    The tree says which views hold the place, no more: no chance, no density, no purpose, no health. `rows` is how
    many cameras were named in all; shapely names those without a chance, too, and one camera's views apart.
    """
    day = today(db)
    asked, spots = times.places(db, PLACES)
    took, counts = times.times(db, "time_seeing", [each | {"at": day} for each in asked])
    views = np.asarray(frames.fields(db, day, "observe").geometry)
    tree = shapely.STRtree(views)
    points = list(map(shapely.Point, spots))
    held, found = each_timed(points, lambda point: len(tree.query(point, predicate="intersects")))
    return [
        row("api.cameras_seeing, prepared", cameras, took, budget=budget) | {"rows": sum(counts)},
        row("shapely STRtree, in memory", cameras, held) | {"rows": sum(found)},
    ]


def nearest(db: Database, cameras: int, *, budget: str | None) -> list[Row]:
    """Return how long `api.nearest_cameras` takes, and trees in memory over the same points. `db` opened as loader."""
    day = today(db)
    asked, spots = times.places(db, PLACES)
    took, counts = times.times(db, "time_nearest", [each | {"at": day} for each in asked])
    hang = times.spots(db)
    rows = [row("api.nearest_cameras, prepared", cameras, took, budget=budget) | {"rows": sum(counts)}]
    tree = shapely.STRtree(np.asarray(shapely.points(hang)))
    near, found = each_timed(list(map(shapely.Point, spots)), lambda point: len(tree.query_nearest(point)))
    rows.append(row("shapely STRtree, the nearest one alone", cameras, near) | {"rows": sum(found)})
    if find_spec(KD_TREE) is not None:
        kd = import_module("pykdtree.kdtree").KDTree(hang)
        near, found = each_timed(list(spots[:, None]), lambda spot: kd.query(spot, k=NEAR)[1].size)
        rows.append(row("pykdtree, in memory", cameras, near) | {"rows": sum(found)})
    return rows


def each_timed(items: Sequence[Any], ask: Callable[[Any], int]) -> tuple[list[float], list[int]]:
    """Return the seconds that each question takes, and what it gives."""
    took, given = [], []
    for item in items:
        start = time.perf_counter()
        answer = ask(item)
        took.append(time.perf_counter() - start)
        given.append(answer)
    return took, given


def row(what: str, cameras: int, seconds: Sequence[float], *, budget: str | None = None) -> Row:
    """Return one line of the measurement: median, p95, p99 and slowest in seconds, None where nothing was measured."""
    known = bool(len(seconds))
    shares = np.quantile(seconds, (0.5, 0.95, 0.99, 1.0)) if known else [None] * 4
    names = ("median_s", "p95_s", "p99_s", "slowest_s")
    told = {
        name: None if share is None else round(float(share), 7)
        for name, share in zip(names, shares, strict=True)
    }
    return {"what": what, "cameras": cameras, "n": len(seconds), **told, "budget": budget}
