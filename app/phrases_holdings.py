"""What a district holds as sentences and as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import day, label, number, percent, say
from etl.reasons import REASONS, sentence

Row = Mapping[str, Any]

# What is to be looked into stands first.
ROWS = ("rows_in", "quarantined", "duplicates", "outside", "inserted", "updated", "unchanged", "retired")
_DAYS_OF_A_YEAR = 365.25
# From two years on days say little.
_YEARS_FROM_DAYS = 730


def headline(answer: Row, lang: str) -> str:
    """Say how many sources are out of date or absent."""
    states = [row["state"] for row in answer["sources"]]
    if not answer["loads"]:
        return say("data.headline_empty", lang)
    stale, never = states.count("stale"), states.count("never")
    if not stale and not never:
        return say("data.headline_fine", lang, n=number(len(states)))
    key = "data.headline" if stale and never else "data.headline_stale" if stale else "data.headline_never"
    told = ({"stale": number(stale)} if stale else {}) | ({"never": number(never)} if never else {})
    return say(key, lang, n=number(len(states)), **told)


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield how ages are counted, and which sources are to be checked next."""
    due = sorted((row for row in answer["sources"] if row["due_on"]), key=lambda row: row["due_on"])
    coming = [row for row in due if row["state"] == "fresh"][:3]
    if coming:
        told = [
            say(
                "data.next_one",
                lang,
                source=label("source", row["source"], lang),
                day=day(row["due_on"], lang),
            )
            for row in coming
        ]
        yield say("data.next", lang, named=", ".join(told))
    yield say("data.ages", lang, at=day(answer["at"], lang))


def sources(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a source: state in words, the day it describes, its age, when to check it again."""
    return [
        {
            "source": label("source", row["source"], lang),
            "state": label("state", row["state"], lang),
            "age": age(row["age_days"], lang),
            "day": day(row["day"], lang),
            "due": _due(row, lang),
            "rows": number(row["rows"]),
            "loaded": day(row["loaded_on"], lang),
            "file": row["file"] or "–",
        }
        for row in answer["sources"]
    ]


def age(days: int | None, lang: str) -> str:
    """Return an age as days, or from two years on as years; a dash when unknown."""
    if days is None:
        return "–"
    if days >= _YEARS_FROM_DAYS:
        return say("data.age_years", lang, n=number(days / _DAYS_OF_A_YEAR, 1))
    return say("data.age_day", lang) if days == 1 else say("data.age_days", lang, n=number(days))


def known(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a thing that figures rest on: known of how many, and the share."""
    return [
        {
            "what": label("fact", row["what"], lang),
            "known": "–" if row["of"] is None else f"{number(row['known'])} / {number(row['of'])}",
            "share": percent(row["known"] / row["of"] if row["of"] else None),
        }
        for row in answer["missing"]
    ]


def absent(answer: Row, lang: str) -> Iterator[str]:
    """Yield the day that is spoken of, and what was never loaded."""
    yield say("data.missing_at", lang, day=day(answer["network_day"], lang))
    if answer["absent"]:
        named = ", ".join(label("absent", name, lang) for name in answer["absent"])
        yield say("data.absent", lang, named=named)


def loads(answer: Row, lang: str) -> list[dict[str, object]]:
    """Return a row a load. Of a file that was refused as a whole no row was looked at: a dash, no zero."""
    return [
        {
            "no": row["batch_id"],
            "loaded": day(row["loaded_on"], lang),
            "source": label("source", row["source"], lang),
            "outcome": label("outcome", row["status"], lang),
            **{name: number(row[name] if row["status"] == "done" else None) for name in ROWS},
            "file": row["file_name"],
        }
        for row in answer["loads"]
    ]


def reasons(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return refused rows by source and reason, the most first."""
    return [
        {
            "source": label("source", row["source"], lang),
            "reason": meaning(row["code"], lang),
            "count": number(row["n"]),
        }
        for row in answer["reasons"]
    ]


def one_load(row: Row, lang: str) -> str:
    """Name a load in a list."""
    source = label("source", row["source"], lang)
    told = {"no": row["batch_id"], "day": day(row["loaded_on"], lang), "n": number(row["quarantined"])}
    return say("data.one_load", lang, source=source, **told)


def file_facts(row: Row, lang: str) -> str:
    """Say which file a load took, by its hash."""
    told = {"file": row["file_name"], "sha": (row["file_sha256"] or "–")[:12]}
    return say(
        "data.file_facts",
        lang,
        **told,
        encoding=row["encoding"] or "–",
        form=label("form", row["form"], lang),
    )


def by_code(counts: Mapping[str, int], lang: str) -> list[dict[str, str]]:
    """Return reasons or repairs of one load as sentences with their counts."""
    return [{"reason": meaning(code, lang), "count": number(n)} for code, n in counts.items()]


def refused(rows: list[dict[str, Any]], lang: str) -> list[dict[str, object]]:
    """Return the refused rows themselves: number, line of the file (a dash where it has none), reasons in words, content as it was read."""
    return [
        {
            "row": row["row_no"],
            "line": number(row.get("line_no")),
            "reason": " ".join(meaning(code, lang) for code in row["reasons"]),
            "content": " · ".join(f"{name}: {cell}" for name, cell in _cells(row["raw"]).items()),
        }
        for row in rows
    ]


def _cells(raw: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return a refused row's own cells: beside them it is kept which table of the file it stood in."""
    return {name: cell for name, cell in (raw or {}).items() if name != "table"}


def meaning(code: str, lang: str) -> str:
    """Return the sentence of a reason; a code that none of ours is names itself."""
    return sentence(code, "ko" if lang == "ko" else "en") if code in REASONS else code


def _due(row: Row, lang: str) -> str:
    if row["state"] == "never":
        return "–"
    return day(row["due_on"], lang) if row["due_on"] else say("data.no_due", lang)
