"""A sheet of quality as sentences and as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.phrases_holdings import age, meaning
from app.words import day, distance, label, number, percent, say

Row = Mapping[str, Any]
Told = list[dict[str, str]]

_METRES_WITH_A_DIGIT = 2.0


def title(sheet: Row, lang: str) -> str:
    """Name the source of a sheet, and its kind where a source has several."""
    kind = f" ({sheet['kind']})" if sheet["kind"] else ""
    return label("source", sheet["source"], lang) + kind


def headline(sheet: Row, lang: str) -> str:
    """Say in one sentence how good the last list is."""
    if sheet["rows"] is None:
        return say("sheet.uncounted", lang)
    told = {"rows": number(sheet["rows"]), "refused": number(sheet["refused"]), "share": percent(sheet["refused_share"])}  # fmt: skip
    cells = sum(row["of"] for row in sheet["columns"])
    filled = percent(sum(row["filled"] for row in sheet["columns"]) / cells if cells else None)
    return say("sheet.headline", lang, filled=filled, **told)


def lines(sheet: Row, lang: str) -> Iterator[str]:
    """Yield which load the figures are of, how old it is and when the next is due."""
    told = {"no": number(sheet["batch_id"]), "file": sheet["file"] or "–", "loaded": day(sheet["loaded_on"], lang)}  # fmt: skip
    yield say("sheet.load", lang, sha=(sheet["file_sha256"] or "–")[:12], **told)
    old = {"day": day(sheet["day"], lang), "age": age(sheet["age_days"], lang)}
    if sheet["every_days"] is None:
        yield say("sheet.age_alone", lang, **old)
    else:
        due = {"every": number(sheet["every_days"]), "due": day(sheet["due_on"], lang)}
        yield say("sheet.age", lang, **old, **due)
    if sheet["outside"]:
        yield say("sheet.outside", lang, n=number(sheet["outside"]), rows_in=number(sheet["rows_in"]))


def tables(sheet: Row, lang: str) -> list[tuple[str, Told]]:
    """Return the tables of a sheet: the key of its title, its rows; empty ones too."""
    return [
        ("sheet.columns", columns(sheet, lang)),
        ("sheet.places", places(sheet, lang)),
        ("sheet.agencies", agencies(sheet, lang)),
        ("sheet.history", history(sheet, lang)),
    ]


def columns(sheet: Row, lang: str) -> Told:
    """Return a row a column of the file, in its order: filled of how many rows."""
    return [
        {"column": row["name"], "filled_of": _of(row["filled"], row["of"]), "share": percent(row["share"])}
        for row in sheet["columns"]
    ]


def places(sheet: Row, lang: str) -> Told:
    """Return a row a class of coordinates, the finest first."""
    return [
        {
            "decimals": label("decimals", row["decimals"], lang),
            "step": _step(row, lang),
            "n_of": _of(row["n"], row["of"]),
            "share": percent(row["share"]),
        }
        for row in sheet["places"]
    ]


def agencies(sheet: Row, lang: str) -> Told:
    """Return a row an agency, the largest first."""
    return [
        {
            "agency": row["agency"] or say("sheet.no_agency", lang),
            "refused_of": _of(row["refused"], row["rows"]),
            "share": percent(row["refused_share"]),
            "filled": percent(row["filled_share"]),
        }
        for row in sheet["agencies"]
    ]


def history(sheet: Row, lang: str) -> Told:
    """Return a row a load, the last first: what share of its rows was refused, and mostly why."""
    return [
        {
            "loaded": day(row["loaded_on"], lang),
            "no": number(row["batch_id"]),
            "file": row["file"] or "–",
            "refused_of": _of(row["refused"], row["rows"]),
            "share": percent(row["refused_share"]),
            "mostly": _mostly(row["reasons"], lang),
        }
        for row in sheet["history"]
    ]


def _of(n: int, of: int) -> str:
    return f"{number(n)} / {number(of)}"


def _step(row: Row, lang: str) -> str:
    """Return one step of the last digit; of fewer than three decimals only that it is no less."""
    metres = row["step_m"]
    if metres is None:
        return "–"
    if row["decimals"] == "2":
        return say("sheet.step_above", lang, step=distance(metres))
    return f"{number(metres, 1)} m" if metres < _METRES_WITH_A_DIGIT else distance(metres)


def _mostly(reasons: Mapping[str, int], lang: str) -> str:
    if not reasons:
        return "–"
    code, n = max(reasons.items(), key=lambda item: (item[1], item[0]))
    return f"{meaning(code, lang)} ({number(n)})"
