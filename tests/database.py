"""Databases for tests: one cluster a session shared by all workers, one migrated template, a copy a test module."""

from __future__ import annotations

import fcntl
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine

from etl import cluster, db, migrate
from etl.cluster import Server
from etl.db import Database, Role
from etl.settings import District, district
from tests.memory_folder import remove, state_folder

TEMPLATE = "golmok_template"


@dataclass(frozen=True)
class TestCity:
    """A database of its own, migrated and empty, on the settings of its district."""

    __test__ = False

    district: District
    server: Server
    name: str

    def open(self, role: Role = "staff") -> Database:
        """Open it under a role; the caller closes it."""
        return db.connect(self.district, self.server, role=role, database=self.name)


@pytest.fixture(scope="session")
def test_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A throw-away cluster; the last worker to leave stops it. GOLMOK_TEST_DATABASE_URL names another one."""
    given = os.environ.get("GOLMOK_TEST_DATABASE_URL")
    if given:
        yield cluster.given_server(given)
        return
    shared = shared_folder(tmp_path_factory)
    users, told = shared / "users", shared / "state.location"
    with locked(shared):
        if not told.exists():
            told.write_text(str(state_folder(shared, _run_number())))
        state = Path(told.read_text())
        server = cluster.ensure_running(state, durable=False)
        users.write_text(str(int(users.read_text() or 0) + 1 if users.exists() else 1))
    yield server
    with locked(shared):
        left = int(users.read_text()) - 1
        users.write_text(str(left))
        if left == 0:
            remove(state)
            told.unlink()


@pytest.fixture(scope="session")
def template(test_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a migrated, empty database; made once a version of the schema."""
    sample = district("sample")
    name = f"{TEMPLATE}_{migrate.fingerprint(sample.srid)[:12]}"
    with locked(shared_folder(tmp_path_factory)):
        if name not in databases(test_server):
            half = f"{name}_half"  # a template that a killed run left half made is never taken
            do(test_server, f"drop database if exists {half} with (force)")
            db.initialise(sample, test_server, database=half)
            do(test_server, f"alter database {half} rename to {name}")
    return name


@pytest.fixture(scope="module")
def make_city(test_server: Server, template: str) -> Iterator[Callable[[], TestCity]]:
    """Make databases at will; all are dropped when their module is done."""
    with copies(test_server, template) as make:
        yield make


@pytest.fixture
def make_district(test_server: Server) -> Iterator[Callable[[str], TestCity]]:
    """Make empty databases of any district, each in its own CRS; all are dropped after the test, on any server."""
    made: list[str] = []

    def make(name: str) -> TestCity:
        chosen, database = district(name), f"golmok_t_{uuid.uuid4().hex[:12]}"
        made.append(database)
        db.initialise(chosen, test_server, database=database)
        return TestCity(chosen, test_server, database)

    yield make
    for database in made:
        do(test_server, f"drop database if exists {database} with (force)")


@pytest.fixture(scope="module")
def city(make_city: Callable[[], TestCity]) -> TestCity:
    """The module's own database, empty at its first test."""
    return make_city()


@pytest.fixture
def place(test_server: Server, template: str) -> Iterator[TestCity]:
    """A database of the one test at hand, empty."""
    with copies(test_server, template) as make:
        yield make()


@pytest.fixture(name="db")
def loader_of_one(place: TestCity) -> Iterator[Database]:
    """The test's own database as who loads files into it."""
    yield from _opened(place, "loader")


@pytest.fixture(scope="module")
def owner(city: TestCity) -> Iterator[Database]:
    """The module's database as its owner, who may do all: to lay out a toy city."""
    yield from _opened(city, "owner")


@pytest.fixture(scope="module")
def loader(city: TestCity) -> Iterator[Database]:
    """The module's database as a job sees it."""
    yield from _opened(city, "loader")


@pytest.fixture(scope="module")
def staff(city: TestCity) -> Iterator[Database]:
    """The module's database as the app sees it."""
    yield from _opened(city, "staff")


@pytest.fixture(scope="module")
def public(city: TestCity) -> Iterator[Database]:
    """The module's database as anyone sees it."""
    yield from _opened(city, "public")


@contextmanager
def copies(server: Server, template: str, *, keep: bool = False) -> Iterator[Callable[[], TestCity]]:
    """Give what copies a database at will; the copies are dropped in the end, unless they are to be kept."""
    made: list[str] = []

    def make() -> TestCity:
        name = f"golmok_t_{uuid.uuid4().hex[:12]}"
        do(server, f"create database {name} template {template} strategy file_copy")
        made.append(name)
        return TestCity(district("sample"), server, name)

    try:
        yield make
    finally:
        for name in () if keep else made:
            do(server, f"drop database if exists {name} with (force)")


def _opened(city: TestCity, role: Role) -> Iterator[Database]:
    database = city.open(role)
    yield database
    database.close()


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The session's folder, which xdist's workers share one level above their own."""
    folder = factory.getbasetemp()
    return folder.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder


def _run_number() -> int:
    """Return the process that the run ends with: xdist's workers have one parent."""
    return os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()


@contextmanager
def locked(folder: Path, name: str = "database") -> Iterator[None]:
    """Let one worker at a time do something."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def databases(server: Server) -> list[str]:
    """Return the names of all databases of a server."""
    with _session(server) as connection:
        return list(connection.exec_driver_sql("select datname from pg_database").scalars())


def do(server: Server, sql: str) -> None:
    """Do something to a server that no transaction may hold."""
    with _session(server) as connection:
        connection.exec_driver_sql(sql)


@contextmanager
def _session(server: Server) -> Iterator[Connection]:
    engine = create_engine(server.url(server.database), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
