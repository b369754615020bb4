"""A city out of OpenStreetMap: streets split at crossings, buildings, water."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pandas as pd
import shapely
from scipy import ndimage
from shapely import LineString, MultiLineString, Polygon

from etl import osm
from etl.reasons import InputRefused
from etl.rows import Reading, numbered

_KINDS = {
    **dict.fromkeys(("motorway", "trunk", "primary", "secondary", "tertiary", "motorway_link", "trunk_link",
                     "primary_link", "secondary_link", "tertiary_link", "busway"), "road"),
    **dict.fromkeys(("residential", "living_street", "service", "unclassified", "road", "track"), "alley"),
    **dict.fromkeys(("footway", "path", "pedestrian", "cycleway", "bridleway"), "footway"),
    "steps": "steps",
}  # fmt: skip
_ONEWAY = {
    **dict.fromkeys(("yes", "true", "1"), "1"),
    **dict.fromkeys(("-1", "reverse"), "-1"),
    **dict.fromkeys(("no", "false", "0"), "0"),
}
_WATERWAYS = ("river", "stream", "canal", "ditch", "drain")
_NO_WALL = ("no", "roof", "carport")
_CELL_DEG = 0.005
_ALLEY = (
    "alley_key",
    "section_keys",
    "name",
    "width_m",
    "kind",
    "lit",
    "oneway",
    "level",
    "tunnel",
    "geometry",
)
_BUILDING = ("building_key", "name", "height_m", "floors", "use_code", "geometry")
_EXACT = (
    "alley_key", "section_keys", "building_key", "water_key", "width_m", "height_m", "floors", "kind", "lit", "oneway",
    "level", "tunnel",
)  # fmt: skip
_WATER = ("water_key", "name", "kind", "geometry")

Way = tuple[int, Mapping[str, str], Sequence[tuple[int, float, float]]]


def read(file: Path) -> Reading:
    """Return tables `alley` (a row a way, a line a section), `building` and `water`. Raises InputRefused."""
    if not osm.is_pbf(file):
        raise InputRefused("WRONG_CONTENT", "not an .osm.pbf")
    head = osm.header(file)
    left: Counter[str] = Counter()
    try:
        streets = _streets(file, left)
        buildings, water = _areas(file, left)
    except RuntimeError as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error
    tables = {
        "alley": _frame(streets, _ALLEY),
        "building": _frame(buildings, _BUILDING),
        "water": _frame(water, _WATER),
    }
    if not any(map(len, tables.values())):
        raise InputRefused("WRONG_CONTENT", "no street, building or water")
    return Reading(
        tables=numbered(tables),
        form="osm-pbf",
        crs=4326,
        reference_date=head.reference_date,
        notes={"left_out": dict(left.most_common())},
        exact=_EXACT,
        bound=head.bound
        if head.bound is not None
        else main_extent([row[-1] for row in [*streets, *buildings]]),
    )


def main_extent(shapes: Sequence[object]) -> Polygon | None:
    """Return the convex hull of where the shapes lie together, in degrees; strays far off do not stretch it.

    Shapes are counted into cells of 0.005 degrees; the largest group of neighbouring cells is the city.
    """
    points = shapely.get_coordinates(np.asarray(shapes, dtype=object))
    if len(points) < 3:
        return None
    cells = np.floor(points / _CELL_DEG).astype(np.int64)
    # ranks, not numbers: a stray on the other side of the globe must not make the grid vast
    columns, column = np.unique(cells[:, 0], return_inverse=True)
    lines, line = np.unique(cells[:, 1], return_inverse=True)
    place = np.cumsum(np.concatenate([[0], np.minimum(np.diff(columns), 3)]))[column]
    level = np.cumsum(np.concatenate([[0], np.minimum(np.diff(lines), 3)]))[line]
    grid = np.zeros((place.max() + 1, level.max() + 1), dtype=np.int64)
    np.add.at(grid, (place, level), 1)
    groups, _ = ndimage.label(grid > 0, structure=np.ones((3, 3)))
    weight = np.bincount(groups.ravel(), weights=grid.ravel())
    weight[0] = 0
    together = points[groups[place, level] == int(np.argmax(weight))]
    hull = shapely.convex_hull(shapely.multipoints(together))
    return hull if isinstance(hull, Polygon) else None


def _streets(file: Path, left: Counter[str]) -> list[tuple[object, ...]]:
    ways = list(_ways(file, left))
    used = Counter(node for _, _, nodes in ways for node, _, _ in nodes)
    return [row for way in ways if (row := _street(way, used)) is not None]


def _ways(file: Path, left: Counter[str]) -> Iterator[Way]:
    for way in (
        osmium.FileProcessor(str(file)).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    ):
        if not isinstance(way, osmium.osm.Way):
            continue
        tags = dict(way.tags)
        why = _not_a_street(tags)
        if why:
            left[why] += 1
            continue
        nodes = [(node.ref, node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if len(nodes) < 2:
            left["way without nodes"] += 1
            continue
        yield way.id, tags, nodes


def _not_a_street(tags: Mapping[str, str]) -> str | None:
    kind = tags["highway"]
    if kind not in _KINDS:
        return f"highway={kind}"
    if tags.get("area") == "yes":
        return "square (area=yes)"
    if tags.get("indoor") == "yes":
        # no camera of the street sees inside
        return "indoors"
    return None


def _street(way: Way, used: Counter[int]) -> tuple[object, ...] | None:
    number, tags, nodes = way
    cuts = [0, *(i for i in range(1, len(nodes) - 1) if used[nodes[i][0]] > 1), len(nodes) - 1]
    lines: list[list[tuple[float, float]]] = []
    keys: list[str] = []
    for start, end in pairwise(cuts):
        piece = [(lon, lat) for _, lon, lat in nodes[start : end + 1]]
        if len(set(piece)) > 1:
            lines.append(piece)
            key = f"{nodes[start][0]}-{nodes[end][0]}"
            keys.append(key if key not in keys else f"{key}-{start}")
    if not lines:
        return None
    width = osm.metres(tags.get("width"))
    lit = {"yes": "yes", "24/7": "yes", "no": "no"}.get(tags.get("lit", ""), "")
    return (f"osm-w{number}", ";".join(keys), tags.get("name", ""), "" if width is None else f"{width:g}",
            _KINDS[tags["highway"]], lit, _oneway(tags), _level(tags), _tunnel(tags), MultiLineString(lines))  # fmt: skip


def _oneway(tags: Mapping[str, str]) -> str:
    """Return which way cars may drive: 1 along the line, -1 against it, 0 both ways, "" where nobody says."""
    said = _ONEWAY.get(tags.get("oneway", "").strip().lower())
    if said is not None:
        return said
    # these go one way without a word of it
    ring = tags.get("junction") in ("roundabout", "circular")
    return "1" if ring or tags["highway"] in ("motorway", "motorway_link") else ""


def _level(tags: Mapping[str, str]) -> str:
    """Return the level over the ground as tagged; without one a bridge is over and a tunnel under what it crosses, anything
    else unknown."""
    if said := tags.get("layer", "").strip():
        return said
    if tags.get("bridge", "no") != "no":
        return "1"
    return "-1" if _tunnel(tags) else ""


def _tunnel(tags: Mapping[str, str]) -> str:
    """Return yes for a way under the ground, "" for any other; a passage through a house is a street like others."""
    return "yes" if tags.get("tunnel") == "yes" else ""


def _areas(file: Path, left: Counter[str]) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    factory = osmium.geom.WKBFactory()
    buildings: list[tuple[object, ...]] = []
    water: list[tuple[object, ...]] = []
    wanted = osmium.filter.KeyFilter("building", "building:part", "natural", "waterway", "water")
    for each in osmium.FileProcessor(str(file)).with_locations().with_areas(wanted).with_filter(wanted):
        tags = dict(each.tags)
        if isinstance(each, osmium.osm.Area):
            whole = f"{'w' if each.from_way() else 'r'}{each.orig_id()}"
            if "building" in tags:
                why = _no_obstacle(tags)
                if why:
                    left[why] += 1
                else:
                    buildings.append(_building(whole, tags, factory.create_multipolygon(each)))
            elif tags.get("natural") == "water" or tags.get("waterway") == "riverbank":
                kind = tags.get("water", "water")
                water.append((f"osm-{whole}", tags.get("name", ""), kind, factory.create_multipolygon(each)))
            elif "building:part" in tags:
                left["building:part"] += 1
        elif isinstance(each, osmium.osm.Way) and tags.get("waterway") in _WATERWAYS and not each.is_closed():
            course = [(node.lon, node.lat) for node in each.nodes if node.location.valid()]
            if len(course) > 1:
                water.append((f"osm-w{each.id}", tags.get("name", ""), tags["waterway"], LineString(course)))
    return [_parsed(row) for row in buildings], [_parsed(row) for row in water]


def _no_obstacle(tags: Mapping[str, str]) -> str | None:
    if tags["building"] in _NO_WALL:
        return f"building={tags['building']}"
    if tags.get("location") == "underground" or tags.get("layer", "0").startswith("-"):
        return "underground"
    return None


def _building(whole: str, tags: Mapping[str, str], wkb: object) -> tuple[object, ...]:
    height = osm.metres(tags.get("height") or tags.get("building:height"))
    floors = tags.get("building:levels", "").replace(",", ".")
    try:
        levels = f"{round(float(floors))}" if floors else ""
    except ValueError:
        levels = ""
    return (f"osm-{whole}", tags.get("name", ""), "" if height is None else f"{height:g}", levels,
            tags["building"], wkb)  # fmt: skip


def _parsed(row: tuple[object, ...]) -> tuple[object, ...]:
    shape = row[-1]
    return (*row[:-1], shapely.from_wkb(bytes.fromhex(shape)) if isinstance(shape, str) else shape)


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    cells: dict[str, pd.Series] = {
        name: pd.Series([str(row[place]) for row in rows], dtype="str")
        for place, name in enumerate(columns[:-1])
    }
    return pd.DataFrame({**cells, "geometry": pd.Series([row[-1] for row in rows], dtype=object)})
