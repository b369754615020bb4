"""Solve one question of maximal covering by one solver, in a process of its own: its seconds and its peak memory as JSON.

    python -m app.bench_cover ours 2000 10000 20 weighted 60

The question is invented: candidates and demand lie at random in a square, and a candidate covers what is near, so that
every demand is covered by some eight candidates. Weights are whole numbers from 1 to 100, or all 1.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.spatial import KDTree

from app.peak_memory import peak_mib

Row = dict[str, Any]
Floats = NDArray[np.float64]

DEGREE = 8.0
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Cover:
    """An invented question: (demand, candidates) pairs, weights (demand,), and how many may be chosen."""

    pairs: Any  # scipy.sparse; scipy ships no types
    weights: Floats
    p: int


def invented(candidates: int, demand: int, p: int, *, weighted: bool) -> Cover:
    """Return a question of so many candidates and demands, always the same one."""
    rng = np.random.default_rng(_SEED)
    at, stands = rng.random((demand, 2)), rng.random((candidates, 2))
    reach = np.sqrt(DEGREE / (np.pi * candidates))
    near = KDTree(at).sparse_distance_matrix(KDTree(stands), reach, output_type="coo_matrix")
    pairs = sp.csr_array((np.ones(near.nnz, np.int8), (near.row, near.col)), shape=near.shape)
    weights = rng.integers(1, 101, demand).astype(np.float64) if weighted else np.ones(demand)
    return Cover(pairs, weights, p)


def ours(cover: Cover, limit_s: float) -> Row:
    """Solve by maximal_cover, whose machine code is kept from a smaller question."""
    from spatial.siting import maximal_cover

    maximal_cover(invented(60, 300, 5, weighted=True).pairs, np.ones(300), p=5)
    start = time.perf_counter()
    plan = maximal_cover(cover.pairs, cover.weights, p=cover.p, time_limit_s=limit_s)
    return {
        "seconds": time.perf_counter() - start,
        "value": plan.covered_weight,
        "bound": plan.bound,
        "proved": plan.proved_optimal,
    }


def highs(cover: Cover, limit_s: float) -> Row:
    """Solve the plain formulation by HiGHS: z_i <= sum of x_j, sum of x_j <= p."""
    highspy = import_module("highspy")
    start = time.perf_counter()
    demand, candidates = cover.pairs.shape
    one = sp.csr_array(np.concatenate([np.ones(candidates), np.zeros(demand)])[None, :])
    matrix = sp.csc_array(sp.vstack([sp.hstack([cover.pairs.astype(float), -sp.eye_array(demand)]), one]))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_, lp.sense_ = candidates + demand, demand + 1, highspy.ObjSense.kMaximize
    lp.col_cost_ = np.concatenate([np.zeros(candidates), cover.weights])
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.ones(lp.num_col_)
    lp.row_lower_ = np.concatenate([np.zeros(demand), [-np.inf]])
    lp.row_upper_ = np.concatenate([np.full(demand, np.inf), [float(cover.p)]])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger] * candidates + [kinds.kContinuous] * demand
    solver = highspy._Highs()  # its own Python class writes on standard output when it is made
    for option, value in (("output_flag", False), ("time_limit", limit_s), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    built = time.perf_counter()
    solver.run()
    info = solver.getInfo()
    return {
        "building_s": built - start,
        "seconds": time.perf_counter() - start,
        "value": info.objective_function_value,
        "bound": info.mip_dual_bound,
        "proved": solver.getModelStatus() == highspy.HighsModelStatus.kOptimal,
    }


def scip(cover: Cover, limit_s: float) -> Row:
    """Solve the plain formulation by SCIP."""
    scip_of = import_module("pyscipopt")
    start = time.perf_counter()
    model = scip_of.Model()
    model.hideOutput()
    x = [model.addVar(vtype="B") for _ in range(cover.pairs.shape[1])]
    z = [model.addVar(lb=0.0, ub=1.0) for _ in cover.weights]
    at, of = cover.pairs.indptr, cover.pairs.indices
    for i, seen in enumerate(z):
        model.addCons(seen <= scip_of.quicksum(x[j] for j in of[at[i] : at[i + 1]]))
    model.addCons(scip_of.quicksum(x) <= cover.p)
    model.setObjective(
        scip_of.quicksum(w * seen for w, seen in zip(cover.weights, z, strict=True)), "maximize"
    )
    model.setParam("limits/time", limit_s)
    built = time.perf_counter()
    model.optimize()
    return {
        "building_s": built - start,
        "seconds": time.perf_counter() - start,
        "value": model.getObjVal() if model.getNSols() else None,
        "bound": model.getDualbound(),
        "proved": model.getStatus() == "optimal",
    }


def cbc(cover: Cover, limit_s: float) -> Row:
    """Solve the plain formulation by CBC, as PuLP brings it; its bound is not told."""
    pulp = import_module("pulp")
    start = time.perf_counter()
    model = pulp.LpProblem("cover", pulp.LpMaximize)
    x = [pulp.LpVariable(f"x{j}", cat="Binary") for j in range(cover.pairs.shape[1])]
    z = [pulp.LpVariable(f"z{i}", 0, 1) for i in range(len(cover.weights))]
    model += pulp.LpAffineExpression(zip(z, cover.weights, strict=True))
    at, of = cover.pairs.indptr, cover.pairs.indices
    for i, seen in enumerate(z):
        model += pulp.lpSum(x[j] for j in of[at[i] : at[i + 1]]) >= seen
    model += pulp.lpSum(x) <= cover.p
    return _by_pulp(model, pulp.PULP_CBC_CMD(msg=False, timeLimit=limit_s, threads=1), start, model.solve)


def spopt_highs(cover: Cover, limit_s: float) -> Row:
    """Solve by spopt's MCLP with HiGHS."""
    solver = import_module("pulp").HiGHS(msg=False, timeLimit=limit_s)
    return _by_spopt(cover, solver)


def spopt_cbc(cover: Cover, limit_s: float) -> Row:
    """Solve by spopt's MCLP with CBC."""
    return _by_spopt(cover, import_module("pulp").PULP_CBC_CMD(msg=False, timeLimit=limit_s, threads=1))


def _by_spopt(cover: Cover, solver: Any) -> Row:
    mclp = import_module("spopt.locate").MCLP
    start = time.perf_counter()
    far = 1.0 - cover.pairs.toarray().astype(np.float64)
    model = mclp.from_cost_matrix(far, cover.weights, 0.5, p_facilities=cover.p)
    return _by_pulp(model.problem, solver, start, lambda given: model.solve(given, results=False))


def _by_pulp(problem: Any, solver: Any, start: float, solve: Callable[[Any], Any]) -> Row:
    """Let PuLP solve a problem that was begun at `start`; PuLP tells no bound."""
    pulp = import_module("pulp")
    built = time.perf_counter()
    solve(solver)
    proved = problem.sol_status == pulp.LpSolutionOptimal
    value = pulp.value(problem.objective)
    return {
        "building_s": built - start,
        "seconds": time.perf_counter() - start,
        "value": value,
        "bound": value if proved else None,
        "proved": proved,
    }


SOLVERS: dict[str, Callable[[Cover, float], Row]] = {
    "ours": ours,
    "highs": highs,
    "cbc": cbc,
    "scip": scip,
    "spopt-highs": spopt_highs,
    "spopt-cbc": spopt_cbc,
}


def main(words: list[str]) -> None:
    """Print as one JSON object what the solver of the first word makes of the question of the others."""
    solver, candidates, demand, p, kind, limit_s = words
    cover = invented(int(candidates), int(demand), int(p), weighted=kind == "weighted")
    row = SOLVERS[solver](cover, float(limit_s))
    row["peak_mib"] = round(peak_mib())
    print(json.dumps(row))


if __name__ == "__main__":
    main(sys.argv[1:])
