"""Matching put to the test on invented lists of which the truth is known: how many pairs it joins, and how many rightly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from etl.sample.lists import Slips, retold
from spatial.matching import compared, groups_of, joined
from spatial.types import MatchRules


def measured(
    records: pd.DataFrame, rules: MatchRules, *, seed: int, slips: Slips | None = None
) -> dict[str, Any]:
    """Return what matching makes of seven lists invented from `records` (columns spatial.matching.COLUMNS).

    Pairs are counted within groups: three rows that are the same cameras are three pairs. Keys: lists, truth, joined,
    right, precision, recall, asked, asked_right, recall_asked; a share of none is None.
    """
    lists, number = retold(records, np.random.default_rng(seed), slips=slips)
    told = joined(compared(lists, rules), lists["agency"], rules)
    sure, asked = told[told["state"].eq("sure")], told[told["state"].eq("doubtful")]
    truly = number[asked["a"].to_numpy(int)] == number[asked["b"].to_numpy(int)]
    truth = _pairs(number)
    found, right = _within(sure, number)
    _, answered = _within(pd.concat([sure, asked[truly]]), number)
    return {
        "lists": len(lists),
        "truth": truth,
        "joined": found,
        "right": right,
        "precision": _share(right, found),
        "recall": _share(right, truth),
        "asked": len(asked),
        "asked_right": int(truly.sum()),
        "recall_asked": _share(answered, truth),
    }


def _within(pairs: pd.DataFrame, number: np.ndarray) -> tuple[int, int]:
    """Return the pairs of rows that stand in one group, and those of them that are the same cameras."""
    group = groups_of(pairs, len(number))
    return _pairs(group), _pairs(pd.Series(group).astype(str) + "/" + pd.Series(number).astype(str))


def _pairs(labels: Any) -> int:  # an array or a Series of labels
    sizes = pd.Series(labels).value_counts()
    return int((sizes * (sizes - 1) // 2).sum())


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
