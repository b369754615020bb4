"""Measure plans on the sample as planners ask for them: from click to plan, and what is proved of plans with conditions."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any

import numpy as np

from app.plan_demand import Wish
from app.progress import compiling
from app.services import bench_covering, coverage, plan
from app.services.bench_place import bench_place, invented
from app.services.plan_limits import limits_of
from app.services.plan_model import Asked, Question, question
from etl.db import Database
from etl.store.days import network_day
from spatial.boards import board_of
from spatial.choices import greedy
from spatial.solving import solve

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

CAMERAS, BUDGET_WON = 20, 200_000_000
CLICK_BUDGET, PROOF_BUDGET, DRAW_BUDGET = "10 s", "gap 1 % in 60 s", "50 ms"
TIME_LIMIT_S = 60.0
_CLICKS, _DRAWS = 3, 20
_PACKAGES = ("highspy", "numba", "numpy", "scipy", "scikit-learn", "shapely")

# What is asked beside the number or the budget: conditions that planners set.
CONDITIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("20 cameras", {"cameras": CAMERAS}),
    ("200 million won", {"budget_won": BUDGET_WON}),
    ("20 cameras, second view 0.3", {"cameras": CAMERAS, "limits": {"backup": 0.3}}),
    ("20 cameras, both sides 0.3", {"cameras": CAMERAS, "limits": {"diverse": 0.3}}),
    ("20 cameras, 200 m2 of plots at most", {"cameras": CAMERAS, "limits": {"intrusion_most": 200.0}}),
    (
        "20 cameras, 5 m of street for 100 m2 of plots",
        {"cameras": CAMERAS, "limits": {"intrusion_weight": 5.0}},
    ),
    (
        "200 million won, 0.7 % of each dong's alleys, second view 0.3",
        {"budget_won": BUDGET_WON, "limits": {"dong_least": 0.007, "backup": 0.3}},
    ),
    (
        "200 million won, old cameras may be turned or taken down",
        {"budget_won": BUDGET_WON, "limits": {"may_turn": True, "may_remove": True}},
    ),
)


def bench(*, progress: Progress) -> Row:
    """Return what plans of the sample take on this machine, each beside its goal, with versions."""
    before = os.getloadavg()[0]
    with bench_place() as state:
        _, db = invented(state, progress=progress)
        rows = [*measure(db, progress=progress), *_poses(db, progress)]
        db.close()
    return {
        "topic": "planning",
        "invented": True,
        "measured": rows,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in _PACKAGES}},
        "machine": platform.platform(),
        "cores": len(os.sched_getaffinity(0)),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
    }


def measure(db: Database, *, time_limit_s: float = TIME_LIMIT_S, progress: Progress) -> list[Row]:
    """Return the rows of a district: what (asked for), options, n (runs), median_s, slowest_s, budget, gap, proved.

    db  opened as loader; its covers are current afterwards, and the plans that were clicked are kept
    The first plan works out what is kept: it is a row of its own.
    """
    rows = [_clicked(db, "first plan of 20 cameras, nothing kept yet", 1, None, progress)]
    rows.append(_clicked(db, "plan of 20 cameras, cover current", _CLICKS, CLICK_BUDGET, progress))
    world = coverage.world(db, network_day(db))
    world = replace(world, weights=db.district.weights)
    put: Question | None = None
    for done, (what, kw) in enumerate(CONDITIONS):
        progress("Solve", done, len(CONDITIONS))
        wish, limits = Wish(plan.RECOGNISE), limits_of(kw.get("limits"))
        asked = Asked(kw.get("cameras"), kw.get("budget_won"), wish, limits)
        put = question(db, world, asked, progress=progress)
        rows.append(_solved(what, put, time_limit_s, progress))
    progress("Solve", len(CONDITIONS), len(CONDITIONS))
    asked = Asked(CAMERAS, None, Wish(plan.RECOGNISE), limits_of(None))
    return [*rows, _drawn(question(db, world, asked, progress=progress))]


def _clicked(db: Database, what: str, runs: int, budget: str | None, progress: Progress) -> Row:
    """Time whole plans, from the click to the answer that is kept."""
    took, answer = [], {}
    for _ in range(runs):
        began = time.perf_counter()
        answer = plan.plan(db, cameras=CAMERAS, progress=progress)
        took.append(time.perf_counter() - began)
    told = {"gap": answer["gap"], "proved": answer["proved_optimal"]}
    return _row(what, answer["candidates"]["offered"], took, budget) | told


def _solved(what: str, put: Question, time_limit_s: float, progress: Progress) -> Row:
    with compiling(progress):
        solve(put.model, time_limit_s=0.0)
    began = time.perf_counter()
    found = solve(put.model, time_limit_s=time_limit_s)
    took = [time.perf_counter() - began]
    told = {"gap": found.gap, "proved": found.proved_optimal}
    return _row(f"search: {what}", put.model.cover.shape[1], took, PROOF_BUDGET) | told


def _drawn(put: Question) -> Row:
    """Return what one draw of other weights takes, as stability asks a thousand times."""
    board, chance = board_of(put.model), np.random.default_rng(5)
    weights = np.asarray(put.model.weights)
    greedy(board)
    took = []
    for _ in range(_DRAWS):
        began = time.perf_counter()
        greedy(board, weights * chance.uniform(0.8, 1.2, len(weights)))
        took.append(time.perf_counter() - began)
    return _row("a draw of other weights, chosen by greed", put.model.cover.shape[1], took, DRAW_BUDGET)


def _poses(db: Database, progress: Progress) -> Iterator[Row]:
    for row in bench_covering.measure(db, progress=progress):
        told = {name: row.get(name) for name in ("what", "n", "median_s", "slowest_s", "budget")}
        yield {**told, "options": row["poses"], "gap": None, "proved": None}


def _row(what: str, options: int, took: list[float], budget: str | None) -> Row:
    return {
        "what": what,
        "options": int(options),
        "n": len(took),
        "median_s": round(statistics.median(took), 4),
        "slowest_s": round(max(took), 4),
        "budget": budget,
        "gap": None,
        "proved": None,
    }
