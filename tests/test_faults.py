"""The database stops, is killed, fills up, is cut off: a load is whole or not at all, says so, and can be repeated."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app import words
from etl import cluster, faults
from etl.db import Database, connect
from etl.errors import ConnectionCut, DatabaseFull, DiskFull, KeepUnknown
from etl.load import load
from etl.settings import district
from etl.store import writes
from tests.cut_wire import cut_wire
from tests.database import TestCity
from tests.fault_city import MERGED, State, Twins, child, limit_files, sentences, state
from tests.terminal import Golmok, enter, runner
from tests.test_load import ask, registry, row


@pytest.fixture
def own(own_server: Path) -> Iterator[TestCity]:
    """The sample district on a cluster of its own, emptied of what an earlier test loaded."""
    server = cluster.ensure_running(own_server, durable=False)
    city = TestCity(district("sample"), server, "golmok_sample")
    database = city.open("owner")
    with database.engine.begin() as connection:
        # What operators wrote of cameras is only added to; nothing was written here, and the guard would refuse all the same.
        for table in ("camera_opening", "sighting", "sighting_undone"):
            connection.execute(text(f"alter table meta.{table} disable trigger user"))
        connection.execute(text("truncate meta.batch, core.agency, core.site restart identity cascade"))
        for table in ("camera_opening", "sighting", "sighting_undone"):
            connection.execute(text(f"alter table meta.{table} enable trigger user"))
    database.close()
    yield city


# The database goes away


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_a_database_that_goes_away_on_the_way_leaves_nothing(
    own: TestCity, own_server: Path, twins: Twins, how: str
) -> None:
    database = own.open("loader")
    before = state(database)
    database.close()
    worker = child(own, "cameras", twins.second, stops_at=MERGED)
    worker.midway()
    pid = cluster.status(own_server).pid
    assert pid is not None
    if how == "stopped":
        cluster.stop(own_server)
    else:
        os.kill(pid, signal.SIGKILL)
    worker.go_on()
    assert str(worker.said()).startswith("ConnectionCut: ")
    cluster.ensure_running(own_server, durable=False)
    database = own.open("loader")
    assert state(database) == before
    assert load(database, "cameras", twins.second).inserted
    database.close()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "golmok: The connection to the database broke on the way. What was not finished is not stored, what was there "
               "before is unchanged; `golmok db up` starts the database, then repeat the same command: "),
        ("ko", "golmok: 작업 도중 데이터베이스와의 연결이 끊겼습니다. 끝내지 못한 작업은 저장되지 않았고 이전 내용은 그대로입니다. `golmok db up`으로 켠 뒤 "
               "같은 명령을 다시 실행하십시오: "),
    ],
)  # fmt: skip
def test_the_command_says_that_nothing_was_kept_and_how_to_go_on(
    own: TestCity, own_server: Path, twins: Twins, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    lang: str, sentence: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("GOLMOK_STATE", str(own_server))
    monkeypatch.setenv("GOLMOK_LANGUAGE", lang)
    golmok = runner(monkeypatch, capfd)
    database = own.open("loader")
    # While another load is at work this one waits, and the server is stopped under both.
    with monkeypatch.context() as patch, writes.writing(database, "cameras"):
        patch.setattr("etl.store.turns._pause", lambda: _stop(own_server))
        told = golmok("load", "cameras", twins.second)
    database.close()
    assert (told.code, told.out) == (4, "")
    assert sentence in told.err
    waited = {
        "en": "Another load is at work, waiting for it: cameras (process ",
        "ko": "다른 적재가 끝나기를 기다림: cameras (process ",
    }
    assert waited[lang] in told.err
    cluster.ensure_running(own_server, durable=False)
    assert golmok("load", "cameras", twins.second).code == 0


def _stop(state_folder: Path) -> None:
    cluster.stop(state_folder)


def test_a_session_that_is_ended_from_outside_leaves_nothing(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    before = state(twin_db)
    worker = child(twin, "cameras", twins.second, stops_at=MERGED)
    worker.midway()
    owner = twin.open("owner")
    ended = ask(owner, "set role none; select pg_terminate_backend(pid) from pg_stat_activity"
                       " where datname = current_database() and application_name like 'golmok load%'")  # fmt: skip
    owner.close()
    assert ended == [(True,)]
    worker.go_on()
    assert str(worker.said()).startswith("ConnectionCut: terminating connection")
    assert state(twin_db) == before
    load(twin_db, "cameras", twins.second)
    assert state(twin_db) == after_second


# The connection breaks at the commit


def test_a_commit_that_the_server_did_not_hear_is_told_as_undone(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    before = state(twin_db)
    with cut_wire(twin.server, "before", lambda: None) as server:
        far = connect(twin.district, server, role="loader", database=twin.name)
        with pytest.raises(ConnectionCut) as caught:
            load(far, "cameras", twins.second)
        far.close()
    assert not isinstance(caught.value, KeepUnknown)
    assert state(twin_db) == before
    load(twin_db, "cameras", twins.second)
    assert state(twin_db) == after_second


def test_a_commit_whose_answer_was_lost_is_looked_up_and_is_done(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    with cut_wire(twin.server, "after", lambda: None) as server:
        far = connect(twin.district, server, role="loader", database=twin.name)
        result = load(far, "cameras", twins.second)
        far.close()
    assert state(twin_db) == after_second
    assert ask(twin_db, f"select status from meta.batch where batch_id = {result.batch_id}") == [("done",)]


def test_nobody_to_ask_whether_it_was_kept_issentences(
    own: TestCity, own_server: Path, twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.store.keeping._PATIENCE_S", 0.1)
    with cut_wire(own.server, "after", lambda: _stop(own_server)) as server:
        far = connect(own.district, server, role="loader", database=own.name)
        with pytest.raises(KeepUnknown) as caught:
            load(far, "cameras", twins.second)
        far.close()
    assert any(
        "`golmok status` tells" in said and "stores nothing twice" in said for said in sentences(caught.value)
    )
    cluster.ensure_running(own_server, durable=False)
    database = own.open("loader")
    assert ask(database, "select source, status from meta.batch") == [("cameras", "done")]
    assert load(database, "cameras", twins.second).inserted == 0
    database.close()


# No room


def test_a_table_that_cannot_grow_leaves_nothing_and_goes_on_once_there_is_room(
    own: TestCity, own_server: Path, twins: Twins
) -> None:
    database = own.open("owner")
    with database.engine.begin() as connection:
        # The log is written in files of 16 MB: a disk that is full for the table alone needs a larger one.
        connection.execute(text("insert into meta.batch (source, status) values ('cameras', 'done')"))
        # A row a page: no row of the load finds room between them.
        connection.execute(text("alter table raw.source_row alter content set storage plain"))
        connection.execute(text("insert into raw.source_row select batch_id, n, jsonb_build_object('x', repeat(md5(n::text), 250))"
                                " from meta.batch, generate_series(1, 2300) n"))  # fmt: skip
        size = connection.execute(text("select pg_relation_size('raw.source_row')")).scalar_one()
    before = state(database)
    database.close()
    assert size > 17 << 20
    limit_files(own_server, size + (64 << 10))
    database = own.open("loader")
    try:
        with pytest.raises(DatabaseFull) as caught:
            load(database, "cameras", twins.second)
    finally:
        limit_files(own_server, -1)
        database.close()
    assert any("make room, then repeat the same command" in said for said in sentences(caught.value))
    database = own.open("loader")
    assert state(database) == before
    assert load(database, "cameras", twins.second).inserted
    database.close()


def test_a_log_that_cannot_be_written_takes_the_server_down_and_nothing_of_the_load_stays(
    own: TestCity, own_server: Path, twins: Twins
) -> None:
    database = own.open("loader")
    before = state(database)
    database.close()
    limit_files(own_server, 64 << 10)
    database = own.open("loader")
    with pytest.raises((ConnectionCut, DatabaseFull)):
        load(database, "cameras", twins.second)
    database.close()
    cluster.stop(own_server)
    cluster.ensure_running(own_server, durable=False)
    database = own.open("loader")
    assert state(database) == before
    assert load(database, "cameras", twins.second).inserted
    database.close()


def test_a_full_disk_under_a_real_cluster(twins: Twins, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file system of 140 MB: initdb and the schema take some 90, a filler the rest."""
    from etl.db import initialise

    folder = Path("/tmp") / f"golmok-full-{os.getpid()}"
    folder.mkdir(mode=0o755)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=140m,mode=755", "tmpfs", folder],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("no file system may be mounted here")
    try:
        server = cluster.ensure_running(folder / "state", durable=False)
        initialise(district("sample"), server)
        city = TestCity(district("sample"), server, "golmok_sample")
        database = city.open("loader")
        before = state(database)
        filler = folder / "filler"
        filler.write_bytes(b"\0" * (shutil.disk_usage(folder).free - (256 << 10)))
        with pytest.raises(DatabaseFull):
            load(database, "cameras", twins.second)
        filler.unlink()
        assert state(database) == before
        assert load(database, "cameras", twins.second).inserted
        database.close()
        cluster.stop(folder / "state")
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        folder.rmdir()


def test_signs_of_a_full_disk_are_told_from_other_faults() -> None:
    assert isinstance(faults.named(OSError(28, "No space left on device", "/tmp/x")), DiskFull)
    assert faults.named(FileNotFoundError(2, "No such file")) is None
    assert faults.named(ValueError("disk")) is None
    english, code = words.sentence(OSError(28, "No space left on device", "/var/x"), "en")
    assert code == 4
    assert english.endswith("make room, then repeat the same command: /var/x.")


# After the load


def test_a_load_is_told_as_kept_though_its_views_could_not_be_computed(
    make_city: Callable[[], TestCity],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    city = make_city()
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    golmok: Golmok = runner(monkeypatch, capfd)

    def broken(*_: object, **__: object) -> int:
        raise ConnectionCut("server closed the connection")

    monkeypatch.setattr("app.services.fields.refresh", broken)
    told = golmok("load", "cameras", registry(tmp_path, row(lat="37.5912", lon="126.9412")), "--json")
    assert (told.code, told.answer["status"]) == (0, "done")
    assert told.answer["notes"]["fields_stale"] == "ConnectionCut: server closed the connection"
    said = golmok("load", "cameras", registry(tmp_path, row(lat="37.5912", lon="126.9412")))
    assert "`golmok coverage` computes it" in said.out
