"""A place for a server that is there for a measurement alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.services import aims, demo, fields, sample
from etl import cluster
from etl.cluster import Server
from etl.db import Database, connect, initialise
from etl.settings import district
from etl.store.days import today

Progress = Callable[[str, int, int], None]


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


def invented(state: Path, *, progress: Progress) -> tuple[Server, Database]:
    """Make the sample in a server of a state folder, with views and beliefs; return the server and the database as loader."""
    settings = district(demo.DISTRICT)
    server = cluster.ensure_running(state, durable=False)
    initialise(settings, server)
    loader = connect(settings, server, role="loader")
    sample.write_files(state / "files", progress=progress)
    demo.load_files(loader, state / "files", progress=progress)
    fields.refresh(loader, at=today(loader), progress=progress)
    aims.refresh(loader, progress=progress)
    return server, loader
