"""The coverage report for the committee: one document, as a tagged PDF/A or as one HTML file.

The same figures give the same bytes: the dates come from the figures, the typeface from files, and nothing reads the
clock. The committee edition holds no coordinates of gaps or incidents and hides counts of 1 and 2.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from app import words
from app.report_blocks import Block, Document, Text
from app.report_body import body
from app.report_format import Figures, as_day, cleaned
from app.report_html import MapFrame, html
from app.report_summary import summary
from app.report_view import View, part, rows
from app.report_words import TABLE, say
from app.roles import EditionRefused
from app.words import day
from spatial.errors import GolmokError

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
FACE = "Pretendard"
# Typst brings this one along; it has no Hangul.
LATIN_FACE = "Libertinus Serif"
LATIN = frozenset(range(0x20, 0x250)) | frozenset(map(ord, "–—‘’“”•…−□"))
BOX = "□"
KOREAN_FACES = ("Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "Apple SD Gothic Neo", "Malgun Gothic")
EDITIONS = ("committee", "internal")
MOST_OF_A_PURPOSE = 160
MOST_BYTES = 5_000_000


class ReportError(GolmokError):
    """Stand above what keeps a report from being written."""


class ReportTooLarge(ReportError):
    """The HTML file would pass 5 MB."""


class UnknownReportForm(ReportError):
    """The file's name ends neither in .pdf nor in .html."""


class FontsMissing(ReportError):
    """No typeface with Korean letters is at hand for a Korean PDF."""


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A written report: its path, the SHA-256 of its bytes, its number of pages (1 for HTML)."""

    out: Path
    sha256: str
    pages: int


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface to set in.

    family   its name
    letters  the code points it has
    folders  where its files lie; none for the face that typst brings along
    system   whether it comes from the system
    """

    family: str
    letters: frozenset[int]
    folders: tuple[Path, ...] = ()
    system: bool = False


def write_report(figures: Figures, out: Path, *, lang: str = "ko", fonts: Path | None = None) -> ReportFile:
    """Write the report to `out`, a .pdf or an .html file, and say what was written.

    figures  the dict of `app.services.report.figures`; `edition` in it is committee (default) or internal
    fonts    a folder with the Pretendard files; None: the folder `pretendard` of the settings' assets
    Raises   UnknownReportForm, EditionRefused, FontsMissing
    """
    content, pages = content_of(figures, form=form_of(out), lang=lang, fonts=fonts)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(content)
    return ReportFile(out, hashlib.sha256(content).hexdigest(), pages)


def content_of(
    figures: Figures, *, form: str, lang: str = "ko", fonts: Path | None = None
) -> tuple[bytes, int]:
    """Return the report's bytes in a form, .pdf or .html, and its number of pages. Raises as `write_report`."""
    folder = fonts if fonts is not None else _asset_folder("pretendard")
    if form == ".pdf":
        return pdf(figures, lang=lang, fonts=folder)
    text = page(figures, lang=lang, fonts=folder).encode()
    if len(text) > MOST_BYTES:
        raise ReportTooLarge(
            f"it would weigh {len(text) / 1e6:.1f} MB; the limit is 5 MB. The PDF has no map"
        )
    return text, 1


def form_of(out: Path) -> str:
    """Return .pdf or .html, as the file's name ends. Raises UnknownReportForm."""
    form = out.suffix.lower()
    if form not in (".pdf", ".html"):
        raise UnknownReportForm(f"a report is a .pdf or an .html file, not {out.name}")
    return form


def require_edition(edition: str) -> None:
    """Raise EditionRefused unless the report is made for such a reader."""
    if edition == "public":
        raise EditionRefused(
            "a report tells where the network is blind, and that is never public; the public reads the policy page "
            "(PIPA art. 25(7), `golmok policy`)"
        )
    if edition not in EDITIONS:
        raise EditionRefused(f"a report is made for {' or '.join(EDITIONS)}, not for {edition!r}")


def document(figures: Figures, *, lang: str, fonts: Path | None = None, face: str = FACE) -> Document:
    """Return the report's content before it is set: every sentence, table and chart in order."""
    edition = str(figures.get("edition") or "committee")
    require_edition(edition)
    view = View(cleaned(figures), lang, edition, fonts)
    invented = bool(figures.get("invented"))
    until = as_day(figures["period"]["until"])
    return Document(
        lang=lang,
        title=view.say("title"),
        subtitle=view.say("subtitle", district=view.name(part(view.figures, "district"))),
        lines=tuple(_lines(view)),
        margin=view.say("margin.invented") if invented else "",
        watermark=view.say("watermark") if invented else "",
        stamp=stamp_of(figures, lang),
        day=(until.year, until.month, until.day),
        blocks=tuple(_blocks(view, invented, face)),
    )


def pdf(figures: Figures, *, lang: str, fonts: Path | None) -> tuple[bytes, int]:
    """Return the report as a tagged PDF/A and its number of pages."""
    face = typeface(lang, fonts)
    return typeset(document(figures, lang=lang, fonts=fonts, face=face.family), face)


def typeset(content: Document, face: Typeface, *, compact: bool = False) -> tuple[bytes, int]:
    """Return a document as a tagged PDF/A and its number of pages; compact: smaller letters and margins, for a sheet."""
    import typst

    inputs = {
        "document": settable(json.dumps(content.as_dict(), ensure_ascii=False), face.letters),
        "face": face.family,
        "page_of": TABLE["page_of"][("ko", "en").index(content.lang)],
        "compact": "yes" if compact else "no",
    }
    sources: dict[str, Any] = {
        "font_paths": list(face.folders),
        "ignore_system_fonts": not face.system,
        "sys_inputs": inputs,
    }
    moment = datetime(*content.day, tzinfo=UTC)
    made: bytes = typst.compile(
        TEMPLATE, format="pdf", pdf_standards=[*STANDARDS], timestamp=moment, **sources
    )
    pages = json.loads(typst.query(TEMPLATE, "<pages>", field="value", one=True, **sources))
    return made, int(pages)


def page(figures: Figures, *, lang: str, fonts: Path | None, leaflet: Path | None = None) -> str:
    """Return the report as one HTML text, with maps when the figures bring their layers under `map`."""
    content = document(figures, lang=lang, fonts=fonts)
    layers = figures.get("map")
    if not layers:
        return html(content, fonts=fonts)
    from app.takeaway import LeafletMissing, head

    try:
        library = head(leaflet)
    except LeafletMissing:
        return html(
            content, maps=(MapFrame(say("map.title", lang), say("map.no_library", lang)),), fonts=fonts
        )
    return html(content, head=library, maps=tuple(_maps(figures, layers, lang=lang)), fonts=fonts)


def stamp_of(figures: Figures, lang: str) -> str:
    """Return what stands on every page of an internal report: who took it, when and what for; empty for others."""
    taken = figures.get("stamp")
    if not taken:
        return ""
    purpose = str(taken["purpose"])
    short = purpose if len(purpose) <= MOST_OF_A_PURPOSE else f"{purpose[: MOST_OF_A_PURPOSE - 1]}…"
    return words.say("report.stamp", lang, who=taken["who"], day=day(taken["day"], lang), purpose=short)


def _maps(figures: Figures, layers: Figures, *, lang: str) -> Iterator[MapFrame]:
    """Yield the map of shares by dong, and of an internal report that of gaps and views; each with its tables."""
    from app.takeaway import drawn_for, fragment
    from app.takeaway_table import tables

    edition, invented = str(figures.get("edition") or "committee"), bool(figures.get("invented"))
    parts = [("shares", say("map.title", lang), say("map.note", lang), _without(layers, "fields", "gaps"))]
    if edition == "internal":
        gaps = (len(part(layers, "gaps").get("features") or []), len(rows(figures.get("coverage"), "gaps")))
        shown, known = map(words.number, gaps)
        note = words.say("report.map_places_note", lang, shown=shown, known=known)
        parts.append(("places", words.say("report.map_places", lang), note, _without(layers, "zones")))
    for key, title, note, drawn in parts:
        told = tables(drawn_for(drawn, lang=lang, edition=edition), lang)
        chart = fragment(drawn, key=key, lang=lang, edition=edition, invented=invented)
        yield MapFrame(title, note, f"{chart}\n{told}")


def _without(layers: Figures, *names: str) -> Figures:
    return {name: layer for name, layer in layers.items() if name not in names}


def typeface(lang: str, fonts: Path | None) -> Typeface:
    """Return Pretendard when its files are there, else a stand-in that has the language's letters.

    English falls back to the face that typst brings along, Korean to one of the system's known Korean faces.
    """
    import typst

    found = sorted(fonts.rglob(f"{FACE}-Regular.[ot]tf")) if fonts and fonts.is_dir() else []
    if found:
        return Typeface(FACE, _letters(found[0]), (found[0].parent,))
    if lang == "en":
        return Typeface(LATIN_FACE, LATIN)
    installed = {font.family: font.path for font in typst.Fonts(font_paths=[]).fonts()}
    for family in KOREAN_FACES:
        path = installed.get(family)
        if path:
            return Typeface(family, _letters(Path(path)), system=True)
    raise FontsMissing(
        f"a Korean PDF needs the {FACE} fonts (looked in {fonts}); the set-up fetches them. "
        "Meanwhile write an .html file, or the English PDF"
    )


def settable(text: str, letters: frozenset[int]) -> str:
    """Return the text with a box in place of each letter that the face lacks: an archival PDF may not lose one."""
    return "".join(letter if ord(letter) < 128 or ord(letter) in letters else BOX for letter in text)


def _letters(path: Path) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(path)).get_charmap())


def _lines(view: View) -> Iterator[str]:
    yield view.say("line.period", since=view.since, until=view.until)
    at = day(view.run["at"], view.lang) if view.run and view.run.get("at") else view.until
    yield view.say("line.at", at=at, edition=view.say(f"edition.{view.edition}"))


def _blocks(view: View, invented: bool, face: str) -> Iterator[Block]:
    if invented:
        yield Text(view.say("line.invented"), "warning")
    stamp = stamp_of(view.figures, view.lang)
    if stamp:
        yield Text(stamp, "warning")
    yield from summary(view)
    yield from body(view)
    if face != FACE:
        yield Text(view.say("fonts.substitute", family=face), "quiet")


def _asset_folder(name: str) -> Path:
    from etl.settings import settings

    return settings().assets / name
