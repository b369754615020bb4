"""A city that loads are broken in: twins of one prepared database, its state as a hash, and loads in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import pwd
import random
import resource
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from app import words
from etl import binaries, cluster, places
from etl.cluster import Server, given_server
from etl.db import Database, connect, initialise
from etl.errors import ClusterUnavailable
from etl.load import load
from etl.settings import district
from tests.database import TestCity
from tests.test_load import EAST, MIDDLE, WEST, dong, registry, row

# What a killed attempt burns (numbers of rows) or what the clock says: all else has to agree.
_NOT_STATE = (
    "started_at",
    "finished_at",
    "seconds",
    "created_at",
    "changed_at",
    "recorded_at",
    "repaired_at",
    "kept_on",
)
# What operators wrote is no state of a load, and a loader does not read it.
_OWN_TABLES = (
    "meta.access_log", "meta.version", "meta.emergency_ground", "meta.camera_opening", "meta.sighting", "meta.sighting_undone",
)  # fmt: skip
_NAMES = {
    "camera_id": "(select n.camera_key from core.camera n where n.camera_id = t.camera_id)",
    "site_id": "(select n.site_key from core.site n where n.site_id = t.site_id)",
    "agency_id": "(select n.name_ko from core.agency n where n.agency_id = t.agency_id)",
    "layer_id": "(select n.name from core.layer n where n.layer_id = t.layer_id)",
    "batch_id": "(select n.source || coalesce(n.file_sha256, '') from meta.batch n where n.batch_id = t.batch_id)",
    "state_id": "(select c.camera_key || s.valid_during::text from core.camera_state s join core.camera c"
    " using (camera_id) where s.state_id = t.state_id)",
}
_COLUMNS = """select n.nspname || '.' || c.relname, array_agg(a.attname::text order by a.attnum)
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              where n.nspname in ('core', 'raw', 'meta') and c.relkind in ('r', 'p') group by 1 order by 1"""
_ROWS = """select count(*), md5(string_agg(line, '' order by line))
           from (select md5(((to_jsonb(t) - array[{dropped}]::text[]) || jsonb_build_object({named}))::text) as line
                 from {table} t) lines"""

State = dict[str, tuple[int, str | None]]
# Of its way: all rows are merged, nothing is stored yet.
MERGED = 0.95


def state(db: Database) -> State:
    """Return what every table holds: rows, and a hash of them by natural keys, without numbers and times."""
    found: State = {}
    with db.engine.connect() as connection:
        for table, columns in connection.execute(text(_COLUMNS)).all():
            if table in _OWN_TABLES:
                continue
            dropped = [name for name in columns if name.endswith("_id") or name in _NOT_STATE]
            own = f"{table.split('.')[1]}_id"
            named = [name for name in dropped if name in _NAMES and name != own]
            sql = _ROWS.format(
                table=table,
                dropped=", ".join(f"'{name}'" for name in dropped),
                named=", ".join(f"'{name}', {_NAMES[name]}" for name in named),
            )
            count, digest = connection.exec_driver_sql(sql.replace("%", "%%")).one()
            found[table] = (count, digest)
    return found


def sentences(error: Exception) -> set[str]:
    """Return what a person is told of an error, in each language."""
    return {words.sentence(error, lang)[0] for lang in words.LANGUAGES}


def wait_for_silence(db: Database, seconds: float = 30.0) -> None:
    """Wait until no session of a load is left: that of a killed process ends when the server has noticed."""
    until = time.monotonic() + seconds
    query = text("select count(*) from pg_stat_activity where datname = current_database()"
                 " and application_name like 'golmok load%'")  # fmt: skip
    with db.engine.connect() as connection:
        while connection.execute(query).scalar():
            connection.rollback()
            assert time.monotonic() < until, "the session of a dead load outlives it"
            time.sleep(0.02)


@dataclass(frozen=True)
class Twins:
    """Makes copies of a prepared database; the first registry of `files` is loaded in it, the second is to come."""

    server: Server
    prepared: str
    second: Path
    made: list[str]

    def make(self) -> TestCity:
        """Return a city of its own in the state before the second registry."""
        name = f"golmok_t_{uuid.uuid4().hex[:12]}"
        _do(self.server, f"create database {name} template {self.prepared} strategy file_copy")
        self.made.append(name)
        return TestCity(district("sample"), self.server, name)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Path]:
    """A cluster of one's own, which may be stopped, killed and starved: its state folder."""
    try:
        binaries.find()
    except ClusterUnavailable as error:
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="golmok-faults-"))
    folder.chmod(0o755)
    initialise(district("sample"), cluster.ensure_running(folder / "state", durable=False))
    yield folder / "state"
    cluster.remove(folder / "state")
    shutil.rmtree(folder)


def limit_files(state: Path, size: int) -> None:
    """Let no file of a cluster grow past a size in bytes, -1 for any: what its new sessions meet is a full disk."""
    where = places.locate(state)
    pid = cluster.status(state).pid
    assert where is not None and pid is not None
    # Only a process of the server's own user may do that, and only a fork becomes one without an interpreter it can run.
    worker = multiprocessing.get_context("fork").Process(target=_limit, args=(where.owner, pid, size))
    worker.start()
    worker.join()
    assert worker.exitcode == 0


def _limit(owner: int, pid: int, size: int) -> None:
    if os.geteuid() != owner:
        os.setgroups([])
        os.setgid(pwd.getpwuid(owner).pw_gid)
        os.setuid(owner)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, -1))


@pytest.fixture(scope="module")
def twins(make_city: Callable[[], TestCity], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twins]:
    """Prepare a city: two dong and a registry; another registry that changes, ends and adds cameras is to come."""
    folder = tmp_path_factory.mktemp("faults")
    city, draw = make_city(), random.Random(5)
    db = city.open("loader")
    load(db, "boundaries", dong(folder, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    load(db, "cameras", registry(folder, *(_row(number, draw) for number in range(200)), name="first.csv"))
    db.close()
    rows = [_row(number, draw, day="2014-06-30") for number in range(5, 900)]
    twins = Twins(city.server, city.name, registry(folder, *rows, name="second.csv"), [])
    yield twins
    for name in twins.made:
        _do(twins.server, f"drop database if exists {name} with (force)")


@pytest.fixture
def twin(twins: Twins) -> TestCity:
    """A city in the state before the second registry."""
    return twins.make()


@pytest.fixture
def twin_db(twin: TestCity) -> Iterator[Database]:
    """The same, opened by a job."""
    database = twin.open("loader")
    yield database
    database.close()


@pytest.fixture(scope="module")
def after_second(twins: Twins) -> State:
    """The state once the second registry is loaded."""
    database = twins.make().open("loader")
    load(database, "cameras", twins.second)
    found = state(database)
    database.close()
    return found


def _row(number: int, draw: random.Random, *, day: str = "2013-12-31") -> str:
    return row(
        f"{number}",
        purpose=draw.choice(["생활방범", "교통단속", "다목적", "드론"]),
        count=draw.choice(["1", "2", "4", "0"]),
        lat=f"{draw.uniform(37.576, 37.584):.6f}",
        lon=f"{draw.uniform(126.931, 126.949):.6f}",
        change=draw.choice(["", "", "", "D"]),
        day=day,
    )


def _do(server: Server, sql: str) -> None:
    engine = create_engine(server.url(server.database), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(sql)
    finally:
        engine.dispose()


@dataclass
class Child:
    """A load in a process of its own: `begin` lets it go, `said` is what it told last."""

    process: ForkServerProcess
    pipe: Pipe

    def begin(self) -> None:
        """Wait until it is ready, then let it go."""
        assert self.pipe.recv() == "ready"
        self.pipe.send("go")

    def midway(self) -> None:
        """Let it go as far as it was told to stop."""
        self.begin()
        assert self.pipe.recv() == "stopped"

    def go_on(self) -> None:
        """Let it go on from there."""
        self.pipe.send("go")

    def said(self) -> Any:
        """Return its result as JSON or the name of its error; None when it died without a word."""
        try:
            return self.pipe.recv()
        except EOFError:
            return None
        finally:
            self.process.join(30)

    def kill(self) -> None:
        """Kill -9."""
        assert self.process.pid is not None
        with suppress(ProcessLookupError):  # it may have ended by itself a moment ago
            os.kill(self.process.pid, 9)
        self.process.join(30)


def child(city: TestCity, source: str, file: Path, **options: Any) -> Child:
    """Start a process that loads a file once it is told to begin; at the step `dies_at` it kills itself, at the share `stops_at` of its way it waits."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["etl.load", "tests.fault_city"])
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_load_when_told, args=(theirs, city.server.address, city.name, source, file, options)
    )
    with nobodys_script():
        process.start()
    theirs.close()
    return Child(process, ours)


@contextmanager
def nobodys_script() -> Iterator[None]:
    """Hide the script of this process: a page tried before leaves its own there, and a child would run it."""
    main = sys.modules["__main__"]
    there = main.__dict__.pop("__file__", None)
    try:
        yield
    finally:
        if there is not None:
            main.__file__ = there


def _load_when_told(
    pipe: Pipe, address: str, database: str, source: str, file: Path, options: dict[str, Any]
) -> None:
    dies_at, stops_at = options.pop("dies_at", None), options.pop("stops_at", None)
    db = connect(district("sample"), given_server(address), role="loader", database=database)
    pipe.send("ready")
    pipe.recv()

    def step(done: int, total: int) -> None:
        if done == dies_at:
            os.kill(os.getpid(), 9)
        if stops_at is not None and done == round(stops_at * total):
            pipe.send("stopped")
            pipe.recv()

    try:
        pipe.send(load(db, source, file, progress=step, **options).as_json())
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
    db.close()
