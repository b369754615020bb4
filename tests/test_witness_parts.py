"""The part of Find that asks who could have recorded the place: the form, the answer kept for this place, the map, the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from app import livemap, session
from app.roles import LOCAL
from app.services import cases, find, witness, witness_out
from app.services.witness_out import RequestFile
from tests import answers, witness_answers
from tests.pages import page_text, visited

TYPED = "37.5791, 126.9368"


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


class _Seen:
    """What was asked, drawn and taken."""

    def __init__(self) -> None:
        self.asked: list[tuple[witness.Asked, str | None]] = []
        self.drawn: list[dict[str, Any]] = []
        self.taken: list[tuple[str, str]] = []
        self.refusal: Exception | None = None


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> _Seen:
    """Answer every question with three cameras, one of them gone."""
    caught = _Seen()

    def ask(_db: object, asked: witness.Asked, *, who: str | None) -> dict[str, Any]:
        if caught.refusal is not None:
            raise caught.refusal
        caught.asked.append((asked, who))
        point = {"lat": asked.lat, "lon": asked.lon}
        return witness_answers.answer(point=point)

    def take(_db: object, _answer: object, taking: Any, *, form: str, lang: str) -> RequestFile:
        caught.taken.append((taking.who, form))
        return RequestFile(f"request.{form}", b"list", rows=2)

    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.drawn.append(given["data"]))
    monkeypatch.setattr(
        find,
        "nearest",
        lambda *_given, **_options: answers.nearest(answers.camera(1, "certain", 12.0, p_sees=1.0)),
    )
    monkeypatch.setattr(witness, "witness", ask)
    monkeypatch.setattr(witness_out, "take", take)
    return caught


def _find_page() -> None:
    from app.views import find

    find.page()


def _ask(test: AppTest, case: str = "2013-77") -> None:
    test.text_input(key="witness_case").set_value(case)
    test.number_input(key="within").set_value(30)
    test.datetime_input(key="recorded_from").set_value(datetime.fromisoformat("2013-06-25T12:00"))
    test.datetime_input(key="recorded_to").set_value(datetime.fromisoformat("2013-06-25T13:30"))
    test.button(key="witness_ask").click().run()
    assert not test.exception


def test_a_question_is_put_once_and_its_answer_is_kept(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    assert seen.asked == []
    _ask(test)
    ((asked, who),) = seen.asked
    assert (asked.case_no, asked.lat, asked.lon, asked.radius_m, who) == (
        "2013-77",
        37.5791,
        126.9368,
        30.0,
        None,
    )
    noon = datetime(2013, 6, 25, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))
    assert (asked.since, asked.until, asked.density_class) == (
        noon,
        noon.replace(hour=13, minute=30),
        "observe",
    )
    assert (
        "Cameras that could have recorded it, their footage not yet deleted: 2; for certain: 1."
        in page_text(test)
    )
    # A rerun of the page asks nobody anew: each question would leave a row in the log.
    test.run()
    assert len(seen.asked) == 1
    assert "their footage not yet deleted: 2" in page_text(test)


def test_the_map_draws_the_area_and_who_could_have_recorded(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test)
    drawn = seen.drawn[-1]
    assert [mark["sight"] for mark in drawn["cameras"]] == ["certain", "possible", "none"]
    assert drawn["focus"]["geometry"] == {
        "type": "Polygon",
        "coordinates": [witness_answers.answer()["ring"]],
    }
    assert drawn["filter"] == {"density_class": "observe", "at": "2013-06-25"}
    assert drawn["legend"] == [{"ink": "place", "text": "Area asked about"}]


def test_an_answer_stands_for_its_own_place_alone(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test)
    test.text_input(key="place").set_value("37.5800, 126.9368").run()
    assert "footage not yet deleted" not in page_text(test)
    assert seen.drawn[-1]["legend"] == []


def test_the_table_tells_the_same(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test)
    (table,) = (each.value for each in test.dataframe if "left" in each.value)
    assert table["left"].tolist() == ["5 days left", "retention unknown", "deleted since 29 June 2013"]
    assert table["part"].tolist() == ["75.0 % certain", "6.2 % (0.0–25.0 %)", "75.0 % certain"]
    assert table["no"].tolist() == [1, 2, 3]


def test_what_cannot_be_asked_is_a_sentence(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test, case=" ")
    assert [each.value for each in test.warning] == [
        "Say the number of the case: who could have recorded it is told for an open case alone."
    ]
    seen.refusal = cases.CaseNotOpen("9")
    _ask(test, case="9")
    assert test.warning[0].value.startswith("No case of this number is open (9).")
    assert seen.asked == []


def test_the_map_keeps_nothing_of_an_earlier_case(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test)
    assert "witness_answer" in test.session_state
    seen.refusal = cases.CaseNotOpen("9")
    _ask(test, case="9")
    assert "witness_answer" not in test.session_state
    assert test.warning[0].value.startswith("No case of this number is open (9).")
    # What was drawn with the earlier answer is drawn anew without it.
    assert not test.dataframe


def test_the_list_is_made_for_a_name(seen: _Seen) -> None:
    test = visited(_find_page, place=TYPED, part="then")
    _ask(test)
    test.button(key="witness_make").click().run()
    assert [each.value for each in test.warning] == ["Say who takes it."]
    test.text_input(key="witness_who").set_value(" Kim ")
    test.button(key="witness_make").click().run()
    assert seen.taken == [("Kim", "xlsx")]
    assert len(test.get("download_button")) == 1
    # Another question has another list.
    _ask(test)
    assert test.get("download_button") == []


def test_a_planner_is_not_offered_it(seen: _Seen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    test = visited(_find_page, place=TYPED, part="then")
    assert [each.key for each in test.text_input if each.key == "witness_case"] == []
    assert "then" not in [option for choice in test.segmented_control for option in choice.options]
    monkeypatch.setattr(session, "roles", lambda: LOCAL)
    test.run()
    test.segmented_control(key="part").set_value("then").run()
    assert [each.key for each in test.text_input if each.key == "witness_case"] == ["witness_case"]


def test_a_link_asks_for_the_same_place_radius_and_time_but_names_no_case(seen: _Seen) -> None:
    test = visited(
        _find_page,
        place=TYPED,
        part="then",
        within="80",
        recorded_from="2013-06-25T12:00",
        recorded_to="2013-06-25T13:00",
    )
    assert test.number_input(key="within").value == 80
    assert test.datetime_input(key="recorded_from").value == datetime.fromisoformat("2013-06-25T12:00")
    assert test.text_input(key="witness_case").value == ""
    _ask(test)
    assert "2013-77" not in str(dict(test.query_params))
