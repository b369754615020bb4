"""Measure the live board: calls come in, twenty boards are open, one of them in a browser; from written to on the screen."""

from __future__ import annotations

import json
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

from app import bench_find, bench_page
from app.asgi import command, environment, free_port
from etl.db import Database
from etl.store import frames, trial_calls
from etl.store.days import today

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

PER_SECOND, SECONDS, BOARDS = 10, 60, 19
OPENED = 10
_PREFIX = "trial-"
_WAIT_MS = 60_000
_SETTLE_MS = 700
# What the board keeps of each call: when its event was written and when the frame that shows it was drawn, by one clock.
_SHOWN = """(items) => items.filter((item) => item.dataset.key.startsWith('trial-'))
  .map((item) => (item.dataset.shown - item.dataset.at) / 1000)"""
# Runs in the page: press a button, wait until the map has drawn the answer.
_OPEN = """(map, button) => new Promise((done) => {
  const start = performance.now();
  const watch = new MutationObserver(() => { watch.disconnect(); done((performance.now() - start) / 1000); });
  watch.observe(map, { attributes: true, attributeFilter: ['data-shown'] });
  button.click();
})"""


def measure(
    db: Database,
    *,
    progress: Progress,
    seconds: int = SECONDS,
    boards: int = BOARDS,
    state: Path | None = None,
) -> list[Row]:
    """Return what the live board takes: rows of what, cameras, n, median_s, p95_s, slowest_s, budget and lost.

    db       as loader, of a district that is for measuring: calls are written into it and deleted
    seconds  so long ten calls a second come in; boards: so many without a browser are open, beside one in a browser
    state    folder of the private cluster; None: what the settings say
    lost     calls that a board did not get, or got in another order; of all boards together
    """
    cameras = len(frames.cameras(db, today(db)))
    if (missing := bench_page.why_not()) is not None:
        return [_row(f"live board: not measured. {missing}", cameras, [])]
    calls = seconds * PER_SECOND
    try:
        with _served(db, state) as address, _watching(address, boards) as watchers, _page(address) as page:
            _come_in(db, calls, progress)
            shown = _shown(page, calls)
            opened = [_opened(page, f"{_PREFIX}{at}") for at in range(min(OPENED, calls))]
            told = json.loads(watchers.communicate(timeout=_WAIT_MS / 1000)[0].splitlines()[-1])
    finally:
        trial_calls.trial_calls_gone(db, _PREFIX)
    return [
        _row("call: written to on the screen", cameras, shown, "p95 2 s", lost=calls - len(shown)),
        _row(
            f"call: written to read by {boards} boards",
            cameras,
            [late for board in told for _, late in board],
            "p95 2 s",
            lost=sum(_lost([number for number, _ in board], calls) for board in told),
        ),
        _row("call opened: answer drawn on the map", cameras, opened, "1 s"),
    ]


def _lost(numbers: Sequence[int], calls: int) -> int:
    """Return how many calls a board missed, or took out of their order."""
    behind = sum(later <= sooner for sooner, later in pairwise(numbers))
    return calls - len(set(numbers)) + behind


def _come_in(db: Database, calls: int, progress: Progress) -> None:
    center, chance, start = db.district.center, random.Random(20260101), time.monotonic()
    for at in range(calls):
        time.sleep(max(0.0, start + at / PER_SECOND - time.monotonic()))
        place = {
            "lon": center.lon + chance.uniform(-1e-2, 1e-2),
            "lat": center.lat + chance.uniform(-8e-3, 8e-3),
        }
        trial_calls.trial_call(db, f"{_PREFIX}{at}", **place, urgency=at % 5)
        if at % PER_SECOND == 0:
            progress("Calls come in", at, calls)
    progress("Calls come in", calls, calls)


def _shown(page: bench_page.Page, calls: int) -> list[float]:
    """Return the seconds from writing to drawing of every call that stands on the page's board, once all do or time is up."""
    until = time.monotonic() + _WAIT_MS / 1000
    items = page.locator(".board li[data-shown]")
    while items.count() < calls and time.monotonic() < until:
        page.wait_for_timeout(200)
    seconds: list[float] = items.evaluate_all(_SHOWN)
    return seconds


def _opened(page: bench_page.Page, key: str) -> float:
    """Return the seconds from the press on a call to its answer drawn on the map."""
    button = page.locator(f".board li[data-key='{key}'] button").element_handle()
    took: float = page.locator(".map").evaluate(_OPEN, button)
    page.wait_for_timeout(_SETTLE_MS)
    return took


@contextmanager
def _page(address: str) -> Iterator[bench_page.Page]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as door:
        browser = door.chromium.launch(
            executable_path=bench_page.chromium(), args=list(bench_find.DRAWING_FLAGS)
        )
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.goto(f"{address}/find?lang=en")
        page.wait_for_selector(".board[data-last]", timeout=_WAIT_MS)
        page.wait_for_selector(".map[data-drawn]", timeout=_WAIT_MS)
        yield page
        browser.close()


@contextmanager
def _watching(address: str, boards: int) -> Iterator[subprocess.Popen[bytes]]:
    """Keep boards without a browser open in a process of their own, which tells what they took once its input ends."""
    named = [sys.executable, "-m", "app.watcher", address, str(boards)]
    process = subprocess.Popen(named, env=environment(None), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _served(db: Database, state: Path | None) -> Iterator[str]:
    """Serve the measured district in a process of its own; yield its address."""
    if state is not None:
        with bench_page.served(state, db.district.name) as address:
            yield address
        return
    with tempfile.TemporaryDirectory(prefix="golmok-live-") as folder:
        port = free_port(bench_page.HOST, 18801)
        with (Path(folder) / "log").open("w") as log:
            process = subprocess.Popen(
                command(bench_page.HOST, port), env=environment(db.district.name), stdout=log, stderr=log
            )
        try:
            address = f"http://{bench_page.HOST}:{port}"
            bench_page.wait_for(f"{address}/_stcore/health", process)
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _row(
    what: str, cameras: int, seconds: Sequence[float], budget: str | None = None, *, lost: int | None = None
) -> Row:
    known = sorted(seconds)
    return {
        "what": what,
        "cameras": cameras,
        "n": len(known),
        "median_s": round(statistics.median(known), 4) if known else None,
        "p95_s": round(known[math.ceil(0.95 * len(known)) - 1], 4) if known else None,
        "slowest_s": round(known[-1], 4) if known else None,
        "budget": budget,
        "lost": lost,
        "load": round(os.getloadavg()[0], 1),
    }
