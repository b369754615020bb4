"""Why no choice keeps all limits: the fewest of them that cannot be kept together, and how much could be reached."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from spatial.choices import allowed, greedy
from spatial.errors import Contradiction
from spatial.programmes import answered, programme
from spatial.reduction import reduced
from spatial.siting_model import Cap, Group, Model, Share

# How long one question may take; what is not settled by then counts as possible, so that what is named
# always contradicts itself, though one more may be named than need be.
_QUESTION_S = 3.0

# A limit of a model: "p", "budget", or a group, share or cap itself.
Limit = str | Group | Share | Cap


def contradiction(model: Model) -> Contradiction:
    """Return the error that names the fewest limits of an impossible model that cannot be kept together.

    Without any one of the names the others could be kept, as far as each question was settled in its time. What is
    named before what: shares, budget, p, caps, cameras that exist, then groups that only bound a mount.
    """
    bare = _bare(model)
    core = _conflict(bare, [], _limits(model), known=False)
    shares = [limit for limit in core if isinstance(limit, Share)]
    reached = [(share, _reachable(bare, core, share)) for share in shares]
    # Where the others alone turn out to be impossible after all, there is nothing to say of how much could be seen.
    most = {share.name: (amount, float(share.least)) for share, amount in reached if amount >= 0.0}
    least: dict[str, float] = {name: _needed(bare, core, name) for name in ("p", "budget") if name in core}
    return Contradiction([_name(limit) for limit in core], most=most, least=least)


def _limits(model: Model) -> list[Limit]:
    """Return all limits, what people would rather hear of first."""
    exist = [group for group in model.groups if group.least > 0]
    mounts = [group for group in model.groups if group.least == 0]
    named = [name for name in ("budget", "p") if getattr(model, name) is not None]
    return [*model.shares, *named, *model.caps, *exist, *mounts]


def _bare(model: Model) -> Model:
    """Return the model as a question of what can be, not of what is best."""
    return replace(
        model,
        weights=np.zeros(model.cover.shape[0]),
        charges=None,
        backup=0.0,
        sides=None,
        diverse=0.0,
    )


def _conflict(model: Model, held: Sequence[Limit], limits: Sequence[Limit], *, known: bool) -> list[Limit]:
    """Return the fewest of the limits that contradict what is held: halves, quarters, and so on are asked of.

    known   whether what is held could be kept by itself is not to be asked again
    Source  Junker (2004), QuickXplain
    """
    if not known and held and _impossible(model, held):
        return []
    if len(limits) <= 1:
        return list(limits)
    half = len(limits) // 2
    first, second = limits[:half], limits[half:]
    of_second = _conflict(model, [*held, *first], second, known=not first)
    of_first = _conflict(model, [*held, *of_second], first, known=not of_second)
    return [*of_first, *of_second]


def _impossible(model: Model, held: Sequence[Limit]) -> bool:
    return impossible(_with(model, held))


def impossible(model: Model) -> bool:
    """Return whether it is proved that no choice keeps all limits: by a choice that does, by halves of options, by search."""
    bare = _bare(model)
    if not allowed(bare, greedy(bare)):
        return False
    asked = programme(reduced(bare).model)
    # Where not even parts of options would do, that is proved in a moment.
    if answered(asked, time_limit_s=_QUESTION_S, whole=False).infeasible:
        return True
    return answered(asked, time_limit_s=_QUESTION_S).infeasible


def _with(model: Model, held: Sequence[Limit]) -> Model:
    """Return the model with these limits and no others."""
    return replace(
        model,
        p=model.p if "p" in held else None,
        budget=model.budget if "budget" in held else None,
        groups=[limit for limit in held if isinstance(limit, Group)],
        shares=[limit for limit in held if isinstance(limit, Share)],
        caps=[limit for limit in held if isinstance(limit, Cap)],
    )


def _reachable(model: Model, core: Sequence[Limit], share: Share) -> float:
    """Return what of a share can be seen at most while the others of the core hold: a bound, never too low."""
    weights = np.bincount(share.demand, weights=share.amounts, minlength=model.cover.shape[0])
    others = [limit for limit in core if limit is not share]
    small = reduced(replace(_with(model, others), weights=weights.astype(np.float64)))
    answer = answered(programme(small.model), time_limit_s=_QUESTION_S)
    return min(answer.bound + small.settled, math.fsum(share.amounts))


def _needed(model: Model, core: Sequence[Limit], name: str) -> float:
    """Return what of p or the budget the others of the core need at least: a bound, never too high."""
    others = _with(model, [limit for limit in core if not (isinstance(limit, str) and limit == name)])
    counted = (
        np.ones(len(model.costs)) if model.counted is None else np.asarray(model.counted, dtype=np.float64)
    )
    costs = np.asarray(model.costs, dtype=np.float64) if name == "budget" else counted
    small = reduced(others)
    answer = answered(programme(replace(small.model, charges=costs[small.options])), time_limit_s=_QUESTION_S)
    return max(-answer.bound, 0.0)


def _name(limit: Limit) -> str:
    return limit if isinstance(limit, str) else limit.name
