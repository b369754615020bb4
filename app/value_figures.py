"""What each camera and each agency adds: Gauge in, JSON-ready rows out. No database here.

Metres are expected metres of alley at the run's class; an interval is that of the draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.figures import Gauge, Row, risk_along
from app.ranges import number, reason
from spatial import marginal, redundancy, samples

Floats = NDArray[np.float64]

# Less alley than this that nobody else sees is called little: two or three steps, the width of one doorway.
LITTLE_M = 5.0


def blocked(gauge: Gauge) -> str | None:
    """Return the code of what keeps shares of alleys from being said, None for nothing."""
    world = gauge.world
    if world.alleys.empty:
        return "no_streets"
    if world.cameras.empty:
        return "no_cameras"
    return "no_buildings" if world.buildings.empty else None


def marginal_value(gauge: Gauge) -> Row:
    """Return what only one camera sees, camera by camera, the least first.

    Returns  `cameras`, each with sees_m, only_m (all other cameras on), low_m and high_m (95 %), only_risk_m (metres
             times risk, 0..1) and zone_m2 (open ground of flood and wildfire zones that it sees); counts: `of` cameras,
             `surely` (high_m below little_m), `likely` (only_m below it, high_m not), `nothing` (sees no alley at all);
             `only_m` in all and `seen_m`. A reason_code instead when it cannot be said.
    """
    if code := blocked(gauge):
        return {"cameras": [], "little_m": LITTLE_M, **reason(code)}
    table = _by_camera(gauge)
    surely, likely = table["high_m"] < LITTLE_M, table["only_m"] < LITTLE_M
    points = gauge.points("alleys")["weight"].to_numpy()
    return {
        "little_m": LITTLE_M,
        "of": len(table),
        "surely": int(surely.sum()),
        "likely": int((likely & ~surely).sum()),
        "nothing": int((table["high_m"].eq(0.0) & table["sees_m"].eq(0.0)).sum()),
        "only_m": _metres(table["only_m"].sum()),
        "seen_m": _metres(points @ gauge.found("alleys").p_seen()),
        "cameras": [_camera(row) for row in table.to_dict("records")],
    }


def _by_camera(gauge: Gauge) -> pd.DataFrame:
    """Return a row a camera, the least value first: what it is, and what it alone sees."""
    world, points, found = gauge.world, gauge.points("alleys"), gauge.found("alleys")
    weight = points["weight"].to_numpy(dtype=np.float64)
    gain, count = marginal.alone(found), len(found.camera_ids)
    drawn = marginal.alone_by_draw(found, weight, gauge.headings)
    only = gain.of(weight, cameras=count)
    low, high = np.percentile(drawn, (2.5, 97.5), axis=1, method="nearest")
    known = world.cameras.set_index("camera_id").loc[found.camera_ids]
    places = known.reset_index()[["geometry"]].set_geometry("geometry", crs=world.cameras.crs)
    table = pd.DataFrame(
        {
            "camera_key": known["camera_key"].to_numpy(),
            "agency": known["agency"].to_numpy(),
            "purpose": known["purpose"].to_numpy(),
            "heading_known": known["heading_deg"].notna().to_numpy(),
            "dong": samples.groups_of(places, world.dong, key="code").to_numpy(),
            "sees_m": marginal.expected_of(found, weight),
            "only_m": only,
            "low_m": np.minimum(low, only),
            "high_m": np.maximum(high, only),
            "only_risk_m": gain.of(weight * risk_along(points, world), cameras=count),
            "zone_m2": _zone_m2(gauge, count),
        }
    ).round(dict.fromkeys(_METRES, 1))
    return table.sort_values(["high_m", "only_m", "camera_key"], kind="stable", ignore_index=True)


_METRES = ("sees_m", "only_m", "low_m", "high_m", "only_risk_m", "zone_m2")


def _zone_m2(gauge: Gauge, count: int) -> Floats:
    """Return the open ground of zones (cameras,) that each camera sees."""
    if gauge.world.zones.empty:
        return np.zeros(count)
    return marginal.expected_of(gauge.found("zones"), gauge.points("zones")["weight"].to_numpy())


def _camera(row: dict[Any, Any]) -> Row:
    """Return a row as JSON knows it: metres to a tenth, no NumPy number."""
    told = {name: None if pd.isna(row[name]) else str(row[name]) for name in _NAMES}
    metres = {name: _metres(row[name]) for name in _METRES}
    return {**told, "heading_known": bool(row["heading_known"]), **metres}


_NAMES = ("camera_key", "agency", "purpose", "dong")


def agencies_together(gauge: Gauge) -> Row:
    """Return how much agencies see together.

    Returns  `agencies`, each with seen_m, only_m and the share of what it sees that others see too (share, low, high);
             `pairs`, each with both agencies and shared_m; `several_m`, seen by two agencies or more, with low_m and
             high_m; `seen_m` by all. A reason_code instead when it cannot be said.
    """
    if code := blocked(gauge):
        return {"agencies": [], "pairs": [], **reason(code)}
    found = gauge.found("alleys")
    weight = gauge.points("alleys")["weight"].to_numpy(dtype=np.float64)
    owner = gauge.world.cameras.set_index("camera_id")["agency"].loc[found.camera_ids].to_numpy()
    both = redundancy.shared(found, weight, gauge.headings, owner=owner)
    too = both.share_too()
    low, high = redundancy.interval(both.drawn_several, expected=both.several)
    return {
        "seen_m": _metres(both.only.sum() + both.several),
        "several_m": _metres(both.several),
        "low_m": _metres(low),
        "high_m": _metres(high),
        "agencies": [
            {
                "agency": agency,
                "seen_m": _metres(both.matrix[row, row]),
                "only_m": _metres(both.only[row]),
                **{name: number(too[name].iloc[row]) for name in ("share", "low", "high")},
            }
            for row, agency in enumerate(both.owners)
        ],
        "pairs": [
            {
                "agency": both.owners[one],
                "other": both.owners[other],
                "shared_m": _metres(both.matrix[one, other]),
            }
            for one in range(len(both.owners))
            for other in range(one)
        ],
    }


def _metres(value: float) -> float:
    return round(float(value), 1) + 0.0
