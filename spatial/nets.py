"""The fewest cameras that close every way out that can be closed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse.csgraph import shortest_path

from spatial.errors import OutOfRange
from spatial.escapes import Escape, open_exits
from spatial.streets import Floats, Ints
from spatial.thin_cuts import thin_cut, with_better_aims, without_spare

# What scipy's milp says of its end.
_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """Cameras and their aims, and what they close.

    aims      (j,) rows of the escape's aims, ascending; at most one aim of a camera
    camera_id (j,)
    aim_id    (j,)
    first_s   (j,) the soonest that he can come into the view, seconds since the call: what to put on screens first
    closed    (k,) by exit
    closable  (k,) all cameras together, each at all of its aims at once, would close it; one that is not is an exit
              that no camera can close, one that is but stays open needs a camera at two aims at once
    closes    (j, k) exits that open when this camera is taken away
    bound     no net that leaves as many exits open has fewer cameras than this
    proved    nothing leaves fewer exits open, and nothing leaves as few with fewer cameras
    """

    aims: Ints
    camera_id: Ints
    aim_id: Ints
    first_s: Floats
    closed: NDArray[np.bool_]
    closable: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    bound: int
    proved: bool


def greedy_net(escape: Escape) -> Net:
    """Return a net at once: no camera of it can be left out, but fewer others might do.

    It starts from the cameras on the thinnest cut, one that crosses the fewest stretches of street, and from all
    cameras, each at one aim; takes them away one by one while nothing opens; and keeps the best of what is left.
    Repeatable: ties fall to the smaller camera_id.
    """
    closable = ~open_exits(escape, np.arange(len(escape.camera_id)))
    on_cut, free = thin_cut(escape, closable)
    free = with_better_aims(escape, free, closable)
    starts = [on_cut, *(free[order] for order in _orders(escape, free))]
    nets = [without_spare(escape, aims, closable & ~open_exits(escape, aims)) for aims in starts]
    left = [int((closable & open_exits(escape, aims)).sum()) for aims in nets]
    best = min(range(len(nets)), key=lambda row: (left[row], len(nets[row]), escape.first_s[nets[row]].sum()))
    return _net(escape, nets[best], closable=closable)


def fewest_net(escape: Escape, first: Net | None = None, *, time_limit_s: float = 2.0) -> Net:
    """Return the net that leaves the fewest exits open and, of those, the one of fewest cameras, by HiGHS.

    Of several as good it is the one with the least sum of `first_s`: cameras that he may soon come by.
    first         the greedy net; made where it is not given. What is returned is never worse
    time_limit_s  half for the proof: after it the best net found is returned, with its bound and `proved` False; half
                  to choose among proved nets, or to keep the one at hand
    Raises        OutOfRange for a limit that is not zero or more
    Method        a label cut: 1 flows from where he may be, a passage lowers it by the aims held that see it, an exit
                  that is closed lets nothing through; solved as a mixed-integer program to no gap
    """
    if not time_limit_s >= 0.0:
        raise OutOfRange(f"time_limit_s must be zero or more, not {time_limit_s}")
    greedy = greedy_net(escape) if first is None else first
    if time_limit_s == 0.0 or not greedy.closable.any():
        return greedy
    cut = _cut(escape, greedy.closable)
    half_s = time_limit_s / 2.0
    net = greedy if greedy.proved else _fewest(escape, cut, greedy, time_limit_s=half_s)
    return _soonest(escape, cut, net, time_limit_s=half_s) if net.proved else net


def _fewest(escape: Escape, cut: _Cut, greedy: Net, *, time_limit_s: float) -> Net:
    """Return the net that leaves the fewest exits open with the fewest cameras, or the greedy one."""
    worth = cut.objective(greedy)
    # Only what is better is asked for: if there is none, that is the proof.
    found = cut.solved(cut.cost, most=worth - 1.0, time_limit_s=time_limit_s)
    if found.status == _INFEASIBLE:
        return replace(greedy, bound=len(greedy.aims), proved=True)
    better = None if found.x is None else _net(escape, cut.held(found.x), closable=greedy.closable)
    # Checked without the solver: its answer holds within tolerances only.
    best = greedy if better is None or cut.objective(better) >= worth else better
    if found.status == _OPTIMAL and best is better and cut.objective(best) <= found.fun + 0.5:
        return replace(best, bound=len(best.aims), proved=True)
    least = found.mip_dual_bound
    if least is None or not np.isfinite(least):
        return best
    bound = math.ceil(min(least, worth) - cut.per_exit * cut.left_open(best) - 1e-6)
    return replace(best, bound=min(max(bound, best.bound), len(best.aims)))


def _soonest(escape: Escape, cut: _Cut, net: Net, *, time_limit_s: float) -> Net:
    """Return, of the nets as good as a proved one, the one that he can come into the view of the soonest."""
    cost = np.zeros(len(cut.cost))
    cost[: len(cut.aims)] = escape.first_s[cut.aims]
    found = cut.solved(cost, most=cut.objective(net), time_limit_s=time_limit_s)
    if found.x is None:
        return net
    sooner = _net(escape, cut.held(found.x), closable=net.closable)
    if cut.objective(sooner) > cut.objective(net) or sooner.first_s.sum() >= net.first_s.sum():
        return net
    return replace(sooner, bound=net.bound, proved=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """The program: variables are the aims, then what flows into each room, then the exit rooms left open.

    aims         rows of the escape's aims
    per_exit     what an exit left open costs, in cameras: more than all of them
    cost, whole, low, high   by variable
    """

    aims: Ints
    per_exit: float
    cost: Floats
    whole: Ints
    low: Floats
    high: Floats
    constraints: list[LinearConstraint]

    def solved(self, cost: Floats, *, most: float, time_limit_s: float) -> OptimizeResult:
        """Minimise a cost of the variables over what costs no more exits and cameras than `most`."""
        return milp(
            cost,
            integrality=self.whole,
            bounds=Bounds(self.low, self.high),
            constraints=[*self.constraints, LinearConstraint(self.cost[None, :], ub=most)],
            options={"time_limit": time_limit_s, "mip_rel_gap": 0.0},
        )

    def held(self, solution: Floats) -> Ints:
        """Return the aims that a solution holds."""
        return self.aims[solution[: len(self.aims)] > 0.5]

    def left_open(self, net: Net) -> int:
        """Return how many exits that could be closed a net leaves open."""
        return int((net.closable & ~net.closed).sum())

    def objective(self, net: Net) -> float:
        """Return what a net costs: exits left open first, cameras second."""
        return len(net.aims) + self.per_exit * self.left_open(net)


def _cut(escape: Escape, closable: NDArray[np.bool_]) -> _Cut:
    """Return the program of the fewest cameras."""
    seen_by = escape.seen_by.tocsc()
    aims = np.flatnonzero(np.diff(seen_by.indptr))
    targets, exits = np.unique(escape.exit_room[closable], return_counts=True)
    ways, rooms = len(escape.room_from), escape.rooms
    row = np.arange(ways)
    into = sp.csr_array((np.ones(ways), (row, escape.room_to)), shape=(ways, rooms))
    out = sp.csr_array((np.ones(ways), (row, escape.room_from)), shape=(ways, rooms))
    spare = sp.csr_array((ways, len(targets)))
    flows = LinearConstraint(sp.hstack([seen_by[:, aims], into - out, spare], format="csc"), lb=0.0)
    gate = np.arange(len(targets))
    shut = sp.csr_array((-np.ones(len(targets)), (gate, targets)), shape=(len(targets), rooms))
    none = sp.csr_array((len(targets), len(aims)))
    gates = LinearConstraint(sp.hstack([none, shut, sp.eye_array(len(targets))], format="csc"), lb=0.0)
    cameras, camera = np.unique(escape.camera_id[aims], return_inverse=True)
    hold = sp.csr_array((np.ones(len(aims)), (camera, np.arange(len(aims)))), shape=(len(cameras), len(aims)))
    one_aim = LinearConstraint(
        sp.hstack([hold, sp.csr_array((len(cameras), rooms + len(targets)))], format="csc"), ub=1.0
    )
    per_exit = float(len(cameras) + 1)
    # Without a camera that would have to choose between aims every exit that can be closed is.
    choice = float(len(cameras) < len(aims))
    low = np.zeros(len(aims) + rooms + len(targets))
    low[len(aims) + escape.source] = 1.0
    return _Cut(
        aims=aims,
        per_exit=per_exit,
        cost=np.concatenate([np.ones(len(aims)), np.zeros(rooms), per_exit * exits]),
        whole=np.repeat([1, 0, 1], [len(aims), rooms, len(targets)]),
        low=low,
        high=np.concatenate([np.ones(len(aims) + rooms), np.full(len(targets), choice)]),
        constraints=[flows, gates, one_aim],
    )


def _orders(escape: Escape, aims: Ints) -> Iterable[Ints]:
    """Return orders in which to try to do without each aim: the far ones first, those that see little first."""
    seen_by = escape.seen_by.tocsc()
    depth = _depth(escape)[escape.room_from]
    nearest = np.array(
        [depth[seen_by.indices[seen_by.indptr[aim] : seen_by.indptr[aim + 1]]].min() for aim in aims]
    )
    many = np.diff(seen_by.indptr)[aims]
    for key in (-nearest, many):
        # Of equal ones the larger number goes first, so that the smaller stays.
        yield np.lexsort((-aims, key))


def _depth(escape: Escape) -> Ints:
    """Return how many passages each room lies from the source; those that cannot be reached count as the farthest."""
    ways = sp.csr_array(
        (np.ones(len(escape.room_from)), (escape.room_from, escape.room_to)), shape=(escape.rooms,) * 2
    )
    steps = shortest_path(ways, unweighted=True, indices=escape.source)
    return np.where(np.isfinite(steps), steps, escape.rooms).astype(np.int64)


def _net(escape: Escape, aims: Ints, *, closable: NDArray[np.bool_]) -> Net:
    """Return the net of some aims; one that needs no camera, or one for all that can be closed, is proved."""
    closed = ~open_exits(escape, aims) & closable
    closes = [open_exits(escape, np.delete(aims, row)) & closed for row in range(len(aims))]
    return Net(
        aims=aims,
        camera_id=escape.camera_id[aims],
        aim_id=escape.aim_id[aims],
        first_s=escape.first_s[aims],
        closed=closed,
        closable=closable,
        closes=np.array(closes, dtype=bool).reshape(len(aims), len(closed)),
        bound=min(1, len(aims)),
        proved=len(aims) <= 1 and bool((closed == closable).all()),
    )
