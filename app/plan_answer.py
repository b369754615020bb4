"""What a plan's choice is as an answer: its rows with what each adds, the shares before and after, the bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.plan_around import down, up
from app.plan_reasons import described
from spatial.refits import KEEP, NEW
from spatial.siting_model import Solved

if TYPE_CHECKING:
    from app.services.plan_model import Question

Row = dict[str, Any]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Bools = NDArray[np.bool_]

# The least gap that is told: where nothing is proved it is never said to be none.
LEAST = 1e-6


def chosen_rows(put: Question, chosen: ArrayLike) -> list[Row]:
    """Return the chosen options, a row of the answer each, in their order; cameras that stay as they are have none."""
    frame = put.offers.options
    every = np.asarray(chosen, dtype=np.int64)
    acts = frame["act"].to_numpy()[every]
    at = every[acts != KEEP]
    fresh, again = _in_order(put, every)
    held = [n for n, act in enumerate(acts) if act != KEEP]
    aims = frame.iloc[at].reset_index(drop=True)
    cameras = put.world.cameras.set_index("camera_id")["camera_key"]
    aims = gpd.GeoDataFrame(
        aims.assign(
            camera_id=np.arange(len(at)),
            camera_key=[None if number is None else cameras.get(number) for number in _numbers(aims)],
            fresh=[fresh[n] for n in held],
            again=[again[n] for n in held],
            lost=_lost(put, every, at),
        ),
        geometry=gpd.points_from_xy(aims["x"], aims["y"]),
        crs=put.world.alleys.crs,
    )
    rows = described(put.world, put.aimed.wanted, aims, density_class=put.asked.wish.density_class)
    prices = aims["total_won"].to_numpy(dtype=np.int64)
    return [row | {"price_won": int(won)} for row, won in zip(rows, prices, strict=True)]


def totals(put: Question, found: Solved) -> Row:
    """Return before, after, bound, gap and proved_optimal, the same of the metres of street, and what was maximised.

    before, after  shares 0..1 of the risk asked about that is seen today, and with the plan: rounded down
    bound          no choice within the limits sees more: rounded up. Where second views, both sides or charges count
                   too, it is what the bound of their worth allows
    gap            of what is maximised, as it is told: (bound - after) / bound, or that of the objective where more than
                   risk counts; rounded up, 0 only where the optimum is proved
    objective      counts (what is maximised beside risk), worth and bound, shares of the risk asked about
    """
    risk = put.aimed.wanted.risk
    total = float(risk.sum())
    seen = seen_share(put, found.seen)
    floor = share_of(risk, put.p_fixed)
    worth, bound = (floor + each / total if total else 1.0 for each in (found.worth, found.bound))
    counts = extras(put)
    proved = bool(found.proved_optimal)
    after = down(min(seen, 1.0))
    most = up(most_seen(put, found.bound))
    most = after if proved and not counts else max(most, after)
    reached, reach = (down(worth), max(_up(bound), down(worth))) if counts else (after, most)
    gap = 0.0 if proved or not reach > 0.0 else max(up((reach - reached) / reach), LEAST)
    return {
        "before": down(share_of(risk, today(put))),
        "after": after,
        "bound": most,
        "gap": gap,
        "proved_optimal": proved,
        "objective": {
            "counts": counts,
            "worth": down(worth),
            "bound": down(worth) if proved else max(_up(bound), down(worth)),
        },
        "alleys": _alleys(put, found.seen),
    }


def today(put: Question) -> Floats:
    """Return the chance (n,) that each point is seen today: where existing cameras may be changed, those of known aim
    are taken as they stand, before and after alike."""
    if not put.offers.freed:
        return put.aimed.wanted.p_seen
    return np.where(_kept_seen(put), 1.0, put.p_fixed)


def most_seen(put: Question, worth: float) -> float:
    """Return a bound (share 0..1) of the risk that is seen by any choice whose worth is bounded by `worth`."""
    total = float(put.aimed.wanted.risk.sum())
    if not total:
        return 1.0
    charged = _most_charged(put) if put.model.charges is not None else 0.0
    return min(share_of(put.aimed.wanted.risk, put.p_fixed) + (worth + charged) / total, _reachable(put))


def _kept_seen(put: Question) -> Bools:
    """Return which points (n,) the existing cameras of known aim see as they hang."""
    kept = np.flatnonzero(put.offers.options["act"].eq(KEEP).to_numpy())
    columns = put.model.cover.tocsc()
    seen = np.zeros(columns.shape[0], dtype=bool)
    for option in kept:
        seen[columns.indices[columns.indptr[option] : columns.indptr[option + 1]]] = True
    return seen


def seen_share(put: Question, seen: Bools) -> float:
    """Return the share 0..1 of the risk that is seen with what the chosen see, and what stays."""
    return share_of(put.aimed.wanted.risk, np.where(seen, 1.0, put.p_fixed))


def share_of(amounts: Floats, p_seen: Floats) -> float:
    """Return the expected share 0..1 of some amounts that is seen; 1 of nothing."""
    total = float(amounts.sum())
    return 1.0 - float((amounts * (1.0 - p_seen)).sum()) / total if total else 1.0


def extras(put: Question) -> list[str]:
    """Return what counts beside the risk that is seen: backup, diverse, intrusion."""
    said = {
        "backup": put.model.backup > 0.0,
        "diverse": put.model.diverse > 0.0,
        "intrusion": put.model.charges is not None,
    }
    return [name for name, counts in said.items() if counts]


def cost_of(put: Question, chosen: ArrayLike) -> int:
    """Return what a choice costs, whole won."""
    return int(
        put.offers.options["total_won"].to_numpy(dtype=np.int64)[np.asarray(chosen, dtype=np.int64)].sum()
    )


def _reachable(put: Question) -> float:
    """Return the share of the risk that all options together would see."""
    seen = np.diff(put.model.cover.indptr) > 0
    return seen_share(put, seen)


def _most_charged(put: Question) -> float:
    """Return the most that a choice within the number or the budget could be charged: what the bound is raised by."""
    charges = np.asarray(put.model.charges, dtype=np.float64)
    model = put.model
    if model.p is not None and model.counted is not None and model.counted.all():
        return float(np.sort(charges)[::-1][: model.p].sum())
    return float(charges.sum())


def _up(share: float) -> float:
    """Return a worth rounded up: unlike a share of the risk it may lie above 1."""
    return float(np.ceil(share * 1e6 - 1e-7) / 1e6)


def _numbers(aims: Any) -> Sequence[int | None]:
    return [
        None if number is None or number != number else int(number)
        for number in aims["camera_id"].astype(object).where(aims["camera_id"].notna(), None)
    ]


def _in_order(put: Question, chosen: Whole) -> tuple[list[Whole], list[Whole]]:
    """Return, of each chosen option, the points that it sees first, and those that it sees as the second pole."""
    cover = put.model.cover.tocsc()
    pole = put.offers.options["pole"].to_numpy(dtype=np.int64)
    acts = put.offers.options["act"].to_numpy()
    first = np.full(put.model.cover.shape[0], -1, dtype=np.int64)
    twice = np.zeros(put.model.cover.shape[0], dtype=bool)
    fresh: dict[int, Whole] = {}
    again: dict[int, Whole] = {}
    # What stays is there before what is new.
    for option in sorted(chosen, key=lambda each: acts[each] != KEEP):
        own = cover.indices[cover.indptr[option] : cover.indptr[option + 1]].astype(np.int64)
        fresh[option] = np.sort(own[first[own] < 0])
        second = own[(first[own] >= 0) & (first[own] != pole[option]) & ~twice[own]]
        twice[second] = True
        first[fresh[option]] = pole[option]
        again[option] = np.sort(second)
    return [fresh[each] for each in chosen], [again[each] for each in chosen]


def _lost(put: Question, chosen: Whole, at: Whole) -> list[Whole]:
    """Return the points that a camera sees as it hangs today and that none of the chosen sees."""
    frame = put.offers.options
    if not put.offers.freed:
        return [np.empty(0, dtype=np.int64) for _ in at]
    cover = put.model.cover.tocsc()
    seen = np.zeros(cover.shape[0], dtype=bool)
    for option in chosen:
        seen[cover.indices[cover.indptr[option] : cover.indptr[option + 1]]] = True
    keeps = {
        int(number): n
        for n, (number, act) in enumerate(zip(frame["camera_id"], frame["act"], strict=True))
        if act == KEEP
    }
    found = []
    for option in at:
        number = frame["camera_id"].iloc[option]
        keep = None if frame["act"].iloc[option] == NEW else keeps[int(number)]
        own = np.empty(0, dtype=np.int64)
        if keep is not None:
            own = cover.indices[cover.indptr[keep] : cover.indptr[keep + 1]].astype(np.int64)
        found.append(own[~seen[own]])
    return found


def _alleys(put: Question, seen: Bools) -> dict[str, float | None]:
    """Return the streets asked about: length_m, the share 0..1 of it that is seen before and after, and metres gained."""
    street = put.aimed.streets
    metres = put.aimed.wanted.metres[street]
    before, after = (
        float((metres * chance[street]).sum()) for chance in (today(put), np.where(seen, 1.0, put.p_fixed))
    )
    length_m = float(metres.sum())
    return {
        "length_m": round(length_m, 1),
        "before": down(before / length_m) if length_m else None,
        "after": down(after / length_m) if length_m else None,
        "gained_m": round(after - before, 1),
    }
