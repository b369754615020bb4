"""Merges on an open load: what they refuse, and streets that a source cuts otherwise now."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from etl.db import Database
from etl.load import load
from etl.store import merges, writes
from tests.test_load import ask, registry, row


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


def test_an_outage_without_an_end_lasts_to_the_next_up_of_its_file(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row()))
    file = tmp_path / "status.csv"
    cells = (("down", "2013-01-01 00:00"), ("down", "2013-02-01 00:00"), ("up", "2013-01-03 00:00"))
    lines = [f"202631200000001,1,{status},{since}," for status, since in cells]
    file.write_text("\n".join(["관리번호,head_no,status,since,until", *lines]) + "\n")
    load(db, "status", file)
    told = ask(db, "select lower(down_during), upper(down_during) from core.camera_status order by 1")
    ends = [end and end.isoformat() for _, end in told]
    assert ends == ["2013-01-02T15:00:00+00:00", None]
