"""Without WebGL2: the pages hand the component a simple map, say what it holds, and keep every answer in the table."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import livemap, session
from app.services import around, find, gaps, plain_maps
from app.services.around import collection
from tests import answers
from tests.pages import page_text, visited
from tests.test_takeaway import unescaped

TYPED = "37.5791, 126.9368"
PLACE = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [126.9368, 37.5791]},
    "properties": {},
}


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what the component is handed, and which layers were asked for, on a server without database."""
    caught: dict[str, Any] = {"asked": []}

    def layers(_db: object, answer: Any, *, most: int) -> dict[str, Any]:
        caught["asked"].append(("answer", answer["point"], most))
        return {"place": collection([PLACE])}

    def of_district(_db: object, *, most: int) -> dict[str, Any]:
        caught["asked"].append(("district", most))
        return {"boundaries": collection([])}

    def of_gaps(_db: object, run: Any, chosen: Any, *, most: int) -> dict[str, Any]:
        caught["asked"].append(("gaps", run["run_id"], most))
        return {"gaps": collection([]), "place": collection([])}

    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(around, "layers", layers)
    monkeypatch.setattr(plain_maps, "of_district", of_district)
    monkeypatch.setattr(plain_maps, "of_gaps", of_gaps)
    return caught


def _find_page() -> None:
    from app.views import find

    find.page()


def _gaps_page() -> None:
    from app.views import gaps

    gaps.page()


def _run(page: Any, *, absent: bool = True, lang: str = "en", **address: str) -> AppTest:
    return visited(page, lang, held={"no_webgl": True} if absent else {}, **address)


def test_a_browser_that_can_draw_is_given_none(
    handed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find, "nearest", lambda *_given, **_options: answers.nearest())
    _run(_find_page, absent=False, place=TYPED)
    assert handed["data"]["simple"] is None
    assert handed["asked"] == []


def test_what_the_component_tells_is_remembered(handed: dict[str, Any]) -> None:
    test = _run(_find_page, absent=False)
    assert "no_webgl" not in test.session_state
    assert handed["on_webgl_change"].__name__ == "note_absent"

    def told() -> None:
        from app import simple_map

        simple_map.note_absent()

    after = AppTest.from_function(told).run()
    assert after.session_state["no_webgl"] is True


def test_find_draws_the_answer_and_says_what_is_left_out(
    handed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = answers.camera(1, "certain", 12.0, p_sees=1.0)
    monkeypatch.setattr(find, "nearest", lambda *_given, **_options: answers.nearest(camera))
    test = _run(_find_page, place=TYPED)
    simple = handed["data"]["simple"]
    assert handed["asked"] == [("answer", answers.PLACE, 500)]
    assert simple["note"] == (
        "No WebGL2 here: a simple map with at most 500 objects (the place, cameras and what they see, then the nearest "
        "streets and buildings). The table holds all of the answer."
    )
    assert "126.9368, 37.5791" in simple["html"]
    # library and typeface from our own server, nothing from another
    assert 'src="/vendor/leaflet/leaflet.js"' in simple["html"] and "://" not in simple["html"].replace(
        "http://www.w3.org", ""
    )
    assert 'data-role="sees"' in page_text(test)


def test_before_a_question_the_district_stands(handed: dict[str, Any]) -> None:
    _run(_find_page, lang="ko")
    assert handed["asked"] == [("district", 500)]
    assert handed["data"]["simple"]["note"].endswith("(동, 위험 구역, 설치 지점 순).")


def test_gaps_draws_the_computation(handed: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    run = answers.coverage(answers.gap(1, risk=0.5, length_m=88.0))
    monkeypatch.setattr(gaps, "choices", lambda _db: answers.choices())
    monkeypatch.setattr(gaps, "latest", lambda _db, **_options: run)
    _run(_gaps_page)
    assert handed["asked"] == [("gaps", run["run_id"], 500)]
    assert "then gaps by risk" in handed["data"]["simple"]["note"]
    assert "구역" not in unescaped(handed["data"]["simple"]["html"])


def test_without_a_computation_the_district_stands(
    handed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "latest", lambda _db, **_options: None)
    _run(_gaps_page)
    assert handed["asked"] == [("district", 500)]


def test_a_database_that_fails_leaves_the_map_as_it_was(
    handed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_options: object) -> None:
        raise RuntimeError("no rows")

    monkeypatch.setattr(plain_maps, "of_district", broken)
    test = _run(_find_page)
    assert handed["data"]["simple"] is None
    assert len(test.error) == 1
