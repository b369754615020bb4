"""The invented district with all its files loaded, once a run: to load them takes most of a minute."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.services import demo
from etl.cluster import Server
from etl.results import LoadResult
from tests.database import TestCity, copies, databases, do, locked, shared_folder
from tests.sample_files import written


@dataclass(frozen=True, slots=True)
class Loaded:
    """The district, loaded and nothing computed yet.

    database  the name of the one that copies are made of
    files     the folder of what was loaded
    loads     what became of each file
    """

    database: str
    files: Path
    loads: list[LoadResult]


@pytest.fixture(scope="session")
def loaded_sample(
    test_server: Server, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """Load the district's files, or find that another worker did: on our own server, with which it goes.

    On a server that was given each worker loads and drops its own: who is done first must not drop what others copy.
    """
    if os.environ.get("GOLMOK_TEST_DATABASE_URL"):
        own = _load(test_server, template, written(tmp_path_factory))
        yield own
        do(test_server, f"drop database if exists {own.database} with (force)")
        return
    shared = shared_folder(tmp_path_factory)
    kept = shared / "loaded.pickle"
    with locked(shared, "loaded"):
        found = pickle.loads(kept.read_bytes()) if kept.exists() else None
        if found is None or found.database not in databases(test_server):
            found = _load(test_server, template, written(tmp_path_factory))
            kept.write_bytes(pickle.dumps(found))
    yield found


@pytest.fixture(scope="module")
def loaded_city(
    test_server: Server, loaded_sample: Loaded, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestCity]:
    """The module's own copy of the loaded district."""
    with copies(test_server, loaded_sample.database) as make:
        # Two copies of one database are not made at once.
        with locked(shared_folder(tmp_path_factory), "loaded"):
            copy = make()
        yield copy


def _load(server: Server, template: str, files: Path) -> Loaded:
    make: Callable[[], TestCity]
    with copies(server, template, keep=True) as make:
        city = make()
    db = city.open("loader")
    loads = demo.load_files(db, files, progress=lambda *_: None)
    db.close()
    return Loaded(city.name, files, loads)
