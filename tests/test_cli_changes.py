"""The commands that tell changes, as they are typed: what they print, and with which exit code."""

from __future__ import annotations

import pytest

from tests.terminal import Golmok

KEYS = (
    "class from to before after change change_m length_m cameras buildings shared_m without_effect invented"
)


@pytest.fixture
def golmok(toy_golmok: Golmok) -> Golmok:
    return toy_golmok


def test_explain_as_json_and_for_people(golmok: Golmok, monkeypatch: pytest.MonkeyPatch) -> None:
    told = golmok("coverage", "--explain", "2010-12-31", "2013-06-30", "--json")
    assert (told.code, told.out.count("\n")) == (0, 1)
    assert set(KEYS.split()) <= set(told.answer)
    (row,) = told.answer["cameras"]
    assert set(row) == {"camera_id", "camera_key", "site", "lat", "lon", "change", "delta_m"}
    text = golmok("coverage", "--explain", "2010-12-31", "2013-06-30").out
    # The camera that came sees some 15 m more of the 160 m.
    assert "of 160 m of alleys" in text
    assert "added" in text
    assert "+" in text
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    assert "신설" in golmok("coverage", "--explain", "2010-12-31", "2013-06-30").out


def test_two_days_without_a_difference(golmok: Golmok) -> None:
    told = golmok("coverage", "--explain", "2010-12-31", "2010-12-31")
    assert told.code == 0
    assert "No camera and no building made a difference." in told.out


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("2013-06-30 2010-12-31", "2013-06-30"),
        ("2013-06-30 2150-01-01", "2150-01-01"),
        ("2013-06-30", "--explain"),
        ("2013-06-30 someday", "someday"),
        ("2010-12-31 2013-06-30 --at 2013-06-30", "--at"),
        ("2010-12-31 2013-06-30 --class sharp", "sharp"),
    ],
)
def test_wrong_use_is_told_with_exit_code_2(golmok: Golmok, words: str, named: str) -> None:
    told = golmok("coverage", "--explain", *words.split())
    assert told.code == 2
    assert named in told.err
    assert told.out == ""


def test_nightly_as_json_and_for_people(golmok: Golmok) -> None:
    first = golmok("nightly", "--json")
    assert (first.code, first.out.count("\n")) == (0, 1)
    assert (first.answer["first"], first.answer["cameras"]["n"]) == (True, 3)
    text = golmok("nightly").out
    assert "Of 3 cameras, 0 lost view and 0 gained some." in text
