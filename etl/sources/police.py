"""Police records: the Korean ledger of footage supplied, and monthly street crime of the United Kingdom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from etl.forms import Form
from etl.guarded import guarded_reading
from etl.reading import open_rows
from etl.rows import Reading

LEDGER_NAMES: dict[str, tuple[str, ...]] = {
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
STREET_NAMES: dict[str, tuple[str, ...]] = {
    "crime_id": ("Crime ID",),
    "month": ("Month",),
    "recipient": ("Reported by",),
    "lon": ("Longitude",),
    "lat": ("Latitude",),
    "place": ("Location",),
    "category": ("Crime type",),
    "outcome": ("Last outcome category",),
}
_SUPPLY = Form("korean-ledger", LEDGER_NAMES, ("record_key", "entry", "occurred_at", "recipient"))
_CRIME = Form("police-uk", STREET_NAMES, ("crime_id", "month", "category", "lat", "lon"))
FORMS = (_SUPPLY, _CRIME)
# A point that so many crimes of a month stand on is one of the publisher's map points, not where they happened.
_SHARED_BY = 10


def read(file: Path) -> Reading:
    """Return the rows as table `supply` or `crime`, of columns known by name alone. Raises InputRefused.

    A column that nobody named may hold free text about a person: it is dropped before anything is stored.
    """
    opened = open_rows(file)
    if opened.names(STREET_NAMES, "crime_id"):
        table = opened.table(STREET_NAMES, required=_CRIME.required, about_persons=True)
        return guarded_reading(
            table,
            "crime",
            form="police-uk",
            fill=tuple(STREET_NAMES),
            exact=("crime_id", "month", "lat", "lon", "alike"),
            watch=_Crimes,
        )
    table = opened.table(LEDGER_NAMES, required=_SUPPLY.required, about_persons=True)
    return guarded_reading(
        table,
        "supply",
        form="korean-ledger",
        fill=tuple(LEDGER_NAMES),
        exact=("record_key", "occurred_at", "camera_key", "footage_from", "footage_to", "used", "lat", "lon"),
    )


class _Crimes:
    """What is less than it seems in a file of crimes: rows that nothing tells apart, numbers and points that repeat.

    The publisher gives anti-social behaviour no number, the month for a time and one of few points for a place: two such
    rows are two events. They get the column `alike`: '' for the first of them, then 1, 2, ...
    """

    def __init__(self) -> None:
        self._same: Counter[tuple[str, ...]] = Counter()
        self._numbers: Counter[str] = Counter()
        self._points: Counter[tuple[str, str]] = Counter()

    def __call__(self, rows: pd.DataFrame) -> tuple[pd.DataFrame, Mapping[str, object]]:
        unnumbered = rows["crime_id"].str.strip().eq("")
        self._numbers.update(rows.loc[~unnumbered, "crime_id"])
        placed = rows[rows["lat"].str.strip().ne("")]
        self._points.update(zip(placed["lat"], placed["lon"], strict=True))
        alike = pd.Series("", index=rows.index, dtype="str")
        told = rows[unnumbered]
        # a row is known by all that is published of it
        for row_no, *cells in told.itertuples():
            before = self._same[tuple(cells)]
            self._same[tuple(cells)] += 1
            if before:
                alike[row_no] = str(before)
        return rows.assign(alike=alike), self._notes()

    def _notes(self) -> dict[str, object]:
        shared = [n for n in self._points.values() if n >= _SHARED_BY]
        counted = {
            "alike": sum(n - 1 for n in self._same.values()),
            "repeated_numbers": sum(n for n in self._numbers.values() if n > 1),
            "on_shared_points": sum(shared),
            "shared_points": len(shared),
        }
        return {"crimes": counted} if any(counted.values()) else {}
