"""The visible list of jobs: source, ordered steps, target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import boundary_steps as area
from etl import camera_steps as cam
from etl import map_steps as city_map
from etl import record_steps as record
from etl import steps as st
from etl import terrain
from etl.purposes import purposes
from etl.rows import Reading, Step
from etl.sources import (
    bells,
    boundaries,
    cameras,
    city,
    dem,
    incidents,
    juso,
    lamps,
    layers,
    police,
    speakers,
    status,
    survey,
    zones,
)


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
# Walls just outside the district stand in the way of its cameras; a stream beyond its edge still floods it.
_BUILDING_MARGIN_M = 200.0
_WATER_MARGIN_M = 500.0
_KINDS = {"fixed": "fixed", "고정": "fixed", "고정형": "fixed", "ptz": "ptz", "회전": "ptz", "회전형": "ptz",
          "fisheye": "fisheye", "어안": "fisheye"}  # fmt: skip
_DOWN = {"down": "down", "고장": "down", "중단": "down", "up": "up", "정상": "up", "복구": "up"}
_HAZARDS = {"flood": "flood", "침수": "flood", "홍수": "flood", "wildfire": "wildfire", "산불": "wildfire",
            "landslide": "landslide", "산사태": "landslide"}  # fmt: skip
_FACILITIES = {"301": "bell", "302": "camera", "303": "sign", "304": "marking", "305": "light", "306": "board",
               "307": "police_sign", "308": "other"}  # fmt: skip
_PLACES = {
    "하천산책로": "stream",
    "하천": "stream",
    "stream": "stream",
    "등산로": "hill",
    "산": "hill",
    "hill": "hill",
}

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
_SURVEY = Part(
    "survey",
    (
        st.text(),
        st.no_formulas(),
        st.need("mgmt_no"),
        st.number("head_no", low=1, high=_CAMERA_MAX, required=True, whole=True),
        st.day("surveyed_on", required=True),
        cam.headings_in_range(),
        st.number("tilt_deg", low=-10, high=90, required=False),
        *(st.number(name, low=0.1, high=high) for name, high in (("focal_mm", 5000), ("hfov_deg", 360),
                                                               ("sensor_w_mm", 100), ("sensor_h_mm", 100))),
        *(st.number(name, low=1, high=100_000, whole=True) for name in ("image_w_px", "image_h_px")),
        st.number("height_m", low=0, high=120),
        st.number("ir_range_m", low=0, high=2000),
        st.choice("kind", _KINDS, required=False),
        cam.presets_readable(),
        cam.head_key(),
        st.unique("camera_key"),
    ),
    "survey",
    cam.survey_table,
)  # fmt: skip
_STATUS = Part(
    "status",
    (
        st.text(),
        st.no_formulas(),
        st.need("mgmt_no"),
        st.number("head_no", low=1, high=_CAMERA_MAX, required=True, whole=True),
        st.choice("status", _DOWN),
        st.moment("since"),
        st.moment("until", required=False),
        record.in_order("since", "until"),
        cam.head_key(),
        st.keyed("status_key", number=None, of=("camera_key", "status", "since"), prefix="s"),
    ),
    "status",
    cam.status_table,
)
_BOUNDARY = Part(
    "boundary",
    (st.text(), area.ours(), st.need("name_ko"), st.shapes("polygon"), st.unique("boundary_key")),
    "boundary",
    area.to_table,
)
_BUILDING_FACTS = (
    st.number("floors", low=0, high=250, whole=True),
    st.shapes("polygon"),
    st.inside(margin_m=_BUILDING_MARGIN_M),
    st.unique("building_key"),
)
_CITY = (
    Part(
        "alley",
        (
            st.text(),
            st.number("width_m", low=0.1, high=499),
            city_map.lit_or_not(),
            st.shapes("line"),
            st.inside(),
            st.unique("alley_key"),
        ),
        "core.alley",
        city_map.sections,
        "alley_key",
    ),
    Part(
        "building",
        (st.text(), st.number("height_m", low=0.1, high=999), *_BUILDING_FACTS),
        "core.building",
        city_map.table("building_key", "name", "height_m", "floors", "use_code"),
        "building_key",
    ),
    Part(
        "water",
        (st.text(), st.shapes("any"), st.inside(margin_m=_WATER_MARGIN_M), st.unique("water_key")),
        "core.water",
        city_map.table("water_key", "name", "kind"),
        "water_key",
    ),
)
_JUSO = (
    Part(
        "building",
        (
            st.text(),
            st.need("building_key"),
            st.number("floors_below", low=0, high=50, whole=True),
            *_BUILDING_FACTS,
        ),
        "core.building",
        city_map.table("building_key", "name", "floors", "floors_below", "use_code"),
        "building_key",
    ),
    Part(
        "alley",
        (
            st.text(),
            st.number("width_m", low=0.1, high=499),
            st.shapes("line"),
            st.inside(),
            city_map.korean_streets(),
            st.unique("alley_key"),
        ),
        "core.alley",
        city_map.sections,
        "alley_key",
    ),
    Part(
        "address",
        (st.text(), st.need("building_key"), st.shapes("point"), st.inside(), st.unique("address_key")),
        "core.address",
        city_map.table("address_key", "building_key", "address_road", "address_lot"),
        "address_key",
    ),
)
_TERRAIN = Part("terrain", (terrain.metric_grid(), st.inside()), "core.terrain", terrain.tiles, "tile_key")
_ZONE = Part(
    "zone",
    (
        st.text(),
        st.need("zone_key"),
        st.choice("kind", _HAZARDS),
        st.number("level", low=1, high=9, whole=True),
        st.day("valid_from"),
        st.day("valid_to"),
        city_map.zone_period(),
        st.shapes("polygon"),
        st.inside(),
        st.unique("zone_key"),
    ),
    "core.zone",
    city_map.table("zone_key", "kind", "level", "name_ko", "name_en", "valid_during", "origin"),
    "zone_key",
)
_CALL = Part(
    "call",
    (
        st.text(),
        st.no_totals("incident_key"),
        st.no_formulas(),
        st.need("incident_key"),
        cam.sound_numbers("incident_key"),
        st.moment("occurred_at"),
        st.place(required=False),
        st.inside(),
        record.urgency(),
        record.call_flags(),
        record.origin("112"),
        st.unique("incident_key"),
    ),
    "core.incident",
    city_map.table("incident_key", "occurred_at", "class_code", "class_name", "urgency", "closing_code", "exercise",
                   "false_alarm", "repeat_call", "origin"),
    "incident_key",
)  # fmt: skip
_ACCIDENT = Part(
    "accident",
    (
        st.text(),
        record.agreeing_places(),
        st.place(),
        st.inside(),
        record.accident_time(),
        st.moment("occurred_at"),
        record.accident_class(),
        record.origin("koroad"),
        st.coordinate(),
        st.keyed(
            "incident_key", number=None, of=("occurred_at", "coordinate", "class_name"), prefix="koroad-"
        ),
    ),
    "core.incident",
    city_map.table("incident_key", "occurred_at", "class_name", "origin"),
    "incident_key",
)
_SUPPLY = Part(
    "supply",
    (
        st.text(),
        st.no_totals("record_key"),
        st.no_formulas(),
        st.need("record_key"),
        record.supplies(),
        st.moment("occurred_at"),
        st.need("recipient", "BLANK_RECIPIENT"),
        st.moment("footage_from", required=False),
        st.moment("footage_to", required=False),
        record.footage_period(),
        record.yes_or_no("used"),
        record.of_kind("supply"),
        record.nowhere(),
        st.unique("record_key"),
    ),
    "core.police_record",
    city_map.table("record_key", "kind", "occurred_at", "recipient", "legal_ground", "document_no", "category",
                   "camera_key", "footage_during", "used", "outcome"),
    "record_key",
)  # fmt: skip
_CRIME = Part(
    "crime",
    (
        st.text(),
        st.no_formulas(),
        record.first_of_month(),
        st.moment("occurred_at"),
        st.place(required=False),
        st.inside(),
        record.of_kind("crime"),
        st.coordinate(),
        record.crime_keys(),
        st.unique("record_key", twins=True),
    ),
    "core.police_record",
    city_map.table("record_key", "kind", "occurred_at", "recipient", "category", "outcome"),
    "record_key",
)
_LAMP = Part(
    "lamp",
    (
        st.text(),
        st.no_totals("lamp_no", "name", "address_lot"),
        st.no_formulas(),
        st.place(),
        st.inside(),
        st.number("count", low=1, high=1000, whole=True),
        city_map.one_unless_said("count"),
        st.day("ref_date"),
        st.coordinate(),
        st.keyed(
            "lamp_key", number="lamp_no", of=("name", "address_road", "address_lot", "coordinate"), prefix="h"
        ),
    ),
    "core.lamp",
    city_map.table("lamp_key", "name", "count"),
    "lamp_key",
)
_BELL = Part(
    "bell",
    (
        st.text(),
        st.no_totals("bell_no", "place_text"),
        st.no_formulas(),
        cam.sound_numbers("bell_no"),
        st.place(),
        st.inside(),
        record.yes_or_no("police_linked"),
        record.of_kind("bell"),
        city_map.constant(route_key=None, name=None),
        st.day("ref_date"),
        st.coordinate(),
        st.keyed("bell_key", number="bell_no", of=("place_text", "address_lot", "coordinate"), prefix="h"),
    ),
    "core.bell",
    city_map.table("bell_key", "kind", "name", "purpose", "place_text", "police_linked", "route_key"),
    "bell_key",
)
_SAFE_RETURN = Part(
    "safe_return",
    (
        st.text(),
        st.no_totals("facility_no"),
        st.no_formulas(),
        st.place(),
        st.inside(),
        city_map.renamed(code="kind"),
        st.choice("kind", _FACILITIES),
        city_map.constant(purpose="여성안심귀갓길", police_linked=None),
        st.day("ref_date"),
        st.coordinate(),
        st.keyed("bell_key", number="facility_no", of=("kind", "route_key", "coordinate"), prefix="h"),
    ),
    "core.bell",
    city_map.table("bell_key", "kind", "name", "purpose", "place_text", "police_linked", "route_key"),
    "bell_key",
)
_SPEAKER = Part(
    "speaker",
    (
        st.text(),
        st.no_totals("speaker_key"),
        st.no_formulas(),
        st.need("speaker_key"),
        st.place(),
        st.inside(),
        city_map.words("place", _PLACES),
        st.number("power_w", low=0.1, high=99_999),
        st.number("level_db", low=0, high=200),
        st.month("installed_on"),
        st.day("ref_date"),
        st.unique("speaker_key"),
    ),
    "core.speaker",
    city_map.table("speaker_key", "amplifier_key", "place", "power_w", "level_db", "installed_on"),
    "speaker_key",
)
_LAYER = (
    Part(
        "feature",
        (
            st.text(),
            st.no_formulas(),
            st.shapes("any"),
            st.inside(),
            city_map.weights(),
            st.day("observed_on"),
            city_map.attributes(),
            st.keyed("feature_key", number="feature_key", of=("attributes", "geometry"), prefix="h"),
        ),
        "layer",
        city_map.table("feature_key", "weight", "observed_on", "attributes"),
    ),
    Part(
        "place",
        (
            st.text(),
            st.no_formulas(),
            st.place(),
            st.inside(),
            city_map.weights(),
            st.day("observed_on"),
            st.coordinate(),
            city_map.attributes(),
            st.keyed("feature_key", number="feature_key", of=("attributes", "coordinate"), prefix="h"),
        ),
        "layer",
        city_map.table("feature_key", "weight", "observed_on", "attributes"),
    ),
)

JOBS: tuple[Job, ...] = (
    Job("boundaries", boundaries.read, (_BOUNDARY,)),
    Job("cameras", cameras.read, (_REGISTRY, _OSM_CAMERAS)),
    Job("survey", survey.read, (_SURVEY,)),
    Job("status", status.read, (_STATUS,)),
    Job("city", city.read, _CITY),
    Job("juso", juso.read, _JUSO),
    Job("dem", dem.read, (_TERRAIN,)),
    Job("zones", zones.read, (_ZONE,)),
    Job("speakers", speakers.read, (_SPEAKER,)),
    Job("lamps", lamps.read, (_LAMP,)),
    Job("bells", bells.read, (_BELL, _SAFE_RETURN)),
    Job("incidents", incidents.read, (_CALL, _ACCIDENT)),
    Job("police", police.read, (_SUPPLY, _CRIME)),
    Job("layer", layers.read, _LAYER),
)
