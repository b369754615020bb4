"""Of files about persons nothing is stored that nobody declared, and no person's name, number, plate or story at all."""

from __future__ import annotations

import ast
import csv
import hashlib
import hmac
import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from etl import person_key, persons
from etl.cells import SHAPES
from etl.db import Database
from etl.errors import SettingWrong
from etl.hangul import header_key
from etl.load import load
from etl.scrub import scrub
from etl.sources import incidents, police
from tests.database import TestCity
from tests.test_load_secrets import stored

# Each may stand in any cell, alone or in a sentence.
NAME, PHONE, PLATE, RESIDENT = "홍길동", "010-7777-8888", "12가3456", "900101-1234567"
STORY = "남편이 때린다고 아내 김말자가 울며 신고함"
PLANTED = (
    NAME,
    PHONE,
    PLATE,
    RESIDENT,
    STORY,
    f"{NAME} {PHONE} {PLATE}",
    f"가해자 {NAME}({RESIDENT}) {PLATE} 도주",
)
# What none of them may leave behind; four digits alone stand in some hash by chance.
TRACES = (
    "홍길동",
    "7777-8888",
    "77778888",
    "12가",
    "가3456",
    "900101-",
    "-1234567",
    "남편",
    "김말자",
    "도주",
    "울며",
)

FORMS: dict[str, tuple[str, Mapping[str, str]]] = {
    "112": ("incidents", {
        "접수번호": "A-1", "접수일시": "2013-01-02 03:04:05", "사건코드": "107", "사건종별": "가정폭력", "긴급도": "C1",
        "종결코드": "201", "주소": "골목로 9", "위도": "37.5791234", "경도": "126.9368123", "신고내용구분": "전화",
        "신고자전화번호": "02-1111-2222", "사건번호": "B-9", "신고자명": "", "차량번호": "", "신고내용": "", "비고": "",
        "주민등록번호": "", "담당자": "", "처음 보는 열": ""}),
    "koroad": ("incidents", {
        "발생년월일시": "2015-01-01 05", "발생지시도": "서울", "발생지시군구": "서대문구", "사고유형_대분류": "차대차",
        "사고유형_중분류": "추돌", "사고유형": "추돌", "발생위치X_UTMK": "950271.063", "발생위치Y_UTMK": "1953451.001",
        "경도": "126.9368", "위도": "37.5791", "사망자수": "1", "주야": "주간", "법규위반": "과속", "도로형태": "교차로내",
        "가해자_당사자종별": "승용차", "가해자명": "", "사건개요": "", "처음 보는 열": ""}),
    "korean-ledger": ("police", {
        "관리번호": "2013-1", "구분": "제공", "제공일시": "2013-01-02 03:04:05", "요청기관": "골목경찰서 형사과",
        "제공근거": "개인정보 보호법 제18조제2항제7호", "공문번호": "형사과-12", "목적": "수사(절도)", "카메라관리번호": "1-1",
        "영상시작일시": "2013-01-01 01:00:00", "영상종료일시": "2013-01-01 02:00:00", "활용여부": "Y", "미사용사유": "사각지대",
        "위도": "37.5791", "경도": "126.9368", "요청자 성명": "", "담당자": "", "비고": "", "처음 보는 열": ""}),
    "police-uk": ("police", {
        "Crime ID": "ab12", "Month": "2013-01", "Reported by": "City of London Police", "Longitude": "126.9368",
        "Latitude": "37.5791", "Location": "On or near High Street", "Crime type": "Burglary",
        "Last outcome category": "Under investigation", "Context": "", "Falls within": "", "A new column": ""}),
}  # fmt: skip


@pytest.fixture
def owner(place: TestCity) -> Iterator[Database]:
    database = place.open("owner")
    yield database
    database.close()


@pytest.fixture(autouse=True)
def own_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "key" / "person.key"
    monkeypatch.setenv("GOLMOK_PERSON_KEY", str(file))
    return file


def planted(folder: Path, form: str) -> Path:
    """Write a sound row, and then one for each column and each planted text, that text in that column."""
    _, sound = FORMS[form]
    rows = [dict(sound)]
    for column in sound:
        for number, secret in enumerate(PLANTED):
            row = dict(sound)
            own = next(iter(sound))
            if form not in ("koroad", "police-uk"):
                row[own] = f"Z-{len(rows)}"  # else it would repeat the key of another
            row[column] = secret if number % 2 else f" {secret} "
            rows.append(row)
    file = folder / f"{form} {NAME} {PLATE} {PHONE}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(sound))
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.mark.parametrize("form", FORMS)
def test_whatever_column_holds_it_nothing_of_a_person_is_in_the_database(
    db: Database, owner: Database, tmp_path: Path, form: str
) -> None:
    source, sound = FORMS[form]
    file = planted(tmp_path, form)
    result = load(db, source, file)
    assert result.form == form
    assert result.rows_in == 1 + len(sound) * len(PLANTED)
    everything = stored(owner)
    assert [trace for trace in TRACES if trace in everything] == []
    # of this file there is something in the tables: the search looked in the right place
    assert any(word in everything for word in ("가정폭력", "차대차", "골목경찰서 형사과", "Burglary"))
    assert result.notes["withheld"]


@pytest.mark.parametrize("form", FORMS)
def test_every_column_of_every_form_is_declared_with_its_reason(form: str) -> None:
    fates = persons.FORMS[form]
    aliases = {
        "112": incidents.CALL_NAMES,
        "koroad": incidents.ACCIDENT_NAMES,
        "korean-ledger": police.LEDGER_NAMES,
        "police-uk": police.STREET_NAMES,
    }[form]
    assert [name for name in aliases if name not in fates] == []
    for name, fate in fates.items():
        assert fate.why, name
        assert (fate.action == "keep") == (fate.shape in SHAPES), name
        assert fate.of or fate.action != "hash", name
    # what the tables are made of is in no part of the file but in declared columns
    assert len({header_key(name) for name in fates}) == len(fates)


def test_an_undeclared_column_is_not_stored_and_a_declared_one_in_its_shape_alone() -> None:
    rows = pd.DataFrame({"class_code": ["104", "절도범 홍길동"], "신고내용": [STORY, ""], "새 열": ["a", "b"],
                         "address": ["골목로 9 홍길동 집", "홍길동"], "caller": [PHONE, ""]}, dtype="str")  # fmt: skip
    told = persons.kept(rows, persons.CALLS)
    assert told.rows.columns.tolist() == ["class_code", "address", "caller"]
    assert told.rows["class_code"].tolist() == ["104", ""]
    assert told.rows["address"].tolist() == ["골목로 9", ""]
    assert (told.withheld, told.hashed) == ({"class_code": 1, "address": 1}, {"caller": 1})


def test_one_caller_is_one_hash_however_the_number_is_written() -> None:
    ways = ("010-7777-8888", "01077778888", "010 7777 8888", "+82 10-7777-8888", "０１０-7777-8888")
    rows = pd.DataFrame({"caller": [*ways, "010-7777-8889"]}, dtype="str")
    hashes = persons.kept(rows, persons.CALLS).rows["caller"]
    assert hashes.iloc[:5].nunique() == 1
    assert hashes.nunique() == 2
    # the same number as another thing is another hash, and so it is under another key
    other = person_key.digest(ways[0], of="case", secret=person_key.person_key())
    assert f"hash-{other}" != hashes.iloc[0]
    assert person_key.digest(ways[0], of="caller", secret=b"x") != hashes.iloc[0].removeprefix("hash-")


def test_the_hash_is_hmac_sha256_in_letters() -> None:
    told = person_key.digest("a", of="caller", secret=b"Jefe")
    digits = told.translate(str.maketrans("abcdefghijklmnop", "0123456789abcdef"))
    assert digits == hmac.new(b"Jefe", b"caller\x00a", hashlib.sha256).hexdigest()[:24]
    assert person_key.digest(" ", of="caller", secret=b"Jefe") == ""


@given(st.text(min_size=1))
def test_no_hash_is_cut_for_looking_like_a_number(text: str) -> None:
    told = f"hash-{person_key.digest(text, of='caller', secret=b'Jefe')}"
    assert scrub(told) == scrub(told, key=True) == told


def test_the_key_is_made_once_for_its_owner_alone(own_key: Path) -> None:
    first = person_key.person_key()
    assert (len(first), stat.S_IMODE(own_key.stat().st_mode)) == (32, 0o600)
    person_key.read_key.cache_clear()
    assert person_key.person_key() == first
    assert [path.name for path in own_key.parent.iterdir()] == ["person.key"]


@pytest.mark.parametrize(
    ("mode", "content", "fault"),
    [(0o644, "0" * 64, "others may read"), (0o600, "short", "hexadecimal"), (0o600, "", "hexadecimal")],
)
def test_a_key_that_is_none_is_told(own_key: Path, mode: int, content: str, fault: str) -> None:
    own_key.parent.mkdir()
    own_key.write_text(content)
    own_key.chmod(mode)
    with pytest.raises(SettingWrong, match=fault):
        person_key.person_key()


def test_the_key_is_not_in_the_database(db: Database, owner: Database, own_key: Path, tmp_path: Path) -> None:
    load(db, "incidents", planted(tmp_path, "112"))
    assert own_key.read_text().strip() not in stored(owner)
    with owner.engine.connect() as connection:
        callers = connection.execute(
            text("select caller from core.incident where caller is not null")
        ).scalars()
        assert all(re.fullmatch("hash-[a-p]{24}", caller) for caller in callers)


def test_files_keep_of_their_name_what_is_no_name() -> None:
    assert persons.file_name("incidents", f"112_신고_2013 {NAME}.csv") == "112_신고_2013 .csv"
    assert persons.file_name("cameras", "골목구 카메라.csv") == "골목구 카메라.csv"


@pytest.mark.parametrize("year", [2015, 2016, 2017, 2018])
def test_of_the_authority_s_own_files_nothing_is_withheld(shared_data: Path, year: int) -> None:
    (file,) = (shared_data / "incidents" / "koroad_fatal").glob(f"*_{year}.csv")
    assert "withheld" not in incidents.read(file).whole().notes


def test_of_street_crime_nothing_is_withheld(shared_data: Path) -> None:
    for file in sorted((shared_data / "incidents" / "police_uk_city_of_london").glob("*.csv")):
        assert "withheld" not in police.read(file).whole().notes


def test_elsewhere_only_declared_columns_keep_a_telephone() -> None:
    """The keyword `offices` spares an office's land line; what it names is declared with its reason."""
    spared: set[str] = set()
    for module in (Path(persons.__file__).parent / "sources").glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "offices" and isinstance(node.value, ast.Tuple):
                spared |= {str(ast.literal_eval(name)) for name in node.value.elts}
    assert spared == persons.OFFICE_TELEPHONES.keys()
    assert all(persons.OFFICE_TELEPHONES.values())
