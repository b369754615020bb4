"""First answers to a cut: which aims to hold so that little flows past them, quickly and not provably best."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from spatial.escapes import Escape, open_exits
from spatial.streets import Ints

# No sum of passages comes near to this, and int32 holds it: scipy's flows are such.
_ENDLESS = 1_000_000
# Turning cameras one by one is tried so often and no more: the first answer is wanted at once.
_TRIED = 100


def thin_cut(escape: Escape, closable: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return aims that see the fewest passages between the source and the exits, and all aims still free to hold.

    A camera asked for two aims at once is held at the one that sees more of the cut, and the cut is made anew
    without its others, which may leave exits open; so of both answers each camera has one aim, in the second after
    what the first has settled.
    """
    sees = escape.seen_by.tocsc()
    live = np.flatnonzero(np.diff(sees.indptr))
    while True:
        targets = closable & ~open_exits(escape, live)
        cut = _fewest_passages(escape, live, np.unique(escape.exit_room[targets]))
        picks, missed = _cover(escape, live, cut)
        if not missed:
            return picks, _one_aim_each(escape, live, picks)
        # Only what a picked camera sees at another aim can be missed, so that something is given up each time.
        settled = np.isin(escape.camera_id[live], escape.camera_id[picks]) & ~np.isin(live, picks)
        live = live[~settled]


def with_better_aims(escape: Escape, aims: Ints, closable: NDArray[np.bool_]) -> Ints:
    """Return the aims, one a camera, some turned to where fewer exits that could be closed stay open."""
    held, left = aims, int((closable & open_exits(escape, aims)).sum())
    seeing = np.flatnonzero(np.diff(escape.seen_by.tocsc().indptr))
    cameras, many = np.unique(escape.camera_id[seeing], return_counts=True)
    turned = seeing[np.isin(escape.camera_id[seeing], cameras[many > 1])]
    for aim in turned[:_TRIED]:
        if not left:
            break
        other = np.append(held[escape.camera_id[held] != escape.camera_id[aim]], aim)
        opened = int((closable & open_exits(escape, other)).sum())
        if opened < left:
            held, left = np.sort(other), opened
    return held


def without_spare(escape: Escape, aims: Ints, must: NDArray[np.bool_]) -> Ints:
    """Take aims away one by one, the first first, while no exit opens that must stay closed; return what is left."""
    sees = escape.seen_by.tocsc()
    held = np.zeros(sees.shape[1])
    held[aims] = 1.0
    watched: list[int] = (escape.seen_by @ held).astype(int).tolist()
    leads: list[int] = escape.room_to.tolist()
    starts: list[int] = escape.room_from.tolist()
    out: list[list[int]] = [[] for _ in range(escape.rooms)]
    for passage, room in enumerate(starts):
        out[room].append(passage)
    shut = set(escape.exit_room[must].tolist())
    open_to = {escape.source}
    _flood(open_to, [escape.source], (out, leads, watched), shut=set())
    kept = []
    for aim in aims.tolist():
        own: list[int] = sees.indices[sees.indptr[aim] : sees.indptr[aim + 1]].tolist()
        for passage in own:
            watched[passage] -= 1
        fresh = [leads[p] for p in own if not watched[p] and starts[p] in open_to and leads[p] not in open_to]
        found = set(fresh)
        if found & shut or not _flood(found, fresh, (out, leads, watched), shut=shut, known=open_to):
            kept.append(aim)
            for passage in own:
                watched[passage] += 1
        else:
            open_to |= found
    return np.array(sorted(kept), dtype=np.int64)


def _flood(
    found: set[int],
    front: list[int],
    passages: tuple[list[list[int]], list[int], list[int]],
    *,
    shut: set[int],
    known: Sequence[int] | set[int] = (),
) -> bool:
    """Add to `found` what unwatched passages lead to from the front; False as soon as a shut room is met."""
    out, leads, watched = passages
    front = list(front)
    while front:
        for passage in out[front.pop()]:
            room = leads[passage]
            if not watched[passage] and room not in found and room not in known:
                if room in shut:
                    return False
                found.add(room)
                front.append(room)
    return True


def _fewest_passages(escape: Escape, live: Ints, targets: Ints) -> Ints:
    """Return the fewest passages that part the source from the target rooms: a minimum cut, near the source."""
    if not len(targets):
        return np.empty(0, dtype=np.int64)
    watched = _watched(escape, live)
    sink = escape.rooms
    room_from = np.concatenate([escape.room_from, targets])
    room_to = np.concatenate([escape.room_to, np.full(len(targets), sink)])
    width = np.concatenate([np.where(watched > 0, 1, _ENDLESS), np.full(len(targets), _ENDLESS)])
    holds = sp.csr_array((width.astype(np.int32), (room_from, room_to)), shape=(sink + 1,) * 2)
    flow = maximum_flow(holds, escape.source, sink).flow
    left = sp.csr_array(holds - flow)
    left.eliminate_zeros()
    near = np.zeros(sink + 1, dtype=bool)
    near[breadth_first_order(left, escape.source, return_predecessors=False)] = True
    return np.flatnonzero(near[escape.room_from] & ~near[escape.room_to])


def _cover(escape: Escape, live: Ints, cut: Ints) -> tuple[Ints, bool]:
    """Return aims, one a camera, that see the passages of a cut, the one that sees the most first; and if any is missed."""
    sees = escape.seen_by[cut][:, live].toarray() > 0.0
    picks: list[int] = []
    missed = np.ones(len(cut), dtype=bool)
    free = np.ones(len(live), dtype=bool)
    while missed.any():
        gain = (sees & missed[:, None]).sum(axis=0) * free
        if not gain.any():
            break
        best = int(np.argmax(gain))
        picks.append(int(live[best]))
        missed &= ~sees[:, best]
        free &= escape.camera_id[live] != escape.camera_id[live[best]]
    return np.array(sorted(picks), dtype=np.int64), bool(missed.any())


def _one_aim_each(escape: Escape, live: Ints, picks: Ints) -> Ints:
    """Return one aim of each camera: the picked one, else the one that sees what the fewest others see."""
    watched = np.maximum(_watched(escape, live), 1.0)
    worth = np.asarray((1.0 / watched) @ escape.seen_by)[live] + np.isin(live, picks) * float(len(watched))
    order = np.lexsort((live, -worth, escape.camera_id[live]))
    first = np.unique(escape.camera_id[live][order], return_index=True)[1]
    return np.sort(live[order][first])


def _watched(escape: Escape, aims: Ints) -> NDArray[np.float64]:
    """Return how many of the aims see each passage."""
    held = np.zeros(len(escape.camera_id))
    held[aims] = 1.0
    return np.asarray(escape.seen_by @ held)
