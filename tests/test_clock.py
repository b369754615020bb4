"""A clock that was set back judges no dates, a file that changes is not loaded in part, killed commands leave no folders."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app import words
from etl import clock, scratch, steady
from etl.archives import unpacked
from etl.db import Database
from etl.errors import ClockBack
from etl.load import load
from etl.reasons import InputRefused
from etl.store import writes
from etl.terms import Terms
from tests.database import TestCity
from tests.fault_city import state
from tests.terminal import enter, runner
from tests.test_load import ask, counts, registry, row

SEOUL = ZoneInfo("Asia/Seoul")
# In the district of the sample, without boundaries.
HERE = {"lat": "37.5912", "lon": "126.9412"}


@pytest.fixture
def city(make_city: Callable[[], TestCity]) -> TestCity:
    return make_city()


@pytest.fixture
def db(city: TestCity) -> Iterator[Database]:
    database = city.open("loader")
    yield database
    database.close()


def set_back(patch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    there = dt.datetime.now(dt.UTC) - by
    patch.setattr(clock, "now", lambda: there)


@pytest.mark.parametrize("days", [1, 3653])
def test_a_clock_set_back_loads_nothing_and_says_so(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    first = load(db, "cameras", registry(tmp_path, row(**HERE)))
    before = state(db)
    set_back(monkeypatch, dt.timedelta(days=days))
    undated = registry(tmp_path, row("2", **HERE, day=""), name="next.csv")
    with pytest.raises(ClockBack, match=rf"\(batch {first.batch_id}\)") as caught:
        load(db, "cameras", undated)
    assert state(db) == before
    english, code = words.sentence(caught.value, "en")
    assert (code, "Set the clock and repeat" in english, "--trust-clock" in english) == (4, True, True)
    assert "시계를 맞춘 뒤 다시 실행하십시오" in words.sentence(caught.value, "ko")[0]


def test_a_clock_that_was_ahead_and_is_right_now_may_be_trusted(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(db, "cameras", registry(tmp_path, row(**HERE)))
    set_back(monkeypatch, dt.timedelta(days=2))
    result = load(
        db,
        "cameras",
        registry(tmp_path, row("2", **HERE, day=""), name="b.csv"),
        terms=Terms(trust_clock=True),
    )
    assert (counts(result), result.reference_date) == ({"inserted": 1}, clock.now().astimezone(SEOUL).date())


def test_the_command_takes_the_word_of_the_person(
    city: TestCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    golmok = runner(monkeypatch, capfd)
    file = registry(tmp_path, row(**HERE))
    assert golmok("load", "cameras", file).code == 0
    set_back(monkeypatch, dt.timedelta(days=2))
    refused = golmok("load", "cameras", file, "--json")
    assert (refused.code, refused.out) == (4, "")
    assert "golmok: This machine's day is before that of the last load (" in refused.err
    assert golmok("load", "cameras", file, "--trust-clock", "--json").answer["unchanged"] == 1


def test_the_same_day_some_hours_back_is_no_reason_to_stop() -> None:
    last = (7, dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC))
    assert clock.today(SEOUL) == dt.datetime.now(SEOUL).date()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC))
        assert clock.today(SEOUL, last) == dt.date(2026, 11, 26)
        # 23:59 of the day before in Seoul, two minutes before the last load: two machines' clocks differ
        patch.setattr(clock, "now", lambda: dt.datetime(2026, 11, 25, 14, 59, tzinfo=dt.UTC))
        assert clock.today(SEOUL, (7, dt.datetime(2026, 11, 25, 15, 1, tzinfo=dt.UTC))) == dt.date(
            2026, 11, 25
        )
        with pytest.raises(ClockBack, match=r"2026-11-25 < 2026-11-26 \(batch 7\)"):
            clock.today(SEOUL, last)


def test_a_clock_set_back_while_a_load_runs_ends_it_no_earlier_than_it_began(db: Database) -> None:
    with writes.writing(db, "lamps") as connection:
        batch = writes.begin(connection, 5186, {"source": "lamps"}, reference_date=dt.date(2013, 1, 1))
        with connection.cursor() as cursor:
            cursor.execute("update meta.batch set started_at = now() + interval '1 day'")
        none = dict.fromkeys(
            (
                "rows_in",
                "inserted",
                "updated",
                "unchanged",
                "quarantined",
                "duplicates",
                "outside",
                "retired",
            ),
            0,
        )
        writes.finish(
            batch, {**none, "reasons": {}, "repaired": {}, "notes": {}, "status": "done", "seconds": 1.0}
        )
        connection.commit()
    assert ask(db, "select finished_at = started_at from meta.batch") == [(True,)]


# Files that change


def test_a_file_that_is_still_being_copied_is_refused(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = registry(tmp_path, row(**HERE))
    whole, begin = file.read_bytes(), writes.begin

    def grows(*given: object, **named: object) -> object:
        file.write_bytes(whole + b"\r\n" + row("2", **HERE).encode("cp949"))
        monkeypatch.undo()
        return begin(*given, **named)

    monkeypatch.setattr(writes, "begin", grows)
    with pytest.raises(InputRefused, match="CHANGED_FILE"):
        load(db, "cameras", file)
    assert ask(db, "select count(*) from core.camera") == [(0,)]
    assert ask(db, "select status, reasons from meta.batch") == [("refused", {"CHANGED_FILE": 1})]
    assert counts(load(db, "cameras", file)) == {"inserted": 2}


def test_a_folder_is_still_when_every_file_of_it_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    still = steady.Stillness.of(tmp_path)
    still.require()
    (tmp_path / "b").write_text("b")
    with pytest.raises(InputRefused, match="CHANGED_FILE"):
        still.require()
    gone = steady.Stillness.of(tmp_path / "a")
    (tmp_path / "a").unlink()
    with pytest.raises(InputRefused, match="CHANGED_FILE"):
        gone.require()


# Folders of commands that were killed


def test_what_a_killed_command_unpacked_is_swept_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    holds = ("import tempfile, sys; from etl.scratch import scratch\ntempfile.tempdir = sys.argv[1]\n"
             "with scratch() as folder: (folder / 'x').write_text('x'); print('there', flush=True); sys.stdin.read()")  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", holds, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert worker.stdin is not None and worker.stdout is not None
    assert worker.stdout.readline() == b"there\n"
    assert scratch.sweep() == 0  # it lives
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdin.close()
    worker.stdout.close()
    assert len(list(tmp_path.iterdir())) == 1
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("inside.txt", "x")
    with unpacked(archive) as folder:
        assert (folder / "inside.txt").read_text() == "x"
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == [archive]


def test_a_disk_that_is_full_is_not_the_archives_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("inside.txt", "x")

    def no_room(*_: object) -> None:
        raise OSError(28, os.strerror(28), "inside.txt")

    monkeypatch.setattr(zipfile.ZipFile, "extractall", no_room)
    with pytest.raises(OSError, match="No space left"), unpacked(archive):
        pass
