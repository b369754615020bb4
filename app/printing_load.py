"""What `golmok load` prints of a folder, and of a file of which nobody said what it is."""

from __future__ import annotations

from app import phrases_propose, words
from app.printing import Answer
from app.progress import language
from app.terminal_table import table

_COUNTS = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")


def proposal(answer: Answer) -> None:
    """Print what a file may be, why, and the command that loads it."""
    for line in phrases_propose.lines(answer, language()):
        print(line)


def folder(answer: Answer) -> None:
    """Print what became of each file of a folder, and of their rows together."""
    lang = language()
    if not answer["files"]:
        print(words.say("folder.empty", lang, folder=answer["folder"]))
        return
    counts = {name: words.number(answer[name]) for name in ("loaded", "passed_over", "refused")}
    n = words.number(len(answer["files"]))
    key = "folder.headline_dry" if answer["dry_run"] else "folder.headline"
    print(words.say(key, lang, source=answer["source"], folder=answer["folder"], n=n, **counts))
    print(words.say("folder.order", lang, by=words.label("order", answer["order"], lang)))
    heads = [words.say(f"line.col_{name}", lang) for name in ("file", "outcome")]
    rows = [_row(each, lang) for each in answer["files"]]
    total = (words.say("folder.total", lang), "", *(words.number(answer["totals"][name]) for name in _COUNTS))
    table([*heads, *(words.label("rows", name, lang) for name in _COUNTS)], [*rows, total])
    for each in answer["files"]:
        if each["status"] == "refused":
            print(words.say("folder.refused", lang, file=each["file"], why=_why(each, lang)))
    if answer["dry_run"]:
        print(words.say("folder.dry_run", lang))


def _row(each: Answer, lang: str) -> tuple[str, ...]:
    done = each["status"] not in ("refused", "passed_over")
    # of a file that nobody looked into row by row a zero would say that all were
    counts = [words.number(each[name]) if done else "–" for name in _COUNTS]
    return (each["file"], words.label("outcome", each["status"], lang), *counts)


def _why(each: Answer, lang: str) -> str:
    from etl.reasons import sentence

    (code,) = each["reasons"] or ("UNREADABLE",)
    why = sentence(code, "ko" if lang == "ko" else "en")
    detail = each["notes"].get("detail")
    return f"{why} ({detail})" if detail else why
