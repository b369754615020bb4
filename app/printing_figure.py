"""How `report --explain` speaks to people."""

from __future__ import annotations

import json

from app import words
from app.printing import Answer
from app.progress import language


def explained(result: Answer) -> None:
    """Print the name of a figure, its queries with their text, its functions, its files, and its value."""
    lang = language()
    print(words.say("figure.headline", lang, figure=result["figure"]))
    if "value" in result:
        for path, value in result["value"].items():
            print(f"\n{path}\n{json.dumps(value, ensure_ascii=False, indent=1, default=str)}")
    print("\n" + words.say("figure.made_by", lang))
    for made in result["made_by"]:
        print(f"  {made['function']}\n    {' '.join(made['gives'].split())}")
    print("\n" + words.say("figure.loads" if result["loads"] else "figure.no_loads", lang))
    for load in result["loads"]:
        print(f"  {load['source']}  {load['file_name']}  SHA-256 {load['file_sha256']}")
    for query in result["queries"]:
        print(f"\n== {query['name']}\n{query['sql']}")
