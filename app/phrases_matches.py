"""The same cameras in several lists as sentences and as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.words import day, distance, label, number, percent, say

Row = Mapping[str, Any]

# From this agreement on purposes are of one kind; below it they are others.
_ONE_KIND = 0.4


def headline(answer: Row, lang: str) -> str:
    """Say how many pairs wait for a person."""
    waiting = answer["counts"]["doubtful"]
    if not waiting:
        return say("match.headline_none", lang)
    return say(
        "match.headline_waits_one" if waiting == 1 else "match.headline_waits", lang, n=number(waiting)
    )


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what counts, how the pairs stand, and how they are found."""
    network = answer["network"]
    yield say(
        "match.network",
        lang,
        at=day(answer["at"], lang),
        cameras=number(network["cameras"]),
        sites=number(network["sites"]),
        listed=number(network["cameras_listed"]),
        sites_listed=number(network["sites_listed"]),
    )
    yield say("match.counts", lang, **{state: number(n) for state, n in answer["counts"].items()})
    rules = answer["rules"]
    yield say("match.how", lang, sure=number(rules["sure"], 2), doubtful=number(rules["doubtful"], 2))


def pair(row: Row, lang: str) -> dict[str, str]:
    """Return a pair as a row of a table: whose, why it is thought so."""
    return {
        "state": label("matchstate", row["state"], lang),
        "score": number(row["score"], 2),
        "pair": names(row),
        "records": f"{row['record_a']} / {row['record_b']}",
        "why": why(row, lang),
        "held": held(row, lang),
    }


def names(row: Row) -> str:
    """Return the two agencies of a pair."""
    return " / ".join(row[end]["agency"] if row[end] else "–" for end in ("a", "b"))


def score(row: Row, lang: str) -> str:
    """Say a pair's score and what it is made of."""
    if row["score"] is None:
        return say("match.no_score", lang)
    return say("match.score", lang, score=number(row["score"], 2), told=why(row, lang))


def held(row: Row, lang: str) -> str:
    """Say why a pair is asked about and not joined; a dash for one that does not wait."""
    if row["state"] != "doubtful":
        return "–"
    return label("match", f"held_{row['parts'].get('held') or 'score'}", lang)


def why(row: Row, lang: str) -> str:
    """Say in how far two records agree, part by part; nothing without a score."""
    if row["score"] is None:
        return "–"
    parts = row["parts"]
    purpose = parts["purpose"]
    of_purpose = "same" if purpose == 1 else "near" if purpose >= _ONE_KIND else "other"
    told = [say("match.part_place", lang, distance=distance(row["distance_m"]))]
    told.append(label("match", f"part_purpose_{of_purpose}", lang))
    if parts["text"] is None:
        told.append(say("match.part_text_unknown", lang))
    else:
        told.append(say("match.part_text", lang, share=percent(parts["text"], 0)))
    told.append(say("match.part_facts", lang, share=percent(parts["facts"], 0)))
    return ", ".join(told)


def side_by_side(row: Row, lang: str) -> list[dict[str, str]]:
    """Return what both lists say of a pair, a row a fact; a dash where one says nothing."""
    told = {end: _facts(row, end, lang) for end in ("a", "b")}
    return [
        {"what": label("match", f"row_{name}", lang), "a": told["a"][name], "b": told["b"][name]}
        for name in told["a"]
    ]


def _facts(row: Row, end: str, lang: str) -> dict[str, str]:
    said = row[end] or {}
    purposes = [said.get("purpose_code"), *str(said.get("further") or "").split(",")]
    lat, lon = said.get("lat"), said.get("lon")
    behind = row["counts"] not in (None, end)
    return {
        "record": row[f"record_{end}"],
        "agency": said.get("agency") or "–",
        "purpose": ", ".join(label("purpose", code, lang) for code in purposes if code) or "–",
        "road": said.get("address_road") or "–",
        "lot": said.get("address_lot") or "–",
        "cameras": number(said.get("cameras")),
        "installed": day(said.get("installed_on"), lang),
        "pixels": number(said.get("pixels")),
        "view": said.get("view_text") or "–",
        "place": "–" if lat is None or lon is None else f"{lat:.6f}, {lon:.6f}",
        "counts": label("match", "counts_no" if behind else "counts_yes", lang) if said else "–",
    }


def decisions(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return the log, a row a decision, the last first."""
    return [
        {
            "when": f"{day(row['decided_at'], lang)} {row['decided_at'][11:16]}",
            "who": row["decided_by"],
            "said": label("said", row["said"], lang),
            "records": f"{row['record_a']} / {row['record_b']}",
            "why": say("match.record_changed", lang) if row["reason"] == "RECORD_CHANGED" else row["reason"],
            "score": number(row["score"], 2),
        }
        for row in answer["decisions"]
    ]


def decided(result: Row, lang: str) -> str:
    """Say what was decided and how many cameras count now."""
    return say(
        "match.decided",
        lang,
        a=result["record_a"],
        b=result["record_b"],
        said=label("said", result["said"], lang),
        cameras=number(result["network"]["cameras"]),
    )
