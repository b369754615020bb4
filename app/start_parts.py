"""Parts of the page Start: the dividend as bars that are a table too, the state in figures, the doors."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from app import phrases_alarms, pieces, session
from app.phrases import owner
from app.phrases_start import age, headings, sources_line
from app.words import day, label, number, percent, say, span

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_ICONS = {
    "find": ":material/my_location:",
    "gaps": ":material/visibility_off:",
    "plan": ":material/add_location_alt:",
    "report": ":material/description:",
    "data": ":material/database:",
}
_SHOWN_SOURCES = 4


def dividend(found: Row, lang: str) -> None:
    """Draw a row an agency and one for all together: share and range, now and then, with bars on one scale."""
    rows = [*_rows(found, lang)]
    top = _top(rows)
    both = found["before"] is not None
    head = _head(top, lang, both=both)
    body = "".join(_row(name, shares, top, both=both) for name, shares in rows)
    title = escape(say("start.table_label", lang))
    st.html(
        f'<table class="golmok-ladder golmok-dividend" aria-label="{title}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
    pieces.small([say("start.bars" if both else "start.bars_now", lang)])


def _rows(found: Row, lang: str) -> list[tuple[str, tuple[Row | None, Row | None]]]:
    agencies = [(owner(row, lang), (row["now"], row["before"])) for row in found["agencies"]]
    return [(say("start.all", lang), (found["now"], found["before"])), *agencies]


def _head(top: float, lang: str, *, both: bool) -> str:
    scale = say("start.col_scale", lang, top=f"{100 * top:g}")
    titles = [("start.col_agency", ""), ("start.col_now", "figure"), ("start.col_span", "figure")]
    titles += [("start.col_then", "figure"), ("start.col_span", "figure")] if both else []
    named = [f'<th scope="col" class="{kind}">{escape(say(key, lang))}</th>' for key, kind in titles]
    named.insert(1, f'<td class="bar" aria-hidden="true">{escape(scale)}</td>')
    return "".join(named)


def _row(name: str, shares: tuple[Row | None, Row | None], top: float, *, both: bool) -> str:
    now, before = shares
    cells = "".join(
        f'<td class="figure">{percent(each["share"] if each else None)}</td>'
        f'<td class="figure quiet">{_span(each)}</td>'
        for each in (now, before)[: 2 if both else 1]
    )
    bars = "".join(
        f'<div class="golmok-bar {kind}" aria-hidden="true">{_bar(each, top)}</div>'
        for each, kind in ((now, ""), (before, "golmok-thin"))[: 2 if both else 1]
    )
    return f'<tr><th scope="row">{escape(name)}</th><td class="bar">{bars}</td>{cells}</tr>'


def _span(share: Row | None) -> str:
    return span(share["low"], share["high"]) if share else "–"


def _bar(share: Row | None, top: float) -> str:
    if share is None or share["share"] is None:
        return ""
    at = {name: 100.0 * share[name] / top for name in ("share", "low", "high")}
    return (
        f'<div class="golmok-seen" style="width:{at["share"]:.2f}%"></div>'
        f'<div class="golmok-range" style="left:{at["low"]:.2f}%;width:{at["high"] - at["low"]:.2f}%"></div>'
    )


def _top(rows: Sequence[tuple[str, tuple[Row | None, Row | None]]]) -> float:
    """Return the end of the bars' scale: the next of 1, 2, 5, 10, 20 .. parts of a power of ten that holds all ranges."""
    most = max((each["high"] or 0.0 for _, pair in rows for each in pair if each), default=0.0)
    if most <= 0.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(most))
    return min(1.0, next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= most))


def state(known: Row, lang: str) -> None:
    """Draw the state in figures: cameras, sites, headings, rows refused."""
    share = known["headings"]["known"] / known["cameras"] if known["cameras"] else None
    of_headings = say(
        "start.known_of", lang, known=number(known["headings"]["known"]), share=percent(share, 0)
    )
    facts = {
        "start.cameras": number(known["cameras"]),
        "start.sites": number(known["sites"]),
        "start.known": of_headings,
        "start.refused": number(known["refused"]),
    }
    body = "".join(
        f"<div><dt>{escape(say(key, lang))}</dt><dd>{escape(value)}</dd></div>"
        for key, value in facts.items()
    )
    st.html(f'<dl class="golmok-facts">{body}</dl>')
    if told := headings(known, lang):
        pieces.small([told])


def sources(rows: Sequence[Row], lang: str) -> None:
    """Draw the oldest sources with their age; all of them on demand."""
    pieces.small([sources_line(list(rows), lang)])
    if not rows:
        return
    st.html(_sources(rows[:_SHOWN_SOURCES], lang))
    if len(rows) > _SHOWN_SOURCES:
        title = say("start.sources_all", lang, n=number(len(rows)))
        with st.expander(title, key="start_sources"):
            st.html(_sources(rows, lang))


def alarms(rows: Sequence[Row], lang: str) -> None:
    """Draw what the data steward is to look into, a sentence each; nothing draws nothing."""
    pieces.small(phrases_alarms.in_short(rows, lang))


def _sources(rows: Sequence[Row], lang: str) -> str:
    keys = ("start.col_source", "start.col_of", "start.col_age")
    head = "".join(f'<th scope="col">{escape(say(key, lang))}</th>' for key in keys)
    body = "".join(
        f'<tr><th scope="row">{escape(label("source", row["source"], lang))}</th><td>{escape(_of(row, lang))}</td>'
        f"<td>{escape(age(row['days'], lang))}</td></tr>"
        for row in rows
    )
    return f'<table class="golmok-ladder"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _of(row: Row, lang: str) -> str:
    if row["reference_date"]:
        return day(row["reference_date"], lang)
    return f"{say('start.undated', lang)} · {say('start.loaded', lang, day=day(row['loaded_on'], lang))}"


def doors(lang: str) -> None:
    """Draw a door to each page that this visitor may open, with the question that it answers."""
    open_to_me = [(name, page) for name, page in session.pages().items() if name in _ICONS]
    if not open_to_me:
        return
    for column, (name, page) in zip(st.columns(len(open_to_me), gap="small"), open_to_me, strict=True):
        with column.container(border=True, key=f"door_{name}"):
            st.page_link(page, label=f"**{say(f'page.{name}', lang)}**", icon=_ICONS[name])
            pieces.small([label("door", name, lang)])
