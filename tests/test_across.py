"""Rules across rows: in memory, and in the database, where they must say the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as hs

from etl.across import SHARED_BY, TOLD, Once, in_memory, told
from etl.db import Database
from etl.rows import REASON, REPAIRED
from etl.store import rules, writes
from tests.toy import SRID

RECORDS = Once(
    "key", number="no", aside=("changed_at",), newest="changed_at", addresses=("address_lot", "address_road")
)


def table(columns: dict[str, Sequence[str]]) -> pd.DataFrame:
    index = pd.RangeIndex(1, len(next(iter(columns.values()))) + 1, name="row_no")
    return pd.DataFrame(columns, index=index, dtype="str").assign(**{REPAIRED: ""})


def judged(once: Once, rows: pd.DataFrame) -> tuple[dict[int, str], dict[int, str]]:
    """Return the reasons of the rows that leave, and the keys of those that stay."""
    good, refused = in_memory(once, read=rows, good=rows)
    return dict(refused[REASON]), dict(good[once.key])


def judged_by_database(db: Database, once: Once, rows: pd.DataFrame) -> tuple[dict[int, str], dict[int, str]]:
    with writes.writing(db, "test") as connection:
        batch = writes.begin(connection, SRID, {"source": "lamps"}, reference_date=dt.date(2013, 1, 1))
        facts = told(once, read=rows, good=rows)
        # two blocks, as a long file has
        for part in (facts.iloc[: len(facts) // 2], facts.iloc[len(facts) // 2 :]):
            if len(part):
                frame = part.reindex(columns=list(TOLD)).assign(part="row", reason=None, elsewhere=None)
                writes.tell(batch, frame)
        rules.apply_rules(batch, shared_by=SHARED_BY)
        with connection.cursor() as cursor:
            cursor.execute("select row_no, reason, coalesce(n.key, s.key) from stage_row s "
                           "left join renumbered n using (row_no)")  # fmt: skip
            found: list[Any] = cursor.fetchall()
    return (
        {row_no: reason for row_no, reason, _ in found if reason is not None},
        {row_no: key for row_no, reason, key in found if reason is None},
    )


def test_repeated_rows_leave_and_contradictions_are_told_apart() -> None:
    rows = table({"key": ["a", "a", "a", "b"], "name": ["x", "x", "y", "x"]})
    assert judged(Once("key"), rows) == (
        {2: "DUPLICATE_IN_FILE", 3: "CONFLICTING_KEY"},
        {1: "a", 4: "b"},
    )
    reasons, keys = judged(Once("key", twins=True), rows)
    assert reasons == {2: "DUPLICATE_IN_FILE"}
    assert keys.keys() == {1, 3, 4}
    assert set(keys.values()) == {"a", "a#2", "b"}


def test_twins_keep_their_numbers_whatever_the_order_of_the_file() -> None:
    rows = table({"key": ["a", "a", "a"], "name": ["z", "x", "y"]})
    numbered = []
    for order in ([1, 2, 3], [3, 2, 1], [2, 3, 1]):
        _, keys = judged(Once("key", twins=True), rows.loc[order])
        numbered.append({rows.at[row_no, "name"]: key for row_no, key in keys.items()})
    assert numbered[0] == numbered[1] == numbered[2]
    assert sorted(numbered[0].values()) == ["a", "a#2", "a#3"]


def test_rows_known_by_their_number_may_not_contradict_and_those_known_by_a_hash_may() -> None:
    rows = table({"no": ["7", "7", "", ""], "key": ["7", "7", "h1", "h1"], "name": ["x", "y", "x", "y"]})
    reasons, keys = judged(Once("key", number="no"), rows)
    assert reasons == {2: "CONFLICTING_KEY"}
    assert set(keys.values()) == {"7", "h1", "h1#2"}


def test_a_change_that_a_later_one_follows_is_superseded() -> None:
    rows = table({"no": ["7", "7", "8"], "key": ["7", "7", "8"], "changed_at": ["2013-02", "2013-01", ""]})
    assert judged(Once("key", number="no", newest="changed_at"), rows)[0] == {2: "SUPERSEDED"}


@pytest.mark.parametrize(("addresses", "left"), [(SHARED_BY, 0), (SHARED_BY + 1, SHARED_BY + 1)])
def test_coordinates_of_many_addresses_are_a_placeholder(db: Database, addresses: int, left: int) -> None:
    many = [str(n) for n in range(addresses)]
    rows = table({"no": many, "key": many, "changed_at": [""] * addresses, "lat": ["37.57911"] * addresses,
                  "lon": ["126.93681"] * addresses, "address_lot": many, "address_road": [""] * addresses})  # fmt: skip
    for reasons, _ in (judged(RECORDS, rows), judged_by_database(db, RECORDS, rows)):
        assert list(reasons.values()) == ["COARSE_COORD"] * left


_ROW = hs.tuples(
    hs.sampled_from(["", "", "7", "8"]), hs.sampled_from("xyz"), hs.sampled_from(["", "1", "2", "3"])
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hs.lists(_ROW, min_size=1, max_size=14))
def test_the_database_says_what_memory_says(db: Database, cells: list[tuple[str, str, str]]) -> None:
    keys = [number or "h" + name for number, name, _ in cells]
    rows = table({"no": [c[0] for c in cells], "key": keys, "name": [c[1] for c in cells],
                  "changed_at": [c[2] for c in cells], "lat": ["37.1"] * len(cells), "lon": [""] * len(cells),
                  "address_lot": [""] * len(cells), "address_road": [""] * len(cells)})  # fmt: skip
    for once in (RECORDS, Once("key"), Once("key", twins=True)):
        assert judged_by_database(db, once, rows) == judged(once, rows)
