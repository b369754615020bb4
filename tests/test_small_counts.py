"""Small counts stay untold: tried by finding every table that a reader could hold possible."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.small_counts import Counts, Withheld, withheld

TABLES = st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=1, max_size=3).map(
    lambda rows: np.array(rows, dtype=np.int64)
)


def told(counts: Counts, hidden: Withheld) -> list[object]:
    """Return what is told of a table: its cells by their marks, the totals, the sum."""
    cells = np.where(hidden.small, "<3", np.where(hidden.beside, "withheld", counts.astype(str)))
    totals = ["withheld" if off else int(n) for n, off in zip(counts.sum(axis=1), hidden.totals, strict=True)]
    return [cells.tolist(), totals, "withheld" if hidden.sum else int(counts.sum())]


def line_candidates(counts: Counts, hidden: Withheld, line: int, *, most: int) -> Iterator[list[int]]:
    """Yield the lines that fit what is told of one: a small cell is 1 or 2, one withheld beside it none of these."""
    spans = []
    for at, n in enumerate(counts[line].tolist()):
        if hidden.small[line, at]:
            spans.append([1, 2])
        elif hidden.beside[line, at]:
            spans.append([0, *range(3, most)])
        else:
            spans.append([n])
    for cells in product(*spans):
        if hidden.totals[line] or sum(cells) == counts[line].sum():
            yield list(cells)


def still_open(counts: Counts, hidden: Withheld) -> bool:
    """Tell whether each small cell may be 1 as well as 2 to a reader who knows the sum of all from elsewhere."""
    lines = [list(line_candidates(counts, hidden, at, most=14)) for at in range(len(counts))]
    seen: dict[tuple[int, int], set[int]] = {}
    for table in product(*lines):
        if sum(map(sum, table)) == counts.sum():
            for line, at in zip(*np.nonzero(hidden.small), strict=True):
                seen.setdefault((int(line), int(at)), set()).add(table[line][at])
    return all(values == {1, 2} for values in seen.values())


@settings(max_examples=60)
@given(TABLES)
def test_no_small_count_can_be_worked_out_even_from_a_sum_known_elsewhere(counts: Counts) -> None:
    hidden = withheld(counts)
    assert not (np.isin(counts, (1, 2)) & ~hidden.small).any()
    if (counts >= 4).any():
        assert still_open(counts, hidden)


@given(TABLES)
def test_nothing_is_withheld_without_a_small_count(counts: Counts) -> None:
    hidden = withheld(np.where(counts < 3, 0, counts))
    assert not (hidden.small.any() or hidden.beside.any() or hidden.totals.any() or hidden.sum)


def test_the_smallest_that_is_large_enough_goes_beside_a_small_one() -> None:
    counts = np.array([[1, 9, 5, 3], [7, 8, 9, 10]])
    assert told(counts, withheld(counts)) == [
        [["<3", "9", "withheld", "3"], ["7", "8", "9", "10"]],
        [18, 34],
        52,
    ]


def test_without_one_large_enough_the_total_goes_and_another_line_s_with_it() -> None:
    # 1 + 3 tells the 1 by its total; with the total away the sum of all would tell it, were the other line's told
    counts = np.array([[1, 3, 0], [6, 7, 8]])
    assert told(counts, withheld(counts)) == [
        [["<3", "3", "0"], ["withheld", "7", "8"]],
        ["withheld", "withheld"],
        "withheld",
    ]


def test_where_nothing_is_large_only_zeros_are_told() -> None:
    counts = np.array([[1, 3, 0]])
    assert told(counts, withheld(counts)) == [[["<3", "withheld", "0"]], ["withheld"], "withheld"]


@pytest.mark.parametrize("shape", [(0, 3), (2, 0)])
def test_a_table_of_nothing_withholds_nothing(shape: tuple[int, int]) -> None:
    hidden = withheld(np.zeros(shape, dtype=np.int64))
    assert hidden.small.shape == shape
    assert not hidden.sum
