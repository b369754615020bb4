"""The file of a backup: a dump of one database, and a manifest that says what it is and vouches for each byte.

It is a plain tar of two members, `database.dump` (as `pg_restore` reads it) and `manifest.json`: who has no Golmok at
hand opens it with tar. It is written under a name of its own and renamed when whole, and only its owner may read it.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import tarfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO

from etl.dumps import DumpFailed
from etl.errors import PlatformError

DUMP, MANIFEST, FORM = "database.dump", "manifest.json", 1
_BLOCK = 512
_PIECE = 1 << 20


class ArchiveRefused(PlatformError):
    """A file is no backup that can be taken here."""


class ArchiveBroken(ArchiveRefused):
    """A backup is cut short, or was changed since it was written."""


class ArchiveNewer(ArchiveRefused):
    """A backup was written by software newer than this."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    form          of the file itself
    made_at       ISO 8601, UTC
    schema        the last migration; `fingerprint` tells migrations and definitions
    postgresql    major version of the server, `pg_dump` that of the program
    hash          of the state (etl.store.fingerprint); `hashes`: the same of each table of core; `hash_by`: of what
                  the hash is taken, for another version of the software takes it of other columns
    rows          rows of every table, schema.table
    """

    form: int
    district: str
    srid: int
    invented: bool
    made_at: str
    golmok: str
    schema: str
    fingerprint: str
    postgresql: int
    pg_dump: int
    postgis: str
    hash_by: str
    hash: str
    hashes: dict[str, str]
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup whose manifest was read; its dump is checked by `check`."""

    path: Path
    manifest: Manifest
    offset: int
    size: int
    sha256: str

    def pieces(self) -> Iterator[bytes]:
        """Give the dump piece by piece. Raises ArchiveBroken when the file ends before it."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            left = self.size
            while left:
                piece = file.read(min(_PIECE, left))
                if not piece:
                    raise ArchiveBroken(f"{self.path.name} is cut short")
                left -= len(piece)
                yield piece


def write(path: Path, dump: Iterable[bytes], manifest: Manifest, *, before: Callable[[], None]) -> int:
    """Write a backup and return its size in bytes; `before` is called when it is whole, just before it gets its name.

    Raises FileExistsError when there is one of that name, DumpFailed when the disk is full. Whatever is raised, no file stays.
    """
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    half = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(half, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            size, digest = _append(file, dump)
            _end(file, _sealed(manifest, size, digest))
            file.flush()
            os.fsync(file.fileno())
        before()
        half.rename(path)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise DumpFailed(f"the disk that holds {path.parent} is full") from error
    finally:
        half.unlink(missing_ok=True)
    return path.stat().st_size


def read(path: Path) -> Archive:
    """Return a backup with its manifest. Raises FileNotFoundError, ArchiveRefused and its kinds."""
    try:
        with tarfile.open(path, "r:") as tar:
            dump, told = tar.getmember(DUMP), tar.extractfile(MANIFEST)
            sealed = json.load(told) if told is not None else {}
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        with path.open("rb") as file:
            begun = file.read(len(DUMP)) == DUMP.encode()
        if begun:
            raise ArchiveBroken(f"{path.name} is cut short: its manifest is missing") from error
        raise ArchiveRefused(f"{path.name} is no backup of Golmok") from error
    if not isinstance(sealed, dict):
        raise ArchiveRefused(f"{path.name} is no backup of Golmok")
    if int(sealed.get("form", 0)) > FORM:
        raise ArchiveNewer(f"{path.name} is of form {sealed['form']}, this software reads form {FORM}")
    if sealed.get("seal") != _seal(sealed):
        raise ArchiveBroken(f"the manifest of {path.name} was changed")
    if sealed["dump_bytes"] != dump.size:
        raise ArchiveBroken(f"{path.name} is cut short")
    manifest = Manifest(**{each.name: sealed[each.name] for each in fields(Manifest)})
    return Archive(path, manifest, dump.offset_data, dump.size, sealed["dump_sha256"])


def check(archive: Archive, *, told: Callable[[int, int], None]) -> None:
    """Read the whole dump against its checksum; `told` hears bytes (done, all). Raises ArchiveBroken."""
    digest, done = hashlib.sha256(), 0
    for piece in archive.pieces():
        digest.update(piece)
        done += len(piece)
        told(done, archive.size)
    if digest.hexdigest() != archive.sha256:
        raise ArchiveBroken(f"{archive.path.name} was changed since it was written: its checksum is another")


def _append(file: IO[bytes], dump: Iterable[bytes]) -> tuple[int, str]:
    """Write the dump as the first member: its head last, when the size is known."""
    file.write(bytes(_BLOCK))
    size, digest = 0, hashlib.sha256()
    for piece in dump:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    file.write(bytes(-size % _BLOCK))
    file.seek(0)
    file.write(_head(DUMP, size))
    file.seek(0, io.SEEK_END)
    return size, digest.hexdigest()


def _end(file: IO[bytes], sealed: Mapping[str, object]) -> None:
    text = json.dumps(sealed, ensure_ascii=False, indent=1).encode()
    file.write(_head(MANIFEST, len(text)) + text + bytes(-len(text) % _BLOCK + 2 * _BLOCK))


def _head(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(time.time())
    return member.tobuf(tarfile.GNU_FORMAT)  # which has room for more than 8 GiB


def _sealed(manifest: Manifest, size: int, digest: str) -> dict[str, object]:
    told: dict[str, object] = {**asdict(manifest), "dump_bytes": size, "dump_sha256": digest}
    return {**told, "seal": _seal(told)}


def _seal(told: Mapping[str, object]) -> str:
    plain = {name: value for name, value in told.items() if name != "seal"}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
