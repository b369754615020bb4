"""What is told of loads and refused rows: codes without thousands, rows brought back, and what cannot be asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app import printing_notes

README = Path(__file__).resolve().parent.parent / "README.md"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_a_code_has_no_thousands_and_a_count_has(lang: str) -> None:
    assert printing_notes.note("assumed_crs", 5179, lang).endswith("EPSG:5179")
    assert "5,179" in printing_notes.note("part", 5179, lang)


def test_rows_that_came_back_are_not_called_mended() -> None:
    assert printing_notes.note("part", 28, "en").startswith("Rows brought back: 28 ")
    assert printing_notes.note("part", 28, "ko").startswith("다시 올린 행: 28 ")


def test_no_bullet_of_the_readme_stands_twice() -> None:
    starts = re.findall(r"^- (.{40})", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(starts) > 20
    assert len(starts) == len(set(starts))
