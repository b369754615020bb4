"""The options of a question of siting that a good plan is likely made of: enough to look for one quickly, no proof."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial.siting_model import Group, Model, Solved

Whole = NDArray[np.int64]

# So many options of a site, and so many in all: for a plan of few cameras, and more for one of many.
_OF_A_SITE, _IN_ALL, _FOR_EACH = 4, 4000, 100


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a question's options.

    whole      the question itself
    model      the question with these options alone; what it allows the whole one allows, too
    options    (n,) their columns in the whole question
    site       (n,) site of each
    all_sites  (options,) site of every option of the whole question
    """

    whole: Model
    model: Model
    options: Whole
    site: Whole
    all_sites: Whole


def promising(model: Model, site: Whole, *, best: Solved) -> Part:
    """Return the options that gain most alone, by won too under a budget, some of each site, and those of the best plan.

    Options that are fixed, or of a group of which some must be chosen, are all among them; where a share of the demand
    must be seen every option is, as the last metres of it may hang on one that gains little.
    """
    options = np.arange(len(site))
    kept = options if model.shares else np.flatnonzero(_kept(model, site, best))
    if len(kept) == len(options):
        by_column = replace(model, cover=sp.csc_array(model.cover))
        return Part(model, by_column, options, site, site)
    return Part(model, _of(model, kept), kept, site[kept], site)


def _kept(model: Model, site: Whole, best: Solved) -> NDArray[np.bool_]:
    gain = np.asarray(sp.csc_array(model.cover != 0).T @ np.asarray(model.weights, dtype=np.float64))
    if model.charges is not None:
        gain = gain - model.charges
    most = max(_IN_ALL, _FOR_EACH * len(best.chosen))
    kept = np.zeros(len(site), dtype=bool)
    kept[best.chosen] = True
    kept[list(model.fixed)] = True
    for group in model.groups:
        if group.least > 0:
            kept[group.options] = True
    values = [gain]
    if model.budget is not None:
        values.append(gain / np.maximum(np.asarray(model.costs, dtype=np.float64), 1.0))
    for value in values:
        order = np.lexsort((-value, site))
        first = np.concatenate([[True], site[order][1:] != site[order][:-1]])
        place = np.arange(len(order))
        rank = place - np.maximum.accumulate(np.where(first, place, 0))
        few = order[(rank < _OF_A_SITE) & (value[order] > 0.0)]
        kept[few[np.argsort(-value[few], kind="stable")[:most]]] = True
    return kept


def _of(model: Model, kept: Whole) -> Model:
    """Return the question with these options alone; rows stay as they are."""
    place = np.full(model.cover.shape[1], -1, dtype=np.int64)
    place[kept] = np.arange(len(kept))
    groups = []
    for group in model.groups:
        mine = place[group.options]
        mine = mine[mine >= 0]
        if len(mine) > group.most or group.least:
            groups.append(Group(group.name, mine, most=group.most, least=group.least))

    def those(values: Any) -> Any:  # arrays of any kind, or None
        return None if values is None else np.asarray(values)[kept]

    return replace(
        model,
        cover=sp.csc_array(model.cover)[:, kept],
        costs=those(model.costs),
        counted=those(model.counted),
        fixed=[int(place[option]) for option in model.fixed],
        groups=groups,
        caps=[replace(cap, amounts=those(cap.amounts)) for cap in model.caps],
        charges=those(model.charges),
        poles=kept if model.poles is None else those(model.poles),
        sides=None if model.sides is None else sp.csc_array(model.sides)[:, kept],
    )
