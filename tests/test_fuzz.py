"""Broken files of every source: refused by name, or every row of them accounted for; never a fault, never silence."""

from __future__ import annotations

import datetime as dt
import random
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from etl.db import Database
from etl.dry import read_dry, sort_dry
from etl.load import find_job, load
from etl.reasons import REASONS, InputRefused
from etl.rows import REASON, Door, Reading
from etl.terms import Terms
from tests.database import TestCity
from tests.fuzzed import Seed, mutated, seeds

FILES = 10_000
SHARE = 20
# A file of a few kilobytes: half a minute and half a gigabyte are no question of the machine.
LONGEST_S, LARGEST_KB = 30, 512 * 1024
DOOR = Door(srid=5186, zone="Asia/Seoul", today=dt.date(2026, 11, 26))


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> list[Seed]:
    return seeds(tmp_path_factory.mktemp("seeds"))


@contextmanager
def bounded_time(what: str) -> Iterator[None]:
    def late(_: int, __: FrameType | None) -> None:
        raise TimeoutError(f"{what} took more than {LONGEST_S} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def lines_of(file: Path, reading: Reading) -> int | None:
    """Count the rows of a delimited file by its lines alone, None where lines are no rows or the header is not told."""
    told, content = reading.notes.get("header"), file.read_bytes()
    if not isinstance(told, dict) or reading.encoding in (None, "mixed"):
        return None
    if b'"' in content or content.startswith(b"PK"):  # a cell of several lines; a list in an archive
        return None
    text = content.decode(str(reading.encoding), "replace").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    stands = reading.notes.get("header_row")
    head = next((n for n, line in enumerate(lines[:6]) if all(name in line for name in told.values())), None)
    if isinstance(stands, int):  # the header may be repeated: the last of them is it
        head = stands - 1
    if head is None:
        return None
    mark = max(",;\t|", key=lines[head].count)  # of the others each is a cell's own sign
    return sum(bool(line.replace(mark, "").strip()) for line in lines[head + 1 :])


def looked_into(seed: Seed, file: Path) -> str:
    """Read a file and bring it through the steps; return what became of it."""
    job = find_job(seed.source, layer=seed.layer)
    try:
        reading = read_dry(job, file)
        found = sort_dry(job, reading, DOOR)
    except InputRefused as error:
        assert REASONS[error.reason].bucket == "file"
        return error.reason
    for part in found.parts:
        rows = found.rows[part.part.table]
        assert rows.index.is_unique
        assert sorted([*part.good.index.unique(), *part.refused.index]) == sorted(rows.index)
        assert set(part.refused[REASON]) <= set(REASONS)
    if seed.ending == "csv" and (expected := lines_of(file, reading)) is not None:
        assert sum(map(len, found.rows.values())) == expected
    return "read"


def test_broken_files_are_refused_by_name_or_accounted_for(
    valid: list[Seed], tmp_path: Path, long_run: bool
) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: dict[str, int] = {}
    for number in range(FILES if long_run else FILES // SHARE):
        draw = random.Random(number)
        seed = valid[number % len(valid)]
        file = tmp_path / f"{seed.source}-{number}.{seed.ending}"
        file.write_bytes(mutated(seed, valid, draw))
        with bounded_time(file.name):
            outcome = looked_into(seed, file)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        file.unlink()
    # A fuzz of which all is refused, or nothing, looks into nothing.
    assert 0.2 < outcomes["read"] / sum(outcomes.values()) < 0.9
    assert len(outcomes) > 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < LARGEST_KB


def test_the_files_are_taken_as_long_as_nothing_happened_to_them(valid: list[Seed], tmp_path: Path) -> None:
    refused = []
    for number, seed in enumerate(valid):
        file = tmp_path / f"{number}.{seed.ending}"
        file.write_bytes(seed.content)
        if (outcome := looked_into(seed, file)) != "read":
            refused.append((seed.source, seed.ending, outcome))
    # Forms that a source may not know are refused by name; the texts and maps that the offices send are read.
    assert {ending for _, ending, _ in refused} <= {"gpkg", "parquet", "xlsx"}


@pytest.fixture
def db(city: TestCity) -> Iterator[Database]:
    database = city.open("loader")
    yield database
    database.close()


def test_broken_files_do_the_database_no_harm(
    db: Database, valid: list[Seed], tmp_path: Path, long_run: bool
) -> None:
    for number in range(FILES // SHARE if long_run else len(valid)):
        draw = random.Random(1_000_000 + number)
        seed = valid[number % len(valid)]
        file = tmp_path / f"{seed.source}-{number}.{seed.ending}"
        file.write_bytes(mutated(seed, valid, draw))
        with bounded_time(file.name):
            try:
                result = load(
                    db,
                    seed.source,
                    file,
                    layer=seed.layer,
                    dry_run=number % 2 == 0,
                    terms=Terms(accept_loss=True),
                )
            except InputRefused as error:
                assert REASONS[error.reason].bucket == "file"
            else:
                assert result.balanced
        file.unlink()
