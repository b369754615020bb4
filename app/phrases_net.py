"""Sentences of the ways out: what is closed, what stays open and why, how long ago, and who sees him next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from app.words import label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_REASONS = ("unseen", "possible", "down", "purpose", "one_aim")


def headline(ring: Row, lang: str) -> str:
    """Say of one ring how many ways out are closed, by how many cameras, and what share of escapes stays open."""
    told = {"minutes": f"{ring['minutes']:g}", "exits": number(ring["exits"])}
    if not ring["exits"]:
        return say("net.no_exits", lang, minutes=told["minutes"])
    if not ring["closed"]:
        return say("net.none_closed", lang, **told)
    told["cameras"] = number(len(ring["cameras"]))
    if ring["closed"] == ring["exits"]:
        return say("net.all_closed", lang, **told)
    share = percent(ring["escape_share"])
    return say("net.headline", lang, closed=number(ring["closed"]), share=share, **told)


def span_of_time(seconds: float, lang: str) -> str:
    """Return seconds as "45 s" or, from a minute on, "2 min 5 s"."""
    whole = round(seconds)
    if whole < 60:
        return say("net.seconds", lang, n=number(whole))
    return say("net.minutes_seconds", lang, minutes=number(whole // 60), seconds=whole % 60)


def clock(answer: Row, lang: str) -> str:
    """Say how long ago the call was, and that he may be anywhere he could get to meanwhile."""
    elapsed = span_of_time(answer["elapsed_s"], lang)
    told = say(
        "net.clock",
        lang,
        elapsed=say("net.longer", lang, elapsed=elapsed) if answer["longer"] else elapsed,
        reaction=span_of_time(answer["reaction_s"], lang),
        mode=label("mode", answer["mode"], lang),
        street=answer["street"] or say("net.no_street_name", lang),
    )
    return f"{told} {say('net.may_have_left', lang)}" if answer["may_have_left"] else told


def proof(answer: Row, ring: Row, lang: str) -> str | None:
    """Say whether fewer cameras would do; None where none is used."""
    if not ring["cameras"]:
        return None
    if ring["proved"]:
        return say("net.proved", lang)
    return (
        say("net.first", lang)
        if answer["first"]
        else say("net.not_proved", lang, bound=number(ring["bound"]))
    )


def reasons(ring: Row, lang: str) -> str | None:
    """Say why exits stay open, each reason with how many; None where none does."""
    counts = Counter(row["why_code"] for row in ring["open"])
    if not counts:
        return None
    told = [
        say("open.count", lang, why=label("open", code, lang), n=number(counts[code]))
        for code in _REASONS
        if counts[code]
    ]
    return say("open.line", lang, reasons=", ".join(told))


def lines(answer: Row, ring: Row, lang: str) -> Iterator[str]:
    """Yield what stands behind the headline of a ring: proof, reasons, what other purposes would close, method."""
    for line in (proof(answer, ring, lang), reasons(ring, lang), withheld(ring, lang)):
        if line:
            yield line
    if answer["emergency"]:
        yield say("net.emergency", lang)
    if not answer["walls_known"]:
        yield say("net.no_walls", lang)
    if answer["stale"]:
        yield say("net.stale", lang, n=number(answer["stale"]))
    if ring["exits"]:
        yield f"{say('net.assumed', lang)} {say('net.share_of', lang)}"


def withheld(ring: Row, lang: str) -> str | None:
    """Say how many cameras of other purposes would close more, and how many exits; None where none would."""
    rows = ring["withheld"]
    if not rows:
        return None
    more = len({number for row in rows for number in row["closes"]})
    return say("net.withheld", lang, exits=number(more), n=number(len(rows)))


def aim(row: Row, lang: str) -> str:
    """Return where a camera looks when it closes: its heading, and the preset it must be turned to; a dash when unknown."""
    turned = row["aim"]
    if turned is None:
        return towards(row["heading_deg"], lang)
    told = towards(turned["heading_deg"], lang)
    if turned["preset"] is None:
        return told
    return say("net.aim_preset", lang, preset=turned["preset"], towards=told)


def closes(row: Row) -> str:
    """Return the exits that open without a camera, as numbers with commas."""
    return ", ".join(map(str, row["closes"])) or "–"


def next_line(relay: Row, lang: str) -> str:
    """Say who most likely sees him next and how long nobody does, or that none will."""
    minutes = f"{relay['within_s'] / 60:g}"
    if not relay["cameras"]:
        return say("net.next_none", lang, minutes=minutes)
    first = relay["cameras"][0]
    told = say(
        "net.next_line",
        lang,
        camera=first["camera_key"],
        p=percent(first["probability"], 0),
        blind=span_of_time(first["blind_median_s"], lang),
        high=span_of_time(first["blind_high_s"], lang),
    )
    return f"{told} {say('net.next_unseen', lang, minutes=minutes, p=percent(relay['unseen'], 0))}"
