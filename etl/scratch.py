"""Folders for what is unpacked on the way: gone with the command, and after a `kill -9` with the next one."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "golmok-unpacked-"
_HELD = ".held"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder of one's own for the while; remove those that killed commands of this user left."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        inside = folder / "files"
        inside.mkdir()
        held = os.open(folder / _HELD, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            # the lock ends with the process, however it ends: so the next one knows that nobody needs the folder
            fcntl.flock(held, fcntl.LOCK_EX)
            yield inside
        finally:
            os.close(held)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> int:
    """Remove folders of `scratch` that no living process holds; return how many."""
    left = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _left_behind(folder):
            shutil.rmtree(folder, ignore_errors=True)
            left += 1
    return left


def _left_behind(folder: Path) -> bool:
    try:
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            return False
        held = os.open(folder / _HELD, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False  # just being made, or just removed by its owner
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(held)
