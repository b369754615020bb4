"""The measurement of the live board: what it counts as lost, and a short run of it on the toy city."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.services import bench_live
from etl.db import Database

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def test_what_did_not_come_and_what_came_out_of_its_order_is_lost() -> None:
    assert bench_live._lost([4, 5, 6], 3) == 0
    assert bench_live._lost([4, 6], 3) == 1
    assert bench_live._lost([4, 6, 5], 3) == 1
    assert bench_live._lost([4, 5, 5], 3) == 2
    assert bench_live._lost([], 3) == 3


def test_a_row_tells_the_twentieth_of_twenty_one_as_p95() -> None:
    row = bench_live._row("a", 2, [float(at) for at in range(21, 0, -1)], "p95 2 s", lost=0)
    assert (row["n"], row["median_s"], row["p95_s"], row["slowest_s"]) == (21, 11.0, 20.0, 21.0)
    unknown = bench_live._row("b", 2, [])
    assert (unknown["n"], unknown["median_s"], unknown["p95_s"], unknown["lost"]) == (0, None, None, None)


def test_a_short_run_loses_nothing_and_leaves_nothing(
    address: str, loader: Database, owner: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def served(_db: Database, _state: Path | None) -> Iterator[str]:
        yield address

    monkeypatch.setattr(bench_live, "_served", served)
    monkeypatch.setattr(bench_live, "OPENED", 2)
    screen, boards, opened = bench_live.measure(loader, progress=lambda *_: None, seconds=1, boards=2)
    assert [(row["n"], row["lost"], row["cameras"]) for row in (screen, boards, opened)] == [
        (10, 0, 2),
        (20, 0, 2),
        (2, None, 2),
    ]
    with owner.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from core.incident").scalar() == 0
