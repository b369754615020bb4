"""Packed files, bounded: what is inside, and how much of it there may be."""

from __future__ import annotations

import errno
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from etl.encodings import Opener
from etl.faults import full
from etl.reasons import InputRefused
from etl.scratch import scratch

ZIP_MARK = b"PK\x03\x04"
# A sheet of a million rows is smaller; tables pack to a tenth, seldom to a fiftieth.
_UNPACKED_BYTES = 3 << 30
_RATIO = 200
_RATIO_FROM_BYTES = 10 << 20
_ENTRIES = 10_000
_PACKED_ARCHIVE_BYTES = 100 << 20
_LOCKED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What systems put beside a file when they pack it.
_ASIDE = ("__MACOSX/", ".DS_Store", "Thumbs.db")


@contextmanager
def unpacking(file: Path | BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a zip archive that is bounded in size. Raises InputRefused BAD_ARCHIVE, also of what is read inside."""
    try:
        with zipfile.ZipFile(file) as archive:
            _check_bounds(archive)
            yield archive
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        UnicodeDecodeError,
        zlib.error,
        OSError,
    ) as error:
        # a directory that points before the file's beginning is an OSError; our own full disk is one too
        if isinstance(error, OSError) and error.errno != errno.EINVAL:
            raise
        raise InputRefused("BAD_ARCHIVE", str(error)[:200]) from error


def names_in(file: Path | BinaryIO) -> list[str]:
    """Return the names of the files in an archive, without what systems put beside them."""
    with unpacking(file) as archive:
        return [entry.filename for entry in archive.infolist()
                if not entry.is_dir() and not any(mark in entry.filename for mark in _ASIDE)]  # fmt: skip


def unpacked_bytes(file: Path) -> int:
    """Return how large the files in an archive are together; of any other file its own size."""
    with file.open("rb") as stream:
        if stream.read(len(ZIP_MARK)) != ZIP_MARK:
            return file.stat().st_size
    with unpacking(file) as archive:
        return sum(entry.file_size for entry in archive.infolist())


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """Give the folder of a folder or of a zip archive, unpacked for the while. Raises InputRefused BAD_ARCHIVE."""
    if file.is_dir():
        yield file
        return
    if not file.is_file():
        raise InputRefused("NO_FILE", file.name)
    if not zipfile.is_zipfile(file):
        raise InputRefused("BAD_ARCHIVE", "neither a folder nor a zip archive")
    with scratch() as folder:
        with unpacking(file) as archive:
            try:
                # extractall cuts drive letters, leading slashes and '..' from the names
                archive.extractall(folder)
            except (ValueError, OSError) as error:
                if isinstance(error, OSError) and full(error):
                    raise  # our disk, not the file: else a name that is no text, or none a disk takes
                raise InputRefused("BAD_ARCHIVE", str(error)[:200]) from error
        yield folder


def only_file(file: Path) -> Opener:
    """Return what opens the one file in an archive. Raises InputRefused BAD_ARCHIVE for none or several."""
    names = names_in(file)
    if len(names) != 1:
        raise InputRefused("BAD_ARCHIVE", f"{len(names)} files in it; one is wanted")

    @contextmanager
    def opener() -> Iterator[IO[bytes]]:
        with unpacking(file) as archive, archive.open(names[0]) as stream:
            yield stream

    with opener() as stream:
        packed = stream.read(len(ZIP_MARK)) == ZIP_MARK
    if not packed:
        return opener
    with unpacking(file) as archive:
        if archive.getinfo(names[0]).file_size > _PACKED_ARCHIVE_BYTES:
            raise InputRefused("BAD_ARCHIVE", "an archive in an archive, too large to unpack")
        content = archive.read(names[0])
    return lambda: io.BytesIO(content)


def _check_bounds(archive: zipfile.ZipFile) -> None:
    # What an entry says of its size is held: no more than that is ever read of it.
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    dense = [
        entry
        for entry in entries
        if entry.file_size > _RATIO_FROM_BYTES and entry.file_size > _RATIO * max(entry.compress_size, 1)
    ]
    if len(entries) > _ENTRIES or total > _UNPACKED_BYTES or dense:
        raise InputRefused(
            "BAD_ARCHIVE", f"it would unpack to {total / 1e6:,.0f} MB in {len(entries):,} files"
        )
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise InputRefused("LOCKED_FILE")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise InputRefused("BAD_ARCHIVE", "it is packed in a way that is not known")
