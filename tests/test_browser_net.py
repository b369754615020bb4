"""The ways out in a real browser, on the crossing of tests/crossroads.py with streets of 4 km: they leave no ring without exits."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests import city_in_database as toy_city
from tests.city_in_database import alter
from tests.crossroads import crossroads
from tests.database import TestCity
from tests.served_city import answered, visiting

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def toy_served(city: TestCity) -> None:
    """Lay out the crossing in place of the toy city of the other browser tests."""
    with crossroads(city) as door:
        alter(
            door,
            "update core.alley set geom = st_makeline(st_startpoint(geom), st_translate(st_startpoint(geom),"
            " 10 * (st_x(st_endpoint(geom)) - 200000), 10 * (st_y(st_endpoint(geom)) - 550000)))",
        )


@pytest.fixture(scope="module")
def centre(city: TestCity, toy_served: None) -> Iterator[str]:
    with toy_city.opened(city) as door:
        lon, lat = toy_city.lonlat(door("staff"), 0, 0)
        yield f"{lat:.7f},{lon:.7f}"


def test_the_ring_and_its_exits_are_drawn_and_the_clock_runs_by_itself(
    browser, address: str, centre: str
) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en&place={centre}&part=ways&ring=1") as visit:
        page = visit.page
        page.wait_for_selector(".map[data-exits='4']")
        answered(page, "1 min away")
        where = page.locator(".map").get_attribute("data-centre")
        clock = page.locator(".golmok-lead:has-text('since the call')")
        before = clock.inner_text()
        # nobody touches anything; the next step comes, and the map stays where it is
        page.wait_for_function(
            "(before) => [...document.querySelectorAll('.golmok-lead')].every((line) => line.innerText !== before)",
            arg=before,
        )
        page.wait_for_selector(".map[data-exits='4']")
        assert page.locator(".map").get_attribute("data-centre") == where
        assert visit.hosts == {urlsplit(address).netloc}
        assert visit.faults == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_another_ring_moves_the_map_and_now_takes_the_exits_away(browser, address: str, centre: str) -> None:  # type: ignore[no-untyped-def]
    link = f"{address}/find?lang=ko&place={centre}&part=ways&ring=1"
    with visiting(browser, link, scheme="dark") as visit:
        page = visit.page
        page.wait_for_selector(".map[data-exits='4']")
        page.get_by_role("radio", name="5분").click()
        answered(page, "5분 거리")
        page.wait_for_url("**ring=5**")
        page.get_by_role("radio", name="지금 보는 카메라").click()
        page.wait_for_selector(".map[data-exits='0']")
        assert "part=ways" not in page.url
        assert visit.faults == []
