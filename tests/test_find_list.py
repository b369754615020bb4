"""The list of an answer on the page and in the terminal: what each camera does, numbered as on the map."""

from __future__ import annotations

import re
from typing import Any

import pytest
import streamlit as st

from app import find_list, livemap, printing, session
from app.phrases_answer import lines, preset, way
from app.services.ranking import ranked
from tests import answers

SEES = answers.camera(1, "certain", 12.0, p_sees=1.0)
MAY = answers.camera(2, "possible", 20.0, p_sees=0.2)
WAY = {"lat": 37.58, "lon": 126.94, "along_m": 41.7, "street": "가람로", "dead_end": False, "seen_by": 1}
WATCHES = answers.camera(3, "none", 30.0, p_sees=0.0) | {"role": "approach", "approach": WAY, "why": "wall"}
OTHER = answers.camera(4, "possible", 9.0, p_sees=0.5) | {"group": 2}
DOWN = answers.camera(5, "certain", 8.0, p_sees=1.0) | {
    "role": "down", "status": "down", "sees": False, "down_since": "2013-10-22T14:55:00+09:00",
    "replaced_by": {"camera_id": 2, "camera_key": "2011-2", "overlap_share": 0.624, "sight": "certain"},
}  # fmt: skip


def drawn(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], lang: str = "en", *, opened: bool = False
) -> str:
    shown: list[str] = []
    monkeypatch.setattr(st, "html", shown.append)
    find_list.draw(answer, lang, opened=opened)
    return "".join(shown)


def test_the_list_has_a_row_a_camera_in_order_and_no_name_of_the_closed_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = answers.nearest(SEES, MAY, WATCHES, OTHER)
    text = drawn(monkeypatch, answer)
    assert re.findall(r'data-role="(\w+)"', text) == ["sees", "may", "approach"]
    assert "2011-4" not in text and "Installed for other purposes: 1" in text
    assert "certainly sees the junction 42 m along 가람로" in text
    # No table without a name, no row without a head.
    assert text.count("<table aria-label=") == 1 and text.count('<th scope="row">') == 3
    opened = drawn(monkeypatch, answer, opened=True)
    # The numbers go on from one group to the next.
    assert re.findall(r'golmok-no golmok-\w+">(\d)<', opened) == ["1", "2", "3", "4"]
    assert "2011-4" in opened and "opened on the recorded emergency ground" in opened


def test_what_a_registry_says_is_text_and_no_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, answers.nearest(SEES | {"camera_key": "<b>1", "site": "a&b"}))
    assert "&lt;b&gt;1" in text and "a&amp;b" in text and "<b>" not in text


def test_nothing_to_list_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, answers.nearest()) == ""


def test_an_outage_names_its_day_and_who_stands_in(monkeypatch: pytest.MonkeyPatch) -> None:
    text = drawn(monkeypatch, answers.nearest(MAY | {"replaces": [5]}, DOWN), "ko")
    assert "2013년 10월 22일부터 고장 · 대신 2011-2: 그 시야의 62 %를 봄" in text
    assert "고장 난 2011-5 대신" in text


def test_the_terminal_says_the_same_and_names_the_closed_ones_when_they_are_opened(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    answer = answers.nearest(SEES, WATCHES, DOWN, OTHER)
    printing.nearest(answer)
    told = capsys.readouterr().out
    assert "- 2011-3: does not see: a wall · certainly sees the junction 42 m along 가람로" in told
    assert "- 2011-5: out of order since 22 October 2013 · instead 2011-2: sees 62 % of its view" in told
    assert "Installed for other purposes: 1" in told and "2011-4" not in told
    printing.nearest(answer, opened=True)
    assert "2011-4" in capsys.readouterr().out


def test_the_map_draws_the_ways_and_numbers_those_that_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "language", lambda: "en")
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    answer = answers.nearest(SEES, WATCHES, OTHER) | {"approaches": [WAY, WAY | {"seen_by": 0}]}
    livemap.find_map(answer, answers.PLACE, density_class="observe", on_click=lambda: None)
    drawn = caught["data"]
    assert [mark["camera_id"] for mark in drawn["cameras"]] == [1, 3]
    assert [mark["approach"] for mark in drawn["cameras"]] == [None, {"lat": 37.58, "lon": 126.94}]
    assert [mark["seen_by"] for mark in drawn["approaches"]] == [1, 0]
    assert drawn["legend"][0]["text"].startswith("Diamond")
    livemap.find_map(answer, answers.PLACE, density_class="observe", on_click=lambda: None, opened=True)
    assert [mark["camera_id"] for mark in caught["data"]["cameras"]] == [1, 3, 4]


def test_ways_and_presets_in_words() -> None:
    assert way(WAY | {"street": None, "dead_end": True}, "en") == "the alley's end 42 m along the street"
    assert way(WAY | {"dead_end": True}, "ko") == "가람로 42 m 앞 골목 끝"
    assert preset({"preset_no": 3, "off_deg": 0.4}, "en") == "preset 3"
    assert preset({"preset_no": 3, "off_deg": 22.5}, "ko") == "프리셋 3에서 22°"
    assert preset(None, "en") == "no preset near"
    assert list(lines(answers.nearest(SEES), "en")) == []


def test_the_order_by_role_light_and_class() -> None:
    def camera(number: int, **changes: Any) -> dict[str, Any]:
        sight = "none" if changes.get("approach") else "certain"
        return answers.camera(number, sight, float(number), p_sees=1.0) | {"by_night": True} | changes

    turns = answers.camera(9, "possible", 1.0, p_sees=0.0) | {"must_turn": True, "sees": False}
    given = [
        camera(1, approach=WAY),
        camera(2, by_night=False),
        camera(3, by_night=None),
        camera(4, class_by_night="observe"),
        camera(5, class_by_night="recognise"),
        turns,
    ]
    night = ranked(given, by="night")
    assert [row["camera_id"] for row in night] == [5, 4, 3, 2, 9, 1]
    assert [row["role"] for row in night] == ["sees"] * 4 + ["turns", "approach"]
    assert [row["seen_now"] for row in night] == [True, True, None, False, None, False]
    # By day all four have the class observe: the nearest goes first.
    assert [row["camera_id"] for row in ranked(given, by="day")] == [2, 3, 4, 5, 9, 1]
    apart = [row | {"use": {"allowed": row["camera_id"] != 2, "ground": None}} for row in given]
    assert [(row["camera_id"], row["group"]) for row in ranked(apart, by="day")][-1] == (2, 2)


def test_the_likeliest_goes_first_among_those_that_may() -> None:
    rows = [answers.camera(n, "possible", float(n), p_sees=p) for n, p in ((1, 0.1), (2, 0.6), (3, 0.6))]
    rows.append(answers.camera(4, "possible", 4.0, p_sees=0.5) | {"p_sees": None})
    assert [row["camera_id"] for row in ranked(rows, by="day")] == [2, 3, 1, 4]
