"""What `golmok plan` is asked on the command line: limits as they are typed, refused where they cannot be."""

from __future__ import annotations

import pytest

from tests.terminal import Golmok


@pytest.fixture
def golmok(toy_golmok: Golmok) -> Golmok:
    return toy_golmok


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--cameras -1", "--cameras"),
        ("--cameras 1 --hours 24", "from 0 to 23"),
        ("--cameras 1 --hours late", "from 0 to 23"),
        ("--cameras 1 --may paint", "turn, move, remove"),
        ("--cameras 1 --zone F1=all", "F1=0.8"),
        ("--cameras 1 --weight dark", "incidents=3"),
        ("--cameras 1 --calls ZZZ", "ZZZ"),
        ("--cameras 1 --dong 000", "000"),
        ("--cameras 1 --purpose fun", "fun"),
    ],
)
def test_what_cannot_be_is_wrong_use(golmok: Golmok, words: str, said: str) -> None:
    told = golmok("plan", *words.split())
    assert (told.code, told.out) == (2, "")
    assert said in " ".join(told.err.split())
    assert "Traceback" not in told.err


def test_hours_run_over_midnight_and_limits_are_kept(golmok: Golmok) -> None:
    words = "--cameras 1 --hours 22-1 --per-pole 2 --backup 0.5 --may turn --most-won 90000000 --json"
    told = golmok("plan", *words.split())
    assert told.code == 0, told.err
    answer = told.answer
    assert answer["incidents"]["hours"] == [0, 1, 22, 23]
    limits = answer["limits"]
    assert (limits["per_pole"], limits["backup"], limits["may_turn"]) == (2, 0.5, True)
    assert limits["most_won"] == 90_000_000
    assert answer["cost_won"] <= 90_000_000
