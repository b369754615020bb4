"""Incidents: the export of a 112 control room, and the traffic authority's fatal accidents of any year."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from etl.hangul import tidy
from etl.reading import Table, match_names, read_table, read_text
from etl.rows import Reading, with_columns

_CALLS: dict[str, tuple[str, ...]] = {
    "incident_key": ("접수번호", "신고번호"),
    "occurred_at": ("접수일시", "신고일시"),
    "class_code": ("사건코드", "evt_cl_cd"),
    "class_name": ("사건종별", "사건종별명"),
    "urgency": ("긴급도", "코드구분"),
    "closing_code": ("종결코드", "end_cd"),
    "address": ("주소", "발생장소"),
    "lat": ("위도", "WGS84위도"),
    "lon": ("경도", "WGS84경도"),
}
_ACCIDENTS: dict[str, tuple[str, ...]] = {
    # 2015: to the minute; 2016, 2017: the hour here and the minute in 발생분; 2018: 발생년월일시분
    "occurred": ("발생년월일시", "발생년월일시분"),
    "minute": ("발생분",),
    "sido": ("발생지시도",),
    "sigungu": ("발생지시군구",),
    "type_major": ("사고유형_대분류",),
    "type_minor": ("사고유형_중분류",),
    "type": ("사고유형",),
    "x_utmk": ("발생위치X_UTMK",),
    "y_utmk": ("발생위치Y_UTMK",),
    "lat": ("위도",),
    "lon": ("경도",),
}
# What tells who called or was meant: dropped as the file is shaped, before anything is stored.
PERSONAL = re.compile(
    r"신고자(?!수)|피해자명|성명|이름|전화|연락처|휴대|주민|(?<!발)생년월일|차량번호|^신고내용$|메모"
)


def read(file: Path) -> Reading:
    """Return the rows as table `call` (112) or `accident` (KoROAD). Raises InputRefused."""
    first = [tidy(cell) for cell in read_text(file).text.lstrip("\ufeff").split("\n", 1)[0].split(",")]
    if "x_utmk" in match_names(first, _ACCIDENTS):
        return _accidents(file)
    table = read_table(file, _CALLS, required=("incident_key", "occurred_at", "class_code"))
    rows, dropped = _without_persons(with_columns(table.rows, tuple(_CALLS)))
    return _reading(rows, table, name="call", form="112", dropped=dropped)


def _accidents(file: Path) -> Reading:
    table = read_table(file, _ACCIDENTS, required=("occurred", "x_utmk", "y_utmk", "lat", "lon"))
    rows, dropped = _without_persons(with_columns(table.rows, tuple(_ACCIDENTS)))
    return _reading(rows, table, name="accident", form="koroad", dropped=dropped)


def _without_persons(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    personal = [str(name) for name in rows.columns if PERSONAL.search(str(name))]
    return rows.drop(columns=personal), personal


def _reading(rows: pd.DataFrame, table: Table, *, name: str, form: str, dropped: list[str]) -> Reading:
    text = ("class_name", "address", "sido", "sigungu", "type", "type_major", "type_minor")
    return Reading(
        tables={name: rows},
        form=form,
        encoding=table.encoding,
        refused=table.refused,
        notes={"header": table.renamed, "dropped": dropped},
        exact=tuple(column for column in rows.columns if column in {*_CALLS, *_ACCIDENTS} - set(text)),
    )
