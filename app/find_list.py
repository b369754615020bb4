"""The cameras of an answer as a list: in the order in which they go to the screens, numbered as on the map and the keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from app.phrases import owner, standing
from app.phrases_answer import by_night, does, listed, notes, second_group
from app.words import distance, label, number, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_COLUMNS = ("find.col_no", "answer.col_does", "answer.col_camera", "answer.col_away", "answer.col_class")


def draw(answer: Row, lang: str, *, opened: bool = False) -> None:
    """Draw the cameras that may be used, a row each; those of the second group are counted, and named where it is opened.

    opened   whether an emergency ground is recorded: `app.phrases_answer.listed` says who is named then
    """
    rows = listed(answer, opened=opened)
    first = [row for row in rows if row["group"] == 1]
    parts = [_table(first, answer, lang, before=0)] if first else []
    if told := second_group(answer, lang, opened=opened):
        parts.append(f'<p class="golmok-closed">{escape(told)}</p>')
    if second := rows[len(first) :]:
        parts.append(_table(second, answer, lang, before=len(first)))
    if parts:
        st.html(f'<div class="golmok-cameras" data-testid="find_list">{"".join(parts)}</div>')


def _table(rows: Sequence[Row], answer: Row, lang: str, *, before: int) -> str:
    heads = "".join(f'<th scope="col">{escape(say(key, lang))}</th>' for key in _COLUMNS)
    body = "".join(_row(n, row, answer, lang) for n, row in enumerate(rows, before + 1))
    return (
        f'<table aria-label="{escape(say("find.table", lang))}"><thead><tr>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(n: int, row: Row, answer: Row, lang: str) -> str:
    named = (answer["old_rule"] or {}).get("camera_ids") or ()
    old = (
        [say("answer.old", lang, n=number(named.index(row["camera_id"]) + 1))]
        if row["camera_id"] in named
        else []
    )
    stands = " · ".join(
        part
        for part in (
            standing(row) if standing(row) != row["camera_key"] else "",
            owner(row, lang),
            label("purpose", row["purpose"], lang),
            label("status", row["status"], lang),
        )
        if part
    )
    cells = (
        (does(row, answer, lang), " · ".join([*notes(row, answer, lang), *old])),
        (row["camera_key"], stands),
        (distance(row["distance_m"]), towards(row["turn_to_deg"], lang)),
        _classes(row, lang),
    )
    number_cell = f'<th scope="row"><span class="golmok-no golmok-{row["role"]}">{n}</span></th>'
    return f'<tr data-role="{row["role"]}">{number_cell}{"".join(_cell(*each) for each in cells)}</tr>'


def _classes(row: Row, lang: str) -> tuple[str, str]:
    if row["sight"] == "none":
        return "–", ""
    dense = row["density_px_per_m"]
    told = [] if dense is None else [say("answer.dense", lang, density=number(dense))]
    return label("class", row["class"], lang), " · ".join([*told, by_night(row, lang)])


def _cell(first: str, second: str) -> str:
    beside = f"<small>{escape(second)}</small>" if second else ""
    return f"<td><span>{escape(first)}</span>{beside}</td>"
