"""OpenStreetMap extracts: what the file says of itself, and its tags as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import osmium
from shapely import Polygon, box

from etl.reasons import InputRefused

# OpenStreetMap began in 2004: an earlier time is a blank one.
_FIRST_EDIT = 2003
_FEET_M = 0.3048
_METRES = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*(m|metres?|meters?)?\s*$", re.IGNORECASE)
_FEET = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(?:ft|')\s*(?:(\d+(?:\.\d+)?)\s*(?:in|\"))?\s*$")


@dataclass(frozen=True, slots=True)
class Header:
    """What an extract says of itself: the day it describes and its outline in degrees, where given."""

    reference_date: dt.date | None
    bound: Polygon | None


@dataclass(frozen=True, slots=True)
class Node:
    """A point of an extract with its tags."""

    number: int
    lon: float
    lat: float
    tags: Mapping[str, str]


def is_pbf(file: Path) -> bool:
    """Say whether a file is an .osm.pbf by its first bytes."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return b"OSMHeader" in stream.read(32)


def header(file: Path) -> Header:
    """Return what the extract says of itself. Raises InputRefused UNREADABLE."""
    try:
        with osmium.io.Reader(str(file)) as reader:
            head = reader.header()
            frame = head.box()
            stamp = head.get("osmosis_replication_timestamp")
            bound = None
            if frame.valid():
                low, high = frame.bottom_left, frame.top_right
                bound = box(low.lon, low.lat, high.lon, high.lat)
    except RuntimeError as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error
    return Header(dt.date.fromisoformat(stamp[:10]) if stamp else _latest_edit(file), bound)


def _latest_edit(file: Path) -> dt.date | None:
    """Return the day of the latest edit in an extract; None when it carries no times. Raises InputRefused UNREADABLE."""
    try:
        objects = osmium.FileProcessor(str(file), osmium.osm.NODE | osmium.osm.WAY | osmium.osm.RELATION)
        latest = max(
            (each.timestamp for each in objects if not isinstance(each, osmium.osm.Changeset)), default=None
        )
    except RuntimeError as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error
    return latest.date() if latest is not None and latest.year > _FIRST_EDIT else None


def surveillance(file: Path) -> Iterator[Node]:
    """Yield the nodes that are surveillance cameras. Raises InputRefused UNREADABLE."""
    try:
        for node in osmium.FileProcessor(str(file), osmium.osm.NODE).with_filter(
            osmium.filter.TagFilter(("man_made", "surveillance"))
        ):
            if isinstance(node, osmium.osm.Node):
                yield Node(node.id, node.location.lon, node.location.lat, dict(node.tags))
    except RuntimeError as error:
        raise InputRefused("UNREADABLE", str(error)[:200]) from error


def metres(text: str | None) -> float | None:
    """Return a length as OpenStreetMap writes it, in metres; None when it is not one.

    >>> metres("3,5 m"), metres("12 ft"), metres("wide")
    (3.5, 3.6576, None)
    """
    if not text:
        return None
    found = _METRES.match(text)
    if found:
        return float(found[1].replace(",", "."))
    feet = _FEET.match(text)
    return round((float(feet[1]) + float(feet[2] or 0) / 12) * _FEET_M, 4) if feet else None
