"""Every row of a generated dirty file is in exactly one count, in the answer and in the database; twice changes nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.db import Database
from etl.load import load
from etl.results import LoadResult
from etl.terms import Terms
from tests.database import TestCity
from tests.dirty_files import KINDS, dirty
from tests.test_load import EAST, MIDDLE, WEST, ask, dong

FILES = 1_000
# Each registry is another one than that before: most of it is gone.
WHOLE = Terms(accept_loss=True)
SHARE = 40
# Where a row of the file is a row of the table.
TABLES = {"incidents": "core.incident", "bells": "core.bell", "lamps": "core.lamp", "speakers": "core.speaker",
          "police": "core.police_record", "layer": "core.layer_feature", "zones": "core.zone"}  # fmt: skip
CORE = ("agency", "site", "camera", "camera_state", "camera_purpose", "incident", "bell", "lamp", "speaker",
        "police_record", "layer", "layer_feature", "zone")  # fmt: skip


@pytest.fixture(scope="module")
def db(city: TestCity, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = city.open("loader")
    load(database, "boundaries", dong(tmp_path_factory.mktemp("a"), ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield database
    database.close()


def versions(db: Database) -> list[tuple[object, ...]]:
    """Return which version of each row stands where: a row that is written anew, though the same, is another one."""
    tables = " union all ".join(f"select '{name}', ctid::text, xmin::text from core.{name}" for name in CORE)
    return ask(db, f"select md5(string_agg(t::text, '' order by t::text)), count(*) from ({tables}) t")


def count(db: Database, source: str) -> int:
    return int(ask(db, f"select count(*) from {TABLES[source]}")[0][0]) if source in TABLES else 0


def check(db: Database, result: LoadResult, rows: int) -> None:
    assert result.balanced
    assert result.rows_in == rows
    kept = ask(db, f"select b.rows_in, b.inserted, b.updated, b.unchanged, b.quarantined, b.duplicates, b.outside, b.status,"
                   f" (select count(*) from raw.source_row where batch_id = b.batch_id),"
                   f" (select count(*) from meta.refusal where batch_id = b.batch_id),"
                   f" (select coalesce(sum(n::int), 0) from jsonb_each_text(b.reasons) r(code, n))"
                   f" from meta.batch b where batch_id = {result.batch_id}")  # fmt: skip
    assert kept == [(rows, result.inserted, result.updated, result.unchanged, result.quarantined, result.duplicates, result.outside,
                     "done", rows, result.quarantined, result.quarantined)]  # fmt: skip


def test_generated_dirty_files_are_accounted_for(db: Database, tmp_path: Path, long_run: bool) -> None:
    taken = dict.fromkeys(KINDS, 0)
    for number in range(FILES if long_run else FILES // SHARE):
        file = dirty(tmp_path, number)
        before = count(db, file.source)
        first = load(db, file.source, file.file, layer=file.layer, terms=WHOLE)
        check(db, first, file.rows)
        assert count(db, file.source) - before == (first.inserted if file.source in TABLES else 0)
        stand = versions(db)
        again = load(db, file.source, file.file, layer=file.layer, terms=WHOLE)
        assert again.balanced
        assert (again.inserted, again.updated, again.retired) == (0, 0, 0), number
        assert versions(db) == stand, number
        taken[file.source] += first.inserted + first.updated + first.unchanged
    # A generator whose rows are all refused would prove nothing.
    assert all(taken.values())


def test_the_generator_gives_the_same_file_for_the_same_number(tmp_path: Path) -> None:
    for number in random.Random(1).sample(range(FILES), 20):
        (tmp_path / "a").mkdir(exist_ok=True)
        (tmp_path / "b").mkdir(exist_ok=True)
        assert (
            dirty(tmp_path / "a", number).file.read_bytes() == dirty(tmp_path / "b", number).file.read_bytes()
        )
