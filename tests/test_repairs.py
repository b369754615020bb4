"""A refused row is followed until a later file brings it repaired, and a mended file is a part of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from etl import repairs
from etl.db import Database
from etl.load import load
from etl.reading import read_table
from etl.reasons import REASONS
from etl.rows import MARK, REPAIRED
from etl.tables import MOST_TURNS, Lines
from tests.database import TestCity
from tests.test_load import EAST, HEADER, MIDDLE, WEST, ask, dong, registry, row
from tests.toy_workbook import workbook

GOOD, BAD, WORSE = "202631200000001", "202631200000002", "202631200000003"


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    # The second and the third row of the registry are refused.
    rows = row(GOOD), row(BAD, count="0"), row(WORSE, manager="")
    load(database, "cameras", registry(tmp_path, *rows, name="first.csv"))
    yield database
    database.close()


def marks(db: Database) -> dict[str, str]:
    """Return the key of each open refusal and its mark."""
    found = ask(db, """select row_key, core.refusal_mark(r.batch_id, r.row_no) from api.open_refusal o
        join meta.refusal r using (refusal_id) order by 1""")  # fmt: skip
    return {str(key): str(mark) for key, mark in found}


def mended(folder: Path, *rows: tuple[str, str], name: str = "mended.csv", heads: str = MARK) -> Path:
    """Write rows with what a taken file has more: its mark, and `heads` before it."""
    path = folder / name
    text = "\r\n".join([f"{HEADER},{heads}", *(f"{cells},{more}" for cells, more in rows)])
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def tied(db: Database) -> list[tuple[object, ...]]:
    """Return of each refusal: key, row that repaired it, as what, by what; in order."""
    return ask(db, """select row_key, repaired_row_no, repaired_as, repaired_by from meta.refusal
        order by batch_id, row_no""")  # fmt: skip


def test_a_refusal_knows_its_line_and_its_key(db: Database) -> None:
    # The header is line 1, the good row line 2.
    assert ask(db, "select row_no, line_no, row_key from meta.refusal order by row_no") == [
        (2, 3, BAD),
        (3, 4, WORSE),
    ]


def test_line_breaks_in_cells_push_the_lines_down(db: Database, tmp_path: Path) -> None:
    tall = row(GOOD, road='"골목로\n1"')
    load(db, "cameras", registry(tmp_path, tall, row(BAD, count="-1"), name="tall.csv"))
    assert ask(db, "select row_no, line_no from meta.refusal where batch_id = 3") == [(2, 4)]


def test_a_mended_row_is_tied_by_its_mark(db: Database, tmp_path: Path) -> None:
    file = mended(tmp_path, (row(BAD, count="3"), marks(db)[BAD]))
    result = load(db, "cameras", file)
    assert (result.rows_in, result.inserted, result.quarantined) == (1, 1, 0)
    assert result.notes["refusals_repaired"] == 1
    assert tied(db) == [(BAD, 1, "taken", "mark"), (WORSE, None, None, None)]
    assert marks(db).keys() == {WORSE}
    # No step saw the mark, and the row as read keeps it.
    assert ask(db, "select content ->> 'golmok_refusal' is null from raw.source_row where batch_id = 3") == [(False,)]  # fmt: skip
    assert ask(db, "select notes ->> 'part', notes -> 'refusals_repaired' from meta.batch where batch_id = 3") == [("1", 1)]  # fmt: skip


def test_a_later_list_repairs_by_the_key(db: Database, tmp_path: Path) -> None:
    # Wide digits are the same number.
    wide = BAD.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
    load(db, "cameras", registry(tmp_path, row(GOOD), row(wide), row(WORSE, manager=""), name="second.csv"))
    assert tied(db) == [(BAD, 2, "taken", "key"), (WORSE, None, None, None), (WORSE, None, None, None)]
    # The third row came again: it is one open row, as it came last.
    assert ask(db, "select batch_id, times from api.open_refusal") == [(3, 2)]


def test_a_row_refused_again_keeps_its_tie_and_both_are_repaired_together(
    db: Database, tmp_path: Path
) -> None:
    first = marks(db)[BAD]
    load(db, "cameras", mended(tmp_path, (row(BAD, count="none"), first)))
    root = f"(select refusal_id from meta.refusal where batch_id = 2 and row_key = '{BAD}')"
    assert ask(db, f"select first_id = {root} from meta.refusal where batch_id = 3") == [(True,)]
    again = marks(db)[BAD]
    assert again != first
    load(db, "cameras", mended(tmp_path, (row(BAD, count="2"), again), name="once_more.csv"))
    assert [found[1:] for found in tied(db) if found[0] == BAD] == [(1, "taken", "mark")] * 2


def test_what_becomes_of_a_repaired_row_is_told(db: Database, tmp_path: Path) -> None:
    known = marks(db)
    elsewhere, same = row(BAD, lat="35.100001", lon="129.100001"), row(GOOD)
    load(db, "cameras", mended(tmp_path, (elsewhere, known[BAD]), (same, ""), (same, "")))
    assert tied(db)[0] == (BAD, 1, "outside", "mark")


def test_a_mark_on_another_row_or_of_no_refusal_is_not_believed(db: Database, tmp_path: Path) -> None:
    known = marks(db)
    # Sorted without its column of marks: the mark of one row stands beside the good row's key.
    slipped = load(db, "cameras", mended(tmp_path, (row(GOOD, count="2"), known[WORSE])))
    assert "refusals_repaired" not in slipped.notes and "marks_unknown" not in slipped.notes
    # A fill-down counts the number on, and its letters no longer fit.
    counted_on = known[BAD].replace("-r2-", "-r3-")
    strange = load(db, "cameras", mended(tmp_path, (row("202631200000009"), counted_on), name="down.csv"))
    assert strange.notes["marks_unknown"] == 1
    assert marks(db).keys() == {BAD, WORSE}


def test_a_dry_run_ties_nothing_but_tells(db: Database, tmp_path: Path) -> None:
    file = mended(tmp_path, (row(BAD), marks(db)[BAD]))
    assert load(db, "cameras", file, dry_run=True).notes["refusals_repaired"] == 1
    assert marks(db).keys() == {BAD, WORSE}


def test_a_number_that_excel_rounded_is_put_back(db: Database, tmp_path: Path) -> None:
    # 15 digits come back as 2.02631E+14 when a person saves the file.
    known = marks(db)
    result = load(db, "cameras", mended(tmp_path, (row("2.02631E+14", count="1"), known[BAD])))
    assert (result.inserted, dict(result.repaired)) == (1, {"KEY_RESTORED": 1})
    assert ask(db, "select camera_key from core.camera where camera_key like '%0002-%'") == [(f"{BAD}-1",)]
    # Another number does not round to the key: it is refused as ever.
    other = mended(tmp_path, (row("2.02632E+14", manager="골목구청"), known[WORSE]), name="other.csv")
    assert dict(load(db, "cameras", other).reasons) == {"EXCEL_KEY": 1}


def test_what_we_told_is_no_column_of_the_rows(db: Database, tmp_path: Path) -> None:
    heads = ",".join([*repairs.TOLD, MARK])
    why = "BAD_COUNT,이유,reason,error,first.csv,3"
    file = mended(tmp_path, (row(BAD), f"{why},{marks(db)[BAD]}"), heads=heads)
    load(db, "cameras", file)
    (content,) = ask(db, "select content from raw.source_row where batch_id = 3")[0]
    assert not {"refused because (English)", "파일 file"} & content.keys()
    assert content["mgmt_no"] == BAD


def test_a_formula_that_we_disarmed_is_still_one(db: Database, tmp_path: Path) -> None:
    file = mended(tmp_path, (row(BAD, road="'=HYPERLINK(1)"), marks(db)[BAD]))
    assert dict(load(db, "cameras", file).reasons) == {"FORMULA": 1}


def test_the_queries_know_which_codes_put_nobody_in_quarantine() -> None:
    # refusals_met.sql and load_profile.sql name them.
    buckets = {code: reason.bucket for code, reason in REASONS.items()}
    assert [code for code, bucket in buckets.items() if bucket == "outside"] == ["OUTSIDE"]
    assert {code for code, bucket in buckets.items() if bucket == "duplicates"} == {"DUPLICATE_IN_FILE", "SUPERSEDED"}  # fmt: skip


def test_lines_are_noted_where_rows_and_lines_part_ways() -> None:
    lines = Lines()
    lines.add(pd.Index([1, 2, 4]), [2, 3, 5])  # row 3 is blank
    lines.add(pd.Index([5, 6]), [6, 9])  # row 5 runs over three lines
    lines.add(pd.Index([7]), [2])  # the next sheet
    assert lines.notes == {"lines": {"1": 2, "6": 9, "7": 2}}
    many = Lines()
    many.add(pd.Index(range(1, MOST_TURNS + 3)), [2 * n for n in range(MOST_TURNS + 2)])
    assert many.notes == {"lines": {}}


def test_a_mended_file_is_held_against_no_list(db: Database, tmp_path: Path) -> None:
    whole = [row(f"2026312000{n:05d}", count="1") for n in range(10, 60)]
    load(db, "cameras", registry(tmp_path, *whole, name="whole.csv"))
    result = load(db, "cameras", mended(tmp_path, (row(BAD, count="1"), marks(db)[BAD])))
    assert (result.status, result.inserted, result.retired) == ("done", 1, 0)
    assert ask(db, "select count(*) from core.camera_state where upper_inf(valid_during)") == [(53,)]


def test_a_list_without_marks_is_no_part() -> None:
    assert not repairs.is_part(["mgmt_no", "lat"]) and repairs.is_part(["mgmt_no", MARK])
    plain = pd.DataFrame({"mgmt_no": ["'=1"]}, dtype="str")
    assert repairs.untold(plain) is plain and repairs.unmarked(plain) is plain
    assert repairs.own(["mgmt_no", *repairs.TOLD, MARK]) == ["mgmt_no"]


@pytest.mark.parametrize(
    ("cell", "number", "kept"),
    [
        ("2.02636E+17", "202636400000800323", "202636400000800323"),
        ("2.02637E+17", "202636400000800323", "2.02637E+17"),
        ("2E+17", "202636400000800323", "202636400000800323"),
        ("2.02636E+16", "202636400000800323", "2.02636E+16"),
        ("2.02636E+17", "한글", "2.02636E+17"),
    ],
)
def test_a_rounded_number_is_put_back_by_proof_alone(cell: str, number: str, kept: str) -> None:
    rows = pd.DataFrame({"mgmt_no": [cell, "1"], MARK: ["b1-r2-abc", ""]}, dtype="str")
    found = repairs.restored(rows, {"b1-r2-abc": {"mgmt_no": number}})
    assert list(found["mgmt_no"]) == [kept, "1"]
    assert (REPAIRED in found) == (kept != cell)


def test_columns_stand_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("경도,위도,비고\n127,37,가\n", encoding="utf-8")
    table = read_table(
        path, {"lat": ("위도",), "lon": ("경도",), "phone": ("전화",)}, required=("lat", "lon")
    )
    # What the source adds of its own is no column of the file.
    ordered = repairs.in_file_order({"lat", "비고", "table"}, [*table.columns, "phone"], table.renamed)
    assert ordered == {"lon": "경도", "lat": "위도", "비고": "비고"}


CALLS = "접수번호,접수일시,사건코드,사건종별,긴급도,종결코드,주소,위도,경도"


def test_a_mended_file_about_persons_keeps_its_marks_and_nothing_else_of_that_column(
    db: Database, tmp_path: Path
) -> None:
    call = "2013000000001,{at},101,살인,C1,201,골목로 1,37.5801,126.9368"
    calls = tmp_path / "calls.csv"
    calls.write_text(f"{CALLS}\n{call.format(at='2013-12-25 24:61:00')}\n", encoding="utf-8")
    assert dict(load(db, "incidents", calls).reasons) == {"BAD_TIME": 1}
    mark = marks(db)["2013000000001"]
    good = call.format(at="2013-12-25 10:00:00")
    other = good.replace("2013000000001", "2013000000002")
    calls.write_text(f"{CALLS},refused because (English),{MARK}\n{good},time,{mark}\n{other},,홍길동\n", encoding="utf-8")  # fmt: skip
    result = load(db, "incidents", calls)
    assert (result.inserted, result.notes["part"], result.notes["refusals_repaired"]) == (2, 1, 1)
    assert result.notes["dropped"] == []
    repaired_by = "select repaired_by from meta.refusal where reasons = '{BAD_TIME}'"
    assert ask(db, repaired_by) == [("mark",)]
    assert ask(db, "select count(*) from raw.source_row where content::text like '%홍길동%'") == [(0,)]


def test_a_mended_workbook_is_as_good_as_a_csv(db: Database, tmp_path: Path) -> None:
    cells = [*row(BAD, count="3").split(","), marks(db)[BAD]]
    # Excel shows a number of 18 digits as it rounded it.
    cells[1] = "2.02631200000002E+14"
    file = workbook(tmp_path / "mended.xlsx", {"Sheet1": [[*HEADER.split(","), MARK], cells]})
    assert load(db, "cameras", file).notes["refusals_repaired"] == 1
