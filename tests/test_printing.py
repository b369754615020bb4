"""What commands print for people, line by line, without a database."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from app import printing, printing_report
from tests import answers


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")


def load_of(number: int, **changed: Any) -> dict[str, Any]:
    parts = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    when = datetime(2013, 6, 30, 16, 5, tzinfo=UTC)
    named = {"source": "cameras", "file_name": f"registry-{number}.csv", "status": "done", "started_at": when}
    return dict.fromkeys(parts, 0) | named | changed


def test_status_shows_the_last_loads_with_day_file_and_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    district = {"name": "toy", "srid": 5186, "area_m2": None, "timezone": "Asia/Seoul"}
    loads = [load_of(17, status="refused"), *(load_of(n) for n in range(16, 0, -1))]
    printing.status({"district": district, "counts": {}, "loads": loads, "alarms": []})
    told = capsys.readouterr().out
    lines = [line.split() for line in told.splitlines() if "registry-" in line]
    assert len(lines) == 15
    # 16:05 in UTC is 01:05 of the next day in Seoul. A refused file has no counts, not counts of nothing.
    assert lines[0] == ["2013-07-01", "01:05", "cameras", "registry-17.csv", "refused", *"–––––––"]
    assert lines[1][4:] == ["done", *"0000000"]
    assert told.splitlines()[-1] == "2 earlier loads are in the answer with `--json`."


def test_cameras_are_told_by_place_and_registry_number(capsys: pytest.CaptureFixture[str]) -> None:
    camera = answers.camera(637, "certain", 12.0, p_sees=1.0)
    printing.nearest(answers.nearest(camera))
    told = capsys.readouterr().out
    assert "2011-637" in told
    assert "버들로 637" in told
    assert "yes (25-1-2)" in told
    printing.nearest(answers.nearest(camera | {"use": {"allowed": True, "ground": None}}))
    abroad = capsys.readouterr().out
    assert "25-1-2" not in abroad
    assert "yes" in abroad


def test_a_narrow_terminal_shows_fewer_columns_and_every_number_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = answers.camera(637, "possible", 12.0, p_sees=0.2) | {"camera_key": "201399900000800348-4"}
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    printing.nearest(answers.nearest(camera))
    told = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    # What an operator acts on, in one line; `golmok verify` takes the number.
    (line,) = (line for line in told.splitlines() if "201399900000800348-4" in line)
    assert len(line.rstrip()) <= 80
    assert line.split() == "may see 12 m 215° SW working 20 % 201399900000800348-4".split()
    assert "Left out, as the screen is narrow: by night, use, where it stands, class, agency" in told
    monkeypatch.setenv("COLUMNS", "200")
    printing.nearest(answers.nearest(camera))
    assert "Left out" not in capsys.readouterr().out


def test_coverage_without_streets_prints_no_table_of_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    run = answers.coverage()
    unknown = dict.fromkeys(run["alleys"]) | {"reason_code": "no_streets"}
    agencies = [{"agency": "north", "cameras": 3, "alone": None}]
    printing.coverage(run | {"alleys": unknown, "agencies": agencies})
    assert "detect" not in capsys.readouterr().out
    printing.coverage(run | {"agencies": agencies})
    assert "detect" in capsys.readouterr().out


def test_what_a_load_left_out_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    counts = dict.fromkeys(
        ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired"), 0
    )
    notes = {"left_out": {"unclosed_way": 1204, "indoor": 2}}
    rest: dict[str, Any] = {"reasons": {}, "repaired": {}, "dry_run": False, "notes": notes}
    printing.load({"status": "done", "source": "city", "rows_in": 0, **counts, **rest})
    assert "- Left out: unclosed way 1,204, indoor 2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("budget_won", "said"),
    [
        (1, "The budget buys no camera: one costs 20,000,000 won.\n"),
        (30_000_000, "No further camera would bring any risk into sight.\n"),
    ],
)
def test_an_empty_plan_says_why(capsys: pytest.CaptureFixture[str], budget_won: int, said: str) -> None:
    asked = {"cameras": None, "budget_won": budget_won}
    printing.plan({"chosen": [], "asked": asked, "cost_won": 0, "price_won_per_camera": 20_000_000})
    assert capsys.readouterr().out == said


def test_a_web_page_has_no_number_of_pages(capsys: pytest.CaptureFixture[str]) -> None:
    kept = {"report_id": 7, "fresh": True, "as_kept": True}
    printing_report.written({"out": "r.html", "pages": 1, "sha256": "ab", **kept})
    printing_report.written({"out": "r.pdf", "pages": 9, "sha256": "cd", **kept})
    kept_as = "Kept as no. 7.\n"
    assert capsys.readouterr().out == f"r.html: SHA-256 ab\n{kept_as}r.pdf: pages 9, SHA-256 cd\n{kept_as}"


def test_coverage_says_how_many_cameras_do_not_stand_clear(capsys: pytest.CaptureFixture[str]) -> None:
    clear = {"seen": 893, "on_wall": 0, "on_roof": 0, "inside": 0}
    printing.coverage(answers.coverage() | {"stands": clear})
    assert "inside a building" not in capsys.readouterr().out
    printing.coverage(answers.coverage() | {"stands": clear | {"seen": 1000, "on_wall": 3, "inside": 1200}})
    told = capsys.readouterr().out
    assert "3 on a wall" in told
    assert "0 over a roof, 1,200 inside a building" in told
