"""How stable a kept plan is: chosen anew under other weights of the layers of risk, beside the page, and kept with it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.services import UnknownPlan, WrongUse
from etl.db import Database
from etl.store.plans import add_figures, kept_plan
from spatial.siting_model import Model
from spatial.stability import DRAWS, Stability
from spatial.stability import stability as drawn

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

STEP = "Stability"
# Enough for any planner; each draw takes some milliseconds.
MOST_DRAWS = 100_000
SEED = 1


class NothingToDraw(WrongUse):
    """A plan chose nothing, or weighed every metre alike: there are no sites or no weights to draw anew."""


class Question(Protocol):
    """What a plan was chosen from, as `app.services.plan_model.rebuilt` makes it again.

    model          the question of siting
    chosen         (k,) options of the plan, in the order of its rows
    layers         (l, demand) each layer of risk 0..1 at each demand
    layer_weights  (l,) weights of the layers
    amounts        (demand,) what a demand of risk 1 is worth
    """

    @property
    def model(self) -> Model: ...
    @property
    def chosen(self) -> Whole: ...
    @property
    def layers(self) -> Floats: ...
    @property
    def layer_weights(self) -> Floats: ...
    @property
    def amounts(self) -> Floats: ...


def stability(
    db: Database,
    plan_id: int,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    rebuilt: Callable[[Database, int], Question] | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Return the answer of `golmok stability` and keep it with the plan (`stability` of its figures).

    db       opened as loader
    rebuilt  makes the plan's question again; None: as the plan's own service does
    Returns  plan_id; draws, seed, spread; kept: share 0..1 of the draws for each chosen camera's site, in the plan's
             order; alike: whether greedy choice takes it with the weights unchanged; tau: median, low, high, None where
             fewer than two sites gain anything; seconds; invented
    Raises   UnknownPlan; NothingToDraw; WrongUse for a number of draws outside 1..100,000; what `rebuilt` raises
    """
    started = time.perf_counter()
    if not 1 <= draws <= MOST_DRAWS:
        raise WrongUse(f"draws are from 1 to {MOST_DRAWS:,}, not {draws:,}")
    if kept_plan(db, plan_id) is None:
        raise UnknownPlan(f"{plan_id}")
    progress(STEP, 0, draws)
    question = (rebuilt or _rebuilt())(db, plan_id)
    if not len(question.chosen) or not np.any(question.layer_weights > 0.0):
        raise NothingToDraw(f"{plan_id}")
    found = drawn(
        question.model,
        question.chosen,
        layers=question.layers,
        layer_weights=question.layer_weights,
        amounts=question.amounts,
        draws=draws,
        seed=seed,
        progress=lambda done, total: progress(STEP, done, total),
    )
    figures = told(found) | {"seconds": round(time.perf_counter() - started, 3)}
    add_figures(db, plan_id, {"stability": figures})
    return {"plan_id": plan_id, **figures, "invented": db.district.invented}


def told(found: Stability) -> dict[str, Any]:
    """Return a stability as JSON-ready figures."""
    tau = None if found.tau is None else {name: round(getattr(found.tau, name), 6) for name in _TAU}
    return {
        "draws": found.draws,
        "seed": found.seed,
        "spread": found.spread,
        "kept": [round(float(share), 6) for share in found.kept],
        "alike": [bool(each) for each in found.alike],
        "tau": tau,
    }


_TAU = ("median", "low", "high")


def _rebuilt() -> Callable[[Database, int], Question]:
    """Return what makes a plan's question again: it is heavy, only who asks waits for it."""
    from app.services.plan_model import rebuilt

    return rebuilt
