"""Evidence of aim: written by a load once, kept through its history, recorded by people and taken back, guarded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from etl.db import Database
from etl.load import load
from etl.store import frames
from etl.store.evidence import camera_named, keep_evidence, withdraw
from tests.database import TestCity
from tests.test_load import registry, row, survey

# The registry's point of the toy cameras, as tests.test_load writes it.
LAT, LON = 37.5801, 126.9368
LEDGER = "관리번호,구분,제공일시,요청기관,카메라관리번호,영상시작일시,활용여부,미사용사유,사건위도,사건경도"


def cameras(db: Database, folder: Path, *rows: str) -> None:
    load(db, "cameras", registry(folder, *rows))


def kept(db: Database) -> list[tuple[Any, ...]]:
    """Return camera_key, class, weight, headings of all rows."""
    query = text("""
        select camera_key, detail ->> 'class', weight, jsonb_path_query_array(lobes, 'strict $[*][0]')
        from api.aim_evidence order by camera_key collate "C", evidence_id""")
    with db.engine.connect() as connection:
        return [tuple(found) for found in connection.execute(query)]


def test_the_registrys_words_are_evidence_of_each_head(db: Database, tmp_path: Path) -> None:
    cameras(
        db,
        tmp_path,
        row(view="북·남"),
        row("5", view="북·남", count="1"),
        row("6", view=""),
        row("7", view="120도"),
    )
    assert kept(db) == [
        ("202631200000001-1", "CARDINALS", 0.8, [0.0]),
        ("202631200000001-2", "CARDINALS", 0.8, [180.0]),
        # two words for one head: it looks either way
        ("5-1", "CARDINALS", 0.6, [0.0, 180.0]),
        ("7-1", "ANGLE", 0.5, None),
        ("7-2", "ANGLE", 0.5, None),
    ]
    with db.engine.connect() as connection:
        query = (
            "select observed_on, recorded_by, batch_id is null, hfov_deg from api.aim_evidence order by 4, 1"
        )
        rows = connection.exec_driver_sql(query).all()
    # the day that the file speaks of, not that of the load
    assert {tuple(found[:3]) for found in rows} == {(date(2013, 12, 31), "golmok load", False)}
    assert [found[3] for found in rows] == [120.0, 120.0, None, None, None]


def test_the_same_file_again_writes_nothing(db: Database, tmp_path: Path) -> None:
    for _ in range(2):
        cameras(db, tmp_path, row(view="북·남"))
        with db.engine.connect() as connection:
            batches = connection.exec_driver_sql("select batch_id from api.aim_evidence").scalars().all()
    assert len(batches) == 2
    assert len(set(batches)) == 1


def test_other_words_replace_the_first_from_their_day_on(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="북·남"))
    cameras(db, tmp_path, row(view="동·서", day="2014-06-30"))
    now = frames.aim_evidence(db)
    assert sorted(lobes[0][0] for lobes in now["lobes"]) == [90.0, 270.0]
    # as at a day before, the words of that day
    then = frames.aim_evidence(db, date(2014, 1, 1))
    assert sorted(lobes[0][0] for lobes in then["lobes"]) == [0.0, 180.0]
    assert frames.aim_evidence(db, date(2009, 1, 1)).empty  # not hung yet


def test_words_that_are_gone_count_no_more(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="북·남"))
    cameras(db, tmp_path, row(view="", day="2014-06-30"))
    assert frames.aim_evidence(db).empty
    assert len(frames.aim_evidence(db, date(2014, 1, 1))) == 2


def test_a_corrected_number_of_heads_reads_the_same_words_anew(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="북·남"))
    cameras(db, tmp_path, row(view="북·남", count="3"))
    assert [entry[1:] for entry in kept(db)] == [("CARDINALS", 0.6, [0.0, 180.0])] * 3


def test_a_retired_camera_keeps_its_evidence(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="북·남"))
    cameras(db, tmp_path, row(day="2014-06-30", change="D"))
    assert len(kept(db)) == 2
    assert len(frames.aim_evidence(db)) == 2
    # an entry that ends a record names no day of its own: it ends on that of the load
    assert frames.aim_evidence(db, date(2199, 1, 1)).empty


def test_a_survey_leaves_the_words_in_force(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="360도전방면"))
    load(db, "survey", survey(tmp_path))
    found = frames.aim_evidence(db)
    assert found["said"].tolist() == ["OMNI", "OMNI"]
    assert found["lobes"].tolist() == [[], []]


def test_words_are_scrubbed(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(view="주택 앞(172.16.0.1)"))
    with db.engine.connect() as connection:
        words = (
            connection.exec_driver_sql("select distinct detail ->> 'text' from api.aim_evidence")
            .scalars()
            .all()
        )
    assert words == ["주택 앞"]


def test_openstreetmaps_direction_of_the_traffic_is_two_ways(db: Database, tmp_path: Path) -> None:
    tags = {"man_made": "surveillance", "direction": "NB", "surveillance": "public"}
    file = tmp_path / "nodes.json"
    file.write_text(
        json.dumps({"elements": [{"type": "node", "id": 7, "lat": LAT, "lon": LON, "tags": tags}]})
    )
    load(db, "cameras", file)
    assert kept(db) == [("osm-n7-1", "TRAVEL", 0.3, [0.0, 180.0])]
    with db.engine.connect() as connection:
        # the heading itself stays unknown
        assert connection.exec_driver_sql("select heading_deg from api.camera_state").scalars().all() == [
            None
        ]


def supplies(folder: Path, *cells: str) -> Path:
    rows = [f"{n},제공,2013-02-03 10:00:00,골목경찰서,{each}" for n, each in enumerate(cells, 1)]
    file = folder / "ledger.csv"
    file.write_text("\n".join([LEDGER, *rows]), encoding="utf-8")
    return file


def test_footage_for_a_known_place_is_evidence_under_guard(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(count="1"))
    key, when = "202631200000001-1", "2013-02-01 23:30:00"
    file = supplies(
        tmp_path, f"{key},{when},Y,,37.5802,126.9368", f"{key},{when},N,사각지대,37.5803,126.9368",
        f"{key},{when},N,화질 불량,37.5804,126.9368", f"{key},{when},Y,,,", f"{key},{when},,,37.5802,126.9368",
        f"other-1,{when},Y,,37.5802,126.9368", f"{key},{when},Y,,0,0",
    )  # fmt: skip
    result = load(db, "police", file)
    # a place that is none costs nothing but the place
    assert (result.inserted, dict(result.repaired)) == (7, {"VALUE_DROPPED": 1})
    found = frames.aim_evidence(db)
    assert found["source"].tolist() == ["footage"] * 3
    assert sorted(zip(found["weight"], found["seen"], strict=True)) == [
        (0.1, False),
        (0.6, False),
        (0.8, True),
    ]
    # the night of the footage on the district's clocks, not the day of the supply
    assert found["observed_on"].dt.date.tolist() == [date(2013, 2, 1)] * 3
    # 0.0011 degrees, 122.1 m, north of a point whose northing is known: 553,285.1
    assert found.loc[found["seen"].eq(True), "y"].item() == pytest.approx(553_407.2, abs=0.1)
    assert kept(db) == []


def test_each_read_of_such_places_leaves_a_trace(city: TestCity, owner: Database, staff: Database, loader: Database,
                                                 tmp_path: Path) -> None:  # fmt: skip
    cameras(loader, tmp_path, row(count="1"))
    log = "select count(*) from meta.access_log where purpose = 'where cameras look' and rows = 1"

    def traces() -> object:
        with owner.engine.connect() as connection:
            return connection.exec_driver_sql(log).scalar()

    frames.aim_evidence(staff)
    assert traces() == 0  # nothing was given
    load(loader, "police", supplies(tmp_path, "202631200000001-1,2013-02-01 23:30:00,Y,,37.5802,126.9368"))
    assert frames.aim_evidence(staff)["seen"].tolist() == [True]
    assert traces() == 1


def test_the_public_reads_none_of_it(public: Database) -> None:
    for query in ("select 1 from api.aim_evidence", "select 1 from api.read_footage_evidence('x')"):
        with public.engine.connect() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql(query)


CHECK = {"source": "check", "observed_on": date(2014, 1, 2), "weight": 0.95, "east_m": 194_417.0, "north_m": 553_400.0,
         "seen": False}  # fmt: skip


def test_what_people_find_is_kept_and_taken_back(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(count="1"))
    camera = camera_named(db, "202631200000001-1", date(2014, 1, 2))
    assert camera is not None
    assert camera_named(db, str(camera["camera_id"]), date(2014, 1, 2)) == camera
    assert camera_named(db, "nobody", date(2014, 1, 2)) is None
    whose = {"camera_id": camera["camera_id"], "site_id": camera["site_id"]}
    said = keep_evidence(db, {**whose, **CHECK}, by="김")
    assert said["recorded_by"] == "김"
    assert said["recorded_at"].utcoffset() is not None
    (found,) = frames.aim_evidence(db).to_dict("records")
    assert (found["x"], found["y"], found["seen"], found["lobes"]) == (194_417.0, 553_400.0, False, [])
    assert pd.isna(found["tilt_deg"])
    taken = withdraw(db, said["evidence_id"], by="이")
    assert taken is not None
    assert taken["withdrawn_by"] == "이"
    assert withdraw(db, said["evidence_id"]) is None  # once
    assert frames.aim_evidence(db).empty
    assert len(kept(db)) == 1


def test_of_a_camera_that_was_moved_earlier_evidence_tells_nothing(db: Database, tmp_path: Path) -> None:
    cameras(db, tmp_path, row(count="1", view="북"))
    camera = camera_named(db, "202631200000001-1", date(2014, 1, 2))
    assert camera is not None
    keep_evidence(db, {"camera_id": camera["camera_id"], "site_id": camera["site_id"], **CHECK})
    cameras(db, tmp_path, row(count="1", view="북", lat="37.5811", day="2014-06-30"))
    assert frames.aim_evidence(db)["source"].tolist() == ["view_text"]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"weight": 1.5}, "weight_check"), ({"weight": float("nan")}, "weight_check"), ({"source": "guess"}, "source_check"),
        ({"seen": None}, "a_place_is_seen_or_not"), ({"lobes": [[0.0, 5.0, 1.0]]}, "lobes_or_a_place"),
        ({"tilt_deg": 10.0}, "a_tilt_has_its_spread"), ({"recorded_by": " "}, "recorded_by_check"),
    ],
)  # fmt: skip
def test_evidence_that_cannot_be_is_refused(
    loader: Database, tmp_path: Path, wrong: dict[str, Any], constraint: str
) -> None:
    cameras(loader, tmp_path, row(count="1"))
    camera = camera_named(loader, "202631200000001-1", date(2014, 1, 2))
    assert camera is not None
    whose = {"camera_id": camera["camera_id"], "site_id": camera["site_id"]}
    with pytest.raises(DBAPIError, match=constraint):
        keep_evidence(loader, {**whose, **CHECK, **wrong})


@pytest.mark.parametrize(
    "lobes",
    [[], [[360.0, 5.0, 1.0]], [[0.0, 0.0, 1.0]], [[0.0, 5.0]], [[0.0, 5.0, 2.0]], [["N", 5.0, 1.0]], [5.0], {"a": 1},
     [[0.0, 5.0, 1.0], [0.0]]],
)  # fmt: skip
def test_lobes_that_are_none_are_refused(loader: Database, tmp_path: Path, lobes: object) -> None:
    cameras(loader, tmp_path, row(count="1"))
    camera = camera_named(loader, "202631200000001-1", date(2014, 1, 2))
    assert camera is not None
    aim = {"source": "survey", "observed_on": date(2014, 1, 2), "weight": 0.9, "lobes": lobes}
    with pytest.raises(DBAPIError, match="a_mixture_of_lobes"):
        keep_evidence(loader, {"camera_id": camera["camera_id"], "site_id": camera["site_id"], **aim})
