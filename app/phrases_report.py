"""Sentences on kept reports, for the page and for the command line: rows in, texts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.words import day, distance, label, number, percent, say

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# Words of what a report may be.
EDITIONS = {"committee": "report.edition_committee", "internal": "report.edition_internal"}
FORMS = {"pdf": "report.form_pdf", "html": "report.form_html"}
LANGUAGES = {"ko": "report.lang_ko", "en": "report.lang_en"}
SHORT_SHA = 12
_SHARES = ("share", "low", "high", "certain", "possible", "alone", "change")
_LONGEST = 60


def period(row: Row, lang: str) -> str:
    """Return the period of a report in words."""
    return say("report.period", lang, since=day(row["since"], lang), until=day(row["until"], lang))


def headline(row: Row, lang: str) -> str:
    """Return period, edition and language of a report."""
    edition, language = say(EDITIONS[row["edition"]], lang), say(LANGUAGES[row["lang"]], lang)
    return say("report.head", lang, period=period(row, lang), edition=edition, language=language)


def made_line(row: Row, lang: str, *, zone: ZoneInfo) -> str:
    """Return a report's number, the day on the district's clocks, who, how large, and the head of its SHA-256."""
    return say(
        "report.made",
        lang,
        id=row["report_id"],
        made=made_on(row["made_at"], lang, zone=zone),
        who=row["made_by"],
        size=size(row["bytes"]),
        sha=row["sha256"][:SHORT_SHA],
    )


def made_on(moment: datetime, lang: str, *, zone: ZoneInfo) -> str:
    """Return the day of a moment on the district's clocks."""
    return day(moment.astimezone(zone).date(), lang)


def size(n_bytes: int) -> str:
    """Return a length in bytes as kB or MB."""
    return f"{number(n_bytes / 1e6, 1)} MB" if n_bytes >= 1_000_000 else f"{number(n_bytes / 1e3)} kB"


def verdict(result: Row, lang: str) -> str:
    """Return what computing a report anew showed, in one sentence."""
    if result["same"]:
        return say("report.same", lang, sha=result["sha256"][:SHORT_SHA])
    n = len(result["figures"])
    if n == 0:
        return say("report.same_figures", lang)
    return say("report.differs_one" if n == 1 else "report.differs", lang, n=number(n))


def reasons(result: Row, lang: str) -> Iterator[str]:
    """Yield why figures or bytes differ, a sentence a reason; one that says so when there is none."""
    if result["same"]:
        return
    if not result["because"]:
        yield say("report.why_nothing", lang)
    for row in result["because"]:
        yield _reason(row, lang)


def _reason(row: Row, lang: str) -> str:
    if row["kind"] == "load":
        told = {"source": row["source"], "file": row["file_name"] or "–", "day": day(row["day"], lang)}
        return say("report.why_load", lang, **told)
    if row["kind"] == "mark":
        then, now = (number(row[when]) for when in ("then", "now"))
        return say("report.why_mark", lang, name=label("mark", row["name"], lang), then=then, now=now)
    return say("report.why_version", lang, name=row["name"], then=row["then"] or "–", now=row["now"] or "–")


def changed(result: Row, lang: str, *, most: int) -> list[tuple[str, str, str]]:
    """Return figure, kept value and value now of the first `most` differences."""
    return [
        (
            row["figure"],
            _value(row["figure"], row["then"], lang),
            _value(row["figure"], row["now"], lang),
        )
        for row in result["figures"][:most]
    ]


def _value(figure: str, value: object, lang: str) -> str:
    if value is None:
        return "–"
    name = figure.rpartition(".")[2]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if name in _SHARES:
            return percent(value, 2) if value >= 0 else number(100 * value, 2)
        if name.endswith("_m"):
            return distance(value)
        return number(value) if isinstance(value, int) else number(value, 3)
    if isinstance(value, (list, dict)):
        return f"({number(len(value))})"
    if isinstance(value, date):
        return day(value, lang)
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
