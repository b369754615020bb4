"""Alarms: a source that is late, and a list that shrank against the one before. Light to import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.services import ages
from etl.db import Database
from etl.rhythm import rhythm_of
from etl.store import quality as store

Row = dict[str, Any]


def alarms(db: Database, loads: Sequence[Mapping[str, Any]], *, now: date) -> list[Row]:
    """Return what a data steward is to look into, sources that are late first, the latest of them first.

    loads  every load, the last first, as `golmok status` gives them
    late   code, source, day (that the last file describes), due_on, days_over
    fewer_rows      code, source, batch_id, before_batch_id, n, before, lost (share 0..1): the last list has fewer rows of this
                    district than the list before it, by more than the source's `may_lose`
    held            code, source, batch_id, file: the last file lost too many of the list's rows and was not taken
    agencies_gone   code, source, batch_id, before_batch_id, agencies[{agency, n}]: of a registry of cameras, agencies of the
                    list before that the last one does not name, with the rows they had
    """
    return [*_late(db, loads, now), *_held(loads), *_shrunk(db, loads)]


def _late(db: Database, loads: Sequence[Mapping[str, Any]], now: date) -> Iterator[Row]:
    for row in ages.sources(db, loads, now):
        if row["state"] == "stale":
            over = (now - date.fromisoformat(row["due_on"])).days
            told = {name: row[name] for name in ("source", "day", "due_on")}
            yield {"code": "late", **told, "days_over": over}


def _held(loads: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield the files that wait for a person: the last of their source, and held because the list shrank."""
    last: dict[str, Mapping[str, Any]] = {}
    for load in loads:
        last.setdefault(load["source"], load)
    for source, load in last.items():
        if load["status"] == "refused" and "LIST_SHRANK" in (load["reasons"] or {}):
            yield {"code": "held", "source": source, "batch_id": load["batch_id"], "file": load["file_name"]}


def _shrunk(db: Database, loads: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Yield what the last list of each source lost; the same file loaded again hides nothing."""
    names = sorted({load["source"] for load in loads})
    lists = [name for name in names if rhythm_of(db.district.sources, name).may_lose is not None]
    pairs = list(_last_two(store.list_sizes(db, lists)))
    batches = [row["batch_id"] for pair in pairs for row in pair if row["source"] == "cameras"]
    agencies: dict[int, dict[str, int]] = {}
    for row in store.agencies_of_loads(db, batches) if batches else ():
        held: Mapping[str, Any] = row
        agencies.setdefault(held["batch_id"], {})[held["agency"]] = held["n"]
    for last, before in pairs:
        may_lose = rhythm_of(db.district.sources, last["source"]).may_lose or 0.0
        about = {
            "source": last["source"],
            "batch_id": last["batch_id"],
            "before_batch_id": before["batch_id"],
        }
        # rounded, so that 19 of 20 rows are a loss of 0.05 and no more
        lost = round(1 - last["n"] / before["n"], 6) if before["n"] else 0.0
        if lost > may_lose:
            yield {"code": "fewer_rows", **about, "n": last["n"], "before": before["n"], "lost": lost}
        gone = _gone(agencies.get(last["batch_id"]), agencies.get(before["batch_id"]))
        if gone:
            yield {"code": "agencies_gone", **about, "agencies": gone}


def _last_two(sizes: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the last list of each source and kind, and the last one before it that was another file."""
    last: dict[tuple[str, str], Mapping[str, Any]] = {}
    paired: set[tuple[str, str]] = set()
    for row in sizes:
        kind = (row["source"], row["tables"])
        if kind not in last:
            last[kind] = row
        elif kind not in paired and row["file_sha256"] != last[kind]["file_sha256"]:
            paired.add(kind)
            yield last[kind], row


def _gone(now: Mapping[str, int] | None, before: Mapping[str, int] | None) -> list[Row]:
    """Return agencies that were and are no more, the largest first; [] where one of the lists was not counted."""
    if not now or not before:
        return []
    gone = [{"agency": agency, "n": n} for agency, n in before.items() if agency not in now]
    return sorted(gone, key=lambda row: (-row["n"], row["agency"]))
