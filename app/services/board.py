"""The board: which incidents are open, where, and the cameras that see each. Light to import."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from app.roles import Role
from app.services import find, grounds
from etl.db import Database
from etl.store import board, live
from etl.store.days import today

# An incident of the board: JSON-ready, its keys are those that `open_board` states.
Row = dict[str, Any]

PURPOSE = "live board"
# So many cameras of an answer stand on the board; Find lists all of them.
LISTED = 4
# Two questions at once: more would take the processor from the pages.
_AT_ONCE = 2


def open_board(db: Database, *, role: Role | None, who: str | None) -> Row:
    """Return the open incidents with their first cameras, the most urgent first, of equals the newest.

    role       operator or auditor: the very points; None: of sensitive classes the middle of a cell, and no cameras
    who        the person who reads; None is the database's user. The access log says so
    incidents  incident_key, occurred_at, class_code, class_name, urgency (0..4, None unknown), lat, lon (None: no place),
               place_m (the point is the middle of a cell of so many metres, None: the point itself), bell_key, address,
               street (None unknown), answer: see `first_cameras` (None: no point to ask about)
    last_event, last_event_at     of the outbox, 0 and None before the first
    out_of_order, cameras         how many of the active cameras are down, and how many there are
    open_hours   how long an incident that nobody closed stays open
    now, timezone    when this was read, and by which clocks the district lives; times are ISO text in UTC
    """
    last = live.last_event(db)
    rows = incidents(db, role=role, who=who)
    return {
        "incidents": answered(db, rows),
        "last_event": last,
        "last_event_at": last_event_at(db, last),
        **health(db),
        "open_hours": db.district.live.open_hours,
        "now": moment(datetime.now(UTC)),
        "timezone": db.district.timezone,
        "invented": db.district.invented,
    }


def incidents(db: Database, *, role: Role | None, who: str | None) -> list[Row]:
    """Return the open incidents as of `open_board`, without names of their places and without answers."""
    if role is None:
        found = board.open_incidents_coarse(db, purpose=PURPOSE, who=who)
    else:
        found = live.open_incidents(db, role=role, purpose=PURPOSE, who=who or "")
    return [_incident(row) for row in found]


def answered(db: Database, rows: Sequence[Row]) -> list[Row]:
    """Return the incidents with the names of their places and the cameras that see each, in the same order."""
    return [row | told for row, (told, _) in zip(rows, answers(db, rows), strict=True)]


def answers(db: Database, rows: Sequence[Row]) -> list[tuple[Row, frozenset[str]]]:
    """Return address, street and answer of each incident, and the numbers of all cameras that the answer rests on."""
    if not rows:
        return []
    with ThreadPoolExecutor(min(_AT_ONCE, len(rows)), thread_name_prefix="board") as pool:
        return list(pool.map(lambda row: _answer(db, row), rows))


def _answer(db: Database, row: Row) -> tuple[Row, frozenset[str]]:
    # The middle of a cell is no place to ask about: what sees it says nothing of where the incident is.
    if row["lat"] is None or row["place_m"] is not None:
        return {"address": None, "street": None, "answer": None}, frozenset()
    call = grounds.class_of(row["class_code"])
    told = find.nearest(db, row["lon"], row["lat"], k=LISTED, incident_class=call)
    rests_on = frozenset(camera["camera_key"] for camera in told["cameras"])
    return {**board.named_nearby(db, row["lon"], row["lat"]), "answer": first_cameras(told)}, rests_on


def first_cameras(told: Row) -> Row:
    """Return what the board says of Find's answer.

    headline_code    seen, may or none, of the cameras that may be used for such a call
    seen_by, may_be_seen_by      how many of those see the place, how many may
    other_purpose    so many more see or may, but were installed for another purpose
    cameras          the first of those that may be used: no (the number in Find's answer), camera_key, sight, sees,
                     distance_m
    """
    mine = [(no, row) for no, row in enumerate(told["cameras"], 1) if row["use"]["allowed"] is not False]
    sees = sum(row["sees"] for _, row in mine)
    may = sum(row["sight"] == "possible" and row["status"] == "working" for _, row in mine)
    kept = ("camera_key", "sight", "sees", "distance_m")
    listed = [
        {"no": no} | {name: row[name] for name in kept} for no, row in mine if row["status"] == "working"
    ]
    return {
        "headline_code": "seen" if sees else "may" if may else "none",
        "seen_by": sees,
        "may_be_seen_by": may,
        "other_purpose": told["seen_by"] + told["may_be_seen_by"] - sees - may,
        "cameras": listed[:LISTED],
    }


def health(db: Database) -> Row:
    """Return out_of_order and cameras: how many of the active cameras are down now, and how many there are."""
    return board.cameras_out_of_order(db, at=today(db))


def last_event_at(db: Database, last: int) -> str | None:
    """Return when the event of a number was written; None before the first, or where it is no longer kept."""
    kept = live.events_since(db, last - 1, limit=1) if last else []
    return moment(kept[0]["at"]) if kept else None


def moment(when: Any) -> str:  # Any: what the driver gives is a datetime
    """Return a moment as ISO text in UTC, to the millisecond."""
    text: str = when.astimezone(UTC).isoformat(timespec="milliseconds")
    return text


def _incident(row: Row) -> Row:
    placed = row["lat"] is not None
    return {
        "incident_key": row["incident_key"],
        "occurred_at": moment(row["occurred_at"]),
        "class_code": row["class_code"],
        "class_name": row["class_name"],
        "urgency": row["urgency"],
        "lat": round(float(row["lat"]), 7) if placed else None,
        "lon": round(float(row["lon"]), 7) if placed else None,
        "place_m": row.get("place_m"),
        "bell_key": row.get("bell_key"),
    }
