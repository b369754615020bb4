"""Merges on an open load: what they refuse, and streets that a source cuts otherwise now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.db import Database
from etl.store import merges, writes
from tests.database import TestCity
from tests.test_load import ask


@pytest.fixture
def db(make_city: Callable[[], TestCity]) -> Iterator[Database]:
    database = make_city().open("loader")
    yield database
    database.close()


def test_merges_refuse_columns_that_a_table_lacks(db: Database) -> None:
    with writes.writing(db, "lamps") as connection:
        batch = writes.begin(connection, 5186, {"source": "lamps"}, reference_date=dt.date(2013, 1, 1))
        with pytest.raises(KeyError, match="colour"):
            writes.merge_by_key(
                batch, pd.DataFrame({"lamp_key": ["a"], "colour": ["red"]}), "core.lamp", key=["lamp_key"]
            )


def sections(*keys: str) -> pd.DataFrame:
    lines = [shapely.LineString([(n, 0), (n + 1, 0)]) for n in range(len(keys))]
    return pd.DataFrame(
        {"alley_key": list(keys), "name": None, "width_m": np.nan, "kind": "alley", "lit": None, "geom": lines,
         "row_hash": [key.encode() for key in keys]},
        index=pd.Index([1] * len(keys), name="row_no"),
    )  # fmt: skip


def test_a_street_that_is_cut_otherwise_now_does_not_lie_there_twice(db: Database) -> None:
    with writes.writing(db, "city") as connection:
        batch = writes.begin(connection, 5186, {"source": "city"}, reference_date=dt.date(2013, 1, 1))
        merges.stage_part(batch, "alley", sections("osm-w1-1-3", "osm-w1-3-5", "osm-w2-3-4"))
        first = merges.merge_alleys(batch)
        assert (first.inserted, first.retired) == (1, 0)
        connection.commit()
    with writes.writing(db, "city") as connection:
        batch = writes.begin(connection, 5186, {"source": "city"}, reference_date=dt.date(2014, 1, 1))
        merges.stage_part(batch, "alley", sections("osm-w1-1-5"))
        second = merges.merge_alleys(batch)
        assert second.retired == 2
        connection.commit()
    assert ask(db, "select alley_key from core.alley order by 1") == [("osm-w1-1-5",), ("osm-w2-3-4",)]
