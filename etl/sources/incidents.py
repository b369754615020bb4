"""Incidents: the export of a 112 control room, and the traffic authority's fatal accidents of any year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from etl.forms import Form
from etl.reading import Aliases, Table, open_rows
from etl.rows import Reading

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
_CALL = Form("112", _CALLS, ("incident_key", "occurred_at", "class_code"))
_ACCIDENT = Form("koroad", _ACCIDENTS, ("occurred", "x_utmk", "y_utmk", "lat", "lon"))
FORMS = (_CALL, _ACCIDENT)
# What may be kept beside the columns named above. Whatever else a file holds may be free text about a person: it is
# dropped as the file is shaped, before anything is stored.
_CALL_KINDS = ("신고내용구분",)
_ACCIDENT_KINDS = (
    "발생년",
    "주야",
    "요일",
    "사망자수",
    "사상자수",
    "중상자수",
    "경상자수",
    "부상신고자수",
    "법규위반_대분류",
    "법규위반",
    "도로형태_대분류",
    "도로형태",
    "가해자_당사자종별_대분류",
    "가해자_당사자종별",
    "피해자_당사자종별_대분류",
    "피해자_당사자종별",
)


def read(file: Path) -> Reading:
    """Return the rows as table `call` (112) or `accident` (KoROAD). Raises InputRefused."""
    opened = open_rows(file)
    if opened.names(_ACCIDENTS, "x_utmk"):
        table = opened.table(_ACCIDENTS, required=_ACCIDENT.required, about_persons=True)
        return _reading(table, _ACCIDENTS, _ACCIDENT_KINDS, name="accident", form="koroad")
    table = opened.table(_CALLS, required=_CALL.required, about_persons=True)
    return _reading(table, _CALLS, _CALL_KINDS, name="call", form="112")


def _reading(table: Table, aliases: Aliases, kinds: Sequence[str], *, name: str, form: str) -> Reading:
    text = ("class_name", "address", "sido", "sigungu", "type", "type_major", "type_minor")
    return table.reading(
        name,
        form=form,
        fill=tuple(aliases),
        only={*aliases, *kinds},
        exact=tuple(column for column in aliases if column not in text),
    )
