"""What a registry's file holds, what is wrong in it and what is missing: counts over the rows of a dry reading. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from etl.dry import DryReading
from etl.reasons import REASONS
from etl.rows import REASON, REPAIRED, reference_of
from etl.scrub import holds_formula

Row = dict[str, Any]

# So many row numbers of each fault are told: enough to find it, and a list that one can read.
ROWS_SHOWN = 10

_NOTES = ("no_header", "header_row", "sheets", "sheets_passed_over", "sheets_hidden", "columns_passed_over",
          "bad_lines", "bad_text")  # fmt: skip
# The columns that a fault is looked for in. What is not listed concerns the row as a whole.
_COLUMNS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("BLANK_COORD", "BAD_COORD", "SENTINEL_COORD", "COARSE_COORD", "FILL_DOWN_COORD",
                     "METRES_AS_DEGREES", "SWAPPED", "DECIMAL_POINT", "DMS"),
                    ("lat", "lon")),
    **dict.fromkeys(("BLANK_KEY", "EXCEL_KEY", "CONFLICTING_KEY", "SUPERSEDED"), ("mgmt_no",)),
    **dict.fromkeys(("UNKNOWN_PURPOSE", "UNKNOWN_GROUND", "MULTI_PURPOSE"), ("purpose",)),
    **dict.fromkeys(("BAD_DATE", "FUTURE_DATE", "EXCEL_YEAR_AS_SERIAL", "EXCEL_MONTH", "EXCEL_SERIAL"), ("installed_on",)),
    "BLANK_MANAGER": ("manager",),
    "BAD_COUNT": ("camera_count",),
    "UNKNOWN_CHANGE": ("change",),
    "BAD_HEADING": ("heading_deg",),
    "UNITS": ("pixels",),
    "INDOOR_CAMERA": ("place",),
    "PURPOSE_ASSUMED": ("zone",),
}  # fmt: skip
# An optional cell that was left blank as it could not be read: whichever of these had a text and has no value now.
_OPTIONAL = ("retention_days", "pixels", "height_m", "tilt_deg", "ref_date")


def holds(dry: DryReading, good: pd.DataFrame, heads: pd.DataFrame, *, zone: str) -> Row:
    """Return what the file holds, counted over the rows that a load would take (`good`) and their cameras (`heads`).

    rows       in the file, of whatever fate; records: rows taken; sites: poles, one a place; cameras: heads
    notes      what is to be known of how it was read: words_reading has a sentence for each
    agencies, purposes, kinds, years   cameras of each, the most first (years in order); None: not stated
    """
    reading = dry.reading
    day = reading.reference_date or reference_of(good, zone=zone)
    return {
        "form": reading.form,
        "encoding": reading.encoding,
        "rows": sum(map(len, dry.rows.values())),
        "records": len(good),
        "sites": int(heads["site_key"].nunique()),
        "cameras": len(heads),
        "agencies": _counted(heads["agency"], "agency"),
        "purposes": _counted(heads["purpose_code"], "purpose"),
        "kinds": _counted(heads["kind"], "kind"),
        "years": _years(heads["installed_on"]),
        "reference_date": day.isoformat() if day else None,
        "header": dict(_header(dry)),
        "notes": {name: reading.notes[name] for name in _NOTES if name in reading.notes},
    }


def wrong(dry: DryReading, good: pd.DataFrame) -> Row:
    """Return the faults of a file, the most frequent first.

    refused   rows that a load would not take, by reason: code, bucket (quarantined | duplicates), n, columns (as the
              file calls them), rows (numbers of the first, counted from 1 under the header)
    repaired  rows in which something was put right, in the same form; a row may stand under several
    """
    raw = pd.concat(dry.rows.values())
    gone = pd.concat([part.refused for part in dry.parts])
    refused = [
        {
            "code": str(code),
            "bucket": REASONS[str(code)].bucket,
            **_found(dry, str(code), rows=pd.Index(part.index), raw=raw, good=good),
        }
        for code, part in gone.groupby(REASON, sort=False)
    ]
    noted: dict[str, list[int]] = {}
    for row_no, codes in pd.concat([gone[REPAIRED], good[REPAIRED]]).fillna("").sort_index().items():
        for code in filter(None, dict.fromkeys(str(codes).split("|"))):
            noted.setdefault(code, []).append(int(str(row_no)))
    repaired = [
        {"code": code, **_found(dry, code, rows=pd.Index(rows), raw=raw, good=good)}
        for code, rows in noted.items()
    ]
    return {"refused": _most_first(refused), "repaired": _most_first(repaired)}


def missing(good: pd.DataFrame, heads: pd.DataFrame) -> list[Row]:
    """Return how much is known of each thing that a figure rests on: what, known, of (rows or cameras), unit.

    A heading is known where the file gives it as a number or as one compass point a camera; words that tell none
    are counted as words alone. An angle of view is known where the file or its words name one.
    """
    text = {name: _filled(good, name) for name in ("view_text", "mgmt_no", "phone")}
    address = _filled(good, "address_road") | _filled(good, "address_lot")
    rows = {
        "words": text["view_text"],
        "pixels": _filled(good, "pixels"),
        "retention": _filled(good, "retention_days"),
        "installed": _filled(good, "installed_on"),
        "number": text["mgmt_no"],
        "address": address,
    }
    angle = heads["hfov_deg"].notna() | pd.Series([_angle(cell) for cell in heads["aim"]], index=heads.index)
    cameras = {
        "heading": heads["heading_deg"].notna(),
        "angle": angle.astype(bool),
        "height": heads["height_m"].notna(),
        "tilt": heads["tilt_deg"].notna(),
        "kind": heads["kind"].notna(),
    }
    return [
        {"what": what, "known": int(known.sum()), "of": len(known), "unit": unit}
        for unit, each in (("cameras", cameras), ("rows", rows))
        for what, known in each.items()
    ]


def words_said(heads: pd.DataFrame) -> dict[str, int]:
    """Return how many cameras' words tell what of their aim, by the codes of etl.view_text, the most first."""
    codes = Counter(json.loads(cell)["detail"]["class"] for cell in heads["aim"] if isinstance(cell, str))
    return dict(codes.most_common())


def _most_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row["n"], row["code"]))


def _counted(column: pd.Series, name: str) -> list[Row]:
    # A blank may be None, NaN or empty, as the source left it.
    counts = Counter(
        str(value) if known else None for value, known in zip(column, column.notna(), strict=True)
    )
    return [{name: value, "cameras": n} for value, n in counts.most_common()]


def _years(installed: pd.Series) -> list[Row]:
    counts = Counter(day.year if isinstance(day, date) else None for day in installed)
    known = sorted(year for year in counts if year is not None)
    order: list[int | None] = [*known, *([None] if None in counts else [])]
    return [{"year": year, "cameras": counts[year]} for year in order]


def _header(dry: DryReading) -> Mapping[str, str]:
    header = dry.reading.notes.get("header")
    return header if isinstance(header, Mapping) else {}


def _found(
    dry: DryReading, code: str, *, rows: pd.Index, raw: pd.DataFrame, good: pd.DataFrame
) -> dict[str, Any]:
    header = _header(dry)
    columns = _columns(code, rows, raw=raw, good=good)
    named = [str(header.get(name, name)) for name in columns]
    return {"n": len(rows), "columns": named, "rows": [int(row_no) for row_no in sorted(rows)[:ROWS_SHOWN]]}


def _columns(code: str, rows: pd.Index, *, raw: pd.DataFrame, good: pd.DataFrame) -> list[str]:
    cells = raw.loc[rows]
    if code == "FORMULA":
        texts = [str(name) for name in cells.columns if isinstance(cells[name].dtype, pd.StringDtype)]
        return [name for name in texts if holds_formula(cells[name].fillna("")).any()]
    if code == "VALUE_DROPPED":
        kept = good.reindex(rows)
        return [
            name
            for name in _OPTIONAL
            if name in cells and name in kept and (_filled(cells, name) & ~_filled(kept, name)).any()
        ]
    return [name for name in _COLUMNS.get(code, ()) if name in cells]


def _filled(rows: pd.DataFrame, name: str) -> pd.Series:
    if name not in rows:
        return pd.Series(False, index=rows.index)
    cells = rows[name]
    blank = cells.isna() | np.array(
        [isinstance(cell, str) and not cell.strip() for cell in cells], dtype=bool
    )
    return ~blank


def _angle(cell: object) -> bool:
    return isinstance(cell, str) and json.loads(cell)["hfov_deg"] is not None
