"""What passes from a source through the steps: tables of rows, and what is known at the door."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
from shapely import MultiPolygon, Polygon

from etl.address_book import AddressBook

# Columns that every table carries beside its own: what was repaired, and why the row left.
REPAIRED = "repaired"
REASON = "reason"
# Column of a file of refused rows that a person mended: which refusal each row mends.
MARK = "golmok_refusal"
# Of a cell too long to be one so much is kept, for the person who looks into it.
_KEPT_CHARS = 200
# Rows that are in memory at once while a file goes its way.
BLOCK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of one table of a file, in the file's order.

    rows      as in Reading.tables, at most some 20,000 of them; row_no counts through the whole file
    refused   those of them that cannot be shaped: row_no -> code
    notes     what became known of the file by reading so far; a later block's note replaces an earlier one's
    share     how much of the file is read with this block, 0 to 1; None: not known
    """

    table: str
    rows: pd.DataFrame
    refused: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[str, object] = field(default_factory=dict)
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source read of a file, decoded and shaped, nothing else changed.

    tables          table name -> rows; index `row_no`, no number twice in the file; columns in English, text as it
                    stood, beside what was already a value (column `geometry`: shapely, in `crs`)
    crs             of the geometries and of the texts `lat` and `lon`; what pyproj takes; None: not stated
    reference_date  the day the file describes; None: the rows say it, else the day of the load
    refused         rows that cannot be shaped: row_no -> code
    exact, offices  columns that scrubbing leaves alone: keys and numbers; an office's telephone
    bound           the outline of the data itself, in `crs`, where the source can tell it
    stream          gives the blocks anew each time it is called; then `tables` is empty, and the file is never in
                    memory as a whole. None: the tables are read already
    """

    tables: Mapping[str, pd.DataFrame]
    form: str
    encoding: str | None = None
    crs: int | str | None = 4326
    reference_date: dt.date | None = None
    refused: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[str, object] = field(default_factory=dict)
    exact: Sequence[str] = ()
    offices: Sequence[str] = ()
    bound: Polygon | None = None
    stream: Callable[[], Iterator[Block]] | None = None

    def blocks(self, *, size: int = BLOCK_ROWS) -> Iterator[Block]:
        """Give the file's rows block by block; what the stream gives, else the tables cut into `size` rows."""
        if self.stream is not None:
            yield from self.stream()
            return
        total, done = sum(map(len, self.tables.values())), 0
        for name, rows in self.tables.items():
            for start in range(0, len(rows), size):
                part = rows.iloc[start : start + size]
                done += len(part)
                refused = {no: self.refused[no] for no in part.index if no in self.refused}
                yield Block(name, part, refused, share=done / total)

    def whole(self) -> Reading:
        """Return the same reading with every block of it in `tables`: for files known to be small."""
        if self.stream is None:
            return self
        parts: dict[str, list[pd.DataFrame]] = {}
        refused, notes = dict(self.refused), dict(self.notes)
        for block in self.stream():
            parts.setdefault(block.table, []).append(block.rows)
            refused |= block.refused
            notes |= block.notes
        tables = {name: pd.concat(frames) for name, frames in parts.items()}
        return replace(self, tables=tables, refused=refused, notes=notes, stream=None)


@dataclass(frozen=True, slots=True)
class Door:
    """What the steps know of the district while rows come in.

    srid, zone      metric CRS; the zone of clocks
    outline         the district in that CRS; None: no boundary is loaded, and no row can be told outside
    codes           codes of the district in official files; empty: every feature belongs to it
    reference_date  the day the file describes, as far as known
    crs             of the file
    today           the day of the load
    name_ko         the district's name, as addresses say it
    addresses       the places of known addresses; None: of this source none is looked up
    before          latitude and longitude, as written, of the row before the first one at hand; '' for none
    """

    srid: int
    zone: str
    today: dt.date
    crs: int | str = 4326
    codes: tuple[str, ...] = ()
    outline: Polygon | MultiPolygon | None = None
    reference_date: dt.date | None = None
    name_ko: str = ""
    addresses: AddressBook | None = None
    before: tuple[str, str] = ("", "")


Verdict = tuple[pd.DataFrame, pd.DataFrame]
Step = Callable[[pd.DataFrame, Door], Verdict]


def split(rows: pd.DataFrame, bad: pd.Series[bool], reason: str | pd.Series[str]) -> Verdict:
    """Return the rows that go on and those that leave, the latter with their reason."""
    mask = bad.fillna(False).astype(bool)
    left = rows[mask]
    return rows[~mask], left.assign(**{REASON: reason if isinstance(reason, str) else reason[mask]})


def repaired(rows: pd.DataFrame, where: pd.Series[bool], code: str) -> pd.DataFrame:
    """Return the rows with `code` noted where something was repaired."""
    mask = where.fillna(False).astype(bool)
    if not mask.any():
        return rows
    before = rows[REPAIRED] if REPAIRED in rows.columns else pd.Series("", index=rows.index)
    noted = before.where(~mask, (before + "|" + code).str.lstrip("|"))
    return rows.assign(**{REPAIRED: noted})


def no_more(rows: pd.DataFrame, where: pd.Series[bool], code: str) -> pd.DataFrame:
    """Return the rows with `code` noted no longer where a later step settled it."""
    if REPAIRED not in rows.columns or not where.any():
        return rows
    left = rows[REPAIRED].str.replace(rf"(?:^|\|){code}(?=\||$)", "", regex=True).str.lstrip("|")
    return rows.assign(**{REPAIRED: rows[REPAIRED].where(~where, left)})


def run(rows: pd.DataFrame, steps: Sequence[Step], door: Door) -> Verdict:
    """Return (good, refused) after all steps in order. A row leaves at its first reason."""
    gone: list[pd.DataFrame] = []
    for step in steps:
        rows, refused = step(rows, door)
        if len(refused):
            gone.append(refused)
    empty = rows.iloc[:0].assign(**{REASON: pd.Series(dtype="str")})
    return rows, pd.concat(gone) if gone else empty


def nothing_refused(rows: pd.DataFrame) -> Verdict:
    """Return the rows, all of them going on."""
    return split(rows, pd.Series(False, index=rows.index), "")


def numbered(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return tables whose rows are numbered on from one to the next, so that no number stands twice in a file."""
    out: dict[str, pd.DataFrame] = {}
    start = 1
    for name, rows in tables.items():
        out[name] = rows.set_axis(pd.RangeIndex(start, start + len(rows), name="row_no"), axis=0)
        start += len(rows)
    return out


def measured(rows: pd.DataFrame, *, chars: int) -> tuple[pd.DataFrame, list[int]]:
    """Return the rows with every text of more than `chars` characters cut short, and the numbers of those rows."""
    cut: dict[str, pd.Series[str]] = {}
    long = pd.Series(False, index=rows.index)
    for name in rows.columns:
        if isinstance(rows[name].dtype, pd.StringDtype):
            over = rows[name].str.len().gt(chars).fillna(False).astype(bool)
            if over.any():
                cut[str(name)] = rows[name].where(~over, rows[name].str[:_KEPT_CHARS])
                long |= over
    return rows.assign(**cut) if cut else rows, [int(number) for number in rows.index[long]]


def with_columns(rows: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the rows with every column of `names`, blank where the file has none."""
    absent = {
        name: pd.Series("", index=rows.index, dtype="str") for name in names if name not in rows.columns
    }
    return rows.assign(**absent)


def known_only(rows: pd.DataFrame, names: Collection[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows with columns of `names` alone, and the names of the columns that were dropped.

    For files about persons: a column that nobody named may hold free text about a person, so it is never stored.
    """
    dropped = [str(name) for name in rows.columns if name not in names and name != MARK]
    return rows.drop(columns=dropped), dropped


def reference_of(rows: pd.DataFrame, *, zone: str) -> dt.date | None:
    """Return the latest day that rows say of themselves, None when none does.

    That is the file's stated day (`ref_date`), else the latest survey, observation or event on the clocks of `zone`.
    """
    for name in ("ref_date", "surveyed_on", "observed_on"):
        said = [day for day in rows.get(name, ()) if isinstance(day, dt.date)]
        if said:
            return max(said)
    latest = rows["occurred_at"].max() if "occurred_at" in rows and len(rows) else pd.NaT
    return None if pd.isna(latest) else latest.tz_convert(zone).date()
