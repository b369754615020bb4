"""Measure how well plans with side constraints are proved on the sample: a gap of 1 % in 60 s is the goal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import geopandas as gpd
import numpy as np
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray

from app.aim_figures import beliefs
from app.figures import risk_along
from app.progress import compiling
from app.services import aims, coverage, fields
from app.world import World
from etl.db import Database
from etl.store.days import network_day
from spatial import candidates, samples
from spatial.boards import board_of
from spatial.cheapest import solve_cheapest
from spatial.choices import greedy
from spatial.errors import Contradiction, OutOfRange
from spatial.fov import fields_of_view
from spatial.sightings import sightings
from spatial.siting_model import Group, Model, Share
from spatial.solving import solve

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

DENSITY_CLASS = "observe"
CAMERAS, BUDGET_WON, BACKUP = 20, 1_000_000_000, 0.3
# What each dong is to gain at least, and how far round its middle the stretch reaches that must be seen whole.
DONG_M, STRETCH_M = 20.0, 25.0
TIME_LIMIT_S, GOAL_GAP = 60.0, 0.01
_STEP_M, _MOUNTS, _WINDS = 4.0, 2000, len(candidates.EIGHT_WINDS)
# An existing camera is turned or taken down for so much.
_TURN_WON, _REMOVE_WON = 3_000_000.0, 1_000_000.0
_DRAWS = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """What the sample's plans choose from: what each aim would see, worth and metres of the demand, where it lies."""

    cover: Any  # scipy.sparse; scipy ships no types
    weights: NDArray[np.float64]
    metres: NDArray[np.float64]
    xy: NDArray[np.float64]
    dong: NDArray[np.object_]
    costs: NDArray[np.float64]


def measure(db: Database, *, progress: Progress) -> list[Row]:
    """Return a row for each kind of plan on the sample: what it took, the gap that is proved, beside the goal.

    db  opened as loader, the sample loaded
    """
    started = time.perf_counter()
    sample = laid_out(db, progress=progress)
    rows = [_row("demand, candidates and cover", sample.cover, time.perf_counter() - started)]
    asked = list(models(sample))
    for done, (what, model) in enumerate(asked):
        progress("Solve", done, len(asked))
        began = time.perf_counter()
        found = solve(model, time_limit_s=TIME_LIMIT_S)
        took_s = time.perf_counter() - began
        proved = {
            "gap": found.gap,
            "proved_optimal": found.proved_optimal,
            "worth": found.worth,
            "bound": found.bound,
        }
        goal = f"gap {GOAL_GAP:.0%} in {TIME_LIMIT_S:.0f} s"
        rows.append(_row(what, model.cover, took_s, budget=goal) | {"cameras": len(found.chosen)} | proved)
    progress("Solve", len(asked), len(asked))
    return [*rows, _drawn(asked[0][1])]


def laid_out(db: Database, *, progress: Progress) -> Sample:
    """Return the sample's demand, its most promising mounts at eight headings and what they would see."""
    fields.refresh(db, progress=progress)
    aims.refresh(db, progress=progress)
    world = replace(coverage.world(db, network_day(db)), weights=db.district.weights)
    points = samples.sample_alleys(world.alleys, step_m=_STEP_M)
    metres = points["weight"].to_numpy(dtype=np.float64)
    unseen = _unseen(points, world)
    weights = risk_along(points, world) * metres * unseen
    reach_m = candidates.reach_m(db.district.defaults, DENSITY_CLASS)
    mounts = candidates.most_promising(
        candidates.mounts(world.alleys), points, weights, reach_m=reach_m, most=_MOUNTS
    )
    # Poles differ in cost as they do on streets: an invented price between 18 and 39 million won each.
    price = np.random.default_rng(7).integers(18, 40, len(mounts)) * 1e6
    return Sample(
        cover=_cover(mounts, points, world, progress),
        weights=weights,
        metres=metres * unseen,
        xy=shapely.get_coordinates(points.geometry.to_numpy()),
        dong=_dong_of(points, world),
        costs=np.repeat(price, _WINDS),
    )


def models(sample: Sample) -> Iterator[tuple[str, Model]]:
    """Yield the plans that are measured, by name."""
    mounts = len(sample.costs) // _WINDS
    aimed = [Group(f"mount {each}", np.arange(_WINDS) + _WINDS * each) for each in range(mounts)]
    poles = np.repeat(np.arange(mounts), _WINDS)
    plain = Model(
        sample.cover, sample.weights, sample.costs, p=CAMERAS, groups=aimed, poles=poles, backup=BACKUP
    )
    shares = [*_dongs(sample), _stretch(sample, plain)]
    yield f"{CAMERAS} cameras, one aim a mount, second view {BACKUP}", plain
    yield f"{CAMERAS} cameras, least metres of each dong, a stretch whole", replace(plain, shares=shares)
    bought = replace(plain, p=None, budget=float(BUDGET_WON), shares=shares)
    yield f"{BUDGET_WON:,} won, least metres of each dong, a stretch whole", bought
    whole = replace(bought, weights=np.round(sample.weights * 1e3))
    yield f"{BUDGET_WON:,} won, the same with weights in whole thousandths", whole
    yield (
        f"{CAMERAS} cameras and {BUDGET_WON:,} won, half the mounts have a camera that may turn or go",
        _turning(plain),
    )


def _turning(plain: Model) -> Model:
    """Return the plan in which every other mount has a camera already: kept, turned or taken down."""
    options, mounts = len(plain.costs), len(plain.groups)
    there = np.arange(0, mounts, 2)
    kept = _WINDS * there + np.random.default_rng(11).integers(0, _WINDS, len(there))
    own = np.concatenate([_WINDS * there[:, np.newaxis] + np.arange(_WINDS)])
    costs = np.concatenate([plain.costs, np.full(len(there), _REMOVE_WON)])
    costs[own.reshape(-1)] = _TURN_WON
    costs[kept] = 0.0
    counted = np.ones(len(costs), dtype=bool)
    counted[own.reshape(-1)] = counted[options:] = False
    groups = list(plain.groups)
    for gone, mount in enumerate(there):
        fates = np.append(groups[mount].options, options + gone)
        groups[mount] = Group(f"camera {mount}", fates, most=1, least=1)
    cover = sp.csr_array(sp.hstack([plain.cover, sp.csr_array((plain.cover.shape[0], len(there)))]))
    poles = np.concatenate([np.asarray(plain.poles), there])
    return replace(
        plain, cover=cover, costs=costs, counted=counted, groups=groups, poles=poles, budget=float(BUDGET_WON)
    )


def _dongs(sample: Sample) -> Iterator[Share]:
    reached = np.diff(sp.csr_array(sample.cover).indptr) > 0
    for code in sorted(set(sample.dong) - {""}):
        rows = np.flatnonzero((sample.dong == code) & reached)
        if (amounts := sample.metres[rows]).sum() >= DONG_M:
            yield Share(f"dong {code}", rows, amounts, DONG_M)


def _stretch(sample: Sample, plain: Model) -> Share:
    """Return a stretch of which all that any candidate sees can be seen at once: the heaviest one.

    Most cannot: two pieces of them are seen by one mount alone, and at different headings.
    """
    reached = np.diff(sp.csr_array(sample.cover).indptr) > 0
    for middle in np.argsort(-np.where(reached, sample.weights, -1.0), kind="stable"):
        near = np.hypot(*(sample.xy - sample.xy[middle]).T) <= STRETCH_M
        rows = np.flatnonzero(near & reached)
        share = Share("stretch", rows, np.ones(len(rows)), float(len(rows)))
        # A stretch that takes as many cameras as the plan has leaves nothing to choose.
        few = replace(plain, shares=[share], p=CAMERAS // 4)
        try:
            solve_cheapest(few)
        except Contradiction:
            continue
        return share
    raise OutOfRange("no stretch of the sample can be seen whole")


def _unseen(points: gpd.GeoDataFrame, world: World) -> NDArray[np.float64]:
    if not len(world.cameras):
        return np.ones(len(points))
    found = sightings(
        points, world.fields, world.cameras, density_class=DENSITY_CLASS, beliefs=beliefs(world)
    )
    unseen: NDArray[np.float64] = 1.0 - found.p_seen()
    return unseen


def _cover(mounts: gpd.GeoDataFrame, points: gpd.GeoDataFrame, world: World, progress: Progress) -> Any:
    poles = candidates.as_cameras(mounts, world.lens)
    with compiling(progress):
        views = fields_of_view(
            poles, world.buildings, classes=[DENSITY_CLASS], defaults=world.lens, ground=world.ground
        )
    return candidates.aims(sightings(points, views, poles, density_class=DENSITY_CLASS))[0]


def _dong_of(points: gpd.GeoDataFrame, world: World) -> NDArray[np.object_]:
    found = gpd.sjoin(
        points[["geometry"]], world.dong[["code", "geometry"]], how="left", predicate="intersects"
    )
    first: NDArray[np.object_] = found[~found.index.duplicated()]["code"].fillna("").to_numpy(dtype=object)
    return first


def _drawn(model: Model) -> Row:
    """Return what one draw of changed weights takes greedy, as stability asks a thousand times."""
    board, chance = board_of(model), np.random.default_rng(5)
    weights = np.asarray(model.weights)
    greedy(board)
    took = []
    for _ in range(_DRAWS):
        began = time.perf_counter()
        greedy(board, weights * chance.uniform(0.8, 1.2, len(weights)))
        took.append(time.perf_counter() - began)
    row = _row("greedy with other weights, a draw", model.cover, float(np.median(took)), budget="50 ms")
    return row | {"n": _DRAWS, "slowest_s": round(max(took), 4)}


def _row(what: str, cover: Any, seconds: float, budget: str | None = None) -> Row:
    """Return a row; cover is a scipy.sparse matrix, which ships no types."""
    return {
        "what": what,
        "cameras": None,
        "demand": cover.shape[0],
        "options": cover.shape[1],
        "n": 1,
        "median_s": round(seconds, 4),
        "slowest_s": round(seconds, 4),
        "budget": budget,
        "gap": None,
        "proved_optimal": None,
    }
