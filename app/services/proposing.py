"""What a file may be, and the command that loads it: the answer of `golmok load FILE`. It keeps nothing."""

from __future__ import annotations

import datetime as dt
import logging
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from etl import coordinates
from etl.db import Database, open_database
from etl.errors import PlatformError
from etl.folders import files_in, is_one_input
from etl.propose import Candidate, Proposal, propose
from etl.reasons import InputRefused
from etl.rows import Door
from etl.scrub import scrub
from etl.settings import District, district, settings
from etl.store import frames

log = logging.getLogger(__name__)

Row = dict[str, Any]
Progress = Callable[[str, int, int], None]

_NAMES = 40


def propose_file(name: str | None, file: Path, *, progress: Progress | None = None) -> Row:
    """Return what a file may be, by its content, compared with a district when its database answers.

    name     of the district
    Returns  file, bytes, kind, seconds, district, status (proposed | unknown | refused); `candidates`, the likeliest
             first: source, form, matched, columns, header, rows, inside, sampled, taken, score, layer, command; of a file
             that nothing fits `names` and `nearest` {source, missing}; of a refused one `reason` and `detail`; of a
             folder of several files `files`, and `looked_at`, the one that was looked into
    Raises   UnknownDistrict
    """
    home = district(name)
    told = progress or (lambda _label, _done, _total: None)
    told("Propose", 0, 2)
    outline = _outline(name)
    told("Propose", 1, 2)
    answer = propose_beside(home, file, outline=outline)
    told("Propose", 2, 2)
    return answer


def propose_beside(
    home: District,
    file: Path,
    *,
    outline: shapely.MultiPolygon | shapely.Polygon | None,
    name: str | None = None,
) -> Row:
    """Return the same with the district's outline given, in its metric CRS; None: not compared.

    name   what the file is called by its owner, who will load it
    """
    started = time.perf_counter()
    size = file.stat().st_size if file.is_file() else None
    head: Row = {"file": scrub(name or file.name) or "unnamed", "bytes": size}
    door = Door(srid=home.srid, zone=home.timezone, today=dt.datetime.now(home.zone).date(), outline=outline)
    try:
        found = propose(file, door)
        if file.is_dir() and not _is_one(found, file) and (inside := files_in(file)):
            head |= {"files": len(inside), "looked_at": scrub(inside[0].name)}
            found = propose(inside[0], door)
    except InputRefused as error:
        told: Row = {"status": "refused", "reason": error.reason, "detail": error.detail, "candidates": []}
        return head | told | {"seconds": round(time.perf_counter() - started, 3)}
    compared = any(each.inside is not None for each in found.candidates)
    return head | _found(found, _words_after(name or str(file), home)) | {
        "district": home.name,
        "district_ko": home.name_ko,
        "district_en": home.name_en,
        "invented": home.invented and compared,
        "seconds": round(time.perf_counter() - started, 3),
    }  # fmt: skip


def _is_one(found: Proposal, folder: Path) -> bool:
    """Say whether a folder is loaded as one input by the source that it is proposed for."""
    return bool(found.candidates) and is_one_input(found.candidates[0].source, folder)


def outline_of(db: Database) -> shapely.MultiPolygon | shapely.Polygon | None:
    """Return a district's outline in its metric CRS: its boundary, else the extent of its settings, else None."""
    known = frames.boundaries(db, "district")
    if not known.empty:
        whole = shapely.make_valid(known.geometry.union_all())
        return whole if isinstance(whole, shapely.Polygon | shapely.MultiPolygon) else None
    if db.district.extent is None:
        return None
    frame = shapely.segmentize(shapely.box(*db.district.extent), 0.01)
    (moved,) = coordinates.to_srid(
        np.array([frame], dtype=object), source=coordinates.WGS84, srid=db.district.srid
    )
    return shapely.Polygon(moved)


def _outline(name: str | None) -> shapely.MultiPolygon | shapely.Polygon | None:
    try:
        db = open_database(name)
    except PlatformError as error:
        log.debug("no district to compare with", exc_info=error)
        return None
    try:
        return outline_of(db)
    finally:
        db.close()


def _words_after(file: str, home: District) -> str:
    """Return what stands behind the source in the command: the file, and the district unless it is the one that is meant."""
    named = "" if home.name == settings().district else f" --district {home.name}"
    return f"{shlex.quote(file)}{named}"


def _found(found: Proposal, after: str) -> Row:
    nearest = (
        None if found.nearest is None else {"source": found.nearest[0], "missing": list(found.nearest[1])}
    )
    return {
        "status": "proposed" if found.candidates else "unknown",
        "kind": found.kind,
        "candidates": [_candidate(each, after) for each in found.candidates],
        "names": [] if found.candidates else list(found.names[:_NAMES]),
        "nearest": nearest,
    }


def _candidate(found: Candidate, after: str) -> Row:
    # a layer's name is the person's to choose
    named = "layer NAME" if found.source == "layer" else found.source
    return {
        "source": found.source,
        "form": found.form,
        "matched": len(found.matched),
        "columns": found.columns,
        "header": found.matched,
        "rows": found.rows,
        "inside": found.inside,
        "sampled": found.sampled,
        "taken": found.taken,
        "score": round(found.score, 2),
        "layer": found.layer,
        "command": f"golmok load {named} {after}",
    }
