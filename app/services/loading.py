"""Load a file, or a folder of files, into a district: the answer of `golmok load`."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from app.services import WrongUse
from etl.db import Database, open_database
from etl.folders import in_order, is_one_input
from etl.jobs import JOBS
from etl.load import find_job, load
from etl.parts import Job
from etl.reading import sha256
from etl.reasons import InputRefused
from etl.results import LoadResult
from etl.scrub import scrub
from etl.store.batches import done_with

Progress = Callable[[str, int, int], None]


def load_file(
    district: str | None,
    source: str,
    file: Path,
    *,
    layer: str | None = None,
    dry_run: bool = False,
    assume_crs: int | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Load a file and return what became of each row; a file that is refused whole has status 'refused'.

    A folder of files is loaded file by file (`load_folder`), but for a source of which a folder is one input.
    Fields of view that the file makes stale are computed at once, unless it was a dry run.
    Raises UnknownSource, WrongUse for a layer's name or a code of coordinates that is none, and whatever stops a
    load as a whole; nothing is kept then.
    """
    _check_layer_name(layer)
    _check_crs(assume_crs)
    job = find_job(source, layer=layer)
    db = open_database(district, role="loader")
    given = Given(source, layer, dry_run, assume_crs)
    if file.is_dir() and not is_one_input(source, file):
        result = load_folder(db, job, file, given=given, progress=progress)
        loaded = bool(result["loaded"])
    else:
        result = _one(db, file, given, progress=progress).as_json()
        loaded = result["status"] != "refused"
    if loaded and not dry_run and source in TOUCH_FIELDS:
        from app.services import fields

        fields.refresh(db, progress=progress)
    return result


@dataclass(frozen=True, slots=True)
class Given:
    """What is asked for every file of a folder alike."""

    source: str
    layer: str | None = None
    dry_run: bool = False
    assume_crs: int | None = None


def load_folder(db: Database, job: Job, folder: Path, *, given: Given, progress: Progress) -> dict[str, Any]:
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
        answers.append(_one(db, file, given, progress=told).as_json())
    counts = Counter(answer["status"] for answer in answers)
    refused = counts["refused"] == len(answers)
    return {
        "source": given.source, "folder": scrub(folder.name), "order": ordered.by, "dry_run": given.dry_run,
        "status": "refused" if refused else "done", "district": db.district.name, "invented": db.district.invented,
        "loaded": len(answers) - counts["refused"] - counts["passed_over"], "refused": counts["refused"],
        "passed_over": counts["passed_over"], "files": answers, "totals": _totals(answers),
        "seconds": round(time.perf_counter() - started, 3),
    }  # fmt: skip


# What moves a camera or a wall.
TOUCH_FIELDS = ("cameras", "survey", "juso", "city")


def load_into(
    db: Database,
    source: str,
    file: Path,
    *,
    layer: str | None = None,
    dry_run: bool = False,
    assume_crs: int | None = None,
    progress: Progress,
) -> LoadResult:
    """Load one file into an open database (role loader) without computing anything from it."""
    label = f"Load {source}" if layer is None else f"Load {layer}"
    return load(
        db,
        source,
        file,
        layer=layer,
        dry_run=dry_run,
        assume_crs=assume_crs,
        progress=lambda done, total: progress(label, done, total),
    )


_COUNTS = ("rows_in", "inserted", "updated", "unchanged", "quarantined", "duplicates", "outside", "retired")


def _one(db: Database, file: Path, given: Given, *, progress: Progress) -> LoadResult:
    """Return what became of one file, also when it was refused whole."""
    try:
        return load_into(
            db, given.source, file, layer=given.layer, dry_run=given.dry_run, assume_crs=given.assume_crs,
            progress=progress,
        )  # fmt: skip
    except InputRefused as error:
        if not isinstance(error.result, LoadResult):
            raise
        return error.result


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


def _check_layer_name(layer: str | None) -> None:
    # The name is part of addresses and of tables of figures; titles for people are columns of their own.
    if layer and not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", layer):
        raise WrongUse(
            f"a layer's name is of small letters a-z, digits and _, such as child_zones; not {layer[:40]!r}"
        )


def _check_crs(code: int | None) -> None:
    if code is None:
        return
    try:
        plane_or_globe = CRS.from_epsg(code)
    except CRSError:
        raise WrongUse(f"there are no coordinates of the code EPSG:{code}") from None
    if not (plane_or_globe.is_projected or plane_or_globe.is_geographic):
        raise WrongUse(f"EPSG:{code} ({plane_or_globe.name}) does not say where a place is")


def known_sources() -> list[dict[str, str]]:
    """Return every source that `golmok load` takes, with the forms it knows: the first line of its module."""
    return [{"source": job.source, "takes": _first_line(sys.modules[job.read.__module__])} for job in JOBS]


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().partition("\n")[0]
