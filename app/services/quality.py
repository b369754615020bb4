"""The sheet of a source's quality: how complete, how fine, how old, how much refused; the answer of `golmok quality`."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from app import quality_sheet
from app.services import WrongUse, ages, alarms, exports
from app.services.exports import Taking
from etl.db import Database
from etl.repairs import in_file_order, noted_columns
from etl.store import quality as store
from etl.store import status as status_store
from etl.store.days import today

Row = dict[str, Any]

# How fine coordinates are told, by decimals of a degree (metres: one step of the last digit, at most, in Korea).
STEP_M: dict[str, float | None] = {
    "6": 0.1, "5": 1.1, "4": 11.0, "3": 111.0, "2": 1110.0, "metric": None, "unread": None, "blank": None,
}  # fmt: skip


class UnknownSheet(WrongUse):
    """Nothing was loaded of a source."""


def quality(db: Database, source: str | None = None, *, now: date | None = None) -> Row:
    """Return a sheet for each source that was loaded, or for one; every figure can be traced to its load.

    now       the day that ages count to; None is today on the district's clocks
    sheets    source, kind (tables of the file, where the source's files are of several kinds; else ""), batch_id, file, file_sha256, loaded_on, day, age_days, every_days, due_on, state, rows_in, outside, and of
              the rows of this district: rows, refused, refused_share; columns[{table, column, name, filled, of, share}] in the
              file's order; places[{decimals, step_m, n, of, share}], [] for sources without coordinates in columns;
              agencies[{agency, rows, refused, refused_share, filled_share}] of camera registries; history[{batch_id,
              loaded_on, file, rows_in, refused, refused_share, reasons}] of whole lists, the last load first: mended rows
              brought back are chosen for having been refused, and their share is none of the list's; alarms
    Rows are None, and the lists empty, of a load from before they were counted.
    Raises UnknownSheet for a source that was never loaded.
    """
    day = now or today(db)
    loads = cast(list[Row], status_store.status(db)["loads"])
    done = [load for load in loads if load["status"] == "done"]
    told = alarms.alarms(db, loads, now=day)
    of_age = {row["source"]: row for row in ages.sources(db, loads, day)}
    names = sorted({load["source"] for load in done if not load["part"]})
    if source is not None and source not in names:
        raise UnknownSheet(f"{source}; there are: {', '.join(names)}")
    sheets = [
        _sheet(db, kind, ours, of_age[name])
        | {"alarms": [alarm for alarm in told if alarm["source"] == name]}
        for name in names
        if source in (None, name)
        for kind, ours in _kinds([load for load in done if load["source"] == name]).items()
    ]
    return {"at": day.isoformat(), "sheets": sheets, "invented": db.district.invented}


def write(
    db: Database, source: str | None, taking: Taking, *, out: Path, lang: str, now: date | None = None
) -> Row:
    """Write the sheets as .csv (one row a figure) or .html, and return where they are. Raises UnknownSheet, WrongUse."""
    content, n = take(db, source, taking, form=out.suffix.lower().removeprefix("."), lang=lang, now=now)
    out.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    return {"out": str(out), "rows": n, "edition": taking.edition, "sha256": digest, "invented": db.district.invented}  # fmt: skip


def take(
    db: Database, source: str | None, taking: Taking, *, form: str, lang: str, now: date | None = None
) -> tuple[bytes, int]:
    """Return the sheets as a file (form csv or html) and the number of its figures: counts that name no place or person."""
    makers = {"csv": quality_sheet.as_csv, "html": quality_sheet.as_html}
    if form not in makers:
        raise WrongUse(f"a sheet is a .csv or a .html file, not .{form}")
    answer = quality(db, source, now=now)
    figures = quality_sheet.figures(answer)
    exports.note(db, "quality", taking, rows=len(figures), detail={"source": source, "form": form})
    return makers[form](answer, db.district, lang), len(figures)


def _kinds(loads: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Return the loads of a source by what tables their files have; those from before tables were noted stand with them all."""
    kinds = dict.fromkeys(kind for load in loads if not load["part"] and (kind := _kind(load)))
    if len(kinds) < 2:
        return {"": list(loads)}
    return {kind: [load for load in loads if _kind(load) == kind] for kind in kinds}


def _kind(load: Mapping[str, Any]) -> str:
    return ",".join(sorted(noted_columns(load["notes"] or {})))


def _sheet(db: Database, kind: str, loads: Sequence[Mapping[str, Any]], age: Mapping[str, Any]) -> Row:
    files = [each for each in loads if not each["part"]]
    # Lines of a feed are counted as they come, but not what they are like: that a file tells, as long as there is one.
    load = next((each for each in files if each["form"] != "feed"), files[0])
    counts: list[Mapping[str, Any]] = list(store.load_profile_of(db, load["batch_id"]))
    rows = _sum(counts, "rows") or None
    refused = _sum(counts, "refused") if rows else None
    kept = ("batch_id", "rows_in", "outside", "file_sha256")
    of_age = ("source", "state", "day", "age_days", "every_days", "due_on")
    return {
        "kind": kind,
        "file": load["file_name"],
        "loaded_on": ages.local_day(db, load["started_at"]).isoformat(),
        **{name: age[name] for name in of_age},
        **{name: load[name] for name in kept},
        "rows": rows,
        "refused": refused,
        "refused_share": _share(refused, rows),
        "columns": _columns(counts, load),
        "places": _places(counts),
        "agencies": _agencies(counts, load),
        "history": [_one_load(db, each) for each in files],
    }


def _columns(counts: Sequence[Mapping[str, Any]], load: Mapping[str, Any]) -> list[Row]:
    """Return how many rows of each table have something in each of its columns; of a column that all leave blank 0."""
    found: list[Row] = []
    for table, of in _by_table(counts, "rows").items():
        ours = [row for row in counts if row["table_name"] == table]
        filled: Counter[str] = Counter()
        for row in ours:
            if row["fact"] == "filled":
                filled[row["name"]] += row["n"]
        names = in_file_order(
            filled,
            noted_columns(load["notes"] or {}).get(table, ()),
            (load["notes"] or {}).get("header") or {},
        )
        found += [
            {"table": table, "column": column, "name": name, "filled": filled[column], "of": of,
             "share": _share(filled[column], of)}
            for column, name in names.items()
        ]  # fmt: skip
    return found


def _places(counts: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return how many rows tell their place how finely, the finest first."""
    by_class: Counter[str] = Counter()
    for row in counts:
        if row["fact"] == "decimals":
            by_class[row["name"]] += row["n"]
    of = by_class.total()
    return [
        {"decimals": name, "step_m": STEP_M[name], "n": by_class[name], "of": of, "share": _share(by_class[name], of)}
        for name in STEP_M
        if by_class[name]
    ]  # fmt: skip


def _agencies(counts: Sequence[Mapping[str, Any]], load: Mapping[str, Any]) -> list[Row]:
    """Return each agency's rows, how many were refused, and the share of cells that it filled; the largest first."""
    if load["source"] != "cameras":
        return []
    columns = len({(row["table_name"], row["name"]) for row in counts if row["fact"] == "filled"})
    found = []
    for agency in sorted({row["agency"] for row in counts}):
        ours = [row for row in counts if row["agency"] == agency]
        rows, refused = _sum(ours, "rows"), _sum(ours, "refused")
        told = {"rows": rows, "refused": refused, "refused_share": _share(refused, rows)}
        found.append({"agency": agency, **told, "filled_share": _share(_sum(ours, "filled"), rows * columns)})
    return sorted(found, key=lambda row: (-row["rows"], row["agency"]))


def _one_load(db: Database, load: Mapping[str, Any]) -> Row:
    rows = load["rows_in"] - load["outside"]
    return {
        "batch_id": load["batch_id"],
        "loaded_on": ages.local_day(db, load["started_at"]).isoformat(),
        "file": load["file_name"],
        "rows_in": load["rows_in"],
        "rows": rows,
        "refused": load["quarantined"],
        "refused_share": _share(load["quarantined"], rows),
        "reasons": load["reasons"] or {},
    }


def _by_table(counts: Sequence[Mapping[str, Any]], fact: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in counts:
        if row["fact"] == fact:
            found[row["table_name"]] += row["n"]
    return found


def _sum(counts: Sequence[Mapping[str, Any]], fact: str) -> int:
    return int(sum(row["n"] for row in counts if row["fact"] == fact))


def _share(n: int | None, of: int | None) -> float | None:
    return None if n is None or not of else round(n / of, 4)
