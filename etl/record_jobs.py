"""Parts of the jobs on what happened, and on layers that a city adds."""

from __future__ import annotations

from etl import camera_steps as cam
from etl import map_steps as city_map
from etl import pairs
from etl import record_steps as record
from etl import steps as st
from etl.across import Once
from etl.coordinate_repairs import degrees_only, east_first
from etl.parts import Part
from etl.spreadsheet import excel_text

CALL = Part(
    "call",
    (
        st.text(),
        st.no_totals("incident_key"),
        excel_text(),
        st.no_formulas(),
        st.need("incident_key"),
        cam.sound_numbers("incident_key"),
        st.moment("occurred_at"),
        degrees_only(),
        st.place(required=False),
        record.by_address(),
        st.inside(),
        record.exact_to("minute"),
        record.urgency(),
        record.call_flags(),
        record.origin("112"),
    ),
    "core.incident",
    city_map.table("incident_key", "occurred_at", "class_code", "class_name", "urgency", "closing_code", "exercise",
                   "false_alarm", "repeat_call", "origin", "placed_by", "place_confidence", "time_precision", "caller",
                   "case_no"),
    "incident_key",
    once=Once("incident_key"),
)  # fmt: skip

ACCIDENT = Part(
    "accident",
    (
        st.text(),
        pairs.agreeing_places(),
        st.place(),
        record.by_address(),
        st.inside(),
        record.exact_to("minute"),
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
    city_map.table("incident_key", "occurred_at", "class_name", "origin", "placed_by", "time_precision"),
    "incident_key",
    once=Once("incident_key", twins=True),
)

_MAPPED_FACTS = (
    record.by_address(),
    st.inside(),
    record.urgency(),
    record.said("exercise", "false_alarm", "repeat_call"),
    st.coordinate(),
    st.keyed(
        "incident_key",
        number="incident_no",
        of=("origin", "occurred_at", "coordinate", "class_code", "class_name"),
        prefix="m-",
    ),
)
_MAPPED_TABLE = city_map.table("incident_key", "occurred_at", "class_code", "class_name", "urgency", "closing_code",
                               "exercise", "false_alarm", "repeat_call", "origin", "placed_by", "place_confidence",
                               "time_precision", "caller", "case_no")  # fmt: skip
_MAPPED_BEGIN = (st.text(), st.no_formulas(), st.moment("occurred_at"))
MAPPED = (
    Part(
        "mapped",
        (*_MAPPED_BEGIN, st.place(required=False), *_MAPPED_FACTS),
        "core.incident",
        _MAPPED_TABLE,
        "incident_key",
        once=Once("incident_key", number="incident_no"),
    ),
    Part(
        "mapped_shape",
        (*_MAPPED_BEGIN, st.shapes("point"), *_MAPPED_FACTS),
        "core.incident",
        _MAPPED_TABLE,
        "incident_key",
        once=Once("incident_key", number="incident_no"),
    ),
)

SUPPLY = Part(
    "supply",
    (
        st.text(),
        st.no_totals("record_key"),
        excel_text(),
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
        record.exact_to("minute"),
        record.case_place(),
    ),
    "core.police_record",
    city_map.table("record_key", "kind", "occurred_at", "recipient", "legal_ground", "document_no", "category",
                   "camera_key", "footage_during", "used", "outcome", "time_precision"),
    "record_key",
    once=Once("record_key"),
)  # fmt: skip

CRIME = Part(
    "crime",
    (
        st.text(),
        excel_text(),
        st.no_formulas(),
        record.first_of_month(),
        st.moment("occurred_at"),
        degrees_only(),
        st.place(required=False),
        st.inside(),
        record.of_kind("crime"),
        record.exact_to("month"),
        st.coordinate(),
        record.crime_keys(),
    ),
    "core.police_record",
    city_map.table("record_key", "kind", "occurred_at", "recipient", "category", "outcome", "time_precision"),
    "record_key",
    once=Once("record_key", twins=True),
)

LAYER = (
    Part(
        "feature",
        (
            st.text(),
            excel_text(),
            st.no_formulas(),
            east_first(),
            st.shapes("any"),
            st.inside(),
            city_map.weights(),
            st.day("observed_on", since=st.OLDEST_ZONE),
            city_map.attributes(),
            st.keyed("feature_key", number="feature_key", of=("attributes", "geometry"), prefix="h"),
        ),
        "layer",
        city_map.table("feature_key", "weight", "observed_on", "attributes"),
        once=Once("feature_key", number="feature_key"),
    ),
    Part(
        "place",
        (
            st.text(),
            st.no_totals(),
            excel_text(),
            st.no_formulas(),
            degrees_only(),
            st.place(required=False),
            record.by_address(),
            record.placed(),
            st.inside(),
            city_map.weights(),
            st.day("observed_on", since=st.OLDEST_ZONE),
            st.coordinate(),
            city_map.attributes(),
            st.keyed("feature_key", number="feature_key", of=("attributes", "coordinate"), prefix="h"),
        ),
        "layer",
        city_map.table("feature_key", "weight", "observed_on", "attributes"),
        once=Once("feature_key", number="feature_key"),
    ),
)
