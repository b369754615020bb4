"""How `stability` speaks to people."""

from __future__ import annotations

from app import phrases_stability, words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def stability(result: Answer) -> None:
    """Print in which share of the draws each site stays, and what the ranking of all sites does."""
    lang = language()
    columns = ("plan.col_no", "stability.col_kept", "stability.col_alike")
    rows = [(row["no"], row["kept"], row["alike"]) for row in phrases_stability.sites(result, lang)]
    table([words.say(key, lang) for key in columns], rows)
    print("\n".join(phrases_stability.lines(result, lang)))
