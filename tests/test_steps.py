"""Each cleaning step does one duty: rows in, (good, refused) out, and nothing is lost between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as hs

from etl import steps as st
from etl.rows import REASON, REPAIRED, Door, Step, run

SRID = 5186
# A square kilometre round the toy city's middle: EPSG:5186 counts 200,000 m east, 600,000 m north at 127 E, 38 N.
OUTLINE = shapely.box(199_500, 599_500, 200_500, 600_500)
DOOR = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1))
INSIDE = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), outline=OUTLINE)


def table(columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    rows = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    return rows.assign(**{REPAIRED: pd.Series([""] * size, dtype="str")}).set_axis(range(1, size + 1), axis=0)


def reasons(step: Step, rows: pd.DataFrame, door: Door = DOOR) -> dict[int, str]:
    good, refused = step(rows, door)
    assert sorted([*good.index, *refused.index]) == sorted(rows.index)
    return dict(refused[REASON])


def place(cells: Sequence[tuple[str, str]], **options: object) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = table({"lat": [lat for lat, _ in cells], "lon": [lon for _, lon in cells]})
    return st.place(**options)(rows, DOOR)


def test_text_is_brought_to_one_form() -> None:
    rows = table({"name": ["\u1100\u1161\u1105\u1161\u11b7", "１２\u00a0동\u200b", " a \t b "]})
    good, _ = st.text()(rows, DOOR)
    assert good["name"].tolist() == ["가람", "12 동", "a b"]


def test_totals_and_formulas_leave() -> None:
    rows = table({"name": ["가", "합 계", "=1+1", "-"], "count": ["1", "9", "1", "1"]})
    assert reasons(st.no_totals("name"), rows) == {2: "TOTAL_ROW"}
    assert reasons(st.no_formulas(), rows) == {3: "FORMULA"}


@pytest.mark.parametrize(
    ("lat", "lon", "reason"),
    [
        ("38.00000", "127.00000", "COARSE_COORD"), ("36.1", "127.1", "COARSE_COORD"),
        ("", "127.1", "BLANK_COORD"), ("-", "-", "BLANK_COORD"), ("99.999999", "999.999999", "SENTINEL_COORD"),
        ("0", "0", "SENTINEL_COORD"), ("37°34'44\"", "126°56'", "BAD_COORD"), ("553285.135", "194417.412", "BAD_COORD"),
        ("0", "4664046.125", "BAD_COORD"), ("37,579", "abc", "BAD_COORD"), ("0", "37.5801", "BAD_COORD"),
    ],
)  # fmt: skip
def test_places_that_are_none(lat: str, lon: str, reason: str) -> None:
    _, refused = place([(lat, lon)])
    assert refused[REASON].tolist() == [reason]


def test_a_place_is_transformed_once_and_swapped_pairs_are_put_right() -> None:
    good, refused = place([("37.5791", "126.9368"), ("126.9368", "37.5791")])
    assert refused.empty
    # the office of the handbook: 194417.412 east, 553285.135 north
    for point in good["geometry"]:
        assert point.x == pytest.approx(194417.412, abs=0.002)
        assert point.y == pytest.approx(553285.135, abs=0.002)
    assert good[REPAIRED].tolist() == ["", "SWAPPED"]


def test_nothing_is_swapped_that_could_be_meant() -> None:
    # 45 N 7 E is a place in Italy, and its mirror one in the Gulf: neither is provable
    good, _ = place([("45.0712", "7.6868")])
    assert good[REPAIRED].tolist() == [""]


def test_a_place_may_be_missing_where_it_is_not_required() -> None:
    good, refused = place([("", ""), ("37.5791", "126.9368")], required=False)
    assert refused.empty
    assert good["geometry"].isna().tolist() == [True, False]
    assert good[REPAIRED].tolist() == ["UNPLACED", ""]


def test_fill_down_of_a_spreadsheet_is_seen() -> None:
    _, refused = place(
        [("37.564718", "126.987226"), ("38.564718", "127.987226"), ("39.564718", "128.987226")]
    )
    assert dict(refused[REASON]) == {2: "FILL_DOWN_COORD", 3: "FILL_DOWN_COORD"}


def shaped(*shapes: object) -> pd.DataFrame:
    index = range(1, len(shapes) + 1)
    return pd.DataFrame(
        {"geometry": pd.Series(shapes, index=index, dtype=object), REPAIRED: pd.Series("", index=index)}
    )


def test_outside_begins_at_the_edge_or_a_margin_beyond_it() -> None:
    rows = shaped(*(shapely.Point(x, 600_000) for x in (200_000, 200_500, 200_501, 200_600)), None)
    assert reasons(st.inside(), rows, INSIDE) == {3: "OUTSIDE", 4: "OUTSIDE"}
    assert reasons(st.inside(margin_m=50), rows, INSIDE) == {4: "OUTSIDE"}
    assert reasons(st.inside(), rows, DOOR) == {}


def test_shapes_become_valid_multipolygons_in_the_district_crs() -> None:
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    rows = shaped(shapely.box(0, 0, 1, 1), bow_tie, shapely.Point(0, 0), shapely.Polygon(), None)
    door = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), crs=SRID)
    good, refused = st.shapes("polygon")(rows, door)
    assert dict(refused[REASON]) == {3: "BAD_GEOMETRY", 4: "BAD_GEOMETRY", 5: "BAD_GEOMETRY"}
    assert [shape.geom_type for shape in good["geometry"]] == ["MultiPolygon"] * 2
    # the two triangles of the bow tie: 1 + 1
    assert [shape.area for shape in good["geometry"]] == [1.0, 2.0]
    assert good[REPAIRED].tolist() == ["", "GEOMETRY_REPAIRED"]


@pytest.mark.parametrize(
    "text", ["GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1))", "GEOMETRYCOLLECTION EMPTY", "POLYGON EMPTY"]
)
def test_what_holds_no_area_is_no_area(text: str) -> None:
    rows = shaped(shapely.from_wkt(text), shapely.box(0, 0, 9, 9))
    door = Door(SRID, "Asia/Seoul", dt.date(2014, 1, 1), crs=SRID)
    assert reasons(st.shapes("polygon"), rows, door) == {1: "BAD_GEOMETRY"}


def test_numbers_are_read_dropped_or_refused() -> None:
    rows = table({"n": ["1,024", "200.0", "30일", "6.5 m", "0", "", "N/A", "-1", "2013-12", "2.5"]})
    step = st.number("n", low=1, high=2000, required=True, reason="BAD_COUNT", whole=True)
    assert set(reasons(step, rows).items()) == {(n, "BAD_COUNT") for n in (4, 5, 6, 7, 8, 9, 10)}
    good, _ = st.number("n", low=1, high=2000)(rows, DOOR)
    assert good["n"].tolist()[:4] == [1024.0, 200.0, 30.0, 6.5]
    assert good["n"].isna().tolist() == [False] * 4 + [True] * 5 + [False]
    # blank and 'N/A' are no mistakes of an optional number
    assert good[REPAIRED].tolist() == [""] * 4 + [
        "VALUE_DROPPED",
        "",
        "",
        "VALUE_DROPPED",
        "VALUE_DROPPED",
        "",
    ]


def test_months_before_the_first_camera_and_after_today() -> None:
    rows = table({"at": ["201012", "17-Mar", "1905-07", "201402", "", "x"]})
    assert reasons(st.month("at"), rows) == {
        2: "FUTURE_DATE",
        3: "EXCEL_YEAR_AS_SERIAL",
        4: "FUTURE_DATE",
        6: "BAD_DATE",
    }
    good, _ = st.month("at")(rows, Door(SRID, "Asia/Seoul", dt.date(2020, 1, 1)))
    assert good["at"].tolist() == [dt.date(2010, 12, 1), dt.date(2017, 3, 1), dt.date(2014, 2, 1), None]
    assert good[REPAIRED].tolist() == ["", "EXCEL_MONTH", "", ""]


def test_days_and_moments() -> None:
    rows = table(
        {"on": ["2013-12-31", "", "x", "2019-01-01"], "at": ["2013-12-31 24:00", "", "x", "2019-01-01 10:00"]}
    )
    assert reasons(st.day("on", required=True), rows) == dict.fromkeys((2, 3, 4), "BAD_DATE")
    assert st.day("on")(rows, DOOR)[0]["on"].tolist() == [dt.date(2013, 12, 31), None, None, None]
    assert reasons(st.moment("at"), rows) == dict.fromkeys((2, 3, 4), "BAD_TIME")
    good, refused = st.moment("at", required=False)(rows, DOOR)
    assert refused.index.tolist() == [3, 4]
    assert good[REPAIRED].tolist() == ["MIDNIGHT_24", ""]


def test_words_become_codes() -> None:
    rows = table({"kind": ["고정 형", "PTZ", "", "드론"]})
    words = {"고정형": "fixed", "ptz": "ptz"}
    assert reasons(st.choice("kind", words), rows) == {3: "UNKNOWN_KIND", 4: "UNKNOWN_KIND"}
    good, _ = st.choice("kind", words, required=False)(rows, DOOR)
    assert good["kind"].tolist() == ["fixed", "ptz", None]


def test_keys_are_own_numbers_or_hashes() -> None:
    rows = table({"no": ["7", "8", "", ""], "name": ["x", "y", "x", "x"]})
    good, refused = st.keyed("key", number="no", of=("name",), prefix="h")(rows, DOOR)
    assert refused.empty
    assert good["key"].tolist()[:2] == ["7", "8"]
    assert good["key"].tolist()[2].startswith("h")
    assert good["key"].tolist()[2] == good["key"].tolist()[3]


_CELL = hs.sampled_from(
    ["", "-", "37.5791234", "126.9368123", "99.999999", "0", "x", "=1", "계", "1", "201303", "가"]
)


@settings(deadline=None)
@given(hs.lists(hs.tuples(_CELL, _CELL, _CELL, _CELL), max_size=12))
def test_no_row_is_lost_and_none_leaves_twice(cells: list[tuple[str, str, str, str]]) -> None:
    rows = table({"lat": [c[0] for c in cells], "lon": [c[1] for c in cells], "n": [c[2] for c in cells],
                  "key": [c[3] for c in cells]}) if cells else table({"lat": [], "lon": [], "n": [], "key": []})  # fmt: skip
    before = rows.copy()
    chain = (
        st.text(),
        st.no_totals("key"),
        st.no_formulas(),
        st.place(),
        st.inside(),
        st.month("n"),
    )
    good, refused = run(rows, chain, INSIDE)
    assert sorted([*good.index, *refused.index]) == sorted(rows.index)
    assert refused[REASON].ne("").all()
    pd.testing.assert_frame_equal(rows, before)


def test_numbers_of_text() -> None:
    found = st.numbers(pd.Series(["12", "1,234.5", "1e3", "12 cm", "3.", "a1", ""], dtype="str"))
    assert np.nan_to_num(found, nan=-1).tolist() == [12, 1234.5, 1000, 12, 3, -1, -1]
