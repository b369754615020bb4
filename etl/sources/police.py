"""Police records: the Korean ledger of footage supplied, and monthly street crime of the United Kingdom."""

from __future__ import annotations

from pathlib import Path

from etl.delimited import first_names
from etl.forms import Form
from etl.hangul import tidy
from etl.reading import match_names, read_table, read_text
from etl.rows import Reading, known_only, with_columns

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
    first = [tidy(cell) for cell in first_names(read_text(file).text)]
    if "crime_id" in match_names(first, _STREET):
        table = read_table(file, _STREET, required=_CRIME.required, about_persons=True)
        rows, dropped = known_only(with_columns(table.rows, tuple(_STREET)), _STREET)
        return Reading(
            tables={"crime": rows},
            form="police-uk",
            encoding=table.encoding,
            refused=table.refused,
            notes={**table.notes, "dropped": dropped},
            exact=("crime_id", "month", "lat", "lon"),
        )
    table = read_table(file, _LEDGER, required=_SUPPLY.required, about_persons=True)
    rows, dropped = known_only(with_columns(table.rows, tuple(_LEDGER)), _LEDGER)
    return Reading(
        tables={"supply": rows},
        form="korean-ledger",
        encoding=table.encoding,
        refused=table.refused,
        notes={**table.notes, "dropped": dropped},
        exact=("record_key", "occurred_at", "camera_key", "footage_from", "footage_to", "used", "lat", "lon"),
    )
