"""The part of the form of Plan that says what is worth seeing: layers of risk, classes and hours of calls, judgements."""

from __future__ import annotations

from typing import Any

import streamlit as st

from app import address, judgement_form, session
from app.services import incident_classes
from app.words import label, number, percent, say

_MOST, _STEP = 5.0, 0.1
_ALL = "all"
# From, and up to but not with, on the district's clocks.
_HOURS: dict[str, tuple[int, ...]] = {
    "day": tuple(range(6, 18)),
    "evening": tuple(range(18, 24)),
    "night": (22, 23, *range(6)),
    "small": tuple(range(6)),
}


def asked() -> dict[str, Any]:
    """Draw the layers and return what `app.services.plan.plan` is to be asked: weights by layer, 0 to 5; calls (codes of
    classes) and hours that count, None for all."""
    lang = session.language()
    with st.expander(say("plan.weights", lang), key="plan_layers"):
        weights = _weights(lang)
        calls, hours = _calls(lang), _hours(lang)
        if calls or hours:
            st.caption(say("risk.choice", lang))
    with st.expander(say("judge.title", lang), key="plan_judgement"):
        judgement_form.judge([*weights], take=_take)
    return {"weights": weights, "calls": calls or None, "hours": hours}


def slider_values(weights: dict[str, float]) -> dict[str, float]:
    """Return weights on the sliders' scale: the heaviest stands at the top, to a tenth."""
    most = max(weights.values(), default=0.0) or 1.0
    return {layer: round(_MOST * weight / most, 1) for layer, weight in weights.items()}


def _weights(lang: str) -> dict[str, float]:
    rules = session.district().risk
    st.caption(say("risk.weights_help", lang, most=percent(rules.complaints_most, 0)))
    usual = slider_values(dict(session.district().weights))
    columns = st.columns(2)
    found = {}
    for place, (layer, value) in enumerate(usual.items()):
        key = _key(layer, value)
        found[layer] = columns[place % 2].slider(
            label("layer", layer, lang),
            0.0,
            _MOST,
            step=_STEP,
            key=key,
            format="%.1f",
            persist_state="session",
        )
        session.keep_in_address(key, None if found[layer] == value else number(found[layer], 1))
    return found


def _key(layer: str, usual: float) -> str:
    """Return the key of a layer's slider, which starts with what the address says, else with the usual weight."""
    key = f"plan_weight_{layer}"
    if key not in st.session_state:
        try:
            wish = round(float(st.query_params.get(key, usual)), 1)
        except ValueError:
            wish = usual
        st.session_state[key] = wish if 0.0 <= wish <= _MOST else usual
    return key


def _take(weights: dict[str, float]) -> None:
    """Set the sliders to the weights of judgements; a layer that was not compared weighs nothing then."""
    for layer in session.district().weights:
        st.session_state[f"plan_weight_{layer}"] = slider_values(weights).get(layer, 0.0)


def _calls(lang: str) -> list[str]:
    _, rows = session.ask(incident_classes.incident_classes)
    names = {row["code"]: row["name"] or row["code"] for row in rows or []}
    chosen: list[str] = st.multiselect(
        say("risk.classes", lang),
        [*names],
        format_func=lambda code: f"{names[code]} ({code})",
        placeholder=say("risk.classes_all", lang),
        key="plan_calls",
        bind="query-params",
    )
    return chosen


def _hours(lang: str) -> list[int] | None:
    named = {_ALL: say("risk.hours_all", lang)} | {code: say(key, lang) for code, key in _SPANS.items()}
    chosen = address.code_choice("plan_hours", say("risk.hours", lang), named)
    return None if chosen == _ALL else list(_HOURS[chosen])


_SPANS = {
    "day": "risk.hours_day",
    "evening": "risk.hours_evening",
    "night": "risk.hours_night",
    "small": "risk.hours_small",
}
