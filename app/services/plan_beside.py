"""What stands beside a plan: others nearly as good, what each won adds, the usual way, and what is looked into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from app.plan_answer import chosen_rows, cost_of, most_seen, seen_share, share_of
from app.plan_around import curve_rows, down, up
from app.services import private
from app.services.plan_model import Question
from app.services.private import PLACES, Judged
from spatial.alternatives import alternatives, differs, sites_of
from spatial.choices import worth_of
from spatial.curves import curve
from spatial.index_grid import Cells, favourable_aims, index_sites, indexed
from spatial.refits import NEW
from spatial.siting_model import Solved

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]
Floats = NDArray[np.float64]

MOST_OTHERS = 5


def beside(put: Question, found: Solved, *, seconds: float, progress: Progress) -> Row:
    """Return what stands beside a plan.

    seconds            how long other plans may be sought; 0 takes quick ones alone
    alternatives       plans within 1 % of what the best is worth that lack at least a third of its sites, and of each
                       other's: after, bound, cost_won, differs (share 0..1 of the best plan's sites), chosen
    alternatives_said  why there are fewer than five: proved_none, not_found, nothing_stands; None where there are five
    curve, index50m, stability, frontier   the last two are asked for by themselves: they take longer
    """
    progress("Beside", 0, 3)
    others = _others(put, found, seconds=seconds)
    progress("Beside", 1, 3)
    spent = curve_rows(curve(put.model), lambda weight: _share(put, weight))
    progress("Beside", 2, 3)
    usual = _usual(put, found)
    progress("Beside", 3, 3)
    return {**others, "curve": spent, "index50m": usual, "stability": None, "frontier": []}


def spared(put: Question, found: Solved) -> Row:
    """Return `intrusion` of an answer: what the chosen cameras look into within *recognise*.

    plots_m2 (None where no plots are loaded), facades   sums over the chosen: what two cameras see counts twice
    forbidden   poses that see a sensitive place, and were none; None where no such places are loaded
    class, layers (layer, rows, date, source), without   what it rests on
    """
    options = put.offers.options
    judged = Judged(
        options["plots_m2"].to_numpy(dtype=np.float64),
        options["facades"].to_numpy(dtype=np.int64),
        np.zeros(len(options), dtype=bool),
    )
    known = put.offers.known
    told = private.told(known, judged, found.chosen)
    forbidden = None if PLACES in known.without else put.offers.figures["forbidden"]
    kept = {name: value for name, value in told.items() if name != "each"}
    return {"intrusion": kept | {"forbidden": forbidden}}


def _others(put: Question, found: Solved, *, seconds: float) -> Row:
    sites = sites_of(put.model)
    held = alternatives(
        put.model,
        found,
        most=MOST_OTHERS,
        # What existing cameras see as they hang is no merit of a plan.
        floor=worth_of(put.model, _kept(put)),
        sites=sites,
        time_limit_s=seconds,
    )
    rows = [
        {
            "after": down(seen_share(put, other.seen)),
            "bound": max(up(most_seen(put, other.bound)), down(seen_share(put, other.seen))),
            "cost_won": cost_of(put, other.chosen),
            "differs": round(differs(found, other, sites=sites), 4),
            "chosen": chosen_rows(put, other.chosen),
        }
        for other in held.plans
    ]
    return {"alternatives": rows, "alternatives_said": held.why}


def _share(put: Question, weight: float) -> float:
    """Return the share of the risk that is seen where the plan's own demand is seen to this weight."""
    total = float(put.aimed.wanted.risk.sum())
    return min(1.0, share_of(put.aimed.wanted.risk, put.p_fixed) + weight / total) if total else 1.0


def _usual(put: Question, found: Solved) -> Row | None:
    """Return what the usual way of 50 m cells would see with as many new cameras, or for as much money, each aimed as
    favours it most.

    None where the plan hangs no new camera, or no layer weighs anything.
    """
    options = put.offers.options
    new = options["act"].eq(NEW).to_numpy()
    p = int(new[found.chosen].sum())
    layers = put.aimed.layers
    if not p or not len(layers.names):
        return None
    cells = _cells(put)
    if put.model.budget is not None:
        p = _bought(put, cells, most=3 * p)
    aims, held = _placed(put, cells, p)
    seen = np.zeros(put.model.cover.shape[0], dtype=bool)
    columns = put.model.cover.tocsc()
    for option in [*aims, *_kept(put)]:
        seen[columns.indices[columns.indptr[option] : columns.indptr[option + 1]]] = True
    return {
        "after": down(seen_share(put, seen)),
        "cells": held,
        "cost_won": cost_of(put, aims),
        "chosen": _aimed(put, options.iloc[aims]),
        "cell_m": cells.cell_m,
    }


def _bought(put: Question, cells: Cells, *, most: int) -> int:
    """Return how many cameras the usual way could hang for the plan's money: it spends no more, nor knows what it spends."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        aims, _ = _placed(put, cells, middle)
        if cost_of(put, aims) <= float(put.model.budget or 0.0):
            low = middle
        else:
            high = middle - 1
    return low


def _placed(put: Question, cells: Cells, p: int) -> tuple[NDArray[np.int64], int]:
    """Return the options of the usual way's cameras, one in each of the p worst cells, and how many cells have one."""
    options = put.offers.options
    new = options["act"].eq(NEW).to_numpy()
    # The usual way knows no view: a mount from which nothing is seen is no place of its either.
    poles = options["mount"].to_numpy(dtype=np.int64, na_value=-1)
    stands = np.unique(poles[new])
    xy = shapely.get_coordinates(put.offers.where.mounts.geometry.to_numpy())[stands]
    chosen_cells, mounts = index_sites(cells, xy, p=p)
    at = np.where(new, poles, -1)
    aims = favourable_aims(put.model.cover, put.model.weights, poles=at, sites=stands[mounts])
    return aims[aims >= 0], len(chosen_cells)


def _cells(put: Question) -> Cells:
    """Return the cells of 50 m of what is planned for, with the index of each."""
    layers, points = put.aimed.layers, put.aimed.wanted.points
    return indexed(
        shapely.get_coordinates(points.geometry.to_numpy()),
        dict(zip(layers.names, layers.values, strict=True)),
        shapely.get_coordinates(put.world.cameras.geometry.to_numpy()),
        metres=put.aimed.counts,
    )


def _aimed(put: Question, frame: pd.DataFrame) -> list[Row]:
    """Return where the usual way's cameras hang, whither they look, their model and price."""
    told = zip(_lonlat(put, frame), frame["heading_deg"], frame["model"], frame["total_won"], strict=True)
    return [
        {
            "lat": round(float(lat), 7),
            "lon": round(float(lon), 7),
            "heading_deg": float(heading),
            "model": model,
            "price_won": int(won),
        }
        for (lon, lat), heading, model, won in told
    ]


def _kept(put: Question) -> NDArray[np.int64]:
    """Return the options by which existing cameras stay as they are: the usual way leaves them alone."""
    return np.flatnonzero(put.offers.options["act"].eq("keep").to_numpy())


def _lonlat(put: Question, frame: pd.DataFrame) -> Floats:
    points = gpd.GeoSeries(gpd.points_from_xy(frame["x"], frame["y"]), crs=put.world.alleys.crs)
    found: Floats = shapely.get_coordinates(points.to_crs(4326).to_numpy())
    return found
