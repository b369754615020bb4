"""The stability on the page Plan, without a browser: what is told, who may begin a test, how one is watched."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import computing, session, stability_parts
from etl.errors import DatabaseUnreachable
from tests.pages import page_text, visited
from tests.test_stability_kept import FOUND

PLAN: dict[str, Any] = {"plan_id": 12, "chosen": [{}, {}], "weights": {"incidents": 0.7, "dark": 0.3}}


def _page() -> None:
    import streamlit

    from app import stability_parts as parts

    parts.draw(streamlit.session_state["answer"])


def _drawn(answer: dict[str, Any], lang: str = "en") -> AppTest:
    return visited(_page, lang, held={"answer": answer})


def test_a_plan_that_was_tested_tells_it_and_may_be_tested_again() -> None:
    test = _drawn(PLAN | {"stability": FOUND})
    assert "2 of 3 sites stay in 90 % or more" in page_text(test)
    (table,) = test.dataframe
    assert table.value.columns.tolist() == ["No.", "Stays in", "Quick choice today"]
    assert table.value["Stays in"].tolist() == ["100 %", "97 %", "51 %", "–"]
    assert test.button(key="stability_test").label == "Test again"
    assert "3곳 가운데 2곳" in page_text(_drawn(PLAN | {"stability": FOUND}, "ko"))


def test_a_test_begins_in_the_background_and_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[tuple[str, Any]] = []
    monkeypatch.setattr(computing, "begin", lambda name, work: bool(begun.append((name, work))))
    test = _drawn(PLAN)
    assert test.button(key="stability_test").label == "Test its stability"
    test.button(key="stability_test").click().run()
    ((name, work),) = begun
    assert (name, work.keywords) == ("stability 12", {"plan_id": 12})
    assert "Another computation is going on" in test.warning[0].value
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        "app.services.stability.stability", lambda *given, **more: asked.append((*given, more))
    )
    work("db", progress=print)
    assert asked == [("db", 12, {"progress": print})]


def test_who_does_not_plan_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"committee"}))
    test = _drawn(PLAN)
    assert "Not tested yet." in page_text(test)
    assert not test.button
    assert "2 of 3 sites stay" in page_text(_drawn(PLAN | {"stability": FOUND}))


@pytest.mark.parametrize("empty", [{"chosen": []}, {"weights": {"incidents": 0.0}}, {"weights": None}])
def test_without_sites_or_weights_there_is_nothing_to_test(empty: dict[str, Any]) -> None:
    test = _drawn(PLAN | empty)
    assert "there is no weight to change" in page_text(test)
    assert not test.button
    assert not stability_parts.can_be_tested(PLAN | empty)


def test_a_test_that_goes_on_is_watched_and_one_that_failed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    going = computing.Job("stability 12", step="Stability", done=300, total=1000)
    monkeypatch.setitem(computing._jobs, "stability 12", going)
    test = _drawn(PLAN)
    (bar,) = test.get("progress")
    assert (bar.proto.value, bar.proto.text) == (30, "Testing the stability. Stability")
    assert not test.button
    going.ended, going.error = True, DatabaseUnreachable("socket gone")
    test = _drawn(PLAN)
    assert "The computation failed." in test.error[0].value and "socket gone" in test.error[0].value
    assert test.button(key="stability_test")
