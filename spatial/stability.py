"""How much of a plan hangs on the exact weights of the layers of risk: chosen anew many times with other weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.stats import kendalltau

from spatial.alternatives import sites_of
from spatial.boards import board_of
from spatial.choices import greedy
from spatial.elsewhere import NOWHERE
from spatial.errors import OutOfRange, WrongShape
from spatial.siting_model import Model

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Progress = Callable[[int, int], None]

DRAWS, SPREAD = 1000, 0.2


@dataclass(frozen=True, slots=True)
class Tau:
    """Kendall's tau-b of two rankings, -1..1: 1 for the same order. Median, and the 5th and 95th of a hundred draws."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """What became of a plan's sites when the weights of the layers were drawn anew.

    draws    how many times; each share below is of so many
    seed     of the draws: the same seed gives the same shares
    spread   each weight was multiplied by a number drawn evenly between 1 - spread and 1 + spread
    kept     (k,) share 0..1 of the draws in which the site of each chosen option was chosen, whatever the aim on it
    alike    (k,) whether greedy choice takes that site with the weights unchanged. The plan itself may be better than
             greedy: a site that greedy choice never takes has a low share without hanging on any weight
    tau      of the ranking of all sites by what each alone would add, before and after; None: fewer than two gain
    """

    draws: int
    seed: int
    spread: float
    kept: Floats
    alike: NDArray[np.bool_]
    tau: Tau | None


def stability(
    model: Model,
    chosen: ArrayLike,
    *,
    layers: ArrayLike,
    layer_weights: ArrayLike,
    amounts: ArrayLike,
    draws: int = DRAWS,
    spread: float = SPREAD,
    seed: int = 0,
    progress: Progress | None = None,
) -> Stability:
    """Draw the weights of the layers anew, choose anew by greed, and return how often each site of a plan stays.

    The weight of a demand is its amount times the weighted mean of its layers. The weights of the layers are multiplied
    by independent numbers drawn evenly from 1 - spread to 1 + spread and made to add up to 1 again; amounts, limits and
    costs stay as they are. So this says what the judgement in the weights does, not what errors in the layers would do.
    chosen         (k,) options of the plan
    layers         (l, demand) each layer's value 0..1 at each demand
    layer_weights  (l,) zero or more, one of them positive
    amounts        (demand,) what a demand of risk 1 is worth: unseen metres, for instance
    Raises         WrongShape if the arrays do not pair up; OutOfRange for no draw, a spread outside 0..1, values or
                   weights that are negative, or no weight at all
    """
    plan = np.asarray(chosen, dtype=np.int64)
    worth, usual = _worth_by_layer(model, layers, layer_weights, amounts=amounts)
    if draws < 1 or not 0.0 <= spread <= 1.0:
        raise OutOfRange("there must be a draw, and the spread is a share 0..1")
    site = sites_of(model)
    small, worth = _merged(model, worth, usual)
    board = board_of(small)
    alone = _Alone.of(small, worth, site)
    before = alone.gains(usual)
    factors = np.random.default_rng(seed).uniform(1.0 - spread, 1.0 + spread, (draws, len(usual)))
    stays, taus = np.zeros(len(plan)), []
    for number, factor in enumerate(factors, 1):
        drawn = usual * factor
        drawn /= drawn.sum()
        stays += _kept(plan, greedy(board, drawn @ worth), site=site)
        if len(before) > 1:
            taus.append(float(kendalltau(before, alone.gains(drawn)).statistic))
        if progress is not None:
            progress(number, draws)
    alike = _kept(plan, greedy(board, usual @ worth), site=site)
    return Stability(draws, seed, spread, stays / draws, alike, _tau(taus))


def _worth_by_layer(
    model: Model, layers: ArrayLike, layer_weights: ArrayLike, *, amounts: ArrayLike
) -> tuple[Floats, Floats]:
    """Return what each demand is worth by each layer (l, demand), and the weights (l,) of the layers, adding up to 1."""
    value, amount = np.asarray(layers, dtype=np.float64), np.asarray(amounts, dtype=np.float64)
    weight = np.asarray(layer_weights, dtype=np.float64)
    if value.shape != (len(weight), model.cover.shape[0]) or amount.shape != (model.cover.shape[0],):
        raise WrongShape(
            f"{value.shape} layers, {weight.shape} weights, {amount.shape} amounts for {model.cover.shape[0]} demands"
        )
    if not all(np.all(np.isfinite(each) & (each >= 0.0)) for each in (value, amount, weight)):
        raise OutOfRange("layers, their weights and amounts must be zero or more")
    if not weight.sum() > 0.0:
        raise OutOfRange("no layer has a weight: there is nothing to draw anew")
    return value * amount, weight / weight.sum()


def _kept(plan: Whole, drawn: Whole, *, site: Whole) -> NDArray[np.bool_]:
    """Return for each option of the plan whether its site is chosen; what makes no site must itself be chosen."""
    mine = site[plan]
    there = np.isin(mine, site[drawn]) & (mine != NOWHERE)
    kept: NDArray[np.bool_] = there | ((mine == NOWHERE) & np.isin(plan, drawn))
    return kept


def _tau(found: list[float]) -> Tau | None:
    known = np.array([each for each in found if np.isfinite(each)])
    if not len(known):
        return None
    low, median, high = (float(each) for each in np.percentile(known, [5.0, 50.0, 95.0]))
    return Tau(median, low, high)


@dataclass(frozen=True, slots=True, eq=False)
class _Alone:
    """What each site would add if it stood alone, by layer: it is linear in the weights of the layers.

    by_layer  (l, options) of the options on sites, ordered by site
    first     (s,) the first of each site's
    some      (s,) sites that add anything under any weights
    """

    by_layer: Floats
    first: Whole
    some: NDArray[np.bool_]

    @classmethod
    def of(cls, model: Model, worth: Floats, site: Whole) -> _Alone:
        """Return it for a model whose demands are worth so much (l, demand) by each layer."""
        columns = sp.csc_array(model.cover != 0)
        unseen = np.ones(model.cover.shape[0])
        if len(model.fixed):
            unseen[(columns[:, list(model.fixed)].sum(axis=1) > 0)] = 0.0
        placed = np.flatnonzero((site != NOWHERE) & ~np.isin(np.arange(len(site)), list(model.fixed)))
        order = placed[np.argsort(site[placed], kind="stable")]
        by_layer = np.asarray((columns.T @ (worth * unseen).T).T)[:, order]
        first = np.unique(site[order], return_index=True)[1].astype(np.int64)
        if not len(first):
            return cls(by_layer, first, np.zeros(0, dtype=bool))
        return cls(by_layer, first, np.maximum.reduceat(by_layer.sum(axis=0), first) > 0.0)

    def gains(self, weights: Floats) -> Floats:
        """Return what the best aim of each site alone adds, of the sites that add anything."""
        if not len(self.first):
            return np.zeros(0)
        best: Floats = np.maximum.reduceat(weights @ self.by_layer, self.first)
        return best[self.some]


def _merged(model: Model, worth: Floats, usual: Floats) -> tuple[Model, Floats]:
    """Return the question with demands that the same options see made one, where nothing else tells them apart."""
    if model.shares or model.sides is not None:
        return replace(model, weights=usual @ worth), worth
    rows = sp.csr_array(model.cover != 0).astype(np.int64)
    # Each option has two random numbers, each set of options their sums: that two sets share both is not to be expected.
    marks = rows @ np.random.default_rng(0).integers(0, 2**62, (rows.shape[1], 2), dtype=np.int64)
    _, first, like = np.unique(marks, axis=0, return_index=True, return_inverse=True)
    joined = np.array([np.bincount(like.ravel(), weights=each, minlength=len(first)) for each in worth])
    cover = rows[first].astype(np.float64)
    seen = np.flatnonzero(np.diff(cover.indptr) > 0)
    return replace(model, cover=cover[seen], weights=(usual @ joined)[seen]), joined[:, seen]
