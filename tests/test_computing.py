"""Computing in the background: one job at a time, its progress told, a failure kept as a sentence."""

from __future__ import annotations

import threading

import pytest

from app import computing


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


def test_days_are_counted_only_where_days_are_computed() -> None:
    job = computing.Job("some")
    assert (job.days, job.share) == (0, 0.0)
    job.tell("Coverage", 3, 8)
    assert job.days == 0
    job.tell(computing.DAYS, 2, 5)
    assert (job.days, job.share) == (2, 0.4)


def _ended(name: str) -> computing.Job | None:
    for thread in threading.enumerate():
        if thread.name == f"golmok {name}":
            thread.join(20)
    return computing.job(name)


def test_one_computation_at_a_time_and_what_it_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(computing, "open_database", lambda role: (opened.append(role), _NoDatabase())[1])
    go_on, halfway = threading.Event(), threading.Event()

    def work(_db: object, *, progress: computing.Progress) -> None:
        progress("Coverage", 1, 2)
        halfway.set()
        assert go_on.wait(20)

    assert computing.begin("first", work)
    assert halfway.wait(20)
    going = computing.job("first")
    assert going is not None
    assert (going.step, going.share, going.ended, computing.busy()) == ("Coverage", 0.5, False, True)
    assert not computing.begin("second", work)
    go_on.set()
    # What is done stands in the database; there is nothing more to tell.
    assert _ended("first") is None
    assert (opened, computing.busy()) == (["loader"], False)


def test_a_failed_computation_keeps_its_sentence_and_may_be_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(computing, "open_database", lambda role: _NoDatabase())

    def fails(_db: object, *, progress: computing.Progress) -> None:
        raise ZeroDivisionError("secret")

    assert computing.begin("third", fails)
    failed = _ended("third")
    assert failed is not None and failed.ended
    assert "a fault of ours" in failed.why("en") and "secret" not in failed.why("en")
    assert computing.begin("third", lambda _db, *, progress: None)
    assert _ended("third") is None
