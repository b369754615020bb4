"""The curves beside a plan: their rows never flatter, money in words, the charts' parts, and the page's part."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

from app import chart_frame, computing, phrases_curves, plan_charts, plan_curves, session
from app.plan_around import curve_rows, down, frontier_rows, up
from spatial.curves import Intruding, Spent
from tests.pages import page_text, visited

CURVE = [
    {"won": 0, "cameras": 0, "after": 0.31, "bound": 0.31},
    {"won": 24_000_000, "cameras": 1, "after": 0.329999, "bound": 0.330001},
    {"won": 120_000_000, "cameras": 5, "after": 0.36, "bound": 0.38},
]
FRONTIER = [
    {"most_m2": 0.0, "intrusion_m2": 0.0, "after": 0.33, "cost_won": 100_000_000, "cameras": 4},
    {"most_m2": 2400.0, "intrusion_m2": 2310.4, "after": 0.36, "cost_won": 120_000_000, "cameras": 5},
]
ANSWER: dict[str, Any] = {
    "plan_id": 12,
    "curve": CURVE, "frontier": FRONTIER, "chosen": [{}] * 5, "cost_won": 120_000_000, "after": 0.362,
    "intrusion": {"plots_m2": 2310.4, "facades": 3},
    "index50m": {"after": 0.341, "cells": 5, "chosen": [{}] * 4},
}  # fmt: skip


def test_what_is_reached_is_rounded_down_and_a_bound_up() -> None:
    points = [Spent(0.0, 0, 0.0, 0.0), Spent(3e7, 1, 1.0, 1.0000001)]
    first, last = curve_rows(points, lambda seen: 0.3 + seen / 3.0)
    assert first == {"won": 0, "cameras": 0, "after": 0.3, "bound": 0.3}
    assert (last["after"], last["bound"]) == (0.633333, 0.633334)
    # 0.29 is a little less than itself in binary; that is no reason to make it 0.28.
    assert (down(0.29, 2), up(0.29, 2), up(0.2900001, 2), up(1.0 + 1e-9), down(0.289, 2)) == (
        0.29,
        0.29,
        0.3,
        1.0,
        0.28,
    )


def test_the_frontier_tells_cap_intrusion_and_money() -> None:
    point = Intruding(2400.0, 2310.44, 1.2e8, 5, 2.0, 2.0, 2.1, np.array([1]))
    assert frontier_rows([point], lambda seen: seen / 10.0) == [
        {"most_m2": 2400.0, "intrusion_m2": 2310.5, "after": 0.2, "cost_won": 120_000_000, "cameras": 5}
    ]


@pytest.mark.parametrize(
    ("won", "korean", "english"),
    [
        (0, "0원", "0 won"),
        (123_456, "123,456원", "123,456 won"),
        (20_000_000, "2,000만 원", "20 million won"),
        (12_340_000, "1,234만 원", "12.34 million won"),
        (400_000_000, "4억 원", "400 million won"),
        (1_234_560_000, "12억 3,456만 원", "1,234.56 million won"),
    ],
)
def test_money_in_words(won: int, korean: str, english: str) -> None:
    assert (phrases_curves.money(won, "ko"), phrases_curves.money(won, "en")) == (korean, english)


def test_the_rows_of_the_tables() -> None:
    _, second, third = phrases_curves.curve(CURVE, "en")
    # 32.9999 % is not 33.00 %, and a bound of 33.0001 % is not 33.00 % either.
    assert second == {
        "won": "24 million won", "cameras": "1", "after": "32.99 %", "added": "+1.99 points", "most": "33.01 %"
    }  # fmt: skip
    assert third["added"] == "+3.00 points"
    # An older plan tells no bound.
    assert phrases_curves.curve([{"won": 0, "cameras": 0, "after": 0.1}], "ko")[0]["most"] == "–"
    assert phrases_curves.frontier(FRONTIER, "en")[1]["plots"] == "2,311 m²"


def test_what_a_chart_shows_is_told_in_words() -> None:
    assert phrases_curves.curve_told(CURVE, "en") == (
        "With nothing spent 31.00 % of the risk is seen, with 24 million won 32.99 %, with 120 million won 36.00 %."
    )
    assert "2,311 m²를 보면 36.00 %" in phrases_curves.frontier_told(FRONTIER, "ko")


# -- charts -----------------------------------------------------------------------------------------------------------


def _texts(svg: str) -> list[str]:
    return re.findall(r">([^<>\s][^<>]*)</text>", svg)


def test_the_chart_names_its_lines_and_places_and_is_the_same_each_time() -> None:
    svg = plan_curves.curve(ANSWER, "en")
    texts = _texts(svg)
    for said in (
        "in this order",
        "no choice sees more",
        "this plan",
        "the usual way",
        "Spent (million won)",
        "100",
    ):
        assert said in texts
    assert svg == plan_curves.curve(ANSWER, "en")
    bare = {**ANSWER, "curve": [{name: row[name] for name in ("won", "cameras", "after")} for row in CURVE]}
    del bare["index50m"]
    assert not {"no choice sees more", "the usual way"} & set(_texts(plan_curves.curve(bare, "en")))


def test_the_frontier_marks_the_plan_only_where_its_intrusion_is_known() -> None:
    assert "this plan" in _texts(plan_curves.frontier(ANSWER, "en"))
    assert "this plan" not in _texts(plan_curves.frontier({**ANSWER, "intrusion": None}, "en"))


def test_the_usual_way_stands_where_its_money_is() -> None:
    # Four cameras at a fifth of 120 million each, unless their prices are told.
    assert plan_curves._usual_won(ANSWER, [{}] * 4) == 96_000_000
    assert plan_curves._usual_won(ANSWER, [{"price_won": 10.0}, {"price_won": 5.0}]) == 15.0


def test_on_a_page_a_chart_has_its_colours_its_face_and_its_words() -> None:
    svg = plan_curves.on_page(plan_curves.curve(ANSWER, "ko"), "한 문장")
    assert re.match(r'<svg [^>]*role="img" aria-label="한 문장">', svg)
    assert "max-width" in svg.split(">")[0] and 'width="' not in svg.split(">")[0]
    assert "currentColor" in svg and "var(--golmok-accent)" in svg
    for colour in (plan_charts.INK, plan_charts.BLUE, plan_charts.ORANGE, plan_charts.MUTED):
        assert colour.lower() not in svg.lower()
    assert "DejaVu" not in svg and "font-family" not in svg


@pytest.mark.parametrize(
    ("most", "places"), [(0.0, [0.0]), (4e8, [0.0, 1e8, 2e8, 3e8, 4e8]), (11_640, [0.0, 5000.0, 10_000.0])]
)
def test_round_places_along_an_axis(most: float, places: list[float]) -> None:
    assert plan_charts.ticks(most) == places


# -- page -------------------------------------------------------------------------------------------------------------


def _page() -> None:
    import streamlit

    from app import plan_chart_parts as parts

    parts.draw(streamlit.session_state["answer"])


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_each_chart_stands_with_its_table(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, str] = {}
    monkeypatch.setattr(chart_frame, "chart", lambda svg, *, key: drawn.update({key: svg}))
    test = visited(_page, lang, held={"answer": ANSWER})
    assert list(drawn) == ["curve", "frontier"]
    assert phrases_curves.curve_told(CURVE, lang) in drawn["curve"]
    curve, frontier = (table.value for table in test.dataframe)
    assert curve.shape == (3, 5) and frontier.shape == (2, 4)
    assert curve.iloc[2, 2] == "36.00 %" and frontier.iloc[1, 0] == "2,311 m²"


def test_the_frontier_is_computed_in_the_background_by_who_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, Any]] = []
    monkeypatch.setattr(computing, "begin", lambda name, work: bool(begun.append((name, work))))
    answer = {**ANSWER, "curve": [], "frontier": []}
    test = visited(_page, held={"answer": answer})
    test.button(key="frontier_compute").click().run()
    ((name, work),) = begun
    assert (name, work.keywords) == ("frontier 12", {"plan_id": 12})
    assert "Another computation" in test.warning[0].value
    monkeypatch.setattr(session, "roles", lambda: frozenset({"committee"}))
    assert not visited(_page, held={"answer": answer}).button
    # Without plots nobody knows what is looked into.
    assert not visited(
        _page, held={"answer": {**answer, "intrusion": {"plots_m2": None, "facades": 4}}}
    ).button


def test_an_older_plan_or_one_point_draws_nothing() -> None:
    for answer in ({}, {"curve": CURVE[:1], "frontier": []}, {"curve": None, "frontier": None}):
        test = visited(_page, held={"answer": answer})
        assert page_text(test) == "" and not test.dataframe
