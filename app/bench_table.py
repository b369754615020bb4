"""What `golmok bench` prints of sight, of the dashboard and of loads: columns and rows named as measured, and the notes below."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
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


DASHBOARD = ("what", "cameras", "n", "median", "slowest", "budget")


def dashboard_rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row of `bench dashboard`; a dash where nothing was measured."""
    return [
        [
            row["what"],
            f"{row['cameras']:,}",
            row["n"],
            *map(_seconds, (row["median_s"], row["slowest_s"])),
            row["budget"],
        ]
        for row in result["measured"]
    ]


def dashboard_notes(result: Answer) -> Iterator[str]:
    """Yield the ratios, how busy the machine was, and what was not measured."""
    for name, times in result["ratios"].items():
        yield f"{name}: {'–' if times is None else f'{times:g} times'}"
    before, after = result["load"]
    yield f"{result['cores']} cores; load before and after: {before}, {after}; {result['machine']}"
    yield from (f"not measured: {what}" for what in result["not_measured"])


OPERATOR = ("what", "cameras", "n", "median", "p95", "p99", "slowest", "budget")


def operator_rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row of `bench operator`; a dash where nothing was measured."""
    parts = ("median_s", "p95_s", "p99_s", "slowest_s")
    return [
        [
            row["what"],
            f"{row['cameras']:,}",
            row["n"],
            *(_milliseconds(row.get(part)) for part in parts),
            ", ".join(_besides(row)) or None,
        ]
        for row in result["measured"]
    ]


def _besides(row: Answer) -> Iterator[str]:
    """Yield what else a row tells: its budget, what was lost on the way, what share of walks was seen."""
    if row.get("budget"):
        yield row["budget"]
    if row.get("lost") is not None:
        yield f"lost {row['lost']}"
    if "seen" in row:
        yield f"{row['seen']:.1%} seen by {row['used']:.1f} cameras, {row['seen_per_camera']:.1%} a camera"


def _milliseconds(took: float | None) -> str:
    return "–" if took is None else f"{took * 1000:,.3f} ms"


ETL = ("what", "took", "budget", "rows/s", "CPU", "peak", "budget", "server CPU", "server's own")


def etl_rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row of `bench etl`; a dash where nothing was measured."""
    return [
        [
            row["what"],
            _seconds(row["seconds"]),
            _with_unit(row["budget_s"], "s"),
            f"{row['rows_per_s']:,}",
            _with_unit(row.get("cpu_s"), "s"),
            _with_unit(row.get("peak_mib"), "MiB"),
            _with_unit(row["budget_mib"], "MiB"),
            _with_unit(row.get("server_cpu_s"), "s"),
            _with_unit(row.get("server_mib"), "MiB"),
        ]
        for row in result["measured"]
    ]


def etl_notes(result: Answer) -> Iterator[str]:
    """Yield the ratios, what is meant by the measures, and how busy the machine was."""
    for name, times in result["ratios"].items():
        yield f"{name}: {times:g} times"
    yield from result["meaning"]
    before, after = result["load"]
    yield f"{result['cores']} cores; load before and after: {before}, {after}; {result['machine']}"


def _with_unit(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:,.0f} {unit}"


def _seconds(took: float | None) -> str:
    return "–" if took is None else f"{took:.3f} s"


PLANNING = ("what", "options", "n", "median", "slowest", "budget", "gap", "proved")


def planning_rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row of `bench planning`; a dash where nothing is proved or measured."""
    return [
        [
            row["what"],
            f"{row['options']:,}",
            row["n"],
            *map(_seconds, (row["median_s"], row["slowest_s"])),
            row["budget"] or "–",
            _gap(row["gap"]),
            "–" if row["proved"] is None else "yes" if row["proved"] else "no",
        ]
        for row in result["measured"]
    ]


def planning_notes(result: Answer) -> Iterator[str]:
    """Yield how busy the machine was."""
    before, after = result["load"]
    yield f"{result['cores']} cores; load before and after: {before}, {after}; {result['machine']}"


def _gap(gap: float | None) -> str:
    """Return a gap in percent, rounded up."""
    return "–" if gap is None else f"{math.ceil(gap * 1e5 - 1e-6) / 1e3:.3f} %"


SITING = ("what", "size", "seconds", "building", "times ours", "value", "bound", "gap", "proved", "peak")


def siting_rows(result: Answer) -> list[list[object]]:
    """Return the cells of each row of `bench siting`; a dash where a solver tells nothing."""
    return [
        [
            row["what"],
            row["size"],
            _seconds(row.get("seconds")),
            _seconds(row.get("building_s")),
            _times_ours(row),
            _units(row.get("value"), math.floor),
            _units(row.get("bound"), math.ceil),
            _gap(row["gap"]),
            "yes" if row["proved"] else "no",
            _with_unit(row.get("peak_mib"), "MiB"),
        ]
        for row in result["measured"]
    ]


def _times_ours(row: Answer) -> str:
    """Return how many times as long as ours; at least, where the limit ended a search that proved nothing."""
    least = "" if row["proved"] else "> "
    return "–" if row.get("times_ours") is None else f"{least}{row['times_ours']:g}"


def _units(value: float | None, whole: Callable[[float], int]) -> str:
    """Return a value in whole units: what is reached rounded down, a bound up, but for a solver's own rounding."""
    return "–" if value is None else f"{whole(round(value, 5)):,}"


def siting_notes(result: Answer) -> Iterator[str]:
    """Yield which peers were ended or are not installed, and how busy the machine was."""
    for row in result["measured"]:
        if row["stopped"]:
            yield f"{row['what']}, {row['size']}: ended without an answer"
    if result["absent"]:
        yield f"not installed, so not measured: {', '.join(result['absent'])} (pip install '.[bench]')"
    before, after = result["load"]
    yield f"{result['cores']} cores; load before and after: {before}, {after}"


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


# By topic: heads of the columns, the rows, the notes below them.
TOPICS = {
    "visibility": (COLUMNS, rows, notes),
    "relief": (COLUMNS, rows, notes),
    "dashboard": (DASHBOARD, dashboard_rows, dashboard_notes),
    "operator": (OPERATOR, operator_rows, dashboard_notes),
    "etl": (ETL, etl_rows, etl_notes),
    "planning": (PLANNING, planning_rows, planning_notes),
    "siting": (SITING, siting_rows, siting_notes),
}
