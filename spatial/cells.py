"""What chances and draws come to, cell by cell of 500 m, so that where nothing changed nothing is drawn again.

A cell is known by the digest of all that bears on it: its places with their weights, the cameras that may see them, what
is believed of these, and how they were drawn. Sums are always added cell by cell in one order, so figures are the same to
the last digit, whether a cell was kept or taken anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from spatial.beliefs import Headings
from spatial.sightings import Pairs, Sightings

Floats = NDArray[np.float64]
Digests = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The places of one cell that cameras of uncertain sight may see.

    point    (n,) positions among all places, ascending
    pairs    of these places, `point` counting from 0
    surely   (n,) how many cameras see each for certain
    members  (groups, n) weights
    """

    point: NDArray[np.int64]
    pairs: Pairs
    surely: NDArray[np.int64]
    members: sp.csc_array


def added(
    found: Sightings,
    members: sp.csr_array,
    take: Callable[[Part], Floats],
    *,
    like: Floats,
    cameras: Digests,
    about: bytes,
) -> Floats:
    """Return `like` plus what `take` gives for each cell, kept ones from the sightings' store, fresh ones put into it.

    take     sums of one part, of the shape of `like`, from nothing but the part, the cameras' digests and `about`
    cameras  (c,) digests of all that `take` reads of each camera, in the order of the sightings' cameras
    about    what else it reads
    """
    total = like.copy()
    for part in parts(found, members):
        if found.kept is None:
            total += take(part)
            continue
        total += found.kept.of(_digest(part, cameras, about), partial(take, part))
    return total


def parts(found: Sightings, members: sp.csr_array) -> Iterator[Part]:
    """Yield the cells that hold possible pairs, in the order of their numbers; all places are one where none is told."""
    pairs = found.possible
    if not len(pairs):
        return
    cell = np.zeros(found.points, dtype=np.int64) if found.cell is None else found.cell
    order = np.argsort(cell[pairs.point], kind="stable")
    sorted_cells = cell[pairs.point][order]
    columns = sp.csc_array(members)
    surely = np.bincount(found.certain.point, minlength=found.points)
    for chosen in np.split(order, np.flatnonzero(np.diff(sorted_cells)) + 1):
        mine = pairs.take(chosen)
        point, local = np.unique(mine.point, return_inverse=True)
        yield Part(point, mine.at(local.ravel().astype(np.int64)), surely[point], columns[:, point])


def _digest(part: Part, cameras: Digests, about: bytes) -> str:
    pairs, members = part.pairs, part.members
    shape = np.zeros(len(pairs), dtype=np.uint64) if pairs.shape is None else pairs.shape
    found = blake2b(about, digest_size=16)
    for array in (
        pairs.point, cameras[pairs.camera], shape, pairs.distance_m, pairs.bearing_deg, pairs.from_deg, pairs.to_deg,
        part.surely, members.data, members.indices.astype(np.int64), members.indptr.astype(np.int64),
    ):  # fmt: skip
        found.update(np.ascontiguousarray(array).tobytes())
        found.update(b"|")
    return found.hexdigest()


def believed(found: Sightings) -> Digests:
    """Return the digests (c,) of what is believed of each camera."""
    beliefs = found.beliefs
    return _rows(beliefs.heading_deg, beliefs.sums, beliefs.tilt_p, beliefs.offset, beliefs.pole)


def drawn(headings: Headings) -> Digests:
    """Return the digests (c,) of what was drawn for each camera."""
    given = (headings.ticks,) if headings.variant is None else (headings.ticks, headings.variant)
    return _rows(*given)


def _rows(*columns: NDArray[np.generic]) -> Digests:
    """Return a digest of each row of columns side by side."""
    count = len(columns[0])
    tables = [np.ascontiguousarray(column).reshape(count, -1) for column in columns] if count else []
    digests = [
        blake2b(b"|".join(table[row].tobytes() for table in tables), digest_size=8).digest()
        for row in range(count)
    ]
    return np.frombuffer(b"".join(digests), dtype=np.uint64)
