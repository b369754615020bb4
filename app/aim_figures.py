"""What shares rest on as to where cameras look: evidence, what it narrowed, and which error widens the range how much."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.ranges import UNKNOWN, number, ranged, reason
from spatial import coverage
from spatial.beliefs import Beliefs, believed, draw, nothing_known
from spatial.doubts import COMMON_CHANCE, TILTS
from spatial.shadows import DISC_CHORDS
from spatial.types import Share

if TYPE_CHECKING:
    from app.figures import Gauge
    from app.world import World

Row = dict[str, Any]
Floats = NDArray[np.float64]

# Half the width of a 95 % interval, in standard deviations.
_HALF_95 = 1.96


def beliefs(world: World) -> Beliefs:
    """Return what is believed of the world's cameras; of one of which nothing is told, nothing."""
    return believed(pd.DataFrame(world.cameras.drop(columns="geometry")), world.aims)


def aims(gauge: Gauge, *, blocked: str | None) -> Row:
    """Return `aims` of the answer: unknown headings, what is known of them, and the range without that.

    rests_on    source of evidence -> cameras of unknown heading that it speaks of
    even        the share of alleys if every heading were alike; `unchecked` what streets and registry say, without
                what people found; both with their ranges
    narrowed_by part of the width of the range that people's findings took away; below 0 where they widened it
    errors      half widths at 95 %, as parts of the whole, if this error were alone: `aim` (headings and tilts),
                `height` and `lens` (common to all cameras of which they are assumed); `rim` the part of its area that a
                drawn disc may lack, `step_m` the metres of alley that are seen or unseen together
    """
    world = gauge.world
    unknown = world.cameras["heading_deg"].isna() & world.cameras["kind"].ne("fisheye")
    row: Row = {"unknown": int(unknown.sum()), "rests_on": _rests_on(world, unknown)}
    if blocked is not None:
        return row | {
            "even": UNKNOWN,
            "unchecked": UNKNOWN,
            "narrowed_by": None,
            "errors": None,
            **reason(blocked),
        }
    before = world.aims.assign(
        heading_sums=world.aims["unchecked_heading_sums"], tilt_p=world.aims["unchecked_tilt_p"]
    )
    as_now = gauge.share("alleys")
    columns = pd.DataFrame(world.cameras.drop(columns="geometry"))
    without = believed(columns, before)
    unchecked = as_now if _alike(without, gauge.beliefs) else _share(gauge, without)
    even = _share(
        gauge,
        nothing_known(columns["camera_id"], heading_deg=columns["heading_deg"], pole=columns["site_id"]),
    )
    return row | {
        "even": ranged(even),
        "unchecked": ranged(unchecked),
        "narrowed_by": _narrowed(unchecked, as_now),
        "errors": _errors(gauge),
    }


def _rests_on(world: World, unknown: pd.Series) -> dict[str, int]:
    cameras = set(world.cameras.loc[unknown, "camera_id"])
    told = zip(world.aims["camera_id"], world.aims["sources"], strict=True)
    found = Counter(
        source
        for camera, sources in told
        if camera in cameras
        for source in {each["source"] for each in json.loads(sources)}
    )
    return dict(sorted(found.items()))


def _share(gauge: Gauge, other: Beliefs) -> Share:
    """Return the share of alleys under other beliefs."""
    found = replace(gauge.found("alleys"), beliefs=other)
    headings = draw(other, draws=gauge.sampling.draws, seed=gauge.sampling.seed)
    return coverage.share(found, gauge.points("alleys")["weight"].to_numpy(), headings)


def _alike(one: Beliefs, other: Beliefs) -> bool:
    """Say whether two beliefs of the same cameras are the same."""
    return np.array_equal(one.heading_p, other.heading_p) and np.array_equal(one.tilt_p, other.tilt_p)


def _narrowed(before: Share, after: Share) -> float | None:
    width = before.high - before.low
    return number(1.0 - (after.high - after.low) / width) if width > 0.0 else None


def _errors(gauge: Gauge) -> Row:
    """Return which error widens the range by how much, from the expectation given each common step."""
    weight = gauge.points("alleys")["weight"].to_numpy(dtype=np.float64)
    by_step = weight @ (1.0 - gauge.found("alleys").unseen_by_step()) / weight.sum()
    grid, chance = by_step.reshape(3, 3), COMMON_CHANCE.reshape(3, 3)
    mean = float(COMMON_CHANCE @ by_step)
    height = np.sqrt(chance.sum(axis=1) @ ((grid * chance).sum(axis=1) / chance.sum(axis=1) - mean) ** 2)
    lens = np.sqrt(chance.sum(axis=0) @ ((grid * chance).sum(axis=0) / chance.sum(axis=0) - mean) ** 2)
    turn = 2.0 * np.pi / DISC_CHORDS
    return {
        "aim": number(_HALF_95 * _within_steps(gauge, by_step)),
        "height": number(_HALF_95 * float(height)),
        "lens": number(_HALF_95 * float(lens)),
        "rim": number(1.0 - np.sin(turn) / turn),
        "step_m": gauge.sampling.alley_step_m,
    }


def _within_steps(gauge: Gauge, by_step: Floats) -> float:
    """Return the standard deviation of the drawn share off its expectation at the draw's own common step."""
    drawn, variant = gauge.drawn("alleys"), gauge.headings.variant
    if variant is None or not len(variant):
        return 0.0
    return float(np.std(drawn - by_step[variant[0] // TILTS]))
