"""Shares that plainly cannot be reached: told at once, before any search, by sums that no choice can pass."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial.errors import Contradiction
from spatial.siting_model import Floats, Model, Share

# A sum of floats errs by less than this part of it: what fails by less is left to the search.
_EXACT = 1e-9


def out_of_reach(model: Model) -> Contradiction | None:
    """Return why the shares of a model cannot be kept, where that shows without a search; None where it does not.

    What an option sees of a share is counted as if nothing else saw it, so no choice reaches more than the best options
    within p, or within the budget by the won, add up to, nor more than all options see together. Shares that fail
    together are named as few as fail so: without any one of them the sums say nothing.
    """
    if not len(model.shares):
        return None
    columns = sp.csc_array(model.cover)
    seen = np.diff(sp.csr_array(model.cover).indptr) > 0
    most = [float(share.amounts[seen[share.demand]].sum()) for share in model.shares]
    for share, reached in zip(model.shares, most, strict=True):
        if _short(reached, share.least):
            return Contradiction([share.name], most={share.name: (reached, share.least)})
    gains = [_gains(columns, share) for share in model.shares]
    for limit in ("p", "budget"):
        found = _few(model, gains, limit)
        if found:
            return _named(model, gains, found, limit)
    return None


def _few(model: Model, gains: Sequence[Floats], limit: str) -> list[int]:
    """Return the fewest shares (positions) that a limit alone makes impossible together; [] where it does not."""
    if getattr(model, limit) is None:
        return []
    alone = [at for at, share in enumerate(model.shares) if _fails(model, gains, [at], limit)]
    if alone:
        return alone[:1]
    held = list(range(len(model.shares)))
    if not _fails(model, gains, held, limit):
        return []
    for at in sorted(held, key=lambda each: model.shares[each].least):
        fewer = [each for each in held if each != at]
        if _fails(model, gains, fewer, limit):
            held = fewer
    return held


def _fails(model: Model, gains: Sequence[Floats], held: Sequence[int], limit: str) -> bool:
    """Return whether all that a limit lets one see of some shares falls short of what they ask for together."""
    asked = sum(model.shares[at].least for at in held)
    gain = np.sum([gains[at] for at in held], axis=0)
    return _short(_most(model, gain, limit), asked)


def _most(model: Model, gain: Floats, limit: str) -> float:
    """Return the most that options can add up to within p, or within the budget; what either leaves free counts whole."""
    free = _free(model, limit)
    held = gain[~free]
    total = float(gain[free].sum())
    if limit == "p":
        count = min(int(model.p or 0), len(held))
        return total + (
            float(np.partition(held, len(held) - count)[len(held) - count :].sum()) if count else 0.0
        )
    cost = np.asarray(model.costs, dtype=np.float64)[~free]
    order = np.argsort(-held / cost, kind="stable")
    room = float(model.budget or 0.0) - (np.cumsum(cost[order]) - cost[order])
    return total + float((held[order] * np.clip(room / cost[order], 0.0, 1.0)).sum())


def _free(model: Model, limit: str) -> NDArray[np.bool_]:
    """Return which options a limit does not count: those that are no new cameras, or cost nothing; fixed ones too."""
    if limit == "p":
        counted = (
            np.ones(len(model.costs), bool) if model.counted is None else np.asarray(model.counted, bool)
        )
        free = ~counted
    else:
        free = np.asarray(model.costs, dtype=np.float64) <= 0.0
    free[list(model.fixed)] = True
    return free


def _gains(columns: sp.csc_array, share: Share) -> Floats:
    amounts = np.zeros(columns.shape[0])
    np.add.at(amounts, share.demand, share.amounts)
    found: Floats = (columns != 0).T @ amounts
    return found


def _named(model: Model, gains: Sequence[Floats], held: Sequence[int], limit: str) -> Contradiction:
    shares = [model.shares[at] for at in held]
    most = {}
    if len(held) == 1:
        # Of several together no one share has a figure of its own.
        reached = _most(model, gains[held[0]], limit)
        most = {shares[0].name: (reached, shares[0].least)}
    gain, asked = np.sum([gains[at] for at in held], axis=0), sum(share.least for share in shares)
    least = {limit: _least(model, gain, asked, limit)}
    return Contradiction([*(share.name for share in shares), limit], most=most, least=least)


def _least(model: Model, gain: Floats, asked: float, limit: str) -> float:
    """Return so much of a limit as is needed at least before sums reach what is asked."""
    free = _free(model, limit)
    left = asked - float(gain[free].sum())
    held = gain[~free]
    each = np.ones(len(held)) if limit == "p" else np.asarray(model.costs, dtype=np.float64)[~free]
    order = np.argsort(-held / each, kind="stable")
    before = np.cumsum(held[order]) - held[order]
    some = held[order]
    part = np.clip(np.divide(left - before, some, out=np.zeros(len(some)), where=some > 0.0), 0.0, 1.0)
    return float((each[order] * part).sum())


def _short(reached: float, asked: float) -> bool:
    return reached < asked * (1.0 - _EXACT)
