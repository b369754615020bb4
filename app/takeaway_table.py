"""The tables beside a map: what it draws, for the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from app import words
from app.takeaway_draw import Collection, layer_name, places
from app.takeaway_words import say

# Views are areas that no row can tell: what each camera sees stands in its own row.
_NO_TABLE = ("fields", "buildings", "streets", "lines")


def tables(drawn: Mapping[str, Collection], lang: str) -> str:
    """Return a table for each layer, closed behind one line; "" without any."""
    made = [_table(name, each, lang) for name, each in drawn.items() if name not in _NO_TABLE]
    told = "".join(made)
    if not told:
        return ""
    return f'<details class="golmok-tables"><summary>{escape(say("tables.title", lang))}</summary>{told}</details>'


def _table(layer: str, collection: Collection, lang: str) -> str:
    features = collection["features"]
    if not features:
        return ""
    columns = [key for key in features[0]["properties"] if key not in ("tone", "no")]
    # A dong or a zone is found by its name; a dot or a stretch of street by where it is.
    placed = layer in ("cameras", "gaps")
    heads = [say("column.no", lang), *(say(f"column.{key}", lang) for key in columns)]
    heads += [say("column.place", lang)] if placed else []
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    rows = "".join(
        f"<tr><td>{n}</td>{_cells(each, columns, placed)}</tr>" for n, each in enumerate(features, 1)
    )
    title = f"{layer_name(layer, collection, lang)} · {words.number(len(features))}"
    return (
        f'<div class="scroll"><table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(each: Any, columns: list[str], placed: bool) -> str:
    """Return a row's cells, their texts safe as HTML already; Any: a GeoJSON feature."""
    texts = [f"<td>{each['properties'][key]}</td>" for key in columns]
    return "".join([*texts, _place(each)] if placed else texts)


def _place(each: Any) -> str:
    """Return the cell of where a feature is, the middle corner of a stretch; Any: a GeoJSON feature."""
    corners = list(places(each["geometry"]["coordinates"]))
    lon, lat = corners[len(corners) // 2]
    return f"<td>{lat:.5f}, {lon:.5f}</td>"
