"""Weights from judgements in pairs: which of two layers counts more, how well all agree, and taking what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import streamlit as st

from app import phrases_risk, session
from app.words import label, percent, say
from spatial.judgement import Judged, Pair, judged

# More layers are more judgements than a person keeps apart: fifteen for six.
_MOST_LAYERS, _FIRST_LAYERS = 6, 3
# Saaty's steps from "the first 9 times" over "alike" to "the second 9 times".
_STEPS = (9, 7, 5, 3, 1, -3, -5, -7, -9)


def judge(layers: Sequence[str], *, take: Callable[[dict[str, float]], None]) -> None:
    """Draw the judgements among layers, what follows from them, and the button that takes it.

    take  is called with the weights, before the page is drawn again; offered only where the judgements agree
    """
    lang = session.language()
    st.caption(say("judge.help", lang))
    names: list[str] = st.multiselect(
        say("judge.layers", lang),
        layers,
        default=[*layers][:_FIRST_LAYERS],
        max_selections=_MOST_LAYERS,
        format_func=lambda name: label("layer", name, lang),
        key="judge_layers",
        persist_state="session",
    )
    if len(names) < 2:
        st.info(say("judge.too_few", lang), icon=":material/info:")
        return
    found = judged(names, {pair: _pair(pair, lang) for pair in combinations(names, 2)})
    _told(found, lang)
    st.button(
        say("judge.take", lang),
        key="judge_take",
        disabled=not found.agrees,
        on_click=take,
        args=(dict(found.weights),),
        icon=":material/check:",
    )


def _pair(pair: Pair, lang: str) -> float:
    """Draw the judgement of two layers and return how many times the first counts as the second."""
    a, b = (label("layer", name, lang) for name in pair)
    chosen: int = st.select_slider(
        say("judge.pair", lang, a=a, b=b),
        _STEPS,
        value=1,
        format_func=lambda step: _step(step, a, b, lang),
        key="judge_" + "_".join(pair),
        persist_state="session",
    )
    return float(chosen) if chosen > 0 else -1.0 / chosen


def _step(step: int, a: str, b: str, lang: str) -> str:
    if step == 1:
        return say("judge.alike", lang)
    return say("judge.first", lang, a=a if step > 0 else b, n=abs(step))


def _told(found: Judged, lang: str) -> None:
    named = ", ".join(
        say("judge.weight", lang, name=label("layer", name, lang), share=percent(share))
        for name, share in sorted(found.weights.items(), key=lambda item: -item[1])
    )
    st.markdown(say("judge.weights", lang, named=named))
    told = phrases_risk.worst(found, lang)
    if found.agrees:
        st.success(
            say("judge.agrees", lang, cr=told["cr"], most=told["most"]), icon=":material/check_circle:"
        )
    else:
        st.error(say("judge.disagrees", lang, **told), icon=":material/error:")
