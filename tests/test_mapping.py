"""Incidents of any file by a mapping: every mistake has its sentence, and real files of another country load."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app import words
from app.services import WrongUse
from app.services.loading import mapping_named
from etl.db import Database
from etl.load import load, replay
from etl.mapping import MappingWrong, mapping_of, read_mapping
from etl.reasons import InputRefused
from etl.settings import district
from etl.sources import mapped
from tests.database import TestCity

EXAMPLE = Path(__file__).resolve().parent.parent / "data" / "mappings" / "example.toml"
HEAD = "Ref,Reported,Type,Priority,Result,Street,Lat,Lon,Phone,Case,Name,Notes,More"


def calls(folder: Path, *rows: str) -> Path:
    file = folder / "desk.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
    return file


def kept(db: Database, columns: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.execute(text(f"select {columns} from core.incident order by incident_key"))
        ]


def test_the_example_of_the_documents_loads_a_file(db: Database, tmp_path: Path) -> None:
    file = calls(
        tmp_path,
        "A-1,02/01/2013 03:04,BURG,C1,OK,,37.5791,126.9368,010-7777-8888,C9,Kim,her husband beats her,x",
        "A-2,02/01/2013 03:05,NOISE,2,DRILL,,37.5792,126.9369,01077778888,,Kim,,x",
        "A-3,02/01/2013 03:06,Kim beat me,,FALSE,,37.5793,126.9370,,,,,x",
        "A-4,31/02/2013 03:06,BURG,,OK,,37.5793,126.9370,,,,,x",
        "Hong,02/01/2013 03:07,절도,,DUPLICATE,,,,,,,,x",
    )
    result = load(db, "incidents", file, mapping=read_mapping(EXAMPLE))
    assert (result.form, result.inserted, result.reasons) == ("mapped", 4, {"BAD_TIME": 1})
    assert result.notes["purpose"] == "coverage of the streets where calls come from"
    assert (result.notes["dropped"], result.notes["dropped_undeclared"]) == (["Name", "Notes"], 1)
    assert result.notes["withheld"] == {"occurred_at": 1, "class_name": 1, "closing_code": 2}
    rows = kept(
        db,
        "incident_key, class_code, class_name, exercise, false_alarm, repeat_call, placed_by, time_precision",
    )
    assert rows[:3] == [
        ("night-desk-A-1", "104", "Burglary", False, False, False, "coordinates", "minute"),
        ("night-desk-A-2", None, "Noise", True, False, False, "coordinates", "minute"),
        ("night-desk-A-3", None, None, False, True, False, "coordinates", "minute"),
    ]
    assert re.fullmatch("night-desk-hash-[a-p]{24}", str(rows[3][0]))  # a name is no key
    assert rows[3][1:7] == ("104", "절도", False, False, True, None)
    told = kept(db, "occurred_at at time zone 'UTC', caller, case_no")
    assert str(told[0][0]) == "2013-01-01 18:04:00"
    assert told[0][1] == told[1][1] is not None
    assert told[0][2] is not None
    again = load(db, "incidents", file, mapping=read_mapping(EXAMPLE))
    assert (again.inserted, again.updated, again.unchanged) == (0, 0, 4)
    # from the rows that were kept it runs again, without the file and without the mapping
    assert result.batch_id is not None
    once_more = replay(db, result.batch_id)
    assert (once_more.inserted, once_more.updated, once_more.unchanged) == (0, 0, 4)


SOUND: dict[str, object] = {
    "origin": "desk",
    "purpose": "why",
    "columns": {"occurred_at": "at", "lat": "y", "lon": "x"},
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"origin": None}, "origin is missing"),
        ({"purpose": " "}, "purpose is a text that is not blank"),
        ({"origin": "Night Desk"}, "origin is a short word"),
        ({"columns": None}, "[columns] is missing"),
        ({"columns": {"when": "at"}}, "there is no columns.when; there are address, class"),
        ({"columns": {"lat": "y", "lon": "x"}}, "time.constant where the file tells no time"),
        ({"columns": {"occurred_at": "at", "lat": "y"}}, "columns.lat and columns.lon stand together"),
        ({"columns": {"occurred_at": 7}}, "columns.occurred_at is a text"),
        ({"time": {"zone": "Asia/Soul"}}, "there is no time zone called 'Asia/Soul'"),
        ({"time": {"zone": "../etc"}}, "there is no time zone called"),
        ({"time": {"format": "%d/%m %H:%M"}}, "tells no year"),
        ({"time": {"precision": "hour"}}, "time.precision is one of minute, day, month, year"),
        ({"time": {"clock": "x"}}, "there is no time.clock"),
        ({"crs": "EPSG:999999"}, "there are no coordinates called 'EPSG:999999'"),
        ({"crs": "EPSG:5773"}, "does not say where a place is"),
        ({"classes": {"B": {"code": "9999", "name": "x"}}}, "classes.B.code is a 112 class code"),
        ({"classes": {"B": {"code": "104"}}}, "classes.B.name is missing"),
        ({"classes": {"B": 7}}, "classes.B is a name, or"),
        ({"flags": {"drill": {"column": "a", "values": ["b"]}}}, "there is no flags.drill"),
        ({"flags": {"exercise": {"column": "a", "values": []}}}, "flags.exercise.values is a list"),
        ({"persons": {"Name": {"fate": "keep", "why": "x"}}}, "fate is drop or hash, not 'keep'"),
        ({"persons": {"Name": {"fate": "hash", "why": "x"}}}, "of says what a hash stands for"),
        ({"persons": {"Name": {"fate": "drop"}}}, "persons.Name.why is missing"),
        ({"persons": {"at": {"fate": "drop", "why": "x"}}}, "persons.at is named under [columns] too"),
        ({"persons": {n: {"fate": "hash", "of": "caller", "why": "x"} for n in "ab"}}, "are hashed as the same"),
        ({"extra": 1}, "there is no extra; there are classes, columns"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_sentence(change: dict[str, object], sentence: str) -> None:
    told = {name: value for name, value in {**SOUND, **change}.items() if value is not None}
    with pytest.raises(MappingWrong, match=re.escape(sentence)) as fault:
        mapping_of(told)
    for lang in words.LANGUAGES:
        said, code = words.sentence(fault.value, lang)
        assert code == 2
        assert str(fault.value)[:20] in said


def test_a_file_that_is_no_mapping_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text("origin = ", encoding="utf-8")
    for name in ("odd.toml", "none.toml"):
        with pytest.raises(MappingWrong, match=name):
            read_mapping(tmp_path / name)


def test_a_mapping_is_a_file_or_one_of_the_district_s() -> None:
    import dataclasses

    sample = dataclasses.replace(district("sample"), mappings={"desk": SOUND})
    assert mapping_named("desk", "incidents", sample).origin == "desk"
    assert mapping_named(str(EXAMPLE), "incidents", sample).origin == "night-desk"
    with pytest.raises(WrongUse, match="there are: desk"):
        mapping_named("other", "incidents", sample)
    with pytest.raises(WrongUse, match="a mapping tells incidents"):
        mapping_named("desk", "cameras", sample)
    assert tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["origin"] == "night-desk"


def test_a_column_that_the_file_has_not_is_told_without_quoting_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("홍길동,010\n김철수,011\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER") as refused:
        mapped.read(file, mapping_of(SOUND), zone="UTC")
    assert "홍길동" not in str(refused.value.detail)
    assert "at" in str(refused.value.detail)


@pytest.mark.parametrize(
    ("time", "cell", "utc"),
    [
        ({"zone": "Europe/London"}, "2017-07-01 12:00", "2017-07-01 11:00:00+00:00"),
        (
            {"zone": "Asia/Seoul", "format": "%m/%d/%y %I:%M %p"},
            "07/01/17 12:30 AM",
            "2017-06-30 15:30:00+00:00",
        ),
        ({"zone": "Asia/Seoul", "precision": "day"}, "2017.07.01", "2017-06-30 15:00:00+00:00"),
        ({"zone": "Asia/Seoul", "precision": "month"}, "2017-07", "2017-06-30 15:00:00+00:00"),
        ({"format": "%Y-%m-%dT%H:%M%z"}, "2017-07-01T12:00-0500", "2017-07-01 17:00:00+00:00"),
        ({}, "2017-07-01 24:00", "2017-07-02 00:00:00+00:00"),
        (
            {"zone": "Europe/London"},
            "2017-03-26 01:30",
            "2017-03-26 01:30",
        ),  # the clocks skipped it: BAD_TIME
        ({"format": "%d/%m/%Y"}, "Kim at noon", ""),
    ],
)
def test_times_are_read_on_the_clocks_of_the_source(
    tmp_path: Path, time: dict[str, str], cell: str, utc: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"at,x,y\n{cell},126.9,37.5\n", encoding="utf-8")
    reading = mapped.read(file, mapping_of({**SOUND, "time": time}), zone="UTC")
    assert reading.whole().tables["mapped"]["occurred_at"].tolist() == [utc]


def test_geojson_in_metres_by_a_mapping(db: Database, tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [195000.0, 553000.0]},
         "properties": {"at": "2013-05-01 10:00", "who": "Hong"}},
        {"type": "Feature", "geometry": None, "properties": {"at": "2013-05-01 10:00", "who": "Hong"}},
    ]  # fmt: skip
    file = tmp_path / "calls.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    mapping = mapping_of({"origin": "desk", "purpose": "why", "crs": 5186, "columns": {"occurred_at": "at"}})
    result = load(db, "incidents", file, mapping=mapping)
    assert (result.inserted, result.reasons) == (1, {"BAD_GEOMETRY": 1})
    assert (result.notes["dropped"], result.notes["dropped_undeclared"]) == ([], 1)
    assert kept(db, "st_x(geom), st_y(geom)") == [(195000, 553000)]


def test_crimes_in_feet_become_points_in_metres(
    make_district: Callable[[str], TestCity],
    shared_data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The file's numbers are US feet of Arizona's state plane; the district's are metres of UTM zone 12."""
    monaco = (EXAMPLE.parent.parent / "districts" / "monaco.toml").read_text(encoding="utf-8")
    tempe = monaco.replace("srid = 32632", "srid = 32612").replace("Europe/Monaco", "America/Phoenix")
    tempe = re.sub(r"extent = .*", "extent = [-111.98, 33.30, -111.80, 33.50]", tempe)
    (tmp_path / "tempe.toml").write_text(tempe, encoding="utf-8")
    monkeypatch.setenv("GOLMOK_DISTRICTS", str(tmp_path))
    mapping = mapping_of({"origin": "geodanet", "purpose": "test", "crs": "ESRI:102649",
                          "columns": {"incident_key": "POLYID"}, "time": {"constant": "2000", "precision": "year"}})  # fmt: skip
    database = make_district("tempe").open("loader")
    try:
        file = shared_data / "incidents" / "geodanet" / "crimes.shp"
        result = load(database, "incidents", file, mapping=mapping)
        assert (result.form, result.rows_in, result.inserted, result.outside) == ("mapped", 287, 287, 0)
        # the file spans 5,663 by 5,676 feet
        ((wide_m, high_m),) = kept_once(database)
        assert (wide_m, high_m) == (
            pytest.approx(5_663 * 0.3048, rel=0.02),
            pytest.approx(5_676 * 0.3048, rel=0.02),
        )
        assert set(kept(database, "time_precision, origin")) == {("year", "geodanet")}
        again = load(database, "incidents", file, mapping=mapping)
        assert (again.inserted, again.updated, again.unchanged) == (0, 0, 287)
    finally:
        database.close()


def kept_once(database: Database) -> list[tuple[object, ...]]:
    spans = "select st_xmax(e) - st_xmin(e), st_ymax(e) - st_ymin(e) from (select st_extent(geom) e from core.incident) x"
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(spans))]
