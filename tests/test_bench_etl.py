"""The measurement of loads, on files small enough to check what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import bench_proc, printing
from app.services import bench_etl
from etl.dry import read_dry, sort_dry
from etl.load import find_job
from etl.rows import Door
from etl.sample.national import AGENCIES, nation, write_calls, write_registry

ROWS = 1_000
ROOT = Path(__file__).resolve().parents[1]


def rows_of(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="cp949").splitlines()
    return [line.split(",") for line in lines[1:]]


def test_the_invented_registry_is_of_all_agencies_and_dirty_in_the_usual_ways(tmp_path: Path) -> None:
    path = write_registry(tmp_path / "r.csv", ROWS)
    rows = rows_of(path)
    assert len(rows) == ROWS
    assert len({row[2] for row in rows} - {""}) == AGENCIES
    assert float(rows[310][12]) > 90.0  # row 311: latitude and longitude changed places
    assert rows[520][12:14] == ["0", "0"]
    assert rows[210] == rows[209]  # a row that stands twice
    assert 190 < path.stat().st_size / ROWS < 240
    assert write_registry(tmp_path / "again.csv", ROWS).read_bytes() == path.read_bytes()
    assert write_registry(tmp_path / "other.csv", ROWS, seed=1).read_bytes() != path.read_bytes()


def test_what_becomes_of_each_row_of_it_is_known(tmp_path: Path) -> None:
    job, district = find_job("cameras"), nation()
    reading = read_dry(job, write_registry(tmp_path / "r.csv", ROWS))
    (part,) = sort_dry(job, reading, Door(district.srid, district.timezone, bench_etl.DAY)).parts
    assert part.refused["reason"].value_counts().to_dict() == {
        "DUPLICATE_IN_FILE": 4,  # 211, 422, 633, 844
        "BAD_COUNT": 2,  # 419, 838
        "SENTINEL_COORD": 1,
        "BAD_COORD": 1,
        "EXCEL_KEY": 1,
        "BLANK_MANAGER": 1,
    }
    assert part.good["repaired"].str.contains("SWAPPED").sum() == 3  # 311, 622, 933


def test_the_invented_calls_are_read_whole(tmp_path: Path) -> None:
    job, district = find_job("incidents"), nation()
    reading = read_dry(job, write_calls(tmp_path / "c.csv", ROWS))
    (part,) = sort_dry(job, reading, Door(district.srid, district.timezone, bench_etl.DAY)).parts
    assert (len(part.good), len(part.refused)) == (ROWS, 0)
    assert part.good["geometry"].isna().sum() == 11  # each 97th has no place


def test_loads_and_writes_are_measured_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    # The peak is that of a whole process: one of its own, as the command has, not the one that other tests made large.
    script = (
        "import json, sys\n"
        "from app.services import bench_etl\n"
        "answer = bench_etl.bench(rows=int(sys.argv[1]), progress=lambda *_: None)\n"
        "print(json.dumps(answer))\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", script, str(ROWS)]
    done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    told = {row["what"].split(",")[0]: row for row in answer["measured"]}
    assert [row["rows"] for row in answer["measured"]] == [
        ROWS,
        893,
        ROWS,
        *[ROWS] * 3,
        *[told["merge cameras"]["rows"]] * 3,
    ]
    assert told["load registry"]["budget_s"] == 120 and told["load registry"]["budget_mib"] == 1024
    for name in ("load registry", "load registry of one city", "load calls of 112"):
        assert 50 < told[name]["peak_mib"] < 1024
        assert told[name]["cpu_s"] > 0
    for name, ratio in answer["ratios"].items():
        what = name.split(":")[0]
        ours, peer = told[f"{what}: ours"], told[f"{what}: GeoDataFrame.to_postgis"]
        assert ratio == round(ours["rows_per_s"] / peer["rows_per_s"], 2)
    printing.bench(answer)
    said = capsys.readouterr().out
    assert "load registry, 1,000 rows" in said
    assert all(name in said for name in answer["ratios"])


def test_without_a_server_at_hand_nothing_is_told_of_it() -> None:
    with bench_proc.sessions(None) as cost:
        pass
    assert (cost.cpu_s, cost.peak_mib) == (None, None)
