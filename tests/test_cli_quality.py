"""The commands on refused rows and on quality, as they are typed: what they write, print and refuse, and their exit codes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.load import load
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner
from tests.test_load import EAST, MIDDLE, WEST, dong, registry, row

BAD = "202631200000002"


@pytest.fixture
def golmok(
    make_city: Callable[[], TestCity],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run commands, in English, on a district with one registry of two rows, one of them refused."""
    city = make_city()
    db = city.open("loader")
    load(db, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    load(db, "cameras", registry(tmp_path, row(), row(BAD, count="0"), name="first.csv"))
    db.close()
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


def test_refusals_are_counted_taken_mended_and_gone(golmok: Golmok, tmp_path: Path) -> None:
    found = golmok("refusals", "--source", "cameras", "--json").answer
    assert (found["open"], [(row["code"], row["n"]) for row in found["by_reason"]]) == (1, [("BAD_COUNT", 1)])
    said = golmok("refusals").out
    assert "1 refused rows are open; 0 were repaired by a later file." in said
    assert "The number of cameras is not a possible count." in said
    out = tmp_path / "mend.csv"
    # Who and what for is asked for before a row is written.
    refused = golmok("refusals", "--out", out)
    assert refused.code == 2 and not out.exists()
    taken = golmok("refusals", "--out", out, "--by", "Kim", "--purpose", "mend it", "--json").answer
    assert (taken["rows"], taken["source"]) == (1, "cameras")
    assert taken["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    out.write_text(out.read_text("utf-8-sig").replace(",0,200,", ",3,200,"), encoding="utf-8")
    loaded = golmok("load", "cameras", out).out
    assert "Rows refused before that this file repairs: 1" in loaded
    assert golmok("refusals", "--json").answer["open"] == 0
    nothing = golmok("refusals", "--out", out, "--by", "Kim", "--purpose", "mend it")
    assert (nothing.code, nothing.err.strip()) == (2, "golmok: There is no open refused row of that kind.")


def test_a_file_to_mend_is_a_csv(golmok: Golmok, tmp_path: Path) -> None:
    assert golmok("refusals", "--out", tmp_path / "mend.xlsx", "--by", "Kim", "--purpose", "x").code == 2


def test_the_sheet_is_printed_and_written(golmok: Golmok, tmp_path: Path) -> None:
    (sheet,) = golmok("quality", "cameras", "--json").answer["sheets"]
    assert (sheet["rows"], sheet["refused"], sheet["refused_share"]) == (2, 1, 0.5)
    said = golmok("quality", "cameras").out
    assert "1 of 2 rows (50.0 %) were refused." in said and "관리번호" in said
    # Of several sources the columns are left out.
    assert "관리번호" not in golmok("quality").out
    out = tmp_path / "sheet.html"
    told = golmok("quality", "cameras", "--out", out, "--json").answer
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest() and told["edition"] == "committee"
    assert golmok("quality", "lamps").code == 2
    assert golmok("quality", "--out", tmp_path / "sheet.pdf").code == 2


def test_status_tells_what_is_late_and_ends_well(golmok: Golmok) -> None:
    told = golmok("status", "--json")
    assert (told.code, [alarm["source"] for alarm in told.answer["alarms"]]) == (0, ["cameras"])
    assert "registry of cameras: a new file was due on 2 July 2014" in golmok("status").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--source", "camras"), "no source is called 'camras'; there are: boundaries,"),
        (("--source", "layer"), "no source is called 'layer'"),
        (("--batch", "999"), "there is no load 999; loads that refused rows: 2"),
        (("--reason", "bad_count"), "no reason has the code 'bad_count'; open are: BAD_COUNT"),
    ],
)
def test_what_there_is_not_is_wrong_use(
    golmok: Golmok, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    told = golmok("refusals", *words)
    assert (told.code, told.out) == (2, "") and said in told.err
    written = golmok("refusals", *words, "--out", tmp_path / "x.csv", "--by", "Kim", "--purpose", "mend it")
    assert written.code == 2 and said in written.err
    # A source of which nothing was refused is no typo.
    assert golmok("refusals", "--source", "lamps", "--json").answer["open"] == 0
