"""The list of a footage request as a page: what is asked for, the cameras, the conditions that bind whoever receives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.phrases_witness import lines, sentence
from app.report_blocks import Block, Document, Heading, Table, Text
from app.words import say

Row = Mapping[str, Any]
# What stands above the table, for it is the same in each row.
_SHARED = ("case_no", "office", "ground", "place")
_LISTED = (
    "request_no", "camera", "address", "agency", "footage_from", "footage_to", "retention_end", "class", "alleys", "area", "worked",
)  # fmt: skip


def document(answer: Row, rows: Sequence[Row], *, stamp: str, district: str, lang: str) -> Document:
    """Return the page of a request.

    answer  of `app.services.witness`; rows: what `app.services.witness_out.rows` gives
    stamp   who took it, when and what for
    """
    invented = bool(answer["invented"])
    return Document(
        lang=lang,
        title=say("request.title", lang),
        subtitle=district,
        lines=tuple(lines(answer, lang)),
        margin=say("request.margin", lang),
        watermark=say("request.watermark", lang) if invented else "",
        day=_day(answer["today"]),
        blocks=tuple(_blocks(answer, rows, lang)),
        stamp=stamp,
    )


def _blocks(answer: Row, rows: Sequence[Row], lang: str) -> Iterator[Block]:
    if answer["invented"]:
        yield Text(say("app.invented", lang), "warning")
    if not rows:
        yield Text(sentence(answer, lang))
        yield Text(say("request.empty", lang), "warning")
    else:
        asked = tuple((say(f"request.{name}", lang), str(rows[0][name])) for name in _SHARED)
        yield Heading(say("request.asked", lang), 1)
        what = say("request.col_what", lang), say("request.col_told", lang)
        yield Table(answer["case"]["case_no"], what, asked, "ll", widths=(1, 3))
        head = tuple(say(f"request.{name}", lang) for name in _LISTED)
        listed = tuple(
            tuple("–" if row[name] is None else str(row[name]) for name in _LISTED) for row in rows
        )
        yield Heading(say("witness.table", lang), 1)
        yield Table(sentence(answer, lang), head, listed, "l" * len(_LISTED))
        if rows[0]["conditions"]:
            yield Heading(say("request.conditions", lang), 1)
            yield Text(str(rows[0]["conditions"]))
    counts = answer["counts"]
    if counts["gone"] or counts["down"]:
        yield Text(say("request.left_out", lang, gone=counts["gone"], down=counts["down"]), "quiet")


def _day(iso: str) -> tuple[int, int, int]:
    year, month, dom = map(int, iso.split("-"))
    return year, month, dom
