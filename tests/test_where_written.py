"""Places as they are typed, before any database is asked: coordinates in each notation, keys of names, ways to read a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from etl import keystrokes
from etl.db import Database
from etl.spelt import readings
from etl.written_coordinates import meanings, written


@pytest.mark.parametrize(
    "typed",
    ["37.5791, 126.9368", "126.9368 37.5791", "N37.5791 E126.9368", "37°34'44.76\"N 126°56'12.48\"E",
     "북위 37도 34분 44.76초 동경 126도 56분 12.48초", "37 34 44.76 126 56 12.48"],
)  # fmt: skip
def test_degrees_in_each_notation(typed: str) -> None:
    told = written(typed)
    assert told is not None
    (meant,) = meanings(told)
    assert (round(meant.lat, 6), round(meant.lon, 6)) == (37.5791, 126.9368)


@pytest.mark.parametrize(
    "typed", ["버들로 10", "37 61 0 126 0 0", "91.5 100.5.2", "37.5", "2013-77", "N37 N38"]
)
def test_what_are_no_coordinates(typed: str) -> None:
    assert written(typed) is None


def test_the_keys_of_a_name_are_the_same_in_the_database(owner: Database) -> None:
    told = [
        "연희로 12길",
        "값없는 뷁쀍",
        "꽃담(3.1)",
        "Hämeentie ÅÉ",
        "ㄱ로",
        "ABC-12",
        "웨딩홀",
        "얇닭앉옳읊",
        "ㅎ",
    ]
    whole = [
        name for name in told if not keystrokes.by_initials(name) and "ㄱ" not in name and "ㅎ" not in name
    ]
    with owner.engine.connect() as connection:
        rows = connection.execute(
            text(
                "select core.plain_name(n), core.keystrokes(n), core.initials(n) from unnest(cast(:n as text[])) n"
            ),
            {"n": whole},
        )
        found = [tuple(row) for row in rows]
    assert found == [
        (keystrokes.plain_name(n), keystrokes.keystrokes(n), keystrokes.initials(n)) for n in whole
    ]


@given(st.text("가각갂뷁힣나다로길 12.-aZ", max_size=12), st.text("가각갂뷁힣나다로길 12.-aZ", max_size=12))
def test_likeness_is_a_share_that_both_sides_agree_on(one: str, other: str) -> None:
    a, b = keystrokes.keystrokes(one), keystrokes.keystrokes(other)
    like = keystrokes.likeness(a, b)
    assert 0.0 <= like <= 1.0
    assert like == keystrokes.likeness(b, a)
    assert (like == 1.0) == (a == b)


def test_readings_take_the_most_first() -> None:
    told = [(each.name, each.number) for each in readings("버들로 1 길 4, 2층")]
    assert told[0] == ("버들로1길", "4") and ("버들로", "1") not in told
    assert readings("12-3") == [] and readings("  ") == []
