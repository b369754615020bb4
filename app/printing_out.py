"""What the commands print that hand things over."""

from __future__ import annotations

from app import words
from app.printing import Answer, language


def table_out(result: Answer) -> None:
    """Say where a table is, how many rows it has, for whom, and its digest."""
    told = {name: result[name] for name in ("out", "edition", "sha256")}
    print(words.say("line.table_out", language(), rows=words.number(result["rows"]), **told))
