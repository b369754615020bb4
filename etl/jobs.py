"""The visible list of jobs: source, ordered steps, target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import camera_steps as cam
from etl import steps as st
from etl.purposes import purposes
from etl.rows import Reading, Step
from etl.sources import boundaries, cameras
from etl.boundary_steps import ours, to_table as boundary_table


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a reading: its steps in order, then the shape of its target, then the target.

    target   'core.lamp' and the like: merged by `key` and the hash of the row; or the name of a merge of its own
    shape    the target's columns of the good rows; may give several objects a row (index row_no repeated)
    """

    table: str
    steps: tuple[Step, ...]
    target: str
    shape: Callable[[pd.DataFrame], pd.DataFrame]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A source, how it is read, and what becomes of its tables."""

    source: str
    read: Callable[[Path], Reading]
    parts: tuple[Part, ...]


_CAMERA_MAX = 200

_REGISTRY = Part(
    "registry",
    (
        st.text(),
        st.no_totals("manager", "address_road", "address_lot", "purpose"),
        st.no_formulas(),
        cam.sound_numbers(),
        cam.latest_changes(),
        cam.retirements(),
        cam.living(
            st.place(addresses=("address_lot", "address_road")),
            st.inside(),
            st.need("manager", "BLANK_MANAGER"),
            purposes(),
            st.number("camera_count", low=1, high=_CAMERA_MAX, reason="BAD_COUNT", required=True, whole=True),
            st.number("retention_days", low=1, high=3650, whole=True),
            st.number("height_m", low=0, high=120),
            st.number("tilt_deg", low=-10, high=90),
            cam.headings_in_range(),
            st.month("installed_on"),
            st.day("ref_date"),
            cam.lenses(),
            cam.record_keys(),
        ),
        cam.one_row_a_record(),
    ),
    "camera",
    cam.registry_heads,
)

_OSM_CAMERAS = Part(
    "osm",
    (
        st.text(),
        st.place(),
        st.inside(),
        cam.outdoors(),
        cam.assume_purpose(),
        st.number("height_m", low=0, high=120),
        cam.osm_shape("소유자 미상 (owner not stated)"),
        st.unique("row_key"),
    ),
    "camera",
    cam.osm_heads,
)

_BOUNDARY = Part(
    "boundary",
    (st.text(), ours(), st.need("name_ko"), st.shapes("polygon"), st.unique("boundary_key")),
    "boundary",
    boundary_table,
)

JOBS: tuple[Job, ...] = (
    Job("boundaries", boundaries.read, (_BOUNDARY,)),
    Job("cameras", cameras.read, (_REGISTRY, _OSM_CAMERAS)),
)
