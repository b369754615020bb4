"""The sheet of quality as a file: CSV with a row a figure, or one page of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from app import phrases_alarms, phrases_quality
from app.csv_text import csv_bytes
from app.words import day, say
from etl.settings import District

Row = Mapping[str, Any]

_HEAD = ("source", "load", "file", "what", "name", "n", "of", "share")
_STYLE = (
    "body{font:15px/1.5 Pretendard,'Noto Sans KR',sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1a1f1e}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{border-bottom:1px solid #c8d0ce;padding:.25rem .6rem;"
    "text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}caption{text-align:left;font-weight:600;padding:.5rem 0}"
    "@media(prefers-color-scheme:dark){body{background:#151a19;color:#e6ecea}th,td{border-color:#3a4442}}"
)


def figures(answer: Row) -> list[tuple[object, ...]]:
    """Return a row a figure: source, load, file, what it tells (filled, decimals, ...), of what, n, of how many, share."""
    return [figure for sheet in answer["sheets"] for figure in _figures(sheet)]


def as_csv(answer: Row, _district: District, lang: str) -> bytes:
    """Return the sheets as CSV that Korean Excel opens as it is."""
    head = [say(f"sheet.csv_{name}", lang) for name in _HEAD]
    return csv_bytes(head, figures(answer))


def as_html(answer: Row, district: District, lang: str) -> bytes:
    """Return the sheets as one page that needs nothing beside itself."""
    name = district.name_ko if lang == "ko" else district.name_en
    title = say("sheet.title", lang, district=name, day=day(answer["at"], lang))
    body = "".join(_section(sheet, lang) for sheet in answer["sheets"])
    note = f"<p>{escape(say('app.invented', lang))}</p>" if answer["invented"] else ""
    page = (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{note}<p>{escape(say('sheet.method', lang))}</p>{body}</body></html>"
    )
    return page.encode()


def _figures(sheet: Row) -> Iterator[tuple[object, ...]]:
    about = (sheet["source"], sheet["batch_id"], sheet["file"])
    yield (*about, "age_days", sheet["day"], sheet["age_days"], sheet["every_days"], None)
    yield (*about, "refused", "", sheet["refused"], sheet["rows"], sheet["refused_share"])
    for row in sheet["columns"]:
        yield (*about, "filled", row["name"], row["filled"], row["of"], row["share"])
    for row in sheet["places"]:
        yield (*about, "decimals", row["decimals"], row["n"], row["of"], row["share"])
    for row in sheet["agencies"]:
        yield (*about, "refused by agency", row["agency"], row["refused"], row["rows"], row["refused_share"])
    for row in sheet["history"]:
        told = (sheet["source"], row["batch_id"], row["file"])
        yield (*told, "refused by load", row["loaded_on"], row["refused"], row["rows"], row["refused_share"])
    for alarm in sheet["alarms"]:
        yield (*about, "alarm", alarm["code"], None, None, None)


def _section(sheet: Row, lang: str) -> str:
    lines = [*phrases_quality.lines(sheet, lang), *(phrases_alarms.sentence(row, lang) for row in sheet["alarms"])]  # fmt: skip
    tables = "".join(
        _table(rows, say(title, lang), lang) for title, rows in phrases_quality.tables(sheet, lang) if rows
    )
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<section><h2>{escape(phrases_quality.title(sheet, lang))}</h2>{told}{tables}</section>"


def _table(rows: Sequence[Mapping[str, str]], title: str, lang: str) -> str:
    head = "".join(f'<th scope="col">{escape(say(f"sheet.col_{name}", lang))}</th>' for name in rows[0])
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.values()) + "</tr>" for row in rows)  # fmt: skip
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
