"""Refused rows: how many are open, the file to mend them in, and the mended file loaded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.csv_text import csv_bytes
from app.services import WrongUse, exports
from app.services.exports import NoPurpose, Taking
from app.services.loading import load_into
from etl.db import Database
from etl.jobs import JOBS
from etl.reasons import LARGEST_MB, REASONS, InputRefused, sentence
from etl.repairs import TOLD, in_file_order, noted_columns
from etl.results import LoadResult
from etl.rows import MARK
from etl.scratch import scratch
from etl.scrub import scrub
from etl.store import refusals as store

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]


class SeveralSources(WrongUse):
    """Rows of several sources are no one file: their columns differ."""


class NothingRefused(WrongUse):
    """No open refusal answers to what was asked for."""


class NotMended(WrongUse):
    """A file has no column that tells which refused rows it mends."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which open refusals are meant; None: whichever."""

    source: str | None = None
    batch_id: int | None = None
    reason: str | None = None

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Say whether a count of a source, a load and a code is among them."""
        return (
            self.source in (None, row["source"])
            and self.batch_id in (None, row["batch_id"])
            and self.reason in (None, row.get("code", self.reason))
        )


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """Refused rows as a file to mend: its name, its bytes (CSV), their source, how many rows."""

    name: str
    content: bytes
    source: str
    rows: int

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def refusals(db: Database, chosen: Chosen | None = None) -> Row:
    """Return how many refused rows are open, and why: the answer of `golmok refusals`.

    open       rows that no later file repaired; one that several files brought counts once
    repaired   rows that a later file repaired, each once
    settled    rows in which there is nothing to mend, such as totals: never open
    by_reason  source, code, severity, n, the most first; a row with two reasons counts under both
    by_file    batch_id, source, file, loaded_on, rows_in, refused = repaired + again + settled + open, the last load first
    Raises     WrongUse for a source, a load or a code that is none
    """
    asked = chosen or Chosen()
    _check(db, asked)
    files = [_file(db, row) for row in store.refusals_by_file(db) if asked.holds(row)]
    counts = [row for row in store.refusals_by_reason(db) if asked.holds(row)]
    if asked.reason is not None:
        # A row bears a code once: its count is that of rows.
        opened = {row["batch_id"]: row["n"] for row in counts}
        files = [file | {"open": opened[file["batch_id"]]} for file in files if file["batch_id"] in opened]
    closed = store.refusals_closed(db, source=asked.source, batch_id=asked.batch_id, reason=asked.reason)
    return {
        "asked": {"source": asked.source, "batch_id": asked.batch_id, "reason": asked.reason},
        "open": sum(file["open"] for file in files),
        "repaired": closed["repaired"],
        "settled": closed["settled"],
        "by_reason": _by_reason(counts),
        "by_file": files,
        "invented": db.district.invented,
    }


def take(db: Database, chosen: Chosen, taking: Taking) -> RefusedFile:
    """Return the open refusals of one source as a CSV to mend: its file's own columns, why, and the column golmok_refusal.

    db      opened as staff; the read and the export both leave a row in the access log first
    Raises  NoPurpose unless `taking` is internal; WrongUse as `refusals`; NothingRefused; SeveralSources, which names them
    """
    if taking.edition != "internal":
        raise NoPurpose("refused rows are taken by a person and for a purpose")
    _check(db, chosen)
    sources = sorted({row["source"] for row in store.refusals_by_reason(db) if chosen.holds(row)})
    if not sources:
        raise NothingRefused()
    if len(sources) > 1:
        raise SeveralSources(", ".join(sources))
    found = store.open_refusals(
        db,
        source=sources[0],
        batch_id=chosen.batch_id,
        reason=chosen.reason,
        purpose=str(taking.purpose).strip(),
        who=taking.who,
    )
    detail = {"source": sources[0], "batch_id": chosen.batch_id, "reason": chosen.reason, "form": "csv"}
    exports.note(db, "refused rows", taking, rows=len(found), detail=detail)
    columns = _columns(found)
    head = [*columns.values(), *TOLD, MARK]
    content = csv_bytes(head, ([*_cells(row["raw"], columns), *_told(row), row["mark"]] for row in found))
    name = f"{db.district.name}-refused-{sources[0].replace(' ', '-')}.csv"
    return RefusedFile(name, content, sources[0], len(found))


def write(db: Database, chosen: Chosen, taking: Taking, *, out: Path) -> Row:
    """Write the file to mend, and return where it is. Raises as `take`."""
    file = take(db, chosen, taking)
    out.write_bytes(file.content)
    return {
        "out": str(out),
        "source": file.source,
        "rows": file.rows,
        "sha256": file.sha256,
        "edition": taking.edition,
        "invented": db.district.invented,
    }


def load_mended(db: Database, content: bytes, *, name: str, source: str) -> Row:
    """Load a mended file and return what `golmok load` answers; a file that is refused whole has status 'refused'.

    db      opened as loader
    source  as in meta.batch: of a layer 'layer NAME'
    Raises  NotMended for a file without the column golmok_refusal: a whole list is loaded by the command alone
    """
    kind, _, layer = source.partition(" ")
    with scratch() as folder:
        path = folder / (Path(scrub(name)).name[-100:] or "mended.csv")
        path.write_bytes(content)

        def run(*, dry_run: bool) -> LoadResult:
            return load_into(db, kind, path, layer=layer or None, dry_run=dry_run, progress=_quiet)

        try:
            if len(content) > LARGEST_MB * 1_000_000:
                raise InputRefused("TOO_LARGE", f"{len(content) / 1e6:,.0f} MB")
            if "part" not in run(dry_run=True).notes:
                raise NotMended(path.name)
            return run(dry_run=False).as_json()
        except InputRefused as error:
            answer = error.result
            detail = {"status": "refused", "reasons": {error.reason: 1}, "notes": {"detail": error.detail}}
            return answer.as_json() if isinstance(answer, LoadResult) else detail


def _quiet(_label: str, _done: int, _total: int) -> None:
    """Take no notice of progress: the person waits for the answer."""


def _check(db: Database, asked: Chosen) -> None:
    """Raise WrongUse for a source, a load or a code that is none: nothing is open of it, but nobody would learn why."""
    if asked == Chosen():
        return
    loads = store.loads_known(db)
    # a layer goes by its own name: there are those that were loaded
    known = [job.source for job in JOBS if job.source != "layer"]
    sources = known + sorted({load["source"] for load in loads} - set(known))
    if asked.source is not None and asked.source not in sources:
        raise WrongUse(f"no source is called {asked.source!r}; there are: {_named(sources)}")
    numbers = [load["batch_id"] for load in loads]
    if asked.batch_id is not None and asked.batch_id not in numbers:
        refused = [row["batch_id"] for row in store.refusals_by_file(db)]
        raise WrongUse(f"there is no load {asked.batch_id}; loads that refused rows: {_named(refused)}")
    if asked.reason is not None and asked.reason not in REASONS:
        codes = sorted({row["code"] for row in store.refusals_by_reason(db)})
        raise WrongUse(f"no reason has the code {asked.reason!r}; open are: {_named(codes)}")


def _named(names: Sequence[object]) -> str:
    return ", ".join(map(str, dict.fromkeys(names))) or "none"


def _file(db: Database, row: Mapping[str, Any]) -> Row:
    names = ("batch_id", "source", "rows_in", "refused", "repaired", "again", "settled", "open")
    day = row["started_at"].astimezone(db.district.zone).date()
    return {"file": row["file_name"], "loaded_on": day.isoformat()} | {name: row[name] for name in names}


def _by_reason(counts: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Return the counts of all loads of a source together."""
    sums: dict[tuple[str, str, str], int] = {}
    for row in counts:
        key = (row["source"], row["code"], row["severity"])
        sums[key] = sums.get(key, 0) + row["n"]
    rows = [
        {"source": source, "code": code, "severity": severity, "n": n}
        for (source, code, severity), n in sums.items()
    ]
    return sorted(rows, key=lambda row: (-row["n"], row["source"], row["code"]))


def _columns(found: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return canonical name -> name in the file of all columns, those of the last load first, in their order."""
    columns: dict[str, str] = {}
    for batch_id in sorted({row["batch_id"] for row in found}, reverse=True):
        ours = [row for row in found if row["batch_id"] == batch_id]
        notes = ours[0]["notes"] or {}
        held = {name for row in ours for name in row["raw"]}
        ordered = (name for table in noted_columns(notes).values() for name in table)
        for name, original in in_file_order(held, ordered, notes.get("header") or {}).items():
            columns.setdefault(name, original)
    return columns


def _cells(raw: Mapping[str, Any], columns: Mapping[str, str]) -> list[object]:
    return [raw.get(name, "") for name in columns]


def _told(row: Mapping[str, Any]) -> list[object]:
    """Return the cells of TOLD: codes, why in both languages, severity, file, line (empty where the file has none)."""
    known = [code for code in row["reasons"] if code in REASONS]
    return [
        " ".join(row["reasons"]),
        " ".join(sentence(code, "ko") for code in known),
        " ".join(sentence(code, "en") for code in known),
        row["severity"],
        row["file_name"] or "",
        row["line_no"],
    ]
