"""A place for a server that is there for a measurement alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl import cluster


@contextmanager
def bench_place() -> Iterator[Path]:
    """Give a folder for the state of a server; the server, if there is one by then, and the folder are gone after it."""
    state = Path(tempfile.mkdtemp(prefix="golmok-bench-"))
    try:
        # The server runs as another user when we are root, and must be able to pass.
        state.chmod(0o755)
        yield state
    finally:
        cluster.remove(state)
        shutil.rmtree(state, ignore_errors=True)
