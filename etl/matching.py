"""A run of matching over a district: which records of several agencies' lists count as one. Repeatable: a run on the same
records and decisions writes nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from etl.db import Database
from etl.errors import DatabaseBusy
from etl.fingerprints import row_hashes
from etl.store import matches, writes
from etl.terms import USUAL, Terms
from spatial.matching import PARTS, compared, groups_of, joined

# The lock of the loads that write cameras: none runs beside a run of matching.
_ALONE = "cameras"
# What a decision hangs on: while these stay, the same two records are not asked about again.
_TELLING = ("agency", "place", "purpose", "further", "address_road", "address_lot", "name", "cameras")
_SCORE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run changed; `ran` is False where nothing had come since the last one."""

    ran: bool
    pairs: int = 0
    dropped: int = 0
    behind: int = 0
    freed: int = 0
    reopened: int = 0


def refresh(db: Database, terms: Terms = USUAL) -> Ran:
    """Bring the pairs of records up to date with what is loaded and decided. db: opened as loader.

    Nothing is deleted of what lists tell: cameras of a record that stands behind another do not count, as at the days on
    which that one has cameras. A person's decision holds while both records stay as they were.
    Raises DatabaseBusy when a load of cameras did not end in the time that `terms` give
    """
    rules = json.dumps(astuple(db.district.matching))
    with db.arrow() as connection:  # asked first without the lock: most often there is nothing to do
        if matches.current(connection, rules):
            return Ran(ran=False)
    with writes.writing(db, _ALONE, terms) as connection:
        if matches.current(connection, rules):
            return Ran(ran=False)
        batch = writes.Batch(connection, db.district.srid, 0, dt.datetime.now(db.district.zone).date())
        ran = _run(db, batch)
        matches.note_run(connection, rules)
        connection.commit()
    return ran


def refresh_unless_loading(db: Database) -> Ran:
    """Do as `refresh`, but nothing while a load of cameras is at work: that one brings the pairs up to date at its end."""
    try:
        return refresh(db, Terms(wait_s=0.0))
    except DatabaseBusy:
        return Ran(ran=False)


def _run(db: Database, batch: writes.Batch) -> Ran:
    records = matches.records(batch.connection)
    keys = records["record_key"].tolist()
    place = {key: position for position, key in enumerate(keys)}
    digests = _digests(records)
    said, reopened = _decided(batch, place, digests)
    rules = db.district.matching
    pairs = compared(records, rules)
    told = joined(pairs, records["agency"], rules, same=said["same"], different=said["different"])
    table = _table(pairs, told, said=said, keys=keys, digests=digests)
    written, dropped = matches.write_pairs(batch, table, keys=keys, reopened=reopened)
    behind, freed = matches.write_behind(batch, _groups(matches.joined_keys(batch.connection)))
    return Ran(True, written, dropped, behind, freed, len(reopened))


def _digests(records: pd.DataFrame) -> pd.Series[str]:
    metres = records[["x_m", "y_m"]].round(0).astype("str")
    told = records.assign(place=metres["x_m"] + "," + metres["y_m"])
    return row_hashes(told, _TELLING).map(lambda digest: digest.hex()[:16]).astype("str")


def _pair_digest(digests: Sequence[str], a: int, b: int) -> str:
    return f"{digests[a]}-{digests[b]}"


def _decided(
    batch: writes.Batch, place: dict[str, int], digests: pd.Series[str]
) -> tuple[dict[str, list[tuple[int, int]]], list[matches.Pair]]:
    """Return the decisions that hold, by what was said, and the pairs of those that hold no longer."""
    told: dict[str, list[tuple[int, int]]] = {"same": [], "different": []}
    reopened = []
    known = digests.tolist()
    for a, b, said, digest in matches.decided(batch.connection):
        if a not in place or b not in place:
            continue  # a record without cameras now: the pair stays as it was
        if digest in (None, _pair_digest(known, place[a], place[b])):
            told[said].append((place[a], place[b]))
        else:
            reopened.append((a, b))
    return told, reopened


def _table(
    pairs: pd.DataFrame,
    told: pd.DataFrame,
    *,
    said: dict[str, list[tuple[int, int]]],
    keys: list[str],
    digests: pd.Series[str],
) -> pd.DataFrame:
    """Return the rows of core.same_record: keys for positions, scores to three digits, parts as JSON."""
    apart = pd.DataFrame(said["different"], columns=["a", "b"], dtype=np.int64).assign(state="different")
    # joined already through a third record, a pair that a person named is one all the same
    named = pd.DataFrame(said["same"], columns=["a", "b"], dtype=np.int64).assign(state="same")
    found = told[told["state"].ne("said")].astype({"a": np.int64, "b": np.int64})
    every = pd.concat([named, apart, found], ignore_index=True).drop_duplicates(["a", "b"])
    scored = every.merge(pairs, on=["a", "b"], how="left")
    known = digests.tolist()
    return pd.DataFrame(
        {
            "record_a": [keys[a] for a in scored["a"]],
            "record_b": [keys[b] for b in scored["b"]],
            "state": scored["state"],
            "score": scored["score"].round(_SCORE_DIGITS),
            "distance_m": scored["distance_m"].round(_SCORE_DIGITS),
            "parts": [
                _as_json(row, held)
                for row, held in zip(scored[list(PARTS)].to_numpy(), scored["held"], strict=True)
            ],
            "digest": [_pair_digest(known, a, b) for a, b in zip(scored["a"], scored["b"], strict=True)],
        }
    )


def _as_json(parts: NDArray[np.float64], held: object) -> str:
    told: dict[str, object] = {
        name: None if np.isnan(value) else round(float(value), _SCORE_DIGITS)
        for name, value in zip(PARTS, parts, strict=True)
    }
    return json.dumps(told | {"held": held if isinstance(held, str) else None})


def _groups(pairs: list[matches.Pair]) -> dict[str, str]:
    keys = sorted({key for pair in pairs for key in pair})
    place = {key: position for position, key in enumerate(keys)}
    numbered = pd.DataFrame([(place[a], place[b]) for a, b in pairs], columns=["a", "b"])
    return {key: keys[first] for key, first in zip(keys, groups_of(numbered, len(keys)), strict=True)}


def digest_of(db: Database, record_a: str, record_b: str) -> str:
    """Return the digest of two records that have cameras now (record_a < record_b): a decision on them holds while it is
    the same. KeyError where one has none."""
    records = records_of(db).set_index("record_key", drop=False).loc[[record_a, record_b]]
    return _pair_digest(_digests(records).tolist(), 0, 1)


def records_of(db: Database) -> pd.DataFrame:
    """Return every record that has cameras now: record_key and the columns `spatial.matching.COLUMNS`."""
    with db.arrow() as connection:
        return matches.records(connection)
