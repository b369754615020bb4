"""What risk is made of: the layers with their weights, rows and days, and what they are scaled by, frozen once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from app.risk import layer_names, layers_of
from app.services import WrongUse, coverage, references
from app.services.references import STEP_M
from etl.db import Database
from etl.store.days import network_day
from spatial.judgement import MOST_CR, Judged, judged, require_agreement
from spatial.lawful_layers import require_lawful
from spatial.samples import sample_alleys


class UnknownLayer(WrongUse):
    """A layer of risk is named that there is not."""


class WeightOutOfRange(WrongUse):
    """A layer's weight is below zero, or no number."""


def risk(
    db: Database,
    *,
    weights: Mapping[str, float] | None = None,
    classes: Collection[str] | None = None,
    hours: Collection[int] | None = None,
) -> dict[str, Any]:
    """Return what risk is made of, along the streets of the whole district.

    db       opened as loader
    weights  in place of the district's, zero or more; classes and hours: of incidents, None takes all
    Returns  at, invented, layers (as `app.risk.RiskLayers.facts`), without, complaints_most, frozen_at (of the oldest
             reference in force, None where none is), mean (risk by metre, 0..1, None without streets), length_m
    Raises   WrongUse for an unknown layer or a weight below zero; TellsPeopleApart
    """
    world = coverage.world(db, network_day(db))
    taken = replace(world, weights=asked_weights(db, weights))
    points = sample_alleys(taken.alleys, step_m=STEP_M)
    found = layers_of(points, taken, classes=classes, hours=hours)
    metres = points["weight"].to_numpy(dtype=np.float64)
    frozen = [reference.frozen_at for reference in world.references.values()]
    return {
        "at": world.at.isoformat(),
        "invented": db.district.invented,
        "layers": list(found.facts),
        "without": list(found.without),
        "complaints_most": db.district.risk.complaints_most,
        "frozen_at": min(frozen).astimezone(world.zone).isoformat(timespec="seconds") if frozen else None,
        "length_m": round(float(metres.sum()), 1),
        "mean": round(float(np.average(found.total(), weights=metres)), 6) if metres.sum() > 0.0 else None,
    }


def told(
    db: Database,
    *,
    weights: Mapping[str, float],
    judgements: Mapping[str, float],
    classes: Collection[str] | None = None,
    hours: Collection[int] | None = None,
    freeze_now: bool = False,
) -> dict[str, Any]:
    """Return the answer of `golmok risk`: that of `risk`, and frozen (the layers frozen now, None where not asked) and
    judgement (cr, ci, most, worst, given, would; None without judgements).

    judgements  "incidents/dark" -> how many times the first counts as the second; their layers alone weigh then
    Raises      as `risk`; WrongUse for weights beside judgements; Inconsistent, OutOfRange for judgements
    """
    if weights and judgements:
        raise WrongUse("weights are given, or follow from judgements in pairs: not both")
    found = weights_judged(judgements) if judgements else None
    frozen = freeze(db) if freeze_now else None
    taken = weights if found is None else dict.fromkeys(db.district.weights, 0.0) | dict(found.weights)
    judgement = None if found is None else {"most": MOST_CR, **_judgement(found)}
    return {
        **risk(db, weights=taken, classes=classes, hours=hours),
        "frozen": frozen,
        "judgement": judgement,
    }


def weights_judged(judgements: Mapping[str, float]) -> Judged:
    """Return the weights of judgements in pairs, "incidents/dark" -> times.

    Raises WrongUse for an unknown layer; OutOfRange for a pair that is missing or no pair; Inconsistent
    """
    pairs = {(a, b): times for key, times in judgements.items() for a, _, b in [key.partition("/")]}
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    _require_known(names)
    return require_agreement(judged(names, pairs))


def _judgement(found: Judged) -> dict[str, Any]:
    return {
        "ci": round(found.ci, 6),
        "cr": round(found.cr, 6),
        "worst": list(found.worst) if found.worst else None,
        "given": found.given,
        "would": None if found.would is None else round(found.would, 6),
    }


def _require_known(names: Collection[str]) -> None:
    require_lawful(names)
    if unknown := set(names) - set(layer_names()):
        raise UnknownLayer(f"{', '.join(sorted(unknown))} ({', '.join(layer_names())})")


def asked_weights(db: Database, given: Mapping[str, float] | None) -> dict[str, float]:
    """Return the district's weights with those given in their place, which may be of layers that it does not weigh.

    Raises WrongUse for an unknown layer or a weight below zero; TellsPeopleApart for a layer by nationality.
    """
    _require_known([*(given or {})])
    taken = {**db.district.weights, **(given or {})}
    if not all(np.isfinite(weight) and weight >= 0.0 for weight in taken.values()):
        wrong = next(name for name, weight in taken.items() if not (np.isfinite(weight) and weight >= 0.0))
        raise WeightOutOfRange(f"{wrong} {taken[wrong]:g}")
    return taken


def freeze(db: Database) -> list[str]:
    """Freeze every layer anew, from the 12 months before the day that the registries speak of; return the layers' names.

    db  opened as loader. What was frozen before stays in the table, and is no longer in force.
    """
    return references.freeze(db, coverage.world(db, network_day(db)))
