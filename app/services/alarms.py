"""Alarms: a source that is late, and a list that shrank against the one before. Light to import."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from app.services import ages, list_states
from etl.db import Database
from etl.rhythm import rhythm_of
from etl.store import quality as store

Row = dict[str, Any]


def alarms(db: Database, loads: Sequence[Mapping[str, Any]], *, now: date) -> list[Row]:
    """Return what a data steward is to look into, sources that are late first, the latest of them first.

    loads  every load, the last first, as `golmok status` gives them
    late   code, source, day (that the last file describes), due_on, days_over
    fewer_rows      code, source, batch_id, before_batch_id, n, before, lost (share 0..1): a list has fewer rows of this district
                    than its state before, by more than the source's `may_lose`; of cameras, rows of agencies that both name or
                    one alone (see list_states)
    held            code, source, batch_id, file: the last file lost too many of the list's rows and was not taken
    agencies_gone   code, source, batch_id, before_batch_id, agencies[{agency, n}]: of a registry of cameras, agencies of a
                    list's state before that no load since names, with the rows they had
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
    """Yield what the last state of each list lost; the same file loaded again, and another department's, hide nothing."""
    for states in _states(db, sorted({load["source"] for load in loads})):
        source = states.last["source"]
        may_lose = rhythm_of(db.district.sources, source).may_lose or 0.0
        about = {
            "source": source,
            "batch_id": states.last["batch_id"],
            "before_batch_id": states.earlier["batch_id"],
        }
        # rounded, so that 19 of 20 rows are a loss of 0.05 and no more
        lost = round(1 - states.n / states.before, 6) if states.before else 0.0
        if lost > may_lose:
            yield {"code": "fewer_rows", **about, "n": states.n, "before": states.before, "lost": lost}
        if states.gone:
            gone = [{"agency": agency, "n": n} for agency, n in states.gone]
            yield {"code": "agencies_gone", **about, "agencies": gone}


def _states(db: Database, sources: Sequence[str]) -> Iterator[list_states.States]:
    """Yield the last state of each list with the one before it."""
    listed = [name for name in sources if rhythm_of(db.district.sources, name).may_lose is not None]
    kinds: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in store.list_sizes(db, listed):
        kinds.setdefault((row["source"], row["tables"]), []).append(row)
    for (source, _), found in kinds.items():
        kept = [row for row in found if row["kept"]]
        if source == "cameras":
            yield from list_states.by_agency(kept, _agencies(db, kept))
        elif kept:
            yield from list_states.by_objects(kept, partial(store.lists_alike, db))
        else:
            yield from list_states.in_turn(found)


def _agencies(db: Database, lists: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, int]]:
    """Return batch_id -> agency -> rows."""
    agencies: dict[int, dict[str, int]] = {}
    for row in store.agencies_of_loads(db, [each["batch_id"] for each in lists]) if lists else ():
        named: Mapping[str, Any] = row
        agencies.setdefault(named["batch_id"], {})[named["agency"]] = named["n"]
    return agencies
