"""A city many times the size of a district, for measuring: copies of all that stands in it, side by side.

Only for a database that is thrown away: the copies are true of no place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from etl.db import Database
from etl.store.queries import run

# A parent before what refers to it.
PARTS = (
    "swell_names", "swell_sites", "swell_cameras", "swell_states", "swell_beliefs", "swell_fields", "swell_buildings", "swell_alleys",
)  # fmt: skip
POLES = PARTS[:3]


def swell(
    db: Database,
    copies: int,
    *,
    step_m: float,
    parts: Sequence[str] = PARTS,
    first: int = 1,
    wide: int | None = None,
) -> None:
    """Lay so many copies of cameras, views, beliefs, buildings and streets round those that are there.

    db       opened as owner, of a database to be thrown away
    step_m   from one copy to the next, more than the district is wide or high
    wide     so many copies stand in a row; None: as many as rows
    first    the number of the first copy that is laid, where those before it stand already
    parts    of `PARTS`, in their order: what is copied; POLES for cameras without what they see
    Keys and numbers of the n-th copy are told by n. Fields of view of copies count as out of date, for their inputs are named after
    the place they were computed at.
    """
    row = wide or math.ceil(math.sqrt(copies + 1))
    placed = {"copies": copies, "step_m": step_m, "wide": row, "first": first}
    with db.engine.begin() as connection:
        for part in parts:
            run(connection, part, placed)
        run(connection, "swell_analyze")
