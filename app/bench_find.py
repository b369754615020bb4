"""Measure Find in a real browser: drawn, clicked, its tiles, and twenty visitors at once; a folium map beside."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.asgi import environment
from app.bench_page import FLAGS, Page, chromium, served

# WebGL drawn in software, as machines without a graphics card do.
DRAWING_FLAGS = (*FLAGS, "--use-gl=swiftshader", "--enable-unsafe-swiftshader")
_WAIT_MS = 60_000
_SETTLE_MS = 700


# Runs in the page: notes when the mouse went down, when the map drew the answer, and when the words told of another place.
_WATCH = """(map) => {
  const words = () => [...document.querySelectorAll('.golmok-small')].map((line) => line.textContent).join();
  let before = '';
  map.addEventListener('mousedown', () => {
    map.asked = performance.now();
    before = words();
    map.drawnAfter = map.wordsAfter = null;
    const look = () => {
      if (words() !== before) map.wordsAfter = performance.now() - map.asked;
      else requestAnimationFrame(look);
    };
    look();
  }, true);
  new MutationObserver(() => { map.drawnAfter ??= performance.now() - map.asked; })
    .observe(map, { attributes: true, attributeFilter: ['data-shown'] });
}"""
_ANSWERED = "(map) => map.drawnAfter && map.wordsAfter ? [map.drawnAfter, map.wordsAfter] : null"


def measure(
    state: Path,
    district: str,
    *,
    near: tuple[float, float],
    places: Sequence[tuple[float, float]],
    clicks: int,
) -> dict[str, list[float]]:
    """Serve the district that lies in a state folder and return seconds, each a list.

    near     lat, lon round which is clicked
    places   lat, lon of the visitors without a browser: so many ask at once while the browser clicks
    Keys     first drawn, drawn again, click: drawn on the map, click: told in words, tile, and with visitors the same
             of the click, and visitor
    """
    from playwright.sync_api import sync_playwright

    with served(state, district) as address, sync_playwright() as door:
        browser = door.chromium.launch(executable_path=chromium(), args=list(DRAWING_FLAGS))
        draws = [_draw(browser, address) for _ in range(2)]
        tiles: list[float] = []
        page, field = _opened(browser, address, near, tiles=tiles)
        alone = _clicks(page, field, clicks)
        alone_tiles = list(tiles)
        crowd = _crowd(address, places)
        among = _clicks(page, field, clicks, while_runs=crowd)
        told = json.loads(crowd.communicate(timeout=_WAIT_MS / 1000)[0])
        browser.close()
    return {
        "first drawn": draws[:1],
        "drawn again": draws[1:],
        "click: drawn on the map": [drawn for drawn, _ in alone],
        "click: told in words": [words for _, words in alone],
        "tile": alone_tiles,
        "click among visitors: drawn on the map": [drawn for drawn, _ in among],
        "click among visitors: told in words": [words for _, words in among],
        "visitor without a browser": [each["seconds"] for visitor in told for each in visitor],
    }


def folium_drawn(file: Path, shapes: int) -> float:
    """Return the seconds that a folium map takes to open in the same browser, until so many shapes stand in it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as door:
        browser = door.chromium.launch(executable_path=chromium(), args=list(DRAWING_FLAGS))
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        start = time.perf_counter()
        page.goto(file.as_uri())
        page.wait_for_function(
            "(n) => document.querySelectorAll('.leaflet-interactive').length >= n",
            arg=shapes,
            timeout=_WAIT_MS,
        )
        took = time.perf_counter() - start
        browser.close()
    return took


def _draw(browser: Page, address: str) -> float:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    start = time.perf_counter()
    page.goto(f"{address}/find?lang=en")
    page.wait_for_selector(".map[data-drawn]", timeout=_WAIT_MS)
    took = time.perf_counter() - start
    page.close()
    return took


def _opened(
    browser: Page, address: str, near: tuple[float, float], *, tiles: list[float]
) -> tuple[Page, Page]:
    """Return a page that has answered one place, and the field of its map, watched; `tiles` takes the seconds of each."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})

    def note(request: Any) -> None:  # Any: Playwright's own
        if "/tiles/" in request.url:
            tiles.append(request.timing["responseEnd"] / 1000)

    # The map's worker fetches the tiles: the page itself does not know of them.
    page.on("requestfinished", note)
    page.goto(f"{address}/find?lang=en&place={near[0]:.6f},{near[1]:.6f}")
    page.wait_for_selector(".map[data-drawn]", timeout=_WAIT_MS)
    page.wait_for_timeout(_SETTLE_MS)
    field = page.locator(".map")
    field.evaluate(_WATCH)
    return page, field


def _clicks(
    page: Page, field: Page, clicks: int, *, while_runs: subprocess.Popen[bytes] | None = None
) -> list[tuple[float, float]]:
    """Click so many places round the middle of the map; return the seconds to marks and lines, and to the words.

    while_runs   click on until this process has ended, and so often at least
    """
    box = field.bounding_box()
    took: list[tuple[float, float]] = []
    while len(took) < clicks or (while_runs is not None and while_runs.poll() is None):
        step = len(took)
        # A walk over a lattice that never asks the same place twice in a row.
        across, down = 0.3 + 0.4 * (step * 7 % 11) / 10, 0.3 + 0.4 * (step * 5 % 13) / 12
        page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        until = time.monotonic() + _WAIT_MS / 1000
        while (answered := field.evaluate(_ANSWERED)) is None:
            if time.monotonic() > until:
                raise TimeoutError("a click was not answered")
            page.wait_for_timeout(20)
        took.append((answered[0] / 1000, answered[1] / 1000))
        page.wait_for_timeout(_SETTLE_MS)
    return took


def _crowd(address: str, places: Sequence[tuple[float, float]]) -> subprocess.Popen[bytes]:
    """Start visitors without a browser, each asking its place five times."""
    named = [f"{lat:.6f},{lon:.6f}" for lat, lon in places]
    command = [sys.executable, "-m", "app.visitor", address, "5", *named]
    return subprocess.Popen(command, env=environment(None), stdout=subprocess.PIPE)
