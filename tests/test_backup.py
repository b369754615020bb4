"""A backup comes back as the same state, or the present one stays: nothing between."""

from __future__ import annotations

import dataclasses
import errno
import json
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.services import backup as service
from app.services.backup import RestoreFailed
from etl import backup_file, dumps
from etl.backup_file import Archive, ArchiveBroken, ArchiveNewer, ArchiveRefused
from etl.db import open_database
from etl.dumps import DumpFailed
from etl.store import databases
from etl.store.databases import StillAtWork
from etl.store.fingerprint import state_hash
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner

READ = text("select count(*) from api.read_incidents('-infinity', 'infinity', :why)")


@pytest.fixture
def city_of_commands(
    make_city: Callable[[], TestCity], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestCity]:
    """The toy city, as the district that commands work on; what restores put aside is dropped."""
    city = make_city()
    with closing(city.open("owner")) as owner:
        toy_city.lay_out(owner)
        with owner.engine.begin() as connection:
            connection.execute(
                text("update meta.district set name = :name"), {"name": city.name.removeprefix("golmok_")}
            )
    districts = tmp_path / "districts"
    districts.mkdir()
    enter(city, districts, monkeypatch)
    yield city
    for name, _ in databases.named_like(city.server, city.name + "_"):
        databases.drop(city.server, name)


@pytest.fixture
def file(city_of_commands: TestCity, tmp_path: Path) -> Path:
    """A backup of the toy city."""
    made = service.backup(None, tmp_path / "toy.golmok", by="Kim", purpose="test", progress=toy_city.quiet)
    return Path(made["file"])


def hash_now() -> str:
    with closing(open_database(role="loader")) as db:
        return state_hash(db).hash


def change(city: TestCity, statement: str = "update core.camera_state set heading_deg = 12") -> None:
    with closing(city.open("owner")) as owner, owner.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def beside(city: TestCity) -> list[str]:
    return [name for name, _ in databases.named_like(city.server, city.name + "_")]


def with_manifest(found: Archive, path: Path, **other: Any) -> Path:
    """Write the same dump with another manifest: whole, and its checksums are right."""
    backup_file.write(path, found.pieces(), dataclasses.replace(found.manifest, **other), before=lambda: None)
    return path


def test_a_restored_state_has_the_hash_of_the_one_backed_up(city_of_commands: TestCity, file: Path) -> None:
    before = hash_now()
    change(city_of_commands)
    assert (changed := hash_now()) != before
    told = service.restore(None, file, progress=toy_city.quiet)
    assert (told["hash"], hash_now(), told["compared"], told["upgraded"]) == (before, before, "hash", False)
    # what stood there is all there, under the name that was told
    assert beside(city_of_commands) == [told["kept"]]
    aside = TestCity(city_of_commands.district, city_of_commands.server, told["kept"])
    with closing(aside.open("loader")) as db:
        assert state_hash(db).hash == changed


def test_every_table_comes_back_with_all_its_rows(city_of_commands: TestCity, file: Path) -> None:
    with closing(open_database(role="owner")) as owner:
        before = databases.rows_of(owner)
    assert before["meta.refusal"] == 2
    told = service.restore(None, file, progress=toy_city.quiet)
    with closing(open_database(role="owner")) as owner:
        after = databases.rows_of(owner)
    # the one row more is the trace of the backup itself, written after the moment that it holds
    assert before == after | {"meta.access_log": after["meta.access_log"] + 1}
    assert told["rows"] == sum(after.values())


def test_the_doors_are_as_narrow_after_a_restore(city_of_commands: TestCity, file: Path) -> None:
    service.restore(None, file, progress=toy_city.quiet)
    with closing(open_database(role="staff")) as staff:
        with staff.engine.begin() as connection:
            assert connection.execute(READ, {"why": "patrol"}).scalar() == 10
        with staff.engine.connect() as connection, pytest.raises(DBAPIError, match="purpose is blank"):
            connection.execute(READ, {"why": " "})
        with staff.engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql("select * from core.incident")
    with closing(open_database(role="owner")) as owner, owner.engine.connect() as connection:
        log = connection.exec_driver_sql("select action, object, purpose from meta.access_log").all()
        assert [tuple(row) for row in log] == [("read", "core.incident", "patrol")]
        with pytest.raises(DBAPIError, match="only added to"):
            connection.exec_driver_sql("delete from meta.access_log")
    with closing(open_database(role="loader")) as loader, loader.engine.begin() as connection:
        # numbers go on where they were: the identity of a table came along
        new = "insert into core.agency (name_ko) values ('west') returning agency_id"
        assert connection.exec_driver_sql(new).scalar() == 3


def test_a_backup_leaves_the_trace_of_an_internal_export(file: Path) -> None:
    with closing(open_database(role="owner")) as owner, owner.engine.connect() as connection:
        (row,) = connection.exec_driver_sql(
            "select who, action, object, purpose, detail from meta.access_log"
        ).all()
    assert tuple(row[:4]) == ("Kim", "export", "backup", "test")
    assert row[4] == {"file": "toy.golmok", "hash": backup_file.read(file).manifest.hash}


def test_only_its_owner_may_read_a_backup(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", [0.05, 0.5, 0.97, 0.99])
def test_a_cut_backup_is_refused(city_of_commands: TestCity, file: Path, where: float) -> None:
    before = hash_now()
    with file.open("r+b") as stream:
        stream.truncate(int(file.stat().st_size * where))
    with pytest.raises(ArchiveBroken):
        service.restore(None, file, progress=toy_city.quiet)
    assert (hash_now(), beside(city_of_commands)) == (before, [])


def test_a_backup_changed_by_one_bit_is_refused(city_of_commands: TestCity, file: Path) -> None:
    before = hash_now()
    found, size = backup_file.read(file), file.stat().st_size
    told = file.read_bytes().index(b'"district"')
    for place in (found.offset + found.size // 2, found.offset, told + 15):
        content = bytearray(file.read_bytes())
        content[place] ^= 1
        file.write_bytes(content)
        with pytest.raises(ArchiveBroken):
            service.restore(None, file, progress=toy_city.quiet)
        content[place] ^= 1
        file.write_bytes(content)
    assert (file.stat().st_size, hash_now(), beside(city_of_commands)) == (size, before, [])


def test_what_is_no_backup_or_anothers_or_newer_is_refused(
    city_of_commands: TestCity, file: Path, tmp_path: Path
) -> None:
    before, found = hash_now(), backup_file.read(file)
    other = tmp_path / "registry.csv"
    other.write_text("a,b\n1,2\n")
    refused: list[tuple[Path, type[ArchiveRefused], str]] = [
        (other, ArchiveRefused, "no backup of Golmok"),
        (with_manifest(found, tmp_path / "b", district="seodaemun"), ArchiveRefused, "seodaemun"),
        (with_manifest(found, tmp_path / "c", srid=5179), ArchiveRefused, "EPSG:5179"),
        (with_manifest(found, tmp_path / "d", schema="9999_later"), ArchiveNewer, "9999_later"),
        (with_manifest(found, tmp_path / "e", form=2), ArchiveNewer, "form 2"),
    ]
    for path, kind, said in refused:
        with pytest.raises(kind, match=said):
            service.restore(None, path, progress=toy_city.quiet)
    assert (hash_now(), beside(city_of_commands)) == (before, [])


def test_a_restore_that_fails_half_way_leaves_the_present_state(
    city_of_commands: TestCity, file: Path, tmp_path: Path
) -> None:
    before, found = hash_now(), backup_file.read(file)
    half = b"".join(found.pieces())[: found.size // 2]
    backup_file.write(tmp_path / "half", [half], found.manifest, before=lambda: None)
    more = with_manifest(found, tmp_path / "more", rows=found.manifest.rows | {"core.camera": 4})
    otherwise = with_manifest(
        found, tmp_path / "hash", hash="0" * 64, hashes=found.manifest.hashes | {"site": "0"}
    )
    for path, kind, said in (
        (tmp_path / "half", DumpFailed, "pg_restore"),
        (more, RestoreFailed, "core.camera"),
        (otherwise, RestoreFailed, "site"),
    ):
        with pytest.raises(kind, match=said):
            service.restore(None, path, progress=toy_city.quiet)
        assert (hash_now(), beside(city_of_commands)) == (before, [])


def test_what_a_killed_restore_left_is_swept_by_the_next(city_of_commands: TestCity, file: Path) -> None:
    left = f"{city_of_commands.name}_restoring"
    with databases._session(city_of_commands.server) as connection:
        connection.exec_driver_sql(f"create database {left}")
    told = service.restore(None, file, progress=toy_city.quiet)
    assert beside(city_of_commands) == [told["kept"]]


def test_a_backup_of_another_version_is_compared_by_its_rows(
    city_of_commands: TestCity, file: Path, tmp_path: Path
) -> None:
    found = backup_file.read(file)
    older = with_manifest(found, tmp_path / "older", fingerprint="0" * 64, hash="0" * 64)
    told = service.restore(None, older, progress=toy_city.quiet)
    assert (told["compared"], told["upgraded"], hash_now()) == ("rows", True, found.manifest.hash)


def test_a_load_at_work_is_not_cut(city_of_commands: TestCity, file: Path) -> None:
    change(city_of_commands)
    before = hash_now()
    with closing(city_of_commands.open("loader")) as loader, loader.engine.begin() as connection:
        connection.exec_driver_sql("select pg_advisory_xact_lock(7)")
        with pytest.raises(StillAtWork):
            service.restore(None, file, progress=toy_city.quiet)
        # its session is still there
        assert connection.exec_driver_sql("select 1").scalar() == 1
    assert (hash_now(), beside(city_of_commands)) == (before, [])


def test_one_restore_at_a_time(city_of_commands: TestCity, file: Path) -> None:
    with (
        databases.alone(city_of_commands.server, city_of_commands.name),
        pytest.raises(StillAtWork, match="another"),
    ):
        service.restore(None, file, progress=toy_city.quiet)
    assert beside(city_of_commands) == []


def test_sessions_of_readers_are_cut_and_come_back(city_of_commands: TestCity, file: Path) -> None:
    change(city_of_commands)
    with closing(city_of_commands.open("staff")) as staff:
        with staff.engine.connect() as idle:
            assert idle.exec_driver_sql("select count(*) from api.building").scalar() == 2
            idle.rollback()
            service.restore(None, file, progress=toy_city.quiet)
            with pytest.raises(OperationalError):
                idle.exec_driver_sql("select 1")
        with staff.engine.connect() as again:
            heading = "select heading_deg from api.camera_at('2013-06-30') where camera_key = 'c1'"
            assert again.exec_driver_sql(heading).scalar() == 90


def test_a_backup_that_cannot_be_finished_leaves_no_file(tmp_path: Path, file: Path) -> None:
    manifest = backup_file.read(file).manifest

    def full() -> Iterator[bytes]:
        yield b"begun"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(DumpFailed, match="the disk that holds"):
        backup_file.write(folder / "a.golmok", full(), manifest, before=lambda: None)
    assert list(folder.iterdir()) == []


def test_a_program_that_fails_tells_why_and_leaves_no_file(
    city_of_commands: TestCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "SCHEMAS", ("nowhere",))
    with pytest.raises(DumpFailed, match="no matching schemas"):
        service.backup(None, tmp_path / "a.golmok", progress=toy_city.quiet)
    assert not list(tmp_path.glob("*golmok*"))


def test_a_file_that_is_there_is_not_written_over(file: Path) -> None:
    content = file.read_bytes()
    with pytest.raises(FileExistsError):
        service.backup(None, file, progress=toy_city.quiet)
    assert file.read_bytes() == content


def test_a_backup_holds_no_password(file: Path) -> None:
    manifest = backup_file.read(file).manifest
    told = json.dumps(dataclasses.asdict(manifest))
    assert "postgresql://" not in told
    with_secret = "postgresql://kim:se%20cret@db:5432/city?sslmode=require&options=-c%20role%3Dx"
    without = "postgresql://kim@db:5432/city?sslmode=require&options=-c%20role%3Dx"
    assert dumps.without_password(with_secret) == (without, "se cret")
    assert dumps.without_password("postgresql://db/city?user=kim&password=p%26w") == (
        "postgresql://db/city?user=kim",
        "p&w",
    )
    assert dumps.without_password("postgresql:///city?host=%2Frun") == (
        "postgresql:///city?host=%2Frun",
        None,
    )


def test_the_commands(
    city_of_commands: TestCity,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    golmok: Golmok = runner(monkeypatch, capfd)
    folder = tmp_path / "backups"
    folder.mkdir()
    made = golmok("backup", folder, "--json").answer
    (written,) = folder.iterdir()
    assert written.name.startswith(f"golmok-{city_of_commands.name.removeprefix('golmok_')}-")
    assert (made["file"], made["bytes"]) == (str(written), written.stat().st_size)
    change(city_of_commands)
    back = golmok("restore", written)
    assert f"The hash of what stands now is that of the backup: {made['hash']}" in back.out
    (name,) = beside(city_of_commands)
    assert f"golmok kept --drop {name}" in back.out
    assert name in golmok("kept").out
    wrong = golmok("kept", "--drop", city_of_commands.name)  # the one that stands is none of them
    assert (wrong.code, beside(city_of_commands)) == (2, [name])
    assert "Deleted" in golmok("kept", "--drop", name).out
    assert beside(city_of_commands) == []
    assert golmok("hash", "--json").answer["hash"] == made["hash"]
    written.write_bytes(written.read_bytes()[:5000])
    refused = golmok("restore", written)
    assert refused.code == 3
    assert "what stands now is unchanged" in refused.err
