"""Maps to take away: one HTML file with its library inside, that opens with no internet and no server.

Each edition gets only the layers and the properties it may see; what it may not see is not in the file at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from app import words
from app.report_format import name_of, span
from app.roles import EditionRefused
from app.takeaway_words import say
from spatial.errors import GolmokError

# A layer is a GeoJSON FeatureCollection in EPSG:4326, or a GeoDataFrame in any CRS.
Layer = Any
MOST_BYTES = 5_000_000
DECIMALS = 6  # some 0.1 m
BLUES = ("#EEF4FB", "#CFE1F3", "#A5C8E8", "#74A9D8", "#4287C4")
ORANGE, GREY, INK = "#B8460E", "#5B6B7A", "#1B2733"
ZONE_DASH = {"flood": "8 4", "wildfire": "2 5"}

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
        "zones": ("name", "zone_kind", "share"),
        "fields": ("sight",),
        "gaps": ("name", "length", "risk"),
        "cameras": ("agency", "purpose", "kind", "heading"),
    },
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


def coverage_map(
    layers: Mapping[str, Layer],
    *,
    lang: str = "ko",
    edition: str = "committee",
    invented: bool = False,
    stamp: Stamp | None = None,
    leaflet: Path | None = None,
) -> str:
    """Return a map as one HTML text that asks no host for anything; the same layers give the same text.

    layers   boundaries (name_ko, name_en, share, low, high), zones (kind, name, share), fields (sight),
             gaps (alley, length_m, risk), cameras (agency, purpose, kind, heading_deg); each may be absent
    edition  public (places and purposes), committee (shares by dong; no gaps, no fields of view), internal (all)
    leaflet  a folder with leaflet.js and leaflet.css; None: `leaflet` in the settings' assets
    Raises   EditionRefused, LeafletMissing, MapTooLarge
    """
    if edition not in ALLOWED:
        raise EditionRefused(f"editions are {', '.join(ALLOWED)}, not {edition!r}")
    script, style = library(leaflet)
    drawn = {
        name: features(layers[name], name, lang=lang, keep=keep)
        for name, keep in ALLOWED[edition].items()
        if layers.get(name) is not None
    }
    text = _steady(_draw(drawn, lang).get_root().render())
    side = _legend(drawn, lang=lang, edition=edition, invented=invented, stamp=stamp)
    text = text.replace("L.control.scale()", "L.control.scale({imperial: false})")
    text = text.replace("</head>", f"<style>{style}{STYLE}</style>\n<script>{script}</script>\n</head>", 1)
    text = text.replace("<html>", f'<html lang="{lang}">', 1).replace("<body>", f"<body>\n{side}", 1)
    if len(text.encode()) > MOST_BYTES:
        raise MapTooLarge(f"the map would weigh {len(text.encode()) / 1e6:.1f} MB; the limit is 5 MB")
    return text


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


def features(layer: Layer, name: str, *, lang: str, keep: tuple[str, ...]) -> dict[str, Any]:
    """Return a layer as GeoJSON in EPSG:4326 with only the properties to keep, each ready to be read by people."""
    if hasattr(layer, "to_crs"):
        layer = layer.to_crs(4326).__geo_interface__
    found = [
        {
            "type": "Feature",
            "geometry": {**each["geometry"], "coordinates": _rounded(each["geometry"]["coordinates"])},
            "properties": _told(each["properties"], name, lang=lang, keep=keep),
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
        "agency": name_of(row, lang, "agency"),
        "purpose": words.label("purpose", row.get("purpose"), lang),
        "kind": words.label("kind", row.get("kind"), lang),
        "zone_kind": words.label("zone_kind", row.get("kind"), lang),
        "heading": words.towards(row.get("heading_deg"), lang),
        "sight": words.label("sight", row.get("sight"), lang),
        "length": words.distance(row.get("length_m")),
        "risk": words.number(row.get("risk"), 2),
    }
    told: dict[str, Any] = {key: texts[key] for key in keep}
    told["tone"] = _tone(row, name, keep)
    return told


def _tone(row: Mapping[str, Any], name: str, keep: tuple[str, ...]) -> str:
    """Return what decides how a feature is drawn: a step of the ladder of blues, or a code."""
    if name == "boundaries":
        share = row.get("share")
        return "" if share is None or "share" not in keep else str(min(int(share * 5), 4))
    return str(row.get({"zones": "kind", "fields": "sight"}.get(name, "")) or "")


def _rounded(coordinates: Any) -> Any:
    """Return nested coordinates rounded; Any: GeoJSON nests them one to four deep."""
    if isinstance(coordinates, (list, tuple)):
        return [_rounded(inner) for inner in coordinates]
    return round(float(coordinates), DECIMALS)


def _draw(drawn: Mapping[str, dict[str, Any]], lang: str) -> Any:
    """Return a folium map with a layer for each collection; Any: folium ships no types."""
    import folium

    chart = folium.Map(tiles=None, control_scale=True, prefer_canvas=False, attributionControl=False)
    chart.default_js, chart.default_css = [], []
    corners = list(_corners(drawn))
    if corners:
        lons, lats = zip(*corners, strict=True)
        chart.fit_bounds([[min(lats), min(lons)], [max(lats), max(lons)]])
    for name, collection in drawn.items():
        if not collection["features"]:
            continue
        columns = [key for key in collection["features"][0]["properties"] if key != "tone"]
        folium.GeoJson(
            collection,
            name=say(f"layer.{name}", lang),
            style_function=_STYLES[name],
            marker=folium.CircleMarker(radius=4) if name == "cameras" else None,
            tooltip=_label(columns, lang, name),
            smooth_factor=0.3,
        ).add_to(chart)
    folium.LayerControl(collapsed=False).add_to(chart)
    return chart


def _label(columns: list[str], lang: str, name: str) -> Any:
    import folium

    aliases = [say(f"column.{column}", lang) for column in columns]
    return folium.GeoJsonTooltip(fields=columns, aliases=aliases, sticky=name != "cameras", localize=False)


def _corners(drawn: Mapping[str, dict[str, Any]]) -> Iterator[tuple[float, float]]:
    for collection in drawn.values():
        for each in collection["features"]:
            yield from _points(each["geometry"]["coordinates"])


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], float):
        yield coordinates[0], coordinates[1]
        return
    for inner in coordinates:
        if inner:
            yield from _points(inner)


def _dong(each: Mapping[str, Any]) -> dict[str, Any]:
    tone = each["properties"]["tone"]
    fill = BLUES[int(tone)] if tone else "#FFFFFF"  # white: not known
    return {"color": INK, "weight": 1.2, "fillColor": fill, "fillOpacity": 0.85}


def _zone(each: Mapping[str, Any]) -> dict[str, Any]:
    dash = ZONE_DASH.get(each["properties"]["tone"], "")
    return {"color": ORANGE, "weight": 2.5, "dashArray": dash, "fillOpacity": 0.0}


def _field(each: Mapping[str, Any]) -> dict[str, Any]:
    sure = each["properties"]["tone"] == "certain"
    return {"color": BLUES[4], "weight": 1.0 if sure else 0.0, "fillOpacity": 0.3 if sure else 0.06}


def _gap(each: Mapping[str, Any]) -> dict[str, Any]:
    return {"color": ORANGE, "weight": 5, "opacity": 0.9}


def _camera(each: Mapping[str, Any]) -> dict[str, Any]:
    return {"color": "#FFFFFF", "weight": 1, "fill": True, "fillColor": INK, "fillOpacity": 1.0}


_STYLES = {"boundaries": _dong, "zones": _zone, "fields": _field, "gaps": _gap, "cameras": _camera}


def _legend(drawn: Mapping[str, Any], *, lang: str, edition: str, invented: bool, stamp: Stamp | None) -> str:
    lines = [f'<b class="alarm">{escape(words.say("app.invented", lang))}</b>'] if invented else []
    if stamp:
        lines.append(escape(f"{stamp.name} · {stamp.day} · {stamp.purpose}"))
    if "boundaries" in drawn and edition != "public":
        lines.append(escape(say("legend.share", lang)))
        steps = (f"{at * 20}–{at * 20 + 20} %" for at in range(5))
        lines += [f'<i style="background:{BLUES[at]}"></i>{step}' for at, step in enumerate(steps)]
        lines.append(f'<i style="background:#fff"></i>{escape(say("legend.unknown", lang))}')
    if "zones" in drawn:
        lines += [
            f'<i class="line" style="border-top:3px {look} {ORANGE}"></i>{escape(words.say(f"zone_kind.{kind}", lang))}'
            for kind, look in (("flood", "dashed"), ("wildfire", "dotted"))
        ]
    title = f"<summary>{escape(say(f'edition.{edition}', lang))}</summary>"
    return f'<details class="legend" open>{title}{"<br>".join(lines)}</details>'


def _steady(text: str) -> str:
    """Return folium's page with its random names numbered in the order they appear."""
    seen: dict[str, str] = {}
    return re.sub(r"[0-9a-f]{32}", lambda found: seen.setdefault(found[0], f"{len(seen):04d}"), text)


STYLE = """
html,body{height:100%;margin:0}body{font:14px/1.5 Pretendard,"Noto Sans KR","Malgun Gothic",sans-serif;color:#1B2733}
.leaflet-container{background:#F4F6F8;font:inherit}
.legend{position:absolute;right:10px;bottom:12px;z-index:1000;background:#fff;padding:8px 12px;border-radius:6px;
box-shadow:0 1px 4px rgba(0,0,0,.25);max-width:17rem;font-size:12.5px}
.legend summary{cursor:pointer;font-weight:600}.legend i{display:inline-block;width:16px;height:11px;margin-right:7px;border:1px solid #9AA7B3}
.legend i.line{height:0;border:0;vertical-align:middle}.legend .alarm{color:#9A3412}
"""
