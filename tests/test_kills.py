"""A load that is killed at any moment leaves the state before it or the state after it; the same command again goes on."""

from __future__ import annotations

import random
import time

import pytest

from etl.load import load
from tests.fault_city import Child, State, Twins, child, state, wait_for_silence

KILLS = 50


@pytest.fixture(scope="module")
def measured(twins: Twins) -> tuple[State, State, float]:
    """The state before the load, the one after it, and how long a whole load takes here, in seconds."""
    city = twins.make()
    db = city.open("loader")
    before = state(db)
    worker = child(city, "cameras", twins.second)
    worker.begin()
    start = time.monotonic()
    answer = worker.said()
    seconds = time.monotonic() - start
    assert answer["inserted"] and answer["updated"] and answer["quarantined"]
    after = state(db)
    db.close()
    assert before != after
    return before, after, seconds


def killed(twins: Twins, worker: Child, after_s: float) -> None:
    worker.begin()
    time.sleep(after_s)
    worker.kill()


def test_a_load_killed_at_random_moments_is_whole_or_not_at_all(
    twins: Twins, measured: tuple[State, State, float], long_run: bool
) -> None:
    before, after, seconds = measured
    draw = random.Random(20131231)
    for _ in range(KILLS if long_run else KILLS // 20 + 1):
        city = twins.make()
        worker = child(city, "cameras", twins.second)
        killed(twins, worker, draw.uniform(0.0, 1.1 * seconds))
        db = city.open("loader")
        wait_for_silence(db)
        found = state(db)
        assert found in (before, after)
        again = load(db, "cameras", twins.second)
        assert again.balanced
        if found == before:
            assert state(db) == after
        else:
            assert (again.inserted, again.updated, again.retired) == (0, 0, 0)
            assert {**state(db), "meta.batch": 0, "raw.source_row": 0, "meta.refusal": 0} == {
                **after, "meta.batch": 0, "raw.source_row": 0, "meta.refusal": 0}  # fmt: skip
        db.close()


def test_a_load_killed_at_any_of_its_steps_leaves_nothing(
    twins: Twins, measured: tuple[State, State, float], long_run: bool
) -> None:
    before, after, _ = measured
    city = twins.make()
    db = city.open("loader")
    told: list[int] = []
    load(db, "cameras", twins.second, dry_run=True, progress=lambda done, _: told.append(done))
    assert state(db) == before
    # The last step is told when all is stored.
    for step in told[:-1] if long_run else told[-2:-1]:
        worker = child(city, "cameras", twins.second, dies_at=step)
        worker.begin()
        assert worker.said() is None
        wait_for_silence(db)
        assert state(db) == before, step
    worker = child(city, "cameras", twins.second, dies_at=told[-1])
    worker.begin()
    assert worker.said() is None
    wait_for_silence(db)
    assert state(db) == after
    db.close()
