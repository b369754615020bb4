"""Every page in a real browser: both languages, light and dark, three sizes; seen, measured and asked by axe.

The pictures are kept in `.golmok/screens`, so that a person can look at what was tested.
"""

from __future__ import annotations

from itertools import product
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from app import words
from app.roles import LOCAL, pages_of
from tests.served_city import P, keep_picture, visiting

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SIZES = ((1366, 768), (1920, 1080), (820, 1180))
# What is asked of each page beside its name: its main answer.
ASKED = {"find": f"&place={P.replace(' ', '')}"}
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}

DRAWN = """() => !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], .map:not([data-drawn])')
    && document.querySelector('[data-test-script-state=notRunning]')"""


@pytest.mark.parametrize(("lang", "scheme"), list(product(words.LANGUAGES, ("light", "dark"))))
@pytest.mark.parametrize("name", pages_of(LOCAL))
def test_page_at_every_size(browser, address: str, name: str, lang: str, scheme: str) -> None:  # type: ignore[no-untyped-def]
    # The first page stands at the root.
    where = f"{address}/{'' if name == pages_of(LOCAL)[0] else name}?lang={lang}{ASKED.get(name, '')}"
    with visiting(browser, where, scheme=scheme, drawn="h1") as visit:
        page = visit.page
        settled(page)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            keep_picture(page, f"{name}-{lang}-{scheme}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{width} px wide"
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.lang") == lang
        assert page.locator("[data-testid=stException]").count() == 0
        assert page.get_by_text("Traceback").count() == 0
        assert visit.hosts == {urlsplit(address).netloc}
        assert visit.faults == []
        assert faults_of(page) == []


def test_axe_would_find_a_fault(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/gaps?lang=en", drawn="h1") as visit:
        settled(visit.page)
        visit.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button>')")
        assert [fault.split(":")[0] for fault in faults_of(visit.page)] == ["button-name"]


def settled(page) -> None:  # type: ignore[no-untyped-def]
    """Wait until the page has no more to draw: its script has run, nothing is still to come, its map is drawn."""
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    page.wait_for_function(DRAWN)
    page.wait_for_timeout(500)
    page.wait_for_function(DRAWN)


def faults_of(page) -> list[str]:  # type: ignore[no-untyped-def]
    """Return what axe finds against WCAG 2.2 AA: rule, number of places, and the first of them."""
    page.set_viewport_size({"width": 1366, "height": 768})
    found = Axe().run(page, options=WCAG).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['any'][0]['message']}"
        for each in found
        for node in each["nodes"]
    ]
