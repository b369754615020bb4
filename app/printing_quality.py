"""What the commands print of refused rows and of the quality of sources."""

from __future__ import annotations

from collections.abc import Sequence

from app import phrases_alarms, phrases_quality, words
from app.printing import Answer
from app.progress import language
from app.report_format import cleaned
from app.terminal_table import table
from etl.reasons import REASONS

# So many loads are told; the whole list is in the JSON.
_FILES = 15


def refusals(result: Answer) -> None:
    """Print how many refused rows are open, by reason and by file."""
    lang = language()
    print(words.say("refusals.headline", lang, n=words.number(result["open"]), repaired=words.number(result["repaired"])))  # fmt: skip
    if result["settled"]:
        print(words.say("mend.settled", lang, n=words.number(result["settled"])))
    if result["by_reason"]:
        heads = [words.say(f"refusals.col_{name}", lang) for name in ("source", "code", "n", "why")]
        rows = [
            (words.label("source", row["source"], lang), row["code"], words.number(row["n"]), meaning(row["code"], lang))
            for row in result["by_reason"]
        ]  # fmt: skip
        table(heads, rows)
    if result["by_file"]:
        print()
        names = ("batch", "loaded", "source", "file", "refused", "repaired", "again", "settled", "open")
        rows_of_files = [
            (str(row["batch_id"]), row["loaded_on"], words.label("source", row["source"], lang), cleaned(row["file"] or "–"),
             *(words.number(row[name]) for name in names[4:]))
            for row in result["by_file"][:_FILES]
        ]  # fmt: skip
        table([words.say(f"refusals.col_{name}", lang) for name in names], rows_of_files)


def refused_file(result: Answer) -> None:
    """Say where the file to mend is, and how it comes back."""
    told = {"out": result["out"], "rows": words.number(result["rows"]), "source": result["source"]}
    print(words.say("refusals.written", language(), **told))


def quality(result: Answer) -> None:
    """Print the sheet of each source; of several, without their columns."""
    lang = language()
    alone = len(result["sheets"]) == 1
    for sheet in result["sheets"]:
        print(f"{phrases_quality.title(sheet, lang)}: {phrases_quality.headline(sheet, lang)}")
        for line in (
            *phrases_quality.lines(sheet, lang),
            *(phrases_alarms.sentence(row, lang) for row in sheet["alarms"]),
        ):
            print(f"- {line}")
        for title, rows in phrases_quality.tables(sheet, lang) if alone else ():
            if rows:
                print(f"\n{words.say(title, lang)}")
                cells = [tuple(map(cleaned, row.values())) for row in rows]
                table([words.say(f"sheet.col_{name}", lang) for name in rows[0]], cells)


def sheet_written(result: Answer) -> None:
    """Say where a sheet is."""
    print(words.say("sheet.written", language(), out=result["out"], rows=words.number(result["rows"])))


def alarms(rows: Sequence[Answer], lang: str) -> None:
    """Print what is to be looked into; nothing prints nothing."""
    if rows:
        print(f"\n{words.say('alarm.title', lang)}")
    for row in rows:
        print(f"- {phrases_alarms.sentence(row, lang)}")


def meaning(code: str, lang: str) -> str:
    """Return the sentence of a reason; a code that none of ours is names itself."""
    known = REASONS.get(code)
    return code if known is None else known.ko if lang == "ko" else known.en
