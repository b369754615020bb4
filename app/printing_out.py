"""What the commands print that hand things over."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app import words
from app.printing import Answer
from app.progress import language
from app.report_format import cleaned
from app.terminal_table import table


def table_out(result: Answer) -> None:
    """Say where a table is, how many rows it has, for whom, and its digest."""
    told = {name: result[name] for name in ("out", "edition", "sha256")}
    print(words.say("line.table_out", language(), rows=words.number(result["rows"]), **told))


def policy(result: Answer) -> None:
    """Say where the policy page is, and what the district's file has yet to tell."""
    lang = language()
    print(words.say("line.policy", lang, out=result["out"], sha256=result["sha256"]))
    if result["missing"]:
        what = ", ".join(words.say(f"policy.topic.{topic}", lang) for topic in result["missing"])
        print(words.say("line.policy_missing", lang, what=what))


def access(result: Answer, zone: ZoneInfo) -> None:
    """List the entries of the access log, the last first, on the district's clocks."""
    lang = language()
    day = words.day(result["since"], lang)
    print(words.say("line.access", lang, n=words.number(result["n"]), since=day))
    names = ("at", "who", "login", "action", "object", "rows", "purpose")
    rows = [
        (
            f"{entry['at'].astimezone(zone):%Y-%m-%d %H:%M}",
            entry["who"],
            entry["login"],
            words.label("access", entry["action"], lang),
            entry["object"],
            words.number(entry["rows"]),
            entry["purpose"],
        )
        for entry in result["entries"]
    ]
    if rows:
        # names and purposes are what people typed: nothing of it may move the cursor
        rows = [tuple(map(cleaned, row)) for row in rows]
        table([words.say(f"line.access_{name}", lang) for name in names], rows)
