"""A browser without WebGL2, as on an office desktop over a remote display: the pages answer on a simple map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.served_city import CHROMIUM, FLAGS, WAIT_MS

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def blind_browser(address: str) -> Iterator[Any]:
    """Start Chromium without any 3D."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as door:
        started = door.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--disable-3d-apis"])
        yield started
        started.close()


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(244, 245, 245)"), ("dark", "rgb(16, 20, 21)")])
def test_the_pages_answer_on_a_simple_map(
    blind_browser: Any, address: str, tmp_path: Path, scheme: str, ground: str
) -> None:
    context = blind_browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
    tab = context.new_page()
    hosts: set[str] = set()
    faults: list[str] = []
    tab.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.goto(f"{address}/gaps?lang=en")
    inside = tab.frame_locator("iframe.plain")
    # Of 200 m of street the part that nobody sees is drawn, and the note says what the map is.
    inside.locator("path.g-gaps").first.wait_for(state="attached", timeout=WAIT_MS)
    note = tab.locator(".frame .note")
    assert note.inner_text().startswith("No WebGL2 here: a simple map with at most 500 objects")
    tab.get_by_role("link", name="Find", exact=True).click()
    inside.locator("path.g-boundaries").first.wait_for(state="attached", timeout=WAIT_MS)
    # A click in the middle of the district asks about the place P, or one a few metres beside it.
    inside.locator(".folium-map").click()
    inside.locator("path.g-place").wait_for(state="attached", timeout=WAIT_MS)
    # The frame learns of a dark page a moment after it is drawn.
    box = inside.locator(".folium-map")
    for _ in range(50):
        if (shown := box.evaluate("box => getComputedStyle(box).backgroundColor")) == ground:
            break
        tab.wait_for_timeout(100)
    assert shown == ground
    tab.wait_for_function("location.search.includes('place=')", timeout=WAIT_MS)
    assert re.search(r"place=37\.57\d+%2C\+126\.93\d+", tab.url)
    assert inside.locator("path.g-answer").count() == 2
    assert len(hosts) == 1
    assert faults == []
    context.close()
