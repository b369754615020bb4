"""What the commands about cases print, and who could have recorded a place."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from app import words
from app.phrases_witness import HEADS, cells, lines, sentence
from app.printing import Answer
from app.progress import language
from app.report_format import cleaned
from app.terminal_table import table

Row = Answer


def witness(answer: Answer) -> None:
    """Print who could have recorded a place: the sentence, the cameras, what stands behind."""
    lang = language()
    print(sentence(answer, lang))
    shown = [{"no": str(place), **cells(row, lang)} for place, row in enumerate(answer["cameras"], 1)]
    if shown:
        columns = [name for name in HEADS if name in shown[0]]
        table(
            [words.say(HEADS[name], lang) for name in columns],
            [[row[name] for name in columns] for row in shown],
        )
    for line in lines(answer, lang):
        print(cleaned(line))
    if out := answer.get("out"):
        told = {"out": out, "n": words.number(answer["listed"]), "sha256": answer["sha256"]}
        print(words.say("line.request", lang, **told))


def opened(row: Answer) -> None:
    """Say that a case is open."""
    lang = language()
    told = {
        "case": row["case_no"],
        "office": row["office"],
        "ground": words.label("ground", row["ground"], lang),
    }
    print(cleaned(words.say("line.case_opened", lang, **told)))


def closed(row: Answer) -> None:
    """Say that a case is closed."""
    print(cleaned(words.say("line.case_closed", language(), case=row["case_no"])))


def cases(answer: Answer, zone: ZoneInfo) -> None:
    """List cases, the last opened first, on the district's clocks."""
    lang = language()
    print(words.say("line.cases", lang, n=words.number(answer["open"])))
    rows = [
        (
            row["case_no"],
            row["office"],
            words.label("ground", row["ground"], lang),
            _minute(row["opened_at"], zone),
            row["opened_by"],
            _minute(row["closed_at"], zone),
            row["closed_by"] or "–",
        )
        for row in answer["cases"]
    ]
    if rows:
        # what people typed may not move the cursor
        names = ("no", "office", "ground", "opened_at", "opened_by", "closed_at", "closed_by")
        table(
            [words.say(f"line.case_{name}", lang) for name in names],
            [tuple(map(cleaned, row)) for row in rows],
        )


def _minute(moment: datetime | None, zone: ZoneInfo) -> str:
    return "–" if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
