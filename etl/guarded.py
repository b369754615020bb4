"""Files about persons as readings: block by block only what `etl.persons` declares, and what was left blank is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from pathlib import Path

import pandas as pd

from etl.headers import bare_name
from etl.persons import FORMS, Kept, fate_of, kept
from etl.repairs import own
from etl.rows import Block, Reading, with_columns
from etl.tables import Table

# Sees the blocks of a file one after the other, and gives each with what is known of the file so far.
Watch = Callable[[pd.DataFrame], tuple[pd.DataFrame, Mapping[str, object]]]


# What a file calls its sheets and layers may be a person's name; how many there are is none.
_CALLED = ("sheets", "sheets_passed_over", "sheets_hidden", "columns_passed_over", "other_layers")


def counted_names(notes: Mapping[str, object]) -> dict[str, object]:
    """Return what is noted of a file about persons: of names that nobody declared how many there are, of columns' names not
    what stands in brackets."""
    told = {name: value for name, value in notes.items() if name != "layer"}
    for name in _CALLED:
        if isinstance(called := told.get(name), list):
            told[name] = len(called)
    if isinstance(header := told.get("header"), Mapping):
        told["header"] = {name: bare_name(str(written)) for name, written in header.items()}
    return told


def nameless(read: Callable[[Path], Reading]) -> Callable[[Path], Reading]:
    """Return a reader of files about persons whose notes are as `counted_names` has them."""

    @wraps(read)
    def reader(file: Path) -> Reading:
        reading = read(file)
        stream = None if reading.stream is None else lambda: _nameless(reading)
        return replace(reading, notes=counted_names(reading.notes), stream=stream)

    return reader


def _nameless(reading: Reading) -> Iterator[Block]:
    for block in reading.blocks():
        yield replace(block, notes=counted_names(block.notes))


@dataclass(slots=True)
class Withheld:
    """How many cells of which column were left blank, or hashed in their place, in the blocks so far."""

    blank: Counter[str] = field(default_factory=Counter)
    hashed: Counter[str] = field(default_factory=Counter)

    def add(self, stored: Kept) -> dict[str, object]:
        """Count one more block; return what a load notes of all of them."""
        self.blank.update(stored.withheld)
        self.hashed.update(stored.hashed)
        told = {"withheld": dict(self.blank), "hashed": dict(self.hashed)}
        return {name: counts for name, counts in told.items() if counts}


def guarded_reading(
    table: Table,
    name: str,
    *,
    form: str,
    fill: Sequence[str],
    exact: Sequence[str],
    watch: Callable[[], Watch] | None = None,
) -> Reading:
    """Return the reading of a table called `name`, of its cells only what may be stored.

    form    of `etl.persons.FORMS`: what becomes of each column
    fill    columns that are there in any case, blank where the file has none
    watch   makes what sees the blocks after that, anew for each time that the file is read
    """
    fates = FORMS[form]
    columns = [*table.columns, *(column for column in fill if column not in table.columns)]
    told = {name: fate_of(name, fates) for name in own(columns)}
    dropped = [name for name, fate in told.items() if fate is not None and fate.action == "drop"]
    undeclared = sum(fate is None for fate in told.values())

    def stream() -> Iterator[Block]:
        counted, seen = Withheld(), watch() if watch else None
        for block in table.blocks(name):
            stored = kept(with_columns(block.rows, fill), fates)
            notes = {**block.notes, **counted.add(stored)}
            rows, more = (stored.rows, {}) if seen is None else seen(stored.rows)
            yield replace(block, rows=rows, notes={**notes, **more})

    return Reading(
        tables={},
        form=form,
        encoding=table.encoding,
        notes={"header": dict(table.renamed), **table.told, "dropped": dropped}
        | ({"dropped_undeclared": undeclared} if undeclared else {}),
        exact=tuple(exact),
        stream=stream,
    )
