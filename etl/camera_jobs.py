"""Parts of the jobs on cameras: registries, OpenStreetMap, surveys, outages."""

from __future__ import annotations

from etl import camera_steps as cam
from etl import record_steps as record
from etl import steps as st
from etl.across import Once
from etl.coordinate_repairs import degrees_only
from etl.parts import Part
from etl.purposes import purposes
from etl.spreadsheet import excel_text

_CAMERA_MAX = 200

_KINDS = {"fixed": "fixed", "고정": "fixed", "고정형": "fixed", "ptz": "ptz", "회전": "ptz", "회전형": "ptz",
          "fisheye": "fisheye", "어안": "fisheye"}  # fmt: skip

_DOWN = {**dict.fromkeys(("down", "offline", "fault", "fail", "failed", "고장", "중단", "장애", "불량", "단절", "오프라인"), "down"),
         **dict.fromkeys(("up", "online", "ok", "working", "정상", "복구", "양호", "온라인"), "up")}  # fmt: skip

REGISTRY = Part(
    "registry",
    (
        st.text(),
        st.no_totals("manager", "address_road", "address_lot", "purpose"),
        excel_text(),
        st.no_formulas(),
        cam.sound_numbers(),
        cam.change_flags(),
        st.day("ref_date"),
        cam.retirements(),
        cam.living(
            degrees_only(),
            st.place(),
            st.inside(),
            st.need("manager", "BLANK_MANAGER"),
            purposes(),
            st.number("camera_count", low=1, high=_CAMERA_MAX, reason="BAD_COUNT", required=True, whole=True),
            st.number("retention_days", low=1, high=3650, whole=True),
            st.number("height_m", low=0, high=120),
            st.number("tilt_deg", low=-10, high=90),
            cam.headings_in_range(),
            st.month("installed_on"),
            cam.lenses(),
            cam.record_keys(),
        ),
    ),
    "camera",
    cam.registry_heads,
    once=Once(
        "row_key",
        number="mgmt_no",
        aside=("changed_at", "last_modified", "local_gov_code", "change", "phone"),
        newest="changed_at",
        addresses=("address_lot", "address_road"),
    ),
)

OSM_CAMERAS = Part(
    "osm",
    (
        st.text(),
        st.place(),
        st.inside(),
        cam.outdoors(),
        cam.assume_purpose(),
        st.number("height_m", low=0, high=120),
        cam.osm_shape("소유자 미상 (owner not stated)"),
    ),
    "camera",
    cam.osm_heads,
    once=Once("row_key"),
)

SURVEY = Part(
    "survey",
    (
        st.text(),
        excel_text(),
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
    ),
    "survey",
    cam.survey_table,
    once=Once("camera_key"),
)  # fmt: skip

STATUS = Part(
    "status",
    (
        st.text(),
        excel_text(),
        st.no_formulas(),
        st.need("mgmt_no"),
        cam.head_if_told("head_no", most=_CAMERA_MAX),
        st.choice("status", _DOWN),
        st.moment("since"),
        st.moment("until", required=False),
        record.in_order("since", "until"),
        cam.head_key(),
        st.keyed("status_key", number=None, of=("camera_key", "status", "since"), prefix="s"),
    ),
    "status",
    cam.status_table,
    once=Once("status_key", twins=True),
)
