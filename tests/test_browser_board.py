"""The board in a real browser, beside boards that only speak the protocol: events come without a run of the page.

The pictures are kept in `.golmok/screens`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from app.watcher import Watcher
from etl.db import Database
from tests.database import TestCity
from tests.live_city import UNSEEN, call, close
from tests.served_city import WAIT_MS, answered, away, keep_picture, running, serving, visiting, wait_for
from tests.test_browser_pages import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

READY = ".board[data-last]"


@pytest.fixture(autouse=True)
def quiet(owner: Database) -> Iterator[None]:
    """Leave no call behind."""
    yield
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.incident")


def _card(key: str) -> str:
    return f".board li[data-key='{key}']"


def _messages_of_the_page(page) -> list[object]:  # type: ignore[no-untyped-def]
    """Return the list that every message of the page's own server will stand in: a run of it, or what one draws."""
    taken: list[object] = []

    def note(sent: object) -> None:
        taken.append(sent)

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    return taken


def test_a_call_arrives_without_a_run_of_the_page_and_a_key_asks_find_about_it(  # type: ignore[no-untyped-def]
    browser, address: str, owner: Database
) -> None:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, color_scheme="dark")
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    runs = _messages_of_the_page(page)
    page.goto(f"{address}/find?lang=en")
    page.wait_for_selector(READY)
    page.wait_for_selector(".map[data-drawn]")
    page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
    assert page.locator(".board .empty").inner_text().startswith("No incident is open.")
    page.wait_for_timeout(500)
    before = len(runs)
    call(owner, "second", urgency=2, east_m=UNSEEN)
    call(owner, "first", urgency=0)
    page.wait_for_selector(_card("first"))
    page.wait_for_selector(_card("second"))
    assert len(runs) == before
    keys = page.eval_on_selector_all(".board li", "items => items.map((item) => item.dataset.key)")
    assert keys == ["first", "second"]
    told = page.locator(_card("first")).inner_text()
    for words in ("robbery", "new", "Code 0 critical", "한길", "seen by 1, perhaps by 1 more"):
        assert words in told
    assert "none sees it" in page.locator(_card("second")).inner_text()
    said = page.locator(".board .said")
    said.filter(has_text="New incident: Code 0 critical, robbery, 한길").wait_for(state="attached")
    keep_picture(page, "board-live-event")
    # One stop of the tabulator, arrows between, Enter opens.
    page.locator(".board .sound").focus()
    for key in ("Tab", "End", "Home", "Enter"):
        page.keyboard.press(key)
    answered(page, "One camera certainly sees this place")
    assert len(runs) > before
    assert all(part in page.url for part in ("place=37.5791", "for=102", "incident=first"))
    assert page.locator(f"{_card('first')} button[aria-current]").count() == 1
    keep_picture(page, "board-opened")
    close(owner, "first")
    page.wait_for_selector(_card("first"), state="detached")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize(("lang", "scheme"), [("ko", "light"), ("en", "dark")])
def test_the_board_passes_axe_and_fits_every_width(  # type: ignore[no-untyped-def]
    browser, address: str, owner: Database, lang: str, scheme: str
) -> None:
    for number in range(5):
        call(
            owner, f"c{number}", urgency=number, east_m=UNSEEN * (number % 2), code="102" if number else "503"
        )
    with visiting(browser, f"{address}/find?lang={lang}", scheme=scheme) as visit:
        page = visit.page
        page.wait_for_selector(_card("c4"))
        for width, height in ((820, 1180), (1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(300)
            keep_picture(page, f"board-{lang}-{scheme}-{width}")
            # the page scrolls within this element: the document itself is never wider
            wide, high = page.locator("[data-testid=stMain]").evaluate(
                "main => [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight]"
            )
            assert wide <= 0, f"{width} px wide"
            assert high <= 0 or height < 1080 or width < 1920, f"{high} px too high at 1920x1080"
        assert faults_of(page) == []
        assert visit.faults == []


def test_a_lost_database_is_said_and_after_its_return_the_board_is_whole(  # type: ignore[no-untyped-def]
    browser, address: str, owner: Database, city: TestCity
) -> None:
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        page.wait_for_selector(READY)
        call(owner, "before")
        page.wait_for_selector(_card("before"))
        with away(city):
            page.wait_for_selector(".board .banner:has-text('The database is not reachable since ')")
            assert page.locator(_card("before")).count() == 1
            keep_picture(page, "board-database-lost")
        owner.engine.dispose()
        call(owner, "meanwhile")
        page.wait_for_selector(_card("meanwhile"))
        page.wait_for_selector(".board .banner:has-text('Connected again. Nothing was missed.')")


def test_a_server_that_goes_and_comes_back_is_noticed_and_nothing_is_missed(  # type: ignore[no-untyped-def]
    browser, owner: Database, city: TestCity, tmp_path: Path
) -> None:
    (tmp_path / "one").mkdir()
    with serving(city, tmp_path / "one") as where:
        port, given = where.rpartition(":")[2], _environment(city, tmp_path / "one")
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.goto(f"{where}/find?lang=ko")
        page.wait_for_selector(READY)
        call(owner, "before")
        page.wait_for_selector(_card("before"))
    page.wait_for_selector(".board .banner:has-text('연결이 끊겼습니다')")
    keep_picture(page, "board-server-lost")
    call(owner, "meanwhile")
    close(owner, "before")
    command = [sys.executable, "-m", "app.web", "127.0.0.1", port]
    with running(command, tmp_path / "log", cwd=tmp_path / "one", given=given) as served:
        wait_for(f"{where}/_stcore/health", served, tmp_path / "log")
        page.wait_for_selector(_card("meanwhile"))
        page.wait_for_selector(_card("before"), state="detached")
        assert page.locator(".board").get_attribute("data-events") == "3"
        context.close()


def test_silence_is_a_loss_and_is_repaired(browser, address: str, owner: Database) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    # A stream that is open and says nothing, as behind a proxy that died: the first two of them.
    silent = """
      const Real = window.EventSource;
      let left = 2;
      window.EventSource = function (address) {
        return left-- > 0 ? { addEventListener() {}, close() {} } : new Real(address);
      };
    """
    page.add_init_script(silent)
    page.goto(f"{address}/find?lang=en")
    page.wait_for_selector(".board .banner:has-text('Connection lost since ')")
    call(owner, "a")
    page.wait_for_selector(_card("a"))
    page.wait_for_selector(".board .banner.lost", state="detached")
    context.close()


def test_boards_by_the_dozen_lose_no_event_and_keep_the_order(  # type: ignore[no-untyped-def]
    browser, address: str, owner: Database, long_run: bool
) -> None:
    boards, events = (19, 600) if long_run else (4, 40)
    watchers = [Watcher(address) for _ in range(boards)]
    for each in watchers:
        each.start()
        assert each.ready.wait(30)
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        page.wait_for_selector(READY)
        start = time.monotonic()
        for number in range(events):
            call(owner, f"n{number}", urgency=number % 5, east_m=float(number % 40) * 10)
            time.sleep(max(0.0, start + (number + 1) / 10 - time.monotonic()))
        page.wait_for_selector(f".board[data-events='{events}']")
        assert page.locator(".board li[data-shown]").count() == events
        until = time.monotonic() + 30
        while time.monotonic() < until and any(len(each.events()) < events for each in watchers):
            time.sleep(0.1)
    taken = [each.events() for each in watchers]
    assert all(numbers == taken[0] for numbers in taken)
    assert len(taken[0]) == events
    assert taken[0] == sorted(set(taken[0]))
    assert [each.losses for each in watchers] == [0] * boards
    for each in watchers:
        each.leave.set()
    for each in watchers:
        each.join(20)


def test_what_is_no_number_of_an_event_is_refused(address: str) -> None:
    for wrong in ("x", "-3"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}/live?after={wrong}", timeout=10)
        assert refused.value.code == 400
    with urlopen(f"{address}/live?ask=1", timeout=10) as answer:
        assert answer.status == 204


def _environment(city: TestCity, folder: Path) -> dict[str, str]:
    """Return what `serving` gave the process, to start it again at the same address."""
    return {
        "GOLMOK_DATABASE_URL": city.server.uri("postgres"),
        "GOLMOK_DISTRICTS": str(folder),
        "GOLMOK_DISTRICT": city.name.removeprefix("golmok_"),
    }
