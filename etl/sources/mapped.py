"""Incidents of any file, by a mapping: a list with coordinates or addresses, GeoJSON, or a shapefile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from etl.cells import SHAPES
from etl.dates import moments
from etl.features import has_shapes
from etl.forms import Form
from etl.guarded import Withheld, nameless
from etl.hangul import tidy
from etl.mapping import FLAGS, HASHED, Mapping
from etl.persons import Kept, hashed
from etl.reading import read_table
from etl.reasons import InputRefused
from etl.rows import Block, Reading
from etl.vectors import Vectors, read_vectors
from etl.vocabularies import CALL_CLASSES

_TEXTS = {"incident_key": "key", "urgency": "urgency", "closing_code": "code", "address": "address", "lat": "number",
          "lon": "number"}  # fmt: skip
_EXACT = ("incident_no", "occurred_at", "class_code", "closing_code", "lat", "lon", *HASHED, *FLAGS)
# What a hash stands for, the same as in files that are known by their header.
_HASHED_AS = {"caller": "caller", "case_no": "case"}


def reader(mapping: Mapping, zone: str) -> Callable[[Path], Reading]:
    """Return what reads a file by a mapping; `zone` is the district's, for times that state none."""
    return nameless(lambda file: read(file, mapping, zone=zone))


def read(file: Path, mapping: Mapping, *, zone: str) -> Reading:
    """Return the rows as table `mapped` (texts lat and lon) or `mapped_shape` (geometry).

    Columns as etl.record_jobs.MAPPED takes them. Raises InputRefused: what the readers of the form raise, and
    UNKNOWN_HEADER for a column that the mapping names and the file has not.
    """
    theirs = _named(mapping)
    if has_shapes(file):
        form = Form("mapped", {name: (name,) for name in theirs}, (), place=(), shapes=True)
        return _drawn(read_vectors(file, form), mapping, zone=zone)
    aliases = {f"column {number}": (name,) for number, name in enumerate(theirs)}
    table = read_table(file, aliases, required=tuple(aliases), about_persons=True)

    def stream() -> Iterator[Block]:
        counted = Withheld()
        for block in table.blocks("mapped"):
            rows, withheld = _ours(block.rows[list(aliases)].set_axis(theirs, axis=1), mapping, zone=zone)
            notes = counted.add(Kept(rows, withheld, {}))
            yield replace(block, rows=rows, notes=notes)

    others = [name for name in table.columns if name not in aliases]
    return Reading(
        tables={},
        form="mapped",
        encoding=table.encoding,
        crs=mapping.crs or 4326,
        notes={**table.told, **_told(mapping, others)},
        exact=_EXACT,
        stream=stream,
    )


def _drawn(found: Vectors, mapping: Mapping, *, zone: str) -> Reading:
    """Return the rows of a file of shapes; texts lat and lon, where the mapping names them, go before the shapes."""
    theirs = _named(mapping)
    # what the file's columns are called is not quoted: in files about persons it may be anything
    if missing := [name for name in theirs if name not in found.rows.columns]:
        raise InputRefused("UNKNOWN_HEADER", f"missing: {', '.join(missing)}")
    rows, withheld = _ours(found.rows[theirs], mapping, zone=zone)
    by_shape = "lat" not in mapping.columns
    if by_shape:
        rows = rows.drop(columns=["lat", "lon"]).assign(geometry=found.rows["geometry"])
    others = [str(name) for name in found.rows.columns if name not in (*theirs, "geometry")]
    return Reading(
        tables={"mapped_shape" if by_shape else "mapped": rows},
        form="mapped",
        encoding=found.encoding,
        crs=mapping.crs or found.crs or (None if by_shape else 4326),
        notes={**_told(mapping, others), **({"withheld": withheld} if withheld else {})},
        exact=_EXACT,
    )


def _told(mapping: Mapping, others: Sequence[str]) -> dict[str, object]:
    dropped = [name for name, person in mapping.persons.items() if person.fate == "drop"]
    undeclared = len(set(others) - set(dropped))
    return {"purpose": mapping.purpose, "dropped": dropped} | (
        {"dropped_undeclared": undeclared} if undeclared else {}
    )


def _named(mapping: Mapping) -> list[str]:
    """Return the columns of the file that are read, each once; those that are dropped are never even looked at."""
    hashed = [name for name, person in mapping.persons.items() if person.fate == "hash"]
    return list(
        dict.fromkeys([*mapping.columns.values(), *(column for column, _ in mapping.flags.values()), *hashed])
    )


def _ours(texts: pd.DataFrame, mapping: Mapping, *, zone: str) -> tuple[pd.DataFrame, dict[str, int]]:
    blank = pd.Series("", index=texts.index, dtype="str")
    columns: dict[str, pd.Series] = {}
    for name, shape in _TEXTS.items():
        theirs = texts[mapping.columns[name]] if name in mapping.columns else blank
        columns[name] = _each(theirs, SHAPES[shape])
    # a word that the mapping itself names tells of no person
    if "closing_code" in mapping.columns:
        closing = texts[mapping.columns["closing_code"]].fillna("").map(tidy)
        named = closing.isin([tidy(value) for _, values in mapping.flags.values() for value in values])
        columns["closing_code"] = columns["closing_code"].where(~named, closing)
    key = columns.pop("incident_key")
    if "incident_key" in mapping.columns:  # a key that is no number may be a name
        whole = texts[mapping.columns["incident_key"]]
        key = key.where(key.ne(""), hashed(whole.fillna(""), of="incident"))
    columns["incident_no"] = (mapping.origin + "-" + key).where(key.ne(""), "")
    columns["occurred_at"] = _times(texts, mapping, zone=zone)
    columns |= _classes(texts, mapping, blank)
    for name in FLAGS:
        column, values = mapping.flags.get(name, ("", ()))
        said = texts[column].map(tidy).isin([tidy(value) for value in values]) if column else blank.ne("")
        columns[name] = said.map({True: "Y", False: ""}).astype("str")
    column_of = {person.of: name for name, person in mapping.persons.items() if person.fate == "hash"}
    for name in HASHED:
        columns[name] = (
            hashed(texts[column_of[name]].fillna(""), of=_HASHED_AS[name]) if name in column_of else blank
        )
    columns["origin"] = blank + mapping.origin
    columns["time_precision"] = blank + mapping.precision
    return pd.DataFrame(columns, index=texts.index), _withheld(texts, mapping, columns)


def _withheld(texts: pd.DataFrame, mapping: Mapping, columns: dict[str, pd.Series]) -> dict[str, int]:
    ours = {
        "class": "class_name",
        "occurred_at": "occurred_at",
        **{name: name for name in _TEXTS if name in columns},
    }
    counted = {
        ours[name]: int((columns[ours[name]].eq("") & texts[theirs].str.strip().ne("")).sum())
        for name, theirs in mapping.columns.items()
        if name in ours
    }
    return {name: n for name, n in counted.items() if n}


def _classes(texts: pd.DataFrame, mapping: Mapping, blank: pd.Series) -> dict[str, pd.Series]:
    if "class" not in mapping.columns:
        return {"class_code": blank, "class_name": blank}
    known = {tidy(word): told for word, told in mapping.classes.items()}
    # a class that the mapping does not name is taken where it is one of the 112 centres'; else it may be a story
    known |= {code: (code, name) for code, name in CALL_CLASSES.items() if code not in known}
    known |= {name: (code, name) for code, name in CALL_CLASSES.items() if name not in known}
    cells = texts[mapping.columns["class"]]
    return {
        "class_code": _each(cells, lambda cell: known.get(tidy(cell), ("", ""))[0]),
        "class_name": _each(cells, lambda cell: known.get(tidy(cell), ("", ""))[1]),
    }


def _times(texts: pd.DataFrame, mapping: Mapping, *, zone: str) -> pd.Series:
    told = pd.Series(mapping.constant or "", index=texts.index, dtype="str")
    if "occurred_at" in mapping.columns:
        told = texts[mapping.columns["occurred_at"]]
    form = mapping.time_format
    written = _each(told, lambda cell: _whole(cell, form))
    at = moments(written, zone=mapping.zone or zone)["at"]
    utc: pd.Series[str] = at.dt.strftime("%Y-%m-%d %H:%M:%S+00:00").astype("str")
    return utc.where(at.notna(), _each(told, SHAPES["moment"]))


def _whole(cell: str, form: str | None) -> str:
    """Return a time as year, month, day and clock; what is not told of it is the beginning."""
    plain = tidy(cell)
    if form is not None:
        try:
            # without a zone here: the whole column is read on the clocks of one
            return dt.datetime.strptime(plain, form).isoformat(sep=" ")  # noqa: DTZ007
        except ValueError:
            return ""
    parts = plain.replace("/", "-").replace(".", "-").rstrip("-").split("-")
    if all(part.isdigit() for part in parts) and len(parts[0]) == 4 and len(parts) <= 3:
        return "-".join([*parts, "01", "01"][:3]) + " 00:00"
    return plain


def _each(cells: pd.Series, change: Callable[[str], str]) -> pd.Series:
    plain = cells.fillna("").astype("str")
    return plain.map({cell: change(cell) for cell in plain.unique()}).astype("str")
