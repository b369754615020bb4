"""What a person said or is called is in no list of another source: not under another name, not in a shape a column takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.db import Database
from etl.jobs import JOBS, forms_of
from etl.load import load
from etl.persons import ABOUT_PERSONS, PERSONAL, PERSONAL_WHOLE, personal_column
from etl.reasons import InputRefused
from tests.database import TestCity
from tests.test_load_secrets import stored

NAME, STORY, PLATE = "홍길동", "남편이 때린다고 아내가 울며 신고함", "12가3456"
TRACES = ("홍길동", "남편", "울며", "12가3456", "가3456")


@pytest.fixture
def owner(place: TestCity) -> Iterator[Database]:
    database = place.open("owner")
    yield database
    database.close()


FILES = {
    "incidents": "접수번호,접수일시,사건코드,위도,경도,신고자명,신고내용\n"
    f"1,2013-01-02 03:04,107,37.5791,126.9368,{NAME},{STORY}\n",
    "police": "관리번호,구분,제공일시,요청기관,위도,경도,요청자\n"
    f"1,제공,2013-01-02 03:04,골목경찰서 {NAME},37.5791,126.9368,{NAME}\n",
}


@pytest.mark.parametrize(("source", "layer"), [("lamps", None), ("layer", "trees")])
@pytest.mark.parametrize("right", FILES)
def test_a_file_about_persons_loads_as_its_own_source_alone(
    db: Database, owner: Database, tmp_path: Path, source: str, layer: str | None, right: str
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(FILES[right], encoding="utf-8")
    with pytest.raises(InputRefused, match=rf"(load it as|golmok load) {right}") as refused:
        load(db, source, file, layer=layer)
    assert refused.value.reason == "WRONG_CONTENT"
    everything = stored(owner)
    assert [trace for trace in TRACES if trace in everything] == []
    assert "WRONG_CONTENT" in everything


def test_features_of_calls_are_no_layer_either(db: Database, tmp_path: Path) -> None:
    properties = {"접수번호": "1", "접수일시": "2013-01-02 03:04", "사건코드": "107", "신고내용": STORY}
    feature = {"type": "Feature", "properties": properties,
               "geometry": {"type": "Point", "coordinates": [126.9368, 37.5791]}}  # fmt: skip
    file = tmp_path / "calls.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    with pytest.raises(InputRefused, match=r"(load it as|golmok load) incidents"):
        load(db, "layer", file, layer="calls")


def test_columns_about_persons_go_and_those_of_offices_stay(
    db: Database, owner: Database, tmp_path: Path
) -> None:
    file = tmp_path / "trees.csv"
    file.write_text(
        "관리번호,위도,경도,관리기관명,시설명,관리기관전화번호,민원인 성명,신고내용,차량번호,이름,민원인 홍길동,피해자수\n"
        f"1,37.5791,126.9368,골목구청,은행나무,02-123-4567,{NAME},{STORY},{PLATE},{NAME},{NAME},3\n",
        encoding="utf-8",
    )
    result = load(db, "layer", file, layer="trees")
    assert result.inserted == 1
    assert result.notes["dropped"] == ["민원인 성명", "신고내용", "차량번호", "이름", "민원인"]
    everything = stored(owner)
    assert [trace for trace in TRACES if trace in everything] == []
    for kept in ("골목구청", "은행나무", "02-123-4567", "피해자수"):
        assert kept in everything


@pytest.mark.parametrize(
    ("column", "told"),
    [("신고자 성명", "신고자 성명"), ("Name of Caller", "Name of Caller"), ("휴대전화번호", "휴대전화번호"), ("생년월일", "생년월일"), ("도로이름", ""),
     ("관리기관전화번호", ""), ("시설명", ""), ("발생년월일시", ""), ("관리기관명", ""), ("신고내용구분", ""), ("어린이보호구역", ""), ("name", ""), ("camera", "")],
)  # fmt: skip
def test_a_column_is_about_a_person_by_its_name(column: str, told: str) -> None:
    assert personal_column(column) == told


def test_every_personal_word_has_its_reason_and_no_source_s_own_column_is_one() -> None:
    assert all((PERSONAL | PERSONAL_WHOLE).values())
    own = {
        name
        for job in JOBS
        if job.source not in ABOUT_PERSONS
        for form in forms_of(job)
        for name in form.aliases
    }
    assert {"lat", "lamp_no", "phone"} <= own
    assert [name for name in own if personal_column(name)] == []
