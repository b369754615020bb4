"""The pages, run without a browser: what they say for each kind of answer, in both languages, and when all fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import session
from app.services import find, gaps, where, working
from etl.errors import DatabaseUnreachable
from tests import answers
from tests.pages import page_text, visited

CERTAIN = answers.camera(1, "certain", 12.0, p_sees=1.0)
POSSIBLE = answers.camera(2, "possible", 21.0, p_sees=0.2)
ALSO = answers.camera(3, "possible", 31.0, p_sees=0.5)
BLIND = answers.camera(4, "none", 40.0, p_sees=0.0)

TYPED = "37.5791, 126.9368"


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(working, "working", lambda _db, _run: None)
    monkeypatch.setattr(gaps, "choices", lambda _db: answers.choices())


def _find_page() -> None:
    from app.views import find

    find.page()


def _gaps_page() -> None:
    from app.views import gaps

    gaps.page()


def _run(page: Callable[[], None], lang: str = "ko", **address: str) -> AppTest:
    return visited(page, lang, **address)


def _found(monkeypatch: pytest.MonkeyPatch, *cameras: dict[str, Any]) -> list[tuple[Any, ...]]:
    asked: list[tuple[Any, ...]] = []

    def nearest(_db: object, *given: Any, **options: Any) -> dict[str, Any]:
        asked.append((*given, options))
        return answers.nearest(*cameras)

    monkeypatch.setattr(find, "nearest", nearest)
    return asked


def _computed(monkeypatch: pytest.MonkeyPatch, run: dict[str, Any] | None) -> None:
    monkeypatch.setattr(gaps, "latest", lambda _db, **_options: run)


@pytest.mark.parametrize(("lang", "said"), [("ko", "가상의 지역입니다"), ("en", "This district is invented")])
@pytest.mark.parametrize("page", [_find_page, _gaps_page])
def test_each_page_says_that_the_district_is_invented(
    monkeypatch: pytest.MonkeyPatch, page: Callable[[], None], lang: str, said: str
) -> None:
    _computed(monkeypatch, None)
    assert said in page_text(_run(page, lang))


def test_find_asks_nothing_before_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _found(monkeypatch, CERTAIN)
    test = _run(_find_page)
    assert asked == []
    assert "지도를 누르거나" in test.info[0].value


@pytest.mark.parametrize(
    ("cameras", "korean", "english"),
    [
        ((CERTAIN, BLIND), "1대가 이곳을 확실히 봅니다.", "One camera certainly sees this place."),
        (
            (CERTAIN, POSSIBLE, ALSO),
            "1대가 이곳을 확실히 보고, 2대는 볼 수도 있습니다.",
            "One camera certainly sees this place, 2 more may.",
        ),
        (
            (POSSIBLE, BLIND),
            "확실히 보는 카메라는 없습니다. 1대가 볼 수도 있습니다.",
            "No camera certainly sees this place; one may.",
        ),
        ((BLIND,), "이곳을 보는 카메라가 없습니다.", "None. No camera sees this place."),
    ],
)
def test_find_answers_with_the_sentence_that_fits(
    monkeypatch: pytest.MonkeyPatch, cameras: tuple[dict[str, Any], ...], korean: str, english: str
) -> None:
    _found(monkeypatch, *cameras)
    assert korean in page_text(_run(_find_page, "ko", place=TYPED))
    assert english in page_text(_run(_find_page, "en", place=TYPED))


def test_find_tells_the_chance_of_those_that_may(monkeypatch: pytest.MonkeyPatch) -> None:
    _found(monkeypatch, POSSIBLE, ALSO)
    # 1 - (1 - 0.2) * (1 - 0.5) = 0.6
    assert "60 %" in page_text(_run(_find_page, "en", place=TYPED))


def test_find_says_how_far_the_nearest_is_when_none_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    _found(monkeypatch, BLIND)
    assert "40 m" in page_text(_run(_find_page, "en", place=TYPED))


def test_find_shows_the_same_answer_as_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    _found(monkeypatch, CERTAIN, POSSIBLE, BLIND)
    text = page_text(_run(_find_page, "ko", place=TYPED))
    assert re.findall(r'data-role="(\w+)"', text) == ["sees", "may", "near"]
    assert re.findall(r'class="golmok-no golmok-\w+">(\d)<', text) == ["1", "2", "3"]
    for said in ("확실히 봄", "볼 수도 있음, 20 %", "보이지 않음: 이유를 알 수 없음"):
        assert f"<td><span>{said}</span>" in text
    assert text.count("215° 남서") == 3
    assert "80 px/m" in text


def test_one_key_records_what_the_picture_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    _found(monkeypatch, CERTAIN, POSSIBLE, ALSO, BLIND)
    kept: list[tuple[Any, ...]] = []

    def record(service: Callable[..., Any], *given: Any, **options: Any) -> tuple[bool, dict[str, Any]]:
        kept.append((service.__name__, given, options))
        return True, {"evidence_id": 7}

    monkeypatch.setattr(session, "record", record)
    # An operator says so with the keys of the cameras, of every camera: tests/test_watch_page.py.
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    test = _run(_find_page, "en", place=TYPED)
    # Only the two of uncertain sight are asked about, each with the way to the place.
    assert test.selectbox(key="glance_camera").options == [
        f"{camera['camera_key']} · 215° SW" for camera in (POSSIBLE, ALSO)
    ]
    test.button(key="glance_no").click().run()
    place = {"lat": 37.5791, "lon": 126.9368}
    assert kept == [("record", (POSSIBLE["camera_key"],), {**place, "seen": False, "by": None})]
    test.selectbox(key="glance_camera").select(ALSO["camera_key"]).run()
    test.button(key="glance_yes").click().run()
    assert kept[1] == ("record", (ALSO["camera_key"],), {**place, "seen": True, "by": None})


def test_nobody_is_asked_where_the_answer_would_tell_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    # A PTZ may have been turned there, and where the heading is known only the lens is in doubt: no answer tells of an aim.
    _found(monkeypatch, CERTAIN, BLIND, POSSIBLE | {"kind": "ptz"}, ALSO | {"heading_deg": 90.0})
    assert "glance_yes" not in {button.key for button in _run(_find_page, "ko", place=TYPED).button}


def test_find_passes_place_and_class_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _found(monkeypatch, CERTAIN)
    _run(_find_page, "ko", place=TYPED, **{"class": "identify"})
    options = {"density_class": "identify", "incident_class": None, "old_rule": False}
    assert asked[-1] == (126.9368, 37.5791, options)


def test_find_reads_typed_coordinates_and_says_what_it_cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _found(monkeypatch, CERTAIN)
    monkeypatch.setattr(where, "places", lambda _db, _text, **_options: answers.places())
    test = _run(_find_page, "en")
    test.text_input(key="place").set_value("somewhere").run()
    assert "Nothing fits ‘somewhere’. Looked for: names, addresses." in test.warning[0].value
    test.text_input(key="place").set_value("126.9368 37.5791").run()
    assert not test.warning
    assert asked[-1][:2] == (126.9368, 37.5791)


def test_find_keeps_class_and_language_in_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    _found(monkeypatch, CERTAIN)
    test = _run(_find_page, "en", **{"class": "recognise"})
    assert "recognise" in test.query_params["class"]
    # A class that does not exist is not believed.
    assert "observe" in _run(_find_page, "en", **{"class": "x-ray"}).query_params["class"]


def test_gaps_says_share_denominator_range_and_method(monkeypatch: pytest.MonkeyPatch) -> None:
    _computed(monkeypatch, answers.coverage(answers.gap(1, risk=0.5, length_m=120.0)))
    text = page_text(_run(_gaps_page, "en"))
    for part in (
        "31.4 % of 41.3 km",
        "29.0–33.8 %",
        "14.0 %",
        "61.0 %",
        "893 cameras",
        "310 surveyed",
        "31 December 2013",
    ):
        assert part in text
    assert "2013년 12월 31일" in page_text(_run(_gaps_page, "ko"))


def test_gaps_shows_the_ladder_with_its_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    _computed(monkeypatch, answers.coverage())
    text = page_text(_run(_gaps_page, "en", list="classes"))
    assert [text.index(name) for name in ("detect <", "observe <", "recognise <", "identify <")] == sorted(
        text.index(name) for name in ("detect <", "observe <", "recognise <", "identify <")
    )
    assert "52.6–57.4 %" in text  # 55 % +- 2.4


def test_what_the_figures_rest_on_is_folded_away_below_the_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    _computed(monkeypatch, answers.coverage(answers.gap(1, risk=0.5, length_m=20.0)))
    test = _run(_gaps_page, "en")
    (folded,) = test.expander
    inside = "\n".join(str(part.proto.body) for part in folded.get("html"))
    assert "At night 15.7 %" in inside and "What 19,705 buildings hide" in inside
    # The line of the circle is the answer's own: it stands above, once.
    assert "Circles of 50 m" not in inside and page_text(test).count("Circles of 50 m") == 1


def test_gaps_are_listed_by_risk(monkeypatch: pytest.MonkeyPatch) -> None:
    small, grave = answers.gap(1, risk=0.1, length_m=300.0), answers.gap(2, risk=0.9, length_m=20.0)
    _computed(monkeypatch, answers.coverage(small, grave))
    table = _run(_gaps_page, "ko").dataframe[0].value
    assert list(table["alley"]) == ["이름 없는 골목", "가람로"]
    assert list(table["risk"]) == [0.9, 0.1]


def test_gaps_without_streets_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    run = answers.coverage()
    run["alleys"] = dict.fromkeys(run["alleys"]) | {"reason_code": "no_streets"}
    run["ladder"] = [rung | {"share": None, "low": None, "high": None} for rung in run["ladder"]]
    run["buffer50m"] = {"share": 0.71, "overstates": None, "of": "open ground", "radius_m": 50}
    run["load_next"] = ["streets"]
    _computed(monkeypatch, run)
    text = page_text(_run(_gaps_page, "en"))
    assert "Alley coverage needs streets" in text
    assert "an upper bound" in text
    assert "To load next: juso or city" in text


def test_gaps_before_the_first_computation_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    _computed(monkeypatch, None)
    assert "golmok coverage --class observe" in _run(_gaps_page, "en").info[0].value


@pytest.mark.parametrize(
    ("error", "said"),
    [(DatabaseUnreachable("socket gone"), "golmok db up"), (ZeroDivisionError("secret"), "a fault of ours")],
)
def test_a_failing_service_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fails(*_given: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(gaps, "latest", fails)
    test = _run(_gaps_page, "en")
    assert said in test.error[0].value
    assert "secret" not in test.error[0].value
    assert test.button(key="again")


def test_a_database_that_comes_back_between_two_questions_is_nobody_s_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[int] = []

    def latest(_db: object, **_options: object) -> dict[str, Any]:
        tries.append(1)
        if len(tries) == 1:
            raise DatabaseUnreachable("restarting")
        return answers.coverage()

    monkeypatch.setattr(gaps, "latest", latest)
    test = _run(_gaps_page, "en")
    assert len(tries) == 2
    assert not test.error
