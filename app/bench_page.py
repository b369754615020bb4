"""Measure the dashboard in a real browser: a page first drawn, a click answered. Needs Chromium and Playwright."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from app.asgi import command, environment, free_port

HOST = "127.0.0.1"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CLICKS = 10
# Away from where dashboards are served by hand.
_FIRST_PORT = 18701
_START_S = 60.0
_WAIT_MS = 60_000

# A page of Playwright; its types are only there where it is installed.
Page = Any


def why_not() -> str | None:
    """Return why a browser cannot be used here, None when it can."""
    try:
        import playwright.sync_api  # noqa: F401 - only asked whether it is there
    except ImportError:
        return "Playwright is not installed (./golmok test brings it)"
    return None if chromium() else "Chromium is not installed (apt-get install chromium)"


def chromium() -> str | None:
    """Return the path of a Chromium on this machine, None without one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def measure(state: Path, district: str) -> dict[str, list[float]]:
    """Serve the district that lies in a state folder and return seconds: first and second draw, clicks.

    The first draw takes a fresh browser and a fresh server; the second the same ones.
    """
    from playwright.sync_api import sync_playwright

    with served(state, district) as address, sync_playwright() as door:
        browser = door.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        draws = {name: [_draw(browser, f"{address}{path}")] for name, path in _PAGES.items()}
        clicks = _clicks(browser, address)
        browser.close()
    return {**draws, "click": clicks}


_PAGES = {"Find first": "/find", "Find again": "/find", "Gaps first": "/gaps", "Gaps again": "/gaps"}


def _draw(browser: Page, address: str) -> float:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(".map[data-drawn]", timeout=_WAIT_MS)
    took = time.perf_counter() - start
    page.close()
    return took


def _clicks(browser: Page, address: str) -> list[float]:
    """Click the map at some places; an answer has come when the map draws another one than before."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{address}/find?lang=en")
    page.wait_for_selector(".map[data-drawn]", timeout=_WAIT_MS)
    box = page.locator(".map").bounding_box()
    took = []
    for step in range(CLICKS):
        before = page.locator(".map").get_attribute("data-answer")
        start = time.perf_counter()
        page.mouse.click(box["x"] + box["width"] * (0.25 + 0.05 * step), box["y"] + box["height"] * 0.5)
        page.wait_for_selector(f".map:not([data-answer='{before}'])", timeout=_WAIT_MS)
        took.append(time.perf_counter() - start)
        page.wait_for_timeout(500)
    page.close()
    return took


@contextmanager
def served(state: Path, district: str) -> Iterator[str]:
    """Serve the district that lies in a state folder, in a process of its own; yield its address."""
    port = free_port(HOST, _FIRST_PORT)
    given = environment(district) | {"GOLMOK_STATE": str(state)}
    with (state / "served.log").open("w") as log:
        process = subprocess.Popen(command(HOST, port), env=given, stdout=log, stderr=log)
        try:
            wait_for(f"http://{HOST}:{port}/_stcore/health", process)
            yield f"http://{HOST}:{port}"
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until an address answers. Raises TimeoutError."""
    until = time.monotonic() + _START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"the dashboard did not start: {address}")
