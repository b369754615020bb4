"""Two loads at once: they wait for each other in sight, and end as one after the other; a dead one keeps nobody waiting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from etl import faults
from etl.db import Database
from etl.errors import Contended, DatabaseBusy
from etl.load import load
from etl.store import writes
from etl.terms import Other, Terms
from tests.database import TestCity
from tests.fault_city import MERGED, State, Twins, child, sentences, state, wait_for_silence
from tests.test_load import ask


def test_a_second_load_waits_for_the_first_and_both_are_kept(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    worker = child(twin, "cameras", twins.second, stops_at=MERGED)
    worker.midway()
    told: list[Other] = []

    def waiting(other: Other) -> None:
        told.append(other)
        worker.go_on()

    mine = load(twin_db, "cameras", twins.second, terms=Terms(waiting=waiting))
    theirs = worker.said()
    assert (theirs["inserted"] > 0, mine.inserted, mine.updated) == (True, 0, 0)
    assert [other.lock for other in told] == ["cameras"]
    assert told[0].says.startswith(f"process {worker.process.pid}, since ")
    core = {table: found for table, found in state(twin_db).items() if table.startswith("core.")}
    assert core == {table: found for table, found in after_second.items() if table.startswith("core.")}


def test_a_load_that_waited_long_enough_says_for_whom(
    twin: TestCity, twin_db: Database, twins: Twins
) -> None:
    before = state(twin_db)
    with (
        writes.writing(twin_db, "cameras"),
        pytest.raises(DatabaseBusy, match=f"cameras process {os.getpid()}, since 20") as caught,
    ):
        load(twin_db, "survey", twins.second, terms=Terms(wait_s=0.3))
    assert any("repeat the same command in a while" in said for said in sentences(caught.value))
    assert state(twin_db) == before


def test_a_killed_load_keeps_nobody_waiting(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    worker = child(twin, "cameras", twins.second, stops_at=MERGED)
    worker.midway()
    worker.kill()
    load(twin_db, "cameras", twins.second, terms=Terms(wait_s=20.0))
    assert state(twin_db) == after_second


def test_a_client_that_is_gone_ends_even_a_long_statement(
    twin: TestCity, twin_db: Database, twins: Twins
) -> None:
    _on_cameras(twin, "perform pg_sleep(600);")
    worker = child(twin, "cameras", twins.second)
    worker.begin()
    query = (
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'"
    )
    owner = twin.open("owner")
    while ask(owner, f"set role none; {query}") != [(1,)]:
        pass
    owner.close()
    worker.kill()
    wait_for_silence(twin_db)


def test_loads_of_different_sources_at_once_end_as_one_after_the_other(twins: Twins, tmp_path: Path) -> None:
    lamps = tmp_path / "lamps.csv"
    lamps.write_text(
        "관리번호,위도,경도\n" + "".join(f"{n},37.58{n % 10},126.93{n % 10}\n" for n in range(300))
    )
    places = tmp_path / "places.csv"
    places.write_text("id,lat,lon\n" + "".join(f"{n},37.58{n % 10},126.93{n % 10}\n" for n in range(300)))
    jobs = [("cameras", twins.second, {}), ("lamps", lamps, {}), ("layer", places, {"layer": "boxes"})]
    one, many = twins.make(), twins.make()
    alone, together = one.open("loader"), many.open("loader")
    for source, file, options in jobs:
        load(alone, source, file, **options)
    workers = [child(many, source, file, **options) for source, file, options in jobs]
    for worker in workers:
        worker.begin()
    assert all(worker.said()["status"] == "done" for worker in workers)
    wait_for_silence(together)
    assert state(together) == state(alone)
    alone.close()
    together.close()


def test_loads_that_stand_in_each_others_way_are_done_again(
    twin: TestCity, twin_db: Database, twins: Twins, after_second: State
) -> None:
    _deadlocks(twin, times=3)
    load(twin_db, "cameras", twins.second)
    assert state(twin_db) == after_second


def test_loads_that_never_get_past_each_other_say_so(
    twin: TestCity, twin_db: Database, twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faults, "_PAUSE_S", 0.0)
    before = state(twin_db)
    _deadlocks(twin, times=4)
    with pytest.raises(Contended, match="deadlock"):
        load(twin_db, "cameras", twins.second)
    assert state(twin_db) == before


def _deadlocks(twin: TestCity, times: int) -> None:
    """Let the first writes of cameras end as the database ends one of two that wait for each other."""
    _on_cameras(
        twin,
        f"if nextval('public.met') <= {times} then raise exception using errcode = '40P01', message = 'deadlock detected'; end if;",
    )


def _on_cameras(twin: TestCity, deed: str) -> None:
    """Let something happen whenever cameras are written."""
    owner = twin.open("owner")
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("set role none")
        connection.exec_driver_sql("create sequence public.met; grant usage on sequence public.met to public")
        connection.exec_driver_sql(
            f"create function public.meet() returns trigger language plpgsql as $$ begin {deed} return null; end $$"
        )
        connection.exec_driver_sql(
            "create trigger meet after insert on core.camera for each statement execute function public.meet()"
        )
    owner.close()
