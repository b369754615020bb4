"""Measure this machine on the sample, in a throw-away cluster: each figure beside its budget. Decides nothing."""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app import bench_page
from app.services import (
    bench_dashboard,
    bench_etl,
    bench_operator,
    bench_planning,
    bench_relief,
    bench_siting,
    bench_visibility,
    coverage,
    demo,
    find,
    plan,
)
from app.services.bench_place import bench_place
from app.services.status import status
from etl import cluster
from etl.db import Database, connect, initialise
from etl.errors import SettingWrong
from etl.settings import district as read_district

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

TOPICS = ("first-light", "visibility", "relief", "dashboard", "etl", "operator", "siting", "planning")
PACKAGES = ("shapely", "geopandas", "numpy", "scipy", "sqlalchemy", "adbc-driver-postgresql", "streamlit")

# A click is asked this often, on a lattice round the district's centre.
_CLICKS = 60


def bench(
    topic: str,
    *,
    scales: Sequence[int] | None = None,
    peers: int | None = None,
    rows: int | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Measure a topic and return what was measured, with versions.

    first-light  the sample, invented, loaded and computed in a cluster of its own that is gone afterwards, so that
                 nothing is warm; clicks and pages
    visibility   line of sight alone, beside other ways to compute it: app.services.bench_visibility; so many times
                 the sample (`scales`), peers on so many cameras
    relief       line of sight over terrain, beside flat ground and a raster viewshed: app.services.bench_relief
    dashboard    pages, clicks, tiles and twenty visitors, also with 100,000 cameras: app.services.bench_dashboard
    etl          loads of national size, and the write itself beside GeoPandas' way: app.services.bench_etl; at most
                 `rows` of each file
    siting       the best choice of cameras among up to 20,000 candidates, beside other solvers: app.services.bench_siting
    planning     plans of the sample, from click to answer, and what is proved under conditions: app.services.bench_planning
    operator     who sees and who is near, up to the nation's cameras, nets, live events: app.services.bench_operator
    Raises       SettingWrong for an unknown topic
    """
    if topic == "visibility":
        return bench_visibility.bench(scales=scales or (1, 10, 100), peers=peers, progress=progress)
    if topic == "relief":
        return bench_relief.bench(progress=progress)
    if topic == "dashboard":
        return bench_dashboard.bench(progress=progress)
    if topic == "etl":
        return bench_etl.bench(rows=rows, progress=progress)
    if topic == "operator":
        return bench_operator.bench(progress=progress)
    if topic == "planning":
        return bench_planning.bench(progress=progress)
    if topic == "siting":
        return bench_siting.bench(progress=progress)
    if topic != "first-light":
        raise SettingWrong(f"nothing is measured under {topic!r}; there are: {', '.join(TOPICS)}")
    with bench_place() as state:
        return _measured(topic, state, progress)


def _measured(topic: str, state: Path, progress: Progress) -> dict[str, Any]:
    settings = read_district(demo.DISTRICT)
    rows: list[Row] = []

    def timed(what: str, work: Callable[[], Any], budget: str | None = None) -> Any:
        start = time.perf_counter()
        answer = work()
        rows.append(_row(what, time.perf_counter() - start, budget))
        return answer

    server = timed("make and start the cluster", lambda: cluster.ensure_running(state))
    timed("make the database", lambda: initialise(settings, server))
    db = connect(settings, server, role="loader")
    timed(
        "demo: invent, load, views, coverage",
        lambda: demo.fill(db, state / "files", progress=progress),
        "120 s",
    )
    rows.extend(_loads(db))
    # A day that nobody asked for yet: nothing of it is kept.
    day = date(2012, 12, 31)
    for code in ("observe", "detect"):
        ask = partial(coverage.coverage, db, density_class=code, at=day, progress=progress)
        timed(f"coverage as at {day}, class {code}", ask, "30 s")
    timed("plan of 20 cameras", lambda: plan.plan(db, cameras=20, progress=progress))
    rows.extend(_clicks(connect(settings, server, role="staff")))
    rows.extend(_starts())
    rows.extend(_pages(state))
    return {
        "topic": topic,
        "invented": True,
        "measured": rows,
        "versions": _versions(db),
        "machine": platform.platform(),
    }


def _loads(db: Database) -> Iterator[Row]:
    for load in reversed(status(db)["loads"]):
        yield _row(f"  load {load['source']}, {load['rows_in']:,} rows", load["seconds"])


def _clicks(db: Database) -> Iterator[Row]:
    center, took = db.district.center, []
    for step in range(_CLICKS):
        lon = center.lon + (step % 10 - 4.5) * 2e-3
        lat = center.lat + (step // 10 - 2.5) * 2e-3
        start = time.perf_counter()
        find.nearest(db, lon, lat)
        took.append(time.perf_counter() - start)
    yield _row(f"nearest, median of {_CLICKS}", statistics.median(took), "1 s")
    yield _row(f"nearest, slowest of {_CLICKS}", max(took), "1 s")


def _starts() -> Iterator[Row]:
    """Time the command line's start, best of three: what a command costs before it does anything."""
    for words in (["--help"], ["nearest", "--help"]):
        took = []
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", "app.cli", *words], check=True, capture_output=True)
            took.append(time.perf_counter() - start)
        yield _row(f"golmok {' '.join(words)}, best of 3", min(took), "2 s")


def _pages(state: Path) -> Iterator[Row]:
    if (missing := bench_page.why_not()) is not None:
        yield _row(f"pages: not measured. {missing}", None)
        return
    for what, took in bench_page.measure(state, demo.DISTRICT).items():
        yield _row(
            f"{what}: drawn in Chromium, median of {len(took)}", statistics.median(took), _BUDGETS.get(what)
        )
        if len(took) > 1:
            yield _row(f"{what}: slowest of {len(took)}", max(took), _BUDGETS.get(what))


_BUDGETS = {"Find first": "5 s", "Gaps first": "5 s", "click": "1 s"}


def _row(what: str, seconds: float | None, budget: str | None = None) -> Row:
    return {"what": what, "seconds": None if seconds is None else round(float(seconds), 4), "budget": budget}


def _versions(db: Database) -> dict[str, str]:
    found = {name: version(name) for name in PACKAGES}
    return {"python": platform.python_version(), "postgis": status(db)["database"]["postgis"], **found}
