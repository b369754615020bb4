"""Incidents and police records: times, flags, and two pairs of coordinates that must agree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import pytest
import shapely

from etl import record_jobs
from etl.parts import Part
from etl.rows import REASON, REPAIRED, Door, Verdict, run
from etl.sources import incidents, police

OUTLINE = shapely.box(193_000, 552_000, 196_000, 555_000)
DOOR = Door(5186, "Asia/Seoul", dt.date(2019, 1, 1), outline=OUTLINE)
CALL = {"incident_key": "1", "occurred_at": "2013-01-01 09:00:00", "class_code": "201", "class_name": "폭력",
        "urgency": "C1", "closing_code": "101", "lat": "37.5791000", "lon": "126.9368000"}  # fmt: skip
ACCIDENT = {"occurred": "2015-01-01 5:57", "minute": "", "type_major": "차대차", "type_minor": "추돌",
            "x_utmk": "950271.063", "y_utmk": "1953451.001", "lat": "37.5791", "lon": "126.9368"}  # fmt: skip
SUPPLY = {"record_key": "2011-0001", "entry": "제공", "occurred_at": "2011-01-05 10:00:00", "recipient": "골목경찰서",
          "legal_ground": "제18조제2항제7호", "document_no": "1", "category": "수사", "camera_key": "1-1",
          "footage_from": "2011-01-01 10:00:00", "footage_to": "2011-01-01 11:00:00", "used": "Y", "outcome": ""}  # fmt: skip


def clean(part: Part, base: Mapping[str, str], *changes: Mapping[str, str]) -> Verdict:
    rows = pd.DataFrame([{**base, **change} for change in changes], dtype="str")
    numbered = rows.set_axis(pd.RangeIndex(1, len(rows) + 1, name="row_no"), axis=0)
    return run(numbered.assign(**{REPAIRED: ""}), part.steps, DOOR)


@pytest.mark.parametrize(
    ("word", "urgency", "repair"),
    [("C0", 0, ""), ("C4", 4, ""), ("c1", 1, "URGENCY_SPELLING"), ("C1선", 1, "URGENCY_SPELLING"),
     ("코드 2", 2, "URGENCY_SPELLING"), ("3", 3, "URGENCY_SPELLING"), ("C7", None, "VALUE_DROPPED"), ("", None, "")],
)  # fmt: skip
def test_urgencies(word: str, urgency: int | None, repair: str) -> None:
    good, _ = clean(record_jobs.CALL, CALL, {"urgency": word})
    assert (None if pd.isna(good["urgency"].iloc[0]) else good["urgency"].iloc[0]) == urgency
    assert good[REPAIRED].iloc[0] == repair


@pytest.mark.parametrize(
    ("class_code", "closing", "flags"),
    [("201", "101", (False, False, False)), ("507", "201", (True, False, False)), ("507", "604", (True, False, False)),
     ("201", "604", (True, False, False)), ("604", "201", (False, False, False)), ("503", "602", (False, True, False)),
     ("201", "708", (False, False, True))],
)  # fmt: skip
def test_exercises_false_alarms_and_repeats_are_marked_not_dropped(
    class_code: str, closing: str, flags: tuple[bool, bool, bool]
) -> None:
    good, _ = clean(record_jobs.CALL, CALL, {"class_code": class_code, "closing_code": closing})
    assert tuple(good[["exercise", "false_alarm", "repeat_call"]].iloc[0]) == flags


def test_calls_without_a_place_stay_and_those_elsewhere_leave() -> None:
    good, refused = clean(
        record_jobs.CALL, CALL, {}, {"incident_key": "2", "lat": ""}, {"incident_key": "3", "lat": "37.7"},
        {"incident_key": "4", "occurred_at": "2013-01-01"}, {}, {"closing_code": "102"},
    )  # fmt: skip
    assert good.index.tolist() == [1, 2]
    assert dict(refused[REASON]) == {
        3: "OUTSIDE",
        4: "BAD_TIME",
        5: "DUPLICATE_IN_FILE",
        6: "CONFLICTING_KEY",
    }


@pytest.mark.parametrize(
    ("change", "utc"),
    [({}, "2014-12-31 20:57"), ({"occurred": "2016-12-23 20:00", "minute": "35"}, "2016-12-23 11:35"),
     ({"occurred": "2018-02-14 06:35"}, "2018-02-13 21:35")],
)  # fmt: skip
def test_the_years_write_their_times_differently(change: Mapping[str, str], utc: str) -> None:
    good, _ = clean(record_jobs.ACCIDENT, ACCIDENT, change)
    assert good["occurred_at"].iloc[0].strftime("%Y-%m-%d %H:%M") == utc
    assert good["class_name"].iloc[0] == "차대차 / 추돌"


def test_two_pairs_of_coordinates_agree_or_nothing_is_claimed() -> None:
    good, refused = clean(
        record_jobs.ACCIDENT, ACCIDENT, {},
        {"x_utmk": "950331"},  # 60 m east of the degrees, and both are in the district
        {"x_utmk": "950311", "type_minor": "정면"},  # 40 m: within the tolerance
        {"lat": "0", "lon": "0", "type_minor": "측면"},  # the degrees are none: the other pair is taken
        {"lat": "35.1234", "lon": "129.0123", "x_utmk": "1000000"},  # they disagree, both far away
    )  # fmt: skip
    assert good.index.tolist() == [1, 3, 4]
    assert good[REPAIRED].tolist() == ["", "", "COORD_PAIR"]
    assert good.loc[4, "geometry"].distance(good.loc[1, "geometry"]) < 0.01
    assert dict(refused[REASON]) == {2: "COORDS_DISAGREE", 5: "OUTSIDE"}


def test_supplies_of_footage() -> None:
    swapped = {"record_key": "2", "footage_from": "2011-01-01 11:00:00", "footage_to": "2011-01-01 10:00:00"}
    good, refused = clean(
        record_jobs.SUPPLY, SUPPLY, {}, swapped, {"record_key": "3", "entry": "열람"},
        {"record_key": "4", "occurred_at": ""}, {"record_key": "5", "recipient": ""},
        {"record_key": "6", "used": "N", "footage_to": ""},
    )  # fmt: skip
    assert dict(refused[REASON]) == {2: "BAD_TIME", 3: "NOT_A_SUPPLY", 4: "BAD_TIME", 5: "BLANK_RECIPIENT"}
    assert good["used"].tolist() == [True, False]
    assert good["footage_during"].tolist() == ["[2011-01-01T01:00:00+00:00,2011-01-01T02:00:00+00:00)",
                                               "[2011-01-01T01:00:00+00:00,)"]  # fmt: skip


def test_crimes_without_a_number_are_known_by_month_place_and_kind() -> None:
    base = {"crime_id": "", "month": "2017-01", "recipient": "P", "lon": "126.9368", "lat": "37.5791",
            "place": "On or near Golmok-gil", "category": "Anti-social behaviour", "outcome": ""}  # fmt: skip
    good, refused = clean(
        record_jobs.CRIME, base, {}, {}, {"crime_id": "ab"}, {"month": "2017-02"}, {"lat": ""}
    )
    assert dict(refused[REASON]) == {2: "DUPLICATE_IN_FILE"}
    assert good["record_key"].nunique() == 4
    assert good["occurred_at"].iloc[0] == pd.Timestamp("2016-12-31 15:00", tz="UTC")


@pytest.mark.parametrize(
    "name", ["신고자명", "신고자 전화", "연락처", "주민번호", "차량번호", "신고내용", "생년월일"]
)
def test_columns_of_persons_are_dropped(name: str) -> None:
    assert incidents.PERSONAL.search(name)


@pytest.mark.parametrize(
    "name", ["부상신고자수", "발생년", "발생년월일시", "신고내용구분", "사건종별", "접수일시"]
)
def test_columns_of_events_are_kept(name: str) -> None:
    assert not incidents.PERSONAL.search(name)


def test_the_ledger_drops_who_asked() -> None:
    assert all(police.PERSONAL.search(name) for name in ("요청자 성명", "담당자", "수령자 전화"))
    assert not police.PERSONAL.search("요청기관")
