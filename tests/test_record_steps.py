"""Incidents and police records: times, flags, and two pairs of coordinates that must agree."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
import shapely

from etl import record_jobs
from etl.dry import sort_whole
from etl.parts import Part
from etl.persons import CALLS, SUPPLIES, fate_of
from etl.reasons import InputRefused
from etl.rows import REASON, REPAIRED, Block, Door, Reading, Verdict
from etl.sources import incidents, police

OUTLINE = shapely.box(193_000, 552_000, 196_000, 555_000)
DOOR = Door(5186, "Asia/Seoul", dt.date(2019, 1, 1), outline=OUTLINE)
CALL = {"incident_key": "1", "occurred_at": "2013-01-01 09:00:00", "class_code": "201", "class_name": "폭력",
        "urgency": "C1", "closing_code": "101", "lat": "37.5791000", "lon": "126.9368000",
        "address": "", "caller": "", "case_no": ""}  # fmt: skip
ACCIDENT = {"occurred": "2015-01-01 5:57", "minute": "", "type_major": "차대차", "type_minor": "추돌",
            "x_utmk": "950271.063", "y_utmk": "1953451.001", "lat": "37.5791", "lon": "126.9368"}  # fmt: skip
SUPPLY = {"record_key": "2011-0001", "entry": "제공", "occurred_at": "2011-01-05 10:00:00", "recipient": "골목경찰서",
          "legal_ground": "제18조제2항제7호", "document_no": "1", "category": "수사", "camera_key": "1-1",
          "footage_from": "2011-01-01 10:00:00", "footage_to": "2011-01-01 11:00:00", "used": "Y", "outcome": "",
          "lat": "", "lon": ""}  # fmt: skip


def clean(part: Part, base: Mapping[str, str], *changes: Mapping[str, str]) -> Verdict:
    rows = pd.DataFrame([{**base, **change} for change in changes], dtype="str")
    numbered = rows.set_axis(pd.RangeIndex(1, len(rows) + 1, name="row_no"), axis=0)
    found = sort_whole(part, Block(part.table, numbered.assign(**{REPAIRED: ""})), DOOR)
    return found.good, found.refused


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


def written(folder: Path, names: Sequence[str], cells: Sequence[str]) -> Path:
    path = folder / "rows.csv"
    path.write_text("\n".join([",".join(names), ",".join(cells)]) + "\n", encoding="utf-8")
    return path


FREE_TEXT = ("사건개요", "비고", "처리내용", "가해자명", "발신번호", "신고내용", "메모", "신고자 전화")


def test_of_a_call_only_columns_that_are_known_pass(tmp_path: Path) -> None:
    known = ("접수번호", "접수일시", "사건코드", "사건종별", "긴급도", "종결코드", "주소", "위도", "경도")
    cells = ("1", "2013-01-01 00:00:00", "104", "절도", "C1", "701", "가람로 1", "37.58", "126.93")
    # a second column of a known name and one without a name are as unknown as any
    reading = incidents.read(
        written(tmp_path, [*known, *FREE_TEXT, "주소", ""], [*cells, *["홍길동"] * 8, "홍길동", "홍길동"])
    )
    rows = reading.whole().tables["call"]
    assert set(rows.columns) == set(CALL)
    assert "홍길동" not in rows.to_csv()
    # who called is one keyed hash, of the column that is known as the caller's; the second of that meaning goes
    assert re.fullmatch("hash-[a-p]{24}", rows.loc[1, "caller"])
    assert reading.whole().notes["hashed"] == {"caller": 1}
    kept = ("신고자 전화",)
    gone = [*(name for name in FREE_TEXT if name not in kept), "주소", "column_19"]
    assert reading.notes["dropped"] == [name for name in gone if fate_of(name, CALLS)]
    # what no declaration names is counted: the name may be a person's
    assert (len(reading.notes["dropped"]), reading.notes["dropped_undeclared"]) == (6, 3)


def test_of_an_accident_counts_and_kinds_pass_and_nobody_s_name(tmp_path: Path) -> None:
    names = ("발생년월일시", "사망자수", "부상신고자수", "가해자_당사자종별", "가해자명", "사건개요",
             "발생위치X_UTMK", "발생위치Y_UTMK", "경도", "위도")  # fmt: skip
    cells = (
        "2015-01-01 10:00",
        "1",
        "0",
        "승용차",
        "홍길동",
        "홍길동",
        "950271",
        "1953451",
        "126.93",
        "37.58",
    )
    reading = incidents.read(written(tmp_path, names, cells)).whole()
    rows = reading.tables["accident"]
    assert rows.loc[1, ["사망자수", "부상신고자수", "가해자_당사자종별"]].tolist() == ["1", "0", "승용차"]
    assert reading.notes["dropped"] == ["가해자명", "사건개요"]


def test_the_ledger_drops_who_asked_and_what_was_noted(tmp_path: Path) -> None:
    names = ("관리번호", "구분", "제공일시", "요청기관", "요청자 성명", "담당자", *FREE_TEXT)
    reading = police.read(
        written(tmp_path, names, ["1", "제공", "2013-01-01", "가람경찰서", *["홍길동"] * (len(names) - 4)])
    )
    rows = reading.whole().tables["supply"]
    assert rows.loc[1, "recipient"] == "가람경찰서"
    assert "홍길동" not in rows.to_csv()
    gone = ["요청자 성명", "담당자", *FREE_TEXT]
    assert reading.notes["dropped"] == [name for name in gone if fate_of(name, SUPPLIES)]
    assert reading.notes["dropped_undeclared"] == len(gone) - len(reading.notes["dropped"])


def test_street_crime_keeps_what_is_known_of_it(tmp_path: Path) -> None:
    names = ("Crime ID", "Month", "Reported by", "Longitude", "Latitude", "Location", "Crime type", "Victim")
    file = written(tmp_path, names, ("a", "2017-01", "P", "-0.1", "51.5", "On High St", "Burglary", "J. Doe"))
    reading = police.read(file).whole()
    assert reading.tables["crime"].loc[1, "category"] == "Burglary"
    assert (reading.notes["dropped"], reading.notes["dropped_undeclared"]) == ([], 1)


@pytest.mark.parametrize("read", [incidents.read, police.read])
def test_a_file_without_a_header_is_refused_without_telling_its_first_row(
    tmp_path: Path, read: Callable[[Path], Reading]
) -> None:
    """What is refused is kept with its reason: the row that stands where names should may tell of a person."""
    file = written(
        tmp_path, ["홍길동", "가람로 1", "가", "나", "다"], ["김철수", "가람로 2", "가", "나", "다"]
    )
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER") as refused:
        read(file)
    assert "missing" in str(refused.value.detail)
    assert "홍길동" not in str(refused.value.detail)
