"""Incidents: the export of a 112 control room, and the traffic authority's fatal accidents of any year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.forms import Form
from etl.guarded import Watch, guarded_reading
from etl.pairs import PairsWatch
from etl.reading import Aliases, Table, open_rows
from etl.rows import Reading

CALL_NAMES: dict[str, tuple[str, ...]] = {
    "incident_key": ("접수번호", "신고번호"),
    "occurred_at": ("접수일시", "신고일시"),
    "class_code": ("사건코드", "evt_cl_cd"),
    "class_name": ("사건종별", "사건종별명"),
    "urgency": ("긴급도", "코드구분"),
    "closing_code": ("종결코드", "end_cd"),
    "address": ("주소", "발생장소"),
    "lat": ("위도", "WGS84위도"),
    "lon": ("경도", "WGS84경도"),
    "caller": ("신고자전화번호", "신고자 전화", "신고자연락처", "발신번호", "신고전화번호"),
    "case_no": ("사건번호", "동일사건번호"),
}
ACCIDENT_NAMES: dict[str, tuple[str, ...]] = {
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
_CALL = Form("112", CALL_NAMES, ("incident_key", "occurred_at", "class_code"))
_ACCIDENT = Form("koroad", ACCIDENT_NAMES, ("occurred", "x_utmk", "y_utmk", "lat", "lon"))
FORMS = (_CALL, _ACCIDENT)


def read(file: Path) -> Reading:
    """Return the rows as table `call` (112) or `accident` (KoROAD). Raises InputRefused."""
    opened = open_rows(file)
    if opened.names(ACCIDENT_NAMES, "x_utmk"):
        table = opened.table(ACCIDENT_NAMES, required=_ACCIDENT.required, about_persons=True)
        return _reading(table, ACCIDENT_NAMES, name="accident", form="koroad", watch=PairsWatch)
    table = opened.table(CALL_NAMES, required=_CALL.required, about_persons=True)
    return _reading(table, CALL_NAMES, name="call", form="112")


def _reading(
    table: Table, aliases: Aliases, *, name: str, form: str, watch: Callable[[], Watch] | None = None
) -> Reading:
    text = ("class_name", "address", "sido", "sigungu", "type", "type_major", "type_minor")
    return guarded_reading(
        table,
        name,
        form=form,
        fill=tuple(aliases),
        exact=tuple(column for column in aliases if column not in text),
        watch=watch,
    )
