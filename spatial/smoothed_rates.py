"""Small counts smoothed: a street with one call is no more dangerous than its neighbours until more calls say so."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from spatial.errors import OutOfRange, WrongShape

Floats = NDArray[np.float64]


def smoothed_rates(counts: ArrayLike, exposure: ArrayLike) -> Floats:
    """Return the rate of each street, drawn towards the mean of all: much where little was to be seen of it.

    Global empirical Bayes by moments. With r_i = o_i / e_i, m = sum o / sum e, s2 = sum e_i (r_i - m)^2 / sum e and
    a = max(s2 - m / mean(e), 0), the spread of true rates beyond what chance alone makes:

        rate_i = m + a / (a + m / e_i) * (r_i - m)

    counts    (n,) events of each street, zero or more
    exposure  (n,) what they are counted over, kilometres times years for instance, zero or more; a street without
              exposure has the mean rate
    Returns   (n,) events per unit of exposure; all zero where nothing happened anywhere
    Raises    WrongShape if the arrays do not pair up, OutOfRange for negative or endless numbers, or for events where
              all exposure together is none
    Source    R. J. Marshall, Mapping disease and mortality rates using empirical Bayes estimators, Applied Statistics
              40 (1991) 283-294
    """
    events, over = np.asarray(counts, dtype=np.float64), np.asarray(exposure, dtype=np.float64)
    if events.shape != over.shape or events.ndim != 1:
        raise WrongShape(f"{events.shape} counts for {over.shape} exposures")
    if not (np.all(np.isfinite(events) & (events >= 0.0)) and np.all(np.isfinite(over) & (over >= 0.0))):
        raise OutOfRange("counts and exposures must be zero or more")
    if not over.sum() > 0.0:
        if events.sum() > 0.0:
            raise OutOfRange("events need something they are counted over")
        return np.zeros(len(events))
    mean = float(events.sum() / over.sum())
    if mean == 0.0:
        return np.zeros(len(events))
    there = over > 0.0
    raw = np.divide(events, over, out=np.full(len(events), mean), where=there)
    spread = float((over * (raw - mean) ** 2).sum() / over.sum())
    beyond = max(spread - mean / float(over[there].mean()), 0.0)
    # a / (a + m / e) written without a division by e.
    trust: Floats = beyond * over / (beyond * over + mean)
    rates: Floats = mean + trust * (raw - mean)
    return rates
