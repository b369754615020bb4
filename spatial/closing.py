"""What HiGHS adds: the best taxes of a small question, and its optimum by branch and bound, with honest tolerances."""

from __future__ import annotations

from typing import Any, NamedTuple

import highspy
import numpy as np
import scipy.sparse as sp

from spatial.covers import Question, Whole, covered

# What HiGHS may be wrong by in its objective: a better solution by less than `mip_feasibility_tolerance` is not sought,
# and each reduced cost may have the wrong sign by `dual_feasibility_tolerance`. Twice what its defaults say.
_SOUGHT = 2e-6
_EACH = 2e-7
# The heaviest row in HiGHS's objective where weights are no small whole numbers.
_HEAVIEST = 1000.0


class Closed(NamedTuple):
    """What HiGHS found of a question: columns chosen, and the bound in units, raised by all tolerances."""

    chosen: Whole
    bound: int


def closed(question: Question, start: Whole, *, time_limit_s: float) -> Closed | None:
    """Return the best choice that HiGHS finds within the time, and what it proves; None where it says nothing.

    start  a known choice, columns of the question
    """
    solver, a_unit = _model(question, whole=True)
    _hand_over(solver, question, start)
    if not _ran(solver, time_limit_s):
        return None
    info, columns = solver.getInfo(), len(question.columns)
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value[:columns]) > 0.5).astype(np.int64)
    raised = -info.mip_dual_bound + _SOUGHT + _EACH * (columns + len(question.up))
    known = question.up[covered(question.cover, start)].sum() * a_unit
    # A bound below what is known to be reached would be none; then nothing that it says counts.
    if not (np.isfinite(raised) and raised >= known):
        return None
    return Closed(chosen, int(np.ceil(raised / a_unit * (1.0 + 1e-14))))


def best_taxes(question: Question, *, time_limit_s: float) -> Whole | None:
    """Return the taxes of the linear relaxation: those whose bound no other taxes lower; None where time is short.

    By the interior point method, and not to a vertex: here that is up to twenty times as fast, and any taxes will do.
    """
    solver, a_unit = _model(question, whole=False)
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    if not _ran(solver, time_limit_s) or solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    dual = np.abs(np.array(solver.getSolution().row_dual[: len(question.up)]))
    tax: Whole = np.clip(np.rint(dual / a_unit), 0, question.up).astype(np.int64)
    return tax


def _model(question: Question, *, whole: bool) -> tuple[Any, float]:
    """Return HiGHS with the question, as a minimum, and what a unit is in its objective.

    Columns first, then rows: z_i - sum of its x_j <= 0, then the limits.
    """
    cover, limits = question.cover, question.limits
    rows, columns = len(question.up), len(question.columns)
    scale = question.scale
    heaviest = float(question.up.max()) / scale.step
    a_unit = 1.0 / scale.step if scale.exact and heaviest <= 1e4 else _HEAVIEST / heaviest / scale.step
    sees = sp.csr_array((np.full(len(cover.row), -1.0), cover.row, cover.row_at), shape=(rows, columns))
    lines = [sp.hstack([sees, sp.eye_array(rows)])]
    most = [np.zeros(rows)]
    if limits.p < columns:
        lines.append(sp.csr_array(np.concatenate([np.ones(columns), np.zeros(rows)])[None, :]))
        most.append(np.array([float(limits.p)]))
    if np.isfinite(limits.budget):
        dearest = float(limits.costs.max())
        lines.append(sp.csr_array(np.concatenate([limits.costs / dearest, np.zeros(rows)])[None, :]))
        most.append(np.array([limits.budget / dearest]))
    matrix = sp.csc_array(sp.vstack(lines))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = columns + rows, matrix.shape[0]
    lp.col_cost_ = np.concatenate([np.zeros(columns), -question.up * a_unit])
    lp.col_lower_, lp.col_upper_ = np.zeros(columns + rows), np.ones(columns + rows)
    lp.row_lower_, lp.row_upper_ = np.full(matrix.shape[0], -np.inf), np.concatenate(most)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
    lp.a_matrix_.value_ = matrix.data
    if whole:
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger] * columns + [kinds.kContinuous] * rows
    # Its own Python class writes a line on standard output before it can be told to be silent.
    solver = highspy._Highs()  # type: ignore[attr-defined]  # its stubs leave it out
    solver.setOptionValue("output_flag", False)
    for tolerance in ("mip_rel_gap", "mip_abs_gap"):
        solver.setOptionValue(tolerance, 0.0)
    solver.passModel(lp)
    return solver, a_unit


def _ran(solver: Any, time_limit_s: float) -> bool:
    """Run HiGHS; tell whether it answers: it refuses where another caller has fixed how many threads it has, for one."""
    solver.setOptionValue("time_limit", max(time_limit_s, 0.0))
    status = highspy.HighsModelStatus
    if solver.run() == highspy.HighsStatus.kError:
        return False
    return solver.getModelStatus() in (status.kOptimal, status.kTimeLimit)


def _hand_over(solver: Any, question: Question, chosen: Whole) -> None:
    """Give HiGHS a choice to start from."""
    value = np.zeros(len(question.columns) + len(question.up))
    value[chosen] = 1.0
    value[len(question.columns) :] = covered(question.cover, chosen)
    known = highspy.HighsSolution()
    known.col_value = value.tolist()
    solver.setSolution(known)
