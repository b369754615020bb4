"""How `golmok net` speaks to people: a sentence a ring, the cameras in order, the exits that stay open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.progress import language
from app.terminal_table import table

# An answer is JSON-ready: its keys are the service's contract.
Answer = Mapping[str, Any]

# A screen holds so many open exits; all of them are in the JSON.
_EXITS = 10


def net(result: Answer) -> None:
    """Print each ring: what is closed, by whom, what stays open."""
    from app import phrases_net

    lang = language()
    print(phrases_net.clock(result, lang))
    for ring in result["rings"]:
        print(f"\n{phrases_net.headline(ring, lang)}")
        for line in phrases_net.lines(result, ring, lang):
            print(f"  {line}")
        _cameras(ring, lang)
        _exits(ring, lang)


def _cameras(ring: Answer, lang: str) -> None:
    from app import phrases_net, words

    rows = [
        (
            row["no"],
            row["camera_key"],
            phrases_net.aim(row, lang),
            phrases_net.closes(row),
            row["site"] or "–",
            row["agency_en"] if lang == "en" and row["agency_en"] else row["agency"],
        )
        for row in ring["cameras"]
    ]
    names = ("no", "camera", "aim", "closes", "stands", "agency")
    if rows:
        table([words.say(f"line.col_{name}", lang) for name in names], rows)


def _exits(ring: Answer, lang: str) -> None:
    from app import words

    rows = [
        (
            row["exit_id"],
            row["street"] or "–",
            f"{row['lat']:.6f}, {row['lon']:.6f}",
            words.label("open", row["why_code"], lang),
        )
        for row in ring["open"]
    ]
    if rows:
        heads = [words.say(f"line.col_{name}", lang) for name in ("exit", "street", "place", "why")]
        table(heads, rows[:_EXITS])
    if len(rows) > _EXITS:
        print(words.say("line.more_exits", lang, n=words.number(len(rows) - _EXITS)))


def relay(result: Answer) -> None:
    """Print who sees him next after a camera, and how long nobody does."""
    from app import phrases_net, words

    lang = language()
    print(phrases_net.next_line(result, lang))
    rows = [
        (
            number,
            row["camera_key"],
            words.percent(row["probability"], 0),
            phrases_net.span_of_time(row["blind_median_s"], lang),
            f"{phrases_net.span_of_time(row['blind_low_s'], lang)} – {phrases_net.span_of_time(row['blind_high_s'], lang)}",
            phrases_net.aim(row, lang),
        )
        for number, row in enumerate(result["cameras"], 1)
    ]
    if rows:
        names = ("no", "camera", "chance", "blind", "blind_range", "aim")
        table([words.say(f"line.col_{name}", lang) for name in names], rows)
