"""Load a folder of files of one source: file by file, in order, each a batch of its own."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from etl.db import Database
from etl.folders import in_order
from etl.mapping import Mapping as FieldMapping
from etl.parts import Job
from etl.reading import sha256
from etl.reasons import InputRefused
from etl.results import LoadResult
from etl.scrub import scrub
from etl.store.batches import done_with

Progress = Callable[[str, int, int], None]

_COUNTS = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")


@dataclass(frozen=True, slots=True)
class Given:
    """What is asked for every file of a folder alike."""

    source: str
    layer: str | None = None
    dry_run: bool = False
    assume_crs: int | None = None
    mapping: FieldMapping | None = None
    part: bool = False
    accept_loss: bool = False
    trust_clock: bool = False


class LoadOne(Protocol):
    """Loads one file and returns what became of it, also when it was refused whole."""

    def __call__(self, db: Database, file: Path, given: Given, /, *, progress: Progress) -> LoadResult:
        """Load it."""


def load_folder(
    db: Database, job: Job, folder: Path, *, given: Given, load_one: LoadOne, progress: Progress
) -> dict[str, Any]:
    """Load the files of a folder in order, each as a batch of its own, and return what became of each.

    A file of which the same content is loaded already is passed over, so that a run that was cut goes on where it
    stopped. A refused file does not stop the rest. A dry run tells of each file beside what is loaded now, not beside
    the files before it. Raises what stops a load as a whole: the files before it stay loaded.

    Returns   source, folder, order, dry_run, status (done | refused: every file was), files (an answer a file, with
              `status` done, refused or passed_over), totals of their counts, loaded, refused, passed_over, seconds
    """
    started = time.perf_counter()
    answers: list[dict[str, Any]] = []
    name = given.source if given.layer is None else f"layer {given.layer}"
    try:
        ordered = in_order(job, folder)
    except InputRefused as error:
        return _empty_folder(db, folder, given, error)
    for place, file in enumerate(ordered.files, 1):
        batch = done_with(db, name, sha256(file), assumed_crs=given.assume_crs)
        if batch is not None:
            answers.append(_passed_over(file, batch))
            continue
        told = partial(_named, progress, f"{scrub(file.name)} ({place}/{len(ordered.files)})")
        answers.append(load_one(db, file, given, progress=told).as_json())
    counts = Counter(answer["status"] for answer in answers)
    refused = counts["refused"] == len(answers)
    return {
        "source": given.source, "folder": scrub(folder.name), "order": ordered.by, "dry_run": given.dry_run,
        "status": "refused" if refused else "done", "district": db.district.name, "invented": db.district.invented,
        "loaded": len(answers) - counts["refused"] - counts["passed_over"], "refused": counts["refused"],
        "passed_over": counts["passed_over"], "files": answers, "totals": _totals(answers),
        "seconds": round(time.perf_counter() - started, 3),
    }  # fmt: skip


def _named(progress: Progress, name: str, label: str, done: int, total: int) -> None:
    progress(f"{label}: {name}", done, total)


def _passed_over(file: Path, batch: int) -> dict[str, Any]:
    return {"file": scrub(file.name), "status": "passed_over", "batch_id": batch, **dict.fromkeys(_COUNTS, 0)}


def _totals(answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the counts of all files together, and what was refused and repaired by code."""
    totals: dict[str, Any] = {name: sum(answer[name] for answer in answers) for name in _COUNTS}
    for name in ("reasons", "repaired"):
        by_code: Counter[str] = Counter()
        for answer in answers:
            # a file refused whole bears its code beside no row of it
            by_code.update(answer.get(name, {}) if answer["status"] != "refused" else {})
        totals[name] = dict(by_code.most_common())
    return totals


def _empty_folder(db: Database, folder: Path, given: Given, error: InputRefused) -> dict[str, Any]:
    return {
        "source": given.source, "folder": scrub(folder.name), "order": "name", "dry_run": given.dry_run,
        "status": "refused", "district": db.district.name, "invented": db.district.invented, "loaded": 0, "refused": 0,
        "passed_over": 0, "files": [], "totals": _totals([]), "detail": error.detail, "seconds": 0.0,
    }  # fmt: skip
