"""Small random siting models with every feature, and their true optimum, counted over every choice there is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import scipy.sparse as sp

from spatial.siting_model import Cap, Group, Model, Share

FEATURES = (
    "p",
    "budget",
    "groups",
    "kept",
    "shares",
    "caps",
    "charges",
    "backup",
    "sides",
    "fixed",
    "fractions",
)


def random_model(seed: int, *features: str, options: int = 8, rows: int = 10) -> Model:
    """Return a model of these features, always the same for a seed; without p or budget there is no limit of number."""
    chance = np.random.default_rng([seed, len(features)])
    cover = (chance.random((rows, options)) < 0.3).astype(np.float64)
    weights = chance.integers(0, 10, rows).astype(np.float64)
    given: dict[str, object] = {}
    if "fractions" in features:
        weights = np.round(weights * chance.random(rows), 3)
    if "p" in features:
        given["p"] = int(chance.integers(0, 5))
    if "budget" in features:
        given["budget"] = float(chance.integers(0, 25))
    if "caps" in features:
        given["caps"] = [Cap("private plots", chance.integers(0, 6, options).astype(float), 9.0)]
    if "charges" in features:
        given["charges"] = chance.integers(0, 6, options).astype(float)
    if "sides" in features:
        given |= {"sides": sp.csr_array(cover * chance.integers(1, 4, cover.shape)), "diverse": 0.5}
    if "backup" in features:
        given |= {"backup": 0.3, "poles": chance.integers(0, 5, options)}
    if "fixed" in features:
        given["fixed"] = [options - 1]
    if "shares" in features:
        given["shares"] = list(_shares(chance, rows))
    costs = chance.integers(0 if "kept" in features else 1, 9, options).astype(float)
    groups = [Group("mount 0", np.array([0, 1, 2])), Group("pole 1", np.array([2, 3, 4, 5]), most=2)]
    given["groups"] = groups if "groups" in features else []
    if "kept" in features:
        # An existing camera: kept at no cost, turned or taken down, none of them a new one.
        kept = Group("camera 7", np.array([options - 2, options - 3, options - 4]), most=1, least=1)
        costs[options - 2] = 0.0
        cover[:, options - 4] = 0.0
        given["groups"] = [*groups[: len(given["groups"])], kept]  # type: ignore[arg-type]
        given["counted"] = ~np.isin(np.arange(options), kept.options)
    if "sides" in features:
        given["sides"] = sp.csr_array(given["sides"]) * (cover != 0)  # type: ignore[arg-type]
    return Model(sp.csr_array(cover), weights, costs, **given)  # type: ignore[arg-type]


def _shares(chance: np.random.Generator, rows: int) -> Iterator[Share]:
    half = np.arange(rows // 2)
    yield Share("dong A", half, chance.integers(1, 5, len(half)).astype(float), 3.0)
    zone = np.array([rows - 1, rows - 2])
    yield Share("zone X", zone, np.ones(2), float(chance.integers(0, 3)))


def every_choice(model: Model) -> Iterator[list[int]]:
    """Yield every set of options that are not fixed."""
    free = [option for option in range(model.cover.shape[1]) if option not in model.fixed]
    for size in range(len(free) + 1):
        yield from (list(chosen) for chosen in combinations(free, size))


def by_hand(model: Model, chosen: list[int]) -> float:
    """Return a choice's worth, row by row: slow, and written apart from what it tests."""
    cover, weights = model.cover.toarray() != 0, np.asarray(model.weights)
    sides = np.zeros(cover.shape) if model.sides is None else model.sides.toarray()
    total = 0.0
    for row in range(cover.shape[0]):
        seeing = [option for option in [*chosen, *model.fixed] if cover[row, option]]
        poles = {option if model.poles is None else model.poles[option] for option in seeing}
        faces = {int(bit) for bit in (1, 2) for option in seeing if int(sides[row, option]) & bit}
        total += weights[row] * (
            (len(poles) > 0) + model.backup * (len(poles) > 1) + model.diverse * (len(faces) == 2)
        )
    return total - (0.0 if model.charges is None else sum(model.charges[option] for option in chosen))


def keeps(model: Model, chosen: list[int]) -> bool:
    """Return whether a choice keeps every limit, counted anew."""
    counted = [option for option in chosen if model.counted is None or model.counted[option]]
    seen = (model.cover.toarray()[:, [*chosen, *model.fixed]] != 0).any(axis=1)
    return (
        (model.p is None or len(counted) <= model.p)
        and (model.budget is None or sum(model.costs[chosen]) <= model.budget)
        and all(group.least <= len(set(group.options) & set(chosen)) <= group.most for group in model.groups)
        and all(sum(share.amounts[seen[share.demand]]) >= share.least for share in model.shares)
        and all(sum(cap.amounts[chosen]) <= cap.most for cap in model.caps)
    )


def best_of_all(model: Model) -> float | None:
    """Return the worth of the best choice within the limits, None where no choice keeps them."""
    return max(
        (by_hand(model, chosen) for chosen in every_choice(model) if keeps(model, chosen)), default=None
    )
