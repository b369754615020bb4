"""What a load keeps as JSON is what it read, and what it stages is what the steps made."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.raw_text import content
from etl.store.writes import _array


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("a\0b\0", "ab"),  # jsonb has no zero character
        (r"a\u0000", r"a\u0000"),  # six signs that somebody typed
        ("\\\0", "\\"),  # a backslash, then the zero character
        ("\ud800", "?"),  # half of a pair
        (r"C:\골목", r"C:\골목"),
    ],
)
def test_text_survives_but_for_what_jsonb_cannot_hold(read: str, kept: str) -> None:
    rows = pd.DataFrame({"memo": [read, read]}, index=[3, 4], dtype=object)
    told = content("t", rows)
    assert [json.loads(told[number]) for number in (3, 4)] == [{"table": "t", "memo": kept}] * 2


def test_rows_are_kept_cell_by_cell_without_blanks_formulas_and_repairs() -> None:
    rows = pd.DataFrame(
        {
            'na"me': pd.Series(["a", "", None], dtype="str"),
            "sum": pd.Series(["=1+1", "2", "2"], dtype="str"),
            "number": [1.5, np.nan, 3.0],
            "geometry": pd.Series([shapely.Point(1, 2), None, shapely.Point(1, 2)], dtype=object),
            "repaired": pd.Series(["SCRUBBED", "", ""], dtype="str"),
        }
    ).set_axis([1, 2, 9], axis=0)
    point = shapely.to_wkb(shapely.Point(1, 2), hex=True)
    assert {number: json.loads(text) for number, text in content("t", rows).items()} == {
        1: {"table": "t", 'na"me': "a", "sum": "'=1+1", "number": "1.5", "geometry": point},
        2: {"table": "t", "sum": "2"},
        9: {"table": "t", "sum": "2", "number": "3.0", "geometry": point},
    }
    assert content("t", rows.iloc[:0]) == {}


@pytest.mark.parametrize(
    ("column", "kind", "staged"),
    [
        (pd.Series(["a", "", None], dtype="str"), "text", ["a", None, None]),
        (pd.Series(["a", 3, None, ""], dtype=object), "text", ["a", "3", None, None]),
        (pd.Series([True, None], dtype=object), "boolean", [True, None]),
        (pd.Series([b"x", None], dtype=object), "bytea", [b"x", None]),
        (pd.Series([1.0, np.nan]), "integer", [1, None]),
        (pd.Series([], dtype=object), "text", []),
    ],
)
def test_a_column_is_staged_as_the_table_takes_it(column: pd.Series, kind: str, staged: list[object]) -> None:
    assert _array(column, kind, 5186).to_pylist() == staged


@pytest.mark.parametrize(
    "shapes",
    [
        [shapely.Point(1.5, -2.25), shapely.Point(1e300, 0.1)],
        [None, shapely.Point(1, 2), None],
        [shapely.Point(), shapely.Point(1, 2)],  # an empty one
        [shapely.Point(1, 2, 3)],
        [shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)])],
        [shapely.MultiPoint([(0, 0)])],
        [None],
        [],
    ],
)
def test_shapes_are_staged_as_postgis_writes_them(shapes: list[shapely.Geometry | None]) -> None:
    column = pd.Series(shapes, dtype=object)
    with_srid = shapely.set_srid(np.array(shapes, dtype=object), 5186)
    assert _array(column, "geometry(Point,5186)", 5186).to_pylist() == list(
        shapely.to_wkb(with_srid, include_srid=True)
    )
