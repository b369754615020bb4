"""Coordinates written otherwise than in degrees are put right where one reading alone is possible, else left alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as hs

from etl.coordinate_repairs import degrees_only, dms_degrees, east_first
from etl.rows import REASON, REPAIRED, Door

# Two by four kilometres: 37.5746 to 37.5926 N, 126.9262 to 126.9489 E.
SQUARE = shapely.MultiPolygon([shapely.box(193_500, 552_800, 195_500, 554_800)])
DOOR = Door(5186, "Asia/Seoul", dt.date(2014, 1, 1), outline=SQUARE)


def pairs(*cells: tuple[str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(cells, columns=["lat", "lon"], dtype="str")
    return frame.assign(**{REPAIRED: ""}).set_axis(range(1, len(cells) + 1), axis=0)


def repaired(lat: str, lon: str, door: Door = DOOR) -> Sequence[object]:
    """Return (lat, lon, codes) of the pair after the step, or its reason."""
    good, refused = degrees_only()(pairs((lat, lon)), door)
    if len(refused):
        return (str(refused[REASON].iloc[0]),)
    return tuple(good.iloc[0])


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("375791", "1269368", "DECIMAL_POINT"), ("37.5791", "1269368", "DECIMAL_POINT"),
        ("375791", "126.9368", "DECIMAL_POINT"), ("375791000", "1269368000", "DECIMAL_POINT"),
        ("1269368", "375791", "DECIMAL_POINT"), ("37.5791", "126.9368", ""),
    ],
)  # fmt: skip
def test_a_missing_decimal_point_is_put_back_where_it_leads_into_the_district(
    lat: str, lon: str, code: str
) -> None:
    told = repaired(lat, lon)
    assert [float(str(cell)) for cell in told[:2]] == [37.5791, 126.9368]
    assert told[2] == code


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("351234", "1291234"), ("39.5791", "1269368"), ("0", "4664046.125"), ("99.999999", "999.999999"), ("", "1269368"),
     ("126.9368", "37.5791"), ("x", "1269368")],
)  # fmt: skip
def test_what_leads_elsewhere_is_left_as_it_is(lat: str, lon: str) -> None:
    assert repaired(lat, lon) == (lat, lon, "")


def test_without_an_outline_no_point_is_provable() -> None:
    assert repaired("375791", "1269368", replace(DOOR, outline=None)) == ("375791", "1269368", "")


def test_two_readings_in_the_district_prove_neither() -> None:
    # 373448.4 is 37.574778 as degrees, minutes and seconds, and 37.34484 with a point: a district of both is too wide
    wide = shapely.MultiPolygon([shapely.box(150_000, 500_000, 250_000, 600_000)])
    assert repaired("373448.4", "1265612.5", replace(DOOR, outline=wide)) == ("373448.4", "1265612.5", "")
    assert repaired("373448.4", "1265612.5") == ("37.5801111", "126.9368056", "DMS")


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("553285.135", "194417.412"), ("194417.412", "553285.135"), ("452980.025", "194347.784"),
     ("1953451.001", "950271.063"), ("4161117.9", "317815.961"), ("4520136.208", "14130539.939")],
)  # fmt: skip
def test_metres_of_a_grid_are_told_from_degrees(lat: str, lon: str) -> None:
    assert repaired(lat, lon) == ("METRES_AS_DEGREES",)


@pytest.mark.parametrize(
    ("text", "degrees", "rough"),
    [
        ("37°34'44.76\"", 37.5791, False), ("37도 34분 44.76초", 37.5791, False), ("37-34-44.76", 37.5791, False),
        ("37:34:44.76", 37.5791, False), ("N 37 34 44.76", 37.5791, False), ("37 34 44.76 S", -37.5791, False),
        ("126°56′12.48″E", 126.9368, False), ("37°34.746'", 37.5791, False), ("37°34'", 37.5667, True),
    ],
)  # fmt: skip
def test_degrees_minutes_and_seconds(text: str, degrees: float, rough: bool) -> None:
    found = dms_degrees(text)
    assert found is not None
    assert (round(found[0], 4), found[1]) == (degrees, rough)


@pytest.mark.parametrize(
    "text", ["37.5791", "37°61'00\"", "37-34-61", "2013-12-31", "12-3", "", "37°", "010-1234-5678"]
)
def test_what_is_no_degree(text: str) -> None:
    assert dms_degrees(text) is None


def test_a_file_in_metres_is_turned_row_by_row_where_that_is_provable() -> None:
    door = replace(DOOR, crs=5186)
    good, refused = degrees_only()(
        pairs(("194417.4", "553285.1"), ("553285.1", "194417.4"), ("1.0", "2.0")), door
    )
    assert refused.empty
    assert good["lat"].tolist() == ["553285.1", "553285.1", "1.0"]
    assert good[REPAIRED].tolist() == ["SWAPPED", "", ""]


def test_shapes_with_north_first_are_turned() -> None:
    box = shapely.box(126.93, 37.575, 126.94, 37.585)
    north_first = shapely.box(37.575, 126.93, 37.585, 126.94)
    italy = shapely.box(7.6, 45.0, 7.7, 45.1)
    rows = pd.DataFrame({"geometry": pd.Series([box, north_first, italy, None], dtype=object), REPAIRED: ""})
    good, refused = east_first()(rows, DOOR)
    assert refused.empty
    assert good["geometry"].iloc[1].bounds == box.bounds
    assert good["geometry"].iloc[2].bounds == italy.bounds
    assert good[REPAIRED].tolist() == ["", "SWAPPED", "", ""]
    metres = pd.DataFrame(
        {"geometry": pd.Series([shapely.Point(553_285, 194_417)], dtype=object), REPAIRED: ""}
    )
    turned, _ = east_first()(metres, replace(DOOR, crs=5186))
    assert turned["geometry"].iloc[0] == shapely.Point(194_417, 553_285)


_CELL = hs.one_of(hs.sampled_from(["375791", "1269368", "37°34'44\"", "553285.1", "194417.4", "", "0", "nan", "1e400", "-"]),
                  hs.text("0123456789.-°'\"도분초 NE", max_size=12), hs.floats().map(str))  # fmt: skip


@given(hs.lists(hs.tuples(_CELL, _CELL), max_size=6), hs.sampled_from([4326, 5186]))
def test_whatever_stands_there_every_row_is_kept_or_has_a_reason(
    cells: list[tuple[str, str]], crs: int
) -> None:
    rows = pairs(*cells)
    before = rows.copy()
    good, refused = degrees_only()(rows, replace(DOOR, crs=crs))
    assert sorted([*good.index, *refused.index]) == sorted(rows.index)
    pd.testing.assert_frame_equal(rows, before)
