"""What the lenses of listed cameras tell of one place beside sight: by night, on the round, at all. Light to import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from etl.db import Database
from etl.store import points
from spatial.night import in_infrared, ir_factor
from spatial.optics import DENSITY_CLASSES, Lens, class_of, fov_deg, px_per_m
from spatial.presets import rounds, time_share
from spatial.types import LensDefaults, LonLat, NightRules
from spatial.zones import FACE_M, WIDEST_PICTURE_DEG, has_zone

# A row of the store or of an answer: its keys are the contract of `etl.store.points.lenses` and `find.nearest`.
Row = Mapping[str, Any]

# The finest first.
CLASSES_2015 = tuple(each.code for each in reversed(DENSITY_CLASSES) if each.standard_version == 2015)


def beside(
    db: Database, place: LonLat, cameras: Sequence[Row], *, density_class: str, at: date
) -> dict[str, Any]:
    """Return `lit`, `target_height_m` and `cameras`, each with four answers more.

    lit            whether a lamp lights the place; None while no lamp is loaded
    by_night       whether the camera still sees the place at the class when it is dark, or may; False for one that
                   does not by day; None where neither lamps nor its infrared range tell
    class_by_night the finest class that its picture of the place has when it is dark; None for none, and where neither
                   lamps nor its infrared range tell
    watched_share  of a PTZ: the share of its round for which it looks at the place; None without presets
    empty_zone     whether its lens reaches the class nowhere at the height of a face (`target_height_m`)
    """
    lit = points.lit(db, place.lon, place.lat, radius_m=db.district.night.lamp_radius_m)
    known = points.lenses(db, [row["camera_id"] for row in cameras], at=at)
    factor = ir_factor(density_class, db.district.night)
    defaults = db.district.defaults
    told = []
    for row in cameras:
        lens = known[row["camera_id"]]
        told.append(
            {
                **row,
                "by_night": _by_night(row, lens, lit, factor=factor, defaults=defaults),
                "class_by_night": _class_by_night(row, lens, lit, rules=db.district.night, defaults=defaults),
                "watched_share": _watched(row, lens, density_class, defaults=defaults),
                "empty_zone": _empty(lens, density_class, defaults=defaults),
            }
        )
    return {"lit": lit, "target_height_m": FACE_M, "cameras": told}


def _by_night(row: Row, lens: Row, lit: bool | None, *, factor: float, defaults: LensDefaults) -> bool | None:
    if row["sight"] == "none":
        return False
    if lit:
        return True
    if lens["ir_range_m"] is None:
        return None
    # Beyond its own light a camera sees by a lamp alone, and where those stand nobody may have told.
    return True if _in_own_light(row, lens, factor=factor, defaults=defaults) else lit


def _class_by_night(
    row: Row, lens: Row, lit: bool | None, *, rules: NightRules, defaults: LensDefaults
) -> str | None:
    dense = row["density_px_per_m"]
    if dense is None or lit or (finest := class_of(dense)) is None:
        return row["class"] if lit else None
    if lens["ir_range_m"] is None:
        return None
    reached = [each for each in CLASSES_2015 if px_per_m(each) <= px_per_m(finest)]
    own = (
        each for each in reached if _in_own_light(row, lens, factor=ir_factor(each, rules), defaults=defaults)
    )
    return next(own, None)


def _in_own_light(row: Row, lens: Row, *, factor: float, defaults: LensDefaults) -> bool:
    height_m = _given(lens["height_m"], defaults.height_m)
    return bool(
        in_infrared(row["distance_m"], height_m=height_m, ir_range_m=lens["ir_range_m"], factor=factor)
    )


def _watched(row: Row, lens: Row, density_class: str, *, defaults: LensDefaults) -> float | None:
    """Return the share of the round, to 6 digits; walls are in `sight` already."""
    presets = lens["presets"]
    if lens["kind"] != "ptz" or not presets:
        return None
    if row["sight"] == "none":
        return 0.0
    tour = rounds(
        np.zeros(len(presets), dtype=np.int64),
        lens_of(lens, defaults, presets=presets),
        heading_deg=[preset["heading_deg"] for preset in presets],
        dwell_s=[_given(preset["dwell_s"], np.nan) for preset in presets],
        density_px_per_m=px_per_m(density_class),
        cap_m=defaults.ptz_reach_m,
    )
    bearing = _given(row["turn_to_deg"], 0.0)
    return round(float(time_share([0], [row["distance_m"]], [bearing], of=tour)[0]), 6)


def _empty(lens: Row, density_class: str, *, defaults: LensDefaults) -> bool:
    limits = {"tele_hfov_deg": defaults.ptz_tele_hfov_deg, "cap_m": defaults.max_range_m}
    view = lens_of(lens, defaults, target_height_m=FACE_M)
    return not bool(has_zone(_given(lens["kind"], "fixed"), view, px_per_m(density_class), **limits))


def lens_of(
    known: Row, defaults: LensDefaults, *, target_height_m: float = 0.0, presets: Sequence[Row] = ()
) -> Lens:
    """Return a camera's lens, or those of its presets, what is unknown assumed as `spatial.fov.with_assumptions` does.

    That one works on frames, which a question about one place does not pay for.
    """
    sensor_w_mm = _given(known["sensor_w_mm"], defaults.sensor_w_mm)
    from_lens = float(fov_deg(sensor_w_mm, _given(known["focal_mm"], defaults.focal_mm)))
    hfov_deg = _given(known["hfov_deg"], 180.0 if known["kind"] == "fisheye" else from_lens)
    tilt_deg = _given(known["tilt_deg"], defaults.tilt_deg)
    aims = presets or [{"hfov_deg": None, "tilt_deg": None}]
    height_m = _given(known["height_m"], defaults.height_m)
    hfovs = np.array([_given(aim["hfov_deg"], hfov_deg) for aim in aims])
    return Lens(
        hfov_deg=np.minimum(hfovs, WIDEST_PICTURE_DEG),
        image_w_px=_given(known["image_w_px"], defaults.image_w_px),
        image_h_px=_given(known["image_h_px"], defaults.image_h_px),
        tilt_deg=np.array([_given(aim["tilt_deg"], tilt_deg) for aim in aims]),
        drop_m=max(height_m - target_height_m, 0.0),
    )


def _given(value: Any, otherwise: Any) -> Any:  # Any: numbers and codes as the database gives them
    return otherwise if value is None else value
