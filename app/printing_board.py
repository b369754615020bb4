"""How `board` speaks to people."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app import phrases_board, words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def board(result: Answer) -> None:
    """Print how many are open, then a line an incident."""
    lang, zone = language(), ZoneInfo(result["timezone"])
    print(words.say("board.found", lang, n=words.number(len(result["incidents"]))))
    if result["incidents"]:
        columns = ("urgency", "when", "what", "where", "cameras")
        table(
            [words.say(f"board.col_{name}", lang) for name in columns],
            [_line(row, lang, zone) for row in result["incidents"]],
        )
    elif result["last_event_at"]:
        print(words.say("board.last", lang, time=_clock(result["last_event_at"], zone)))
    else:
        print(words.say("board.never", lang))
    counts = {"n": words.number(result["out_of_order"]), "of": words.number(result["cameras"])}
    print(words.say("board.out_of_order", lang, **counts))


def _line(row: Answer, lang: str, zone: ZoneInfo) -> list[str]:
    return [
        phrases_board.urgency(row, lang),
        _clock(row["occurred_at"], zone),
        phrases_board.what(row, lang),
        phrases_board.where(row, lang),
        phrases_board.cameras(row["answer"], lang),
    ]


def _clock(moment: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(zone):%H:%M:%S}"
