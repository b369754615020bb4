"""How a collection of features becomes a map: folium lays it out, one style sheet says how it looks.

Paths bear classes, not colours, so that the same map stands on white paper, on a light and on a dark screen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from app.takeaway_words import say

# A GeoJSON FeatureCollection in EPSG:4326 whose properties are texts, and `tone`: what decides how each is drawn.
Collection = Mapping[str, Any]
# What lies below and is for finding one's way alone: no label, no line in the list of layers.
GROUND = ("buildings", "streets")
_DOTS = {"cameras": 4, "answer": 6, "place": 6}


def chart(drawn: Mapping[str, Collection], *, key: str, lang: str, frame: Sequence[str] = ()) -> str:
    """Return a map as HTML to stand in a page that holds the library: a box, and the script that fills it.

    drawn  layer -> features, drawn in this order; an empty one is left out
    key    a word of letters and digits, another for each map of a page
    frame  the layers that the map opens on; else all
    """
    import folium

    shown = {name: each for name, each in drawn.items() if each["features"]}
    made = folium.Map(tiles=None, control_scale=True, attributionControl=False, zoom_snap=0.25)
    made.default_js, made.default_css = [], []
    bounds = _bounds(shown[name] for name in shown if not frame or name in frame)
    if bounds:
        # An extent of nothing (one place alone) opens at a street's scale.
        made.fit_bounds(bounds, padding=(18, 18), max_zoom=18)
    for name, collection in shown.items():
        _lay(collection, name, lang).add_to(made)
    for text, lat, lon in _numbers(shown.get("answer")):
        icon = folium.DivIcon(html=escape(text), class_name="golmok-no", icon_size=(0, 0))
        folium.Marker([lat, lon], icon=icon, interactive=False, keyboard=False).add_to(made)
    if sum(name not in GROUND for name in shown) > 1:
        folium.LayerControl(collapsed=False).add_to(made)
    root: Any = made.get_root()  # a Figure; its type says Element
    root.render()
    name, script = made.get_name(), root.script.render()
    script = script.replace("L.control.scale()", "L.control.scale({imperial: false})")
    told = {"THE_MAP": name, "BOUNDS": json.dumps(bounds)}
    told |= {
        "ZOOM_IN": json.dumps(say("map.zoom_in", lang)),
        "ZOOM_OUT": json.dumps(say("map.zoom_out", lang)),
    }
    after = re.sub("|".join(told), lambda found: told[found[0]], _AFTER)
    box = f'<div class="folium-map" id="{name}" role="application" aria-label="{escape(say("map.label", lang))}"></div>'
    return _steady(f"{box}\n<script>{script}\n{after}</script>", key)


# The box may grow or shrink while the page is read in: then the map opens anew on what it was to show. Lines that are
# many grow with the scale.
_AFTER = """(function (map, box) {
    box.golmokMap = map;
    var moved = false;
    // The library speaks English.
    [["in", ZOOM_IN], ["out", ZOOM_OUT]].forEach(function (way) {
        var button = box.querySelector(".leaflet-control-zoom-" + way[0]);
        if (button) { button.title = way[1]; button.setAttribute("aria-label", way[1]); }
    });
    var scale = function () { box.style.setProperty("--line", Math.max(1, Math.pow(1.5, map.getZoom() - 14)).toFixed(2)); };
    box.addEventListener("pointerdown", function () { moved = true; });
    map.on("zoomend", scale);
    scale();
    if (typeof ResizeObserver === "undefined") return;
    new ResizeObserver(function () {
        map.invalidateSize({animate: false});
        if (!moved && BOUNDS) map.fitBounds(BOUNDS, {padding: [18, 18], maxZoom: 18, animate: false});
    }).observe(box);
})(THE_MAP, document.getElementById("THE_MAP"));"""


def _lay(collection: Collection, name: str, lang: str) -> Any:
    """Return one layer; Any: folium ships no types."""
    import folium

    columns = [key for key in collection["features"][0]["properties"] if key not in ("tone", "no")]
    radius = _DOTS.get(name)
    return folium.GeoJson(
        collection,
        name=layer_name(name, collection, lang),
        control=name not in GROUND,
        style_function=lambda each: {"className": f"g-{name} g-{name}-{each['properties']['tone'] or 'x'}"},
        marker=folium.CircleMarker(radius=radius) if radius else None,
        tooltip=_label(columns, name, lang) if columns else None,
        smooth_factor=0.3,
    )


def layer_name(name: str, collection: Collection, lang: str) -> str:
    """Return what a layer is called; dong of which no share is known are dong alone."""
    return say("layer.dong" if name == "boundaries" and not has_shares(collection) else f"layer.{name}", lang)


def has_shares(collection: Collection) -> bool:
    """Say whether the share of any dong is known, so that their fill means something."""
    return any(each["properties"]["tone"] for each in collection["features"])


def _label(columns: Sequence[str], name: str, lang: str) -> Any:
    """Return what a pointer reads of a feature; Any: as `_lay`."""
    import folium

    aliases = [say(f"column.{column}", lang) for column in columns]
    return folium.GeoJsonTooltip(
        fields=list(columns), aliases=aliases, sticky=name not in _DOTS, localize=False
    )


def _numbers(answer: Collection | None) -> Iterator[tuple[str, float, float]]:
    """Yield the numbers of the cameras of an answer, one text a pole, and where it stands (lat, lon)."""
    poles: dict[tuple[float, float], list[int]] = {}
    for each in answer["features"] if answer else []:
        lon, lat = each["geometry"]["coordinates"]
        poles.setdefault((lat, lon), []).append(int(each["properties"]["no"]))
    for (lat, lon), at in poles.items():
        here = sorted(at)
        together = len(here) > 2 and here[-1] - here[0] == len(here) - 1
        yield (f"{here[0]}–{here[-1]}" if together else ", ".join(map(str, here))), lat, lon


def _bounds(collections: Iterator[Collection]) -> list[list[float]] | None:
    """Return the south-west and the north-east corner, lat and lon each, or None without any."""
    features = (each for collection in collections for each in collection["features"])
    corners = [place for each in features for place in places(each["geometry"]["coordinates"])]
    if not corners:
        return None
    lons, lats = zip(*corners, strict=True)
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def places(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Yield lon and lat of every corner; Any: GeoJSON nests them one to four deep."""
    if isinstance(coordinates[0], float):
        yield coordinates[0], coordinates[1]
        return
    for inner in coordinates:
        if inner:
            yield from places(inner)


def _steady(text: str, key: str) -> str:
    """Return folium's text with its random names numbered in the order they appear, after the map's own word."""
    seen: dict[str, str] = {}
    return re.sub(r"[0-9a-f]{32}", lambda found: seen.setdefault(found[0], f"{key}{len(seen):03d}"), text)


def legend(drawn: Mapping[str, Collection], *, lang: str, ladder: bool) -> str:
    """Return what the colours and lines mean, as an open list; ladder: dong are filled by their share."""
    lines: list[str] = []
    if ladder:
        steps = [f"{at * 20}–{at * 20 + 20} %" for at in range(5)]
        lines.append(f"<b>{escape(say('legend.share', lang))}</b>")
        lines += [f'<i class="step g-boundaries-{at}"></i>{step}' for at, step in enumerate(steps)]
        lines.append(f'<i class="step g-boundaries-x"></i>{escape(say("legend.unknown", lang))}')
    for mark, key in _MARKS.items():
        layer, _, tone = mark.partition(" ")
        known = {each["properties"]["tone"] or "x" for each in drawn.get(layer, {"features": ()})["features"]}
        if known and (not tone or tone in known):
            name = f"g-{layer}-{tone}" if tone else f"g-{layer}"
            lines.append(f'<i class="mark {name}"></i>{escape(say(key, lang))}')
    if not lines:
        return ""
    title = escape(say("legend.title", lang))
    return f'<details class="golmok-legend" open><summary>{title}</summary>{"<br>".join(lines)}</details>'


_MARKS = {
    "place": "legend.place",
    "answer certain": "legend.answer_certain",
    "answer possible": "legend.answer_possible",
    "answer none": "legend.answer_none",
    "cameras": "legend.camera",
    "fields certain": "legend.certain",
    "fields possible": "legend.possible",
    "gaps grave": "legend.gap_grave",
    "gaps x": "legend.gap",
    "zones flood": "legend.flood",
    "zones wildfire": "legend.wildfire",
}

_LIGHT = (
    "--paper:#fff;--ground:#f4f5f5;--ink:#1c2426;--muted:#566165;--rule:#cfd5d6;--edge:#7b868a;--accent:#0f766e;--gap:#c2410c;"
    "--zone:#8a5a00;--camera:#374151;--building:#e1e5e5;--street:#fff;--casing:#c9cfcf;--alarm:#9a3412;"
    "--s0:#eef4fb;--s1:#cfe1f3;--s2:#a5c8e8;--s3:#74a9d8;--s4:#4287c4"
)
_DARK = (
    "--paper:#171c1d;--ground:#101415;--ink:#e6ebeb;--muted:#a3adb0;--rule:#3a4447;--edge:#4d585c;--accent:#2dd4bf;--gap:#fb923c;"
    "--zone:#eab308;--camera:#cbd5d8;--building:#232a2c;--street:#3a4447;--casing:#2b3335;--alarm:#fdba74;"
    "--s0:#16222d;--s1:#1b3347;--s2:#204a6b;--s3:#2b6797;--s4:#4287c4"
)
# `.dark` is set by a page that knows its theme; a file to take away is paper, and light.
STYLE = f"""
:root{{{_LIGHT}}}.dark{{{_DARK}}}
.golmok-map{{position:relative;height:32rem;font:14px/1.5 Pretendard,"Noto Sans KR","Malgun Gothic",sans-serif;color:var(--ink)}}
.golmok-map .folium-map{{position:absolute;inset:0}}
.golmok-map .leaflet-container{{background:var(--ground);font:inherit}}
.golmok-map .leaflet-container:focus-visible{{outline:3px solid var(--accent);outline-offset:-3px}}
.golmok-map .leaflet-bar a,.golmok-map .leaflet-control-layers,.golmok-legend,.golmok-map .leaflet-tooltip{{
background:var(--paper);color:var(--ink);border-color:var(--rule)}}
.golmok-map .leaflet-control-layers{{font-size:12.5px;border:1px solid var(--rule);box-shadow:none}}
.golmok-map .leaflet-control-scale-line{{background:var(--paper);color:var(--ink);border-color:var(--ink);text-shadow:none}}
.golmok-map .leaflet-tooltip{{box-shadow:0 1px 4px rgba(0,0,0,.25)}}.golmok-map .leaflet-tooltip th{{text-align:left;padding-right:.7em;
font-weight:400;color:var(--muted)}}
.golmok-legend{{position:absolute;right:10px;bottom:12px;z-index:1000;padding:7px 12px;border:1px solid var(--rule);border-radius:6px;
max-width:17rem;font-size:12.5px}}
.golmok-legend summary{{cursor:pointer;font-weight:600}}
.golmok-legend i{{display:inline-block;box-sizing:border-box;width:18px;height:11px;margin-right:7px;vertical-align:-1px;
print-color-adjust:exact;-webkit-print-color-adjust:exact}}
.golmok-legend .step{{border:1px solid var(--muted);background:var(--paper)}}
.golmok-legend .mark{{border-radius:2px}}
.g-boundaries{{stroke:var(--edge);stroke-width:1.1;fill:var(--paper);fill-opacity:.85}}
{"".join(f".g-boundaries-{at}{{fill:var(--s{at});background:var(--s{at})!important}}" for at in range(5))}
.under .g-boundaries{{fill-opacity:.25}}.under .golmok-legend .step{{opacity:.45}}
.g-zones{{stroke:var(--zone);stroke-width:2.2;fill:none}}.g-zones-flood{{stroke-dasharray:8 4}}.g-zones-wildfire{{stroke-dasharray:2 5}}
i.mark[class*=g-zones]{{width:21px!important;margin-right:4px!important}}i.g-zones-flood{{height:0!important;border-top:3px dashed var(--zone)}}i.g-zones-wildfire{{height:0!important;border-top:3px dotted var(--zone)}}
.g-buildings{{stroke:none;fill:var(--building);fill-opacity:1}}.g-streets{{stroke:var(--casing);stroke-width:2.6;stroke-opacity:1;fill:none}}
.g-fields{{stroke:var(--accent)}}.g-fields-certain{{stroke-width:1.3;fill:var(--accent);fill-opacity:.26}}
.g-fields-possible{{stroke-width:.8;stroke-opacity:.55;stroke-dasharray:3 3;fill:var(--accent);fill-opacity:.05}}
i.g-fields-certain{{background:color-mix(in srgb,var(--accent) 30%,transparent);border:1px solid var(--accent)}}
i.g-fields-possible{{border:1px dashed var(--accent)}}
.g-gaps{{stroke:var(--gap);stroke-width:calc(var(--line,1)*1.3px);stroke-opacity:.8;fill:none}}
.g-gaps-grave{{stroke-width:calc(var(--line,1)*1.6px + 2px);stroke-opacity:1}}
i.g-gaps-x{{height:0!important;border-top:2px solid var(--gap)}}i.g-gaps-grave{{height:0!important;border-top:5px solid var(--gap)}}
.g-cameras{{stroke:var(--paper);stroke-width:1;fill:var(--camera);fill-opacity:1}}
i.g-cameras{{width:10px!important;height:10px!important;margin:0 11px 0 4px!important;border-radius:50%!important;background:var(--camera)}}
.g-lines{{stroke:var(--accent);stroke-width:2;fill:none}}.g-lines-possible{{stroke-width:1.4;stroke-dasharray:5 4}}
.g-answer{{stroke-width:2;fill-opacity:1}}.g-answer-certain{{stroke:var(--paper);fill:var(--accent)}}
.g-answer-possible{{stroke:var(--accent);fill:var(--paper);stroke-dasharray:3 2}}.g-answer-none{{stroke:var(--muted);fill:var(--paper)}}
i.mark[class*="g-answer"],i.g-place{{width:11px!important;height:11px!important;margin:0 11px 0 3px!important;border-radius:50%!important}}
i.g-answer-certain{{background:var(--accent)}}i.g-answer-possible{{border:2px dashed var(--accent)}}i.g-answer-none{{border:2px solid var(--muted)}}
.g-place{{stroke:var(--paper);stroke-width:2;fill:var(--ink);fill-opacity:1}}i.g-place{{background:var(--ink)}}
.golmok-no{{font-weight:700;font-size:12.5px;white-space:nowrap;color:var(--ink);margin:5px 0 0 8px!important;
text-shadow:0 0 3px var(--paper),0 0 3px var(--paper),0 0 3px var(--paper),0 0 3px var(--paper)}}
.golmok-mark{{position:absolute;left:50%;top:10px;transform:translateX(-50%);z-index:1000;padding:2px 12px;border:1px dashed var(--alarm);
border-radius:999px;background:var(--paper);color:var(--alarm);font-size:12.5px;font-weight:600;white-space:nowrap;pointer-events:none}}
"""
