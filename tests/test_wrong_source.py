"""A file that is told to be what it is not is refused by its columns, and every right file goes through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.jobs import JOBS
from etl.load import find_job, load
from etl.parts import Job
from etl.reasons import InputRefused
from etl.wrong_source import require_source
from tests import sample_files
from tests.database import TestCity
from tests.test_load import ask, registry, row
from tests.test_propose import LAMPS, REAL, put
from tests.toy_workbook import workbook

OF_SAMPLE = {
    "bells.csv": "bells",
    "boundaries.geojson": "boundaries",
    "camera_status.csv": "status",
    "cctv_20131231.csv": "cameras",
    "child_zones.csv": "layer",
    "complaints.csv": "layer",
    "population.geojson": "layer",
    "incidents_112.csv": "incidents",
    "juso": "juso",
    "lamps.csv": "lamps",
    "plots.geojson": "layer",
    "police_records.csv": "police",
    "safe_return.csv": "bells",
    "safe_routes.geojson": "layer",
    "sensitive_places.csv": "layer",
    "speakers.csv": "speakers",
    "survey.csv": "survey",
    "zones.geojson": "zones",
}
CALLS = "접수번호,접수일시,사건코드,위도,경도,신고내용\nC1,2013-01-01 10:00,101,37.5801,126.9401,내용\n"


def job(source: str) -> Job:
    return find_job(source, layer="any" if source == "layer" else None)


def refused(source: str, file: Path) -> str:
    with pytest.raises(InputRefused) as wrong:
        require_source(job(source), file)
    assert wrong.value.reason == "WRONG_CONTENT"
    return wrong.value.detail


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_files.written(tmp_path_factory)


@pytest.mark.parametrize(("name", "source"), OF_SAMPLE.items(), ids=OF_SAMPLE.keys())
def test_each_file_of_the_sample_is_taken_for_its_source(sample: Path, name: str, source: str) -> None:
    require_source(job(source), sample / name)


@pytest.mark.parametrize(("name", "source"), REAL.items(), ids=REAL.keys())
def test_each_real_file_is_taken_for_its_source(shared_data: Path, name: str, source: str | None) -> None:
    require_source(job(source or "layer"), shared_data / name)


@pytest.mark.parametrize(
    ("name", "source", "said"),
    [
        ("cctv_20131231.csv", "bells", "cameras"),
        ("cctv_20131231.csv", "lamps", "cameras"),
        ("bells.csv", "lamps", "bells"),
        ("speakers.csv", "lamps", "speakers"),
        ("zones.geojson", "boundaries", "zones"),
        ("boundaries.geojson", "lamps", "boundaries"),
        ("incidents_112.csv", "lamps", "incidents"),
    ],
)
def test_another_sources_file_is_refused_and_the_command_is_named(
    sample: Path, name: str, source: str, said: str
) -> None:
    assert refused(source, sample / name).endswith(f"use: golmok load {said} {name}")


def test_the_columns_that_each_source_knows_are_told(tmp_path: Path) -> None:
    file = registry(tmp_path, row(), name="n f.csv")
    assert refused("lamps", file) == (
        "lamps knows 7 of its 18 columns, cameras 18; use: golmok load cameras 'n f.csv'"
    )


def test_nothing_of_a_wrong_file_is_loaded_and_the_refusal_is_recorded(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    database = make_city().open("loader")
    try:
        with pytest.raises(InputRefused, match="WRONG_CONTENT"):
            load(database, "bells", registry(tmp_path, row()))
        assert ask(database, "select count(*) from core.bell") == [(0,)]
        assert ask(database, "select status, reasons from meta.batch") == [("refused", {"WRONG_CONTENT": 1})]
    finally:
        database.close()


def test_a_layer_takes_any_list_but_one_about_persons(tmp_path: Path) -> None:
    require_source(job("layer"), registry(tmp_path, row()))
    require_source(job("layer"), put(tmp_path, "lamps", LAMPS))
    assert "golmok load incidents calls.csv" in refused("layer", put(tmp_path, "calls.csv", CALLS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_the_head_is_enough_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = registry(tmp_path, *(row(str(n)) for n in range(5_000)))
    long = put(tmp_path, "long.csv", file.read_bytes().decode("cp949"), encoding)
    with long.open("ab") as stream:
        # no text at all: whoever looks at every byte sees none of the columns
        stream.write(bytes(range(256)) * 4_000)
    assert "golmok load cameras long.csv" in refused("bells", long)


def test_of_a_workbook_one_sheet_of_the_source_is_enough(tmp_path: Path) -> None:
    lamps = [line.split(",") for line in LAMPS.splitlines()]
    cameras = [line.split(",") for line in registry(tmp_path, row()).read_text("cp949").splitlines()]
    require_source(job("lamps"), workbook(tmp_path / "two.xlsx", {"목록": lamps, "대장": cameras}))
    assert "golmok load cameras one.xlsx" in refused(
        "lamps", workbook(tmp_path / "one.xlsx", {"대장": cameras})
    )


def test_what_cannot_be_read_is_left_to_the_reader(tmp_path: Path) -> None:
    for each in JOBS:
        require_source(each, put(tmp_path, "broken", "{"))
        require_source(each, put(tmp_path, "empty", ""))
        require_source(each, put(tmp_path, "plain", "김가람,010-1234-5678,가람로 1\n"))
        require_source(each, tmp_path)
