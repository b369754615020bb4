"""Of the authority that asked for footage only offices and their divisions are kept, no person beside them."""

from __future__ import annotations

import pytest

from etl.cells import SHAPES

agency = SHAPES["agency"]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("홍길동 서대문경찰서 형사과", "서대문경찰서 형사과"),
        ("서대문경찰서 김영대", "서대문경찰서"),
        ("서대문경찰서 형사과 김영대", "서대문경찰서 형사과"),
        ("12가3456 서대문경찰서", "서대문경찰서"),
        ("12가3456서대문경찰서", ""),
        ("서대문경찰서(경위 홍길동)", "서대문경찰서"),
        ("9001011234567 서대문경찰서", "서대문경찰서"),
        ("서대문경찰서 김진구 홍길동과", "서대문경찰서"),
        ("홍길동", ""),
        ("김영대 형사과", ""),
    ],
)
def test_a_person_beside_an_office_goes(cell: str, kept: str) -> None:
    assert agency(cell) == kept


@pytest.mark.parametrize(
    "cell",
    ["골목경찰서 형사과", "서울 서대문경찰서 여성청소년수사팀", "서울특별시 서대문구청 교통과", "서울특별시경찰청 광역수사대", "서대문경찰서형사과", "제1기동대",
     "서울서부지방법원", "서울서부지방검찰청", "신촌지구대", "서대문경찰서 형사1팀", "서대문경찰서 112치안종합상황실", "서대문소방서 구조구급팀",
     "종로1·2·3·4가동주민센터", "서대문경찰서 지능팀", "City of London Police"],
)  # fmt: skip
def test_offices_and_their_divisions_stay(cell: str) -> None:
    assert agency(cell) == cell
