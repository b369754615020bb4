"""Emergency bells in the national form, and the facilities of safe ways home."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.forms import Form
from etl.published_orders import BELL_PROOF, BELLS
from etl.reading import Opened, open_rows
from etl.rows import Reading

_BELLS: dict[str, tuple[str, ...]] = {
    "bell_no": ("관리번호",),
    "own_no": ("안전비상벨관리번호",),
    "purpose": ("설치목적",),
    "place_text": ("설치위치",),
    "address_road": ("소재지도로명주소",),
    "address_lot": ("소재지지번주소",),
    "lat": ("WGS84위도", "위도"),
    "lon": ("WGS84경도", "경도"),
    "police_linked": ("경찰연계유무",),
    "phone": ("관리기관전화번호",),
    "ref_date": ("데이터기준일자",),
}
_WAYS: dict[str, tuple[str, ...]] = {
    "wkt": ("포인트 wkt", "wkt"),
    "facility_no": ("시설물 id",),
    "code": ("시설코드",),
    "route_key": ("안심귀갓길 아이디",),
    "name": ("안심귀갓길 명",),
    "phone": ("전화번호",),
    "place_text": ("세부위치설명",),
    "note": ("비고",),
    "ref_date": ("데이터 기준일자",),
}
_BELL = Form(
    "korean-emergency-bells",
    _BELLS,
    ("bell_no", "lat", "lon"),
    telling=("own_no", "purpose", "police_linked"),
)
_WAY = Form("seoul-safe-return", _WAYS, ("wkt", "code"), place=("wkt",))
FORMS = (_BELL, _WAY)
_POINT = r"(?i)^\s*point\s*\(\s*(?P<lon>[-+\d.eE]+)\s+(?P<lat>[-+\d.eE]+)\s*\)\s*$"


def read(file: Path) -> Reading:
    """Return the rows as table `bell` or `safe_return`. Raises InputRefused."""
    opened = open_rows(file)
    if opened.names(_WAYS, "wkt"):
        return _read_ways(opened)
    table = opened.table(_BELLS, required=_BELL.required, orders=BELLS, proof=BELL_PROOF)
    return table.reading(
        "bell",
        form="korean-emergency-bells",
        fill=tuple(_BELLS),
        exact=("bell_no", "own_no", "lat", "lon", "ref_date"),
        offices=("phone",),
    )


def _read_ways(opened: Opened) -> Reading:
    return opened.table(_WAYS, required=_WAY.required).reading(
        "safe_return",
        form="seoul-safe-return",
        fill=tuple(_WAYS),
        shape=_placed,
        exact=("facility_no", "code", "route_key", "lat", "lon", "ref_date"),
        offices=("phone",),
    )


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    point = rows["wkt"].str.extract(_POINT).fillna("")
    # what is no POINT stays as text: the step on places refuses it
    unread = rows["wkt"].where(point["lat"].eq(""), "")
    placed = rows.assign(
        lat=point["lat"].mask(unread.ne(""), unread), lon=point["lon"].mask(unread.ne(""), unread)
    )
    return pd.DataFrame(placed.drop(columns=["wkt"]))
