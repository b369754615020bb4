"""How the commands of plans speak to people: one plan, the list of those that are kept, two side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import phrases_compare, words
from app.progress import language
from app.terminal_table import table

Answer = Mapping[str, Any]


def compared(found: Answer) -> None:
    """Print two plans side by side: figures, places of both, places of one alone."""
    lang = language()
    one, other = phrases_compare.heads(found, lang)
    for line in phrases_compare.lines(found, lang):
        print(line)
    figures = phrases_compare.figures(found, lang)
    table(
        [words.say("plan_compare.col_what", lang), one, other],
        [(row["what"], row["a"], row["b"]) for row in figures],
    )
    numbers = {side: found[side]["plan_id"] for side in ("a", "b")}
    heads = {
        "no_a": words.say("plan_compare.col_no", lang, no=numbers["a"]),
        "no_b": words.say("plan_compare.col_no", lang, no=numbers["b"]),
    }
    _listed(words.say("plan_compare.common", lang), phrases_compare.common(found, lang), lang, heads)
    for side in ("a", "b"):
        title = words.say("plan_compare.only", lang, no=numbers[side])
        alone = phrases_compare.alone(found, side, lang)
        _listed(title, alone, lang, {"no": words.say("plan.col_no", lang)})


def _listed(title: str, rows: Sequence[Mapping[str, str]], lang: str, heads: Mapping[str, str]) -> None:
    if not rows:
        return
    print(f"\n{title}")
    known = {**{name: words.say(f"plan_compare.col_{name}", lang) for name in _COLUMNS}, **heads}
    table([known[name] for name in rows[0]], [tuple(row.values()) for row in rows])


_COLUMNS = ("alley", "act", "apart", "turned", "place")
