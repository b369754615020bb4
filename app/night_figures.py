"""Night: what the same cameras see of the alleys when it is dark, by lamps and by their own infrared light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from app.ranges import UNKNOWN, Row, number, ranged, reason
from spatial import coverage
from spatial.night import at_night, ir_factor, lit_by_lamps
from spatial.optics import LADDER

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
        return {"ladder": rungs, "lit": {"length_m": None, "share": None}, **known, **reason(code)}
    lit = _lit(world, gauge)
    rungs = [{"class": rung, **_rung(gauge, rung, lit)} for rung in LADDER]
    return {"ladder": rungs, "lit": _lit_length(gauge, lit), **known}


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
    found, weights = gauge.found("alleys", density_class), gauge.points("alleys")["weight"].to_numpy()
    # In the order in which the sightings know the cameras.
    cameras = gauge.world.cameras.drop_duplicates("camera_id").set_index("camera_id").loc[found.camera_ids]
    light = {name: cameras[name].to_numpy(dtype=np.float64) for name in ("ir_range_m", "height_m")}
    factor = ir_factor(density_class, gauge.world.night)
    dark = at_night(found, lit, **light, factor=factor)
    most = at_night(found, lit, **light, factor=factor, unknown_reach=True)
    seen = ranged(coverage.share(dark, weights, gauge.headings))
    return seen | {"possible": number(weights[most.possibly_seen()].sum() / weights.sum())}
