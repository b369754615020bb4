"""What `golmok bench visibility` prints: columns and rows named as measured, and the notes below them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

# JSON-ready, as app.services.bench_visibility answers.
Answer = Mapping[str, Any]

COLUMNS = (
    *("what", "scale", "buildings", "cameras", "seconds", "us_per_camera", "least_us", "speed_up"),
    *("times_ours", "memory_mb", "median_error", "greatest_error"),
)


def rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row, None where a column says nothing of it."""
    return [[_cell(row, column) for column in COLUMNS] for row in result["measured"]]


def notes(result: Answer) -> Iterator[str]:
    """Yield which cameras a peer refused, what is not installed, and how busy the machine was."""
    for row in result["measured"]:
        for refusal in row.get("refused", ()):
            yield f"{row['what']}: camera {refusal}"
    if result["absent"]:
        yield f"not installed, so not measured: {', '.join(result['absent'])} (pip install '.[bench]')"
    before, after = result["load"]
    yield f"{result['cores']} cores; load before and after: {before}, {after}"


def _cell(row: Answer, column: str) -> object:
    name, _, of = column.partition("_")
    error = row.get("area_error", {}).get(name) if of == "error" else None
    return row.get(column) if error is None else f"{error:.1e}"
