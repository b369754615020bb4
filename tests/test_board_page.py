"""The page's part of the board, without a browser: what the component is handed, and what a press on a call asks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from app import board, session
from app.services import find
from tests import answers
from tests.pages import visited

PLACE = "37.579100, 126.936800"


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Answer every question with one camera; return the classes that were asked for."""
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    questions: list[Any] = []

    def nearest(_db: object, *_given: Any, **options: Any) -> dict[str, Any]:
        questions.append(options["incident_class"])
        camera = answers.camera(1, "certain", 12.0, p_sees=1.0)
        return answers.nearest(camera) | {"old_rule": None}

    monkeypatch.setattr(find, "nearest", nearest)
    return questions


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what the component is handed."""
    caught: dict[str, Any] = {}
    monkeypatch.setattr(board, "_component", lambda **given: caught.update(given))
    return caught


def _page() -> None:
    from app.views import find

    find.page()


def test_the_component_is_handed_every_text_in_the_language_of_the_page(handed: dict[str, Any]) -> None:
    visited(_page, "en")
    told = handed["data"]
    assert told["address"] == "/live"
    assert told["timezone"] == "Asia/Seoul"
    assert told["open_hours"] == 24.0
    # What is in braces is filled by the browser.
    assert told["texts"]["minutes"] == "{m} min {s} s ago"
    assert told["urgencies"]["0"] == "Code 0 critical"
    assert told["calls"]["301"] == "301 quarrel"
    assert told["opened"] is None
    visited(_page, "ko")
    assert handed["data"]["texts"]["none"] == "보는 카메라 없음"


def test_an_incident_in_the_address_is_the_open_one_until_another_place_is_asked(
    handed: dict[str, Any],
) -> None:
    test = visited(_page, place=PLACE, incident="2026-1", **{"for": "301"})
    assert handed["data"]["opened"] == "2026-1"
    assert test.query_params["incident"] == "2026-1"
    test.text_input(key="place").set_value("37.58, 126.94").run()
    test.run()
    assert handed["data"]["opened"] is None
    assert "incident" not in test.query_params


def test_a_class_that_find_does_not_offer_by_itself_is_taken_from_the_address(asked: list[Any]) -> None:
    test = visited(_page, place=PLACE, **{"for": "301"})
    assert asked[-1] == "301"
    assert test.selectbox(key="call").value == "301"
    assert "301 quarrel" in test.selectbox(key="call").options
    visited(_page, place=PLACE, **{"for": "999"})
    assert asked[-1] is None


@pytest.mark.parametrize(("code", "call"), [("102", "102"), ("301", "301"), ("999", None), (None, None)])
def test_a_press_on_a_call_puts_it_into_the_fields(
    monkeypatch: pytest.MonkeyPatch, code: str | None, call: str | None
) -> None:
    chosen = {
        "incident_key": "2026-1",
        "lat": 37.5791,
        "lon": 126.9368,
        "class_code": code,
        "occurred_at": "2026-11-26T10:00:00+00:00",
    }
    held: dict[str, Any] = {"board": SimpleNamespace(open=chosen)}
    monkeypatch.setattr(st, "session_state", held)
    board._open()
    assert (held["place"], held["call"], held["incident"]) == (PLACE, call, ("2026-1", PLACE))


def test_a_run_without_a_press_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[str, Any] = {"board": SimpleNamespace(open=None), "place": "kept"}
    monkeypatch.setattr(st, "session_state", held)
    board._open()
    assert held["place"] == "kept"
    held.pop("board")
    board._open()
    assert held == {"place": "kept"}
