"""What less intrusion would cost a kept plan: its question asked again under caps on private ground, and kept with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from app.plan_answer import seen_share
from app.plan_around import frontier_rows
from app.services import WrongUse
from app.services.plan_model import Question, rebuilt
from app.services.private import PLOTS
from etl.db import Database
from etl.store import frames
from etl.store.plans import add_figures
from spatial.curves import frontier as drawn
from spatial.refits import KEEP

Progress = Callable[[str, int, int], None]

STEP = "Frontier"
STEPS = 6
SECONDS = 60.0


class NothingToSpare(WrongUse):
    """Nobody knows what a plan's cameras would see of private plots: none are loaded, or the plan chose nothing."""


def frontier(
    db: Database, plan_id: int, *, steps: int = STEPS, seconds: float = SECONDS, progress: Progress
) -> dict[str, Any]:
    """Return the answer of `golmok frontier` and keep it with the plan (`frontier` of its figures).

    db       opened as loader
    steps    plans asked for, from no private ground to as much as the plan without a cap looks into
    seconds  for all of them together
    Returns  plan_id; frontier: most_m2, intrusion_m2, after, cost_won, cameras of each; seconds; invented
    Raises   UnknownPlan; NothingToSpare; WrongUse for fewer than two plans; PlanOutOfDate
    """
    started = time.perf_counter()
    if steps < 2 or seconds < 0.0:
        raise WrongUse("a frontier has two plans at least")
    progress(STEP, 0, steps)
    put = rebuilt(db, plan_id)
    if PLOTS not in set(frames.private_layers(db)["name"]) or not len(put.chosen):
        raise NothingToSpare(f"{plan_id}")
    points = drawn(
        put.model,
        _plots_m2(put),
        steps=steps,
        time_limit_s=seconds,
        progress=lambda done, total: progress(STEP, done, total),
    )
    total = float(put.aimed.wanted.risk.sum())
    rows = frontier_rows(points, lambda weight: seen_share(put, _nothing(put)) + weight / total)
    add_figures(db, plan_id, {"frontier": rows})
    return {
        "plan_id": plan_id,
        "frontier": rows,
        "seconds": round(time.perf_counter() - started, 3),
        "invented": db.district.invented,
    }


def _plots_m2(put: Question) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return what each option looks into; a camera that hangs already and stays adds nothing to it."""
    options = put.offers.options
    plots = options["plots_m2"].to_numpy(dtype=np.float64)
    return np.where(options["act"].eq(KEEP).to_numpy(), 0.0, np.nan_to_num(plots))


def _nothing(put: Question) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.zeros(put.model.cover.shape[0], dtype=bool)
