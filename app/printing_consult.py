"""What the commands about consultation print: how far the plan is, what stands in the way, the records."""

from __future__ import annotations

from app import phrases_consult, words
from app.printing import Answer
from app.progress import language
from app.report_format import cleaned
from app.terminal_table import table


def consultation(told: Answer) -> None:
    """Print how far a plan is and its records of having asked."""
    lang = language()
    print(phrases_consult.headline(told, lang))
    for line in phrases_consult.lines(told, lang):
        # what people typed may not move the cursor
        print(cleaned(line))
    rows = phrases_consult.records(told, lang)
    if rows:
        print(words.say("consult.records", lang, n=words.number(len(rows))))
        table(
            [words.say(f"consult.col_{name}", lang) for name in rows[0]],
            [tuple(map(cleaned, row.values())) for row in rows],
        )
    print(words.say("consult.no_names", lang))
