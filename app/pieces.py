"""Parts that several pages draw: the line on top, the answer in large letters, the ladder of classes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from app import session, words
from spatial.optics import LADDER, px_per_m

DEFAULT_CLASS = "observe"

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def top(title_key: str) -> None:
    """Draw a page's title, the district and, plainly, whether the district is invented."""
    lang = session.language()
    district = session.district()
    parts = [f"<strong>{escape(district.name_ko if lang == 'ko' else district.name_en)}</strong>"]
    if district.invented:
        parts.append(f'<span class="golmok-invented">{escape(words.say("app.invented", lang))}</span>')
    title = escape(words.say(title_key, lang))
    st.html(
        f'<div class="golmok-top"><h1>{title}</h1>{"".join(f"<span>{part}</span>" for part in parts)}</div>'
    )


def lead(text: str) -> None:
    """Draw the one sentence that says what a page is for."""
    st.html(f'<p class="golmok-lead">{escape(text)}</p>')


def heading(text: str, beside: str = "") -> None:
    """Draw the heading of a part of a page, with a few quiet words beside it."""
    st.html(f'<h2 class="golmok-heading">{escape(text)} <small>{escape(beside)}</small></h2>')


def answer(text: str) -> None:
    """Draw the answer of the page in large letters, announced to a screen reader when it changes."""
    st.html(f'<p class="golmok-answer" role="status" aria-live="polite">{escape(text)}</p>')


def beside(lines: Iterable[str]) -> None:
    """Draw what the answer says beside, a paragraph a line, in letters as large as a table's; nothing without a line."""
    if body := "".join(f'<p class="golmok-lead">{escape(line)}</p>' for line in lines):
        st.html(body)


def small(lines: Iterable[str]) -> None:
    """Draw what stands behind an answer, a paragraph a line: method, denominator, date. No lines draw nothing."""
    if body := "".join(f'<p class="golmok-small">{escape(line)}</p>' for line in lines):
        st.html(body)


def class_choice(name: str = "class", *, default: str = DEFAULT_CLASS) -> str:
    """Draw the choice of a density class, kept in the address, and return its code.

    name  of it in the address and of its widget: `class` is one for all pages that show what is seen
    """
    lang = session.language()
    if name not in st.session_state:
        wish = st.query_params.get(name)
        st.session_state[name] = wish if wish in LADDER else default
    chosen = st.segmented_control(
        words.say("app.class", lang),
        LADDER,
        required=True,
        format_func=lambda code: words.label("class", code, lang),
        key=name,
        persist_state="session",
    )
    session.keep_in_address(name, chosen or default)
    return chosen or default


def ladder(rungs: Sequence[Row], *, chosen: str) -> None:
    """Draw the share of alleys seen by class as a table: bar, share, 95 % range."""
    lang = session.language()
    head = "".join(
        f'<th scope="col" class="{kind}">{escape(words.say(key, lang))}</th>'
        for key, kind in (("gaps.col_class", ""), ("gaps.col_share", "figure"), ("gaps.col_span", "figure"))
    )
    body = "".join(_rung(rung, lang, chosen=rung["class"] == chosen) for rung in rungs)
    label = escape(words.say("gaps.ladder_label", lang))
    st.html(
        f'<table class="golmok-ladder" aria-label="{label}"><thead><tr>{head}<td class="bar"></td></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _rung(rung: Row, lang: str, *, chosen: bool) -> str:
    density = words.density(px_per_m(rung["class"]))
    name = f"{words.label('class', rung['class'], lang)} <small>{density} px/m</small>"
    return (
        f'<tr class="{"chosen" if chosen else ""}"><th scope="row">{name}</th>'
        f'<td class="figure">{words.percent(rung["share"])}</td>'
        f'<td class="figure">{words.span(rung["low"], rung["high"])}</td>'
        f'<td class="bar">{_bar(rung)}</td></tr>'
    )


def _bar(rung: Row) -> str:
    """Return the bar of a share: the seen part filled, the 95 % range as a bracket over it."""
    if rung["share"] is None:
        return ""
    share, low, high = (100 * rung[name] for name in ("share", "low", "high"))
    return (
        '<div class="golmok-bar" aria-hidden="true">'
        f'<div class="golmok-seen" style="width:{share:.2f}%"></div>'
        f'<div class="golmok-range" style="left:{low:.2f}%;width:{high - low:.2f}%"></div></div>'
    )
