"""A file without a header is read by the order of a published form where its cells prove it, and never by a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.headerless import Order, Proof, number_between, recognised
from etl.published_orders import BELLS, CAMERAS, LAMPS
from etl.reasons import InputRefused
from etl.sources import bells, cameras, lamps
from tests.toy_workbook import workbook

REGISTRY = ["가람구청", "가람로 1", "가람동 1-2", "생활방범", "2", "200", "360도전방면", "30", "2017-03", "02-330-1234",
            "37.5791", "126.9368", "2020-12-31"]  # fmt: skip
OFFICE = ["3120000", "가람특별시 가람구"]
NUMBERED = ["3120000", "202636400008003230"]
ROWS = {
    "2018": REGISTRY,
    "2020": [*REGISTRY, *OFFICE],
    "2024": [*NUMBERED, *REGISTRY, "2024-01-02 03:04:05"],
    "2026": [*NUMBERED, *REGISTRY, "I", "2026-01-01", "2026-01-02"],
}
FORMS = {"2018": "korean-2018", "2020": "korean-2020", "2024": "korean-2024", "2026": "korean-2026"}


def put(folder: Path, *rows: list[str]) -> Path:
    path = folder / "a.csv"
    path.write_bytes("".join(",".join(row) + "\n" for row in rows).encode("cp949"))
    return path


def changed(row: list[str], place: int, cell: str) -> list[str]:
    return [*row[:place], cell, *row[place + 1 :]]


def why(file: Path) -> str:
    with pytest.raises(InputRefused) as refused:
        cameras.read(file)
    assert refused.value.reason == "NO_HEADER"
    return refused.value.detail


@pytest.mark.parametrize("form", list(ROWS))
def test_each_generation_is_known_by_its_order(tmp_path: Path, form: str) -> None:
    reading = cameras.read(put(tmp_path, ROWS[form], ROWS[form])).whole()
    rows = reading.tables["registry"]
    assert (reading.form, reading.notes["no_header"], reading.refused) == (FORMS[form], form, {})
    # the first row is a row, and has the number 1
    assert rows.index.tolist() == [1, 2]
    said = rows.loc[1, ["manager", "purpose", "camera_count", "lat", "lon", "ref_date"]].tolist()
    assert said == ["가람구청", "생활방범", "2", "37.5791", "126.9368", "2020-12-31"]
    with_header = put(tmp_path, list(CAMERAS[list(ROWS).index(form)].names), ROWS[form], ROWS[form])
    assert cameras.read(with_header).whole().tables["registry"].equals(rows)


def test_blank_cells_and_a_dirty_row_in_ten_are_no_hindrance(tmp_path: Path) -> None:
    blank = changed(changed(changed(REGISTRY, 2, ""), 7, "-"), 9, "")
    dirty = changed(REGISTRY, 10, "99.999999")
    reading = cameras.read(put(tmp_path, blank, *[REGISTRY] * 9, dirty)).whole()
    assert len(reading.tables["registry"]) == 11


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        # latitude and longitude change places
        ([changed(changed(REGISTRY, 10, "126.9"), 11, "37.5")], "column 11 is not 위도 in 1 of 1 rows"),
        ([changed(REGISTRY, 3, "가람구청")], "column 4 is not 설치목적구분 in 1 of 1 rows"),
        ([changed(REGISTRY, 4, "없음")], "column 5 is not 카메라대수 in 1 of 1 rows"),
        ([REGISTRY, REGISTRY, changed(REGISTRY, 10, "0")], "column 11 is not 위도 in 1 of 3 rows"),
        ([REGISTRY, REGISTRY[:-1]], "rows of several widths"),
    ],
)
def test_what_is_not_proved_is_refused_and_says_what_is_missing(
    tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    assert why(put(tmp_path, *rows)) == f"not proved to be the form of 2018: {said}"


def test_another_number_of_columns_is_no_known_form(tmp_path: Path) -> None:
    told = why(put(tmp_path, [*REGISTRY, "1"]))
    assert told == "14 columns; known without a header: 13 (2018), 15 (2020), 16 (2024), 18 (2026)"


def test_a_foreign_header_is_no_row(tmp_path: Path) -> None:
    names = [f"열{number}" for number in range(13)]
    with pytest.raises(InputRefused, match="UNKNOWN_HEADER"):
        cameras.read(put(tmp_path, names, REGISTRY))


def test_two_forms_that_fit_prove_neither() -> None:
    orders = (Order("a", ("이름", "수")), Order("b", ("수", "이름")))
    proof = Proof(frozenset(), {"수": number_between(0, 9)})
    rows = [["1", "2"]]
    assert recognised(rows, orders, aliases={}, proof=proof) == (None, "2 columns fit several forms: a, b")
    header, said = recognised([["가", "2"]], orders, aliases={}, proof=proof)
    assert header is not None
    assert (header.names, said) == (("이름", "수"), "")


def test_lamps_and_bells_are_known_by_their_order_too(tmp_path: Path) -> None:
    lamp = ["가람로 1 앞", "2", "가람로 1", "가람동 1", "37.5", "127.1", "2015", "한전주", "02-330-1234", "가람구청",
            "2016-12-31"]  # fmt: skip
    assert len(lamp) == len(LAMPS[0].names)
    found = lamps.read(put(tmp_path, lamp)).whole()
    assert (found.form, found.tables["lamp"].loc[1, "lat"]) == ("korean-security-lights", "37.5")
    bell = ["3120000", "2026-1", "1", "방범용", "도로", "가람로 앞", "가람로 1", "", "37.5", "127.1", "양방향", "Y", "N",
            "N", "경보등", "2020", "2026-01-01", "정상", "가람구청", "02-330-1234", "2026-01-01", "", "", ""]  # fmt: skip
    assert len(bell) == len(BELLS[0].names)
    assert bells.read(put(tmp_path, bell)).whole().tables["bell"].loc[1, "bell_no"] == "2026-1"


def test_a_sheet_without_a_header_is_known_too(tmp_path: Path) -> None:
    numbers = [float(cell) if place in (4, 5, 7, 10, 11) else cell for place, cell in enumerate(REGISTRY)]
    reading = cameras.read(workbook(tmp_path / "a.xlsx", {"목록": [numbers, numbers]})).whole()
    assert (len(reading.tables["registry"]), reading.notes["sheets"]) == (2, ["목록"])


@pytest.mark.parametrize(
    "names",
    [
        # as published from 2015 to 2026, and as offices wrote them on their own
        CAMERAS[0].names,
        ("man", "add", "rd", "object", "num", "fixel", "see", "store", "install_day", "phone", "lat", "lng", "update"),
        ("관리기관", "소재지(도로명)", "소재지(지번)", "CCTV 설치목적", "설치 대수", "화소수(만화소)", "촬영방향",
         "보관기간(일)", "설치연도", "관리기관 연락처", "Y좌표(위도)", "X좌표(경도)", "데이터기준일"),
        ("institutionNm", "rdnmadr", "lnmadr", "itlpc", "cameraCo", "cameraPixel", "see", "store", "설치연월",
         "phoneNumber", "latitude", "longitude", "referenceDate"),
    ],
)  # fmt: skip
def test_renamed_headers_give_the_same_registry(tmp_path: Path, names: tuple[str, ...]) -> None:
    found = cameras.read(put(tmp_path, list(names), REGISTRY)).whole().tables["registry"]
    known = ["manager", "address_road", "address_lot", "purpose", "camera_count", "pixels", "view_text",
             "retention_days", "installed_on", "phone", "lat", "lon", "ref_date"]  # fmt: skip
    assert found.loc[1, known].tolist() == REGISTRY
