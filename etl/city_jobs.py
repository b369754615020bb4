"""Parts of the jobs on the city: boundaries, streets, buildings, terrain, zones, and what stands in the street."""

from __future__ import annotations

from etl import boundary_steps as area
from etl import camera_steps as cam
from etl import map_steps as city_map
from etl import record_steps as record
from etl import steps as st
from etl import terrain
from etl.across import Once
from etl.coordinate_repairs import degrees_only, east_first
from etl.parts import Part
from etl.spreadsheet import excel_text

# Walls just outside the district stand in the way of its cameras; a stream beyond its edge still floods it.
_BUILDING_MARGIN_M = 200.0

_WATER_MARGIN_M = 500.0

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

BOUNDARY = Part(
    "boundary",
    (
        st.text(),
        area.ours(),
        st.need("name_ko"),
        east_first(),
        st.shapes("polygon"),
    ),
    "boundary",
    area.to_table,
    once=Once("boundary_key"),
)

_BUILDING_FACTS = (
    st.number("floors", low=0, high=250, whole=True),
    st.shapes("polygon"),
    st.inside(margin_m=_BUILDING_MARGIN_M),
)

CITY = (
    Part(
        "alley",
        (
            st.text(),
            st.number("width_m", low=0.1, high=499),
            city_map.yes_or_no("lit"),
            city_map.yes_or_no("tunnel"),
            st.number("oneway", low=-1, high=1, whole=True),
            st.number("level", low=-20, high=20, whole=True),
            st.shapes("line"),
            st.inside(),
        ),
        "alley",
        city_map.sections,
        once=Once("alley_key"),
    ),
    Part(
        "building",
        (st.text(), st.number("height_m", low=0.1, high=999), *_BUILDING_FACTS),
        "core.building",
        city_map.table("building_key", "name", "height_m", "floors", "use_code"),
        "building_key",
        once=Once("building_key"),
    ),
    Part(
        "water",
        (
            st.text(),
            st.shapes("any"),
            st.inside(margin_m=_WATER_MARGIN_M),
        ),
        "core.water",
        city_map.table("water_key", "name", "kind"),
        "water_key",
        once=Once("water_key"),
    ),
)

JUSO = (
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
        once=Once("building_key"),
    ),
    Part(
        "alley",
        (
            st.text(),
            st.number("width_m", low=0.1, high=499),
            st.shapes("line"),
            st.inside(),
            city_map.korean_streets(),
        ),
        "alley",
        city_map.sections,
        once=Once("alley_key"),
    ),
    Part(
        "address",
        (
            st.text(),
            st.need("building_key"),
            st.shapes("point"),
            st.inside(),
        ),
        "core.address",
        city_map.table("address_key", "building_key", "address_road", "address_lot"),
        "address_key",
        once=Once("address_key"),
    ),
)

TERRAIN = Part("terrain", (terrain.metric_grid(), st.inside()), "core.terrain", terrain.tiles, "tile_key")

ZONE = Part(
    "zone",
    (
        st.text(),
        st.need("zone_key"),
        st.choice("kind", _HAZARDS),
        st.number("level", low=1, high=9, whole=True),
        st.day("valid_from", since=st.OLDEST_ZONE),
        st.day("valid_to", since=st.OLDEST_ZONE),
        city_map.zone_period(),
        east_first(),
        st.shapes("polygon"),
        st.inside(),
    ),
    "core.zone",
    city_map.table("zone_key", "kind", "level", "name_ko", "name_en", "valid_during", "origin"),
    "zone_key",
    once=Once("zone_key"),
)

LAMP = Part(
    "lamp",
    (
        st.text(),
        st.no_totals("lamp_no", "name", "address_lot"),
        excel_text(),
        st.no_formulas(),
        degrees_only(),
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
    once=Once("lamp_key", number="lamp_no"),
)

BELL = Part(
    "bell",
    (
        st.text(),
        st.no_totals("bell_no", "place_text"),
        excel_text(),
        st.no_formulas(),
        cam.sound_numbers("bell_no"),
        degrees_only(),
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
    once=Once("bell_key", number="bell_no"),
)

SAFE_RETURN = Part(
    "safe_return",
    (
        st.text(),
        st.no_totals("facility_no"),
        excel_text(),
        st.no_formulas(),
        degrees_only(),
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
    once=Once("bell_key", number="facility_no"),
)

SPEAKER = Part(
    "speaker",
    (
        st.text(),
        st.no_totals("speaker_key"),
        excel_text(),
        st.no_formulas(),
        st.need("speaker_key"),
        degrees_only(),
        st.place(),
        st.inside(),
        city_map.words("place", _PLACES),
        st.number("power_w", low=0.1, high=99_999),
        st.number("level_db", low=0, high=200),
        st.month("installed_on"),
        st.day("ref_date"),
    ),
    "core.speaker",
    city_map.table("speaker_key", "amplifier_key", "place", "power_w", "level_db", "installed_on"),
    "speaker_key",
    once=Once("speaker_key"),
)
