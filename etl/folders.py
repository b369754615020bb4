"""A folder of files of one source, in the order of the months that they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from etl.dates import days
from etl.kinds import SIDECARS, kind_of
from etl.parts import Job
from etl.reasons import InputRefused

# The road-address map is a folder of layers that belong together.
_ONE_INPUT = ("juso",)
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:[-_.]|년)?\s*(0[1-9]|1[0-2]|[1-9](?=월))(?!\d{3})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_DIGITS = re.compile(r"(\d+)")
_DAYS = ("ref_date", "month", "occurred_at", "occurred", "observed_on", "surveyed_on", "since")

By = Literal["month in the name", "day in the content", "name"]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The files of a folder in the order in which they are loaded, and what the order goes by."""

    files: tuple[Path, ...]
    by: By


def is_one_input(source: str, folder: Path) -> bool:
    """Say whether a folder is one input of a source, and not one input a file: layers that belong together."""
    return source in _ONE_INPUT or _is_one_shapefile(folder)


def files_in(folder: Path) -> list[Path]:
    """Return a folder's files and those of its folders, in natural order of their names: 2 before 10.

    Hidden ones, those that only go with a shapefile, and what systems put there are none.
    """
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    return sorted(
        (path for path in found if path.suffix.lower() not in SIDECARS or not _has_shapes_beside(path)),
        key=lambda path: natural(path.relative_to(folder).as_posix()),
    )


def in_order(job: Job, folder: Path) -> Ordered:
    """Return the files of a folder in order: by the month in every name, else the day in every content, else by name.

    Raises InputRefused NO_FILE for a folder without files.
    """
    files = files_in(folder)
    if not files:
        raise InputRefused("NO_FILE", f"{folder.name}: an empty folder")
    named = {path: month_in(path.relative_to(folder)) for path in files}
    if all(named.values()):
        return Ordered(_sorted(files, named), "month in the name")
    told = {path: _day_in(job, path) for path in files}
    known = [day for day in told.values() if day is not None]
    if len(set(known)) > 1 and all(known):
        # a file that cannot be read has no day: it comes last, and is refused there
        return Ordered(
            _sorted(files, {path: day or "9999" for path, day in told.items()}), "day in the content"
        )
    return Ordered(tuple(files), "name")


def month_in(path: Path) -> str:
    """Return the month that a path names, '2017-01', or its year, '2017'; the file's name before its folders'.

    >>> month_in(Path("2017-01/2017-02-street.csv")), month_in(Path("cctv_2019년 3월.csv")), month_in(Path("a.csv"))
    ('2017-02', '2019-03', '')
    """
    for part in reversed(path.parts):
        if found := _MONTH.search(part):
            return f"{found[1]}-{int(found[2]):02}"
    for part in reversed(path.parts):
        if found := _YEAR.search(part):
            return found[1]
    return ""


def natural(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts numbers in names by their value."""
    return [
        (int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _DIGITS.split(name) if part
    ]


def _sorted(files: Iterable[Path], told: dict[Path, str]) -> tuple[Path, ...]:
    # the files are in natural order already, and sorting keeps it within a month
    return tuple(sorted(files, key=lambda path: told[path]))


def _day_in(job: Job, file: Path) -> str | None:
    """Return the latest day that the first rows of a file tell, '' when they tell none; None if it cannot be read."""
    try:
        reading = job.read(file)
        if reading.reference_date is not None:
            return reading.reference_date.isoformat()
        block = next(reading.blocks(), None)
    except InputRefused:
        return None
    if block is None:
        return ""
    for name in _DAYS:
        if name in block.rows:
            latest = days(block.rows[name].str.replace(r"^(\d{4}-\d{2})$", r"\1-01", regex=True)).max()
            if not pd.isna(latest):
                return str(latest.date().isoformat())
    return ""


def _is_one_shapefile(folder: Path) -> bool:
    files = files_in(folder)
    return len(files) == 1 and kind_of(files[0]) == "shapefile"


def _has_shapes_beside(path: Path) -> bool:
    return path.with_suffix(".shp").is_file() or path.with_suffix(".SHP").is_file()


def _is_hidden(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return any(part.startswith((".", "__MACOSX")) for part in parts) or path.name in (
        "Thumbs.db",
        "desktop.ini",
    )
