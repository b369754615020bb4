"""Ties of a picture to the map: a short list of points, each with its pixel and its place. The picture stays outside."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pandas as pd

from etl.errors import PlatformError

COLUMNS = ("px_x", "px_y", "lat", "lon")
# Nobody clicks more; a file of another kind is no list of ties.
_MOST_ROWS = 1000
_MOST_BYTES = 1_000_000


class WrongTies(PlatformError):
    """The file is no list of ties: px_x, px_y, lat, lon."""


def read_ties(file: Path) -> pd.DataFrame:
    """Return the ties of a CSV file with a header: px_x, px_y (from the top left corner), lat, lon (EPSG:4326).

    Raises   WrongTies, with the line; OSError when the file cannot be read
    """
    if file.stat().st_size > _MOST_BYTES:
        raise WrongTies(f"{file.name} is too long for a list of ties")
    try:
        lines = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(), skipinitialspace=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise WrongTies(f"{file.name} cannot be read as CSV in UTF-8") from error
    if not lines or any(name not in lines[0] for name in COLUMNS):
        raise WrongTies(f"{file.name} needs the columns {', '.join(COLUMNS)} and a row a point")
    if len(lines) > _MOST_ROWS:
        raise WrongTies(f"{file.name} is too long for a list of ties")
    return pd.DataFrame(
        [_tie(line, number) for number, line in enumerate(lines, start=2)], columns=list(COLUMNS)
    )


def _tie(line: dict[str, str | None], number: int) -> list[float]:
    cells = [_number(line[name], f"line {number}, {name}") for name in COLUMNS]
    if not (-90.0 <= cells[2] <= 90.0 and -180.0 <= cells[3] <= 180.0):
        raise WrongTies(f"line {number}: {cells[2]:g}, {cells[3]:g} is no latitude and longitude")
    return cells


def _number(cell: str | None, where: str) -> float:
    try:
        value = float((cell or "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise WrongTies(f"{where}: {cell!r} is no number")
    return value
