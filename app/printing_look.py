"""What the command line prints of a look into a registry's file."""

from __future__ import annotations

from app import phrases_look, phrases_notes, words
from app.progress import language
from app.terminal_table import table

_FAULTS = ("reason", "fate", "count", "columns", "rows")
_KNOWN = ("what", "known", "of", "share")
_CHECKS = ("no", "place", "agency", "unknown", "cameras", "risk", "row")


def look(answer: phrases_look.Row) -> None:
    """Print what a file holds, what is wrong in it, what is missing, and what to check first."""
    lang = language()
    if answer["status"] == "refused":
        print(phrases_look.refused_line(answer, lang))
        return
    print(phrases_look.headline(answer, lang))
    print("\n".join(phrases_look.lines(answer, lang)))
    for line in phrases_notes.lines(answer["coordinates"], lang):
        print(line)
    wrong = phrases_look.faults(answer, lang)
    print(f"\n{words.say('look.wrong' if wrong else 'look.nothing_wrong', lang)}")
    if wrong:
        _table(_FAULTS, wrong, lang)
        print(phrases_look.fault_line(lang))
    print(f"\n{words.say('look.missing', lang)}")
    _table(_KNOWN, phrases_look.known(answer, lang), lang)
    print(f"\n{words.say('look.checks', lang)}")
    if answer["checks"]:
        _table(_CHECKS, phrases_look.checks(answer, lang), lang)
    print("\n".join(phrases_look.check_lines(answer, lang)))
    print(words.say("look.kept_nothing", lang))


def _table(columns: tuple[str, ...], rows: list[dict[str, str]], lang: str) -> None:
    heads = [words.say(f"look.col_{name}", lang) for name in columns]
    table(heads, [[row[name] for name in columns] for row in rows])
