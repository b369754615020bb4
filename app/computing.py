"""Computing in the background: a page may be left, reloaded or asked by others while a job goes on, one at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app import words
from etl.db import Database, open_database
from etl.settings import settings

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]

# The step of a job that computes day after day: each of them can be looked at as soon as it is done.
DAYS = "Days"


class Work(Protocol):
    """What can be computed: a use case that writes with the loader's database and tells how far it is."""

    def __call__(self, db: Database, *, progress: Progress) -> object:
        """Compute, and keep what comes out."""


@dataclass(slots=True)
class Job:
    """A computation by its name, and how far it is. Written by its own thread alone; pages read it.

    error  what ended it, None while all is well
    """

    name: str
    step: str = ""
    done: int = 0
    total: int = 1
    ended: bool = False
    error: Exception | None = None

    @property
    def share(self) -> float:
        """Return how much of the present step is done, 0..1."""
        return min(1.0, self.done / self.total) if self.total > 0 else 0.0

    @property
    def days(self) -> int:
        """Return how many days of several are done; 0 where the job is no such one."""
        return self.done if self.step == DAYS else 0

    def tell(self, step: str, done: int, total: int) -> None:
        """Take notice of how far the work is."""
        self.step, self.done, self.total = step, done, total

    def why(self, lang: str) -> str:
        """Return the sentence for what ended it; blank while all is well."""
        if self.error is None:
            return ""
        return words.sentence(self.error, lang, given=settings().database_url is not None)[0]


_lock = threading.Lock()
_jobs: dict[str, Job] = {}


def job(name: str) -> Job | None:
    """Return the job of a name: the one that goes on, else the last that failed; None when there is nothing to tell."""
    with _lock:
        return _jobs.get(name)


def busy() -> bool:
    """Tell whether any job goes on."""
    with _lock:
        return any(not each.ended for each in _jobs.values())


def begin(name: str, work: Work) -> bool:
    """Begin a job in a thread of its own; False when one goes on already, of whatever name."""
    with _lock:
        if any(not each.ended for each in _jobs.values()):
            return False
        begun = _jobs[name] = Job(name)
    threading.Thread(target=_run, args=(begun, work), name=f"golmok {name}", daemon=True).start()
    return True


def _run(begun: Job, work: Work) -> None:
    try:
        db = open_database(role="loader")
        try:
            work(db, progress=begun.tell)
        finally:
            db.close()
    except (
        Exception
    ) as error:  # the thread's last door: the page says it in a sentence, the trace goes to the log
        log.error("a computation failed", exc_info=error)
        begun.error = error
    finally:
        with _lock:
            begun.ended = True
            if begun.error is None:
                # What is done stands in the database; only a failure is worth keeping here.
                _jobs.pop(begun.name, None)
