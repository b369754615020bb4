"""What lenses tell beside the share: turning cameras as three separate answers, and classes that a lens reaches nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from app.ranges import Row, number, reason
from spatial.optics import LADDER, Lens, px_per_m
from spatial.presets import Rounds, rounds, time_share, watched_share
from spatial.sightings import Pairs, Sightings
from spatial.types import LensDefaults
from spatial.zones import FACE_M, WIDEST_PICTURE_DEG, has_zone

if TYPE_CHECKING:
    from app.figures import Gauge


def lenses(gauge: Gauge, *, blocked: str | None) -> Row:
    """Return `ptz` and `empty_zones`; blocked is the code of what keeps the share of alleys from being said."""
    world = gauge.world
    return {"ptz": ptz(gauge, blocked=blocked), "empty_zones": empty_zones(world.cameras, world.lens)}


def empty_zones(cameras: gpd.GeoDataFrame, defaults: LensDefaults) -> list[Row]:
    """Return how many cameras reach each class of the ladder nowhere, at the height of a face; walls are not asked.

    cameras  after `with_assumptions`: their lens known or assumed
    """
    column = {name: cameras[name].to_numpy(dtype=np.float64)[:, np.newaxis] for name in _LENS}
    drop = np.maximum(column.pop("height_m") - FACE_M, 0.0)
    hfov = np.minimum(column.pop("hfov_deg"), WIDEST_PICTURE_DEG)
    kind = cameras["kind"].to_numpy(dtype=np.str_)[:, np.newaxis]
    limits = {"tele_hfov_deg": defaults.ptz_tele_hfov_deg, "cap_m": defaults.max_range_m}
    density = np.array([px_per_m(rung) for rung in LADDER])
    reached = has_zone(kind, Lens(hfov_deg=hfov, drop_m=drop, **column), density, **limits)
    return [
        {"class": rung, "cameras": int(n), "of": len(cameras), "target_height_m": FACE_M}
        for rung, n in zip(LADDER, (~reached).sum(axis=0), strict=True)
    ]


_LENS = ("hfov_deg", "image_w_px", "image_h_px", "tilt_deg", "height_m")


def ptz(gauge: Gauge, *, blocked: str | None) -> Row:
    """Return what turning cameras could see, what they see at home, and for what share of time they look, of the alleys.

    reach    metres that some PTZ would see if it turned and zoomed there; home: metres in a known home sector
    by_time  metres times the share of time for which at least one PTZ looks there on its round; null without presets.
             A PTZ without presets is not in it, and `with_presets` says how many are
    """
    world = gauge.world
    turning = world.cameras[world.cameras["kind"] == "ptz"]
    presets = _placed(world.presets, turning)
    counts = {
        "cameras": len(turning),
        "with_presets": int(presets["camera_id"].nunique()),
        "presets": len(presets),
        "dwell_unknown": int(presets["dwell_s"].isna().sum()),
    }
    if blocked is not None:
        nothing = dict.fromkeys(("reach", "home", "by_time"))
        return {**counts, "length_m": nothing, "shares": dict(nothing), **reason(blocked)}
    found, weights = gauge.found("alleys"), gauge.points("alleys")["weight"].to_numpy()
    seen = _three(found, turning, _rounds(presets, gauge.density_class, world.lens))
    length_m = {name: None if each is None else float(weights @ each) for name, each in seen.items()}
    whole = float(weights.sum())
    return {
        **counts,
        "length_m": {name: None if each is None else round(each, 1) for name, each in length_m.items()},
        "shares": {
            name: None if each is None or not whole else number(each / whole)
            for name, each in length_m.items()
        },
    }


def _placed(presets: pd.DataFrame, turning: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the presets of these cameras with lens and height; tilt and angle that a preset lacks are its camera's."""
    columns = ["camera_id", *_LENS]
    found = presets.merge(pd.DataFrame(turning[columns]), on="camera_id", suffixes=("", "_home"))
    for name in ("tilt_deg", "hfov_deg"):
        found[name] = found[name].astype("float64").fillna(found[f"{name}_home"])
    return found


def _rounds(presets: pd.DataFrame, density_class: str, defaults: LensDefaults) -> Rounds:
    column = {name: presets[name].to_numpy(dtype=np.float64) for name in _LENS}
    hfov = np.minimum(column.pop("hfov_deg"), WIDEST_PICTURE_DEG)
    lens = Lens(hfov_deg=hfov, drop_m=column.pop("height_m"), **column)
    return rounds(
        presets["camera_id"].to_numpy(dtype=np.int64),
        lens,
        heading_deg=presets["heading_deg"].to_numpy(dtype=np.float64),
        dwell_s=presets["dwell_s"].to_numpy(dtype=np.float64),
        density_px_per_m=px_per_m(density_class),
        cap_m=defaults.max_range_m,
    )


def _three(found: Sightings, turning: gpd.GeoDataFrame, of: Rounds) -> dict[str, NDArray[np.float64] | None]:
    """Return reach, home and by_time as weights 0..1 (points,)."""
    turns = np.isin(found.camera_ids, turning["camera_id"].to_numpy())
    home, may, reach = (
        pairs.take(turns[pairs.camera]) for pairs in (found.certain, found.possible, found.reach)
    )
    seen: dict[str, NDArray[np.float64] | None] = {
        "reach": _marked(found.points, home, may, reach),
        "home": _marked(found.points, home),
        "by_time": None,
    }
    if len(of.camera):
        # All that it can see when it turns: what is in its home picture is also listed there alone.
        point = np.concatenate([pairs.point for pairs in (home, may, reach)])
        camera = np.concatenate([found.camera_ids[pairs.camera] for pairs in (home, may, reach)])
        distance = np.concatenate([pairs.distance_m for pairs in (home, may, reach)])
        bearing = np.concatenate([pairs.bearing_deg for pairs in (home, may, reach)])
        seen["by_time"] = watched_share(found.points, point, time_share(camera, distance, bearing, of=of))
    return seen


def _marked(points: int, *parts: Pairs) -> NDArray[np.float64]:
    marked = np.zeros(points)
    for pairs in parts:
        marked[pairs.point] = 1.0
    return marked
