"""Same cameras in several lists: the pairs found, what people decide of them, and a trial on invented lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from app.services import WrongUse
from etl import matching
from etl.db import Database
from etl.store import matches as store
from etl.store.days import network_day

Row = dict[str, Any]
Said = Literal["same", "different", "open"]

STATES = ("doubtful", "sure", "same", "different")
# So many pairs of each state and decisions are told; the counts are of all.
_TOLD = 200


class UnknownRecord(WrongUse):
    """No record of this number has cameras now."""


class OneList(WrongUse):
    """Two rows of one agency's list are two records, as that agency says."""


class NoGrounds(WrongUse):
    """A decision on two records was given without saying why."""


class NothingDecided(WrongUse):
    """A decision was to be taken back that nobody had taken."""


def matches(
    db: Database, *, states: Sequence[str] = STATES, limit: int | None = _TOLD, at: date | None = None
) -> Row:
    """Return which records of several lists count as one, and which pairs wait for a person.

    counts     pairs by state: sure (joined by score), doubtful (wait), same and different (a person said so)
    network    cameras and sites as they count at a day, and `cameras_listed`, `sites_listed`: were nothing joined
    pairs      of the wanted states, the best first, at most `limit` each (None: all); etl.store.matches.pairs
    decisions  the log, the last first
    Raises     WrongUse for a state that is none
    """
    if unknown := [state for state in states if state not in STATES]:
        raise WrongUse(f"states of a pair are {', '.join(STATES)}, not {', '.join(unknown)}")
    day = at or network_day(db)
    counted = store.counts(db, day)
    return {
        "at": day.isoformat(),
        "counts": {state: counted.pop(state) for state in STATES},
        "network": counted,
        "pairs": [pair for state in states for pair in store.pairs(db, [state], limit=limit)],
        "decisions": [_dated(db, row) for row in store.decisions(db, limit=limit)],
        "rules": {"sure": db.district.matching.sure, "doubtful": db.district.matching.doubtful},
        "invented": db.district.invented,
    }


def refreshed(db: Database, *, states: Sequence[str] = STATES, limit: int | None = _TOLD) -> Row:
    """Return `matches` after the pairs were brought up to date with loads and decisions. db: opened as loader."""
    matching.refresh(db)
    return matches(db, states=states, limit=limit)


def decide(db: Database, one: str, other: str, *, said: Said, reason: str, by: str | None = None) -> Row:
    """Write what a person says of two records, and join or part them at once; return the decision and the counts.

    db         opened as loader
    one, other  their numbers, in any order
    said       same, different, or open: what was decided before is taken back
    by         who says so; None is the database's user
    Raises     UnknownRecord, OneList, NoGrounds, NothingDecided
    """
    a, b = sorted((one.strip(), other.strip()))
    if not reason.strip():
        raise NoGrounds(f"{a}, {b}")
    known = _checked(store.pair(db, a, b), a, b, said=said)
    written = {"record_a": a, "record_b": b, "said": said, "reason": reason.strip()[:500]}
    written |= {
        "state_before": known["state"],
        "score": known["score"],
        "digest": matching.digest_of(db, a, b),
    }
    number = store.decide(db, written | ({"decided_by": by} if by else {}))
    matching.refresh(db)
    now = matches(db, states=(), limit=1)
    return {
        "decision_id": number,
        "record_a": a,
        "record_b": b,
        "said": said,
        "state": store.pair(db, a, b)["state"],
        "decided_by": now["decisions"][0]["decided_by"],
        **{name: now[name] for name in ("at", "counts", "network", "invented")},
    }


def _checked(known: Row, a: str, b: str, *, said: Said) -> Row:
    for key, agency in ((a, known["agency_a"]), (b, known["agency_b"])):
        if agency is None:
            raise UnknownRecord(key)
    if a == b or known["agency_a"] == known["agency_b"]:
        raise OneList(str(known["agency_a"]))
    if said == "open" and known["state"] not in ("same", "different"):
        raise NothingDecided(f"{a}, {b}")
    return known


def trial(db: Database, *, seed: int = 1) -> Row:
    """Return how often matching is right on seven lists invented from the records of this district.

    lists       rows of the invented lists; `truth`: pairs of rows that are the same cameras
    joined      pairs joined without asking, of which `right`; `precision` and `recall` of these (None: no pair)
    asked       pairs that a person would be asked about, of which `asked_right` are the same cameras
    recall_asked  share of the true pairs that are joined once a person has answered
    db          opened as loader
    """
    from etl.sample import trial as invented  # numbers of rows, drawn anew each time: nothing is stored

    return invented.measured(matching.records_of(db), db.district.matching, seed=seed) | {
        "seed": seed,
        "invented": True,
    }


def _dated(db: Database, row: Row) -> Row:
    moment = row["decided_at"].astimezone(db.district.zone)
    return row | {"decided_at": moment.isoformat(timespec="minutes")}
