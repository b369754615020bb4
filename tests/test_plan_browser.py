"""A plan in a real browser: a site is dragged and turned, by mouse and by key, the totals follow; it is kept; two are compared.

The toy city of tests/served_city.py with a plan of two cameras on its street of 200 m.
"""

from __future__ import annotations

import re
import statistics
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.services import plan, plans
from etl.db import Database
from tests.served_city import keep_picture, visiting
from tests.test_browser_pages import faults_of, settled

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TOTALS = re.compile(r"Risk seen ([\d.]+) % → ([\d.]+) % \(as planned ([\d.]+) %\)")


@pytest.fixture(scope="module")
def plan_id(toy_served: None, loader: Database) -> int:
    """Keep a plan of two cameras and return its number."""
    return int(plan.plan(loader, cameras=2, density_class="observe", progress=lambda *_: None)["plan_id"])


def _chosen(page: Any, no: int) -> None:
    """Choose a site in the panel, and wait until the map has gone there and the plan is laid out."""
    page.locator(".bench select").select_option(str(no))
    page.wait_for_selector(".map[data-reckoned]")
    page.wait_for_timeout(1000)


def _hand(page: Any) -> list[tuple[float, float]]:
    """Return where on the screen the chosen site and its handle are."""
    box = page.locator(".map").bounding_box()
    told = page.locator(".map").get_attribute("data-hand").split()
    return [(box["x"] + float(x), box["y"] + float(y)) for x, y in (each.split(",") for each in told)]


def _drag(page: Any, start: tuple[float, float], by: tuple[float, float], steps: int = 8) -> list[int]:
    """Drag from a place of the screen in steps; return the milliseconds after which the totals followed each."""
    taken = []
    page.mouse.move(*start)
    page.mouse.down()
    for step in range(1, steps + 1):
        before = page.locator(".map").get_attribute("data-reckoned")
        page.mouse.move(start[0] + by[0] * step / steps, start[1] + by[1] * step / steps)
        _reckoned(page, unlike=before)
        taken.append(int(page.locator(".map").get_attribute("data-reckoned-ms")))
    page.mouse.up()
    page.wait_for_url("**alter=**")
    # The browser's side of the address follows.
    page.wait_for_timeout(500)
    return taken


def _reckoned(page: Any, *, unlike: str) -> None:
    page.locator(f".map:not([data-reckoned='{unlike}'])").wait_for()
    page.wait_for_timeout(50)


def _totals(page: Any) -> tuple[float, ...]:
    found = TOTALS.search(page.locator(".bench .totals").inner_text())
    assert found is not None, page.locator(".bench").inner_text()
    return tuple(map(float, found.groups()))


def _altered(page: Any) -> list[list[float]]:
    told = re.search(r"[?&]alter=([^&]+)", page.url)
    return [] if told is None else [list(map(float, each.split(","))) for each in told[1].split(";")]


def test_a_site_is_dragged_and_turned_and_the_totals_follow(browser, address: str, plan_id: int) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/plan?lang=en&plan={plan_id}") as visit:
        page: Any = visit.page
        _chosen(page, 1)
        before, after, planned = _totals(page)
        assert before < after == planned
        site, handle = _hand(page)
        # Down the screen: off the street, so that it sees less.
        drags = _drag(page, site, (0, 120))
        ((no, lat, _, heading),) = _altered(page)
        assert (no, _totals(page)[2]) == (1, planned)
        assert _totals(page)[1] < planned
        moved_site, moved_handle = _hand(page)
        assert moved_site == pytest.approx((site[0], site[1] + 120), abs=2)
        # The handle went along: a drag turns nothing.
        assert moved_handle == pytest.approx((handle[0], handle[1] + 120), abs=2)
        # A quarter to the right, whichever way it looks.
        (x, y), (hx, hy) = moved_site, moved_handle
        turns = _drag(page, (hx, hy), (x - (hy - y) - hx, y + (hx - x) - hy))
        ((_, turned_lat, _, turned),) = _altered(page)
        assert turned_lat == lat
        assert abs((turned - heading - 90.0 + 180.0) % 360.0 - 180.0) < 3.0
        print(f"median ms: drag {statistics.median(drags)}, turn {statistics.median(turns)}")
        keep_picture(page, "plan-dragged")
        assert faults_of(page) == []
        page.get_by_role("button", name="Put all back").click()
        page.wait_for_timeout(800)
        assert _altered(page) == [] and _totals(page)[1] == planned
        assert visit.hosts == {urlsplit(address).netloc}
        assert visit.faults == []


def test_the_keyboard_does_what_the_mouse_does(browser, address: str, plan_id: int) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/plan?lang=en&plan={plan_id}", scheme="dark") as visit:
        page: Any = visit.page
        _chosen(page, 2)
        heading = page.locator(".bench input[name=heading_deg]")
        first, lat = float(heading.input_value()), float(page.locator(".bench input[name=lat]").input_value())
        page.locator(".map canvas").focus()
        page.keyboard.press("]")
        page.keyboard.press("]")
        page.keyboard.press("Shift+ArrowUp")
        page.wait_for_timeout(1000)
        ((no, up, _, turned),) = _altered(page)
        assert (no, turned) == (2, (first + 10.0) % 360.0)
        # 10 m north is 10 / 111,320 of a degree.
        assert up - lat == pytest.approx(10 / 111_320, abs=2e-6)
        heading.fill("200")
        heading.press("Enter")
        page.wait_for_timeout(1000)
        assert _altered(page)[0][3] == 200.0
        assert "No. 2" in page.locator(".bench .adds").inner_text()
        keep_picture(page, "plan-keyboard-dark")
        assert faults_of(page) == []
        assert visit.faults == []


def test_a_link_shows_what_was_altered_and_it_is_kept(  # type: ignore[no-untyped-def]
    browser, address: str, plan_id: int, loader: Database
) -> None:
    row = plans.opened(loader, plan_id)["chosen"][0]
    turned = (row["heading_deg"] + 180.0) % 360.0
    link = f"{address}/plan?lang=ko&plan={plan_id}&alter=1,{row['lat']},{row['lon']},{turned}"
    with visiting(browser, link) as visit:
        page: Any = visit.page
        page.wait_for_selector(".map[data-reckoned]")
        page.locator(".bench input[type=text]").fill("손질")
        page.get_by_role("button", name="새 계획으로 저장").click()
        page.locator(
            ".golmok-small", has_text=f"{plan_id}번 계획에서 1곳(1번)을 손으로 고쳤습니다"
        ).wait_for()
        settled(page)
        (kept,) = [each for each in plans.earlier(loader) if each["name"] == "손질"]
        assert f"plan={kept['plan_id']}" in page.url and "alter=" not in page.url
        assert plans.opened(loader, kept["plan_id"])["chosen"][0]["heading_deg"] == turned
        assert visit.faults == []
    with visiting(browser, f"{address}/plan?lang=ko&plan={plan_id}&with={kept['plan_id']}") as visit:
        page = visit.page
        page.get_by_text("같은 곳 2곳").wait_for()
        settled(page)
        keep_picture(page, "plan-compared")
        assert page.locator(".bench").count() == 0
        assert page.locator("[data-testid=stDataFrame]").count() == 2
        assert faults_of(page) == []
        assert visit.faults == []


def test_what_the_workbench_is_asked_is_checked(browser, address: str, plan_id: int) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/plan?lang=en", drawn="h1") as visit:
        asked = visit.page.request  # type: ignore[attr-defined]
        told = {
            f"workbench/{plan_id}": 200,
            f"workbench/{plan_id}?alter=1,37.5,126.9": 400,
            f"workbench/{plan_id}?alter=9,37.5,126.9,0": 400,
            "workbench/999": 404,
        }
        assert {where: asked.get(f"{address}/{where}").status for where in told} == told
        found = asked.get(f"{address}/workbench/{plan_id}").json()
        assert [row["no"] for row in found["sites"]] == [1, 2]
        assert not any("view" in row for row in found["sites"])
