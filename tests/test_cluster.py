"""The private cluster: it comes up, comes back, and is nobody else's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import psycopg2.extensions
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from etl import binaries, cluster, places, processes
from etl.errors import ClusterUnavailable, SettingWrong

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def state() -> Iterator[Path]:
    """Give a state folder with a space in it, which the server's user may enter; stop what runs there."""
    try:
        binaries.find()
    except ClusterUnavailable as error:
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="golmok state "))
    folder.chmod(0o755)
    yield folder
    with suppress(ClusterUnavailable):
        cluster.remove(folder)
    shutil.rmtree(folder)


def _ask(server: cluster.Server, query: str) -> object:
    connection = psycopg2.connect(server.uri("postgres"))
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.close()


def _pid(state: Path) -> int:
    pid = cluster.status(state).pid
    assert pid is not None
    return pid


def _kill_and_wait(pid: int, folder: Path) -> None:
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while processes.running(folder) is not None:
        assert time.monotonic() < deadline, "the server outlived SIGKILL"
        time.sleep(0.01)


def test_comes_up_with_postgis_and_the_second_call_finds_it(state: Path) -> None:
    server = cluster.ensure_running(state, durable=False)
    _ask(server, "create extension postgis")
    # A point one degree east of another on the equator: 111,319.49 m on WGS 84 (a * pi / 180, a = 6378137).
    metres = _ask(server, "select st_distance('point(0 0)'::geography, 'point(1 0)'::geography)")
    assert metres == pytest.approx(111319.4908, abs=1e-4)
    first = _pid(state)
    assert cluster.ensure_running(state) == server
    assert _pid(state) == first


def test_never_listens_on_tcp_and_only_its_owner_enters_the_socket_folder(state: Path) -> None:
    server = cluster.ensure_running(state, durable=False)
    assert _ask(server, "show listen_addresses") == ""
    assert server.socket_dir is not None
    folder = Path(server.socket_dir)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    inodes = {link.split("[")[1][:-1] for link in _links(_pid(state)) if link.startswith("socket:[")}
    tcp = Path("/proc/net/tcp").read_text().splitlines() + Path("/proc/net/tcp6").read_text().splitlines()
    assert inodes.isdisjoint(line.split()[9] for line in tcp if "local_address" not in line)


def _links(pid: int) -> list[str]:
    return [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]


def test_as_root_the_server_is_not_root(state: Path) -> None:
    cluster.ensure_running(state, durable=False)
    owner = Path(f"/proc/{_pid(state)}").stat().st_uid
    assert owner != 0
    assert owner == (cluster.status(state).folder.stat().st_uid)


def test_comes_back_after_kill_9_with_what_was_committed(state: Path) -> None:
    server = cluster.ensure_running(state)
    _ask(server, "create table kept as select 42 as answer")
    first = _pid(state)
    _kill_and_wait(first, cluster.status(state).folder)
    assert not cluster.status(state).running
    again = cluster.ensure_running(state)
    assert _pid(state) != first
    assert _ask(again, "select answer from kept") == 42


def test_a_killed_servers_busy_child_does_not_keep_the_next_one_out(state: Path) -> None:
    server = cluster.ensure_running(state, durable=False)
    folder = cluster.status(state).folder
    busy = psycopg2.connect(server.uri("postgres"))

    def work() -> None:
        with suppress(psycopg2.OperationalError):
            busy.cursor().execute("select count(*) from generate_series(1, 2000000000)")

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    _kill_and_wait(_pid(state), folder)
    again = cluster.ensure_running(state, durable=False)
    thread.join(timeout=20)
    assert not thread.is_alive()
    busy.close()
    assert _ask(again, "select 1") == 1


def test_a_pid_file_that_names_a_living_stranger_is_stale(state: Path) -> None:
    cluster.ensure_running(state, durable=False)
    seen = cluster.status(state)
    cluster.stop(state)
    # After a reboot the number may belong to anyone: here to this very test.
    lines = [str(os.getpid()), str(seen.folder), "1", "5432", str(seen.socket_dir), "", " 1 1", "ready"]
    (seen.folder / "postmaster.pid").write_text("\n".join(lines) + "\n")
    assert not cluster.status(state).running
    server = cluster.ensure_running(state, durable=False)
    assert _ask(server, "select 1") == 1


def test_a_lost_socket_brings_a_new_start(state: Path) -> None:
    server = cluster.ensure_running(state, durable=False)
    first = _pid(state)
    assert server.socket_dir is not None
    shutil.rmtree(server.socket_dir)  # as a cleaner of temporary folders would
    assert _ask(cluster.ensure_running(state, durable=False), "select 1") == 1
    assert _pid(state) != first


def test_a_long_path_has_its_socket_in_a_private_temporary_folder(state: Path) -> None:
    deep = state / ("골목" * 12) / ("a" * 60)
    deep.mkdir(parents=True)
    try:
        server = cluster.ensure_running(deep, durable=False)
        assert server.socket_dir is not None
        folder = Path(server.socket_dir)
        assert folder.parent == Path(tempfile.gettempdir())
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= places.LONGEST_SOCKET
        assert _ask(server, "select 1") == 1
    finally:
        cluster.remove(deep)
    assert not folder.exists()


def test_a_socket_folder_that_someone_else_put_there_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "elsewhere"
    trap.mkdir()
    link = tmp_path / "run"
    link.symlink_to(trap)
    with pytest.raises(ClusterUnavailable, match="is not a folder of the user"):
        places.make_private(link, os.geteuid())


def test_replaced_programs_bring_a_new_start(state: Path) -> None:
    cluster.ensure_running(state, durable=False)
    first, seen = _pid(state), cluster.status(state)
    (seen.folder / "golmok.server").write_text("an older PostGIS", encoding="utf-8")
    cluster.ensure_running(state, durable=False)
    assert _pid(state) != first


def test_a_half_made_cluster_is_made_anew(state: Path) -> None:
    left = state / "cluster.new"
    left.mkdir()
    (left / "PG_VERSION").write_text("15\n")  # initdb was killed here
    assert _ask(cluster.ensure_running(state, durable=False), "select 1") == 1
    assert not left.exists()


def test_data_of_a_version_that_is_gone_names_the_ways(state: Path) -> None:
    folder = state / "cluster"
    places.make_private(folder, os.geteuid())
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(ClusterUnavailable, match=r"made by PostgreSQL 9.*GOLMOK_DATABASE_URL"):
        cluster.ensure_running(state)


def test_two_starts_at_once_make_one_server(state: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from etl import cluster; state = Path(sys.argv[1]); "
        "cluster.ensure_running(state, durable=False); print(cluster.status(state).pid)"
    )
    command = [sys.executable, "-c", program, str(state)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    pids = {process.communicate(timeout=120)[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0, 0]
    assert pids == {str(_pid(state))}


def test_nothing_made_is_nothing_running(tmp_path: Path) -> None:
    found = cluster.status(tmp_path / "none")
    assert (found.made, found.running, found.pid) == (False, False, None)
    assert cluster.stop(tmp_path / "none") is False
    assert not (tmp_path / "none").exists()


def test_stop_ends_it_once(state: Path) -> None:
    cluster.ensure_running(state, durable=False)
    assert cluster.stop(state) is True
    assert cluster.stop(state) is False
    assert cluster.status(state).made


def test_a_given_database_leaves_the_private_one_alone(tmp_path: Path) -> None:
    server = cluster.ensure_running(
        tmp_path, database_url="postgresql+psycopg2://u:p@db.example:5433/city?sslmode=require"
    )
    assert list(tmp_path.iterdir()) == []
    assert server.uri("golmok_sample") == "postgresql://u:p@db.example:5433/golmok_sample?sslmode=require"
    assert server.url("golmok_sample").startswith("postgresql+psycopg2://u:p@db.example:5433/golmok_sample")
    assert (server.database, server.socket_dir) == ("city", None)
    with pytest.raises(SettingWrong, match="postgresql://"):
        cluster.given_server("mysql://somewhere")


def test_another_users_cluster_is_not_ours(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (state / "cluster").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(ClusterUnavailable, match=r"belongs to the user .*GOLMOK_STATE"):
        places.locate(state)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as someone else")
@pytest.mark.parametrize("throw_away", [True, False])
def test_a_checkout_closed_to_the_servers_user_keeps_its_data_elsewhere(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], throw_away: bool
) -> None:
    closed, lasting, passing = state / "home", state / "lib", state / "tmp"
    closed.mkdir(mode=0o700)
    for folder in (lasting, passing):
        folder.mkdir()
    monkeypatch.setattr(places, "ELSEWHERE", lasting)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(state if throw_away else passing))
    server = cluster.ensure_running(closed, durable=False)
    assert _ask(server, "select 1") == 1
    folder = cluster.status(closed).folder
    assert folder.is_relative_to(lasting) != throw_away
    assert str(folder) in capsys.readouterr().err
    cluster.remove(closed)
    assert not folder.parent.exists()
    assert cluster.status(closed).made is False
    assert [path.name for path in closed.iterdir()] == ["cluster.lock"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40))
def test_any_name_of_a_database_comes_through_both_addresses(name: str) -> None:
    server = cluster.Server("postgresql://golmok@/?host=%2Ftmp%2Fa%20b&port=5432")
    parsed = psycopg2.extensions.parse_dsn(server.uri(name))
    assert (parsed["dbname"], parsed["host"], parsed["user"]) == (name, "/tmp/a b", "golmok")
    url = make_url(server.url(name))
    assert (url.database, url.query["host"], url.drivername) == (name, "/tmp/a b", "postgresql+psycopg2")


def test_the_newest_postgis_is_found_and_an_absent_version_is_not() -> None:
    found = binaries.find()
    assert found.major >= binaries.OLDEST_MAJOR
    assert found.postgis.name == "postgis.control"
    assert binaries.find(found.major).major == found.major
    with pytest.raises(ClusterUnavailable):
        binaries.find(14)


def test_a_socket_without_a_listener_is_cleared_and_a_used_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "s"
    lock = tmp_path / "s.lock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        lock.touch()
        processes.remove_stale_socket(path)
        assert path.exists()
    processes.remove_stale_socket(path)
    assert not path.exists()
    assert not lock.exists()
