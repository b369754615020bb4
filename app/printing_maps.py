"""How the commands that write maps speak to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.progress import language

# As in `app.printing`: the shape of an answer is its service's contract.
Answer = Mapping[str, Any]


def map_out(result: Answer) -> None:
    """Say where the map is, how large, and what it holds."""
    from app import words
    from app.takeaway_words import say

    lang = language()
    names = {"boundaries": "dong"}
    held = ", ".join(
        f"{say(f'layer.{names.get(name, name)}', lang)} {words.number(n)}"
        for name, n in result["layers"].items()
    )
    size = words.number(result["bytes"] / 1e6, 1)
    print(words.say("line.map", lang, out=result["out"], size=size, layers=held, sha256=result["sha256"]))


def handover(result: Answer) -> None:
    """Say where the sheet is, and how large."""
    from app import words

    told = {name: result[name] for name in ("out", "sha256")}
    print(words.say("line.handover", language(), size=words.number(result["bytes"] / 1e6, 1), **told))
