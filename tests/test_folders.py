"""A folder of months is loaded in their order, goes on where it was cut, and one bad file does not stop the rest."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text

from app.services import loading
from app.services.folders import Given, load_folder
from app.services.loading import load_or_refuse
from etl.db import Database
from etl.errors import DatabaseUnreachable
from etl.folders import files_in, in_order, is_one_input, month_in, natural
from etl.load import find_job, load
from etl.results import LoadResult
from tests.city_in_database import quiet
from tests.terminal import Golmok

HEADER = "Crime ID,Month,Reported by,Longitude,Latitude,Location,Crime type,Last outcome category"
POLICE = Given("police")


def month(folder: Path, name: str, *, said: str, crimes: int = 2) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    rows = [f"{said}-{n},{said},City,126.9401,37.58{n}1,On or near,Theft," for n in range(1, crimes + 1)]
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


def batches(db: Database) -> list[tuple[str, str]]:
    with db.engine.connect() as connection:
        sql = "select file_name, status from meta.batch order by batch_id"
        return [tuple(row) for row in connection.execute(text(sql))]  # type: ignore[misc]


def names(found: list[Path] | tuple[Path, ...]) -> list[str]:
    return [path.name for path in found]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2017-01-city-street.csv", "2017-01"), ("cctv_201903.csv", "2019-03"), ("20190312.csv", "2019-03"),
        ("CCTV 2019년 3월.csv", "2019-03"), ("2019.11 cctv.csv", "2019-11"), ("교통사망사고정보_2016.csv", "2016"),
        ("2017-01/street.csv", "2017-01"), ("2016/cctv_2017-02.csv", "2017-02"), ("a.csv", ""), ("12345678901.csv", ""),
        ("2019-13.csv", "2019"),
    ],
)  # fmt: skip
def test_the_month_that_a_name_tells(name: str, said: str) -> None:
    assert month_in(Path(name)) == said


def test_names_are_sorted_as_people_count() -> None:
    assert sorted(["b10", "b9", "B1", "a"], key=natural) == ["a", "B1", "b9", "b10"]


def test_what_only_goes_along_is_no_file_of_its_own(tmp_path: Path) -> None:
    for name in ("b.csv", ".hidden", "__MACOSX/b.csv", "x.shp", "x.dbf", "x.prj", "lone.dbf", "sub/a.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert names(files_in(tmp_path)) == ["b.csv", "lone.dbf", "a.csv", "x.shp"]


def test_files_are_ordered_by_month_else_by_the_day_inside_else_by_name(tmp_path: Path) -> None:
    police = find_job("police")
    named, inside, neither = (tmp_path / name for name in ("named", "inside", "neither"))
    month(named, "z_2016-12.csv", said="2018-01")
    month(named, "a_2017-01.csv", said="2017-01")
    month(inside, "b.csv", said="2016-12")
    month(inside, "a.csv", said="2017-01")
    (inside / "0.csv").write_text("nothing of the kind")
    month(neither, "file10.csv", said="")
    month(neither, "file9.csv", said="")
    found = [in_order(police, folder) for folder in (named, inside, neither)]
    assert [(names(each.files), each.by) for each in found] == [
        (["z_2016-12.csv", "a_2017-01.csv"], "month in the name"),
        (["b.csv", "a.csv", "0.csv"], "day in the content"),
        (["file9.csv", "file10.csv"], "name"),
    ]


def test_each_file_is_a_batch_and_again_each_is_passed_over(db: Database, tmp_path: Path) -> None:
    month(tmp_path, "2017-02/x.csv", said="2017-02", crimes=3)
    month(tmp_path, "2017-01/x.csv", said="2017-01")
    told: list[str] = []
    first = load_folder(
        db,
        find_job("police"),
        tmp_path,
        given=POLICE,
        load_one=load_or_refuse,
        progress=lambda label, *_: told.append(label),
    )
    assert [each["rows_in"] for each in first["files"]] == [2, 3]
    assert (first["loaded"], first["refused"], first["passed_over"], first["status"]) == (2, 0, 0, "done")
    assert (first["totals"]["rows_in"], first["totals"]["inserted"]) == (5, 5)
    assert list(dict.fromkeys(told)) == ["Load police: x.csv (1/2)", "Load police: x.csv (2/2)"]
    again = load_folder(
        db, find_job("police"), tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet
    )
    assert (again["loaded"], again["passed_over"]) == (0, 2)
    assert [each["batch_id"] for each in again["files"]] == [each["batch_id"] for each in first["files"]]
    assert batches(db) == [("x.csv", "done")] * 2


def test_a_cut_run_goes_on_where_it_stopped(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        month(tmp_path, f"2017-0{number}.csv", said=f"2017-0{number}")

    def unreachable_at_the_third(database: Database, source: str, file: Path, **given: object) -> LoadResult:
        if file.name == "2017-03.csv":
            raise DatabaseUnreachable("stopped")
        return load(database, source, file, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "load", unreachable_at_the_third)
    with pytest.raises(DatabaseUnreachable):
        load_folder(db, find_job("police"), tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet)
    monkeypatch.setattr(loading, "load", load)
    found = load_folder(
        db, find_job("police"), tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet
    )
    assert [each["status"] for each in found["files"]] == ["passed_over", "passed_over", "done"]
    assert found["totals"]["inserted"] == 2


def test_a_refused_file_does_not_stop_the_rest_and_is_tried_again(db: Database, tmp_path: Path) -> None:
    month(tmp_path, "2017-01.csv", said="2017-01")
    (tmp_path / "2017-02.csv").write_text("name,value\na,b\n")
    month(tmp_path, "2017-03.csv", said="2017-03")
    found = load_folder(
        db, find_job("police"), tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet
    )
    assert [each["status"] for each in found["files"]] == ["done", "refused", "done"]
    assert (found["status"], found["loaded"], found["refused"]) == ("done", 2, 1)
    # the code of a file is none of its rows'
    assert found["totals"]["reasons"] == {}
    month(tmp_path, "2017-02.csv", said="2017-02")
    again = load_folder(
        db, find_job("police"), tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet
    )
    assert [each["status"] for each in again["files"]] == ["passed_over", "done", "passed_over"]


def test_a_dry_run_keeps_nothing(db: Database, tmp_path: Path) -> None:
    month(tmp_path, "2017-01.csv", said="2017-01")
    given = Given("police", dry_run=True)
    found = load_folder(
        db, find_job("police"), tmp_path, given=given, load_one=load_or_refuse, progress=quiet
    )
    assert (found["totals"]["inserted"], found["files"][0]["batch_id"]) == (2, None)
    assert batches(db) == []


def test_other_coordinates_are_another_load(db: Database, tmp_path: Path) -> None:
    month(tmp_path, "2017-01.csv", said="2017-01")
    job = find_job("police")
    said = Given("police", assume_crs=4326)
    first = load_folder(db, job, tmp_path, given=said, load_one=load_or_refuse, progress=quiet)
    again = load_folder(db, job, tmp_path, given=said, load_one=load_or_refuse, progress=quiet)
    plain = load_folder(db, job, tmp_path, given=POLICE, load_one=load_or_refuse, progress=quiet)
    assert (first["loaded"], again["passed_over"], plain["loaded"]) == (1, 1, 1)


def test_a_folder_may_be_one_input(tmp_path: Path) -> None:
    month(tmp_path / "months", "a.csv", said="2017-01")
    (tmp_path / "map").mkdir()
    zone = gpd.GeoDataFrame({"id": ["z"]}, geometry=[shapely.box(126.9, 37.5, 127.0, 37.6)], crs=4326)
    zone.to_file(tmp_path / "map" / "zones.shp")
    assert is_one_input("juso", tmp_path / "months")
    assert not is_one_input("police", tmp_path / "months")
    assert is_one_input("zones", tmp_path / "map")


def test_the_command_tells_of_every_file_and_fails_only_if_all_were_refused(
    toy_golmok: Golmok, tmp_path: Path
) -> None:
    folder = tmp_path / "months"
    month(folder, "2017-01.csv", said="2017-01")
    (folder / "2017-02.csv").write_text("name,value\na,b\n")
    told = toy_golmok("load", "police", str(folder))
    assert told.code == 0, told.err
    assert "police: of 2 files in months 1 were loaded; there already: 0; refused: 1." in told.out
    assert "Order: the month in the name." in told.out
    assert "- 2017-02.csv: The header is none of the forms of this source." in told.out
    assert "Load police: 2017-01.csv (1/2): done" in told.err
    (folder / "2017-01.csv").unlink()
    refused = toy_golmok("load", "police", str(folder), "--json")
    answer = json.loads(refused.out)
    assert (refused.code, answer["status"], answer["files"][0]["reasons"]) == (
        3,
        "refused",
        {"UNKNOWN_HEADER": 1},
    )
    (folder / "2017-02.csv").unlink()
    empty = toy_golmok("load", "police", str(folder))
    assert (empty.code, empty.out.splitlines()[0]) == (3, "months: the folder holds no file.")
