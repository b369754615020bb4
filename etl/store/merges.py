"""Merges that a key and a hash do not settle: cameras with their states, surveys, outages, outlines, layers.

`stage_part` puts rows of a block where a merge expects them; `merge_part` merges all that was staged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from etl.store.rules import APART_M
from etl.store.writes import (
    Batch,
    Outcome,
    execute,
    merge_staged,
    rows,
    stage,
    stage_of,
    stage_rows,
)

_CAMERA_WRITES = ("site", "camera")
_STATE_WRITES = ("end", "correct", "state", "installed", "forget", "purpose", "evidence")
# Stages of their own make: their columns are no table's.
_OWN = ("camera", "survey", "status", "closing")
_TABLES = {"boundary": "core.boundary", "alley": "core.alley", "layer": "core.layer_feature"}


@dataclass(frozen=True, slots=True)
class BoundaryLoss:
    """What staged boundaries would take away: dong that they do not name, and area of the outline."""

    dong: int
    missing: int
    before_m2: float
    area_m2: float


def stage_part(batch: Batch, target: str, frame: pd.DataFrame) -> None:
    """Stage shaped rows of a part: `target` as in etl.parts.Part."""
    if target in _OWN:
        stage(batch, stage_of(target), frame)
    elif target == "layer":
        stage_rows(batch, frame.assign(layer_id=None), _TABLES[target])
    else:
        stage_rows(batch, frame, _TABLES.get(target, target))


def staged_as(target: str) -> str:
    """Return the name of the temporary table that a part's rows are staged in."""
    return stage_of(_TABLES.get(target, target))


def merge_part(batch: Batch, target: str, *, key: str, about: Mapping[str, str]) -> Outcome:
    """Merge what was staged of a part; `about` tells of a layer: name, title_ko, title_en and origin."""
    if target == "layer":
        return merge_layer(batch, about=about)
    merge = _MERGES.get(target)
    return merge(batch) if merge is not None else merge_staged(batch, target, key=[key])


def merge_cameras(batch: Batch) -> Outcome:
    """Merge cameras, a row a head: identity by key, states by period.

    A first state begins in the month of installation, else on the file's day. A changed one begins on the file's
    day and ends the one before; a file of the same day corrects in place. What a survey found is kept.
    What the registry's words tell of the aim is written beside, as evidence. A point within the district's tolerance of
    a site of the same address hangs on that site.
    """
    execute(batch.connection, "merge_camera_known")
    execute(batch.connection, "merge_camera_refuse", apart_m=str(APART_M))
    execute(batch.connection, "merge_camera_agency")
    execute(batch.connection, "merge_camera_hang", srid=str(batch.srid))
    for name in _CAMERA_WRITES:
        execute(batch.connection, f"merge_camera_{name}")
    execute(batch.connection, "merge_camera_deeds")
    for name in _STATE_WRITES:
        execute(batch.connection, f"merge_camera_{name}")
    return _outcome(batch, "merge_camera_count")


def merge_survey(batch: Batch) -> Outcome:
    """Merge what a survey found of cameras' lenses, aims and presets.

    The current state is corrected in place while the survey only fills what was unknown; where it contradicts, a
    new state begins on the day of the survey.
    """
    execute(batch.connection, "merge_survey_refuse")
    execute(batch.connection, "merge_survey_deeds")
    for name in ("end", "carry", "fill", "purpose"):
        execute(batch.connection, f"merge_survey_{name}")
    execute(batch.connection, "merge_survey_presets")
    return _outcome(batch, "merge_survey_count")


def merge_status(batch: Batch) -> Outcome:
    """Merge outages of cameras: periods during which one was down, each to the next 'up' of the file at most."""
    for name in ("named", "unknown", "until", "end", "refuse"):
        execute(batch.connection, f"merge_status_{name}")
    return _outcome(batch, "merge_status")


def merge_closings(batch: Batch) -> Outcome:
    """Close incidents by their number, the rest of them as it is; a number that is used anew each day means the last one."""
    execute(batch.connection, "merge_closing_refuse")
    return _outcome(batch, "merge_closing")


def merge_boundaries(batch: Batch) -> Outcome:
    """Merge dong and make the district's outline of them; an outline of its own is taken where there are no dong.

    Published outlines of whole districts are simplified: the union of the dong is the truer one. A file of dong is
    the whole set: dong of earlier files that it does not name are gone.
    """
    dong, whole = map(int, rows(batch.connection, "merge_boundary_levels")[0])
    if not dong and not rows(batch.connection, "merge_boundary_dong"):
        return merge_staged(batch, "core.boundary", key=["boundary_key"])
    if not dong:
        return Outcome(unchanged=whole)
    execute(batch.connection, "merge_boundary_dong_only")
    merged = merge_staged(batch, "core.boundary", key=["boundary_key"])
    gone = int(rows(batch.connection, "merge_boundary_forget")[0][0])
    execute(batch.connection, "merge_boundary_outline")
    return Outcome(merged.inserted, merged.updated, merged.unchanged + whole, gone)


def boundary_loss(batch: Batch) -> BoundaryLoss | None:
    """Return what the staged boundaries would take away; None where none were staged. After the rules across rows.

    Areas are 0 where there was no outline of an earlier file, or where the staged ones change none.
    """
    if staged_as("boundary") not in batch.staged:
        return None
    dong, missing, before_m2, area_m2 = rows(batch.connection, "merge_boundary_loss")[0]
    if before_m2 is None or area_m2 is None:
        before_m2 = area_m2 = 0.0
    return BoundaryLoss(int(dong), int(missing), float(before_m2), float(area_m2))


def placed_addresses(batch: Batch) -> list[tuple[bytes, str | None, str | None]]:
    """Return the point (WKB), road and lot address of each site that bears a camera."""
    return [(wkb, road, lot) for wkb, road, lot in rows(batch.connection, "placed_addresses")]


def merge_alleys(batch: Batch) -> Outcome:
    """Merge sections of streets; sections of the same street that the file cuts otherwise now are gone."""
    merged = merge_staged(batch, "core.alley", key=["alley_key"])
    gone = int(rows(batch.connection, "merge_alley_forget")[0][0])
    return Outcome(merged.inserted, merged.updated, merged.unchanged, gone)


def merge_outline(batch: Batch, area_wkb_hex: str) -> bool:
    """Make the district's outline of the extent of a map, when no boundary is loaded; say whether it was made."""
    return bool(rows(batch.connection, "merge_outline_of_extent", area_wkb_hex, str(batch.srid)))


def merge_layer(batch: Batch, *, about: Mapping[str, str]) -> Outcome:
    """Merge the features of a named layer; `about` holds name, title_ko, title_en and origin."""
    (kind,) = rows(batch.connection, "load_layer_kind")[0]
    (layer_id,) = rows(
        batch.connection, "merge_layer", about["name"], about["title_ko"], about["title_en"], str(kind),
        about["origin"],
    )[0]  # fmt: skip
    execute(batch.connection, "load_layer_number", layer_id=str(int(layer_id)))
    return merge_staged(batch, "core.layer_feature", key=["layer_id", "feature_key"])


def _outcome(batch: Batch, query: str) -> Outcome:
    inserted, updated, unchanged, retired = map(int, rows(batch.connection, query)[0])
    return Outcome(inserted, updated, unchanged, retired)


_MERGES = {
    "camera": merge_cameras,
    "survey": merge_survey,
    "status": merge_status,
    "closing": merge_closings,
    "boundary": merge_boundaries,
    "alley": merge_alleys,
}
