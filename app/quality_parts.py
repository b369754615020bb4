"""Part of Data: the sheet of a source's quality, and what is to be looked into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app import doubt_parts, phrases_alarms, phrases_quality, pieces, session
from app.holdings_parts import table
from app.services import quality as service
from app.services.exports import Taking
from app.words import say

Row = Mapping[str, Any]

_TALLEST_PX = 420


def quality() -> None:
    """Draw the alarms of all sources, and the sheet of the one that is chosen."""
    lang = session.language()
    _, answer = session.ask(service.quality)
    if answer is None:
        return
    if not answer["sheets"]:
        pieces.answer(say("data.headline_empty", lang))
        return
    titles = [phrases_quality.title(sheet, lang) for sheet in answer["sheets"]]
    codes = [_code(sheet) for sheet in answer["sheets"]]
    session.wish("sheet", codes, default=codes[_first(answer["sheets"])])
    field, taken = st.columns([3, 2], vertical_alignment="bottom", gap="medium")
    chosen = field.selectbox(
        say("sheet.which", lang),
        codes,
        format_func=lambda code: titles[codes.index(code)],
        key="sheet",
    )
    session.keep_in_address("sheet", chosen)
    sheet = answer["sheets"][codes.index(chosen)]
    with taken:
        _taken(sheet["source"], lang)
    pieces.answer(phrases_quality.headline(sheet, lang))
    pieces.small([*phrases_quality.lines(sheet, lang), say("sheet.method", lang)])
    for alarm in sheet["alarms"]:
        st.warning(phrases_alarms.sentence(alarm, lang), icon=":material/notification_important:")
    if sheet["source"] == "cameras":
        doubt_parts.draw()
    _tables(sheet, lang)


def alarms(rows: Sequence[Row]) -> None:
    """Draw the lists that shrank; that a source is late stands in the table of ages."""
    for told in phrases_alarms.shrunk(rows, session.language()):
        st.warning(told, icon=":material/notification_important:")


def _tables(sheet: Row, lang: str) -> None:
    heads = {name: say(f"sheet.col_{name}", lang) for name in _HEADS}
    left, right = st.columns([1, 1], gap="medium")
    tables = dict(phrases_quality.tables(sheet, lang))
    for column, keys in ((left, ("sheet.columns", "sheet.history")), (right, ("sheet.places", "sheet.agencies"))):  # fmt: skip
        for key in keys:
            if tables[key]:
                with column:
                    table(tables[key], say(key, lang), key, heads=heads, tallest_px=_TALLEST_PX)


_HEADS = ("column", "filled_of", "share", "decimals", "step", "n_of", "agency", "refused_of", "filled", "loaded", "no", "file",
          "mostly")  # fmt: skip


def _taken(source: str, lang: str) -> None:
    """Draw the ways to take the sheet: counts that name no place and no person, so anyone who reads the page may."""
    for column, form in zip(st.columns(2), ("csv", "html"), strict=True):
        column.download_button(
            say(f"sheet.take_{form}", lang),
            data=_made(source, form, lang),
            file_name=f"{session.district().name}-quality-{source.replace(' ', '-')}.{form}",
            mime=f"text/{form}",
            key=f"sheet_{form}",
            on_click="ignore",
            icon=":material/download:",
            width="stretch",
        )


def _made(source: str, form: str, lang: str) -> Callable[[], bytes]:
    def make() -> bytes:
        db = session.shared_database()
        return service.take(db, source, Taking("committee"), form=form, lang=lang)[0]

    return make


def _code(sheet: Row) -> str:
    return f"{sheet['source']} {sheet['kind']}".strip()


def _first(sheets: Sequence[Row]) -> int:
    """Return which sheet is shown first: that of the registry of cameras, which all figures rest on."""
    return next((n for n, sheet in enumerate(sheets) if sheet["source"] == "cameras"), 0)
