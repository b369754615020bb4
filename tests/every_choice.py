"""Small questions of siting answered by trying every choice there is: what the quick ways are held against."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from spatial.errors import Contradiction
from spatial.siting_model import Group, Model, Solved


def allowed(model: Model) -> Iterator[list[int]]:
    """Yield every choice within p, budget, groups, caps and shares."""
    options = model.cover.shape[1]
    free = [option for option in range(options) if option not in model.fixed]
    for size in range(len(free) + 1):
        for choice in combinations(free, size):
            if _within(model, list(choice)):
                yield list(choice)


def worth(model: Model, choice: list[int]) -> float:
    """Return the weight that is seen, less the charges. Neither backup nor diversity is known here."""
    assert model.backup == 0.0 and model.diverse == 0.0
    charge = 0.0 if model.charges is None else float(model.charges[choice].sum())
    return float(model.weights[_seen(model, choice)].sum()) - charge


def solved(model: Model, *, time_limit_s: float = 60.0, gap: float = 0.0) -> Solved:
    """Return the best choice there is, the smallest of equally good ones. Raises Contradiction.

    Without time the first choice within the limits is given, with all that any could be worth as its bound.
    """
    every = list(allowed(model))
    if not every:
        raise Contradiction(["every choice"])
    best = max(every, key=lambda choice: (worth(model, choice), -len(choice)))
    most = worth(model, best)
    if time_limit_s <= 0.0:
        best, bound = every[0], float(model.weights.sum())
        most = worth(model, best)
        return Solved(
            np.array(best, dtype=np.int64), most, bound, 1.0 - most / bound, most == bound, _seen(model, best)
        )
    return Solved(np.array(best, dtype=np.int64), most, most, 0.0, True, _seen(model, best))


def random_model(rng: np.random.Generator, *, poles: int = 4, aims: int = 2, demand: int = 12) -> Model:
    """Return a question with `aims` aims on each pole, one of which may be chosen, and whole weights."""
    cover = sp.csr_array((rng.random((demand, poles * aims)) < 0.3).astype(float))
    number = np.repeat(np.arange(poles), aims)
    groups = [Group(f"pole {pole}", np.flatnonzero(number == pole)) for pole in range(poles)]
    return Model(
        cover=cover,
        weights=rng.integers(1, 9, demand).astype(float),
        costs=rng.integers(1, 5, poles * aims).astype(float),
        p=3,
        groups=groups,
        poles=number,
    )


def _seen(model: Model, choice: list[int]) -> np.ndarray:
    columns = model.cover.toarray()[:, [*model.fixed, *choice]]
    return np.asarray((columns != 0).any(axis=1), dtype=bool)


def _within(model: Model, choice: list[int]) -> bool:
    counted = np.ones(model.cover.shape[1], dtype=bool) if model.counted is None else model.counted
    if model.p is not None and counted[choice].sum() > model.p:
        return False
    if model.budget is not None and model.costs[choice].sum() > model.budget + 1e-9:
        return False
    for group in model.groups:
        if not group.least <= len(set(choice) & set(group.options.tolist())) <= group.most:
            return False
    if any(cap.amounts[choice].sum() > cap.most + 1e-9 for cap in model.caps):
        return False
    seen = _seen(model, choice)
    return all(share.amounts[seen[share.demand]].sum() >= share.least - 1e-9 for share in model.shares)
