"""The policy page as a document: the eight items of article 25, paragraph 7, each with what is told and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from app.report_blocks import Block, Document, Fact, Facts, Heading, Table, Text
from app.words import day, number, percent, say

Row = Mapping[str, Any]
# A space that no line breaks at: both halves of a place stand together.
NARROW = "\u00a0"


def document(told: Row, lang: str) -> Document:
    """Return the page of what `app.services.policy.policy` says."""
    at = told["in_force"] or told["at"]
    invented = bool(told["invented"])
    return Document(
        lang=lang,
        title=say("policy.title", lang),
        subtitle=_name(told["district"], "name", lang),
        lines=tuple(_lines(told, lang)),
        margin=say("policy.margin", lang) if invented else "",
        watermark=say("policy.watermark", lang) if invented else "",
        day=(at.year, at.month, at.day),
        blocks=tuple(_blocks(told, lang)),
    )


def _lines(told: Row, lang: str) -> Iterator[str]:
    if told["in_force"]:
        yield say("policy.in_force", lang, day=day(told["in_force"], lang))
    yield say("policy.made", lang, day=day(told["at"], lang))
    if told["registry"]:
        yield say("policy.registry", lang, day=day(told["registry"], lang))


def _blocks(told: Row, lang: str) -> Iterator[Block]:
    if told["invented"]:
        yield Text(say("app.invented", lang), "warning")
    yield Text(say("policy.opening", lang, name=_name(told["district"], "name", lang)))
    for place, item in enumerate(told["items"], 1):
        title = say(f"policy.item.{item['item']}", lang)
        yield Heading(f"{place}. {title}", 1)
        yield from _FACTS.get(item["item"], _no_facts)(item["facts"], told, lang)
        yield from _told(item, lang)
    yield from _annex(told, lang)


def _told(item: Row, lang: str) -> Iterator[Block]:
    """Yield what the district's file tells of an item; what it does not tell is said to be missing, in plain sight."""
    texts = item["told"][lang]
    known = [(say(f"policy.topic.{topic}", lang), text) for topic, text in texts.items() if text]
    if len(texts) == 1 and known:
        yield Text(known[0][1])
    elif known:
        head = (say("policy.col_what", lang), say("policy.col_told", lang))
        yield Table(say("policy.told_by", lang), head, tuple(known), "ll", widths=(1, 4))
    for topic, text in texts.items():
        if not text:
            yield Text(say("policy.missing", lang, what=say(f"policy.topic.{topic}", lang)), "warning")


def _purposes(facts: Row, told: Row, lang: str) -> Iterator[Block]:
    yield Text(say("policy.ground", lang))
    rows = tuple(
        (
            _name(row, "purpose", lang),
            say(f"policy.law.{row['legal_ground']}", lang),
            number(row["cameras"]),
            number(row["sites"]),
        )
        for row in facts["purposes"]
    )
    yield from _table("policy.purposes", ("purpose", "law", "cameras", "sites"), rows, "llrr", lang=lang)


def _places(facts: Row, told: Row, lang: str) -> Iterator[Block]:
    sites = len(facts["sites"])
    yield Facts(
        (
            Fact(say("policy.n_cameras", lang, n=number(told["cameras"])), say("policy.cameras", lang)),
            Fact(say("policy.n_sites", lang, n=number(sites)), say("policy.sites", lang)),
        )
    )
    rows = tuple((_dong(row, lang), number(row["sites"]), number(row["cameras"])) for row in facts["dong"])
    yield from _table("policy.by_dong", ("dong", "sites", "cameras"), rows, "lrr", lang=lang)
    yield Text(say("policy.see_annex", lang), "quiet")


def _persons(facts: Row, told: Row, lang: str) -> Iterator[Block]:
    rows = tuple((_name(row, "agency", lang), number(row["cameras"])) for row in facts["agencies"])
    yield from _table("policy.agencies", ("agency", "cameras"), rows, "lr", lang=lang)


def _keeping(facts: Row, told: Row, lang: str) -> Iterator[Block]:
    total = told["cameras"]
    rows = tuple(
        (
            _days(row["retention_days"], told["retention_assumed_days"], lang),
            number(row["cameras"]),
            percent(row["cameras"] / total),
        )
        for row in facts["retention"]
    )
    yield from _table("policy.retention", ("days", "cameras", "share"), rows, "lrr", lang=lang)


def _days(days: int | None, assumed: int, lang: str) -> str:
    if days is None:
        return say("policy.days_unknown", lang, days=number(assumed))
    return say("policy.days", lang, days=number(days))


def _no_facts(facts: Row, told: Row, lang: str) -> Iterator[Block]:
    yield from ()


def _annex(told: Row, lang: str) -> Iterator[Block]:
    sites = next(item["facts"]["sites"] for item in told["items"] if "sites" in item["facts"])
    yield Heading(say("policy.annex", lang), 1)
    rows = tuple(
        (
            number(place),
            _dong(site, lang),
            f"{site['lat']:.5f},{NARROW}{site['lon']:.5f}",
            number(site["cameras"]),
            ", ".join(site[f"purposes_{lang}"]),
        )
        for place, site in enumerate(sites, 1)
    )
    columns = ("no", "dong", "coordinates", "cameras", "purpose")
    yield from _table("policy.annex_table", columns, rows, "rllrl", lang=lang)


_FACTS: dict[str, Callable[[Row, Row, str], Iterator[Block]]] = {
    "purpose": _purposes,
    "place": _places,
    "persons": _persons,
    "keeping": _keeping,
}


def _table(
    caption: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]], align: str, *, lang: str
) -> Iterator[Block]:
    if not rows:
        yield Text(say("policy.none_registered", lang), "warning")
        return
    head = tuple(say(f"policy.col_{name}", lang) for name in columns)
    yield Table(say(caption, lang), head, tuple(rows), align)


def _dong(row: Row, lang: str) -> str:
    return _name(row, "dong", lang) or say("policy.no_dong", lang)


def _name(row: Row, stem: str, lang: str) -> str:
    """Return a name in the language, Korean where there is no other; empty where there is none."""
    return str(row[f"{stem}_{lang}"] or row[f"{stem}_ko"] or "")
