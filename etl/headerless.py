"""Tables without a header: columns known by the order of a published form, where the cells prove it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from etl.hangul import blank_cell, tidy
from etl.headers import Aliases, Cells, Header, named

Fits = Callable[[str], bool]

# So many rows are looked at; a tenth of their cells in a column may be dirty.
PROOF_ROWS = 30
_DIRTY_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Order:
    """A published form: the names of its columns in their order.

    form   what people call it, as '2018'
    """

    form: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves an order: what a cell of a column looks like, by canonical name.

    must      columns whose cells are filled
    fits      says of a filled cell whether it may stand in the column
    """

    must: frozenset[str]
    fits: Mapping[str, Fits]


def recognised(
    rows: Sequence[Cells], orders: Sequence[Order], *, aliases: Aliases, proof: Proof
) -> tuple[Header | None, str]:
    """Return the header that the only order proved by the rows would have; else None, and what the proof lacks.

    The first row has to fit in every column, of the others nine in ten.
    """
    filled = [[tidy(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)][:PROOF_ROWS]
    width = len(filled[0]) if filled else 0
    lacking = [(order, _lacking(filled, order, aliases=aliases, proof=proof)) for order in orders
               if len(order.names) == width]  # fmt: skip
    proved = [order for order, lack in lacking if not lack]
    if len(proved) == 1:
        names, renamed = named(proved[0].names, aliases)
        note = {"no_header": proved[0].form}
        return Header(names, proved[0].names, renamed, 0, note), ""
    if proved:
        return None, f"{width} columns fit several forms: {', '.join(order.form for order in proved)}"
    if lacking:
        return None, "; ".join(
            f"not proved to be the form of {order.form}: {lack}" for order, lack in lacking
        )
    known = ", ".join(f"{len(order.names)} ({order.form})" for order in orders)
    return (
        None,
        f"{width} columns; known without a header: {known}" if known else "the first row holds values",
    )


def number_between(low: float, high: float, *, whole: bool = False) -> Fits:
    """Return what says of a cell whether it is a number of that range; thousands separators and '.0' may stand in it."""

    def fits(cell: str) -> bool:
        try:
            number = float(cell.replace(",", ""))
        except ValueError:
            return False
        return low <= number <= high and not (whole and number % 1)

    return fits


def written_as(pattern: str) -> Fits:
    """Return what says of a cell whether it is written in that way as a whole."""
    compiled = re.compile(pattern)
    return lambda cell: compiled.fullmatch(cell) is not None


def _lacking(rows: Sequence[Cells], order: Order, *, aliases: Aliases, proof: Proof) -> str:
    """Return which column is not what the order says, in how many rows; '' when every one is."""
    names, _ = named(order.names, aliases)
    even = [row for row in rows if len(row) == len(names)]
    if len(even) < len(rows) * (1 - _DIRTY_SHARE):
        return "rows of several widths"
    for place, (name, written) in enumerate(zip(names, order.names, strict=True)):
        fits = proof.fits.get(name)
        wrong = [number for number, row in enumerate(even)
                 if (name in proof.must if blank_cell(row[place]) else fits is not None and not fits(row[place]))]  # fmt: skip
        if 0 in wrong or len(wrong) > len(even) * _DIRTY_SHARE:
            return f"column {place + 1} is not {written} in {len(wrong)} of {len(even)} rows"
    return ""
