"""The place field of Find: what was understood is said, of several one is picked by key, and a link opens the same."""

from __future__ import annotations

from typing import Any

import pytest

from app import session
from app.services import find, watching, where
from tests import answers
from tests.pages import page_text, visited

HERE = answers.place("road")
THERE = answers.place("building", lat=37.58, lon=126.94, label_ko="버들집", label_en="버들집")


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Answer every question about a place with one camera; return which were asked, and for which class."""
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    questions: list[tuple[Any, ...]] = []

    def nearest(_db: object, lon: float, lat: float, **options: Any) -> dict[str, Any]:
        questions.append((lat, lon, options["incident_class"]))
        return answers.nearest(answers.camera(1, "certain", 12.0, p_sees=1.0))

    monkeypatch.setattr(find, "nearest", nearest)
    return questions


def _found(monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any]) -> list[dict[str, Any]]:
    looked_up: list[dict[str, Any]] = []

    def places(_db: object, typed: str, **options: Any) -> dict[str, Any]:
        looked_up.append({"typed": typed, **options})
        return answer

    monkeypatch.setattr(where, "places", places)
    return looked_up


def _page() -> None:
    from app.views import find

    find.page()


def test_one_place_is_answered_and_said(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    guessed = HERE | {"read_as": "버들로", "confidence": 0.9}
    _found(monkeypatch, answers.places(guessed))
    text = page_text(visited(_page, place="버둘로 4"))
    assert "road address 버들로 4 (‘버둘로 4’ read as 버들로)" in text
    assert asked == [(37.5791, 126.9368, None)]


def test_plain_degrees_ask_no_database_for_their_place(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    looked_up = _found(monkeypatch, answers.places())
    visited(_page, place="37.5791, 126.9368")
    assert (looked_up, asked) == ([], [(37.5791, 126.9368, None)])


def test_of_several_places_none_is_taken_until_one_is_picked(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    _found(monkeypatch, answers.places(HERE, THERE, more=3))
    test = visited(_page, place="버들")
    text = page_text(test)
    assert "2 places fit. Pick one." in text and "3 more are not listed" in text
    assert asked == []
    picks = [button for button in test.button if (button.key or "").startswith("place_pick")]
    assert [button.label for button in picks] == ["road address 버들로 4", "building 버들집"]
    test.button(key="place_pick_2").click().run()
    assert asked == [(37.58, 126.94, None)]
    assert test.query_params["pick"] == "37.580000,126.940000"
    test.button(key="place_again").click().run()
    assert "2 places fit" in page_text(test) and "pick" not in test.query_params
    assert len(asked) == 1


def test_a_link_opens_the_place_that_was_picked_and_no_other(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    _found(monkeypatch, answers.places(HERE, THERE))
    visited(_page, place="버들", pick="37.580000,126.940000")
    assert asked == [(37.58, 126.94, None)]
    # a place that is none of those anymore is not believed
    assert "2 places fit" in page_text(visited(_page, place="버들", pick="37.500000,126.900000"))
    assert len(asked) == 1


def test_what_fits_nothing_offers_the_nearest_names(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    _found(monkeypatch, answers.places(near=["버들로 4", "버들로 6"], no_number="버들로"))
    test = visited(_page, place="버들로 99")
    warning = test.warning[0].value
    assert "Nothing fits ‘버들로 99’" in warning and "버들로 is known, that number of it is not." in warning
    assert asked == []
    _found(monkeypatch, answers.places(HERE))
    test.button(key="place_near_1").click().run()
    assert test.text_input(key="place").value == "버들로 4"
    assert asked == [(37.5791, 126.9368, None)]


def test_an_incident_brings_its_class_and_is_read_once_a_visit(
    monkeypatch: pytest.MonkeyPatch, asked: list[tuple[Any, ...]]
) -> None:
    incident = answers.place("incident", key="2013-1", incident_class="101")
    looked_up = _found(monkeypatch, answers.places(incident))
    test = visited(_page, place="사건 2013-1")
    assert asked == [(37.5791, 126.9368, "101")]
    assert looked_up[0]["purpose"] == "find the cameras that see an incident"
    assert "operator" in looked_up[0]["roles"]
    # what is chosen counts for more, and asks the log no second time
    test.selectbox(key="call").select("401").run()
    assert asked[-1] == (37.5791, 126.9368, "401") and len(looked_up) == 1


def test_cameras_are_opened_for_the_incident_whose_number_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    about: list[watching.Watch] = []
    monkeypatch.setattr(watching, "ground", lambda _db, watch: about.append(watch))
    incident = answers.place("incident", key="2013-1", incident_class="101")
    _found(monkeypatch, answers.places(incident))
    visited(_page, place="사건 2013-1")
    assert {(watch.incident_key, watch.incident_class) for watch in about} == {("2013-1", "101")}
    # Of a sensitive class planners see the middle of a cell: that is no incident's place.
    _found(monkeypatch, answers.places(incident | {"how": "cell"}))
    about.clear()
    visited(_page, place="사건 2013-1")
    assert {watch.incident_key for watch in about} == {None}
