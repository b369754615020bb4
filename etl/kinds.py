"""What a file is by its first bytes: a name may say anything."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Literal

Kind = Literal[
    "folder", "empty", "lfs-pointer", "geopackage", "sqlite", "parquet", "flatgeobuf", "shapefile", "workbook",
    "old-workbook", "archive", "osm-pbf", "geotiff", "pdf", "gzip", "geojson", "cityjson", "json", "xml", "text",
]  # fmt: skip

_HEAD_BYTES = 1 << 20
_MEMBER_BYTES = 1 << 16
_MEMBERS = 1000
_BROKEN = (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error)
_MARKS: tuple[tuple[bytes, Kind], ...] = (
    (b"version https://git-lfs", "lfs-pointer"),
    (b"PAR1", "parquet"),
    (b"fgb\x03fgb", "flatgeobuf"),
    (b"\x00\x00\x27\x0a", "shapefile"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-workbook"),
    (b"II*\x00", "geotiff"),
    (b"MM\x00*", "geotiff"),
    (b"II+\x00", "geotiff"),
    (b"%PDF", "pdf"),
    (b"\x1f\x8b", "gzip"),
)
_JSON_TYPE = re.compile(rb'"type"\s*:\s*"(FeatureCollection|Feature|CityJSON(?:Feature)?)"')
_BARE_SHAPE = re.compile(
    rb'^\{\s*"type"\s*:\s*"(?:GeometryCollection|(?:Multi)?(?:Point|LineString|Polygon))"'
)
KINDS_OF_TEXT: tuple[Kind, ...] = ("text", "json", "cityjson", "xml")
# A shapefile is several files of one name; the others are none of their own.
SIDECARS = (".shx", ".dbf", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".qpj", ".fix")


def kind_of(file: Path) -> Kind:
    """Return what a file is. Raises OSError where there is none, or it cannot be opened."""
    if file.is_dir():
        return "folder"
    with file.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    kind = _of_head(head)
    if kind == "archive" and any(name == "xl/workbook.xml" for name in _members(file)):
        return "workbook"
    return kind


def kinds_in(file: Path) -> set[Kind]:
    """Return the kinds of the files in a zip archive, by their first bytes; none for one that cannot be opened."""
    found: set[Kind] = set()
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist()[:_MEMBERS]:
                if not entry.is_dir():
                    with archive.open(entry) as stream:
                        found.add(_of_head(stream.read(_MEMBER_BYTES)))
    except _BROKEN:
        return set()
    return found


def _of_head(head: bytes) -> Kind:
    if not head.strip():
        return "empty"
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if head.startswith(b"SQLite format 3\x00"):
        return "geopackage" if head[68:72] in (b"GPKG", b"GP10", b"GP11") else "sqlite"
    if head.startswith(b"PK\x03\x04"):
        return "archive"
    if b"OSMHeader" in head[:32]:
        return "osm-pbf"
    return _of_text(head.removeprefix(b"\xef\xbb\xbf").lstrip())


def parts_of(shapefile: Path) -> list[Path]:
    """Return the files that make up a shapefile, the .shp first: those beside it of the same name."""
    beside = (
        path for path in shapefile.parent.iterdir() if path.stem == shapefile.stem and path != shapefile
    )
    return [shapefile, *sorted(path for path in beside if path.suffix.lower() in SIDECARS)]


def _of_text(head: bytes) -> Kind:
    if head[:1] == b"<":
        return "xml"
    if head[:1] not in (b"{", b"["):
        return "text"
    said = _JSON_TYPE.search(head)
    if _BARE_SHAPE.match(head) or (said is not None and said[1].startswith(b"Feature")):
        return "geojson"
    return "cityjson" if said is not None or b'"CityObjects"' in head else "json"


def _members(file: Path) -> list[str]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except _BROKEN:
        return []
