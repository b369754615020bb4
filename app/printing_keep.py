"""How commands that keep a district's state speak to people."""

from __future__ import annotations

from app import words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def state(result: Answer) -> None:
    """Print each table with its rows and its hash, what is left out, and the hash of all."""
    lang = language()
    heads = [words.say(f"line.col_{head}", lang) for head in ("table", "rows", "hash")]
    table(heads, [(each["table"], words.number(each["rows"]), each["hash"]) for each in result["tables"]])
    print(words.say("keep.left_out", lang, names=", ".join(result["left_out"])))
    print(words.say("keep.hash", lang, district=result["district"], hash=result["hash"]))
