"""How `cover` speaks to people."""

from __future__ import annotations

from app import words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table


def cover(result: Answer) -> None:
    """Print how many poses see anything, on which kinds of places, and whether what was kept still held."""
    lang = language()
    counted = {name: words.number(result[name]) for name in ("poses", "options", "demand", "headings")}
    head = {
        "density_class": words.label("class", result["class"], lang),
        "mounts": words.number(sum(result["mounts"].values())),
        "models": words.number(len(result["models"])),
    }
    print(words.say("cover.poses", lang, **head, **counted))
    if result["moved_off_walls"] or result["in_buildings"]:
        moved, dropped = (words.number(result[name]) for name in ("moved_off_walls", "in_buildings"))
        print(words.say("cover.walls", lang, moved=moved, dropped=dropped))
    columns = [words.say(f"cover.col_{name}", lang) for name in ("place", "count")]
    table(
        columns,
        [(words.label("site_place", each, lang), words.number(n)) for each, n in result["mounts"].items()],
    )
    pairs, seconds = words.number(result["pairs"]), words.number(result["seconds"], 1)
    if result["current"]:
        print(words.say("cover.current", lang, pairs=pairs, seconds=seconds))
    else:
        print(words.say("cover.made", lang, pairs=pairs, seconds=seconds))
