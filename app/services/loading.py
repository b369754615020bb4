"""Load a file, or a folder of files, into a district: the answer of `golmok load`."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from app.services import WrongUse, follow
from app.services.folders import Given, load_folder
from etl import faults
from etl.db import Database, open_database
from etl.errors import PlatformError
from etl.folders import is_one_input
from etl.jobs import JOBS, named
from etl.load import find_job, load
from etl.load import replay as load_again
from etl.mapping import Mapping, mapping_of, read_mapping
from etl.reasons import InputRefused
from etl.results import LoadResult
from etl.settings import District, settings
from etl.terms import Terms
from spatial.lawful_layers import require_lawful

Progress = Callable[[str, int, int], None]


def load_file(
    district: str | None,
    source: str,
    file: Path,
    *,
    layer: str | None = None,
    dry_run: bool = False,
    assume_crs: int | None = None,
    mapping: str | None = None,
    part: bool = False,
    accept_loss: bool = False,
    trust_clock: bool = False,
    progress: Progress,
) -> dict[str, Any]:
    """Load a file and return what became of each row; a file that is refused whole has status 'refused'.

    A folder of files is loaded file by file (app.services.folders), but for a source of which a folder is one input.
    Fields of view that the file makes stale are computed at once, unless it was a dry run.
    `part`: the file is a part of its list; `accept_loss`: it is the whole list although it lost rows (etl.terms).
    `mapping` is of incidents that no reader knows: a TOML file, or the name of one of the district's own.
    Raises UnknownSource, MappingWrong, WrongUse for a layer's name or a code of coordinates that is none, and whatever
    stops a load as a whole; nothing is kept then.
    """
    source = named(source)
    _check_layer_name(layer)
    _check_crs(assume_crs)
    job = find_job(source, layer=layer)
    if not dry_run and follow.is_lines(source, file):
        return follow.load_lines(district, source, file)
    db = open_database(district, role="loader")
    told = mapping_named(mapping, source, db.district) if mapping else None
    given = Given(source, layer, dry_run, assume_crs, told, part, accept_loss, trust_clock)
    if file.is_dir() and not is_one_input(source, file):
        answer = load_folder(db, job, file, given=given, load_one=load_or_refuse, progress=progress)
    else:
        answer = load_or_refuse(db, file, given, progress=progress).as_json()
    if answer["status"] == "refused" or answer.get("loaded") == 0:
        return answer
    if not dry_run and source in TOUCH_FIELDS and (why := _not_refreshed(db, progress)):
        answer["notes"] = {**answer.get("notes", {}), "fields_stale": why}
    return answer


def load_or_refuse(db: Database, file: Path, given: Given, *, progress: Progress) -> LoadResult:
    """Return what became of one file, also when it was refused whole."""
    try:
        return load_into(
            db,
            given.source,
            file,
            layer=given.layer,
            dry_run=given.dry_run,
            assume_crs=given.assume_crs,
            mapping=given.mapping,
            part=given.part,
            accept_loss=given.accept_loss,
            trust_clock=given.trust_clock,
            progress=progress,
        )
    except InputRefused as error:
        if not isinstance(error.result, LoadResult):
            raise
        return error.result


def _not_refreshed(db: Database, progress: Progress) -> str:
    """Compute what the load made stale; return why it could not be, blank when it was: the load is kept either way."""
    from app.services import fields

    try:
        fields.refresh(db, progress=progress)
    except Exception as error:
        meant = error if isinstance(error, PlatformError) else faults.named(error)
        if meant is None:
            raise
        return f"{type(meant).__name__}: {meant}"
    return ""


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
    mapping: Mapping | None = None,
    part: bool = False,
    accept_loss: bool = False,
    trust_clock: bool = False,
    progress: Progress,
) -> LoadResult:
    """Load one file into an open database (role loader) without computing anything from it.

    It waits for another load of the same tables as long as the settings say, and tells that as a step `Wait`.
    """
    label = f"Load {source}" if layer is None else f"Load {layer}"
    return load(
        db,
        source,
        file,
        layer=layer,
        dry_run=dry_run,
        assume_crs=assume_crs,
        mapping=mapping,
        terms=Terms(
            part=part,
            accept_loss=accept_loss,
            wait_s=settings().load_wait_s,
            waiting=lambda other: progress(f"Wait {other.lock} ({other.says})", 0, 1),
            trust_clock=trust_clock,
        ),
        progress=lambda done, total: progress(label, done, total),
    )


def mapping_named(name: str, source: str, district: District) -> Mapping:
    """Return the mapping of a TOML file, or of that name in the district's own file.

    Raises MappingWrong; WrongUse for a source that takes none, and for a name that is neither.
    """
    if source != "incidents":
        raise WrongUse(f"a mapping tells incidents; {source} files are known by their header")
    if name.lower().endswith(".toml"):
        return read_mapping(Path(name))
    found = district.mappings.get(name)
    if isinstance(found, dict):
        return mapping_of(found)
    known = ", ".join(district.mappings) or "none"
    raise WrongUse(f"{name} is no .toml file, and no mapping of {district.name}; there are: {known}")


def replay(district: str | None, batch_id: int, *, progress: Progress) -> dict[str, Any]:
    """Run a load again from the rows that were kept of it. Raises NotReplayable."""
    db = open_database(district, role="loader")
    result = load_again(
        db, batch_id, progress=lambda done, total: progress(f"Replay {batch_id}", done, total)
    )
    answer = result.as_json()
    if result.source in TOUCH_FIELDS and (why := _not_refreshed(db, progress)):
        answer["notes"] = {**dict(result.notes), "fields_stale": why}
    return answer


def _check_layer_name(layer: str | None) -> None:
    require_lawful([layer or ""])
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
