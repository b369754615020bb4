"""Measure loads of national size in a throw-away cluster, and the write itself beside GeoPandas' own way."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from app import bench_proc
from app.services.bench_place import bench_place
from etl import cluster
from etl.cluster import Server
from etl.db import Database, connect, initialise
from etl.dry import read_dry, sort_dry
from etl.fingerprints import row_hashes
from etl.load import find_job
from etl.rows import BLOCK_ROWS, REPAIRED, Door
from etl.sample.national import nation, write_calls, write_registry
from etl.store import merges, writes
from etl.store.plain import write_plain

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

REGISTRY, SMALL, CALLS = 370_000, 893, 1_000_000
# So many rows of each file are written both ways.
WRITTEN = 200_000
# The day that the invented files describe.
DAY = date(2025, 12, 31)
_PACKAGES = ("geopandas", "pandas", "pyarrow", "adbc-driver-postgresql", "sqlalchemy", "psycopg2-binary")
MEANING = (
    "load: from the start of Python to the commit, in a process of its own; peak: the most memory that process held; server: "
    "processor time of its session and the most memory of its own that it held, shared buffers (256 MB) not counted",
    "write: the same checked rows, from a frame in memory to a new PostGIS table with a spatial index, committed",
    "merge: what a load does with the same rows instead, beside: staged, then merged by natural key and hash into tables with their "
    "keys, constraints and indexes (cameras: sites, cameras, states with their periods, evidence), committed",
)  # fmt: skip


def bench(*, rows: int | None = None, progress: Progress) -> Row:
    """Return what loads take on this machine: seconds, memory, rows a second, beside their budgets; and the writes.

    rows   at most so many of each file, for a quick look; None: 370,000 cameras, 893, and 1,000,000 calls
    """
    before = os.getloadavg()[0]
    with bench_place() as state:
        measured = list(_measured(state, rows, progress))
    return {
        "topic": "etl",
        "invented": True,
        "measured": measured,
        "ratios": _ratios(measured),
        "meaning": list(MEANING),
        "versions": {"python": platform.python_version(), **_versions()},
        "machine": platform.platform(),
        "cores": len(os.sched_getaffinity(0)),
        "load": [round(before, 1), round(os.getloadavg()[0], 1)],
    }


def _measured(state: Path, rows: int | None, progress: Progress) -> Iterator[Row]:
    server = cluster.ensure_running(state)
    pid = cluster.status(state).pid
    files = {
        "registry": (
            "cameras",
            write_registry(state / "registry.csv", _most(REGISTRY, rows)),
            (120.0, 1024.0),
        ),
        "registry of one city": (
            "cameras",
            write_registry(state / "city.csv", _most(SMALL, rows)),
            (2.0, None),
        ),
        "calls of 112": ("incidents", write_calls(state / "calls.csv", _most(CALLS, rows)), (180.0, None)),
    }
    for number, (what, (source, file, budget)) in enumerate(files.items(), 1):
        progress(f"Load {source}", number - 1, len(files))
        with bench_proc.sessions(pid) as cost:
            found = _loaded(server, f"golmok_bench_{number}", source, file=file)
        size = f"{what}, {found['rows_in']:,} rows, {file.stat().st_size / 1e6:.1f} MB"
        yield _row(f"load {size}", found["rows_in"], found["seconds"], budget) | {
            "peak_mib": found["peak_mib"],
            "cpu_s": found["cpu_s"],
            "server_cpu_s": cost.cpu_s,
            "server_mib": cost.peak_mib,
        }
        progress(f"Load {source}", number, len(files))
    progress("Write", 0, 2)
    yield from _calls_written(server, state, _most(WRITTEN, rows))
    progress("Write", 1, 2)
    yield from _cameras_written(server, state, _most(WRITTEN, rows))
    progress("Write", 2, 2)


def _loaded(server: Server, database: str, source: str, *, file: Path) -> Row:
    initialise(nation(), server, database=database)
    answer = subprocess.run(
        [sys.executable, "-m", "app.bench_load", database, source, str(file)],
        env=os.environ | {"GOLMOK_DATABASE_URL": server.uri(server.database)},
        check=True,
        capture_output=True,
        text=True,
    )
    found: Row = json.loads(answer.stdout)
    return found


def _calls_written(server: Server, state: Path, rows: int) -> Iterator[Row]:
    frame = _frame("incidents", write_calls(state / "write.csv", rows))
    hashed = frame.assign(row_hash=row_hashes(frame.rename(columns={"geom": "geometry"})))

    def ours(batch: writes.Batch) -> None:
        for start in range(0, len(hashed), BLOCK_ROWS):
            writes.stage_rows(batch, hashed.iloc[start : start + BLOCK_ROWS], "core.incident")
        writes.merge_staged(batch, "core.incident", key=["incident_key"])

    yield from _three_ways("calls", server, hashed, like="core.incident", merge=ours)


def _cameras_written(server: Server, state: Path, rows: int) -> Iterator[Row]:
    frame = _frame("cameras", write_registry(state / "write.csv", rows))

    def ours(batch: writes.Batch) -> None:
        for start in range(0, len(frame), BLOCK_ROWS):
            merges.stage_part(batch, "camera", frame.iloc[start : start + BLOCK_ROWS])
        merges.merge_part(batch, "camera", key="", about={})

    yield from _three_ways("cameras", server, frame, like="stage_camera", merge=ours)


def _three_ways(
    what: str, server: Server, frame: pd.DataFrame, *, like: str, merge: Callable[[writes.Batch], None]
) -> Iterator[Row]:
    """Write the same rows as a table, ours and GeoPandas' way, and merge them, each in an empty database."""
    db = _empty(server, f"golmok_bench_{what}")
    told = gpd.GeoDataFrame(frame, geometry="geom", crs=db.district.srid)
    start = time.perf_counter()
    write_plain(db, frame, "bench_ours", like=like)
    yield _row(f"write {what}: ours", len(frame), time.perf_counter() - start)
    start = time.perf_counter()
    told.to_postgis("bench_peer", db.engine, schema="raw")
    yield _row(f"write {what}: GeoDataFrame.to_postgis", len(frame), time.perf_counter() - start)
    start = time.perf_counter()
    with writes.writing(db, "bench") as connection:
        facts = {"source": "bench", "rows_in": len(frame), "invented": True}
        merge(writes.begin(connection, db.district.srid, facts, reference_date=DAY))
        connection.commit()
    yield _row(f"merge {what}", len(frame), time.perf_counter() - start)
    db.close()


def _empty(server: Server, database: str) -> Database:
    initialise(nation(), server, database=database)
    # as its owner, whom alone a new table is open to; a load is at work as loader
    return connect(nation(), server, role="owner", database=database)


def _frame(source: str, file: Path) -> pd.DataFrame:
    """Return the rows of a file as a load stages them, after the steps and the rules across rows."""
    job = find_job(source)
    district = nation()
    door = Door(district.srid, district.timezone, DAY)
    (part,) = sort_dry(job, read_dry(job, file), door).parts
    return part.part.shape(part.good).drop(columns=[REPAIRED], errors="ignore")


def _row(what: str, rows: int, seconds: float, budget: tuple[float, float | None] | None = None) -> Row:
    return {
        "what": what,
        "rows": rows,
        "seconds": round(seconds, 3),
        "rows_per_s": round(rows / seconds),
        "budget_s": budget[0] if budget else None,
        "budget_mib": budget[1] if budget else None,
    }


def _ratios(measured: Sequence[Row]) -> dict[str, float]:
    """Return how many times the rate of to_postgis ours is, for the write itself."""
    rate = {row["what"]: row["rows_per_s"] for row in measured}
    return {
        f"write {what}: rate of ours / of to_postgis": round(
            rate[f"write {what}: ours"] / rate[f"write {what}: GeoDataFrame.to_postgis"], 2
        )
        for what in ("calls", "cameras")
    }


def _most(rows: int, asked: int | None) -> int:
    return rows if asked is None else min(rows, asked)


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _PACKAGES}
