"""Resident numbers go in every way of writing; numbers of thirteen digits of another kind stay."""

from __future__ import annotations

import pytest

from etl.persons import file_name
from etl.scrub import scrub

# 9*2+0*3+0*4+1*5+0*6+1*7+1*8+2*9+3*2+4*3+5*4+6*5 = 124, (11 - 124 % 11) % 10 = 8
RIGHT, WRONG = "9001011234568", "9001011234567"


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize(
    "text",
    [RIGHT, f"{RIGHT}.0", "900101 1234567", "900101 - 1234567", "900101–1234567", "19920101-1234567", "20120101 3234567",
     "900101-1234567", "９００１０１ １２３４５６７", "９００１０１１２３４５６８"],
)  # fmt: skip
def test_a_resident_number_goes_in_keys_too(text: str, key: bool) -> None:
    assert scrub(text, key=key) == ""
    assert scrub(f"가 {text} 나", key=key) == "가 나"


@pytest.mark.parametrize("key", [False, True])
@pytest.mark.parametrize(
    "text",
    [WRONG, f"{RIGHT}01234", f"20263{RIGHT}", f"37.{RIGHT}", "9013011234567", "901301 1234567", "20120101-1234567",
     "POINT (950123 1953451)", "37.900101 1269368", "202631200000001234", "20130102 030405", "950271.063 1953451.001"],
)  # fmt: skip
def test_what_is_none_stays(text: str, key: bool) -> None:
    assert scrub(text, key=key) == text


def test_it_goes_out_of_the_name_of_a_file() -> None:
    assert file_name("incidents", f"112_{RIGHT}.csv") == "112_.csv"
    assert file_name("cameras", "목록 900101 1234567.csv") == "목록 .csv"
