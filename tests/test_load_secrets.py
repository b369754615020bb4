"""No table holds the address of a machine or a person's number, in whatever column, name or letters it came."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.hangul import tidy
from etl.load import load
from etl.reasons import InputRefused
from tests.database import TestCity
from tests.test_load import HEADER, registry, row, survey

# None of the planted values has these digits by chance, and none is left in any row of any table.
PLANTED = (
    "172.16.7.7", "172.16.8.8", "172.16.9.9", "fe80::1ff", "10.77.0.", "7777-8888", "8787-8787", "87878787",
    "10.86.0.", "10.83.0.1", "admin/pw", "홍길동", "10.88.0.",
)  # fmt: skip


@pytest.fixture
def owner(place: TestCity) -> Iterator[Database]:
    database = place.open("owner")  # who may read every table
    yield database
    database.close()


def stored(owner: Database) -> str:
    """Return every row of every table of ours as one text, as a reader sees it."""
    told = []
    with owner.engine.connect() as connection:
        names = connection.execute(text(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('raw', 'core', 'meta')"
        )).scalars().all()  # fmt: skip
        assert {"raw.source_row", "core.camera_state", "meta.refusal", "meta.batch"} <= set(names)
        for name in names:
            told += connection.execute(text(f"select t::text from {name} t")).scalars().all()
    plain = tidy("\n".join(told).replace("\n", "\x1f\n"))
    return plain + "\n" + unicodedata.normalize("NFKC", plain)


def assert_clean(owner: Database, *kept: str) -> None:
    everything = stored(owner)
    assert [secret for secret in PLANTED if secret in everything] == []
    # else the search looked in the wrong place
    assert [word for word in kept if word not in everything] == []


def test_of_a_registry_nothing_stays_in_any_column(db: Database, owner: Database, tmp_path: Path) -> None:
    file = registry(
        tmp_path,
        row("2", view="쪽 172 . 16 . 9 . 9"),
        row("3", road="골목로 3 fe80::1ff:fe23:4567:890a"),
        row("10.77.0.5", lat="37.5811"),
        row("5", count="10.77.0.6"),
        row("6", day="010-7777-8888", installed="010-7777-8888"),
        row("7", lat="10.77.0.7"),
        row("8", lon="010-7777-8888"),
        row("9", change="10.77.0.9"),
    )
    wide = "나래 １７２．１６．８．８ 쪽,가람 172.16.7\u200b.7 쪽"
    for number, view in enumerate(wide.split(",")):
        one = f"{HEADER}\n{row(f'w{number}', view=view)}\n"
        (tmp_path / f"w{number}.csv").write_text(one, encoding="utf-8")
        load(db, "cameras", tmp_path / f"w{number}.csv")
    assert_clean(owner, "나래", "가람")
    load(db, "cameras", file)
    assert_clean(owner, "쪽", "골목로 3", "BAD_COUNT", "BLANK_COORD")


def test_of_surveys_calls_and_ledgers_neither(db: Database, owner: Database, tmp_path: Path) -> None:
    load(db, "survey", survey(tmp_path, 관리번호="10.77.0.5", presets="010-7777-8888"))
    calls = tmp_path / "calls 010-7777-8888.csv"
    calls.write_text("접수번호,접수일시,사건코드,위도,경도,10.77.0.8\n010-8787-8787,2013-01-02 03:04,207,,,가\n"
                     "a1,2013-01-02 03:04,207,,,가\n")  # fmt: skip
    result = load(db, "incidents", calls)
    assert (result.inserted, result.reasons) == (1, {"BLANK_KEY": 1})
    assert (result.file, result.notes["dropped"], result.notes["dropped_undeclared"]) == ("calls .csv", [], 1)
    assert_clean(owner, "a1", "calls .csv")


def test_of_a_layer_neither_the_id_nor_the_name_of_a_property(
    db: Database, owner: Database, tmp_path: Path
) -> None:
    point = {"type": "Point", "coordinates": [126.935, 37.58]}
    features = [
        {"type": "Feature", "geometry": point,
         "properties": {"id": "10.86.0.1", "장비 10.86.0.2": "가람", "010-8787-8787": "나래", "말": {"k": "10.86.0.3"}}},
        {"type": "Feature", "geometry": point, "properties": {"id": "010-8787-8787", "말": "다솜"}},
    ]  # fmt: skip
    file = tmp_path / "10.88.0.1.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert load(db, "layer", file, layer="boxes").inserted == 2
    assert_clean(owner, "장비", "가람", "나래", "다솜", "boxes")


def test_of_osm_neither_the_number_of_a_node(db: Database, owner: Database, tmp_path: Path) -> None:
    node = {"id": "010-8787-8787", "lat": 37.58, "lon": 126.935,
            "tags": {"man_made": "surveillance", "operator": "가람 10.88.0.2", "direction": "10.88.0.3"}}  # fmt: skip
    file = tmp_path / "osm.json"
    file.write_text(json.dumps({"elements": [node]}))
    assert load(db, "cameras", file).rows_in == 1
    assert_clean(owner, "osm-n0", "가람")


def test_a_refused_file_leaves_no_row_of_it_behind(db: Database, owner: Database, tmp_path: Path) -> None:
    file = tmp_path / "cctv.csv"
    file.write_text("홍길동,010-7777-8888,admin/pw@10.83.0.1,골목로\n홍길동,010-7777-8888,가,나\n")
    with pytest.raises(InputRefused) as refusal:
        load(db, "cameras", file)
    named = tmp_path / "lamps.csv"
    named.write_text("위도,10.83.0.1,admin/pw@10.83.0.1\n1,2,3\n")
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER"):
        load(db, "lamps", named)
    assert "홍길동" not in str(refusal.value)
    assert_clean(owner, "UNKNOWN_HEADER", "found: 위도")
