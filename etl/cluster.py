"""The private PostGIS cluster in the state folder: made, started and stopped without a word from the user.

It listens on a unix socket alone, in a folder that only its owner may enter, so it needs no password. It comes
back after a `kill -9`, a reboot or a stale pid file, and is started anew when the server's files were replaced.
As root the server runs as an unprivileged user. Standard library only: the set-up uses it before .venv exists.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from etl import binaries, places, processes
from etl.binaries import Binaries
from etl.errors import ClusterUnavailable, SettingWrong
from etl.places import Places

OWNER = "golmok"
PORT = 5432  # only the name of the socket: nothing listens on TCP
START_S = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server we may talk to: the address without a database, as libpq writes it."""

    address: str

    def uri(self, database: str) -> str:
        """Return libpq's URI of one database, as ADBC and psql take it."""
        parts = urlsplit(self.address)
        query = f"?{parts.query}" if parts.query else ""
        # Not urlunsplit: it drops the slashes of a URL without user and host, postgresql:///db?host=/run.
        return f"postgresql://{parts.netloc}/{quote(database, safe='')}{query}"

    def url(self, database: str) -> str:
        """Return SQLAlchemy's URL of one database, with the driver named."""
        return self.uri(database).replace("postgresql://", "postgresql+psycopg2://", 1)

    @property
    def socket_dir(self) -> str | None:
        """Return the folder of the unix socket, None for a server reached over the network."""
        return dict(parse_qsl(urlsplit(self.address).query)).get("host")

    @property
    def database(self) -> str:
        """Return the database to connect to before ours exists: the one a given URL names, else `postgres`."""
        return urlsplit(self.address).path.lstrip("/") or "postgres"


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """What stands in a state folder: whether it was made, runs, since when, and where its files lie."""

    made: bool
    running: bool
    pid: int | None
    major: int | None
    folder: Path
    socket_dir: Path | None
    log: Path

    def as_json(self) -> dict[str, object]:
        """Return the same as JSON can hold it."""
        return {key: str(each) if isinstance(each, Path) else each for key, each in asdict(self).items()}


def given_server(database_url: str) -> Server:
    """Return the server of a URL that the user gave. Raises SettingWrong when it is none of PostgreSQL's."""
    scheme, mark, rest = database_url.partition("://")
    if not mark or scheme.split("+")[0] not in ("postgresql", "postgres"):
        raise SettingWrong("GOLMOK_DATABASE_URL must look like postgresql://user@host:5432/postgres.")
    return Server("postgresql://" + rest)


def ensure_running(state: Path, *, durable: bool = True, database_url: str | None = None) -> Server:
    """Return a server that answers; make and start the private cluster in `state` when it is down.

    durable       False trades safety on a power cut for speed: for throw-away databases of tests
    database_url  a server that the user runs: it is returned untouched and the private one is left alone
    Raises        ClusterUnavailable when the cluster can be neither found, made nor started
    """
    if database_url:
        return given_server(database_url)
    state = state.resolve()
    where = places.locate(state)
    if where is not None and _sound(where):
        return _server(where)
    with _locked(state):
        where = places.locate(state) or places.choose(state)
        if not _sound(where):
            _bring_up(where, durable=durable)
        return _server(where)


def stop(state: Path) -> bool:
    """Stop the private cluster; return whether it ran. Open sessions are cut, their work rolled back."""
    state = state.resolve()
    if not state.exists():
        return False
    with _locked(state):
        where = places.locate(state)
        pid = processes.running(where.folder) if where else None
        if where is None or pid is None:
            return False
        processes.stop_server(pid, where.folder)
        return True


def remove(state: Path) -> None:
    """Stop the private cluster and delete it with all its databases: for throw-away ones of tests."""
    state = state.resolve()
    stop(state)
    where = places.locate(state)
    if where is not None:
        places.forget(state, where)


def status(state: Path) -> ClusterStatus:
    """Return what stands in a state folder, without starting anything."""
    where = places.locate(state.resolve())
    if where is None:
        folder = state.resolve() / "cluster"
        return ClusterStatus(False, False, None, None, folder, None, folder / "server.log")
    facts = processes.pid_file(where.folder)
    pid = processes.running(where.folder)
    running = pid is not None and facts is not None and processes.answers(facts.socket)
    shown = facts.socket.parent if running and facts else None
    return ClusterStatus(True, running, pid, places.major(where.folder), where.folder, shown, where.log)


def _server(where: Places) -> Server:
    facts = processes.pid_file(where.folder)
    folder = facts.socket.parent if facts else where.sockets
    return Server(f"postgresql://{OWNER}@/?{urlencode({'host': str(folder), 'port': PORT}, quote_via=quote)}")


def _sound(where: Places) -> bool:
    """Tell whether the server answers and still is the one whose files lie on the disk."""
    facts = processes.pid_file(where.folder)
    if facts is None or not facts.ready or processes.running(where.folder) is None:
        return False  # a killed server's socket may take connections for some milliseconds more
    if not processes.answers(facts.socket):
        return False
    try:
        found = binaries.find(places.major(where.folder))
    except ClusterUnavailable:
        return True  # its packages are gone, yet it serves
    return where.started_from() == found.identity


def _bring_up(where: Places, *, durable: bool) -> None:
    made = (where.folder / "PG_VERSION").exists()
    found = binaries.find(places.major(where.folder) if made else None)
    if not made:
        _make(where, found, durable=durable)
    pid = processes.running(where.folder)
    if pid is not None:
        processes.stop_server(pid, where.folder)
    processes.clear_leftovers(where.folder)
    places.make_private(where.sockets, where.owner)
    processes.remove_stale_socket(where.sockets / f".s.PGSQL.{PORT}")
    _write_settings(where, durable=durable)
    _start(where, found)
    where.remember(found.identity)


def _make(where: Places, found: Binaries, *, durable: bool) -> None:
    """Run initdb in a folder beside, then rename: a killed set-up leaves no half-made cluster."""
    fresh = where.folder.with_name(where.folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    places.make_private(fresh, where.owner)
    # Code-point order is 가나다 order and the same on every machine; a language's own order is not.
    command: list[str | Path] = [found.folder / "initdb", "-D", fresh, "-U", OWNER, "-A", "trust"]
    command += ["-E", "UTF8", "--locale=C", *([] if durable else ["--no-sync"])]
    answer = _run(command, where, found)
    if answer.returncode:
        raise ClusterUnavailable(f"initdb failed: {answer.stderr.strip() or answer.stdout.strip()}")
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("\ninclude = 'golmok.conf'\n")
    fresh.rename(where.folder)


def _write_settings(where: Places, *, durable: bool) -> None:
    values: dict[str, str] = {
        "listen_addresses": "",
        "port": str(PORT),
        "unix_socket_directories": f'"{where.sockets}"',
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "shared_buffers": "256MB",
        "work_mem": "64MB",
        "maintenance_work_mem": "256MB",
        "effective_cache_size": "1GB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",  # its compiler costs more than our short queries, and unpacked packages lack it
    }
    if not durable:
        values |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        values |= {"wal_level": "minimal", "max_wal_senders": "0"}
    lines = [f"{name} = '{text.replace(chr(39), chr(39) * 2)}'\n" for name, text in values.items()]
    target = where.folder / "golmok.conf"
    target.write_text("# Written before each start.\n" + "".join(lines), encoding="utf-8")
    places.give(target, where.owner)


def _start(where: Places, found: Binaries) -> None:
    """Start the server and wait until it takes connections; it outlives us in a session of its own."""
    where.log.touch(mode=0o600)
    places.give(where.log, where.owner)
    offset = where.log.stat().st_size
    with where.log.open("ab") as log:
        server = subprocess.Popen(
            [found.folder / "postgres", "-D", where.folder],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env=found.environment(),
            cwd="/",
            **places.as_user(where.owner),
        )
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        facts = processes.pid_file(where.folder)
        if facts and facts.ready and facts.pid == server.pid and processes.answers(facts.socket):
            server.returncode = 0  # it goes on without us: no warning that a child still runs
            return
        if server.poll() is not None:
            break
        time.sleep(0.02)
    said = where.log.read_bytes()[offset:].decode(errors="replace").strip().splitlines()
    raise ClusterUnavailable(f"PostgreSQL did not start: {' | '.join(said[-4:])} (log: {where.log})")


def _run(command: list[str | Path], where: Places, found: Binaries) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=found.environment(),
        cwd="/",
        **places.as_user(where.owner),
    )


@contextmanager
def _locked(state: Path) -> Iterator[None]:
    """Let one process at a time make, start or stop the cluster of a state folder."""
    try:
        state.mkdir(parents=True, exist_ok=True)
        handle = os.open(state / "cluster.lock", os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ClusterUnavailable(f"The state folder {state} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
