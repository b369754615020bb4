"""Measure the dashboard at the sample's size and with 100,000 cameras, in a cluster of its own that is gone afterwards."""

from __future__ import annotations

import os
import platform
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app import bench_find, bench_folium, bench_page
from app.services import find
from app.services.bench_place import bench_place, invented
from etl.db import Database, connect
from etl.store import frames
from etl.store.days import today
from etl.store.swell import swell

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# 893 cameras, 112 times: 100,016. A district is under 5.2 km wide and high.
COPIES, STEP_M = 111, 6000.0
# Visitors without a browser, beside the one with.
VISITORS = 19
_CLICKS = 20
_ASKED = 60
_PACKAGES = ("streamlit", "starlette", "websockets", "playwright", "folium", "sqlalchemy")
NOT_MEASURED = (
    "networks: browser and server share this machine, its cores and its memory",
    "graphics cards: the map is drawn in software",
    "streamlit-folium, which is no dependency: a folium map is written and opened as a file, and answers no click",
    "folium with 100,000 cameras: a map of the sample's is told",
    "loading 100,000 cameras: they are copies of the sample's, written at once, each with its views and walls",
)


def bench(*, copies: int = COPIES, progress: Progress) -> Row:
    """Return what the dashboard takes on this machine: drawn, clicked, tiles, twenty visitors, folium, ratios.

    copies   how many copies of the sample stand beside it in the second part
    """
    before = os.getloadavg()[0]
    with bench_place() as state:
        rows = list(_measured(state, copies, progress))
    return {
        "topic": "dashboard",
        "invented": True,
        "measured": rows,
        "ratios": _ratios(rows),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "machine": platform.platform(),
        "cores": len(os.sched_getaffinity(0)),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
        "not_measured": list(NOT_MEASURED),
    }


def _measured(state: Path, copies: int, progress: Progress) -> Iterator[Row]:
    server, loader = invented(state, progress=progress)
    settings = loader.district
    loader.close()
    staff = connect(settings, server, role="staff")
    yield from _of_one_size(staff, state, budget="300 ms")
    yield from _folium(staff, state)
    if copies:
        progress("Copies of the sample", 0, 1)
        owner = connect(settings, server, role="owner")
        swell(owner, copies, step_m=STEP_M)
        owner.close()
        progress("Copies of the sample", 1, 1)
        yield from _of_one_size(staff, state, budget="1 s")
    staff.close()


def _of_one_size(db: Database, state: Path, *, budget: str) -> Iterator[Row]:
    day = today(db)
    cameras = len(frames.cameras(db, day))
    yield _row("service: nearest", cameras, _services(db))
    if (missing := bench_page.why_not()) is not None:
        yield _row(f"pages: not measured. {missing}", cameras, [])
        return
    center = db.district.center
    told = bench_find.measure(
        state,
        db.district.name,
        near=(center.lat, center.lon),
        places=_places(db, VISITORS),
        clicks=_CLICKS,
    )
    for what, seconds in told.items():
        yield _row(what, cameras, seconds, budget if what.startswith("click:") else None)


def _services(db: Database) -> list[float]:
    took = []
    for lat, lon in _places(db, _ASKED):
        start = time.perf_counter()
        find.nearest(db, lon, lat)
        took.append(time.perf_counter() - start)
    return took


def _places(db: Database, count: int) -> list[tuple[float, float]]:
    """Return places (lat, lon) round the district's centre, always the same ones."""
    center, chance = db.district.center, random.Random(20260101)
    return [
        (center.lat + chance.uniform(-8e-3, 8e-3), center.lon + chance.uniform(-1e-2, 1e-2))
        for _ in range(count)
    ]


def _folium(db: Database, state: Path) -> Iterator[Row]:
    day = today(db)
    cameras, views = frames.cameras(db, day), frames.fields(db, day, "observe")
    file = state / "folium.html"
    shapes, written = bench_folium.write(cameras, views, file)
    yield _row(f"folium: map written, {file.stat().st_size / 1e6:.1f} MB", len(cameras), [written])
    if bench_page.why_not() is None:
        drawn = [bench_find.folium_drawn(file, shapes) for _ in range(3)]
        yield _row("folium: map opened and drawn", len(cameras), drawn)


def _row(what: str, cameras: int, seconds: Sequence[float], budget: str | None = None) -> Row:
    known = bool(seconds)
    return {
        "what": what,
        "cameras": cameras,
        "n": len(seconds),
        "median_s": round(statistics.median(seconds), 4) if known else None,
        "slowest_s": round(max(seconds), 4) if known else None,
        "budget": budget,
    }


def _ratios(rows: Sequence[Row]) -> dict[str, float | None]:
    """Return how many times as long: folium's map as our answer, and a click in the large city as in the small."""
    known = {(row["what"].partition(",")[0], row["cameras"]): row["median_s"] for row in rows}
    sizes = sorted({row["cameras"] for row in rows})
    click = "click: drawn on the map"
    small, large = known.get((click, sizes[0])), known.get((click, sizes[-1]))
    parts = [known.get((f"folium: {part}", sizes[0])) for part in ("map written", "map opened and drawn")]
    anew = None if None in parts else sum(part for part in parts if part)
    return {
        "folium anew / click": round(anew / small, 1) if anew and small else None,
        "click large / click sample": round(large / small, 2) if large and small and len(sizes) > 1 else None,
    }
