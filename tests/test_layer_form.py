"""The layers on the form of Plan: sliders that start at the district's weights, classes, hours, judgements in pairs."""

from __future__ import annotations

import json
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from app import session
from app.services import incident_classes
from tests.pages import visited


def _form() -> None:
    import json

    import streamlit as st

    from app import layer_form

    st.code(json.dumps(layer_form.asked()))


_run = partial(visited, _form)


class _NoDatabase:
    """Stands for an open database that nobody asks anything of."""

    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def classes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(
        incident_classes,
        "incident_classes",
        lambda db: [{"code": "201", "name": "폭력"}, {"code": "104", "name": "절도"}],
    )


def asked(test: AppTest) -> dict[str, object]:
    found: dict[str, object] = json.loads(test.code[0].value)
    return found


def test_the_sliders_start_at_the_weights_of_the_district() -> None:
    found = asked(_run())
    # 0.25, 0.2, 0.1, 0.1, 0.05, 0.1 and four times 0.05 of the sample's file, the heaviest at 5.
    assert found["weights"] == {
        "incidents": 5.0, "rates": 4.0, "narrow": 2.0, "dark": 2.0, "safe_routes": 1.0, "children": 2.0,
        "complaints": 1.0, "population": 1.0, "flood": 1.0, "wildfire": 1.0,
    }  # fmt: skip
    assert (found["calls"], found["hours"]) == (None, None)


def test_a_weight_that_is_changed_stands_in_the_address_and_a_link_shows_it() -> None:
    test = _run()
    test.slider(key="plan_weight_dark").set_value(4.5).run()
    assert test.query_params["plan_weight_dark"] == "4.5"
    assert "plan_weight_narrow" not in test.query_params
    again = _run(plan_weight_dark="4.5", plan_weight_narrow="much", plan_weight_flood="99")
    weights = asked(again)["weights"]
    assert isinstance(weights, dict)
    assert (weights["dark"], weights["narrow"], weights["flood"]) == (4.5, 2.0, 1.0)


def test_classes_and_hours_of_calls_are_chosen_and_their_scale_is_told() -> None:
    test = _run()
    assert not any("no frozen scale" in caption.value for caption in test.caption)
    test.multiselect(key="plan_calls").set_value(["104"]).run()
    test.button_group(key="plan_hours").set_value("night").run()
    found = asked(test)
    assert found["calls"] == ["104"]
    assert found["hours"] == [22, 23, 0, 1, 2, 3, 4, 5]
    assert any("no frozen scale" in caption.value for caption in test.caption)
    assert test.query_params["plan_hours"] == "night"


def test_judgements_that_agree_move_the_sliders() -> None:
    test = _run()
    test.multiselect(key="judge_layers").set_value(["incidents", "dark"]).run()
    test.select_slider(key="judge_incidents_dark").set_value(5).run()
    assert "calls to 112 83.3 %, dark at night 16.7 %" in test.markdown[0].value
    test.button(key="judge_take").click().run()
    weights = asked(test)["weights"]
    assert isinstance(weights, dict)
    assert {name: value for name, value in weights.items() if value} == {"incidents": 5.0, "dark": 1.0}
    assert not test.exception


def test_judgements_that_contradict_each_other_can_not_be_taken() -> None:
    test = _run()
    # Calls count 9 times the rates, the rates 9 times narrow alleys, and narrow alleys 9 times the calls.
    for key, value in (("incidents_rates", 9), ("rates_narrow", 9), ("incidents_narrow", -9)):
        test.select_slider(key=f"judge_{key}").set_value(value).run()
    (error,) = test.error
    assert "above the limit of 0.10" in error.value
    assert "calls to 112 : calls by street = 9; all together make it 1." in error.value
    assert test.button(key="judge_take").disabled


def test_one_layer_alone_is_nothing_to_compare() -> None:
    test = _run()
    test.multiselect(key="judge_layers").set_value(["dark"]).run()
    assert "two layers" in test.info[0].value
    assert len(test.select_slider) == 0
