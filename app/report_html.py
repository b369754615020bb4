"""The report as one HTML file that opens with no internet: its style, charts and map are inside."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from app.report_blocks import Block, Chart, Document, Facts, Heading, Headline, PageBreak, Points, Table, Text

STYLE = """
:root{--ink:#1B2733;--muted:#566573;--accent:#0B5CAD;--pale:#EEF4FB;--rule:#D5DCE3;--alarm:#9A3412}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#fff;font:16px/1.6 Pretendard,"Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem 4rem;position:relative}
h1{font-size:2.1rem;line-height:1.2;margin:.2rem 0 .4rem}
h2{font-size:1.45rem;margin:2.8rem 0 .6rem}h3{font-size:1.2rem;margin:2.2rem 0 .6rem}
.district{color:var(--accent);font-weight:600;margin:0}.lines,.quiet,figcaption,.fact small{color:var(--muted);font-size:.88rem}
.warning{background:#FDF1E7;color:var(--alarm);font-weight:600;padding:.7rem 1rem;border-radius:6px}
.headline{border-left:4px solid var(--accent);padding:.2rem 0 .2rem 1.2rem;margin:1.5rem 0}
.headline strong{display:block;font-size:3.4rem;line-height:1.1;color:var(--accent)}.headline b{font-size:1.1rem}
.headline p{margin:.5rem 0 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1.2rem 0}
.fact{background:var(--pale);border-radius:8px;padding:.8rem 1rem}.fact b{font-size:1.5rem}.fact small{display:block}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.93rem}
caption{text-align:left;font-weight:600;padding-bottom:.3rem}
th,td{padding:.45rem .6rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
th{color:var(--muted);font-weight:600;border-bottom:2px solid var(--ink)}.r{text-align:right;font-variant-numeric:tabular-nums}
code{font-size:.85rem}figure{margin:1.2rem 0}figure svg{width:100%;height:auto;max-width:48rem}figure svg text{font-family:inherit!important}
.map{width:100%;height:32rem;border:1px solid var(--rule);border-radius:8px}
.margin{position:fixed;top:50%;right:.4rem;writing-mode:vertical-rl;transform:translateY(-50%);color:var(--alarm);font-size:.8rem;font-weight:600;letter-spacing:.1em}
.watermark{position:fixed;inset:0;display:grid;place-items:center;z-index:-1;font-size:18vw;font-weight:700;color:#F1F3F5;transform:rotate(-30deg);white-space:nowrap;overflow:hidden}
@media (max-width:40rem){.margin{display:none}figure{overflow-x:auto}figure svg{min-width:34rem}.headline strong{font-size:2.6rem}}
@media print{.map{display:none}body{font-size:10.5pt}}
"""


def html(document: Document, *, map_html: str | None = None, map_words: tuple[str, str] = ("", "")) -> str:
    """Return the whole document as one HTML text; `map_html` is a whole page of its own, shown in a frame."""
    blocks = "\n".join(_DRAW[type(block)](block) for block in document.blocks)
    title = escape(f"{document.title} · {document.subtitle}")
    marks = ""
    if document.watermark:
        marks = (
            f'<div class="watermark" aria-hidden="true">{escape(document.watermark)}</div>'
            f'<div class="margin">{escape(document.margin)}</div>'
        )
    lines = " · ".join(escape(line) for line in document.lines)
    return (
        f'<!doctype html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{marks}\n<main>\n"
        f'<p class="district">{escape(document.subtitle)}</p>\n<h1>{escape(document.title)}</h1>\n'
        f'<p class="lines">{lines}</p>\n{blocks}\n{_map(map_html, *map_words)}</main>\n</body>\n</html>\n'
    )


def _map(map_html: str | None, title: str, note: str) -> str:
    if not title:
        return ""
    head = f'<h2>{escape(title)}</h2>\n<p class="quiet">{escape(note)}</p>\n'
    if map_html is None:
        return head
    return f'{head}<iframe class="map" title="{escape(title)}" srcdoc="{escape(map_html)}"></iframe>\n'


def _heading(block: Heading) -> str:
    level = block.level + 1
    return f"<h{level}>{escape(block.text)}</h{level}>"


def _prose(text: str) -> str:
    """Return a sentence as HTML; what people type stands between backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _text(block: Text) -> str:
    name = "" if block.tone == "plain" else f' class="{block.tone}"'
    return f"<p{name}>{_prose(block.text)}</p>"


def _points(block: Points) -> str:
    return "<ul>" + "".join(f"<li>{_prose(item)}</li>" for item in block.items) + "</ul>"


def _headline(block: Headline) -> str:
    value, label = escape(block.value), escape(block.label)
    return (
        f'<div class="headline"><strong>{value}</strong><b>{label}</b><p>{_prose(block.sentence)}</p></div>'
    )


def _facts(block: Facts) -> str:
    items = "".join(
        f'<div class="fact"><b>{escape(fact.value)}</b> {escape(fact.label)}<small>{escape(fact.note)}</small></div>'
        for fact in block.items
    )
    return f'<div class="facts">{items}</div>'


def _table(block: Table) -> str:
    head = "".join(
        f'<th scope="col"{_side(letter)}>{escape(name)}</th>'
        for letter, name in zip(block.align, block.head, strict=True)
    )
    rows = "".join(f"<tr>{_cells(block, row)}</tr>" for row in block.rows)
    caption = f"<caption>{escape(block.caption)}</caption>"
    return f'<div class="scroll"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cells(block: Table, row: tuple[str, ...]) -> str:
    texts = (
        f"<code>{escape(cell)}</code>" if at in block.code else escape(cell) for at, cell in enumerate(row)
    )
    return "".join(f"<td{_side(letter)}>{text}</td>" for letter, text in zip(block.align, texts, strict=True))


def _side(letter: str) -> str:
    return ' class="r"' if letter == "r" else ""


def _chart(block: Chart) -> str:
    label = escape(block.alt, quote=True)
    svg = block.svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    return f"<figure>{svg}<figcaption>{escape(block.caption)}</figcaption></figure>"


def _break(block: PageBreak) -> str:
    return ""


# Any: each function takes its own kind of block, and the table pairs them.
_DRAW: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Text: _text,
    Points: _points,
    Headline: _headline,
    Facts: _facts,
    Table: _table,
    Chart: _chart,
    PageBreak: _break,
}
