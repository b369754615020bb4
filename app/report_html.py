"""The report as one HTML file that opens with no internet: its style, charts and map are inside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from app.report_blocks import Block, Chart, Document, Facts, Heading, Headline, PageBreak, Points, Table, Text
from app.report_face import face
from app.words import say

# Nothing is asked of any host: the browser is told to refuse it, and a test holds it to that.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)
STYLE = """
:root{color-scheme:light dark;--ink:#1B2733;--paper:#fff;--muted:#566573;--accent:#0B5CAD;--pale:#EEF4FB;--rule:#D5DCE3;--alarm:#9A3412;--warn:#FDF1E7;--mark:#F1F3F5}
@media screen and (prefers-color-scheme:dark){:root{--ink:#E6EBEF;--paper:#12181E;--muted:#A3B1BD;--accent:#7DB8F2;--pale:#1B2630;--rule:#34414D;--alarm:#FDBA8C;--warn:#3A2416;--mark:#1A222A}}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--paper);font:16px/1.6 Pretendard,"Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;word-break:keep-all;overflow-wrap:break-word}
main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem 4rem;position:relative}
h1{font-size:2.1rem;line-height:1.2;margin:.2rem 0 .4rem}
h2{font-size:1.45rem;margin:2.8rem 0 .6rem;scroll-margin-top:1rem}h3{font-size:1.2rem;margin:2.2rem 0 .6rem}
a{color:var(--accent)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.district{color:var(--accent);font-weight:600;margin:0}.lines,.quiet,figcaption,.fact small{color:var(--muted);font-size:.88rem}
.contents{margin:1.2rem 0;border:1px solid var(--rule);border-radius:8px;padding:.6rem 1rem}.contents summary{cursor:pointer;font-weight:600}
.contents ol{columns:16rem;margin:.5rem 0 .2rem;padding-left:1.4rem}
.warning{background:var(--warn);color:var(--alarm);font-weight:600;padding:.7rem 1rem;border-radius:6px}
.headline{border-left:4px solid var(--accent);padding:.2rem 0 .2rem 1.2rem;margin:1.5rem 0}
.headline strong{display:block;font-size:3.4rem;line-height:1.1;color:var(--accent)}.headline b{font-size:1.1rem}
.headline p{margin:.5rem 0 0}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1.2rem 0}
.fact{background:var(--pale);border-radius:8px;padding:.8rem 1rem}.fact b{font-size:1.5rem}.fact small{display:block}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.93rem}
caption{text-align:left;font-weight:600;padding-bottom:.3rem}
th,td{padding:.45rem .6rem;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
th{color:var(--muted);font-weight:600;border-bottom:2px solid var(--ink)}.r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
code{font-size:.85rem;overflow-wrap:anywhere}figure{margin:1.2rem 0}
/* Charts are drawn in ink on white. */
figure svg{width:100%;height:auto;max-width:48rem;background:#fff;border-radius:8px;padding:.3rem}figure svg text{font-family:inherit!important}
.golmok-map{--accent:#0f766e;height:min(34rem,80vh);border:1px solid var(--rule);border-radius:8px;overflow:hidden;isolation:isolate}.dark .golmok-map{--accent:#2dd4bf}
.golmok-tables{margin:.6rem 0}.golmok-tables summary{cursor:pointer;font-weight:600}
.figure-name{margin:-.4rem 0 1rem;color:var(--muted);font-size:.75rem}
.margin{position:fixed;top:50%;right:.4rem;writing-mode:vertical-rl;transform:translateY(-50%);color:var(--alarm);font-size:.8rem;font-weight:600;letter-spacing:.1em}
.stamp{position:sticky;top:0;z-index:2;margin:0;padding:.35rem 1.5rem;background:var(--warn);color:var(--alarm);font-size:.82rem;font-weight:600}
.watermark{position:fixed;inset:0;display:grid;place-items:center;z-index:-1;font-size:18vw;font-weight:700;color:var(--mark);transform:rotate(-30deg);white-space:nowrap;overflow:hidden}
@media (max-width:40rem){main{padding:1.2rem 1rem 3rem}.margin{display:none}figure{overflow-x:auto}figure svg{min-width:34rem}.headline strong{font-size:2.6rem}}
@page{margin:16mm 14mm 20mm}
@media print{body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}.contents{display:none}.scroll{overflow:visible}
h2,h3{break-after:avoid}figure,.headline,.fact,tr,.map{break-inside:avoid}.golmok-map{width:57rem;height:34rem;zoom:.74}.golmok-tables{display:none}thead{display:table-header-group}.margin{right:-9mm}.stamp{position:fixed;top:auto;bottom:0;left:0;right:0;padding:1mm 0;background:none}}
"""

# Maps know a dark screen by a class; paper is light.
DARK = """<script>(function(){var d=matchMedia("(prefers-color-scheme: dark)"),r=document.documentElement.classList;
function s(){r.toggle("dark",d.matches)}s();d.addEventListener("change",s);
addEventListener("beforeprint",function(){r.remove("dark")});addEventListener("afterprint",s)})()</script>
"""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """A map in the report: its heading, what is said of it, and the map as HTML; "": it could not be drawn."""

    title: str
    note: str
    chart: str = ""


def html(
    document: Document, *, head: str = "", maps: tuple[MapFrame, ...] = (), fonts: Path | None = None
) -> str:
    """Return the whole document as one HTML text.

    head   the library that the maps need
    fonts  the folder of our typeface, whose letters go along; None: the reader's own
    """
    heads = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    numbers = count(1)
    blocks = "\n".join(
        _part(block, next(numbers))
        if isinstance(block, Heading) and block.level == 1
        else _drawn(before, block)
        for before, block in pairwise((PageBreak(), *document.blocks))
    )
    drawn = "\n".join(_map(each, next(numbers)) for each in maps)
    title = escape(f"{document.title} · {document.subtitle}")
    lines = " · ".join(escape(line) for line in document.lines)
    body = (
        f"<body>\n{_marks(document)}\n<main>\n"
        f'<p class="district">{escape(document.subtitle)}</p>\n<h1>{escape(document.title)}</h1>\n'
        f'<p class="lines">{lines}</p>\n{_contents([*heads, *(each.title for each in maps)], document.lang)}\n'
        f"{blocks}\n{drawn}</main>\n</body>\n"
    )
    # What maps say of a feature is in their scripts, its Korean letters escaped as JSON has them.
    letters = face(unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), body)), fonts)
    return (
        f'<!doctype html>\n<html lang="{document.lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n{head}<style>{letters}{STYLE}</style>\n{DARK if head else ''}</head>\n{body}</html>\n"
    )


_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


def framed(page: str, title: str) -> str:
    """Return a page that shows another one in a frame of an origin of its own: it runs its script and reaches nothing."""
    return (
        "<!doctype html><style>html,body{margin:0;height:100%}iframe{border:0;width:100%;height:100%;display:block}</style>"
        f'<iframe sandbox="allow-scripts" title="{escape(title)}" srcdoc="{escape(page)}"></iframe>'
    )


def _marks(document: Document) -> str:
    stamp = f'<p class="stamp">{escape(document.stamp)}</p>' if document.stamp else ""
    if not document.watermark:
        return stamp
    return (
        f'{stamp}<div class="watermark" aria-hidden="true">{escape(document.watermark)}</div>'
        f'<div class="margin">{escape(document.margin)}</div>'
    )


def _contents(heads: list[str], lang: str) -> str:
    items = "".join(f'<li><a href="#p{at}">{escape(head)}</a></li>' for at, head in enumerate(heads, 1))
    name = escape(say("report.contents", lang))
    return f'<nav aria-label="{name}"><details class="contents"><summary>{name}</summary><ol>{items}</ol></details></nav>'


def _map(frame: MapFrame, number: int) -> str:
    title = f'<h2 id="p{number}">{escape(frame.title)}</h2>'
    return (
        f'<section class="map">{title}\n<p class="quiet">{escape(frame.note)}</p>\n{frame.chart}</section>\n'
    )


def _part(block: Heading, number: int) -> str:
    return f'<h2 id="p{number}">{escape(block.text)}</h2>'


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


def _drawn(before: Block, block: Block) -> str:
    """Return a block with its figure's name below it, once where several of one figure follow each other."""
    figure = getattr(block, "figure", "")
    name = f'<p class="figure-name"><code>{escape(figure)}</code></p>' if figure else ""
    return _DRAW[type(block)](block) + (name if figure != getattr(before, "figure", "") else "")


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
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(block.caption)}"><table>{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


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
