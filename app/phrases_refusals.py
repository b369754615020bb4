"""Refused rows as sentences and as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.phrases_holdings import meaning
from app.words import day, label, number, say

Row = Mapping[str, Any]


def headline(answer: Row, lang: str) -> str:
    """Say how many refused rows wait to be mended."""
    if not answer["open"]:
        return say("mend.none", lang)
    return say("mend.headline", lang, n=number(answer["open"]), files=number(_files(answer)))


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield how refused rows come to be repaired, and how they are counted."""
    if answer["repaired"]:
        yield say("mend.repaired", lang, n=number(answer["repaired"]))
    if answer["settled"]:
        yield say("mend.settled", lang, n=number(answer["settled"]))
    yield say("mend.counted", lang)


def reasons(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a source and reason, the most first."""
    return [
        {
            "source": label("source", row["source"], lang),
            "n": number(row["n"]),
            "why": meaning(row["code"], lang),
            "severity": label("severity", row["severity"], lang),
            "code": row["code"],
        }
        for row in answer["by_reason"]
    ]


def files(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a load: what became of the rows it refused."""
    return [
        {
            "batch": str(row["batch_id"]),
            "file": row["file"] or "–",
            **{name: number(row[name]) for name in ("open", "refused", "repaired", "again", "settled")},
            "source": label("source", row["source"], lang),
            "loaded": day(row["loaded_on"], lang),
        }
        for row in answer["by_file"]
    ]


def one_file(row: Row, lang: str) -> str:
    """Name a load in a list."""
    told = {"no": row["batch_id"], "file": row["file"] or "–", "n": number(row["open"])}
    return say("mend.one_file", lang, **told)


def loaded_again(answer: Row, lang: str) -> Iterator[str]:
    """Yield what a mended file did, sentence by sentence; of one that was refused whole `why`, else its reasons."""
    if answer["status"] == "refused":
        why = answer.get("why") or " ".join(meaning(code, lang) for code in answer["reasons"])
        yield say("mend.file_refused", lang, why=why)
        return
    notes = answer["notes"]
    taken = answer["inserted"] + answer["updated"] + answer["unchanged"]
    yield say(
        "mend.loaded",
        lang,
        rows=number(answer["rows_in"]),
        taken=number(taken),
        repaired=number(notes.get("refusals_repaired", 0)),
        left=number(answer["quarantined"]),
    )
    if notes.get("marks_unknown"):
        yield say("note.marks_unknown", lang, note=number(notes["marks_unknown"]))
    if answer["source"] in _MOVES_CAMERAS and answer["inserted"] + answer["updated"]:
        yield say("mend.compute", lang)


# After these what the cameras see is computed anew.
_MOVES_CAMERAS = ("cameras", "survey", "juso", "city")


def _files(answer: Row) -> int:
    return sum(row["open"] > 0 for row in answer["by_file"])
