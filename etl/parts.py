"""What a job is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.across import Once
from etl.rows import Reading, Step


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a reading: its steps in order, then the shape of its target, then the target.

    steps    row by row, the first of them tidies the text
    target   'core.lamp' and the like: merged by `key` and the hash of the row; or the name of a merge of its own
    shape    the target's columns of the good rows; may give several objects a row (index row_no repeated)
    once     what may stand in a file once only; None: nothing is compared
    """

    table: str
    steps: tuple[Step, ...]
    target: str
    shape: Callable[[pd.DataFrame], pd.DataFrame]
    key: str = ""
    once: Once | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A source, how it is read, and what becomes of its tables.

    alone   name of the lock: jobs that write the same tables share one, and wait for each other
    lists   tables of which a file is taken for the whole list of what there is, unless it or a person says otherwise
    """

    source: str
    read: Callable[[Path], Reading]
    parts: tuple[Part, ...]
    alone: str
    lists: tuple[str, ...] = ()
