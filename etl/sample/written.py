"""Write tables as the real publishers do: CP949 or UTF-8, CRLF, every cell as text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: str = "cp949"
) -> Path:
    """Write one CSV file and return its path; None becomes an empty cell."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return path
