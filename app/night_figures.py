"""Night: what the same cameras see of the alleys when it is dark, by lamps and by their own infrared light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from app.ranges import UNKNOWN, Row, number, ranged, reason
from spatial import coverage, samples
from spatial.night import at_night, ir_factor, lit_by_lamps
from spatial.optics import LADDER
from spatial.sightings import Sightings

if TYPE_CHECKING:
    from app.figures import Gauge
    from app.world import World


def night(gauge: Gauge, *, blocked: str | None) -> Row:
    """Return the ladder of alleys seen at night, with what it rests on; null with its reason where nothing is known.

    blocked  the code of what keeps the share of alleys by day from being said
    `possible` takes a camera of unknown infrared range as if its light reached all that it sees by day; everywhere
    else such a camera claims none. Without a lamp loaded and without any range known nothing can be said: null, not 0.
    """
    world = gauge.world
    known = {
        "ir_known": int(world.cameras["ir_range_m"].notna().sum()),
        "lamps": len(world.lamps),
        "lamp_radius_m": world.night.lamp_radius_m,
        "factors": {rung: ir_factor(rung, world.night) for rung in LADDER},
    }
    code = blocked or (None if known["ir_known"] or known["lamps"] else "no_light")
    if code is not None:
        rungs = [{"class": rung, **UNKNOWN} for rung in LADDER]
        nothing = {"ladder": rungs, "by_dong": [], "lit": {"length_m": None, "share": None}}
        return nothing | known | reason(code)
    lit = _lit(world, gauge)
    rungs = [{"class": rung, **_rung(gauge, rung, lit)} for rung in LADDER]
    return {"ladder": rungs, "by_dong": _by_dong(gauge, lit), "lit": _lit_length(gauge, lit), **known}


def _lit(world: World, gauge: Gauge) -> NDArray[np.bool_]:
    where, lamps = (
        shapely.get_coordinates(frame.geometry.to_numpy()) for frame in (gauge.points("alleys"), world.lamps)
    )
    return lit_by_lamps(where, lamps, radius_m=world.night.lamp_radius_m)


def _lit_length(gauge: Gauge, lit: NDArray[np.bool_]) -> Row:
    """Return the metres of alley near a lamp; null without lamps, for then nobody knows where it is dark."""
    weights = gauge.points("alleys")["weight"].to_numpy()
    if gauge.world.lamps.empty:
        return {"length_m": None, "share": None}
    length_m = float(weights[lit].sum())
    return {"length_m": round(length_m, 1), "share": number(length_m / weights.sum())}


def _rung(gauge: Gauge, density_class: str, lit: NDArray[np.bool_]) -> Row:
    weights = gauge.points("alleys")["weight"].to_numpy()
    dark, most = _in_the_dark(gauge, density_class, lit)
    seen = ranged(coverage.share(dark, weights, gauge.headings))
    return seen | {"possible": number(weights[most.possibly_seen()].sum() / weights.sum())}


def _by_dong(gauge: Gauge, lit: NDArray[np.bool_]) -> list[Row]:
    """Return code, length_m and the share seen at night of each dong, at the class that was asked for."""
    if gauge.world.dong.empty:
        return []
    points = gauge.points("alleys")
    weights, dong = points["weight"].to_numpy(), samples.groups_of(points, gauge.world.dong, key="code")
    dark, most = _in_the_dark(gauge, gauge.density_class, lit)
    table = coverage.shares_by(dark, weights, gauge.headings, by=dong)
    members, codes = coverage.memberships(weights, dong)
    possible = dict(zip(codes, members @ most.possibly_seen().astype(np.float64), strict=True))
    return [
        {
            "code": code,
            "length_m": round(float(row["weight"]), 1),
            **{name: number(row[name]) for name in ("share", "low", "high", "certain")},
            "possible": number(possible[code] / row["weight"]),
        }
        for code, row in table.iterrows()
    ]


def _in_the_dark(gauge: Gauge, density_class: str, lit: NDArray[np.bool_]) -> tuple[Sightings, Sightings]:
    """Return what is seen at night, and what would be if every unknown infrared light reached all that is seen by day."""
    found = gauge.found("alleys", density_class)
    # In the order in which the sightings know the cameras.
    cameras = gauge.world.cameras.drop_duplicates("camera_id").set_index("camera_id").loc[found.camera_ids]
    light = {name: cameras[name].to_numpy(dtype=np.float64) for name in ("ir_range_m", "height_m")}
    factor = ir_factor(density_class, gauge.world.night)
    dark = at_night(found, lit, **light, factor=factor)
    return dark, at_night(found, lit, **light, factor=factor, unknown_reach=True)
