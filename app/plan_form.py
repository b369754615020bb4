"""The form of Plan: how many or how much, for which purpose, where, and what counts as risk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, layer_form, pieces, plan_limits_form, session
from app.services import plans
from app.words import label, number, say

_TEN_THOUSAND = 10_000
_CAMERAS, _MOST_CAMERAS = 10, 1000
# A slider is for what a year's budget buys; whoever plans more gives the number.
_MOST_BOUGHT = 200
# What a plan is asked for stands in the address beside what other pages show: a camera is bought to recognise.
CLASS, RECOGNISE = "plan_class", "recognise"


def asked() -> dict[str, Any] | None:
    """Draw the form and return what `app.services.plan.plan` is to be asked, None until the button is pressed.

    `weights`, `calls` and `hours` are those of `app.layer_form`; `limits` holds the conditions that are set, as `app.plan_limits_form` names them; {} for none.
    """
    lang = session.language()
    given = _number_or_budget(lang)
    left, right = st.columns(2)
    with left:
        purpose = _purpose(lang)
    with right:
        dong = _dong(lang)
    density_class = pieces.class_choice(CLASS, default=RECOGNISE)
    layers = layer_form.asked()
    with st.expander(say("limits.title", lang), key="plan_limits"):
        limits = plan_limits_form.asked()
    search = _search(lang)
    name = st.text_input(say("plan.name", lang), key="plan_name", max_chars=80)
    if not st.button(say("plan.make", lang), key="plan_make", type="primary", width="stretch"):
        return None
    return {
        **given,
        "density_class": density_class,
        "dong": dong,
        **layers,
        "name": name,
        "limits": limits,
        "purpose": purpose,
        **search,
    }


def make(asked: Mapping[str, Any], place: DeltaGenerator) -> int | None:
    """Make the plan that is asked for, telling at `place` how far it is, and return its number; None where it failed."""
    lang = session.language()
    bar = place.progress(0.0, text=say("plan.working", lang))
    from app.services import plan  # siting is heavy: only who plans waits for it

    def tell(step: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), text=label("progress", step, lang))

    # A plan without conditions is the plain question.
    put = {name: value for name, value in asked.items() if name != "limits" or value}
    _, made = session.record(plan.plan, **put, progress=tell)
    bar.empty()
    return None if made is None else int(made["plan_id"])


def _number_or_budget(lang: str) -> dict[str, int]:
    price = session.district().price_won_per_camera
    left, right = st.columns([2, 3])
    with left:
        offered = {code: say(key, lang) for code, key in _BY.items()}
        by = address.code_choice("plan_by", say("plan.by", lang), offered)
    with right:
        return {"budget_won": _budget(price, lang)} if by == "budget" else {"cameras": _number(lang)}


def _number(lang: str) -> int:
    typed = st.number_input(
        say("plan.cameras", lang),
        min_value=1,
        max_value=_MOST_CAMERAS,
        value=_CAMERAS,
        key="plan_cameras",
        bind="query-params",
    )
    return int(typed)


def _budget(price: int, lang: str) -> int:
    """Draw the slider of the budget with the number that it buys, and return won."""
    step = max(price // _TEN_THOUSAND // 4, 1)
    typed = st.slider(
        say("plan.budget", lang),
        min_value=step,
        max_value=_MOST_BOUGHT * price // _TEN_THOUSAND,
        value=_CAMERAS * price // _TEN_THOUSAND,
        step=step,
        format="localized",
        key="plan_budget",
        bind="query-params",
    )
    won = int(typed) * _TEN_THOUSAND
    st.caption(say("plan.buys", lang, won=number(won), n=number(won // price), price=number(price)))
    return won


def _search(lang: str) -> dict[str, float]:
    """Draw the choice of how long the best plan and its proof may be sought; {} leaves it to the service."""
    offered = {code: say(key, lang) for code, key in _SEARCHES.items()}
    chosen = address.code_choice("plan_search", say("plan.search", lang), offered)
    return {"seconds": _LONG_S} if chosen == "long" else {}


# Plans with many conditions need a minute until little is left between what is found and what can be.
_LONG_S = 60.0
_SEARCHES = {"short": "plan.search_short", "long": "plan.search_long"}
_BY = {"cameras": "plan.by_cameras", "budget": "plan.by_budget"}


def _purpose(lang: str) -> str | None:
    """Draw the choice of a purpose, which sets the class; whoever wants another class chooses it after."""
    _, rows = session.ask(plans.classes_by_purpose)
    classes: Mapping[str, str] = {row["purpose_code"]: row["density_class"] for row in rows or []}

    def follow() -> None:
        if wanted := classes.get(st.session_state["plan_purpose"] or ""):
            st.session_state[CLASS] = wanted

    chosen: str | None = st.selectbox(
        say("plan.purpose", lang),
        [*classes],
        index=None,
        placeholder=say("plan.purpose_any", lang),
        format_func=lambda code: f"{label('purpose', code, lang)} · {label('class', classes[code], lang)}",
        key="plan_purpose",
        on_change=follow,
    )
    return chosen


def _dong(lang: str) -> str | None:
    _, rows = session.ask(plans.dongs)
    names = {row["code"]: (row["name_en"] if lang == "en" else None) or row["name_ko"] for row in rows or []}
    chosen: str | None = st.selectbox(
        say("plan.dong", lang),
        [*names],
        index=None,
        placeholder=say("plan.dong_all", lang),
        format_func=names.__getitem__,
        key="plan_dong",
    )
    return chosen
