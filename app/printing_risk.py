"""What the command line prints of what risk is made of."""

from __future__ import annotations

from app import phrases_risk, words
from app.progress import language
from app.terminal_table import table


def risk(answer: phrases_risk.Row) -> None:
    """Print the layers of risk with weight, rows, day, file and scale, then what stands beside them."""
    lang = language()
    if answer["frozen"] is not None:
        _frozen(answer, lang)
    if answer["layers"]:
        heads = [words.say(f"risk.col_{name}", lang) for name in phrases_risk.COLUMNS]
        rows = phrases_risk.rows(answer, lang)
        table(heads, [[row[name] for name in phrases_risk.COLUMNS] for row in rows])
    if judgement := answer["judgement"]:
        told = {"cr": phrases_risk.ratio(judgement["cr"]), "most": words.number(judgement["most"], 2)}
        print(words.say("risk.judged", lang, **told))
        if judgement["worst"]:
            _worst(judgement, lang)
    print("\n".join(phrases_risk.lines(answer, lang)))


def _frozen(answer: phrases_risk.Row, lang: str) -> None:
    named = ", ".join(words.label("layer", name, lang) for name in answer["frozen"])
    key = "risk.frozen" if named else "risk.nothing_frozen"
    print(words.say(key, lang, named=named, day=words.day(answer["at"], lang)))


def _worst(judgement: phrases_risk.Row, lang: str) -> None:
    a, b = (words.label("layer", name, lang) for name in judgement["worst"])
    given, would = (phrases_risk.times(judgement[name]) for name in ("given", "would"))
    print(words.say("risk.worst", lang, a=a, b=b, given=given, would=would))
