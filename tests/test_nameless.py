"""What a file about persons calls its sheets, columns and itself is counted in the notes of a load, not quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.guarded import counted_names, nameless
from etl.jobs import JOBS
from etl.persons import refusal_detail
from etl.rows import Reading

READ = {job.source: job.read for job in JOBS}


def test_unknown_columns_are_counted_and_brackets_dropped(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(
        "접수번호,접수일시,사건코드,위도(홍길동),신고자명,김말자 진술,홍길동\n1,2013-01-02,107,37.5,a,b,c\n",
        encoding="utf-8",
    )
    reading = READ["incidents"](file)
    notes = reading.whole().notes
    assert (notes["dropped"], notes["dropped_undeclared"]) == (["신고자명"], 2)
    assert notes["header"]["lat"] == "위도"  # type: ignore[index]
    assert "홍길동" not in str(notes)
    assert "김말자" not in str(notes)


def test_sheets_and_layers_are_counted() -> None:
    notes = {"sheets": ["홍길동"], "sheets_passed_over": ["가", "나"], "layer": "홍길동", "other_layers": ["다"],
             "purpose": "why"}  # fmt: skip
    told = {"sheets": 1, "sheets_passed_over": 2, "other_layers": 1, "purpose": "why"}
    assert counted_names(notes) == told
    assert nameless(lambda _: Reading({}, "112", notes=notes))(Path("a")).notes == told


@pytest.mark.parametrize(
    ("source", "reason", "detail", "kept"),
    [("incidents", "HEADER_ONLY", "112 홍길동.csv", "112 .csv"),
     ("incidents", "UNKNOWN_HEADER", "missing: 접수번호/신고번호; layers: 홍길동", "missing: 접수번호/신고번호; layers"),
     ("police", "UNREADABLE", "the sheet 홍길동 is not in the archive", "the sheet  is not in the archive"),
     ("incidents", "NO_CRS", "EPSG:5174", "EPSG:5174"),
     ("cameras", "HEADER_ONLY", "골목구 카메라.csv", "골목구 카메라.csv")],
)  # fmt: skip
def test_why_a_file_was_refused_quotes_no_name(source: str, reason: str, detail: str, kept: str) -> None:
    assert refusal_detail(source, reason, detail) == kept
