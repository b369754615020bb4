"""Small counts of incidents by class and by dong: 1 and 2 stay hidden, and so does what they could be worked out from."""

from __future__ import annotations

from typing import Any

from app.report_format import HIDDEN, count, part_withheld

# JSON-ready rows, as app.place_figures makes them.
Row = dict[str, Any]

MOST_CLASSES = 12
_SAID = ("share", "low", "high")


def classes(found: list[Row], *, open_counts: bool = False) -> list[Row]:
    """Return the most frequent classes, and the others summed in a row without class.

    Returns  n and seen (whole incidents), texts where they are withheld: `<3` where the class, its seen or its unseen
             count 1 or 2, `*` for the next smallest where only one would be hidden and the total give it away. Shares
             are None there. What was told before is given back as it is: a kept report holds no more than was told.
    """
    if any("others" in row or isinstance(row["seen"], str) for row in found):
        return found
    rows = [_whole(row) for row in found[:MOST_CLASSES]]
    if rest := found[MOST_CLASSES:]:
        n, seen = sum(row["n"] for row in rest), sum(row["seen"] for row in rest)
        other = {"class_code": None, "class_name": None, "others": len(rest), "n": n, "seen": seen}
        rows.append(_whole({**other, "share": seen / n, "low": None, "high": None}))
    hidden = [
        at for at, row in enumerate(rows) if part_withheld(row["seen"], row["n"], open_counts=open_counts)
    ]
    sealed = [_hidden(row, "<3") if at in hidden else row for at, row in enumerate(rows)]
    open_rows = [at for at in range(len(rows)) if at not in hidden and rows[at]["seen"] > 0]
    if len(hidden) == 1 and open_rows:
        least = min(open_rows, key=lambda at: (rows[at]["seen"], at))
        sealed[least] = _hidden(rows[least], HIDDEN)
    return sealed


def _whole(row: Row) -> Row:
    return row | {"seen": round(row["seen"])}


def _hidden(row: Row, mark: str) -> Row:
    n = count(row["n"]) if row["n"] in (1, 2) else row["n"]
    return row | {"n": n, "seen": mark} | dict.fromkeys(_SAID)


def told_classes(found: list[Row]) -> list[Row]:
    """Return the classes as a committee may know them."""
    return classes(found)


def told_equity(figure: Row) -> Row:
    """Return the spread over the dong as a committee may know it: which dong are busy, and no number of incidents.

    The table of incidents by month and dong goes to the committee too: sums over its months would give its hidden
    cells away, and reports of two days each other's.
    """
    told = [row | {"incidents": None, "per_km": None} for row in figure.get("dong") or []]
    return {**figure, "dong": told}
