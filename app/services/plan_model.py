"""The question that a plan answers: what is worth seeing, what may be chosen, what must be kept; made, and made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import scipy.sparse as sp
from numpy.typing import NDArray
from pyproj import Transformer

from app.plan_demand import Weighed, Wish, seen_of, weighed
from app.services import WrongUse, coverage, covering, private
from app.services.plan_limits import Limits, limits_of
from app.services.plan_offers import Offers, offers
from app.services.plans import opened
from app.services.private import Judged
from app.world import World
from etl.db import Database
from spatial.refits import KEEP, NEW, fates
from spatial.siting_model import Group, Model, Share

Progress = Callable[[str, int, int], None]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# A planner says what 100 square metres of private plots weigh.
_M2_PER_100 = 100.0
# How `spatial.covering` marks what is looked at across its street.
ACROSS = 4
# A row of a kept plan is the option that stands and looks as it does, but for the rounding of what is kept.
_SAME_M = 0.1
_SAME_DEG = 0.01


class PlanOutOfDate(WrongUse):
    """A plan's sites are not among what could be chosen today: streets, walls, models or cameras have changed since."""


class DongsUnknown(WrongUse):
    """A least share of each dong is asked for where no boundaries of dongs are loaded."""


class UnknownZone(WrongUse):
    """A zone that must be seen is none of the district's, or lies outside what is planned for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a planner asked for: a number of new cameras or a budget in won, and what to see within which limits."""

    cameras: int | None
    budget_won: int | None
    wish: Wish
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A plan's question.

    model    the question of siting: rows are the points of `aimed`, columns the options of `offers`
    p_fixed  (demand,) chance that a point is seen today by cameras that stay as they are
    chosen   (k,) options of a kept plan, in the order of its rows; empty for a new one
    """

    asked: Asked
    world: World
    aimed: Weighed
    offers: Offers
    model: Model
    p_fixed: Floats
    chosen: Whole

    @property
    def layers(self) -> Floats:
        """Return each layer of risk (l, demand), 0..1."""
        return self.aimed.layers.values

    @property
    def layer_weights(self) -> Floats:
        """Return the weights of the layers (l,)."""
        return self.aimed.layers.weights

    @property
    def amounts(self) -> Floats:
        """Return what a demand of risk 1 is worth (demand,): metres that nobody sees who stays."""
        amounts: Floats = self.aimed.counts * (1.0 - self.p_fixed)
        return amounts


def question(db: Database, world: World, asked: Asked, *, progress: Progress) -> Question:
    """Return the question that a planner asks of a world, whose weights are those of the plan.

    db      opened as loader
    Raises  UnknownModel, UnknownZone; PlotsUnknown for a limit on private plots where none are loaded
    """
    progress("Demand", 0, 2)
    every = covering.points_of(world)
    progress("Demand", 1, 2)
    aimed = weighed(world, asked.wish, every=every)
    progress("Demand", 2, 2)
    found = offers(
        db,
        world,
        every,
        aimed=aimed,
        limits=asked.limits,
        wish=asked.wish,
        progress=progress,
    )
    p_fixed = aimed.wanted.p_seen
    if found.freed:
        p_fixed = seen_of(world, aimed.wanted.points, asked.wish.density_class, without=found.freed)
    model = _model(world, asked, aimed=aimed, found=found, p_fixed=p_fixed)
    return Question(asked, world, aimed, found, model, p_fixed, np.empty(0, dtype=np.int64))


def rebuilt(db: Database, plan_id: int) -> Question:
    """Return a kept plan's question again, with what it chose.

    db      opened as loader
    Raises  UnknownPlan; PlanOutOfDate where a site of it is no option any more
    """
    kept = opened(db, plan_id)
    world = coverage.world(db, date.fromisoformat(kept["at"]))
    if kept["weights"] is not None:
        world = replace(world, weights=kept["weights"])
    again = question(db, world, asked_of(kept), progress=lambda _step, _done, _total: None)
    return replace(again, chosen=_chosen_of(again, kept["chosen"]))


def asked_of(kept: Mapping[str, Any]) -> Asked:
    """Return what a kept plan was asked for."""
    asked, dong, chosen = kept["asked"], kept["dong"], kept.get("incidents") or {}
    calls, hours = chosen.get("calls"), chosen.get("hours")
    wish = Wish(
        kept["class"],
        None if dong is None else dong["code"],
        None if calls is None else tuple(calls),
        None if hours is None else tuple(hours),
    )
    return Asked(asked["cameras"], asked["budget_won"], wish, limits_of(kept.get("limits")))


def _model(world: World, asked: Asked, *, aimed: Weighed, found: Offers, p_fixed: Floats) -> Model:
    options, limits, wanted = found.options, asked.limits, aimed.wanted
    new = options["act"].eq(NEW).to_numpy()
    free = options["act"].eq(KEEP).to_numpy()
    judged = Judged(
        options["plots_m2"].to_numpy(dtype=np.float64),
        options["facades"].to_numpy(dtype=np.int64),
        np.zeros(len(options), dtype=bool),
    )
    weights = wanted.risk * (1.0 - p_fixed)
    per_metre = float(wanted.risk.sum() / aimed.counts.sum()) if aimed.counts.sum() > 0.0 else 0.0
    charges = private.charges(
        judged, metres_per_m2=limits.intrusion_weight / _M2_PER_100, worth_per_metre=per_metre, free=free
    )
    return Model(
        cover=found.cover.cover,
        weights=weights,
        costs=options["total_won"].to_numpy(dtype=np.float64),
        budget=_least_of(asked.budget_won, limits.most_won),
        p=asked.cameras,
        counted=new,
        groups=[*_poles(options, most=limits.per_pole), *fates(options)],
        shares=[*_dongs(world, aimed, p_fixed, limits.dong_least), *_zones(world, aimed, p_fixed, limits)],
        caps=private.caps(judged, plots_m2=limits.intrusion_most, free=free),
        charges=charges if limits.intrusion_weight else None,
        poles=options["pole"].to_numpy(dtype=np.int64),
        backup=limits.backup,
        sides=_faces(found.cover.sides) if limits.diverse else None,
        diverse=limits.diverse,
    )


def _least_of(*sums: int | None) -> float | None:
    """Return the least of the sums that are given, None where none is."""
    given = [float(won) for won in sums if won is not None]
    return min(given) if given else None


def _faces(sides: Any) -> Any:
    """Return the sides that show a face: a view across a street shows a profile, which asks for another one."""
    return sp.csr_array(
        (np.where(sides.data == ACROSS, 0, sides.data), sides.indices, sides.indptr), shape=sides.shape
    )


def _poles(options: pd.DataFrame, *, most: int) -> list[Group]:
    """Return a group a pole that could bear more than one camera, new or moved there: at most so many do."""
    at = np.flatnonzero(options["act"].isin([NEW, "move"]).to_numpy())
    pole = options["pole"].to_numpy(dtype=np.int64)[at]
    order = np.argsort(pole, kind="stable")
    each, first, count = np.unique(pole[order], return_index=True, return_counts=True)
    return [
        Group(f"pole {number}", at[order[start : start + many]], most=most)
        for number, start, many in zip(each.tolist(), first.tolist(), count.tolist(), strict=True)
        if many > most
    ]


def _dongs(world: World, aimed: Weighed, p_fixed: Floats, least: float | None) -> list[Share]:
    """Return the least share of the metres of street of each dong that must be seen."""
    if not least:
        return []
    points, street = aimed.wanted.points, aimed.streets
    metres = points["weight"].to_numpy(dtype=np.float64)
    if not points["dong"].notna().any():
        raise DongsUnknown("no dong is loaded here")
    names = world.dong.set_index("code")["name_ko"]
    found = []
    for code, rows in points[street].groupby("dong").indices.items():
        at = np.flatnonzero(street)[rows]
        found.append(_share(f"dong {names.get(code, code)}", at, metres[at], p_fixed[at], least))
    return [share for share in found if share is not None]


def _zones(world: World, aimed: Weighed, p_fixed: Floats, limits: Limits) -> list[Share]:
    """Return the share of the ground of each zone named that must be seen."""
    points = aimed.wanted.points
    known = {str(row.zone_id): int(row.zone_id) for row in world.zones.itertuples()}
    known |= {str(row.name): int(row.zone_id) for row in world.zones.itertuples()}
    known |= {str(row.zone_key): int(row.zone_id) for row in world.zones.itertuples()}
    found = []
    for key, least in limits.zones.items():
        rows = np.flatnonzero(
            points["zone_id"].eq(known.get(str(key), -1)).fillna(False).to_numpy(dtype=bool)
        )
        if not len(rows):
            raise UnknownZone(f"{key or '-'} ({', '.join(map(str, world.zones['zone_key']))})")
        m2 = points["weight"].to_numpy(dtype=np.float64)[rows]
        found.append(_share(f"zone {key}", rows, m2, p_fixed[rows], least))
    return [share for share in found if share is not None]


def _share(name: str, rows: Whole, amounts: Floats, p_fixed: Floats, least: float) -> Share | None:
    """Return what is still missing of a share, None where today's cameras are expected to see it."""
    missing = least * float(amounts.sum()) - float((amounts * p_fixed).sum())
    left = amounts * (1.0 - p_fixed)
    # The whole of it is the sum of what is left, not more by a rounding error.
    return Share(name, rows, left, min(missing, float(left.sum()))) if missing > 0.0 else None


def _chosen_of(again: Question, rows: list[dict[str, Any]]) -> Whole:
    """Return the options that a kept plan's rows are."""
    options = again.offers.options
    keys = again.world.cameras.set_index("camera_key")["camera_id"]
    to_plane = Transformer.from_crs(4326, again.world.alleys.crs, always_xy=True)
    found: list[int] = []
    for row in rows:
        same = options["act"].eq(row.get("act") or NEW).to_numpy(copy=True)
        if row.get("camera_key") is not None:
            same &= (
                options["camera_id"].eq(keys.get(row["camera_key"], -1)).fillna(False).to_numpy(dtype=bool)
            )
        if row.get("act") != "remove":
            x, y = to_plane.transform(row["lon"], row["lat"])
            same &= np.hypot(options["x"].to_numpy() - x, options["y"].to_numpy() - y) < _SAME_M
            same &= np.abs(options["heading_deg"].to_numpy() - row["heading_deg"]) < _SAME_DEG
        if row.get("model") is not None:
            same &= options["model"].eq(row["model"]).to_numpy()
        at = np.flatnonzero(same)
        if not len(at):
            raise PlanOutOfDate(f"site {len(found) + 1}")
        found.append(int(at[0]))
    return np.array(found, dtype=np.int64)
