"""A key never meets the coordinates of the next row, whatever becomes of a quote."""

from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.delimited import CELL_CHARS, Record, delimiters
from etl.delimited import records as stream
from etl.encodings import Coding, lines
from etl.reasons import InputRefused

HEADER = "key,view,lat,lon"


def records(text: str, *, width: int | None = None) -> list[Record]:
    found = list(lines(lambda: io.BytesIO(text.encode()), Coding("utf-8")))
    return list(stream(found, delimiters(found)[0], width=width))


def told(*rows_of_text: str) -> list[tuple[str, str]]:
    """Return the first cell and the refusal of each row below the header."""
    rows = records("\n".join([HEADER, *rows_of_text]), width=4)[1:]
    return [(record.cells[0], record.refused) for record in rows]


def test_two_open_quotes_in_one_column_do_not_make_one_row_of_two() -> None:
    rows = records(f'{HEADER}\na,"고정,37.1,126.1\nb,"고정,37.2,126.2\nc,고정,37.3,126.3\n')
    assert [(row.cells[0], row.refused) for row in rows[1:]] == [
        ("a", "OPEN_QUOTE"),
        ("b", "OPEN_QUOTE"),
        ("c", ""),
    ]


def test_an_open_quote_takes_no_more_than_its_own_row() -> None:
    lines = ['a,"고정,37.1,126.1', *(f"r{n},고정,37.2,126.2" for n in range(8))]
    assert told(*lines) == [("a", "OPEN_QUOTE"), *((f"r{n}", "") for n in range(8))]


def test_where_either_reading_is_possible_both_rows_are_refused() -> None:
    # a lone quote at the end of a cell closes the one left open above: well formed, and two rows
    assert told('a,"고정,37.1,126.1', 'b,5",37.2,126.2', "c,고정,37.3,126.3") == [
        ("a", "OPEN_QUOTE"),
        ("b", "OPEN_QUOTE"),
        ("c", ""),
    ]
    # the second row is short by one cell, so that the sum fits
    assert told('a,"고정,37.1,126.1', 'x",37.2,126.2') == [("a", "OPEN_QUOTE"), ('x"', "OPEN_QUOTE")]


def test_the_rest_of_a_broken_cell_is_no_row() -> None:
    assert [code for _, code in told('1,"서울 "A" 건물', '2줄, 앞",37.1,126.1')] == [
        "OPEN_QUOTE",
        "OPEN_QUOTE",
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('a,"서울, 관악",37.1,126.1', ["a", "서울, 관악", "37.1", "126.1"]),
        ('a,"윗줄\n아랫줄",37.1,126.1', ["a", "윗줄\n아랫줄", "37.1", "126.1"]),
        ('a,"윗, 줄\n아랫줄",37.1,126.1', ["a", "윗, 줄\n아랫줄", "37.1", "126.1"]),
        ('"위\n아래",나,37.1,126.1', ["위\n아래", "나", "37.1", "126.1"]),
        ('a,b,37.1,"비고\n2줄"', ["a", "b", "37.1", "비고\n2줄"]),
        ('a,"말 ""큰"" 말",37.1,126.1', ["a", '말 "큰" 말', "37.1", "126.1"]),
    ],
)
def test_quoted_cells_keep_commas_and_lines(text: str, cells: list[str]) -> None:
    (row,) = records(f"{HEADER}\n{text}\n")[1:]
    assert (row.cells, row.refused, row.lines) == (cells, "", text.count("\n") + 1)


@given(st.lists(st.lists(st.text('가 ",ab', max_size=6), min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_a_spreadsheet_wrote_is_read_as_it_was(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["a", "b", "c"], *table])
    assert [row.cells for row in records(out.getvalue())][1:] == table


@given(
    st.lists(
        st.sampled_from(['k,"v,1,2', 'k,v",1,2', 'k,"v",1,2', "k,v,1,2", 'k,"",1,2', '"k,v,1,2']), max_size=12
    )
)
def test_every_line_is_a_row_and_none_that_goes_on_holds_a_line_break(lines: list[str]) -> None:
    rows = records("\n".join([HEADER, *lines]))[1:]
    assert len(rows) == len(lines)
    assert not any("\n" in cell for row in rows if not row.refused for cell in row.cells)


def test_a_header_that_no_sheet_holds_is_refused_at_once() -> None:
    began = time.perf_counter()
    for text in ("," * 40_000_000, "a" * 2_000_000 + ",b\n1,2\n", ",".join(map(str, range(1001)))):
        with pytest.raises(InputRefused, match="TOO_WIDE"):
            records(text)
    assert time.perf_counter() - began < 5


def test_a_line_beyond_all_measure_is_cut_and_refused() -> None:
    lines = [HEADER, *["a,b,1,2"] * 6, "c," + "x" * 12_000_000 + ",1,2", "d,e,1,2"]
    last, after = records("\n".join(lines))[-2:]
    assert (last.refused, sum(map(len, last.cells)) <= CELL_CHARS, after.cells) == (
        "LONG_CELL",
        True,
        ["d", "e", "1", "2"],
    )
