"""A look into a registry's file as sentences and as rows of tables: for the page and for the terminal alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.phrases_propose import found_names, one_line
from app.registry_facts import ROWS_SHOWN
from app.words import day, distance, label, number, percent, say
from etl.reasons import sentence

Row = Mapping[str, Any]

# So many names of a list are told, and how many more there are.
_NAMED = 5


def refused_line(answer: Row, lang: str) -> str:
    """Say why a file cannot be read at all, with what was found."""
    why = sentence(answer["reason"], "ko" if lang == "ko" else "en")
    told = say("look.refused", lang, why=f"{why} ({answer['detail']})" if answer["detail"] else why)
    rather = answer.get("rather")
    # what it is comes before what it lacks as something that it is not
    return (rather and one_line(rather, lang)) or " ".join(
        [told, *(found_names(rather, lang) if rather else ())]
    )


def headline(answer: Row, lang: str) -> str:
    """Say how many cameras the file holds, and of how many the heading is known."""
    holds = answer["holds"]
    known = next(row["known"] for row in answer["missing"] if row["what"] == "heading")
    told = {"cameras": holds["cameras"], "sites": holds["sites"], "known": known}
    return say("look.headline", lang, **{name: number(n) for name, n in told.items()})


def lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what the file holds: rows, form, place, agencies, purposes, kinds, years, what its words tell."""
    holds = answer["holds"]
    fates = {"quarantined": 0, "duplicates": 0}
    for row in answer["wrong"]["refused"]:
        fates[row["bucket"]] = fates.get(row["bucket"], 0) + row["n"]
    counts = {"rows": holds["rows"], "records": holds["records"], "refused": fates["quarantined"]}
    counts |= {"duplicates": fates["duplicates"]}
    yield say("look.rows", lang, **{name: number(n) for name, n in counts.items()})
    yield _form(holds, lang)
    for name, note in holds["notes"].items():
        yield say(f"note.{name}", lang, note=", ".join(note) if isinstance(note, list) else note)
    if answer["inside"] is not None:
        inside = answer["inside"]
        share = percent(inside["sites"] / inside["of"] if inside["of"] else None)
        yield say("look.inside", lang, sites=number(inside["sites"]), share=share)
    yield say(
        "look.agencies",
        lang,
        n=number(len(holds["agencies"])),
        named=_named(holds["agencies"], "agency", lang),
    )
    yield say("look.purposes", lang, named=_named(holds["purposes"], "purpose", lang))
    yield say("look.kinds", lang, named=_named(holds["kinds"], "kind", lang))
    yield from _years(holds["years"], lang)
    if answer["words"]:
        said = [{"said": code, "cameras": n} for code, n in answer["words"].items()]
        yield say("look.said", lang, named=_named(said, "said", lang))
    yield say("look.took", lang, size=number(answer["bytes"] / 1e6, 1), seconds=number(answer["seconds"], 1))


def faults(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a reason: what became of the rows, how many, in which column, and the first of their numbers."""
    wrong = answer["wrong"]
    rows = [*wrong["refused"], *({"bucket": "repaired", **row} for row in wrong["repaired"])]
    return [
        {
            "reason": sentence(row["code"], "ko" if lang == "ko" else "en"),
            "fate": label("fate", row["bucket"], lang),
            "count": number(row["n"]),
            "columns": ", ".join(row["columns"]) or say("look.whole_row", lang),
            "rows": ", ".join(map(str, row["rows"])) + (" …" if row["n"] > len(row["rows"]) else ""),
        }
        for row in rows
    ]


def known(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a thing that figures rest on: known, of how many cameras or rows, the share."""
    return [
        {
            "what": label("known", row["what"], lang),
            "known": number(row["known"]),
            "of": f"{number(row['of'])} {label('unit', row['unit'], lang)}",
            "share": percent(row["known"] / row["of"] if row["of"] else None),
        }
        for row in answer["missing"]
    ]


def checks(answer: Row, lang: str) -> list[dict[str, str]]:
    """Return a row a pole, in the order to check: where it is, whose, cameras of unknown heading, risk of its streets."""
    return [
        {
            "no": str(place),
            "place": f"{row['lat']:.6f}, {row['lon']:.6f}{' · ' + row['address'] if row['address'] else ''}",
            "agency": label("agency", row["agency"], lang),
            "unknown": number(row["unknown"]),
            "cameras": number(row["cameras"]),
            "records": number(row["records"]),
            "risk": number(row["risk_m"]),
            "row": str(row["row_no"]),
        }
        for place, row in enumerate(answer["checks"], 1)
    ]


def check_lines(answer: Row, lang: str) -> Iterator[str]:
    """Yield what the order of the checks rests on."""
    if not answer["checks"]:
        yield say("look.no_checks", lang)
    elif answer["ranked_by"] == "risk":
        yield say("look.checks_by_risk", lang, reach=distance(answer["reach_m"]))
    else:
        yield say("look.checks_by_heads", lang)
    if answer["turning"]:
        yield say("look.not_asked", lang, n=number(answer["turning"]))


def fault_line(lang: str) -> str:
    """Say how rows are counted."""
    return say("look.row_numbers", lang, n=number(ROWS_SHOWN))


def _named(rows: Sequence[Row], theme: str, lang: str) -> str:
    told = [
        say(
            "look.count",
            lang,
            name=say("look.unstated", lang) if row[theme] is None else label(theme, row[theme], lang),
            n=number(row["cameras"]),
        )
        for row in rows[:_NAMED]
    ]
    more = len(rows) - _NAMED
    return ", ".join([*told, say("look.more", lang, n=number(more))] if more > 0 else told) or "–"


def _form(holds: Row, lang: str) -> str:
    told = {"form": label("form", holds["form"], lang), "day": day(holds["reference_date"], lang)}
    if holds["encoding"] == "xlsx":
        return say("look.form_workbook", lang, **told)
    return say("look.form", lang, encoding=holds["encoding"] or say("look.encoding_none", lang), **told)


def _years(years: Sequence[Row], lang: str) -> Iterator[str]:
    known_years = [row["year"] for row in years if row["year"] is not None]
    if known_years:
        unknown = sum(row["cameras"] for row in years if row["year"] is None)
        # A year bears no thousands separator.
        yield say("look.years", lang, first=known_years[0], last=known_years[-1], unknown=number(unknown))
