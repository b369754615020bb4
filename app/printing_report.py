"""How `report` speaks to people."""

from __future__ import annotations

from app import words
from app.phrases_report import SHORT_SHA, changed, headline, reasons, size, verdict
from app.printing import Answer
from app.progress import language
from app.terminal_table import table

# So many differences are told; the whole list is in the JSON.
_TOLD = 20


def written(result: Answer) -> None:
    """Say where the report is, under which number it is kept, and when today's software set other bytes."""
    lang = language()
    told = {name: result[name] for name in ("out", "pages", "sha256")}
    # A page of the web has no pages to count.
    key = "line.report_html" if result["out"].lower().endswith(".html") else "line.report"
    print(words.say(key, lang, **told))
    print(
        words.say(
            "line.report_kept" if result["fresh"] else "line.report_known", lang, id=result["report_id"]
        )
    )
    if not result["as_kept"]:
        print(words.say("report.not_same", lang))


def kept(result: Answer) -> None:
    """List the reports that are kept, the last made first."""
    lang = language()
    if not result["reports"]:
        print(words.say("report.none", lang))
        return
    columns = (
        "report.col_no",
        "report.col_made",
        "report.col_what",
        "report.form",
        "report.col_who",
        "report.col_sha",
    )
    rows = [
        (
            str(row["report_id"]),
            words.day(row["made_at"].date(), lang),
            headline(row, lang),
            f"{row['form']}, {size(row['bytes'])}",
            row["made_by"],
            row["sha256"][:SHORT_SHA],
        )
        for row in result["reports"]
    ]
    table([words.say(name, lang) for name in columns], rows)


def recomputed(result: Answer) -> None:
    """Say whether a report computed anew is the same, which figures differ, and why."""
    lang = language()
    print(f"{headline(result, lang)}\n{verdict(result, lang)}")
    if result["figures"]:
        names = [words.say(key, lang) for key in ("report.col_figure", "report.col_then", "report.col_now")]
        table(names, changed(result, lang, most=_TOLD))
        rest = len(result["figures"]) - _TOLD
        if rest > 0:
            print(words.say("report.more", lang, n=words.number(rest)))
    why = list(reasons(result, lang))
    if why:
        print(f"{words.say('report.why', lang)}:")
        print("\n".join(f"  {line}" for line in why))
