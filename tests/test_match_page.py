"""The page Data and the command on the same cameras in several lists: what they tell, who decides, what is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from app import phrases_matches, session
from etl import matching
from etl.db import Database
from etl.load import load
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.terminal import Golmok, enter, runner
from tests.test_load import EAST, MIDDLE, WEST, dong, registry, row
from tests.test_matches import OURS, THEIRS, far, police

pytestmark = pytest.mark.usefixtures("two_lists")


@pytest.fixture
def two_lists(
    make_city: Callable[[], TestCity], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """A city with one camera record in two lists, of two heads and of three: a pair that waits."""
    city = make_city()
    database = city.open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    load(database, "cameras", registry(tmp_path, row(), far()))
    load(database, "cameras", registry(tmp_path, police(count="3"), name="police.csv"))
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    matching.refresh(database)
    yield database
    session.forget_database()
    database.close()


@pytest.fixture
def golmok(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Golmok:
    return runner(monkeypatch, capfd)


def _page() -> None:
    from app.views import data

    data.page()


def opened(lang: str = "en", **address: str) -> AppTest:
    return visited(_page, lang, part="match", **address)


def first_pair() -> str:
    from app.services import matches

    return str(matches.matches(session.shared_database())["pairs"][0]["pair_id"])


def test_the_page_says_what_waits_and_what_counts() -> None:
    said = page_text(opened())
    assert "1 pair of records waits for a person" in said
    assert "7 cameras at 3 sites count. Were every list to count by itself, it would be 7 at 3." in said
    assert "Nobody has decided anything yet." in said
    shown = opened().dataframe[0].value
    assert shown["held"].tolist() == ["not as many cameras"]
    assert shown["records"].tolist() == [f"{OURS} / {THEIRS}"]


def test_a_link_opens_one_pair_with_both_rows_side_by_side() -> None:
    test = opened(pair=first_pair())
    side = {what: (a, b) for what, a, b in test.dataframe[1].value.itertuples(index=False)}
    assert side["cameras"] == ("2", "3")
    assert side["agency"] == ("골목구청", "골목경찰서")
    assert side["latitude, longitude"] == ("37.580100, 126.936800", "37.580120, 126.936800")
    assert "not as many cameras" not in page_text(test)  # the table says it; the score says the grounds
    assert "2 m apart, the same purpose" in page_text(test)


def test_a_decision_needs_a_reason_and_is_then_counted_and_logged() -> None:
    pair = first_pair()
    test = opened(pair=pair)
    test.button(key=f"match_same_{pair}").click().run()
    assert test.warning[0].value == "Say why: a decision without a reason is not kept."
    test.text_input(key=f"match_reason_{pair}").set_value("one pole").run()
    test.button(key=f"match_same_{pair}").click().run()
    assert test.warning[0].value == "Say who decides: a decision without a name is not kept."
    test.text_input(key="match_who").set_value(" Kim ").run()
    test.button(key=f"match_same_{pair}").click().run()
    assert not test.exception
    assert "5 cameras count now" in test.success[0].value
    said = page_text(test)
    assert "No pair of records waits for a decision." in said
    assert "5 cameras at 2 sites count. Were every list to count by itself, it would be 7 at 3." in said
    log = test.dataframe[-1].value
    assert (log["said"].tolist(), log["why"].tolist()) == (["the same cameras"], ["one pole"])
    assert log["who"].tolist() == ["Kim"]
    assert "pair" not in test.query_params


def test_who_has_signed_in_is_not_asked_for_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "visitor", lambda: "Lee")
    pair = first_pair()
    test = opened(pair=pair)
    assert [field.key for field in test.text_input if field.key == "match_who"] == []
    test.text_input(key=f"match_reason_{pair}").set_value("one pole").run()
    test.button(key=f"match_same_{pair}").click().run()
    assert test.dataframe[-1].value["who"].tolist() == ["Lee"]


def test_who_is_no_steward_reads_and_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    test = opened(pair=first_pair())
    assert "Decisions are for the data steward." in page_text(test)
    assert [button.key for button in test.button if button.key.startswith("match_")] == []


def test_korean_says_the_same() -> None:
    said = page_text(opened("ko"))
    assert "사람이 판단할 짝이 1개 있습니다." in said
    assert opened("ko").dataframe[0].value["held"].tolist() == ["카메라 대수가 다름"]


def test_the_command_lists_decides_and_takes_back(golmok: Golmok) -> None:
    told = golmok("matches")
    assert told.code == 0, told.err
    assert "1 pair of records waits for a person" in told.out
    assert f"{OURS} / {THEIRS}" in told.out
    answer = golmok("matches", "--json").answer
    assert answer["counts"] == {"doubtful": 1, "sure": 0, "same": 0, "different": 0}
    done = golmok("matches", "--same", OURS, THEIRS, "--because", "one pole", "--by", "Kim", "--json").answer
    assert (done["state"], done["decided_by"], done["network"]["cameras"]) == ("same", "Kim", 5)
    assert (
        "taken back. 7 cameras count now." in golmok("matches", "--undo", THEIRS, OURS, "--because", "no").out
    )
    log = golmok("matches", "--json").answer["decisions"]
    assert [line["said"] for line in log] == ["open", "same"]
    assert "Nobody" not in golmok("matches").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--same", OURS, "77", "--because", "x"), "No record of this number has cameras now: 77."),
        (("--same", OURS, "9", "--because", "x"), "Two rows of one agency's list are two records"),
        (("--undo", OURS, THEIRS, "--because", "x"), "There is no decision on these two to take back"),
        (("--same", OURS, THEIRS), "use: golmok matches"),
        (("--because", "x"), "use: golmok matches"),
        (("--same", OURS, THEIRS, "--different", OURS, THEIRS, "--because", "x"), "use: golmok matches"),
    ],
)
def test_what_cannot_be_decided_says_so(golmok: Golmok, words: tuple[str, ...], said: str) -> None:
    told = golmok("matches", *words)
    assert told.code == 2
    assert said in " ".join(told.err.replace("│", " ").split())


def test_the_command_tries_itself_on_invented_lists(golmok: Golmok) -> None:
    found = golmok("matches", "--trial", "1", "--json").answer
    assert (found["seed"], found["invented"]) == (1, True)
    assert found["lists"] >= 3
    assert "seven lists invented" in golmok("matches", "--trial", "1").out


PAIR: dict[str, Any] = {"score": None, "parts": {}, "state": "same", "distance_m": None, "a": None, "b": None,
                        "record_a": "1", "record_b": "2", "counts": None}  # fmt: skip


def test_what_is_unknown_of_a_pair_is_a_dash() -> None:
    assert phrases_matches.score(PAIR, "en") == "Nothing likens the two: there is no score."
    assert phrases_matches.pair(PAIR, "en")["why"] == "–"
    facts = phrases_matches.side_by_side(PAIR, "en")
    assert {(fact["a"], fact["b"]) for fact in facts if fact["what"] != "number"} == {("–", "–")}
