"""What a file may be, found out by its content alone: which sources would take it, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from shapely import MultiPolygon, Polygon

from etl import coordinates
from etl.columns_of import names_of_rows
from etl.dry import bounded, sort
from etl.features import Layer, may_hold_shapes, opened
from etl.forms import Fit, fit
from etl.jobs import JOBS, forms_of
from etl.kinds import Kind, kind_of
from etl.parts import Job
from etl.reasons import REASONS, InputRefused
from etl.rows import REASON, Door, Reading
from etl.sources import juso

# So many rows go through a source's steps, to see whether they would be taken.
SAMPLE_ROWS = 1_000
# Larger than this no file is read whole to find out what it is.
_WHOLE_BYTES = 200_000_000
# Any list of places, and any file of shapes, may be a layer: it is proposed when nothing else fits.
_ANYTHING = "layer"
_ABOUT_PERSONS = ("incidents", "police")
_SECOND = 0.5
# A registry may be in a bad way: only where less than a tenth of its rows would be taken is it perhaps none.
_FEW = 10
# What tells that a row is none of the source; that it repeats another, or lies elsewhere, does not.
_NOT_OF_IT = frozenset(
    reason.code
    for reason in REASONS.values()
    if reason.bucket == "quarantined" and reason.code != "CONFLICTING_KEY"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may take a file.

    form      the form of the source
    matched   canonical name -> name in the file
    columns   how many columns the file has; 0 where none are compared
    score     0 to 1: share of the file's columns that the form names, less where hardly a row would be taken
    sampled   so many of its first rows went through the source's steps, `taken` of them would be taken anywhere
    rows      of the whole file; None: not counted
    inside    of these, how many lie in the district, areas by a point on their surface; None: nothing to compare with
    layer     of several layers in the file, the one that fits
    """

    source: str
    form: str
    matched: dict[str, str] = field(default_factory=dict)
    columns: int = 0
    score: float = 0.0
    sampled: int = 0
    taken: int = 0
    rows: int | None = None
    inside: int | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file is, and the sources that may take it, the likeliest first.

    names   of its columns, or of its layers: said where nothing fits
    nearest the source whose columns it comes closest to, and the names it lacks; None where it fits one, or is near none
    """

    kind: Kind
    candidates: tuple[Candidate, ...]
    names: tuple[str, ...] = ()
    nearest: tuple[str, tuple[str, ...]] | None = None


def propose(file: Path, door: Door) -> Proposal:
    """Return what a file may be. `door`: the district, its outline None where there is none to compare with.

    Raises InputRefused for a file that nothing can take: NO_FILE, EMPTY_FILE, LFS_POINTER.
    """
    if not file.exists():
        raise InputRefused("NO_FILE", file.name)
    kind = kind_of(file)
    if kind in ("empty", "lfs-pointer"):
        raise InputRefused("EMPTY_FILE" if kind == "empty" else "LFS_POINTER", file.name)
    fits, names = _fits(file, kind)
    found = [weighed for each in fits if (weighed := _weigh(each, file, door)) is not None]
    found.sort(key=lambda each: -each.score)
    likely = _likely(found)
    if likely:
        likely[0] = _counted(likely[0], file, door)
    proper = any(each.source != _ANYTHING for each in likely)
    return Proposal(kind, tuple(likely), tuple(names), None if proper else _nearest(names))


def _likely(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates worth naming; one of which no row would be taken only where there is no other.

    A layer keeps every column it is given: what another source takes, and may have to drop, is never proposed as one.
    """
    persons = any(each.source in _ABOUT_PERSONS for each in found)
    proper = [each for each in found if each.source != _ANYTHING]
    anything = [] if persons else [each for each in found if each.source == _ANYTHING]
    good = ([each for each in group if each.score > 0.0] for group in (proper, anything))
    return next((group for group in good if group), proper)


def _fits(file: Path, kind: Kind) -> tuple[list[Candidate], list[str]]:
    """Return the sources whose columns or format fit, and the names of the file's columns."""
    if kind == "osm-pbf":
        return [Candidate("city", "osm-pbf", score=1.0), Candidate("cameras", "osm-pbf", score=_SECOND)], []
    if kind == "geotiff":
        return [Candidate("dem", "geotiff", score=1.0)], []
    if may_hold_shapes(file):
        with opened(file) as layers:
            if layers:
                return list(_of_layers(layers)), [name for layer in layers for name in layer.fields]
    if kind in ("text", "workbook", "archive"):
        names, known = names_of_rows(file, [form for job in JOBS for form in forms_of(job)])
        return list(_of_columns(names) if known else _by_reading(file)), names
    if kind == "json":
        return list(_by_reading(file)), []
    return [], []


def _of_columns(names: Sequence[str]) -> Iterator[Candidate]:
    for job in JOBS:
        for form in forms_of(job):
            found = fit(names, form)
            if not form.shapes and found.tells:
                yield _candidate(job.source, found)


def _of_layers(layers: Sequence[Layer]) -> Iterator[Candidate]:
    if {name for layer in layers for name in _road_map(layer)} & {"building", "street"}:
        yield Candidate("juso", "road-address-map", score=1.0)
    for job in JOBS:
        best = [
            (found, layer)
            for layer in layers
            for form in forms_of(job)
            if layer.shaped or not form.shapes
            if (found := fit(layer.fields, form, placed=layer.shaped, cut=layer.cut)).tells
        ]
        if best:
            found, layer = max(best, key=lambda each: each[0].share)
            yield replace(_candidate(job.source, found), layer=layer.name if len(layers) > 1 else None)
        if job.source == "cameras" and any("man_made" in layer.fields for layer in layers):
            yield Candidate("cameras", "osm-json", score=1.0)


def _road_map(layer: Layer) -> list[str]:
    fields = {name.upper() for name in layer.fields}
    return [name for name, marks in juso.LAYERS.items() if layer.shaped and fields.issuperset(marks)]


def _by_reading(file: Path) -> Iterator[Candidate]:
    """Yield the sources that can read a file of which no header tells: rows without one, a list of heights, nodes."""
    if file.stat().st_size > _WHOLE_BYTES:
        return
    for job in JOBS:
        try:
            reading = job.read(file)
        except InputRefused:
            continue
        header = reading.notes.get("header")
        matched = {str(k): str(v) for k, v in header.items()} if isinstance(header, dict) else {}
        columns = max(len(matched), _filled_columns(reading)) if matched else 0
        share = len(matched) / columns if columns else 1.0
        yield Candidate(job.source, reading.form, matched, columns, score=share)


def _filled_columns(reading: Reading) -> int:
    block = next(reading.blocks(), None)
    if block is None:
        return 0
    return sum(bool(block.rows[name].astype(str).ne("").any()) for name in block.rows.columns)


def _candidate(source: str, found: Fit) -> Candidate:
    # what has no columns at all, such as an outline drawn by hand, is a layer too
    share = found.share if found.matched else 0.1
    return Candidate(source, found.form.name, found.matched, found.columns, share)


def _weigh(candidate: Candidate, file: Path, door: Door) -> Candidate | None:
    """Return the candidate with its score, by what would become of its first rows; None if it cannot be read."""
    job = next(job for job in JOBS if job.source == candidate.source)
    if not candidate.columns and candidate.source != "cameras":
        return candidate
    try:
        reading = job.read(file)
        sampled, taken = _sample(job, reading, replace(door, outline=None))
    except InputRefused:
        return None
    score = candidate.score * min(1.0, _FEW * taken / max(sampled, 1))
    form = reading.form if candidate.columns else candidate.form
    return replace(candidate, form=form, sampled=sampled, taken=taken, score=round(score, 4))


def _sample(job: Job, reading: Reading, door: Door) -> tuple[int, int]:
    block = next(reading.blocks(), None)
    if block is None:
        return 0, 0
    sample = bounded(replace(block, rows=block.rows.head(SAMPLE_ROWS)), reading)
    part = next(part for part in job.parts if part.table == block.table)
    found = sort(part, sample, replace(door, crs=reading.crs or coordinates.WGS84))
    return len(sample.rows), len(sample.rows) - sum(code in _NOT_OF_IT for code in found.refused[REASON])


def _counted(candidate: Candidate, file: Path, door: Door) -> Candidate:
    """Return the candidate with the rows of the whole file, and those of them in the district."""
    if not candidate.sampled:
        return candidate
    reading = next(job for job in JOBS if job.source == candidate.source).read(file)
    total = inside = 0
    placed = False
    for block in reading.blocks():
        total += len(block.rows)
        points = _places(block.rows)
        if door.outline is not None and points is not None:
            placed = True
            inside += _inside(points, reading.crs or coordinates.WGS84, door.outline, door.srid)
    return replace(candidate, rows=total, inside=inside if placed else None)


def _places(rows: pd.DataFrame) -> np.ndarray | None:
    if "geometry" in rows:
        return coordinates.shapes_of(rows["geometry"])
    if not {"lat", "lon"} <= set(rows.columns):
        return None
    found = coordinates.pair(rows)
    wrong = coordinates.swapped(found)
    found.loc[wrong, ["lat", "lon"]] = found.loc[wrong, ["lon", "lat"]].to_numpy()
    return coordinates.points(found)


def _inside(shapes: np.ndarray, crs: int | str, outline: Polygon | MultiPolygon, srid: int) -> int:
    """Return how many lie in the outline: a neighbour that shares its edge does not, so a point of each area decides."""
    moved = coordinates.to_srid(shapely.force_2d(shapes), source=crs, srid=srid)
    # a point on the surface of a ring that crosses itself is none
    sound = np.where(shapely.is_valid(moved), moved, shapely.make_valid(moved))
    return int(coordinates.within(shapely.point_on_surface(sound), outline).sum())


def _nearest(names: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """Return the source that lacks the fewest names, of those of which at least half of the needed ones are there."""
    best: tuple[float, str, tuple[str, ...]] | None = None
    for job in JOBS:
        for form in forms_of(job):
            found = fit(names, form)
            there = 1.0 - len(found.missing) / len(form.required) if form.required else 0.0
            lacking = bool(found.missing) and job.source != _ANYTHING
            if lacking and there >= 0.5 and (best is None or there > best[0]):
                words = tuple("/".join((name, *form.aliases[name][:1])) for name in found.missing)
                best = (there, job.source, words)
    return None if best is None else best[1:]
