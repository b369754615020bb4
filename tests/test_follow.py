"""Following a folder or a stream: what is dropped, what grows, restarts, two at once, a database that is away."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest

from etl.cluster import given_server
from etl.db import Database, connect
from etl.errors import ConnectionCut, PlatformError
from etl.feed import Feed
from etl.follow import Channel, Folder, OneFile, Wish, follow
from etl.results import LoadResult
from etl.settings import district
from etl.tails import Stream
from tests.cut_wire import cut_wire
from tests.database import TestCity
from tests.fault_city import nobodys_script, wait_for_silence
from tests.feed_city import LAT, LON, append, ask, call, lay_out, lines
from tests.test_feed import FILE

KILLS = 20


@pytest.fixture
def city(place: TestCity, tmp_path: Path) -> Iterator[TestCity]:
    owner, loader = place.open("owner"), place.open("loader")
    (tmp_path / "lists").mkdir()
    lay_out(owner, loader, tmp_path / "lists")
    owner.close()
    loader.close()
    yield place


@pytest.fixture
def db(city: TestCity) -> Iterator[Database]:
    with closing(city.open("loader")) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    return made


def once(db: Database, channel: Channel) -> list[LoadResult]:
    """Take what is there; return what became of it."""
    return list(follow(Feed(db, "incidents"), channel, Wish(once=True)))


def keys(db: Database) -> list[str]:
    return [str(key) for (key,) in ask(db, "select incident_key from core.incident order by incident_key")]


def rows_in(db: Database) -> object:
    return ask(db, "select coalesce(sum(rows_in), 0) from meta.batch where form = 'feed'")[0][0]


def csv(folder: Path, *numbers: int, name: str = "calls.csv") -> Path:
    file = folder / name
    file.write_text(
        FILE + "".join(f"{n},2026-11-26 19:40,102,강도,C0,,{LAT},{LON},\n" for n in numbers), encoding="utf-8"
    )
    return file


def test_a_dropped_file_is_loaded_once_by_its_content_and_left_where_it_is(
    db: Database, folder: Path
) -> None:
    file = csv(folder, 7001, 7002)
    (result,) = once(db, Folder(folder))
    assert (result.inserted, result.form, file.exists()) == (2, "112", True)
    file.rename(folder / "renamed.csv")
    assert once(db, Folder(folder)) == []
    assert ask(db, "select count(*) from meta.batch where source = 'incidents'") == [(1,)]


def test_a_file_that_is_written_still_waits_for_its_end(db: Database, folder: Path) -> None:
    csv(folder, 7001, name="calls.csv.part")
    csv(folder, 7002, name=".hidden.csv")
    (folder / "empty.csv").touch()
    (folder / "older").mkdir()
    channel = Folder(folder)
    assert once(db, channel) == []
    (folder / "calls.csv.part").rename(folder / "calls.csv")
    assert channel.wholes() == []
    assert [result.inserted for result in once(db, channel)] == [1]


def test_a_file_that_is_none_is_refused_once_and_the_others_go_on(db: Database, folder: Path) -> None:
    (folder / "a.csv").write_text("이름,값\n가,1\n", encoding="utf-8")
    csv(folder, 7001, name="b.csv")
    refused, loaded = once(db, Folder(folder))
    assert (refused.status, list(refused.reasons)) == ("refused", ["UNKNOWN_HEADER"])
    assert loaded.inserted == 1
    assert once(db, Folder(folder)) == []


def test_lines_are_gone_on_with_after_a_restart_and_a_half_one_waits(db: Database, folder: Path) -> None:
    append(folder / "calls.jsonl", [call(7001), call(7002)])
    with (folder / "calls.jsonl").open("ab") as stream:
        stream.write(lines(call(7003))[:-20])
    assert [result.inserted for result in once(db, Folder(folder))] == [2]
    with (folder / "calls.jsonl").open("ab") as stream:
        stream.write(lines(call(7003))[-20:])
    # put aside under another name meanwhile, and a new file begun
    (folder / "calls.jsonl").rename(folder / "calls.jsonl.1")
    append(folder / "calls.jsonl", [call(7004)])
    assert sorted(result.inserted for result in once(db, Folder(folder))) == [1, 1]
    assert (keys(db), rows_in(db)) == (["7001", "7002", "7003", "7004"], 4)


def test_what_comes_while_it_follows_is_taken_as_it_comes(db: Database, folder: Path) -> None:
    came: list[LoadResult] = []
    ready = threading.Event()
    wish = Wish(stop=lambda: sum(each.rows_in for each in came) >= 3, ready=ready.set)

    def take() -> None:
        for _ in map(came.append, follow(Feed(db, "incidents"), Folder(folder), wish)):
            pass

    worker = threading.Thread(target=take)
    with nobodys_script():
        worker.start()
    ready.wait()
    append(folder / "calls.ndjson", [call(7001)])
    csv(folder, 7002)
    while len(came) < 2:
        time.sleep(0.01)
    append(folder / "calls.ndjson", [call(7003)])
    worker.join()
    assert keys(db) == ["7001", "7002", "7003"]


def test_a_stream_is_taken_to_its_end_and_leaves_no_position(db: Database) -> None:
    reading, writing = os.pipe()
    os.write(writing, lines(call(7001), b"{", {"id": "7001", "closing_code": "101"}))
    os.close(writing)
    (result,) = once(db, OneFile(Stream(reading, "-")))
    assert (result.inserted, result.updated, result.reasons) == (1, 1, {"BAD_LINE": 1})
    assert ask(db, "select count(*) from meta.followed") == [(0,)]


def test_two_followers_of_one_folder_take_each_line_once(city: TestCity, folder: Path) -> None:
    dbs = [city.open("loader") for _ in range(2)]
    taken: list[int] = [0, 0]
    done = threading.Event()

    def work(number: int) -> None:
        for result in follow(Feed(dbs[number], "incidents"), Folder(folder), Wish(stop=done.is_set)):
            taken[number] += result.rows_in

    workers = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for worker in workers:
        worker.start()
    for number in range(7000, 7030):
        append(folder / "calls.jsonl", [call(number)])
    while sum(taken) < 30:
        time.sleep(0.01)
    done.set()
    for worker in workers:
        worker.join()
    assert (sum(taken), len(keys(dbs[0])), rows_in(dbs[0])) == (30, 30, 30)
    for db in dbs:
        db.close()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_cut_at_the_commit_loses_nothing_and_takes_nothing_twice(
    city: TestCity, db: Database, folder: Path, when: str
) -> None:
    told: list[PlatformError] = []
    append(folder / "calls.jsonl", [call(7001), call(7002), b"{"])
    with cut_wire(city.server, "before" if when == "before" else "after", lambda: None) as server:
        far = connect(city.district, server, role="loader", database=city.name)
        # what is done for nothing before the first line commits nothing: the first COMMIT is that of the lines
        list(follow(Feed(far, "incidents"), Folder(folder), Wish(once=True, away=told.append)))
        far.close()
    assert [type(error) for error in told] == [ConnectionCut]
    assert (keys(db), rows_in(db)) == (["7001", "7002"], 3)
    assert ask(db, "select count(*) from meta.refusal") == [(1,)]


def test_a_stream_goes_on_after_a_cut_too(city: TestCity, db: Database) -> None:
    reading, writing = os.pipe()
    os.write(writing, lines(call(7001), b"{"))
    os.close(writing)
    with cut_wire(city.server, "after", lambda: None) as server:
        far = connect(city.district, server, role="loader", database=city.name)
        list(follow(Feed(far, "incidents"), OneFile(Stream(reading, "-")), Wish()))
        far.close()
    assert (keys(db), rows_in(db)) == (["7001"], 2)


def test_a_follower_killed_at_random_moments_leaves_each_line_once(
    city: TestCity, db: Database, folder: Path, long_run: bool
) -> None:
    draw = random.Random(112)
    file = folder / "calls.jsonl"
    number = 7000
    for _ in range(KILLS if long_run else 3):
        worker, ready = _follower(city, folder)
        ready()
        for _ in range(6):
            append(file, [call(number), b"{"])
            number += 1
            time.sleep(draw.uniform(0, 0.1))
        worker.kill()
        worker.join()
        wait_for_silence(db)
    once(db, Folder(folder))
    assert keys(db) == [str(each) for each in range(7000, number)]
    assert rows_in(db) == 2 * (number - 7000)
    assert ask(db, "select count(*) from meta.refusal") == [(number - 7000,)]


def _follower(city: TestCity, folder: Path) -> tuple[ForkServerProcess, Callable[[], object]]:
    context = get_context("forkserver")
    context.set_forkserver_preload(["etl.follow", "tests.test_follow"])
    ours, theirs = context.Pipe()
    worker = context.Process(target=_follow, args=(theirs, city.server.address, city.name, folder))
    with nobodys_script():
        worker.start()
    return worker, ours.recv


def _follow(pipe: Pipe, address: str, database: str, folder: Path) -> None:
    db = connect(district("sample"), given_server(address), role="loader", database=database)
    wish = Wish(ready=lambda: pipe.send("ready"))
    for _ in follow(Feed(db, "incidents"), Folder(folder), wish):
        pass
