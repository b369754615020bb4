"""The header of a table: in which row it stands, which columns it names, and under which names they are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl.hangul import header_key, tidy
from etl.reasons import InputRefused

# Titles and blank lines may stand above a header.
HEADER_ROWS = 10
# Names of columns that the way to the tables uses for itself: a file's own column is called otherwise.
_OURS = ("geometry", "raster", "repaired", "reason", "table", "coordinate")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")

Aliases = Mapping[str, Sequence[str]]
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table.

    names     of every column, canonical where they are known
    written   the names as the file has them, one a column
    renamed   canonical name -> name in the file
    rows      how many rows of the file stand above the first row of values
    notes     what a load notes of it beside `renamed`
    """

    names: tuple[str, ...]
    written: tuple[str, ...]
    renamed: Mapping[str, str]
    rows: int
    notes: Mapping[str, object] = field(default_factory=dict)


def match_names(names: Sequence[str], aliases: Aliases) -> dict[str, str]:
    """Return canonical name -> the first of `names` that is one of its accepted spellings.

    What stands in brackets counts only where the name is not known without it: '위도(WGS84)' is '위도'.
    """
    found: dict[str, str] = {}
    spelled = {header_key(name): name for name in reversed(list(names))}
    bare = {header_key(_BRACKETS.sub("", name)): name for name in reversed(list(names))} | spelled
    for table in (spelled, bare):
        for canonical, accepted in aliases.items():
            keys = (header_key(spelling) for spelling in (canonical, *accepted))
            key = next((key for key in keys if key in table), None)
            if canonical not in found and key is not None and table[key] not in found.values():
                found[canonical] = table[key]
    return {canonical: found[canonical] for canonical in aliases if canonical in found}


def bare_name(name: str) -> str:
    """Return a column's name without what stands in brackets."""
    return tidy(_BRACKETS.sub("", name))


def find_header(rows: Sequence[Cells], aliases: Aliases, required: Sequence[str]) -> Header | None:
    """Return the header among the first rows of a table, None without any that names all of `required`.

    It may stand under titles, in two rows (groups above, their parts below), or twice (Korean above English).
    """
    head = [tuple(tidy(cell) for cell in row) for row in rows[:HEADER_ROWS]]
    for place, row in enumerate(head):
        if _names_all(row, aliases, required):
            below = head[place + 1] if place + 1 < len(head) else ()
            again = _names_all(below, aliases, required)
            return _header(row, aliases, place + 1 + again)
    for place, (above, below) in enumerate(pairwise(head)):
        stacked = _stacked(above, below, aliases)
        if _names_all(stacked, aliases, required):
            return _header(stacked, aliases, place + 2)
    return None


def unknown_header(
    rows: Sequence[Cells], aliases: Aliases, required: Sequence[str], *, quoted: bool
) -> InputRefused:
    """Return the refusal of a table without a header of a source: what is missing in the row that comes nearest.

    quoted   name what was found instead; False where a row may tell of a person
    """
    best: tuple[Cells, list[str]] = ((), list(required))
    for row in rows[:HEADER_ROWS]:
        found = match_names([tidy(cell) for cell in row], aliases)
        missing = [name for name in required if name not in found]
        if len(missing) < len(best[1]):
            best = (row, missing)
    wanted = ", ".join("/".join(aliases[name][:2] or (name,)) for name in best[1])
    # Only a row of which a name is known is a header: any other may be a row about a person.
    quote = f"; found: {', '.join(map(tidy, best[0]))[:200]}" if quoted and best[0] else ""
    return InputRefused("UNKNOWN_HEADER", f"missing: {wanted}{quote}")


def holds_values(rows: Sequence[Cells]) -> bool:
    """Say whether the first row looks like values, and not like names."""
    first = rows[0] if rows else ()
    return sum(_is_number(cell) for cell in first) >= max(2, len(first) // 4)


def named(written: Sequence[str], aliases: Aliases) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return a name for every column, none of them twice and none of ours, and canonical name -> name in the file."""
    renamed = match_names(written, aliases)
    position = {list(written).index(original): canonical for canonical, original in renamed.items()}
    names: list[str] = []
    taken = {*_OURS, *renamed}
    for number, original in enumerate(written):
        name = position.get(number)
        if name is None:
            name = _free(original or f"column_{number + 1}", number + 1, taken)
        taken.add(name)
        names.append(name)
    return tuple(names), renamed


def _names_all(row: Cells, aliases: Aliases, required: Sequence[str]) -> bool:
    return bool(row) and set(required) <= match_names(row, aliases).keys()


def _header(row: Cells, aliases: Aliases, rows: int) -> Header:
    names, renamed = named(row, aliases)
    return Header(names, tuple(row), renamed, rows, {"header_row": rows} if rows > 1 else {})


def _stacked(above: Cells, below: Cells, aliases: Aliases) -> Cells:
    """Return one row of two: a name below, with the group above it where only both together are known."""
    known = {header_key(word) for name, words in aliases.items() for word in (name, *words)}
    out, group = [], ""
    for place in range(max(len(above), len(below))):
        high = above[place] if place < len(above) else ""
        low = below[place] if place < len(below) else ""
        # the name of a group stands in its first column alone
        group = high or group
        joined = f"{group} {low}" if low else ""
        out.append(joined if header_key(joined) in known and header_key(low) not in known else low or high)
    return out


def _free(name: str, number: int, taken: set[str]) -> str:
    while name in taken:
        name = f"{name}_{number}"
    return name


def _is_number(cell: str) -> bool:
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return False
    return True
