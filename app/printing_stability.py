"""How `stability` and `frontier` speak to people."""

from __future__ import annotations

from app import phrases_curves, phrases_stability, words
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


def frontier(result: Answer) -> None:
    """Print a row a plan: the private ground it looks into, the risk it sees, its cameras and money."""
    lang = language()
    columns = ("frontier.col_plots", "curve.col_after", "curve.col_cameras", "curve.col_won")
    rows = [
        (row["plots"], row["after"], row["cameras"], row["won"])
        for row in phrases_curves.frontier(result["frontier"], lang)
    ]
    table([words.say(key, lang) for key in columns], rows)
    if len(rows) > 1:
        print(phrases_curves.frontier_told(result["frontier"], lang))
    print(words.say("frontier.how", lang))
