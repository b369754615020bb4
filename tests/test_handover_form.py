"""The form of the hand-over sheet on Find: who, what for, and the sheet of this place alone."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import board, livemap, session
from app.services import find, handover
from tests import answers
from tests.pages import visited

TYPED = "37.5791, 126.9368"


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Catch what sheets are asked for."""
    asked: list[tuple[Any, ...]] = []

    def sheet(
        _db: object, about: Any, *, taking: Any, roles: Any, density_class: str, lang: str
    ) -> tuple[str, dict[str, Any]]:
        asked.append((about, taking, density_class, lang))
        return f"<html>sheet {len(asked)}</html>", {}

    camera = answers.camera(1, "certain", 12.0, p_sees=1.0)
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(livemap, "_component", lambda **_given: None)
    monkeypatch.setattr(find, "nearest", lambda *_given, **_options: answers.nearest(camera))
    monkeypatch.setattr(handover, "sheet", sheet)
    return asked


def _find_page() -> None:
    from app.views import find

    find.page()


def _page() -> AppTest:
    return visited(_find_page, place=TYPED)


def _fill(test: AppTest, who: str, purpose: str) -> None:
    test.text_input(key="handover_who").set_value(who)
    test.text_input(key="handover_purpose").set_value(purpose)
    test.button(key="handover_make").click().run()
    assert not test.exception


def test_a_sheet_is_made_for_a_name_and_a_purpose(taken: list[tuple[Any, ...]]) -> None:
    test = _page()
    assert test.get("download_button") == []
    _fill(test, " Kim ", "hand-over to the police")
    about, taking, density_class, lang = taken[0]
    assert (about.lat, about.lon, about.incident) == (37.5791, 126.9368, None)
    assert (taking.edition, taking.who, taking.purpose) == ("internal", "Kim", "hand-over to the police")
    assert (density_class, lang) == ("observe", "en")
    assert (about.incident_class, about.about) == (None, None)
    assert len(test.get("download_button")) == 1


@pytest.mark.parametrize(("who", "purpose"), [("", "audit"), ("Kim", " ")])
def test_without_one_of_them_there_is_no_sheet(taken: list[tuple[Any, ...]], who: str, purpose: str) -> None:
    test = _page()
    _fill(test, who, purpose)
    assert taken == []
    assert "Give both a name and a purpose." in [each.value for each in test.warning]
    assert test.get("download_button") == []


def test_a_sheet_is_not_given_for_another_place(taken: list[tuple[Any, ...]]) -> None:
    test = _page()
    _fill(test, "Kim", "audit")
    test.text_input(key="place").set_value("37.5800, 126.9368").run()
    assert test.get("download_button") == []
    test.text_input(key="place").set_value(TYPED).run()
    assert len(test.get("download_button")) == 1


def test_who_is_signed_in_need_not_type_a_name(
    taken: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "visitor", lambda: "kim@city.example")
    test = _page()
    assert [each.key for each in test.text_input if str(each.key).startswith("handover")] == [
        "handover_purpose"
    ]
    test.text_input(key="handover_purpose").set_value("audit")
    test.button(key="handover_make").click().run()
    assert taken[0][1].who == "kim@city.example"


def test_to_whom_internal_exports_are_not_open_there_is_no_form(
    taken: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"committee"}))
    assert "handover_make" not in [each.key for each in _page().button]


def test_the_class_and_the_incident_that_the_page_is_about_go_into_the_sheet(
    taken: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = answers.nearest(answers.camera(1, "certain", 12.0, p_sees=1.0)) | {"incident_class": "401"}
    monkeypatch.setattr(find, "nearest", lambda *_given, **_options: told)
    monkeypatch.setattr(board, "opened", lambda: "2013-7")
    _fill(_page(), "Kim", "audit")
    about, *_ = taken[0]
    assert (about.incident, about.incident_class, about.about) == (None, "401", "2013-7")
