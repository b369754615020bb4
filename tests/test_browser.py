"""The dashboard in a real browser, on a toy city in a database of its own: click, read, choose, lose the database.

Two cameras at the district's centre P, in the open: camera 1 stands 12 m west of P and looks east, so it certainly
sees P; camera 2 stands 12 m north of P and nobody knows where it looks, so it may. A street of 200 m runs through P.
"""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest

from etl.db import Database
from tests.database import TestCity
from tests.served_city import WAIT_MS, P, answered, away, keep_picture, visiting

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def _click_map(page, *, right_px: float = 0) -> None:  # type: ignore[no-untyped-def]
    box = page.locator(".map").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + right_px, box["y"] + box["height"] / 2)


def test_a_click_is_answered_in_words_table_and_map_and_asks_no_other_host(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        _click_map(page)
        answered(page, "One camera certainly sees this place, 1 more may.")
        page.wait_for_selector(".map[data-lines='2']")  # a line from each of the two
        page.wait_for_selector("[data-testid=find_list] tbody tr")
        keep_picture(page, "find-click")
        assert "place=37.579" in page.url
        assert page.get_by_text("This district is invented").count() == 1
        assert visit.hosts == {urlsplit(address).netloc}
        assert visit.faults == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_where_nobody_sees_none_is_said_first(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=ko", scheme="dark") as visit:
        _click_map(visit.page, right_px=200)  # some 760 m east at zoom 14
        answered(visit.page, "이곳을 보는 카메라가 없습니다.")
        visit.page.wait_for_selector(".map[data-lines='0']")
        keep_picture(visit.page, "find-none")


def test_a_link_shows_the_same_and_the_language_stays(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en&place={P.replace(' ', '')}&class=detect") as visit:
        page = visit.page
        answered(page, "certainly see")
        page.get_by_text("Gaps", exact=True).click()
        page.wait_for_selector("h1:has-text('Where are we blind?')")
        page.wait_for_url("**/gaps?*lang=en*")
        page.get_by_text("한국어", exact=True).click()
        page.wait_for_selector("h1:has-text('사각지대')")
        page.wait_for_url("**/gaps?*lang=ko*")


def test_a_chosen_gap_is_gone_to(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/gaps?lang=en") as visit:
        page = visit.page
        answered(page, "of 200 m of alleys is seen")
        before = page.locator(".map").get_attribute("data-centre")
        table = page.locator("[data-testid=stDataFrame]").first.bounding_box()
        page.mouse.click(table["x"] + 14, table["y"] + 34 * 1.5)
        _wait_until_moved(page, before)
        assert visit.hosts == {urlsplit(address).netloc}


def _wait_until_moved(page, before: str) -> None:  # type: ignore[no-untyped-def]
    until = time.monotonic() + WAIT_MS / 1000
    while time.monotonic() < until:
        if page.locator(".map").get_attribute("data-centre") != before:
            return
        page.wait_for_timeout(100)
    pytest.fail("the map did not go to the gap")


def test_a_lost_database_is_a_sentence_and_its_return_ananswered(  # type: ignore[no-untyped-def]
    browser, address: str, city: TestCity
) -> None:
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        with away(city):
            _click_map(page)
            page.wait_for_selector("[data-testid=stAlert]:has-text('There is no answer right now.')")
            assert page.get_by_text("Traceback").count() == 0
        page.get_by_role("button", name="Try again").click()
        answered(page, "certainly sees this place")


def test_a_slow_database_is_waited_for_and_says_so(browser, address: str, owner: Database) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        with owner.engine.connect() as busy, busy.begin():
            busy.exec_driver_sql("lock table core.camera in access exclusive mode")
            _click_map(page)
            page.get_by_text("Asking the database…").first.wait_for()
        answered(page, "certainly sees this place")
        page.get_by_text("Asking the database…").first.wait_for(state="detached")
