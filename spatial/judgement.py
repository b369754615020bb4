"""Weights from judgements in pairs: how much more one layer counts than another, and whether the judgements agree."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from spatial.errors import OutOfRange, SpatialError

Floats = NDArray[np.float64]
Pair = tuple[str, str]

MOST_CR = 0.10
# Saaty's scale: 1 alike, 3 somewhat, 5 much, 7 very much, 9 overwhelmingly more; the reciprocals the other way.
SCALE = 9.0
# Mean consistency index of random matrices by size. Of two judgements nothing can disagree.
_RANDOM = {1: 0.0, 2: 0.0, 3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}


class Inconsistent(SpatialError):
    """Judgements in pairs that contradict each other too much to make weights of."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Weights and how well the judgements agree.

    weights   share of each layer, by name; they add up to 1
    ci, cr    consistency index and ratio; 0 where all agree
    worst     the pair whose judgement disagrees most with the weights, None where all agree
    given     what was judged of that pair: how many times the first counts; would: what the weights say instead
    """

    weights: Mapping[str, float]
    ci: float
    cr: float
    worst: Pair | None
    given: float | None
    would: float | None

    @property
    def agrees(self) -> bool:
        """Return whether the ratio is at most 0.10."""
        return self.cr <= MOST_CR


def judged(names: Sequence[str], ratios: Mapping[Pair, float]) -> Judged:
    """Return the weights that follow from judgements of pairs.

    The principal eigenvector of the reciprocal matrix; CI = (largest eigenvalue - n) / (n - 1), CR = CI / RI(n).

    names    2 to 10 layers
    ratios   (a, b) -> how many times a counts as much as b, 1/9 to 9; each pair once, either way round
    Raises   OutOfRange for other numbers, layers or pairs, or a pair that is missing or judged twice
    Source   T. L. Saaty, The Analytic Hierarchy Process, 1980; RI as commonly printed
    """
    matrix = _matrix(names, ratios)
    values, vectors = np.linalg.eig(matrix)
    first = int(np.argmax(values.real))
    weights: Floats = np.abs(vectors[:, first].real)
    weights = weights / weights.sum()
    n = len(names)
    ci = max((float(values[first].real) - n) / (n - 1), 0.0)
    # Rounding of the eigenvalue alone is no disagreement.
    ci = 0.0 if ci < 1e-12 else ci
    cr = ci / _RANDOM[n] if _RANDOM[n] else 0.0
    found = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    worst = _worst(names, matrix, weights) if cr > 0.0 else None
    if worst is None:
        return Judged(found, ci, cr, None, None, None)
    a, b = worst
    return Judged(found, ci, cr, (names[a], names[b]), float(matrix[a, b]), float(weights[a] / weights[b]))


def require_agreement(found: Judged) -> Judged:
    """Return judgements whose ratio is at most 0.10. Raises Inconsistent, which names the worst pair, for others."""
    if found.agrees or found.worst is None or found.given is None or found.would is None:
        return found
    a, b = found.worst
    # Never rounded down onto the limit that it exceeds.
    ratio = math.ceil(found.cr * 1000.0) / 1000.0
    raise Inconsistent(f"{a}/{b} = {found.given:.3g} -> {found.would:.3g}, CR {ratio:.3f} > {MOST_CR:.2f}")


def _matrix(names: Sequence[str], ratios: Mapping[Pair, float]) -> Floats:
    if not 2 <= len(set(names)) == len(names) <= max(_RANDOM):
        raise OutOfRange(f"judgements are of 2 to {max(_RANDOM)} different layers, not {len(names)}")
    place = {name: at for at, name in enumerate(names)}
    matrix = np.full((len(names), len(names)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for (a, b), ratio in ratios.items():
        if a not in place or b not in place or a == b:
            raise OutOfRange(f"{a}/{b} is no pair of {', '.join(names)}")
        if not 1.0 / SCALE - 1e-9 <= ratio <= SCALE + 1e-9:
            raise OutOfRange(f"{a}/{b} must be 1/9 to 9, not {ratio:g}")
        if not np.isnan(matrix[place[a], place[b]]):
            raise OutOfRange(f"{a}/{b} is judged twice")
        matrix[place[a], place[b]], matrix[place[b], place[a]] = ratio, 1.0 / ratio
    if missing := [f"{a}/{b}" for a, b in combinations(names, 2) if np.isnan(matrix[place[a], place[b]])]:
        raise OutOfRange(f"not judged: {', '.join(missing)}")
    return matrix


def _worst(names: Sequence[str], matrix: Floats, weights: Floats) -> tuple[int, int]:
    """Return the pair whose judgement is the most times off what the weights say, the one above 1 first."""
    off = np.abs(np.log(matrix * weights[None, :] / weights[:, None]))
    a, b = max(combinations(range(len(names)), 2), key=lambda pair: off[pair])
    return (a, b) if matrix[a, b] >= 1.0 else (b, a)
