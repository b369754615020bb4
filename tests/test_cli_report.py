"""`golmok report` as it is typed: made, kept, listed, written again, computed anew, and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal import Golmok

PERIOD = ("--from", "2013-01-01", "--to", "2013-06-30", "--lang", "en")
INTERNAL = ("--edition", "internal", "--by", "Kim", "--purpose", "patrol plan")


@pytest.fixture
def golmok(toy_golmok: Golmok) -> Golmok:
    return toy_golmok


def test_made_listed_written_again_and_computed_anew(golmok: Golmok, tmp_path: Path) -> None:
    assert "No report has been made yet" in golmok("report", "--kept").out
    first, again = tmp_path / "r.html", tmp_path / "again.html"
    made = golmok("report", *PERIOD, "--out", first, "--json").answer
    assert (made["fresh"], made["as_kept"], made["edition"]) == (True, True, "committee")
    number = str(made["report_id"])
    assert f"Kept already as no. {number}." in golmok("report", *PERIOD, "--out", tmp_path / "b.html").out

    (row,) = golmok("report", "--kept", "--json").answer["reports"]
    assert (row["report_id"], row["sha256"]) == (made["report_id"], made["sha256"])
    assert "figures" not in row
    assert made["sha256"][:12] in golmok("report", "--kept").out

    told = golmok("report", "--again", number, "--out", again)
    assert told.code == 0
    assert again.read_bytes() == first.read_bytes()

    anew = golmok("report", "--recompute", number, "--json").answer
    assert (anew["same"], anew["figures"], anew["because"], anew["invented"]) == (True, [], [], True)
    assert "the same document, byte for byte" in golmok("report", "--recompute", number).out


def test_an_internal_report_needs_a_name_and_a_purpose(golmok: Golmok, tmp_path: Path) -> None:
    out = tmp_path / "r.html"
    for less in (INTERNAL[:2], INTERNAL[:4]):
        told = golmok("report", *PERIOD, *less, "--out", out)
        assert (told.code, out.exists()) == (2, False)
        assert "who takes it and what for" in told.err
    made = golmok("report", *PERIOD, *INTERNAL, "--out", out, "--json").answer
    assert "Internal edition · Kim" in out.read_text(encoding="utf-8")
    number = str(made["report_id"])
    assert golmok("report", "--again", number, "--out", tmp_path / "b.html").code == 2
    taken = golmok("report", "--again", number, "--out", tmp_path / "b.html", *INTERNAL[2:])
    assert taken.code == 0


def test_a_public_report_is_refused_and_says_what_the_public_reads(golmok: Golmok, tmp_path: Path) -> None:
    told = golmok("report", *PERIOD, "--edition", "public", "--out", tmp_path / "r.pdf")
    assert told.code == 2
    assert "never public" in told.err and "policy page" in told.err


@pytest.mark.parametrize(
    "words",
    [
        "",
        "--from 2013-01-01 --to 2013-06-30",
        "--from 2013-01-01 --out r.pdf",
        "--kept --recompute 1",
        "--again 1",
        "--recompute 1 --out r.pdf",
    ],
)
def test_half_a_wish_is_wrong_use(golmok: Golmok, words: str) -> None:
    told = golmok("report", *words.split())
    assert told.code == 2
    assert "--recompute NUMBER" in told.err


def test_a_number_that_is_none(golmok: Golmok) -> None:
    told = golmok("report", "--recompute", "4711")
    assert (told.code, "No report of this number is kept: 4711" in told.err) == (2, True)
