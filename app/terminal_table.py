"""Tables as a terminal shows them, wide Hangul counted right."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import accumulate

# A pipe has no width; a line that is cut there is lost.
_PIPE = 200


def fitting(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return how many columns, one at least, the terminal shows side by side without a cell in two lines."""
    from rich.cells import cell_len
    from rich.console import Console

    width = Console().width if sys.stdout.isatty() else _PIPE
    widths = [max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)]
    # Three spaces stand between two columns.
    return max(1, sum(end - 3 <= width for end in accumulate(each + 3 for each in widths)))


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a plain table, wide Hangul counted right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        grid.add_column(column, overflow="fold")
    for row in rows:
        grid.add_row(*("" if cell is None else str(cell) for cell in row))
    width = None if sys.stdout.isatty() else _PIPE
    Console(width=width, highlight=False, markup=False).print(grid)
