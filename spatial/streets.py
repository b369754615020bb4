"""The streets as a graph: corners and what lies between them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from spatial.errors import OutOfRange
from spatial.frames import ALLEYS, require

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# Shorter than this is rounding, no street.
ROUNDING_M = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class StreetGraph:
    """Streets as edges between nodes, in the metric CRS of the alleys they were made of.

    xy            (n, 2) nodes, metres: corners, ends, and crossings of streets on the same level
    from_node     (m,) node at the start of each edge's line
    to_node       (m,) node at its end; an edge may lead back to its own start
    length_m      (m,) along the line, above 0
    kind          (m,) road, alley, footway or steps
    width_m       (m,) NaN where unknown
    oneway        (m,) 0 both ways or unknown, 1 along the line only, -1 against it only; for vehicles
    alley_id      (m,) the alley that the edge is a part of
    alley_from_m  (m,) where on the alley's line the edge starts; the edge runs along it, never against it
    lines         (m,) shapely LineStrings
    leads_on      (n,) the street goes on beyond the map here: who gets here has got away
    """

    xy: Floats
    from_node: Ints
    to_node: Ints
    length_m: Floats
    kind: NDArray[np.object_]
    width_m: Floats
    oneway: NDArray[np.int8]
    alley_id: Ints
    alley_from_m: Floats
    lines: NDArray[Any]
    leads_on: NDArray[np.bool_]


def street_graph(
    alleys: gpd.GeoDataFrame,
    *,
    snap_m: float = 0.5,
    outline: BaseGeometry | None = None,
    border_m: float = 15.0,
) -> StreetGraph:
    """Make the graph of the streets: footways, stairs and dead ends included.

    alleys    `spatial.frames.ALLEYS`, LineStrings or MultiLineStrings, and, where the source tells them, `oneway`
              (-1, 0, 1) and `level` (whole numbers, 0 is the ground); what is missing or null is both ways, level 0
    snap_m    ends of streets this near to each other are one corner, whatever their levels; an end this near to
              the middle of a street of its own level joins it there
    outline   the district; a dead end within `border_m` of its border leads on. None: no dead end does
    Streets of one level that cross are joined where they cross; those of different levels only at a shared end.
    A level that nobody told is the ground, so that a bridge not told as one joins the street below: this opens
    ways, it never closes any.
    Raises    MissingColumn, NotMetric, BadGeometry; OutOfRange for a snap or border that is not zero or more
    """
    if not (snap_m >= 0.0 and border_m >= 0.0):
        raise OutOfRange(f"snap_m and border_m must be zero or more, not {snap_m} and {border_m}")
    require(alleys, ALLEYS)
    sections = _sections(alleys)
    cuts = _cuts(sections, snap_m=snap_m)
    pieces = _pieces(sections, cuts)
    from_node, to_node, xy = _nodes(pieces, snap_m=snap_m)
    # What is shorter than a corner is wide is part of the corner.
    kept = (from_node != to_node) | (pieces["length_m"].to_numpy() > max(snap_m, ROUNDING_M))
    pieces, from_node, to_node = pieces[kept], from_node[kept], to_node[kept]
    return StreetGraph(
        xy=xy,
        from_node=from_node,
        to_node=to_node,
        length_m=pieces["length_m"].to_numpy(),
        kind=pieces["kind"].to_numpy(object),
        width_m=pieces["width_m"].to_numpy(float),
        oneway=pieces["oneway"].to_numpy(np.int8),
        alley_id=pieces["alley_id"].to_numpy(np.int64),
        alley_from_m=pieces["from_m"].to_numpy(),
        lines=pieces["line"].to_numpy(),
        leads_on=_leads_on(xy, np.concatenate([from_node, to_node]), outline, border_m=border_m),
    )


def _sections(alleys: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the alleys as simple lines: alley_id, kind, width_m, oneway, level, from_m along the alley, line.

    A line that crosses itself is cut into its straight parts, which then cross each other.
    """
    whole = alleys.geometry.to_numpy()
    lines, alley = shapely.get_parts(whole, return_index=True)
    tangled = ~shapely.is_simple(lines)
    if tangled.any():
        lines, alley = _straight(lines, alley, tangled)
    length = shapely.length(lines)
    before = np.cumsum(length) - length
    first = np.searchsorted(alley, alley)
    frame = pd.DataFrame(
        {
            "alley_id": alleys["alley_id"].to_numpy()[alley],
            "kind": alleys["kind"].to_numpy()[alley],
            "width_m": alleys["width_m"].to_numpy(float, na_value=np.nan)[alley],
            "oneway": _told(alleys, "oneway")[alley],
            "level": _told(alleys, "level")[alley],
            "from_m": before - before[first] if len(lines) else before,
            "line": lines,
        }
    )
    return frame[length > 0.0].reset_index(drop=True)


def _straight(lines: NDArray[Any], alley: Ints, tangled: NDArray[np.bool_]) -> tuple[NDArray[Any], Ints]:
    """Return the lines with the tangled ones as their straight parts, in order along each alley."""
    points, line = shapely.get_coordinates(lines[tangled], return_index=True)
    follows = line[1:] == line[:-1]
    parts = shapely.linestrings(np.stack([points[:-1][follows], points[1:][follows]], axis=1))
    owner = np.flatnonzero(tangled)[line[:-1][follows]]
    order = np.argsort(np.concatenate([np.flatnonzero(~tangled), owner]), kind="stable")
    return np.concatenate([lines[~tangled], parts])[order], np.concatenate([alley[~tangled], alley[owner]])[
        order
    ]


def _told(alleys: gpd.GeoDataFrame, column: str) -> Ints:
    """Return a column of whole numbers, 0 where it is not told."""
    if column not in alleys.columns:
        return np.zeros(len(alleys), dtype=np.int64)
    told: Ints = pd.to_numeric(alleys[column]).fillna(0).to_numpy(np.int64)
    return told


def _cuts(sections: pd.DataFrame, *, snap_m: float) -> pd.DataFrame:
    """Return where lines are to be cut: line (row) and at_m, not nearer to an end of it than a corner is wide."""
    lines, level = sections["line"].to_numpy(), sections["level"].to_numpy()
    tree = shapely.STRtree(lines)
    one, other = tree.query(lines, predicate="intersects")
    pair = (one < other) & (level[one] == level[other])
    meet, row = shapely.get_coordinates(
        shapely.intersection(lines[one[pair]], lines[other[pair]]), return_index=True
    )
    # Typed by hand: of many places shapely makes many points, which its types leave open.
    ends = cast("NDArray[Any]", shapely.points(_ends(lines)))
    crossed = cast("NDArray[Any]", shapely.points(meet))
    owner = np.tile(np.arange(len(lines)), 2)
    end, touched = tree.query(ends, predicate="dwithin", distance=snap_m)
    joins = (owner[end] != touched) & (level[owner[end]] == level[touched])
    line = np.concatenate([one[pair][row], other[pair][row], touched[joins]])
    spot = np.concatenate([crossed, crossed, ends[end[joins]]])
    at = shapely.line_locate_point(lines[line], spot)
    near = max(snap_m, ROUNDING_M)
    inner = (at > near) & (at < shapely.length(lines)[line] - near)
    return pd.DataFrame({"line": line[inner], "at_m": at[inner]})


def _ends(lines: NDArray[Any]) -> Floats:
    """Return the starts and then the ends (2 m, 2) of lines."""
    return np.concatenate(
        [shapely.get_coordinates(shapely.get_point(lines, k)).reshape(-1, 2) for k in (0, -1)]
    )


def _pieces(sections: pd.DataFrame, cuts: pd.DataFrame) -> pd.DataFrame:
    """Return the sections cut to pieces, in order along each, with length_m and whether an end is a cut."""
    sections = sections.assign(cut_from=False, cut_to=False)
    if not cuts.empty:
        # One by one: shapely takes parts of lines only so.
        cut_at = cuts.groupby("line")["at_m"].unique()
        parts = [
            part
            for line, at in zip(cut_at.index.to_numpy(np.int64), cut_at, strict=True)
            for part in _parts(sections.iloc[int(line)], np.sort(at))
        ]
        whole = sections[~sections.index.isin(cut_at.index)]
        sections = pd.concat([whole, pd.DataFrame(parts)]).sort_values(["alley_id", "from_m"], kind="stable")
    return sections.assign(length_m=shapely.length(sections["line"].to_numpy())).reset_index(drop=True)


def _parts(section: pd.Series, at_m: Floats) -> list[dict[str, Any]]:
    """Return the parts of one section between its cuts."""
    stops = np.concatenate([[0.0], at_m, [section["line"].length]])
    told = {str(name): value for name, value in section.items()}
    return [
        told
        | {
            "from_m": section["from_m"] + start,
            "line": substring(section["line"], start, end),
            "cut_from": start > 0.0,
            "cut_to": end < stops[-1],
        }
        for start, end in pairwise(stops)
    ]


def _nodes(pieces: pd.DataFrame, *, snap_m: float) -> tuple[Ints, Ints, Floats]:
    """Return the node at the start and at the end of each piece, and where the nodes lie.

    Ends near each other are one node, also by way of a third; a cut only joins what is on its own level.
    """
    lines = pieces["line"].to_numpy()
    ends = _ends(lines)
    level = np.tile(pieces["level"].to_numpy(), 2)
    cut = np.concatenate([pieces["cut_from"].to_numpy(bool), pieces["cut_to"].to_numpy(bool)])
    if not len(ends):
        none = np.empty(0, dtype=np.int64)
        return none, none, np.empty((0, 2))
    near = KDTree(ends).query_pairs(max(snap_m, ROUNDING_M), output_type="ndarray")
    near = near[(level[near[:, 0]] == level[near[:, 1]]) | ~(cut[near[:, 0]] | cut[near[:, 1]])]
    joined = sp.csr_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(len(ends), len(ends)))
    node = np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)
    first = np.unique(node, return_index=True)[1]
    return node[: len(lines)], node[len(lines) :], ends[first]


def _leads_on(xy: Floats, ends: Ints, outline: BaseGeometry | None, *, border_m: float) -> NDArray[np.bool_]:
    """Return which nodes are dead ends at the border of the map, or beyond it."""
    dead_end = np.bincount(ends, minlength=len(xy)) == 1
    if outline is None:
        return np.zeros(len(xy), dtype=bool)
    spots = shapely.points(xy)
    shapely.prepare(outline)
    at_border = shapely.dwithin(spots, outline.boundary, border_m) | ~shapely.covers(outline, spots)
    return np.asarray(dead_end & at_border, dtype=bool)
