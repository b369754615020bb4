"""Measure siting: the best choice of candidates and its proof, by our search and by solvers that others would use."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

from spatial.compiled import threads

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# What each solver needs, and what people call it.
NEEDS = {
    "ours": (),
    "highs": ("highspy",),
    "cbc": ("pulp",),
    "scip": ("pyscipopt",),
    "spopt-highs": ("spopt", "pulp", "highspy"),
    "spopt-cbc": ("spopt", "pulp"),
}
NAMES = {
    "ours": "ours",
    "highs": "plain HiGHS",
    "cbc": "CBC (PuLP)",
    "scip": "SCIP",
    "spopt-highs": "spopt with HiGHS",
    "spopt-cbc": "spopt with CBC",
}
# A process that builds a model longer than this beyond its limit is ended.
_BUILDING_S = 600.0


@dataclass(frozen=True, slots=True)
class Question:
    """An invented question, who answers it, and within which time; app.bench_cover makes it."""

    candidates: int
    demand: int
    p: int
    weighted: bool
    solvers: Sequence[str]
    limit_s: float

    @property
    def size(self) -> str:
        """Return the size in words."""
        weights = "weighted" if self.weighted else "unit weights"
        return f"{self.candidates:,} x {self.demand:,}, p={self.p}, {weights}"


QUESTIONS = (
    Question(2_000, 10_000, 20, True, ("ours", "highs", "cbc", "scip"), 300.0),
    Question(5_000, 50_000, 50, True, ("ours", "highs", "cbc"), 300.0),
    Question(20_000, 200_000, 100, True, ("ours", "highs", "cbc"), 300.0),
    Question(2_000, 10_000, 300, False, ("ours", "highs"), 40.0),
    # It builds its model for minutes, so it comes last, and at the smallest size alone.
    Question(2_000, 10_000, 20, True, ("spopt-highs", "spopt-cbc"), 300.0),
)


def bench(questions: Sequence[Question] = QUESTIONS, *, progress: Progress) -> Row:
    """Put each question to each of its solvers that is installed, one after the other, each in a process of its own.

    Returns  `measured`, rows of what, size, `seconds` (model building with it; told apart as `building_s`), `times_ours`,
             `value`, `bound` (None where the peer tells none), `gap`, `proved`, `peak_mib`, `limit_s`, and `stopped`:
             no answer came, since the process had to be ended; `versions`; `absent`, peers that are not installed;
             `cores` and `load`, the machine's mean load of a minute before and after
    """
    load = [round(os.getloadavg()[0], 2)]
    asked = [(question, solver) for question in questions for solver in question.solvers if installed(solver)]
    rows: list[Row] = []
    for done, (question, solver) in enumerate(asked):
        progress("Siting", done, len(asked))
        rows.append(measured(question, solver))
        mine = next(row for row in rows if row["size"] == question.size)
        rows[-1]["times_ours"] = _times(rows[-1], mine)
    progress("Siting", len(asked), len(asked))
    wanted = {solver for question in questions for solver in question.solvers}
    return {
        "topic": "siting",
        "invented": True,
        "measured": rows,
        "absent": [NAMES[solver] for solver in NEEDS if solver in wanted and not installed(solver)],
        "versions": {"python": platform.python_version(), **dict(_versions())},
        "cores": threads(),
        "load": [*load, round(os.getloadavg()[0], 2)],
    }


def installed(solver: str) -> bool:
    """Tell whether all that a solver needs is installed."""
    return all(find_spec(module) is not None for module in NEEDS[solver])


def measured(question: Question, solver: str) -> Row:
    """Return the row of one solver and one question."""
    kind = "weighted" if question.weighted else "unit"
    size = (question.candidates, question.demand, question.p)
    row: Row = {"what": NAMES[solver], "size": question.size, "limit_s": question.limit_s, "stopped": False}
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "app.bench_cover", solver, *map(str, size), kind, str(question.limit_s)],
            check=True,
            capture_output=True,
            text=True,
            timeout=question.limit_s + _BUILDING_S,
        )
    except subprocess.TimeoutExpired:
        return row | {"stopped": True, "proved": False, "gap": None}
    # Solvers write lines of their own before.
    told: Row = json.loads(answer.stdout.splitlines()[-1])
    return row | told | {"gap": _gap(told["value"], told["bound"])}


def _gap(value: float | None, bound: float | None) -> float | None:
    """Return what lies between what is reached and the bound, as a share of the bound."""
    return None if value is None or bound is None or bound <= 0.0 else max(bound - value, 0.0) / bound


def _times(row: Row, mine: Row) -> float | None:
    """Return how many times as long as ours a solver took, at least where the limit ended it; None where it ended ours."""
    if row["stopped"] or mine["stopped"] or not mine["proved"]:
        return None
    return float(f"{row['seconds'] / mine['seconds']:.3g}")


def _versions() -> Iterator[tuple[str, str]]:
    """Yield the versions of what is measured."""
    for name in ("numba", "numpy", "scipy", "highspy", "pulp", "pyscipopt", "spopt"):
        if find_spec(name) is not None:
            yield name, version(name)
