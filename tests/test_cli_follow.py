"""`golmok load … --follow` as it is typed: what it says while it follows, how it ends, and what it refuses."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import cli_follow
from etl.db import Database
from etl.errors import DatabaseUnreachable
from tests.database import TestCity
from tests.feed_city import ONE, append, ask, call, lay_out, lines
from tests.terminal import ROOT, Golmok, enter, runner


@pytest.fixture
def loader(place: TestCity, tmp_path: Path) -> Iterator[Database]:
    owner, db = place.open("owner"), place.open("loader")
    lay_out(owner, db, tmp_path)
    owner.close()
    yield db
    db.close()


@pytest.fixture
def golmok(
    loader: Database,
    place: TestCity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    enter(place, tmp_path, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


class Typed(io.StringIO):
    """Standard input that holds some bytes."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)

    def fileno(self) -> int:
        return self._reading


def test_lines_typed_are_loaded_and_each_refusal_is_said(
    golmok: Golmok, loader: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Typed(lines(call(7001), {"bell": "B-0099", "at": "2026-11-26 19:40"})))
    told = golmok("load", "incidents", "--follow", "-")
    assert told.code == 0
    assert (
        "Rows read 2: inserted 1, updated 0, unchanged 0, quarantined 1, duplicates 0, outside 0." in told.out
    )
    assert "standard input: rows 2 (inserted 1, quarantined 1)" in told.err
    assert "! refused 1, UNKNOWN_BELL: No emergency bell of this number is loaded." in told.err
    assert ask(loader, "select incident_key from core.incident") == [("7001",)]


def test_a_folder_is_taken_once_and_answered_as_json(golmok: Golmok, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    append(folder / "calls.jsonl", [call(7001), call(7002), b"{"])
    answer = golmok("load", "incidents", "--follow", folder, "--once", "--json").answer
    assert (answer["rows_in"], answer["inserted"], answer["reasons"], answer["loads"]) == (
        3,
        2,
        {"BAD_LINE": 1},
        1,
    )
    assert answer["rows_in"] == sum(
        answer[name] for name in ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    )
    assert golmok("load", "incidents", "--follow", folder, "--once", "--json").answer["rows_in"] == 0


def test_a_folder_of_which_every_file_was_refused_ends_with_3(golmok: Golmok, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text("name,value\na,1\n", encoding="utf-8")
    told = golmok("load", "incidents", "--follow", folder, "--once")
    assert told.code == 3
    assert "a.csv: the file was not loaded. UNKNOWN_HEADER" in told.err


def test_a_file_of_lines_loads_as_any_file(golmok: Golmok, loader: Database, tmp_path: Path) -> None:
    file = tmp_path / "health.jsonl"
    file.write_bytes(
        lines(
            {"camera": ONE, "state": "down", "since": "2026-11-20 10:00"},
            {"camera": "404", "state": "down", "since": "2026-11-20 10:00"},
        ).removesuffix(b"\n")
    )
    told = golmok("load", "health", file)
    assert told.code == 0
    assert "UNKNOWN_CAMERA" in told.out
    assert ask(loader, "select count(*) from core.camera_status") == [(1,)]
    answer = golmok("load", "health", file, "--json").answer
    assert (answer["file"], answer["rows_in"]) == ("health.jsonl", 0)


def test_health_is_a_name_of_status(golmok: Golmok, tmp_path: Path) -> None:
    file = tmp_path / "health.csv"
    file.write_text(f"관리번호,상태,시작일시\n{ONE},고장,2026-11-20 10:00\n", encoding="utf-8")
    assert golmok("load", "health", file, "--json").answer["inserted"] == 1
    assert golmok("load", "status", file, "--json").answer["notes"]["same_file"]


@pytest.mark.parametrize(
    "words",
    [
        ("load", "cameras", "--follow", "."),
        ("load", "incidents", "--follow", "nowhere"),
        ("load", "incidents", "--once"),
        ("load", "incidents", "calls.csv", "--follow", "."),
        ("load", "--follow", "."),
        ("load", "incidents", "--follow", ".", "--once", "--dry-run"),
        ("load", "incidents", "--follow", ".", "--once", "--assume-crs", "5186"),
    ],
    ids=["no feed", "no folder", "once alone", "a file too", "no source", "a dry run", "another system"],
)
def test_what_cannot_be_followed_is_wrong_use(golmok: Golmok, words: tuple[str, ...]) -> None:
    assert golmok(*words).code == 2


def test_ctrl_c_ends_in_order_and_what_was_loaded_stays(
    golmok: Golmok, loader: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    worker = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "load", "incidents", "--follow", folder],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert worker.stderr is not None
    assert "Ctrl-C ends it" in worker.stderr.readline()
    append(folder / "calls.jsonl", [call(7001)])
    assert "calls.jsonl: rows 1 (inserted 1)" in worker.stderr.readline()
    worker.send_signal(signal.SIGINT)
    out, _ = worker.communicate()
    assert worker.returncode == 0
    assert "Ended; what was loaded stays. Rows read 1: inserted 1" in out
    assert ask(loader, "select incident_key from core.incident") == [("7001",)]


def test_the_second_ctrl_c_stops_it_where_it_is() -> None:
    with cli_follow._until_told() as told, pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)
        assert told.is_set()
        os.kill(os.getpid(), signal.SIGINT)


def test_a_database_that_is_away_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    cli_follow._away(DatabaseUnreachable("gone"))
    assert "What comes in meanwhile is loaded when it is back. (gone)" in capsys.readouterr().err
