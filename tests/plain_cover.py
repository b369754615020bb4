"""Maximal covering as anyone would hand it to HiGHS: the oracle that siting is held against."""

from __future__ import annotations

import highspy
import numpy as np
import scipy.sparse as sp


def plain_optimum(
    cover: sp.csr_array,
    weights: np.ndarray,
    *,
    p: int | None = None,
    costs: np.ndarray | None = None,
    budget: float | None = None,
) -> float:
    """Return the optimum that HiGHS proves for z_i <= sum of x_j, to its tolerances."""
    demand, candidates = cover.shape
    lines, most = [sp.hstack([-cover.astype(float), sp.eye_array(demand)])], [np.zeros(demand)]
    for limit, each in ((p, np.ones(candidates)), (budget, costs)):
        if limit is not None:
            lines.append(sp.csr_array(np.concatenate([each, np.zeros(demand)])[None, :]))
            most.append(np.array([float(limit)]))
    matrix = sp.csc_array(sp.vstack(lines))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = candidates + demand, matrix.shape[0], highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([np.zeros(candidates), weights])
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.ones(lp.num_col_)
    lp.row_lower_, lp.row_upper_ = np.full(lp.num_row_, -np.inf), np.concatenate(most)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * candidates + [kinds.kContinuous] * demand
    solver = highspy._Highs()
    for option, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    assert solver.run() == highspy.HighsStatus.kOk
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)
