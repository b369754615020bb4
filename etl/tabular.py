"""Lists in any format: what a GeoPackage, shapefile, GeoJSON or Parquet file holds, as the text its source knows how to read.

A source knows its columns, not formats. A layer that has them is written as delimited text into a file without a name,
row by row and batch by batch, and the source reads that. So each source gains every format at once, and a registry
loads the same whether it comes as CSV or as GeoPackage.
"""

from __future__ import annotations

import csv
import dataclasses
import os
import re
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl import coordinates
from etl.features import Layer, layer_names, may_hold_shapes, opened
from etl.forms import Fit, Form, fit
from etl.reasons import InputRefused
from etl.rows import Block, Reading
from etl.vectors import layer_notes

Read = Callable[[Path], Reading]

_POINT, _MULTIPOINT = 0, 4
_DIGITS = 9
_LINE_ENDS = re.compile(r"[\x00\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_OF_THE_SOURCE = ("UNKNOWN_HEADER", "NO_HEADER", "TOO_WIDE", "WRONG_CONTENT")


def any_format(read: Read, forms: Sequence[Form]) -> Read:
    """Return a source's reader that takes its forms in any format; what is none of these it reads as before.

    Coordinates come from the form's own columns where the file has them, else from its points, in the file's system.
    A source with a form of shapes reads layers that have them by itself.
    """
    lists = [form for form in forms if not form.shapes]
    takes_shapes = len(lists) < len(forms)

    @wraps(read)
    def reader(file: Path) -> Reading:
        if not may_hold_shapes(file):
            return read(file)
        with opened(file) as layers:
            if not layers or (takes_shapes and any(layer.shaped for layer in layers)):
                return read(file)
            chosen = _choose(layers, lists)
            if chosen is None:
                return _its_own(read, file, layers, lists)
            return _read_as_text(read, *chosen, layers)

    return reader


def _its_own(read: Read, file: Path, layers: Sequence[Layer], forms: Sequence[Form]) -> Reading:
    """Return what the source makes of a file by itself: OpenStreetMap's cameras may come as GeoJSON."""
    if layers[0].kind == "geojson":
        try:
            return read(file)
        except InputRefused as error:
            if error.reason not in _NOT_OF_THE_SOURCE:
                raise
    raise _unknown(layers, forms)


def _choose(layers: Sequence[Layer], forms: Sequence[Form]) -> tuple[Layer, Fit] | None:
    fits = [
        (layer, fit(layer.fields, form, placed=layer.shaped, cut=layer.cut))
        for layer in layers
        for form in forms
    ]
    whole = [each for each in fits if not each[1].missing]
    return max(whole, key=lambda each: each[1].share, default=None)


def _unknown(layers: Sequence[Layer], forms: Sequence[Form]) -> InputRefused:
    fits = [fit(layer.fields, form, placed=layer.shaped, cut=layer.cut) for layer in layers for form in forms]
    best = min(fits, key=lambda each: (len(each.missing), -each.share))
    wanted = ", ".join("/".join((name, *best.form.aliases[name][:1])) for name in best.missing)
    return InputRefused("UNKNOWN_HEADER", f"missing: {wanted}; layers: {layer_names(layers)}")


def _read_as_text(read: Read, layer: Layer, found: Fit, layers: Sequence[Layer]) -> Reading:
    spool = _Spool()
    own = set(found.form.place) <= found.matched.keys()
    spool.write(_lines(layer, found, own=own))
    reading = read(spool.path)
    notes = {**reading.notes, **layer_notes(layer, layers, found)}
    stated = reading.crs if own or not layer.shaped else layer.crs
    stream = None if reading.stream is None else _Kept(spool, reading.stream)
    return dataclasses.replace(reading, encoding=layer.encoding, notes=notes, crs=stated, stream=stream)


class _Kept:
    """Blocks of a reading whose spool must last as long as someone may ask for them."""

    def __init__(self, spool: _Spool, stream: Callable[[], Iterator[Block]]) -> None:
        self._spool = spool
        self._stream = stream

    def __call__(self) -> Iterator[Block]:
        return self._stream()


class _Spool:
    """A file of text that nobody else can see, gone with the process: it holds what is not scrubbed yet."""

    def __init__(self) -> None:
        number, name = tempfile.mkstemp(prefix="golmok-", suffix=".csv")
        self.path = Path(f"/proc/self/fd/{number}")
        if self.path.exists():
            Path(name).unlink()
            name = ""
        else:
            self.path = Path(name)
        self._closing = weakref.finalize(self, _close, number, name)

    def write(self, lines: Iterator[Sequence[str]]) -> None:
        """Write lines of cells, the header first."""
        with self.path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(lines)


def _close(number: int, name: str) -> None:
    os.close(number)
    if name:
        Path(name).unlink(missing_ok=True)


def _lines(layer: Layer, found: Fit, *, own: bool) -> Iterator[Sequence[str]]:
    """Give a layer's header and rows as cells; each cell on one line."""
    place = found.form.place if layer.shaped and found.form.place else ()
    names = [*layer.fields, *(() if own else place)]
    known = {field: name for name, field in found.matched.items()}
    # a name that was cut would not be known to the source: it is written out
    yield _one_line([known.get(name, name) if layer.cut else name for name in names])
    for batch in layer.batches():
        frame = _placed(batch, layer, found, own=own) if place else batch
        columns = [_one_line(frame[name].tolist()) for name in names]
        yield from zip(*columns, strict=True)


def _placed(batch: pd.DataFrame, layer: Layer, found: Fit, *, own: bool) -> pd.DataFrame:
    """Return the rows with the form's columns of coordinates, filled from the points where they are blank or absent."""
    names = [found.matched[name] for name in found.form.place] if own else list(found.form.place)
    wanted = batch
    if own:
        blank = pd.concat([batch[name].str.strip().eq("") for name in names], axis=1).any(axis=1)
        wanted = batch[blank]
        if layer.crs is None or wanted.empty:
            return batch
    shapes = coordinates.shapes_of(wanted["geometry"])
    if own:
        shapes = coordinates.to_srid(shapes, source=layer.crs or 0, srid=coordinates.WGS84)
    told = _texts_of(shapes, digits=_DIGITS if own else None)
    if len(names) == 1:
        texts = {names[0]: [f"POINT({lon} {lat})" if lon else lat for lat, lon in told]}
    else:
        texts = {name: [pair[place] or pair[0] for pair in told] for place, name in enumerate(names)}
    new = {name: pd.Series(cells, index=wanted.index, dtype="str") for name, cells in texts.items()}
    if not own:
        return batch.assign(**new)
    return batch.assign(
        **{name: batch[name].where(batch[name].str.strip().ne(""), cells) for name, cells in new.items()}
    )


def _texts_of(shapes: NDArray[np.object_], *, digits: int | None) -> list[tuple[str, str]]:
    """Return each point as its (lat, lon); of a shape that is none its type, which no step takes for a place."""
    kinds = shapely.get_type_id(shapes)
    single = (kinds == _MULTIPOINT) & (shapely.get_num_geometries(shapes) == 1)
    points = np.where(single, shapely.get_geometry(shapes, 0), shapes)
    x, y = shapely.get_x(points), shapely.get_y(points)
    nothing = shapely.is_missing(points) | shapely.is_empty(points)
    return [
        ("", "")
        if none
        else (_number(lat, digits), _number(lon, digits))
        if lat == lat
        else (shape.geom_type, "")
        for shape, none, lat, lon in zip(points, nothing.tolist(), y.tolist(), x.tolist(), strict=True)
    ]


def _number(value: float, digits: int | None) -> str:
    if digits is None:
        return repr(float(value))
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")


def _one_line(cells: list[str]) -> list[str]:
    # most columns hold no line's end at all: one look at them together is enough
    if _LINE_ENDS.search("".join(cells)) is None:
        return cells
    return [_LINE_ENDS.sub(" ", cell) for cell in cells]
