"""Twenty visitors at once: one in a browser, nineteen by the page's own protocol. Each gets its own answer, nobody another's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.phrases import find_sentence
from app.services import find
from app.visitor import NoAnswer, Told, at_once, visit
from etl.db import Database

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

VISITORS, ROUNDS = 19, 3
LAT, LON = 37.5791, 126.9368


def _places() -> list[tuple[float, float]]:
    """Return a place for each visitor, 4 m apart along the street of the toy city: some are seen, some are not."""
    return [(LAT, round(LON + 4.5e-5 * (n - VISITORS // 2), 6)) for n in range(VISITORS)]


def _named(place: tuple[float, float]) -> str:
    return f"{place[0]:.6f}, {place[1]:.6f}"


def _right(staff: Database, place: tuple[float, float]) -> str:
    return find_sentence(find.nearest(staff, place[1], place[0]), "en")


def test_nineteen_and_a_browser_each_get_their_own_answer(
    browser: Any, address: str, staff: Database
) -> None:
    places = _places()
    right = [_right(staff, place) for place in places]
    # The test could not fail if all had the same answer.
    assert len(set(right)) > 1
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(f"{address}/find?lang=en")
    page.wait_for_selector(".map[data-drawn]")
    with ThreadPoolExecutor(1) as aside:
        crowd = aside.submit(at_once, address, places, rounds=ROUNDS)
        for _ in range(ROUNDS):
            for place in (places[0], places[VISITORS // 2]):
                page.locator("input[type=text]").first.fill(_named(place))
                page.keyboard.press("Enter")
                page.wait_for_selector(f".golmok-small:has-text('{_named(place)}')")
                assert page.locator(".golmok-answer").inner_text() == _right(staff, place)
        told = crowd.result()
    context.close()
    assert [len(each) for each in told] == [ROUNDS] * VISITORS
    for place, sentence, rounds in zip(places, right, told, strict=True):
        for answer in rounds:
            assert sentence in answer.text.splitlines()
            others = {_named(other) for other in places if other != place}
            assert _named(place) in answer.text
            assert not any(other in answer.text for other in others)


def test_one_visitor_may_ask_again_and_again(address: str, staff: Database) -> None:
    with visit(address, lang="ko") as visitor:
        for place in (_places()[9], _places()[0], _places()[9]):
            told = visitor.ask(*place)
            assert isinstance(told, Told)
            assert _named(place) in told.text
            assert find_sentence(find.nearest(staff, place[1], place[0]), "ko") in told.text
            assert told.seconds > 0.0


def test_a_page_that_nobody_serves_is_no_answer(address: str) -> None:
    with pytest.raises((NoAnswer, OSError)), visit(address.replace("127.0.0.1", "127.0.0.2")):
        pass
