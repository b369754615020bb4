"""The next won best spent: the choice that sees the most risk nobody sees, within what was asked, with a proven bound."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.plan_answer import chosen_rows, totals
from app.plan_demand import Wish
from app.services import WrongUse, coverage, fields, plan_beside, references, risk
from app.services import aims as aims_service
from app.services.covering import STEP_M
from app.services.incident_classes import incident_classes
from app.services.plan_limits import OutOfLimits, limits_of
from app.services.plan_model import Asked, Question, question
from app.services.plans import require_purpose
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from etl.store.plans import keep_plan
from spatial.covering import TWELVE
from spatial.optics import px_per_m
from spatial.siting_model import Solved
from spatial.solving import solve

Progress = Callable[[str, int, int], None]

# A camera is bought to recognise, where nobody says for what.
RECOGNISE = "recognise"
# How long the search for a proof may take: a planner waits for it. Whoever wants more says so.
SECONDS = 5.0
# How long other plans may be sought.
BESIDE_SECONDS = 2.0


class UnknownDong(WrongUse):
    """A plan is for a dong that is none of the district's."""


class UnknownCalls(WrongUse):
    """A plan is to count calls of a class that there is none of."""


class NumberOrBudget(WrongUse):
    """A plan is for a number of cameras or for a budget: neither was given, or both."""


class NothingToPlan(WrongUse):
    """A plan needs streets, buildings and cameras' fields of view."""


def plan(
    db: Database,
    *,
    cameras: int | None = None,
    budget_won: int | None = None,
    purpose: str | None = None,
    density_class: str | None = None,
    weights: Mapping[str, float] | None = None,
    dong: str | None = None,
    name: str | None = None,
    limits: Mapping[str, Any] | None = None,
    calls: Sequence[str] | None = None,
    hours: Sequence[int] | None = None,
    seconds: float = SECONDS,
    progress: Progress,
) -> dict[str, Any]:
    """Return the answer of `golmok plan` and keep it: what to hang where, risk seen before and after, the bound.

    db             opened as loader
    cameras        how many new cameras at most, or
    budget_won     what all may cost, at the district's prices
    purpose        code of what the new cameras are for: sets the class, and their ground in law
    density_class  what a camera must reach to see, in place of the purpose's; without either it is recognise
    weights        of the layers of risk, zero or more, over those of the district's file; all zero: each metre alike
    dong           code of the dong whose streets it is for, and where the cameras stand; None: the whole district
    name           what people call the plan
    limits         as `app.services.plan_limits.Limits` names them
    calls, hours   classes of incidents and hours 0..23 that count; None: all
    seconds        how long the search for a proof may take; 0 gives the quick choice with its bound
    Raises         NothingToPlan without streets or buildings; UnknownClass, UnknownPurpose; WrongUse for a weight, a dong, a
                   limit, or neither number nor budget; Contradiction where the limits cannot be kept together
    """
    started = time.perf_counter()
    code, ground = _purpose(db, purpose, density_class)
    _require_calls(db, calls)
    if (cameras is None) == (budget_won is None):
        raise NumberOrBudget("cameras, budget_won")
    if not seconds >= 0.0:
        raise OutOfLimits(f"seconds {seconds} (0-)")
    taken = _weights(db, weights)
    wish = Wish(code, dong, None if calls is None else tuple(calls), _hours(hours))
    asked = Asked(cameras, budget_won, wish, limits_of(limits))
    world = _world(db, taken, dong, progress)
    put = question(db, world, asked, progress=progress)
    found = solve(put.model, time_limit_s=seconds, progress=progress)
    answer = {
        "asked": {"cameras": cameras, "budget_won": budget_won},
        "name": (name or "").strip() or None,
        "class": code,
        "purpose": purpose,
        "invented": db.district.invented,
        "price_won_per_camera": db.district.price_won_per_camera,
        **_answered(put, found, ground=ground, seconds=BESIDE_SECONDS if seconds else 0.0, progress=progress),
        "seconds": round(time.perf_counter() - started, 3),
    }
    return answer | {"plan_id": keep_plan(db, answer, name=answer["name"])}


def without_views(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer without the shapes of its views, which only a map can use."""

    def bare(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{name: value for name, value in row.items() if name != "view"} for row in rows]

    others = [{**other, "chosen": bare(other["chosen"])} for other in answer["alternatives"]]
    grid = answer.get("index50m")
    usual = {} if grid is None else {"index50m": {**grid, "chosen": bare(grid["chosen"])}}
    return {**answer, "chosen": bare(answer["chosen"]), "alternatives": others, **usual}


def _world(db: Database, weights: Mapping[str, float], dong: str | None, progress: Progress) -> World:
    fields.refresh(db, progress=progress)
    aims_service.refresh(db, progress=progress)
    references.freeze_missing(db, lambda: coverage.world(db, network_day(db)))
    world = replace(coverage.world(db, network_day(db)), weights=weights)
    if world.alleys.empty or world.buildings.empty:
        raise NothingToPlan("a plan needs streets and buildings: load `juso` or `city`")
    if dong is not None and not world.dong["code"].eq(dong).any():
        told = ", ".join(f"{row.code} {row.name_ko}" for row in world.dong.itertuples())
        raise UnknownDong(f"{dong or '-'} ({told})")
    return world


def _weights(db: Database, given: Mapping[str, float] | None) -> dict[str, float]:
    """Return weights that add up to 1 (or are all 0): the district's, with those given in their place."""
    taken = risk.asked_weights(db, given)
    total = sum(taken.values())
    return {layer: round(weight / total, 6) if total else 0.0 for layer, weight in taken.items()}


def _require_calls(db: Database, given: Sequence[str] | None) -> None:
    """Refuse a class that no call of the 12 months is of: it would take all calls out of the risk, unsaid."""
    known = {row["code"] for row in incident_classes(db)} if given else set()
    if unknown := sorted(set(given or ()) - known):
        raise UnknownCalls(f"{', '.join(each or '-' for each in unknown)} ({', '.join(sorted(known))})")


def _hours(given: Sequence[int] | None) -> tuple[int, ...] | None:
    if given is None:
        return None
    if wrong := [hour for hour in given if not 0 <= hour <= 23]:
        raise OutOfLimits(f"hours {wrong[0]} (0-23)")
    return tuple(sorted(set(given)))


def _about(put: Question) -> dict[str, Any]:
    """Return the day, the weights and layers, what had a weight and no rows, the dong and the limits of a plan."""
    world, asked = put.world, put.asked
    area = world.dong[world.dong["code"].eq(asked.wish.dong)]
    dong = None if area.empty else {name: area[name].iloc[0] for name in ("code", "name_ko", "name_en")}
    layers = put.aimed.layers
    return {
        "at": world.at.isoformat(),
        "weights": dict(world.weights),
        "layers": [dict(row) for row in layers.facts],
        "without": list(layers.without),
        "incidents": asked.wish.told(),
        "dong": dong,
        "limits": asked.limits.told(),
        "cover": {name: put.offers.figures[name] for name in ("options", "demand", "pairs", "current")},
        "candidates": {
            "mounts": put.offers.figures["mounts"],
            "offered": put.offers.figures["offered"],
            "forbidden": put.offers.figures["forbidden"],
            "cheapest_won": put.offers.figures["cheapest_won"],
            "headings": len(TWELVE),
            "step_m": STEP_M,
        },
    }


def _purpose(db: Database, purpose: str | None, density_class: str | None) -> tuple[str, str | None]:
    """Return the class that a plan asks for, and the ground in law of its cameras."""
    wanted = {} if purpose is None else require_purpose(db, purpose)
    code = density_class or wanted.get("density_class") or RECOGNISE
    px_per_m(code)
    return code, wanted.get("legal_ground")


def _answered(
    put: Question, found: Solved, *, ground: str | None, seconds: float, progress: Progress
) -> dict[str, Any]:
    """Return what is told of a question and its choice."""
    own = put.world.cameras.set_index("camera_key")["legal_ground"]
    rows = [
        row | {"ground": ground if row["camera_key"] is None else own.get(row["camera_key"])}
        for row in chosen_rows(put, found.chosen)
    ]
    return {
        **_about(put),
        "chosen": rows,
        "cost_won": sum(row["price_won"] for row in rows),
        **totals(put, found),
        **plan_beside.beside(put, found, seconds=seconds, progress=progress),
        **plan_beside.spared(put, found),
    }
