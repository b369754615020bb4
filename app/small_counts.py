"""Small counts of persons' lives: which cells of a table must not be told, nor be worked out from its totals. Pure.

One and two are never told. In a line that tells its total, one more cell, large enough to be any of several numbers,
is withheld beside them; else the total would give them away by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

SMALL = (1, 2)
# With a cell of 4 or more withheld beside a small one, both 1 and 2 stay possible: the cell may be one more or one less,
# and would be no small count itself.
LEAST_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Withheld:
    """What of a table of counts is not told.

    small   (lines, cells) the ones and twos
    beside  (lines, cells) cells withheld to protect those
    totals  (lines,) totals of lines that are not told; the sum of all is told only where every total is
    """

    small: Mask
    beside: Mask
    totals: Mask

    @property
    def sum(self) -> bool:
        """Tell whether the sum of all lines is withheld."""
        return bool(self.totals.any())


def withheld(counts: Counts) -> Withheld:
    """Return what of a table of counts may not be told when each line's total and the sum of all are.

    counts  (lines, cells) whole numbers, 0 or more
    Claim   for each small count there are two tables, one with 1 and one with 2 in its place, that tell the same: also
            to a reader who knows the sum of all from elsewhere, unless no line has a cell of 4 or more
    Not claimed  against a reader who reckons with the rule by which the second cell is chosen: where it is 4, or as large
                 as a cell that is told, the rule leaves fewer numbers open
    Totals of cells over the lines must not be told beside it.
    """
    small = np.isin(counts, SMALL)
    beside = np.zeros_like(small)
    totals = np.zeros(len(counts), dtype=np.bool_)
    large = np.where(counts >= LEAST_BESIDE, counts, np.iinfo(np.int64).max)
    possible: Mask = np.any(counts >= LEAST_BESIDE, axis=1)
    for line in np.flatnonzero(small.any(axis=1)):
        if possible[line]:
            beside[line, int(large[line].argmin())] = True
        else:
            totals[line] = True
    if totals.any():
        _protect_totals(counts, beside, totals, possible)
    return Withheld(small, beside & ~small, totals)


def _protect_totals(counts: Counts, beside: Mask, totals: Mask, possible: Mask) -> None:
    """Withhold one more total, of a line with a cell that may vary: the sum of all may be known from elsewhere."""
    lines = np.flatnonzero(possible)
    if len(lines) == 0:
        # nothing here is large enough to hide behind: nothing but zeros is told
        beside |= counts > 0
        totals[:] = True
        return
    already = lines[beside[lines].any(axis=1)]
    chosen = (already if len(already) else lines)[0]
    if not beside[chosen].any():
        large = np.where(counts[chosen] >= LEAST_BESIDE, counts[chosen], np.iinfo(np.int64).max)
        beside[chosen, int(large.argmin())] = True
    totals[chosen] = True
