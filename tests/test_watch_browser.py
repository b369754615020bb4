"""The keys of cameras in a real browser: key 1 opens the video system and is written first; typing is no key; a lock and its form.

The toy city of tests/served_city.py: camera 1 in the list (west-1) certainly sees the place P, camera 2 (north-1) may. Both are for crime
prevention, so that a traffic accident (401) locks both. The video system is a host that the browser's route answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from etl.db import Database
from tests.database import TestCity
from tests.served_city import ROOT, Visit, answered, away, keep_picture, serving, visiting
from tests.test_browser_pages import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

VIDEO = "http://video.invalid/watch/{camera_key}?to={heading_deg}"
PLACE = "37.5791,126.9368"


@pytest.fixture(scope="module")
def address(city: TestCity, toy_served: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the toy city with a video system that a browser opens in a window."""
    folder, districts = tmp_path_factory.mktemp("watched"), tmp_path_factory.mktemp("districts")
    sample = (ROOT / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    (line,) = [line for line in sample.splitlines() if line.startswith("open = ")]
    name = city.name.removeprefix("golmok_")
    told = sample.replace(line, f'open = "{VIDEO}"')
    (districts / f"{name}.toml").write_text(told, encoding="utf-8")
    with serving(city, folder, GOLMOK_DISTRICTS=str(districts)) as where:
        yield where


@contextmanager
def _watching(browser: Any, where: str, scheme: str = "light") -> Iterator[tuple[Visit, list[str]]]:
    """Visit Find with a video system that answers; give what was asked of it."""
    asked: list[str] = []
    with visiting(browser, where, scheme=scheme) as visit:
        page: Any = visit.page

        def answer(route: Any) -> None:
            asked.append(route.request.url)
            route.fulfill(body="video")

        page.context.route("http://video.invalid/**", answer)
        page.wait_for_selector(".watch[data-done]")
        yield visit, asked


def _find(address: str, call: str = "104", lang: str = "en") -> str:
    return f"{address}/find?lang={lang}&place={PLACE}&for={call}"


def _told(page: Any, said: str) -> None:
    page.wait_for_selector(f".watch .status:has-text('{said}')")


def _rows(owner: Database, sql: str) -> list[tuple[Any, ...]]:
    with owner.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(sql)]


def _openings(owner: Database) -> list[tuple[Any, ...]]:
    return _rows(
        owner,
        "select camera_key, use_allowed, ground_id is not null, class_code from meta.camera_opening"
        " join core.camera using (camera_id) order by opening_id",
    )


def test_key_one_opens_the_first_camera_and_is_written(browser, address: str, owner: Database) -> None:  # type: ignore[no-untyped-def]
    before = _openings(owner)
    with _watching(browser, _find(address)) as (visit, asked):
        page: Any = visit.page
        answered(page, "One camera certainly sees this place, 1 more may.")
        with page.context.expect_page():
            page.keyboard.press("1")
        _told(page, "west-1: logged and opened.")
        page.wait_for_timeout(300)
        assert [urlsplit(url).path for url in asked] == ["/watch/west-1"]
        assert urlsplit(asked[0]).query == "to=90"
        assert _openings(owner)[len(before) :] == [("west-1", True, False, "104")]
        assert visit.faults == []
        keep_picture(page, "watch-key-one")


def test_digits_typed_into_a_field_open_nothing(browser, address: str, owner: Database) -> None:  # type: ignore[no-untyped-def]
    before = _openings(owner)
    with _watching(browser, _find(address)) as (visit, asked):
        page: Any = visit.page
        field = page.locator(".st-key-place input")
        field.click()
        page.keyboard.type("12")
        assert field.input_value().endswith("12")
        field.press("Control+1")
        page.wait_for_timeout(500)
        assert (asked, _openings(owner)) == ([], before)


def test_the_switch_turns_the_keys_off_and_the_button_still_opens(
    browser, address: str, owner: Database
) -> None:  # type: ignore[no-untyped-def]
    before = _openings(owner)
    with _watching(browser, _find(address)) as (visit, asked):
        page: Any = visit.page
        page.get_by_label("Keys 1–9, Y, N, U").uncheck()
        page.locator("h1").click()
        page.keyboard.press("1")
        page.wait_for_timeout(500)
        assert (asked, _openings(owner)) == ([], before)
        # By mouse, and by Tab and Enter: a button is a button.
        button = page.get_by_role("button", name="Open camera 2, north-1.")
        button.focus()
        with page.context.expect_page():
            page.keyboard.press("Enter")
        _told(page, "north-1: logged and opened.")
        assert button.get_attribute("aria-pressed") == "true"
        assert [row[0] for row in _openings(owner)[len(before) :]] == ["north-1"]


def test_y_n_and_u_work_with_a_korean_input_method(browser, address: str, owner: Database) -> None:  # type: ignore[no-untyped-def]
    with _watching(browser, _find(address, lang="ko")) as (visit, _):
        page: Any = visit.page
        with page.context.expect_page():
            page.keyboard.press("1")
        _told(page, "west-1 열기를 기록하고 열었습니다.")
        # With Hangul on the key of N gives ㅜ: its place on the keyboard is what counts.
        page.evaluate(
            "window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅜ', code: 'KeyN', bubbles: true }))"
        )
        _told(page, "west-1: 안 보인다고 기록했습니다.")
        sightings = (
            "select camera_key, seen, told, undone.sighting_id is not null from meta.sighting"
            " join core.camera using (camera_id) left join meta.sighting_undone undone using (sighting_id) order by sighting_id"
        )
        assert _rows(owner, sightings)[-1] == ("west-1", False, "certain", False)
        page.keyboard.press("u")
        _told(page, "마지막 답을 취소했습니다.")
        assert _rows(owner, sightings)[-1] == ("west-1", False, "certain", True)


def test_the_second_group_is_locked_until_a_ground_is_recorded(
    browser, address: str, owner: Database
) -> None:  # type: ignore[no-untyped-def]
    before = _openings(owner)
    with _watching(browser, _find(address, call="401"), "dark") as (visit, asked):
        page: Any = visit.page
        assert page.locator(".watch .locked").count() == 2
        page.keyboard.press("1")
        page.wait_for_selector(".st-key-ground_reason")
        _told(page, "installed for another purpose")
        keep_picture(page, "watch-locked")
        assert faults_of(page) == []
        assert (asked, _openings(owner)) == ([], before)
        page.locator(".st-key-ground_who input").fill("Kim 1")
        page.locator(".st-key-ground_reason input").fill("2 children on the road")
        with page.context.expect_page():
            page.get_by_role("button", name="Record and open").click()
        _told(page, "west-1: logged and opened.")
        page.get_by_text("Emergency ground in force").wait_for()
        page.wait_for_selector(".st-key-ground_reason", state="detached")
        assert page.locator(".watch .locked").count() == 0
        assert _openings(owner)[len(before) :] == [("west-1", False, True, "401")]
        ground = "select who, reason, ground, minutes from meta.emergency_ground"
        assert _rows(owner, ground) == [("Kim 1", "2 children on the road", "life_body_property", 60)]
        keep_picture(page, "watch-ground")
        assert faults_of(page) == []


def test_an_answer_given_while_the_database_is_away_is_not_lost(  # type: ignore[no-untyped-def]
    browser, address: str, city: TestCity, owner: Database
) -> None:
    with _watching(browser, _find(address)) as (visit, asked):
        page: Any = visit.page
        with page.context.expect_page():
            page.keyboard.press("1")
        _told(page, "logged and opened.")
        with away(city):
            page.keyboard.press("y")
            page.get_by_text("Answers that the database has not taken yet: 1.").wait_for()
            page.keyboard.press("1")
            _told(page, "west-1 was not opened: the opening could not be logged.")
            assert len(asked) == 1
        page.get_by_role("button", name="Record again").click()
        _told(page, "What waited is recorded, as of when it was pressed.")
        last = "select seen, late_s > 0 from meta.sighting order by sighting_id desc limit 1"
        assert _rows(owner, last) == [(True, True)]


def test_a_page_that_comes_back_opens_nothing_anew(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with _watching(browser, _find(address)) as (visit, asked):
        page: Any = visit.page
        with page.context.expect_page():
            page.keyboard.press("1")
        _told(page, "logged and opened.")
        page.get_by_text("Gaps", exact=True).click()
        page.wait_for_selector("h1:has-text('Where are we blind?')")
        page.get_by_text("Find", exact=True).first.click()
        page.wait_for_selector("h1:has-text('Who sees this place?')")
        page.wait_for_timeout(1000)
        assert len(asked) == 1
