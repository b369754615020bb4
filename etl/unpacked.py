"""Zip archives, unpacked for a while and never into more than a disk holds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.faults import full
from etl.reasons import InputRefused
from etl.scratch import scratch

_LIMIT_BYTES = 4 << 30
_RATIO = 200
_SMALL_BYTES = 1 << 20
# RuntimeError: locked with a password; ValueError: a name that is no text
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


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
        try:
            with zipfile.ZipFile(file) as archive:
                size = sum(member.file_size for member in archive.infolist())
                if size > min(_LIMIT_BYTES, _RATIO * file.stat().st_size + _SMALL_BYTES):
                    raise InputRefused("BAD_ARCHIVE", f"{size} bytes unpacked")
                # extractall cuts drive letters, leading slashes and '..' from the names
                archive.extractall(folder)
        except _BROKEN as error:
            if isinstance(error, OSError) and full(error):
                raise  # our disk, not the file
            raise InputRefused("BAD_ARCHIVE", str(error)) from error
        yield folder
