"""How `matches` speaks to people."""

from __future__ import annotations

from app import phrases_matches, words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table

# So many of each are told; the JSON holds more.
_TOLD = 20


def matches(result: Answer) -> None:
    """Print what counts, the pairs, and the last decisions."""
    lang = language()
    print(phrases_matches.headline(result, lang))
    for line in phrases_matches.lines(result, lang):
        print(line)
    _told([phrases_matches.pair(row, lang) for row in result["pairs"][:_TOLD]], lang)
    _told(phrases_matches.decisions(result, lang)[:_TOLD], lang)


def decided(result: Answer) -> None:
    """Print what was decided, and what counts now."""
    print(phrases_matches.decided(result, language()))


def trial(result: Answer) -> None:
    """Print how often matching is right on invented lists."""
    whole = {name: words.number(result[name]) for name in ("lists", "truth", "joined", "asked")}
    shares = {name: words.percent(result[name]) for name in ("precision", "recall", "recall_asked")}
    print(words.say("match.trial", language(), **whole, **shares))


def _told(rows: list[dict[str, str]], lang: str) -> None:
    if rows:
        print()
        table([words.say(f"match.col_{name}", lang) for name in rows[0]], [[*row.values()] for row in rows])
