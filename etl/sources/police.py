"""Police records: the Korean ledger of footage supplied, and monthly street crime of the United Kingdom."""

from __future__ import annotations

from pathlib import Path

from etl.forms import Form
from etl.reading import open_rows
from etl.rows import Reading

_LEDGER: dict[str, tuple[str, ...]] = {
    "record_key": ("관리번호", "번호"),
    "entry": ("구분",),
    "occurred_at": ("제공일시", "일시"),
    "recipient": ("요청기관", "제공받는자", "이용·제공받는 제3자/열람등 요구자"),
    "legal_ground": ("제공근거", "이용·제공 근거"),
    "document_no": ("공문번호",),
    "category": ("목적", "목적/사유"),
    "camera_key": ("카메라관리번호", "CCTV관리번호"),
    "footage_from": ("영상시작일시",),
    "footage_to": ("영상종료일시",),
    "used": ("활용여부", "CCTV활용"),
    "outcome": ("미사용사유", "미사용 사유"),
    # the prescribed form has no place; some centres keep that of the case beside it
    "lat": ("사건위도", "발생위도", "위도"),
    "lon": ("사건경도", "발생경도", "경도"),
}
_STREET: dict[str, tuple[str, ...]] = {
    "crime_id": ("Crime ID",),
    "month": ("Month",),
    "recipient": ("Reported by",),
    "lon": ("Longitude",),
    "lat": ("Latitude",),
    "place": ("Location",),
    "category": ("Crime type",),
    "outcome": ("Last outcome category",),
}
_SUPPLY = Form("korean-ledger", _LEDGER, ("record_key", "entry", "occurred_at", "recipient"))
_CRIME = Form("police-uk", _STREET, ("crime_id", "month", "category", "lat", "lon"))
FORMS = (_SUPPLY, _CRIME)


def read(file: Path) -> Reading:
    """Return the rows as table `supply` or `crime`, of columns known by name alone. Raises InputRefused.

    A column that nobody named may hold free text about a person: it is dropped before anything is stored.
    """
    opened = open_rows(file)
    if opened.names(_STREET, "crime_id"):
        table = opened.table(_STREET, required=_CRIME.required, about_persons=True)
        return table.reading(
            "crime",
            form="police-uk",
            fill=tuple(_STREET),
            only=_STREET,
            exact=("crime_id", "month", "lat", "lon"),
        )
    table = opened.table(_LEDGER, required=_SUPPLY.required, about_persons=True)
    return table.reading(
        "supply",
        form="korean-ledger",
        fill=tuple(_LEDGER),
        only=_LEDGER,
        exact=("record_key", "occurred_at", "camera_key", "footage_from", "footage_to", "used", "lat", "lon"),
    )
