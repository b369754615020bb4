"""Police records: the Korean ledger of footage supplied, and monthly street crime of the United Kingdom."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from etl.delimited import first_names
from etl.hangul import tidy
from etl.persons import FORMS, kept
from etl.reading import match_names, read_table, read_text
from etl.rows import Reading, with_columns

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
# A point that so many crimes of a month stand on is one of the publisher's map points, not where they happened.
_SHARED_BY = 10


def read(file: Path) -> Reading:
    """Return the rows as table `supply` or `crime`, of columns known by name alone. Raises InputRefused.

    A column that nobody named may hold free text about a person: it is dropped before anything is stored.
    """
    first = [tidy(cell) for cell in first_names(read_text(file).text)]
    if "crime_id" in match_names(first, STREET_NAMES):
        table = read_table(
            file, STREET_NAMES, required=("crime_id", "month", "category", "lat", "lon"), about_persons=True
        )
        stored = kept(with_columns(table.rows, tuple(STREET_NAMES)), FORMS["police-uk"])
        rows = _numbered(stored.rows)
        return Reading(
            tables={"crime": rows},
            form="police-uk",
            encoding=table.encoding,
            refused=table.refused,
            notes={**table.notes, **stored.notes(table.rows), **_alike(rows)},
            exact=("crime_id", "month", "lat", "lon"),
        )
    table = read_table(
        file, LEDGER_NAMES, required=("record_key", "entry", "occurred_at", "recipient"), about_persons=True
    )
    stored = kept(with_columns(table.rows, tuple(LEDGER_NAMES)), FORMS["korean-ledger"])
    return Reading(
        tables={"supply": stored.rows},
        form="korean-ledger",
        encoding=table.encoding,
        refused=table.refused,
        notes={**table.notes, **stored.notes(table.rows)},
        exact=("record_key", "occurred_at", "camera_key", "footage_from", "footage_to", "used", "lat", "lon"),
    )


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with `alike`: '' for the first of rows without a number that are the same in all, then 1, 2, ...

    The publisher gives anti-social behaviour no number, the month for a time and one of few points for a place: two such
    rows are two events, and nothing in the file tells them apart.
    """
    unnumbered = rows[rows["crime_id"].str.strip().eq("")]
    order = unnumbered.groupby(list(unnumbered.columns)).cumcount()
    alike = order[order.gt(0)].astype("str").reindex(rows.index, fill_value="")
    return rows.assign(alike=alike.astype("str"))


def _alike(rows: pd.DataFrame) -> dict[str, object]:
    """Return, as a note, what in a file of crimes is less than it seems; nothing where there is none of it."""
    numbered = rows["crime_id"][rows["crime_id"].str.strip().ne("")]
    placed = rows[rows["lat"].str.strip().ne("")]
    here = placed.groupby(["lat", "lon"]).size()
    counted = {
        "alike": int(rows["alike"].ne("").sum()),
        "repeated_numbers": int(numbered.duplicated(keep=False).sum()),
        "on_shared_points": int(here[here.ge(_SHARED_BY)].sum()),
        "shared_points": int(here.ge(_SHARED_BY).sum()),
    }
    return {"crimes": counted} if any(counted.values()) else {}
