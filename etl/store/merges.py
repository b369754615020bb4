"""Merges that a key and a hash do not settle: cameras with their states, surveys, outages, outlines, layers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from etl.store.writes import Batch, Outcome, execute, merge_by_key, rows, stage

_CAMERA_WRITES = ("agency", "site", "camera")
_STATE_WRITES = ("end", "correct", "state", "installed", "forget", "purpose", "evidence")


def merge_cameras(batch: Batch, heads: pd.DataFrame) -> Outcome:
    """Merge cameras, a row a head: identity by key, states by period.

    A first state begins in the month of installation, else on the file's day. A changed one begins on the file's
    day and ends the one before; a file of the same day corrects in place. What a survey found is kept.
    What the registry's words tell of the aim is written beside, as evidence.
    """
    stage(batch, "stage_camera", heads)
    execute(batch.connection, "merge_camera_known")
    refused = _refused(batch, "merge_camera_refuse")
    for name in _CAMERA_WRITES:
        execute(batch.connection, f"merge_camera_{name}")
    execute(batch.connection, "merge_camera_deeds")
    for name in _STATE_WRITES:
        execute(batch.connection, f"merge_camera_{name}")
    return _outcome(batch, "merge_camera_count", refused)


def merge_survey(batch: Batch, found: pd.DataFrame) -> Outcome:
    """Merge what a survey found of cameras' lenses, aims and presets.

    The current state is corrected in place while the survey only fills what was unknown; where it contradicts, a
    new state begins on the day of the survey.
    """
    stage(batch, "stage_survey", found)
    refused = _refused(batch, "merge_survey_refuse")
    execute(batch.connection, "merge_survey_deeds")
    for name in ("end", "carry", "fill", "purpose"):
        execute(batch.connection, f"merge_survey_{name}")
    execute(batch.connection, "merge_survey_presets")
    return _outcome(batch, "merge_survey_count", refused)


def merge_status(batch: Batch, outages: pd.DataFrame) -> Outcome:
    """Merge outages of cameras: periods during which one was down."""
    stage(batch, "stage_status", outages)
    refused = _refused(batch, "merge_status_refuse")
    return _outcome(batch, "merge_status", refused)


def merge_boundaries(batch: Batch, areas: pd.DataFrame) -> Outcome:
    """Merge dong and make the district's outline of them; an outline of its own is taken where there are no dong.

    Published outlines of whole districts are simplified: the union of the dong is the truer one. A file of dong is
    the whole set: dong of earlier files that it does not name are gone.
    """
    dong = areas["level"].eq("dong")
    if not dong.any() and not rows(batch.connection, "merge_boundary_dong"):
        return merge_by_key(batch, areas, "core.boundary", key=["boundary_key"])
    if not dong.any():
        return Outcome(unchanged=int(areas.index.nunique()))
    merged = merge_by_key(batch, areas[dong], "core.boundary", key=["boundary_key"])
    gone = int(rows(batch.connection, "merge_boundary_forget")[0][0])
    execute(batch.connection, "merge_boundary_outline")
    return Outcome(merged.inserted, merged.updated, merged.unchanged + int((~dong).sum()), gone)


def placed_addresses(batch: Batch) -> list[tuple[bytes, str | None, str | None]]:
    """Return the point (WKB), road and lot address of each site that bears a camera."""
    return [(wkb, road, lot) for wkb, road, lot in rows(batch.connection, "placed_addresses")]


def merge_alleys(batch: Batch, sections: pd.DataFrame) -> Outcome:
    """Merge sections of streets; sections of the same street that the file cuts otherwise now are gone."""
    merged = merge_by_key(batch, sections, "core.alley", key=["alley_key"])
    gone = int(rows(batch.connection, "merge_alley_forget")[0][0])
    return Outcome(merged.inserted, merged.updated, merged.unchanged, gone)


def merge_outline(batch: Batch, area_wkb_hex: str) -> bool:
    """Make the district's outline of the extent of a map, when no boundary is loaded; say whether it was made."""
    return bool(rows(batch.connection, "merge_outline_of_extent", area_wkb_hex, str(batch.srid)))


def merge_layer(batch: Batch, features: pd.DataFrame, *, about: Mapping[str, str]) -> Outcome:
    """Merge the features of a named layer; `about` holds name, title_ko, title_en, geometry_kind and origin."""
    (layer_id,) = rows(
        batch.connection, "merge_layer", about["name"], about["title_ko"], about["title_en"],
        about["geometry_kind"], about["origin"],
    )[0]  # fmt: skip
    placed = features.assign(layer_id=int(layer_id))
    return merge_by_key(batch, placed, "core.layer_feature", key=["layer_id", "feature_key"])


def _refused(batch: Batch, query: str) -> dict[int, str]:
    return {int(row_no): str(reason) for row_no, reason in rows(batch.connection, query)}


def _outcome(batch: Batch, query: str, refused: Mapping[int, str]) -> Outcome:
    inserted, updated, unchanged, retired = map(int, rows(batch.connection, query)[0])
    return Outcome(inserted, updated, unchanged, retired, refused)
