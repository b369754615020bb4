"""A district's database in one file, and back: the answers of `golmok backup` and `golmok restore`."""

from __future__ import annotations

import getpass
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from app.services import WrongUse, exports
from app.services.exports import Taking
from etl import backup_file, db, dumps, migrate, settings
from etl.backup_file import Archive, ArchiveNewer, ArchiveRefused, Manifest
from etl.cluster import Server
from etl.db import Database
from etl.errors import PlatformError
from etl.store import databases, fingerprint
from etl.store.databases import Held

Progress = Callable[[str, int, int], None]
Answer = dict[str, Any]

# What stood in a place before a restore: the district's database, and the moment (UTC).
_KEPT = "_was"
_ENDING = ".golmok"


class RestoreFailed(PlatformError):
    """What was read out of a backup is not what was written into it: the present state stays."""


def backup(
    district: str | None, out: Path, *, by: str | None = None, purpose: str | None = None, progress: Progress
) -> Answer:
    """Write all that a district's database holds at one moment into one file, readable by its owner alone.

    out      the file, or a folder that it goes to under a name of its own
    by       who takes it and what for; else the user of this machine, and "backup". Both stand in the access log
    Returns  file, bytes, hash, rows, made_at (on the district's clocks), ...; JSON-ready
    Raises   FileExistsError, DumpFailed; whatever is raised, no file stays
    """
    opened = db.open_database(district, role="owner")
    try:
        made_at = datetime.now(UTC)
        path = (
            out / f"golmok-{opened.district.name}-{made_at:%Y%m%d-%H%M%S}{_ENDING}" if out.is_dir() else out
        )
        with databases.held(opened, told=lambda done, total: progress("Hash", done, total)) as state:
            programs = dumps.find(state.major)
            manifest = _manifest(opened, state, made_at, pg_dump=programs.major)
            taking = Taking("internal", by or getpass.getuser(), purpose or "backup")
            size = backup_file.write(
                path,
                _dumped(opened, state, programs, progress),
                manifest,
                before=lambda: _traced(opened, taking, path, manifest),
            )
    finally:
        opened.close()
    return {**_told(manifest, opened.district), "file": str(path), "bytes": size}


def restore(district: str | None, file: Path, *, progress: Progress) -> Answer:
    """Put a backup in the place of a district's database; what stood there is kept under another name.

    It is read into a database beside the present one, and compared with what the backup says of itself; only then the
    two change places, in one transaction. Whatever is raised, the present state stays and nothing lies beside it.
    Returns  file, hash, rows, made_at, kept (name of the database that stood there, None: none), compared ('hash', or
             'rows' of a backup by another version of this software, whose hash is of other columns), upgraded
    Raises   ArchiveRefused and its kinds, StillAtWork, DumpFailed, RestoreFailed
    """
    wanted, server = settings.district(district), db.the_server()
    found = backup_file.read(file)
    _require_fit(found.manifest, wanted)
    backup_file.check(found, told=lambda done, total: progress("Check", done, total))
    with databases.alone(server, wanted.database):
        databases.require_idle(server, wanted.database)
        fresh, kept = f"{wanted.database}_restoring", _kept_name(wanted.database)
        databases.drop(server, fresh)  # left by a restore that was killed
        try:
            how = _read_beside(server, found, wanted, fresh=fresh, progress=progress)
            stood = databases.put_in_place(server, fresh, place=wanted.database, kept=kept)
        except BaseException:
            databases.drop(server, fresh)
            raise
    return {**_told(found.manifest, wanted), "file": str(file), "kept": kept if stood else None, **how}


def kept(district: str | None, *, drop: str | None = None) -> Answer:
    """Return the databases that restores put aside (name, bytes), after dropping the one named.

    Raises WrongUse when `drop` is none of them
    """
    wanted, server = settings.district(district), db.the_server()
    begins = wanted.database + _KEPT
    if drop is not None:
        if drop not in {name for name, _ in databases.named_like(server, begins)}:
            raise WrongUse(f"no restore put aside a database called {drop[:63]}")
        databases.drop(server, drop)
    left = [{"name": name, "bytes": size} for name, size in databases.named_like(server, begins)]
    return {"district": wanted.name, "dropped": drop, "kept": left}


def _manifest(opened: Database, state: Held, made_at: datetime, *, pg_dump: int) -> Manifest:
    return Manifest(
        form=backup_file.FORM,
        district=opened.district.name,
        srid=opened.district.srid,
        invented=opened.district.invented,
        made_at=made_at.isoformat(timespec="seconds"),
        golmok=_software(),
        schema=state.schema,
        fingerprint=migrate.fingerprint(opened.district.srid),
        postgresql=state.major,
        pg_dump=pg_dump,
        postgis=state.postgis,
        hash_by=fingerprint.definition(),
        hash=state.hash.hash,
        hashes={each.table: each.hash for each in state.hash.tables},
        rows=state.rows,
    )


def _dumped(opened: Database, state: Held, programs: dumps.Programs, progress: Progress) -> Iterator[bytes]:
    total = len(state.rows)
    yield from dumps.dump(
        programs,
        opened.uri,
        snapshot=state.snapshot,
        told=lambda n: progress("Backup", min(n, total - 1), total),
    )
    progress("Backup", total, total)


def _traced(opened: Database, taking: Taking, path: Path, manifest: Manifest) -> None:
    # a copy of all that there is: it leaves the trace that any internal export leaves
    detail = {"file": path.name, "hash": manifest.hash}
    exports.note(opened, "backup", taking, rows=sum(manifest.rows.values()), detail=detail)


def _require_fit(manifest: Manifest, wanted: settings.District) -> None:
    if manifest.district != wanted.name or manifest.srid != wanted.srid:
        raise ArchiveRefused(
            f"it is of district {manifest.district} (EPSG:{manifest.srid}), not of {wanted.name} (EPSG:{wanted.srid})"
        )
    if manifest.schema not in migrate.revisions():
        raise ArchiveNewer(f"its schema is {manifest.schema}, this software knows {migrate.revisions()[-1]}")


def _read_beside(
    server: Server, found: Archive, wanted: settings.District, *, fresh: str, progress: Progress
) -> Answer:
    """Read a backup into a new database and compare it; say how, and whether its schema was brought up to date."""
    manifest = found.manifest
    programs = dumps.find(manifest.pg_dump)
    db.make_empty(server, fresh)
    dumps.restore(programs, server.uri(fresh), _fed(found, progress))
    opened = db.connect(wanted, server, role="owner", database=fresh)
    try:
        _require_rows(databases.rows_of(opened), manifest.rows)
        older = manifest.fingerprint != migrate.fingerprint(wanted.srid)
        same_hash = not older and manifest.hash_by == fingerprint.definition()
        if older:
            db.initialise(wanted, server, database=fresh)
        databases.analyze(opened)
        if same_hash:
            _require_same(opened, manifest, progress)
    finally:
        opened.close()
    return {"compared": "hash" if same_hash else "rows", "upgraded": older}


def _require_rows(now: Mapping[str, int], then: Mapping[str, int]) -> None:
    differing = {name for name in now.keys() | then.keys() if now.get(name) != then.get(name)}
    if differing:
        raise RestoreFailed(f"the number of rows differs in {', '.join(sorted(differing))}")


def _require_same(opened: Database, manifest: Manifest, progress: Progress) -> None:
    with databases.held(opened, told=lambda done, total: progress("Hash", done, total)) as state:
        now = {each.table: each.hash for each in state.hash.tables}
    if state.hash.hash != manifest.hash:
        differing = sorted(name for name in now if now[name] != manifest.hashes.get(name))
        raise RestoreFailed(f"the hash of the state differs in {', '.join(differing)}")


def _fed(found: Archive, progress: Progress) -> Iterator[bytes]:
    done = 0
    for piece in found.pieces():
        yield piece
        done += len(piece)
        progress("Restore", done, found.size)


def _kept_name(database: str) -> str:
    return f"{database}{_KEPT}{datetime.now(UTC):%y%m%d%H%M%S}"


def _told(manifest: Manifest, district: settings.District) -> Answer:
    return {
        "district": manifest.district,
        "invented": manifest.invented,
        "made_at": datetime.fromisoformat(manifest.made_at).astimezone(district.zone).isoformat(),
        "hash": manifest.hash,
        "rows": sum(manifest.rows.values()),
        "schema": manifest.schema,
        "postgresql": manifest.postgresql,
        "postgis": manifest.postgis,
    }


def _software() -> str:
    try:
        return version("golmok")
    except PackageNotFoundError:  # a checkout that was never installed tells it itself
        project = Path(backup_file.__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
