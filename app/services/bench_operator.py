"""Measure what an operator waits for: who sees, who is near, the whole answer, nets, live events, a click on the page.

In a cluster of its own that is gone afterwards. Trees in memory are timed beside the database in the same run.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.services import bench_live, bench_net, bench_seeing, find
from app.services.bench_place import bench_place, invented
from etl.db import Database, connect
from etl.store import frames, times
from etl.store.days import today
from etl.store.swell import POLES, swell

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# 893 cameras, 100 and 2016 times: 89,300 with all they see, 1,800,288 on their poles.
CITY, NATION = 99, 2015
STEP_M, WIDE = 6000.0, 45
_ASKED = 200
_PACKAGES = ("sqlalchemy", "psycopg2-binary", "shapely", "numpy", "scipy")
NOT_MEASURED = (
    "networks: the database answers through its socket on the same machine",
    "1,800,288 cameras with what they see: the nation's are counted on their poles alone",
)


def bench(*, city: int = CITY, nation: int = NATION, progress: Progress) -> Row:
    """Return what the answers of an operator's page take on this machine, with ratios and versions.

    city, nation   how many copies of the sample stand beside it: with their views, and poles alone; 0 leaves them out
    """
    before = os.getloadavg()[0]
    with bench_place() as state:
        rows = list(_measured(state, city, nation, progress))
    found = {name: version(name) for name in (*_PACKAGES, bench_seeing.KD_TREE) if _there(name)}
    return {
        "topic": "operator",
        "invented": True,
        "measured": rows,
        "ratios": _ratios(rows),
        "versions": {"python": platform.python_version(), **found},
        "machine": platform.platform(),
        "cores": len(os.sched_getaffinity(0)),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "not_measured": list(NOT_MEASURED),
        "absent": [] if _there(bench_seeing.KD_TREE) else [bench_seeing.KD_TREE],
    }


def _there(name: str) -> bool:
    return name != bench_seeing.KD_TREE or find_spec(name) is not None


def _measured(state: Path, city: int, nation: int, progress: Progress) -> Iterator[Row]:
    server, loader = invented(state, progress=progress)
    settings = loader.district
    staff = connect(settings, server, role="staff")
    cameras = len(frames.cameras(loader, today(loader)))
    yield from bench_seeing.seeing(loader, cameras, budget="p99 1 ms")
    yield from bench_seeing.nearest(loader, cameras, budget=None)
    yield bench_seeing.row("golmok nearest, the whole service call", cameras, _answers(staff), budget="20 ms")
    yield from bench_net.measure(staff, progress=progress)
    yield from bench_live.measure(loader, progress=progress, state=state)
    owner = connect(settings, server, role="owner")
    if city:
        progress("Copies of the sample", 0, 2)
        swell(owner, city, step_m=STEP_M, wide=WIDE)
        yield from bench_seeing.seeing(loader, cameras * (city + 1), budget="p99 2 ms")
    if nation:
        progress("Copies of the sample", 1, 2)
        swell(owner, nation, step_m=STEP_M, wide=WIDE, parts=POLES, first=city + 1)
        yield from bench_seeing.nearest(loader, cameras * (nation + 1), budget="p99 1 ms")
        progress("Copies of the sample", 2, 2)
    for db in (owner, staff, loader):
        db.close()


def _answers(db: Database) -> list[float]:
    asked, _ = times.places(db, _ASKED)
    took = []
    for place in asked:
        start = time.perf_counter()
        find.nearest(db, float(str(place["lon"])), float(str(place["lat"])))
        took.append(time.perf_counter() - start)
    return took


def _ratios(rows: Sequence[Row]) -> dict[str, float | None]:
    """Return how many times as long the database takes as the trees in memory, at each size of network."""
    known = {(row["what"], row["cameras"]): row["median_s"] for row in rows}
    pairs = {
        "cameras_seeing / STRtree": ("api.cameras_seeing, prepared", "shapely STRtree, in memory"),
        "nearest_cameras / pykdtree": ("api.nearest_cameras, prepared", "pykdtree, in memory"),
    }
    found: dict[str, float | None] = {}
    for name, (ours, theirs) in pairs.items():
        for cameras in sorted({row["cameras"] for row in rows if row["what"] == ours}):
            mine, other = known[(ours, cameras)], known.get((theirs, cameras))
            found[f"{name}, {cameras:,} cameras"] = round(mine / other, 1) if mine and other else None
    return found
