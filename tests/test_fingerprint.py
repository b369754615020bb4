"""The hash of a state: equal for what is equal, other for any change that counts, and no table is forgotten."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services import state as service
from etl.db import Database
from etl.store.fingerprint import DERIVED, TABLES, StateHash, state_hash
from etl.store.queries import query
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.terminal import enter, runner

# Numbers that a row bears, which load wrote it, when it was recorded, and a merge's own mark: another load's are others.
NOT_TOLD = {
    "batch_id", "row_hash", "recorded_at", "made_at", "changed_at", "withdrawn_at", "camera_id", "site_id", "state_id", "agency_id",
    "building_id", "layer_id", "decided_at", "record_key", "plan_id",
}  # fmt: skip
MORE = """
insert into core.camera_status (camera_id, down_during)
    select camera_id, '[2013-01-01,2013-01-02)' from core.camera where camera_key = 'c1';
insert into core.layer (name, geometry_kind) values ('zones', 'point');
insert into core.layer_feature (layer_id, feature_key, weight, geom)
    select layer_id, 'f1', 0.1, st_setsrid(st_makepoint(200000.1, 550000), 5186) from core.layer;
insert into core.aim_evidence (camera_id, site_id, source, observed_on, weight, place, seen, recorded_by)
    select camera_id, site_id, 'check', '2013-06-01', 0.9, st_setsrid(st_makepoint(200010, 550000), 5186), true, 'Kim'
    from core.camera where camera_key = 'c2';
"""


def laid_out(make: Callable[[], TestCity], stack: ExitStack, *before: str) -> Database:
    owner = make().open("owner")
    stack.callback(owner.close)
    toy_city.lay_out(
        owner, *before, toy_city.NETWORK, toy_city.GROUND, toy_city.OUTLINE, toy_city.RECORDS, MORE
    )
    return owner


def by_table(found: StateHash) -> dict[str, str]:
    return {each.table: each.hash for each in found.tables}


def test_every_table_of_core_is_hashed_or_says_why_not(owner: Database) -> None:
    with owner.engine.connect() as connection:
        there = set(
            connection.execute(text("select tablename from pg_tables where schemaname = 'core'")).scalars()
        )
    assert set(TABLES) | set(DERIVED) == there
    assert not set(TABLES) & set(DERIVED)
    assert all(DERIVED.values())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_counts_but_for_numbers_of_rows_and_loads(owner: Database, table: str) -> None:
    with owner.engine.connect() as connection:
        found = connection.execute(
            text(
                "select column_name, is_identity from information_schema.columns where table_schema = 'core'"
                " and table_name = :table"
            ),
            {"table": table},
        ).all()
    assert found
    told = set(re.findall(r"\w+", query(f"state_hash_{table}")))
    assert [name for name, own in found if own == "NO" and name not in NOT_TOLD and name not in told] == []


def test_equal_states_are_equal_whatever_their_numbers_order_and_loads(
    make_city: Callable[[], TestCity],
) -> None:
    shifted = """
        insert into meta.batch (source) values ('x'), ('y');
        insert into core.agency (name_ko) values ('gone'), ('gone too');
        delete from core.agency;
        insert into core.site (site_key, geom) values ('gone', st_setsrid(st_makepoint(0, 0), 5186));
        delete from core.site;
    """
    with ExitStack() as stack:
        one, two = laid_out(make_city, stack), laid_out(make_city, stack, shifted)
        with two.engine.begin() as connection:
            # written anew, a row stands at the end of its table
            connection.exec_driver_sql(
                "update core.alley set row_hash = 'x', batch_id = 1 where alley_key = 'L1'"
            )
            connection.exec_driver_sql("update core.aim_evidence set recorded_at = now() - interval '1 year'")
            connection.exec_driver_sql("set timezone = 'Asia/Seoul'")
        assert state_hash(two) == state_hash(one)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("camera_state", "update core.camera_state set heading_deg = 90.00000000000001 where heading_deg = 90"),
        ("camera_state", "update core.camera_state set view_text = '' where heading_deg = 90"),
        ("camera_state", "update core.camera_state set valid_during = '[2010-03-01,2020-01-01)' where heading_deg = 90"),
        ("camera_purpose", "delete from core.camera_purpose"),
        ("site", "update core.site set geom = st_translate(geom, 1e-9, 0) where site_key = 's1'"),
        ("incident", "update core.incident set occurred_at = occurred_at + interval '1 us' where incident_key = 'first'"),
        ("layer_feature", "update core.layer_feature set weight = 0.1 + 0.2"),
        ("aim_evidence", "update core.aim_evidence set withdrawn_at = now(), withdrawn_by = 'Lee'"),
        ("camera_status", "update core.camera_status set reason = 'power'"),
        ("police_record", "delete from core.police_record where record_key = 'r5'"),
    ],
)  # fmt: skip
def test_the_least_change_is_told_in_its_table_alone(
    make_city: Callable[[], TestCity], table: str, change: str
) -> None:
    with ExitStack() as stack:
        owner = laid_out(make_city, stack)
        before = state_hash(owner)
        with owner.engine.begin() as connection:
            connection.exec_driver_sql(change)
        after = state_hash(owner)
    assert {name for name in TABLES if by_table(before)[name] != by_table(after)[name]} == {table}
    assert before.hash != after.hash


def test_the_hash_is_what_its_definition_says(make_city: Callable[[], TestCity]) -> None:
    with ExitStack() as stack:
        found = state_hash(laid_out(make_city, stack))
    digests = sorted(hashlib.sha256(row).digest() for row in (b"(north,North)", b"(south,South)"))
    assert digests[0][0] != digests[1][0]  # so each is a part of its own
    parts = b"".join(hashlib.sha256(digest).digest() for digest in digests)
    agency = next(each for each in found.tables if each.table == "agency")
    assert (agency.rows, agency.hash) == (2, hashlib.sha256(parts).hexdigest())


def test_two_equal_rows_are_not_one(make_city: Callable[[], TestCity]) -> None:
    again = "insert into core.plan (name, cameras, figures) values ('a', 1, '{}')"
    with ExitStack() as stack:
        owner = laid_out(make_city, stack, again)
        once = state_hash(owner)
        with owner.engine.begin() as connection:
            connection.exec_driver_sql(again)
        assert by_table(state_hash(owner))["plan"] != by_table(once)["plan"]


def test_the_command_prints_each_table_and_the_hash_of_all(
    make_city: Callable[[], TestCity],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    city = make_city()
    with ExitStack() as stack:
        owner = city.open("owner")
        stack.callback(owner.close)
        toy_city.lay_out(owner)
        expected = service.state(owner, progress=toy_city.quiet)
    enter(city, tmp_path, monkeypatch)
    golmok = runner(monkeypatch, capfd)
    told = golmok("hash", "--json").answer
    assert (told["hash"], told["tables"]) == (expected["hash"], expected["tables"])
    said = golmok("hash").out
    assert expected["hash"] in said
    assert all(each["hash"] in said for each in expected["tables"])
