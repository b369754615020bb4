"""Gaps and Start in a real browser, on the toy city: the viewport stands in the address, a day is computed on demand."""

from __future__ import annotations

import pytest

from tests.served_city import WAIT_MS, answered, visiting

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


def _centre(page) -> str:  # type: ignore[no-untyped-def]
    return page.locator(".map").get_attribute("data-centre")


def test_the_viewport_outlives_reruns_and_a_link_shows_the_same(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/gaps?lang=en") as visit:
        page = visit.page
        answered(page, "of 200 m of alleys is seen")
        assert "view=" not in page.url  # nobody has moved the map yet
        box = page.locator(".map").bounding_box()
        page.mouse.move(box["x"] + 200, box["y"] + 200)
        page.mouse.down()
        page.mouse.move(box["x"] + 260, box["y"] + 240, steps=4)
        page.mouse.up()
        page.wait_for_url("**view=*")
        # The page writes its own part of the address anew; the viewport stays in it, and the map where it is.
        page.get_by_text("Night", exact=True).click()
        page.wait_for_url("**light=night*view=*")
        link = page.url
        view = link.partition("view=")[2]
    with visiting(browser, link) as visit:
        lon, lat = _centre(visit.page).split(",")
        assert view.startswith(f"{lon},{lat},")
        assert visit.page.url == link


def test_another_page_opens_at_its_own_place(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/gaps?lang=en&view=126.90000,37.50000,15.00") as visit:
        assert _centre(visit.page) == "126.90000,37.50000"
        visit.page.get_by_text("Find", exact=True).click()
        visit.page.wait_for_selector("h1:has-text('Who sees this place?')")
        visit.page.wait_for_selector(".map[data-centre='126.93680,37.57910']")
        assert "view=" not in visit.page.url


@pytest.mark.parametrize("nonsense", ["here", "500,10,3", "126.9,37.5", ",,"])
def test_a_viewport_that_is_none_is_not_believed(browser, address: str, nonsense: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en&view={nonsense}") as visit:
        assert _centre(visit.page) == "126.93680,37.57910"


def test_a_day_is_computed_on_demand_and_kept(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/gaps?lang=en&at=2010-12-31&class=detect") as visit:
        page = visit.page
        page.get_by_text("golmok coverage --class detect --at 2010-12-31").wait_for()
        page.get_by_role("button", name="Compute this day").click()
        answered(page, "of 200 m of alleys is seen")
        assert visit.faults == []
    with visiting(browser, f"{address}/gaps?lang=en&at=2010-12-31&class=detect") as visit:
        answered(visit.page, "of 200 m of alleys is seen")


def test_start_leads_to_the_other_pages(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"{address}/?lang=en")
    page.wait_for_selector("h1:has-text('At a glance')")
    answered(page, "One agency has cameras.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-testid=stPageLink] a").nth(1).click()
    page.wait_for_selector("h1:has-text('Where are we blind?')")
    assert "/gaps" in page.url
    context.close()
