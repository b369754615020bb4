"""How a figure of the report was made: `golmok report --explain NAME`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any

from app.report_sources import SOURCES
from app.services import WrongUse, report, require_whole_months, status
from etl.db import Database
from etl.store.queries import query

Progress = Callable[[str, int, int], None]
# JSON-ready: the answer of the command.
Row = dict[str, Any]


class UnknownFigure(WrongUse):
    """The report has no figure of this name."""


def explain_figure(
    db: Database,
    figure: str,
    *,
    period: tuple[date, date] | None,
    edition: str = "committee",
    progress: Progress,
) -> Row:
    """Return what makes a figure: queries with their text, functions with what they say they give, loads by hash.

    db      opened as loader
    figure  a name that stands beside a figure of the report
    period  first and last day: the value of the figure in the report of that period is told too, as the edition may know
            it; None tells no value
    Raises  UnknownFigure; EditionRefused; PeriodWrong; WrongUse for a committee's period that ends amid a month
    """
    from app.report import require_edition

    require_edition(edition)
    source = SOURCES.get(figure)
    if source is None:
        raise UnknownFigure(f"the report has no figure {figure!r}; it has {', '.join(sorted(SOURCES))}")
    answer: Row = {
        "figure": figure,
        "queries": [{"name": f"sql/queries/{name}.sql", "sql": query(name)} for name in source.queries],
        "made_by": [{"function": name, "gives": says(name)} for name in source.made_by],
        "loads": _loads(db, source.loads),
        "invented": db.district.invented,
    }
    if period is not None:
        require_whole_months(*period, edition)
        told = report.told(report.figures(db, *period, edition=edition, progress=progress), edition)
        answer["value"] = {path: value_at(told, path) for path in source.values}
    return answer


def says(name: str) -> str:
    """Return what a function named `module:function` says it does: the first paragraph of its docstring."""
    module, function = name.split(":")
    return (inspect.getdoc(getattr(import_module(module), function)) or "").split("\n\n")[0]


def value_at(figures: Row, path: str) -> Any:
    """Return what stands in the figures at `part.key`; None where there is nothing."""
    found: Any = figures
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _loads(db: Database, sources: tuple[str, ...]) -> list[Row]:
    """Return the done loads of some sources, each file once."""
    kept = ("source", "file_name", "file_sha256")
    rows = [row for row in status.status(db)["loads"] if row["status"] == "done"]
    wanted = [row for row in rows if row["source"].split()[0] in sources]
    first = {(row["source"], row["file_sha256"]): {name: row[name] for name in kept} for row in wanted}
    return list(first.values())
