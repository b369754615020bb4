"""What a file holds in vain is refused with a reason or kept out of the tables; it never ends a load as a fault."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from etl.db import Database
from etl.load import load
from etl.reasons import InputRefused
from tests.test_load import HEADER, ask, counts, dong, registry, row


def geojson(folder: Path, *features: tuple[dict[str, str], str, object], name: str = "a.geojson") -> Path:
    told = [{"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": at}}
            for properties, kind, at in features]  # fmt: skip
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": told}))
    return path


# 0.02 mm by 0.02 mm, once its degrees are taken for metres
SQUARE = [
    [[126.93, 37.575], [126.93002, 37.575], [126.93002, 37.57502], [126.93, 37.57502], [126.93, 37.575]]
]


@pytest.mark.parametrize("code", [5179, 900913])
def test_zones_in_metres_that_are_degrees_are_no_areas(db: Database, tmp_path: Path, code: int) -> None:
    file = geojson(tmp_path, ({"zone_key": "z1", "kind": "flood"}, "Polygon", SQUARE))
    result = load(db, "zones", file, assume_crs=code)
    assert counts(result) == {"quarantined": 1}


def test_a_feature_without_coordinates_is_refused_alone(db: Database, tmp_path: Path) -> None:
    whole = dong(tmp_path, ("a", 126.93, 126.94))
    told = json.loads(whole.read_text())
    told["features"].append({**told["features"][0], "geometry": {"type": "Polygon", "coordinates": []}})
    whole.write_text(json.dumps(told))
    assert counts(load(db, "boundaries", whole)) == {"inserted": 1, "quarantined": 1}


@pytest.mark.parametrize("at", [[], None, [126.93], "126,37", {"x": 1}])
def test_a_camera_point_without_a_pair_has_no_place(db: Database, tmp_path: Path, at: object) -> None:
    tags = {"man_made": "surveillance"}
    file = geojson(tmp_path, (tags, "Point", at), (tags, "Point", [126.935, 37.58]))
    told = json.loads(file.read_text())
    told["features"][1]["id"] = "²9" + "9" * 5000  # no node's number either
    file.write_text(json.dumps(told))
    result = load(db, "cameras", file)
    assert (result.rows_in, result.reasons) == (2, {"BLANK_COORD": 1})


BOUNDS = {"west": 126.93, "south": 37.57, "east": 126.94, "north": 37.58}


@pytest.mark.parametrize(
    "grid",
    [
        {"bounds": BOUNDS, "rows": 1, "columns": 1, "values": [3]},
        {"bounds": BOUNDS, "rows": 1, "columns": 2, "values": [3, 4]},
        {"bounds": {**BOUNDS, "east": 126.93}, "rows": 2, "columns": 2, "values": [1, 2, 3, 4]},
        {"bounds": {**BOUNDS, "north": float("nan")}, "rows": 2, "columns": 2, "values": [1, 2, 3, 4]},
        {"bounds": {**BOUNDS, "east": float("inf")}, "rows": 2, "columns": 2, "values": [1, 2, 3, 4]},
    ],
)
def test_a_grid_that_encloses_nothing_is_refused(db: Database, tmp_path: Path, grid: object) -> None:
    file = tmp_path / "dem.json"
    file.write_text(json.dumps(grid))
    with pytest.raises(InputRefused, match="WRONG_CONTENT"):
        load(db, "dem", file)
    file.write_text('{"bounds": {}, "rows": 2e400, "columns": 2, "values": []}')
    with pytest.raises(InputRefused, match="WRONG_CONTENT"):
        load(db, "dem", file)


def test_a_grid_on_the_other_side_of_the_globe_holds_nothing_for_us(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "dem.json"
    bounds = {"west": -52.9, "south": -1.0, "east": -52.8, "north": 91.0}
    file.write_text(json.dumps({"bounds": bounds, "rows": 2, "columns": 2, "values": [1, 2, 3, 4]}))
    result = load(db, "dem", file)
    assert (result.rows_in, result.inserted, result.balanced) == (1, 0, True)


def test_a_name_no_file_can_bear_is_no_file(db: Database, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="NO_FILE"):
        load(db, "cameras", tmp_path / ("a" * 300))


def test_a_column_called_as_one_of_ours_is_the_files_own(db: Database, tmp_path: Path) -> None:
    file = tmp_path / "cctv.csv"
    file.write_text(f"{HEADER},geometry,table,repaired\n{row()},POINT(1 2),x,y\n")
    assert counts(load(db, "cameras", file)) == {"inserted": 1}
    ((kept,),) = ask(db, "select content from raw.source_row")
    assert (kept["table"], kept["geometry_19"], kept["table_20"], kept["repaired_21"]) == (
        "registry",
        "POINT(1 2)",
        "x",
        "y",
    )


def test_two_open_quotes_store_no_camera_in_the_wrong_place(db: Database, tmp_path: Path) -> None:
    file = registry(tmp_path, row("1", view='"고정'), row("2", view='"고정', lat="37.5811"), row("3"))
    result = load(db, "cameras", file)
    assert (counts(result), result.reasons) == ({"inserted": 1, "quarantined": 2}, {"OPEN_QUOTE": 2})
    assert ask(db, "select distinct split_part(camera_key, '-', 1) from core.camera") == [("3",)]


def test_a_cell_longer_than_any_sheets_is_cut_and_refused(db: Database, tmp_path: Path) -> None:
    result = load(db, "cameras", registry(tmp_path, row("1", view="가" * 40_000), row("2", lat="37.5811")))
    assert result.reasons == {"LONG_CELL": 1}
    assert ask(db, "select max(length(content->>'view_text')), max(length(content::text)) < 1000 from raw.source_row") \
        == [(200, True)]  # fmt: skip
    tag = {"man_made": "surveillance", "operator": "나" * 12_000_000}
    there = geojson(tmp_path, (tag, "Point", [126.935, 37.58]))
    assert load(db, "cameras", there).reasons == {"LONG_CELL": 1}


def test_a_row_of_totals_is_told_as_one_wherever_it_says_so(db: Database, tmp_path: Path) -> None:
    file = registry(
        tmp_path, row("1"), row("합계", manager="", road="", purpose="", count="57", lat="", lon="")
    )
    assert load(db, "cameras", file).reasons == {"TOTAL_ROW": 1}
    places = tmp_path / "places.csv"
    places.write_text("이름,위도,경도\n계,,\n가람,37.58,126.935\n")
    assert load(db, "layer", places, layer="boxes").reasons == {"TOTAL_ROW": 1}


@pytest.mark.parametrize("day", ["0001-01-01", "1600-01-01", "1989-12-31"])
def test_no_file_describes_a_day_before_there_were_any(db: Database, tmp_path: Path, day: str) -> None:
    result = load(db, "cameras", registry(tmp_path, row(day=day)))
    assert (result.reference_date or dt.date.min) > dt.date(2020, 1, 1)
    assert result.repaired == {"VALUE_DROPPED": 1}
