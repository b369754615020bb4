"""What the commands print about what operators opened and saw."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app import phrases_watch, words
from app.printing import Answer
from app.progress import language
from app.report_format import cleaned
from app.terminal_table import table


def shifts(result: Answer) -> None:
    """Print by shift how many calls had a view, and how long they waited for it."""
    lang = language()
    if result["all"]["incidents"] == 0:
        period = {"start": words.day(result["from"], lang), "end": words.day(result["to"], lang)}
        print(words.say("shifts.none", lang, **period))
        return
    print(phrases_watch.shift_period(result, lang))
    heads = [words.say(f"line.col_{head}", lang) for head in phrases_watch.SHIFT_HEADS]
    table(heads, phrases_watch.shift_rows(result, lang))
    print(words.say("shifts.method", lang))


def grounds(result: Answer, zone: ZoneInfo) -> None:
    """List the emergency grounds of a period, the last first, on the district's clocks."""
    lang = language()
    period = {"start": words.day(result["from"], lang), "end": words.day(result["to"], lang)}
    if not result["entries"]:
        print(words.say("grounds.none", lang, **period))
        return
    print(words.say("grounds.period", lang, n=words.number(result["n"]), **period))
    heads = ("recorded", "until", "ground", "who", "for", "openings", "cameras_opened", "reason_given")
    rows = [
        (
            f"{entry['at'].astimezone(zone):%Y-%m-%d %H:%M}",
            f"{entry['until'].astimezone(zone):%H:%M}",
            phrases_watch.ground(entry, lang),
            entry["who"],
            entry["incident_key"] or words.say("grounds.of_place", lang),
            words.number(entry["openings"]),
            ", ".join(entry["cameras"]) or "–",
            entry["reason"],
        )
        for entry in result["entries"]
    ]
    # names and reasons are what people typed: nothing of it may move the cursor
    table([words.say(f"line.col_{head}", lang) for head in heads], [tuple(map(cleaned, row)) for row in rows])


def doubts(result: Answer) -> None:
    """List the cameras whose sight operators denied, the most denied first."""
    lang = language()
    if not result["cameras"]:
        print(words.say("doubts.none", lang))
        return
    print(words.say("doubts.headline", lang, n=words.number(result["n"])))
    heads = ("camera", "denied", "confirmed", "last_denied")
    rows = [tuple(phrases_watch.doubt(row, lang).values()) for row in result["cameras"]]
    table([words.say(f"line.col_{head}", lang) for head in heads], rows)
