"""The conditions of a plan on its form: what must, may and must not be together. Only those that are set are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app import session
from app.services import plans
from app.words import label, say

Row = Mapping[str, Any]

_MOST_A_POLE = 8
_MAY = ("may_turn", "may_move", "may_remove")
_PRIVACY = {"off": "limits.privacy_off", "most": "limits.privacy_most", "weight": "limits.privacy_weight"}


def asked() -> dict[str, Any]:
    """Draw the conditions and return those that are set.

    per_pole          cameras a pole, at most
    backup, diverse   worth of a second camera from another pole, and of being seen from both ways: shares 0..1 of the
                      worth of being seen
    dong_least        share 0..1 of each dong's alleys that must be seen
    zones             zone_id of zones that must be seen whole
    intrusion_most    square metres of private plots in view at recognise, at most
    intrusion_weight  metres of average street that one would give up to keep 100 m² of private plots out of view
    may_turn, may_move, may_remove  True where existing cameras of known aim may be
    models            names of the models of camera that may be chosen
    """
    lang = session.language()
    found: dict[str, Any] = {}
    _sharing(found, lang)
    _must_be_seen(found, lang)
    _privacy(found, lang)
    st.caption(say("limits.existing", lang))
    for name in _MAY:
        if st.checkbox(say(f"limits.{name}", lang), key=f"plan_{name}"):
            found[name] = True
    _models(found, lang)
    return found


def _sharing(found: dict[str, Any], lang: str) -> None:
    per_pole = st.number_input(
        say("limits.per_pole", lang),
        min_value=1,
        max_value=_MOST_A_POLE,
        value=None,
        placeholder=say("limits.none", lang),
        key="plan_per_pole",
    )
    if per_pole is not None:
        found["per_pole"] = int(per_pole)
    for name in ("backup", "diverse"):
        share = st.slider(
            say(f"limits.{name}", lang),
            0,
            100,
            value=0,
            step=5,
            key=f"plan_{name}",
            help=say(f"limits.{name}_help", lang),
        )
        if share:
            found[name] = share / 100.0


def _must_be_seen(found: dict[str, Any], lang: str) -> None:
    least = st.number_input(
        say("limits.dong_least", lang),
        min_value=0.0,
        max_value=100.0,
        value=None,
        step=1.0,
        placeholder=say("limits.none", lang),
        key="plan_dong_least",
    )
    if least:
        found["dong_least"] = least / 100.0
    _, rows = session.ask(plans.zones)
    names = {row["zone_id"]: _zone(row, lang) for row in rows or []}
    zones = st.multiselect(
        say("limits.zones", lang),
        [*names],
        format_func=names.__getitem__,
        placeholder=say("limits.zones_none", lang),
        key="plan_zones",
    )
    if zones:
        found["zones"] = [int(each) for each in zones]


def _privacy(found: dict[str, Any], lang: str) -> None:
    how = st.segmented_control(
        say("limits.privacy", lang),
        [*_PRIVACY],
        default="off",
        required=True,
        format_func=lambda code: say(_PRIVACY[code], lang),
        key="plan_privacy",
    )
    if how == "most":
        most = st.number_input(
            say("limits.intrusion_most", lang),
            min_value=0,
            value=1000,
            step=100,
            key="plan_intrusion_most",
        )
        found["intrusion_most"] = float(most)
    elif how == "weight":
        metres = st.number_input(
            say("limits.intrusion_weight", lang),
            min_value=0.0,
            value=5.0,
            step=1.0,
            key="plan_intrusion_weight",
        )
        if metres:
            found["intrusion_weight"] = float(metres)


def _models(found: dict[str, Any], lang: str) -> None:
    names = [model.name for model in session.district().models]
    # Of one camera there is nothing to choose.
    if len(names) < 2:
        return
    chosen = st.multiselect(
        say("limits.models", lang), names, placeholder=say("limits.models_all", lang), key="plan_models"
    )
    if chosen:
        found["models"] = list(chosen)


def _zone(row: Row, lang: str) -> str:
    name = (row["name_en"] if lang == "en" else None) or row["name_ko"] or row["zone_key"]
    return say("limits.zone", lang, kind=label("zone_kind", row["kind"], lang), name=name)
