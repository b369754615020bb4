"""Maps to take away: one HTML file with its library inside, that opens with no internet and no server.

Each edition gets only the layers and the properties it may see; what it may not see is not in the file at all.
`coverage_map` gives a whole file. A page with several maps holds `head()` once and a `fragment(...)` for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from app import words
from app.report_format import name_of, span
from app.roles import EditionRefused
from app.takeaway_draw import STYLE, Collection, chart, has_shares, legend
from app.takeaway_table import tables
from app.takeaway_words import say
from spatial.errors import GolmokError

# A layer is a GeoJSON FeatureCollection in EPSG:4326, or a GeoDataFrame in any CRS.
Layer = Any
MOST_BYTES = 5_000_000
DECIMALS = 6  # some 0.1 m

# Edition -> layer -> the properties that may be in the file. Drawn in this order.
ALLOWED: dict[str, dict[str, tuple[str, ...]]] = {
    "public": {"boundaries": ("name",), "cameras": ("purpose",)},
    "committee": {
        "boundaries": ("name", "share", "range"),
        "zones": ("name", "zone_kind", "share"),
        "cameras": ("agency", "purpose", "kind"),
    },
    "internal": {
        "boundaries": ("name", "share", "range"),
        "buildings": (),
        "streets": (),
        "zones": ("name", "zone_kind", "share"),
        "fields": ("sight",),
        "gaps": ("name", "length", "risk"),
        "lines": (),
        "cameras": ("camera", "agency", "purpose", "kind", "heading", "view"),
        "answer": ("camera", "sight", "distance"),
        "place": (),
    },
}

# The columns of a layer that each of these is told from.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "name_ko", "name_en", "alley"),
    "share": ("share",),
    "range": ("low", "high"),
    "camera": ("camera_key",),
    "agency": ("agency", "agency_en"),
    "purpose": ("purpose",),
    "kind": ("kind",),
    "zone_kind": ("kind",),
    "heading": ("heading_deg",),
    "view": ("view_m2",),
    "sight": ("sight",),
    "distance": ("distance_m",),
    "length": ("length_m",),
    "risk": ("risk", "grave"),
}


class TakeawayError(GolmokError):
    """Stand above what keeps a map file from being made."""


class LeafletMissing(TakeawayError):
    """The map library's files are not in the assets folder."""


class MapTooLarge(TakeawayError):
    """The file would pass 5 MB."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who took an internal map, when and what for; it stands on the map."""

    name: str
    day: str
    purpose: str

    def text(self) -> str:
        """Return the stamp on one line."""
        return f"{self.name} · {self.day} · {self.purpose}"


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a map: its title, and lines such as the district, the day and what was left out."""

    title: str
    lines: tuple[str, ...] = ()


def coverage_map(
    layers: Mapping[str, Layer],
    *,
    lang: str = "ko",
    edition: str = "committee",
    invented: bool = False,
    stamp: Stamp | None = None,
    heading: Heading | None = None,
    leaflet: Path | None = None,
) -> str:
    """Return a map and its tables as one HTML text that asks no host for anything; the same layers give the same text.

    layers   boundaries (name_ko, name_en, share, low, high), zones (kind, name, share), fields (sight),
             gaps (alley, length_m, risk; grave: to be drawn thick), cameras (camera_key, agency, purpose, kind, heading_deg, view_m2: the area
             that it sees); each may be absent
    edition  public (places and purposes), committee (shares by dong; no gaps, no fields of view), internal (all)
    leaflet  a folder with leaflet.js and leaflet.css; None: `leaflet` in the settings' assets
    Raises   EditionRefused, LeafletMissing, MapTooLarge
    """
    drawn = drawn_for(layers, lang=lang, edition=edition)
    lines = [heading.title] if heading else [say(f"edition.{edition}", lang)]
    lines += [say(f"edition.{edition}", lang), *heading.lines] if heading else []
    signed = f"<p><strong>{escape(stamp.text())}</strong></p>" if stamp else ""
    text = (
        f'<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(lines[0])}</title>\n{head(leaflet)}\n<style>{PAGE}</style>\n</head>\n"
        f'<body class="golmok-page">\n<header><h1>{escape(lines[0])}</h1>'
        f"<p>{escape(' · '.join(lines[1:]))}</p>{signed}</header>\n"
        f"{_boxed(drawn, key='map', lang=lang, invented=invented)}\n{tables(drawn, lang)}\n</body>\n</html>\n"
    )
    return light_enough(text)


def fragment(
    layers: Mapping[str, Layer],
    *,
    key: str,
    lang: str = "ko",
    edition: str = "committee",
    invented: bool = False,
    frame: Sequence[str] = (),
) -> str:
    """Return a map as a `<div class="golmok-map">` with its script, for a page that holds `head()` once, before it.

    layers, edition  as of `coverage_map`; internal ones also buildings, streets (for finding one's way), lines (sight),
                     answer (no, camera_key, sight, distance_m: numbered cameras), place
    key              a word of letters and digits, another for each map of the page
    frame            the layers that the map opens on; else all
    The box is 32 rem high unless the page's style says otherwise; the page may call `.golmokMap` of the box inside it.
    Raises           EditionRefused
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", key):
        raise ValueError(f"a map's key is a word of letters and digits, not {key!r}")
    drawn = drawn_for(layers, lang=lang, edition=edition)
    return _boxed(drawn, key=key, lang=lang, invented=invented, frame=frame)


def head(leaflet: Path | None = None) -> str:
    """Return what a page with fragments holds once in its head: the library, its style and ours. Raises LeafletMissing."""
    script, style = library(leaflet)
    return f"<style>{style}{STYLE}</style>\n<script>{script}</script>"


def drawn_for(layers: Mapping[str, Layer], *, lang: str, edition: str) -> dict[str, Collection]:
    """Return the layers that an edition holds, as features with only the properties it holds. Raises EditionRefused."""
    if edition not in ALLOWED:
        raise EditionRefused(f"editions are {', '.join(ALLOWED)}, not {edition!r}")
    return {
        name: features(layers[name], name, lang=lang, keep=keep)
        for name, keep in ALLOWED[edition].items()
        if layers.get(name) is not None
    }


def light_enough(text: str) -> str:
    """Return the file's text. Raises MapTooLarge when it passes 5 MB."""
    if len(text.encode()) > MOST_BYTES:
        raise MapTooLarge(f"the map would weigh {len(text.encode()) / 1e6:.1f} MB; the limit is 5 MB")
    return text


def _boxed(
    drawn: Mapping[str, Collection], *, key: str, lang: str, invented: bool, frame: Sequence[str] = ()
) -> str:
    mark = f'<div class="golmok-mark">{escape(words.say("app.invented", lang))}</div>' if invented else ""
    # The fill of a dong steps back where views and gaps lie on it.
    under = " under" if any(drawn.get(name, _NONE)["features"] for name in ("fields", "gaps")) else ""
    return (
        f'<div class="golmok-map{under}">{chart(drawn, key=key, lang=lang, frame=frame)}\n{mark}'
        f"{legend(drawn, lang=lang, ladder=has_shares(drawn.get('boundaries', _NONE)))}</div>"
    )


_NONE: Collection = {"features": []}


def library(folder: Path | None = None) -> tuple[str, str]:
    """Return the map library's script and style, without what they would load or link to."""
    if folder is None:
        from etl.settings import settings

        folder = settings().assets / "leaflet"
    script, style = folder / "leaflet.js", folder / "leaflet.css"
    if not (script.is_file() and style.is_file()):
        raise LeafletMissing(f"no leaflet.js and leaflet.css in {folder}; the set-up fetches them")
    code = re.sub(r"//# sourceMappingURL=.*", "", script.read_text(encoding="utf-8"))
    # The control's own picture is not needed: the list of layers always stands open.
    looks = re.sub(r"url\([^)]*\)", "none", style.read_text(encoding="utf-8"))
    return code.replace("</script", "<\\/script"), looks


def features(layer: Layer, name: str, *, lang: str, keep: tuple[str, ...]) -> Collection:
    """Return a layer as GeoJSON in EPSG:4326 with only the properties to keep, each ready to be read, and safe as HTML."""
    return collected(layer, lambda row: _told(row, name, lang=lang, keep=keep))


def columns_of(edition: str, name: str) -> tuple[str, ...]:
    """Return the columns of a layer that a map of an edition is told from: no other needs to be kept for it."""
    found = (column for told in ALLOWED[edition][name] for column in _COLUMNS[told])
    return tuple(dict.fromkeys(found))


def collected(layer: Layer, properties: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Collection:
    """Return a layer as GeoJSON in EPSG:4326, rounded to some 0.1 m, each feature with the properties made from its row."""
    if hasattr(layer, "to_crs"):
        layer = layer.to_crs(4326).__geo_interface__
    found = [
        {
            "type": "Feature",
            "geometry": {
                "type": each["geometry"]["type"],
                "coordinates": _rounded(each["geometry"]["coordinates"]),
            },
            "properties": properties(each["properties"]),
        }
        for each in layer["features"]
        if each.get("geometry") and each["geometry"].get("coordinates")
    ]
    return {"type": "FeatureCollection", "features": found}


def _told(row: Mapping[str, Any], name: str, *, lang: str, keep: tuple[str, ...]) -> dict[str, Any]:
    texts = {
        "name": name_of(row, lang, "name", "alley"),
        "share": words.percent(row.get("share")),
        "range": span(row.get("low"), row.get("high"), lang),
        "camera": str(row.get("camera_key") or "–"),
        "agency": name_of(row, lang, "agency"),
        "purpose": words.label("purpose", row.get("purpose"), lang),
        "kind": words.label("kind", row.get("kind"), lang),
        "zone_kind": words.label("zone_kind", row.get("kind"), lang),
        "heading": words.towards(row.get("heading_deg"), lang),
        "view": _area(row.get("view_m2")),
        "sight": words.label("sight", row.get("sight"), lang),
        "distance": words.distance(row.get("distance_m")),
        "length": words.distance(row.get("length_m")),
        "risk": words.number(row.get("risk"), 2),
    }
    # The map's labels take texts as HTML, and a name is anybody's.
    told: dict[str, Any] = {key: escape(texts[key]) for key in keep}
    if "no" in row:
        told["no"] = int(row["no"])
    told["tone"] = _tone(row, name, keep)
    return told


def _area(view_m2: float | None) -> str:
    return "–" if view_m2 is None or view_m2 != view_m2 else f"{words.number(view_m2)} m²"


def _tone(row: Mapping[str, Any], name: str, keep: tuple[str, ...]) -> str:
    """Return what decides how a feature is drawn: a step of the ladder of blues, or a code."""
    if name == "boundaries":
        share = row.get("share")
        return "" if share is None or "share" not in keep else str(min(int(share * 5), 4))
    if name == "gaps":
        return "grave" if row.get("grave") is True else ""
    return re.sub(r"[^a-z_]", "", str(row.get(_TONE_OF.get(name, ""), "") or ""))


_TONE_OF = {"zones": "kind", "fields": "sight", "lines": "sight", "answer": "sight"}


def _rounded(coordinates: Any) -> Any:
    """Return nested coordinates rounded; Any: GeoJSON nests them one to four deep."""
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(inner) for inner in coordinates]
    return round(float(coordinates), DECIMALS)


PAGE = """
html,body{height:100%;margin:0}
.golmok-page{display:flex;flex-direction:column;font:14px/1.5 Pretendard,"Noto Sans KR","Malgun Gothic",sans-serif;color:#1c2426;background:#fff}
.golmok-page header{padding:.6rem 1rem;display:flex;flex-wrap:wrap;gap:.1rem 1.2rem;align-items:baseline}
.golmok-page h1{font-size:1.15rem;margin:0}.golmok-page header p{margin:0;color:#566165}.golmok-page header strong{color:#1c2426}
.golmok-page .golmok-map{flex:1 0 24rem;height:auto}
.golmok-tables{padding:.5rem 1rem;border-top:1px solid #cfd5d6}.golmok-tables summary{cursor:pointer;font-weight:600}
.golmok-tables .scroll{overflow-x:auto;margin:1rem 0}.golmok-tables table{border-collapse:collapse;font-size:13px}
.golmok-tables caption{text-align:left;font-weight:600;padding:.3rem 0}
.golmok-tables th,.golmok-tables td{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #e1e5e5;white-space:nowrap}
@media print{.golmok-page .golmok-map{flex:0 0 60vh}.golmok-tables:not([open]){display:none}}
"""
