"""The two real runs of data/REAL_RUNS.md, command by command, on real public files where they are at hand."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from etl.cluster import Server

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "data" / "REAL_RUNS.md"

# The names in the list, and the files that stand for them here.
FILES = {
    "dong.geojson": "boundaries/seoul_hangjeongdong_raqoon886.geojson",
    "cctv.csv": "cctv/seoul_std_2018_cctv2.csv",
    "lamps.csv": "demand/seoul_streetlights_20221108.csv",
    "safe_return.csv": "demand/seoul_safe_return_facilities.csv",
    "centre.osm.pbf": "network/helsinki_centre.osm.pbf",
}


class Run:
    """One of the page's lists, run as written but for a district name of its own and --json at the end."""

    def __init__(self, district: str, server: Server, folder: Path, files: Path) -> None:
        self.district, self.files = district, files
        self.name = f"{district}_{uuid.uuid4().hex[:8]}"
        settings = (ROOT / "data" / "districts" / f"{district}.toml").read_text(encoding="utf-8")
        (folder / f"{self.name}.toml").write_text(settings, encoding="utf-8")
        self.env = os.environ | {
            "GOLMOK_DATABASE_URL": server.uri("postgres"),
            "GOLMOK_DISTRICTS": str(folder),
            "GOLMOK_LANGUAGE": "en",
        }

    def commands(self) -> list[list[str]]:
        """Return the words of each command of the list."""
        page = PAGE.read_text(encoding="utf-8")
        blocks = re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL)
        lines = [line for block in blocks for line in block.splitlines() if self.district in line.split()]
        return [shlex.split(line)[1:] for line in lines]

    def answer(self, words: list[str]) -> dict[str, Any]:
        """Run one command and return its JSON; `init` prints none."""
        named = [self.name if word == self.district else word for word in words]
        given = [str(self.files / FILES[word]) if word in FILES else word for word in named]
        command = [sys.executable, "-m", "app.cli", *given, *([] if words[0] == "init" else ["--json"])]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{shlex.join(words)}: {done.stderr}"
        return json.loads(done.stdout) if words[0] != "init" else {}

    def answers(self) -> dict[str, dict[str, Any]]:
        """Run the whole list and return the answers by command (of `load` by source)."""
        found = {}
        for words in self.commands():
            found[words[1] if words[0] == "load" else words[0]] = self.answer(words)
        return found


@pytest.fixture(scope="module")
def seodaemun(
    test_server: Server, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Any]]]:
    yield from _run(Run("seodaemun", test_server, tmp_path_factory.mktemp("districts"), shared_data))


@pytest.fixture(scope="module")
def helsinki(
    test_server: Server, shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, dict[str, Any]]]:
    yield from _run(Run("helsinki", test_server, tmp_path_factory.mktemp("districts"), shared_data))


def _run(run: Run) -> Iterator[dict[str, dict[str, Any]]]:
    yield run.answers()
    engine = create_engine(
        run.env["GOLMOK_DATABASE_URL"].replace("postgresql://", "postgresql+psycopg2://", 1)
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"drop database if exists golmok_{run.name} with (force)")
    engine.dispose()


def test_each_row_of_seodaemun_is_accounted_for(seodaemun: dict[str, dict[str, Any]]) -> None:
    rows = {"boundaries": 425, "cameras": 21_121, "lamps": 19_316, "bells": 11_883}
    parts = ("inserted", "updated", "unchanged", "quarantined", "duplicates", "outside")
    for source, rows_in in rows.items():
        load = seodaemun[source]
        assert load["rows_in"] == rows_in == sum(load[part] for part in parts)
        assert load["quarantined"] <= sum(load["reasons"].values())


def test_seodaemun_has_what_the_publishers_say(seodaemun: dict[str, dict[str, Any]]) -> None:
    # By geometry 548 rows of the registry, 372 lamps and 450 facilities lie in the district of 14 dong.
    inserted = {
        source: seodaemun[source]["inserted"] for source in ("boundaries", "cameras", "lamps", "bells")
    }
    assert inserted == {"boundaries": 14, "cameras": 548, "lamps": 372, "bells": 450}
    counts = seodaemun["status"]["counts"]
    assert counts["cameras"] >= counts["sites"] > 500
    assert counts["headings_known"] == 0


def test_seodaemun_tells_of_addresses_that_name_another_gu(seodaemun: dict[str, dict[str, Any]]) -> None:
    elsewhere = seodaemun["cameras"]["notes"]["address_elsewhere"]
    assert 0 < sum(elsewhere.values()) < 548
    assert "서대문구" not in elsewhere


def test_seodaemun_says_what_it_cannot_say(seodaemun: dict[str, dict[str, Any]]) -> None:
    run = seodaemun["coverage"]
    assert run["alleys"]["share"] is None
    assert "streets" in run["alleys"]["reason"]
    assert run["area"]["share"] is None
    assert "buildings" in run["area"]["reason"]
    circle = run["buffer50m"]
    assert 0.0 < circle["share"] < 1.0
    assert circle["overstates"] is None
    assert run["load_next"][:3] == ["buildings", "streets", "survey"]
    assert not any(row["sees"] or row["sight"] == "certain" for row in seodaemun["nearest"]["cameras"])
    assert run["invented"] is False


def test_helsinki_sees_along_streets_between_walls(helsinki: dict[str, dict[str, Any]]) -> None:
    counts = helsinki["status"]["counts"]
    assert counts["cameras"] >= 200
    assert counts["alleys"] > 1_000
    assert counts["buildings"] > 300
    alleys = helsinki["coverage"]["alleys"]
    ladder = [alleys[step] for step in ("certain", "low", "share", "high", "possible")]
    assert ladder == sorted(ladder)
    assert 0.0 < alleys["share"] < helsinki["coverage"]["buffer50m"]["share"]
    assert helsinki["nearest"]["walls_known"]
    plan = helsinki["plan"]
    assert len(plan["chosen"]) == 5
    assert plan["before"] < plan["after"] <= plan["bound"] <= 1.0
