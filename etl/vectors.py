"""Vector files of any kind as rows of text with shapely geometries and the CRS they state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from etl.features import Layer, layer_names, layers_of_shapefile, opened
from etl.forms import Fit, Form, fit
from etl.kinds import KINDS_OF_TEXT, Kind, kind_of
from etl.reasons import InputRefused
from etl.rows import Block, Reading, with_columns

_WHOLE: dict[Kind, str] = {"empty": "EMPTY_FILE", "lfs-pointer": "LFS_POINTER"}


@dataclass(frozen=True, slots=True)
class Vectors:
    """Features of a layer: columns as text beside `geometry`; `crs` None when the file does not state it.

    names  canonical name -> column of the file
    notes  what a load notes of the file and the layer
    """

    rows: pd.DataFrame
    crs: int | str | None
    encoding: str | None
    form: str = ""
    names: dict[str, str] = field(default_factory=dict)
    notes: dict[str, object] = field(default_factory=dict)


def read_vectors(file: Path, form: Form) -> Vectors:
    """Return the features of the layer that fits a form best, its columns under their own names.

    Raises InputRefused: NO_FILE, EMPTY_FILE, LFS_POINTER, BAD_JSON, BAD_ARCHIVE, UNREADABLE; WRONG_CONTENT for a file
    of another kind or without geometry; UNKNOWN_HEADER when no layer has the columns, naming the layers.
    """
    with fitting_layer(file, form) as (layer, found, notes):
        frames = list(layer.batches())
        rows = pd.concat(frames) if frames else pd.DataFrame(columns=[*layer.fields, "geometry"])
        return Vectors(rows, layer.crs, layer.encoding, layer.kind, found.matched, notes)


@contextmanager
def fitting_layer(file: Path, form: Form) -> Iterator[tuple[Layer, Fit, dict[str, object]]]:
    """Give the layer with geometries that fits a form best, its fit, and notes. Raises what read_vectors raises."""
    with opened(file) as layers:
        if not layers:
            raise _no_vectors(file)
        shaped = [layer for layer in layers if layer.shaped]
        if not shaped:
            raise InputRefused("WRONG_CONTENT", "no geometry")
        fits = [(layer, fit(layer.fields, form, cut=layer.cut)) for layer in shaped]
        layer, best = max(fits, key=lambda each: (not each[1].missing, each[1].share))
        if best.missing:
            wanted = ", ".join("/".join((name, *form.aliases[name][:1])) for name in best.missing)
            named = f"; layers: {layer_names(layers)}" if len(layers) > 1 else ""
            raise InputRefused("UNKNOWN_HEADER", f"missing: {wanted}{named}")
        yield layer, best, layer_notes(layer, layers, best)


def stream_vectors(file: Path, form: Form, *, table: str) -> Reading:
    """Return the reading of the layer that fits a form best, in blocks: its columns under canonical names.

    Every canonical name is there, blank where the file has no such column. Raises what read_vectors raises.
    """
    with fitting_layer(file, form) as (layer, found, notes):
        about = Reading(tables={}, form=layer.kind, encoding=layer.encoding, crs=layer.crs, notes=notes)
    names = {written: canonical for canonical, written in found.matched.items()}

    def stream() -> Iterator[Block]:
        # what lies in an archive, or under another name, is there only while it is open
        lasting = isinstance(layer.source, bytes) or layer.source == file
        with nullcontext(layer) if lasting else _layer_again(file, form) as again:
            for rows in again.batches():
                yield Block(table, with_columns(rows.rename(columns=names), tuple(form.aliases)))

    return replace(about, stream=stream)


@contextmanager
def _layer_again(file: Path, form: Form) -> Iterator[Layer]:
    with fitting_layer(file, form) as (layer, _, _):
        yield layer


def layer_notes(layer: Layer, layers: Sequence[Layer], found: Fit) -> dict[str, object]:
    """Return what a load notes of a layer: the header, and which layer of several it is."""
    notes: dict[str, object] = {"header": found.matched}
    if layer.kind != "geojson":
        notes["file_format"] = layer.kind
    if len(layers) > 1:
        notes |= {"layer": layer.name, "other_layers": [each.name for each in layers if each is not layer]}
    return notes


def read_shapefile(file: Path) -> Vectors:
    """Return the features of a shapefile. The .cpg is believed where there is one, else the bytes are looked at."""
    with layers_of_shapefile(file) as (layer,):
        frames = list(layer.batches())
        if not layer.shaped:
            raise InputRefused("WRONG_CONTENT", "no geometry")
        rows = pd.concat(frames) if frames else pd.DataFrame(columns=[*layer.fields, "geometry"])
        return Vectors(rows, layer.crs, layer.encoding, layer.kind)


def _no_vectors(file: Path) -> InputRefused:
    kind = kind_of(file)
    if kind in _WHOLE:
        return InputRefused(_WHOLE[kind], file.name)
    if kind in KINDS_OF_TEXT:
        return InputRefused("BAD_JSON", f"{kind}, where a file of shapes belongs")
    return InputRefused("WRONG_CONTENT", f"{kind}, where a file of shapes belongs")
