"""The hand-over sheet as a page: what happened where, who sees it, a map and a table, on one A4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from app import words
from app.phrases import find_lines, find_sentence, owner, standing
from app.phrases_answer import listed, second_group
from app.takeaway import Stamp, fragment, head, light_enough

Row = Mapping[str, Any]
# So many rows fit on the page beside the map, each three lines high at most.
MOST_ROWS = 10
# What a short table leaves free goes to the map.
_SMALLEST_MAP_MM, _ROW_MM = 76, 8


@dataclass(frozen=True, slots=True)
class Case:
    """An incident, or a place that is asked about: lat and lon in degrees (EPSG:4326), when on the district's clocks."""

    lat: float
    lon: float
    key: str | None = None
    when: datetime | None = None
    class_code: str | None = None
    class_name: str | None = None
    urgency: int | None = None


def page(
    case: Case,
    answer: Row,
    layers: Mapping[str, Row],
    *,
    district: str,
    stamp: Stamp,
    lang: str,
    opened: bool = False,
) -> str:
    """Return the sheet as one HTML text that asks no host for anything and prints on one A4.

    answer  of `app.services.find.nearest`; of its cameras the first `MOST_ROWS` stand in the table and on the map
    layers  of `app.services.around.layers`, of the cameras that are named
    opened  whether an emergency ground opens the cameras of other purposes: they are counted alone without it
    Raises  LeafletMissing, MapTooLarge
    """
    title = words.say("handover.title", lang)
    invented = bool(answer["invented"])
    chart = fragment(
        layers, key="sheet", lang=lang, edition="internal", frame=("place", "lines"), invented=invented
    )
    mark = escape(words.say("handover.watermark", lang))
    watermark = f'<div class="watermark" aria-hidden="true">{mark}</div>' if invented else ""
    named = listed(answer, opened=opened)
    rows = named[:MOST_ROWS]
    # What the sentence stands on, by class, day and place, is said once, in the facts.
    lines = " ".join(filter(None, (*find_lines(answer, lang), second_group(answer, lang, opened=opened))))
    return light_enough(
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{head()}\n<style>{STYLE}</style>\n</head>\n<body>\n{watermark}\n<main>\n"
        f"<header><h1>{escape(title)}</h1><p>{escape(district)}</p></header>\n"
        f'<p class="stamp"><b>{escape(words.say("handover.internal", lang))}</b> {escape(stamp.text())}</p>\n'
        f"{_facts(case, lang)}\n"
        f'<p class="answer">{escape(find_sentence(answer, lang))}</p>\n<p class="lines">{escape(lines)}</p>\n'
        f"<div style='--map:{_SMALLEST_MAP_MM + _ROW_MM * (MOST_ROWS - len(rows))}mm'>{chart}</div>\n{_table(rows, lang)}\n{_more(len(named) - len(rows), lang)}"
        f"<footer>{escape(words.say('handover.foot', lang))}</footer>\n</main>\n</body>\n</html>\n"
    )


def _facts(case: Case, lang: str) -> str:
    when = "–" if case.when is None else f"{words.day(case.when.date(), lang)} {case.when:%H:%M}"
    kind = " · ".join(part for part in (case.class_name, case.class_code) if part) or "–"
    urgency = "–" if case.urgency is None else f"C{case.urgency}"
    told = {
        "handover.key": case.key or "–",
        "handover.kind": kind,
        "handover.urgency": urgency,
        "handover.when": when,
        "handover.place": f"{case.lat:.6f}, {case.lon:.6f}",
    }
    cells = (
        f"<div><dt>{escape(words.say(key, lang))}</dt><dd>{escape(text)}</dd></div>"
        for key, text in told.items()
    )
    return f"<dl>{''.join(cells)}</dl>"


_COLUMNS = ("no", "sight", "camera", "agency", "distance", "heading", "turn", "class", "status", "use")


def _table(rows: list[Row], lang: str) -> str:
    heads = {
        "no": "find.col_no",
        "sight": "find.col_sight",
        "camera": "find.col_camera",
        "agency": "find.col_agency",
        "distance": "find.col_distance",
        "heading": "handover.col_heading",
        "turn": "find.col_turn",
        "class": "find.col_class",
        "status": "find.col_status",
        "use": "handover.col_use",
    }
    top = "".join(
        f'<th scope="col" class="{name}">{escape(words.say(heads[name], lang))}</th>' for name in _COLUMNS
    )
    body = "".join(f"<tr>{_cells(n, row, lang)}</tr>" for n, row in enumerate(rows, 1))
    caption = escape(words.say("find.table", lang))
    return f"<table><caption>{caption}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(n: int, row: Row, lang: str) -> str:
    sight = words.label("sight", "must_turn" if row["must_turn"] else row["sight"], lang)
    if row["sight"] == "possible" and row["p_sees"] is not None:
        sight = f"{sight} {words.percent(row['p_sees'], 0)}"
    told = {
        "no": str(n),
        "sight": sight,
        "camera": standing(row),
        "agency": owner(row, lang),
        "distance": words.distance(row["distance_m"]),
        "heading": words.towards(row["heading_deg"], lang),
        "turn": words.towards(row["turn_to_deg"], lang),
        "class": words.label("class", row["class"], lang),
        "status": words.label("status", row["status"], lang),
        "use": _use(row["use"], lang),
    }
    cells = {name: escape(text) for name, text in told.items()}
    if told["camera"] != row["camera_key"]:
        cells["camera"] += f"<br><span>{escape(row['camera_key'])}</span>"
    return "".join(f'<td class="{name} {row["sight"]}">{cells[name]}</td>' for name in _COLUMNS)


def _use(use: Row, lang: str) -> str:
    ground = f"({use['ground']})" if use["ground"] else ""
    if use["allowed"] is None:
        return ground or "–"
    return words.say(
        "line.may_be_used" if use["allowed"] else "line.may_not_be_used", lang, ground=ground
    ).strip()


def _more(left: int, lang: str) -> str:
    if left <= 0:
        return ""
    return f'<p class="lines">{escape(words.say("handover.more", lang, n=words.number(left)))}</p>\n'


# The sheet is as wide on the screen as on paper: a map does not redraw itself for the printer.
STYLE = """
@page{size:A4;margin:10mm 12mm}
*{box-sizing:border-box}body{margin:0;background:#fff;color:#1c2426;font:9.5pt/1.42 Pretendard,"Noto Sans KR","Malgun Gothic",sans-serif}
main{width:186mm;max-height:276mm;margin:0 auto;position:relative}
header{display:flex;justify-content:space-between;align-items:baseline;border-bottom:2px solid #0f766e;padding:2mm 0 1mm}
h1{font-size:16pt;margin:0;letter-spacing:-.01em}header p,.stamp,.lines{margin:0;color:#48545a}
.stamp{padding:1.2mm 0}.stamp b{color:#9a3412;margin-right:.6em}
dl{display:grid;grid-template-columns:auto auto auto auto auto;gap:0 6mm;margin:0 0 2mm;padding:1.6mm 3mm;background:#f1f4f4}
dt{font-size:8pt;color:#48545a}dd{margin:0;font-weight:600}
.answer{font-size:13pt;font-weight:700;margin:0 0 .6mm}.lines{font-size:8.2pt;line-height:1.35}
.golmok-map{width:186mm;height:min(var(--map),150mm);margin:2mm 0;border:1px solid #cfd5d6}
.golmok-map .leaflet-control-layers,.golmok-map .leaflet-control-zoom{display:none}
table{border-collapse:collapse;width:100%;font-size:7.6pt;line-height:1.28}caption{position:absolute;left:-9999px}
th,td{text-align:left;vertical-align:top;padding:.7mm 1.2mm .7mm 0;border-bottom:1px solid #dfe4e4}
th{color:#48545a;font-weight:600;border-bottom:1.5px solid #1c2426}
td.certain{font-weight:600}td.no,td.distance,td.heading,td.turn,td.status{white-space:nowrap}
td.camera{max-width:42mm;overflow-wrap:anywhere}td.camera span{white-space:nowrap}td.agency{max-width:26mm}td.use{max-width:28mm}
footer{margin-top:2mm;padding-top:1mm;border-top:1px solid #cfd5d6;font-size:7.6pt;color:#48545a}
.watermark{position:fixed;inset:0;display:grid;place-items:center;z-index:2000;font-size:72pt;font-weight:800;letter-spacing:.1em;
color:rgba(154,52,18,.09);transform:rotate(-32deg);pointer-events:none;white-space:nowrap}
@media screen{body{background:#e9edee}main{background:#fff;padding:8mm 12mm;width:210mm;max-height:none;margin:4mm auto;box-shadow:0 1px 6px rgba(0,0,0,.2)}
@media (max-width:52rem){main{margin:0}}}
"""
