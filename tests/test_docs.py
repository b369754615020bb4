"""Documentation is tested: what exists is described, and what is described exists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from app.cli import cli
from etl.db import Database
from etl.jobs import JOBS
from etl.settings import Settings, district_names

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "data").glob("*.md")))
# What the wrapper, the container and the tests read beside the settings.
READ_ELSEWHERE = {"GOLMOK_PYTHON", "GOLMOK_PASSWORD", "GOLMOK_TEST_DATA", "GOLMOK_TEST_DATABASE_URL"}
SCHEMAS = "('raw', 'core', 'meta', 'api')"


def top_level() -> list[str]:
    root = get_command(cli)
    assert isinstance(root, TyperGroup)
    return sorted(root.commands)


def table_rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every Markdown table."""
    for line in text.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def first_column(text: str) -> set[str]:
    """Return the code words of the first column of all tables."""
    return {word for cells in table_rows(text) for word in re.findall(r"`([^`]+)`", cells[0])}


@pytest.mark.parametrize("name", top_level())
def test_every_command_has_its_row_in_the_readme(name: str) -> None:
    assert name in first_column(README)


def test_no_command_is_described_twice() -> None:
    table = README.split("## What each command does")[1].split("\n## ")[0]
    named = [cells[0] for cells in table_rows(table)]
    assert sorted(named) == sorted(set(named))


def test_every_command_named_in_the_documents_exists() -> None:
    known = {*top_level(), "test", "check"}  # the wrapper's own two
    for path in DOCUMENTS:
        called = re.findall(r"\./golmok ([a-z]+)", path.read_text(encoding="utf-8"))
        assert set(called) <= known, path.name


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_described_where_it_is_and_in_the_readme(name: str) -> None:
    variable = f"GOLMOK_{name.upper()}"
    rows = {word: cells for cells in table_rows(README) for word in re.findall(r"`([^`]+)`", cells[0])}
    assert variable in rows
    assert len(rows[variable][1]) > 10


def test_the_variables_described_are_those_that_are_read() -> None:
    settings = {f"GOLMOK_{name.upper()}" for name in Settings.model_fields}
    readers = (ROOT / "golmok", ROOT / "compose.yaml", *(ROOT / "etl").rglob("*.py"), ROOT / "tests" / "conftest.py",
               ROOT / "tests" / "database.py")  # fmt: skip
    read = {
        name for path in readers for name in re.findall(r"GOLMOK_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert read | settings == settings | READ_ELSEWHERE
    described = {
        name for path in DOCUMENTS for name in re.findall(r"GOLMOK_[A-Z_]+", path.read_text("utf-8"))
    }
    assert described == settings | READ_ELSEWHERE


@pytest.mark.parametrize("source", [job.source for job in JOBS])
def test_every_source_is_in_the_readme(source: str) -> None:
    named = {word.split()[0] for word in first_column(README)}
    assert source in named


def test_every_source_says_what_it_takes() -> None:
    from app.services.loading import known_sources

    for row in known_sources():
        assert len(row["takes"]) > 20, row["source"]


def test_every_district_that_ships_is_named() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    assert [name for name in district_names() if name not in text] == []


def test_every_picture_and_document_that_is_linked_is_there() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def asked(db: Database, query: str) -> list[str]:
    with db.engine.connect() as connection:
        return [str(name) for name in connection.exec_driver_sql(query).scalars()]


def test_every_schema_table_and_view_has_a_comment(owner: Database) -> None:
    bare = f"""
        select n.nspname || '.' || c.relname
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in {SCHEMAS} and c.relkind in ('r', 'v', 'm', 'p')
            and obj_description(c.oid, 'pg_class') is null
    """
    assert asked(owner, bare) == []
    assert asked(owner, f"""
        select nspname from pg_namespace
        where nspname in {SCHEMAS} and obj_description(oid, 'pg_namespace') is null
    """) == []  # fmt: skip


def test_every_column_of_a_table_has_a_comment(owner: Database) -> None:
    bare = f"""
        select n.nspname || '.' || c.relname || '.' || a.attname
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in {SCHEMAS} and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
            and col_description(c.oid, a.attnum) is null
    """
    assert asked(owner, bare) == []


def test_every_function_of_the_database_has_a_comment(owner: Database) -> None:
    bare = f"""
        select n.nspname || '.' || p.proname
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in {SCHEMAS} and obj_description(p.oid, 'pg_proc') is null
    """
    assert asked(owner, bare) == []


def test_there_is_something_to_comment(owner: Database) -> None:
    # The tests above would pass on an empty database.
    tables = asked(owner, "select tablename from pg_tables where schemaname = 'core'")
    assert {"camera", "camera_state", "field_of_view", "coverage_run"} <= set(tables)


def test_every_named_query_says_what_it_gives() -> None:
    for path in sorted((ROOT / "sql" / "queries").glob("*.sql")):
        assert path.read_text(encoding="utf-8").startswith("-- "), path.name
