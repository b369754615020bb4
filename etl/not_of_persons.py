"""Lists that are about no person: a file of calls or of police is refused, and columns about persons never come in.

`lamps` need no more than coordinates, and a layer takes any column: a file of a control room would fit both, and be kept
whole. So what a list's reader gives is looked at by the names of its columns, once for every source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path

from etl.hangul import header_key
from etl.headers import match_names
from etl.persons import PERSONAL_BESIDE, personal_column
from etl.reasons import InputRefused
from etl.rows import Block, Reading
from etl.sources.incidents import ACCIDENT_NAMES, CALL_NAMES
from etl.sources.police import LEDGER_NAMES, STREET_NAMES
from etl.tabular import Read

# Names, the columns that tell the form from any list, what its rows are, and the source that takes it.
_FORMS = (
    (CALL_NAMES, ("incident_key", "occurred_at", "class_code"), "calls of a control room", "incidents"),
    (ACCIDENT_NAMES, ("occurred", "x_utmk", "y_utmk"), "accidents", "incidents"),
    (LEDGER_NAMES, ("record_key", "entry", "occurred_at", "recipient"), "a ledger of footage", "police"),
    (STREET_NAMES, ("crime_id", "month", "category"), "street crime", "police"),
)


def no_persons(read: Read) -> Read:
    """Return a list's reader that drops columns called by a personal word (`etl.persons.PERSONAL`), before anything is stored.

    They are noted as `dropped`. Raises InputRefused, WRONG_CONTENT, for a file of a form about persons.
    """

    @wraps(read)
    def reader(file: Path) -> Reading:
        reading = read(file)
        tables = {name: rows.drop(columns=_personal(rows.columns)) for name, rows in reading.tables.items()}
        for rows in reading.tables.values():
            _require_other(rows.columns, reading.notes)
        gone = [name for rows in reading.tables.values() for name in _personal(rows.columns)]
        notes = {**reading.notes, **_told(reading.notes, gone)}
        stream = None if reading.stream is None else lambda: _blocks(reading)
        return replace(reading, tables=tables, notes=notes, stream=stream)

    return reader


def _blocks(reading: Reading) -> Iterator[Block]:
    assert reading.stream is not None
    gone: dict[str, None] = {}
    for block in reading.stream():
        _require_other(block.rows.columns, reading.notes)
        dropped = _personal(block.rows.columns)
        gone |= dict.fromkeys(dropped)
        notes = {**block.notes, **_told(reading.notes, gone)}
        yield replace(block, rows=block.rows.drop(columns=dropped), notes=notes)


def _personal(columns: Iterable[object]) -> list[str]:
    names = list(map(str, columns))
    found = [name for name in names if personal_column(name)]
    return [name for name in names if name in found or (found and header_key(name) in PERSONAL_BESIDE)]


def _told(notes: Mapping[str, object], gone: Iterable[str]) -> dict[str, object]:
    words = [personal_column(name) or name for name in gone]
    before = notes.get("dropped", [])
    assert isinstance(before, list)
    return {"dropped": list(dict.fromkeys([*before, *words]))} if words else {}


def _require_other(columns: Iterable[object], notes: Mapping[str, object]) -> None:
    header, dropped = notes.get("header", {}), notes.get("dropped", [])
    assert isinstance(header, Mapping)
    assert isinstance(dropped, list)
    written = [str(header.get(name, name)) for name in (*columns, *dropped)]
    for aliases, telling, rows, source in _FORMS:
        if match_names(written, aliases).keys() >= set(telling):
            raise InputRefused("WRONG_CONTENT", f"its columns are those of {rows}: load it as {source}")
