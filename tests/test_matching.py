"""Which records of several lists are the same cameras: places, spellings and contradictions of one street corner."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from etl.sample.lists import LISTS, Slips, retold
from etl.sample.trial import measured
from spatial.errors import OutOfRange
from spatial.matching import COLUMNS, compared, groups_of, joined
from spatial.types import MatchRules

RULES = MatchRules()
POLE = {
    "agency": "police", "x_m": 0.0, "y_m": 0.0, "purpose": "crime_prevention", "further": "", "legal_ground": "25-1-2",
    "address_road": "가람특별시 골목구 느루로 12", "address_lot": "", "name": "", "view_text": "", "cameras": 2,
    "pixels": 2_000_000.0, "installed_on": "2010-05-01",
}  # fmt: skip


def lists(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([POLE | row for row in rows], columns=list(COLUMNS))
    return frame.assign(installed_on=pd.to_datetime(frame["installed_on"]))


def told(records: pd.DataFrame, **said: Any) -> dict[tuple[int, int], str]:
    pairs = joined(compared(records, RULES), records["agency"], RULES, **said)
    return {(a, b): state for a, b, state in pairs.itertuples(index=False)}


def test_one_pole_in_two_lists_is_joined_though_metres_and_spelling_differ() -> None:
    records = lists({}, {"agency": "gu", "x_m": 3.0, "y_m": 4.0, "address_road": "골목구 느루로12 (삼거리)"})
    (pair,) = compared(records, RULES).to_dict("records")
    assert pair["distance_m"] == pytest.approx(5.0)
    assert pair["place"] == pytest.approx(np.exp(-((5.0 / 30.0) ** 2)))
    assert (pair["purpose"], pair["facts"], pair["held"]) == (1.0, 1.0, "")
    assert 0.5 < pair["text"] < 1.0
    assert told(records) == {(0, 1): "sure"}


def test_equal_records_score_one() -> None:
    assert compared(lists({}, {"agency": "gu"}), RULES)["score"].tolist() == [pytest.approx(1.0)]


@pytest.mark.parametrize(
    ("other", "held"),
    [
        ({"cameras": 3}, "count"),
        ({"installed_on": "2010-12-01"}, "month"),
        ({"address_road": ""}, "address"),
    ],
)
def test_what_contradicts_is_asked_and_says_why(other: dict[str, Any], held: str) -> None:
    records = lists({}, {"agency": "gu"} | other)
    assert compared(records, RULES)["held"].tolist() == [held]
    assert told(records) == {(0, 1): "doubtful"}


def test_half_a_year_is_no_contradiction() -> None:
    assert told(lists({}, {"agency": "gu", "installed_on": "2010-11-01"})) == {(0, 1): "sure"}


def test_two_rows_of_one_list_are_never_a_pair() -> None:
    assert told(lists({}, {}, {"x_m": 1.0})) == {}


def test_two_of_a_list_that_fit_alike_are_asked_about() -> None:
    # which of the two the other list means, nobody can tell from the lists
    records = lists({}, {}, {"agency": "gu"})
    assert compared(records, RULES)["held"].tolist() == ["rival", "rival"]
    assert told(records) == {(0, 2): "doubtful"}


def test_the_neighbour_of_the_next_house_number_is_another_pole() -> None:
    near = compared(lists({}, {"agency": "gu", "address_road": "가람특별시 골목구 느루로 12"}), RULES)
    next_door = compared(lists({}, {"agency": "gu", "address_road": "가람특별시 골목구 느루로 14"}), RULES)
    assert near["text"].tolist() == [pytest.approx(1.0)]
    assert next_door["text"].iloc[0] < 0.45


def test_another_purpose_of_another_year_is_not_even_asked() -> None:
    dumping = {"agency": "gu", "purpose": "illegal_dumping", "legal_ground": "25-1-3"}
    assert told(lists({}, dumping)) == {(0, 1): "doubtful"}
    assert told(lists({}, dumping | {"installed_on": "2013-05-01"})) == {}


def test_one_of_several_purposes_and_one_ground_in_law_count_in_part() -> None:
    child = {"agency": "gu", "purpose": "child_protection"}
    alike = [
        compared(lists({}, child | more), RULES)["purpose"].iloc[0]
        for more in ({"further": "crime_prevention"}, {})
    ]
    assert alike == [0.6, 0.4]


def test_points_further_off_than_the_reach_are_compared_when_their_address_is_one() -> None:
    assert told(lists({}, {"agency": "gu", "x_m": 100.0})) == {(0, 1): "doubtful"}
    assert told(lists({}, {"agency": "gu", "x_m": 160.0})) == {}
    assert (
        told(lists({}, {"agency": "gu", "x_m": 100.0, "address_road": "가람특별시 골목구 볕뉘재로 7"})) == {}
    )


def test_three_lists_of_a_pole_are_one_group_and_each_joins_once() -> None:
    records = lists({}, {"agency": "gu", "x_m": 2.0}, {"agency": "school", "y_m": 2.0})
    pairs = joined(compared(records, RULES), records["agency"], RULES)
    assert pairs["state"].tolist() == ["sure", "sure"]
    assert groups_of(pairs, 3).tolist() == [0, 0, 0]


def test_who_was_told_apart_meets_in_no_group() -> None:
    records = lists({}, {"agency": "gu", "x_m": 2.0}, {"agency": "school", "y_m": 9.0})
    assert told(records, different=[(0, 1)]) == {(0, 2): "sure"}


def test_a_person_joins_what_no_score_would() -> None:
    records = lists({}, {"agency": "gu", "x_m": 900.0}, {"agency": "gu"})
    assert told(records, same=[(0, 1)]) == {(0, 1): "said"}  # the list's other row is not the same now


def test_the_order_of_the_rows_changes_nothing() -> None:
    rng = np.random.default_rng(3)
    rows, number = retold(street(60), rng)
    order = rng.permutation(len(rows))

    def by_key(frame: pd.DataFrame, keys: list[int]) -> set[tuple[int, int, float]]:
        pairs = compared(frame, RULES)
        ends = [sorted((keys[a], keys[b])) for a, b in zip(pairs["a"], pairs["b"], strict=True)]
        return {(a, b, round(score, 9)) for (a, b), score in zip(ends, pairs["score"], strict=True)}

    shuffled = rows.iloc[order].reset_index(drop=True)
    assert by_key(rows, list(range(len(rows)))) == by_key(shuffled, order.tolist())
    assert len(set(number)) >= 60


def test_nothing_to_compare_gives_no_pair() -> None:
    for rows in (
        lists(),
        lists({}),
        lists({"address_road": ""}, {"agency": "gu", "x_m": 60.0, "address_road": ""}),
    ):
        assert compared(rows, RULES).empty
        assert joined(compared(rows, RULES), rows["agency"], RULES).empty


def test_records_are_left_as_they_were() -> None:
    records = lists({}, {"agency": "gu", "x_m": 3.0})
    before = records.copy(deep=True)
    told(records)
    pd.testing.assert_frame_equal(records, before)


@pytest.mark.parametrize(
    "wrong",
    [
        {"near_m": 60.0},
        {"reach_m": 200.0},
        {"doubtful": 0.9},
        {"sure": 1.1},
        {"margin": 1.0},
        {"site_m": -1.0},
    ],
)
def test_rules_that_contradict_each_other_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(OutOfRange):
        MatchRules(**wrong)


def street(poles: int) -> pd.DataFrame:
    """Return records of seven agencies, a pole each 40 m along streets 60 m apart, drawn from a seed."""
    rng = np.random.default_rng(7)
    at = np.arange(poles)
    months = pd.Timestamp("2006-01-01") + pd.to_timedelta(rng.integers(0, 2800, poles), unit="D")
    purposes = np.array([("crime_prevention", "25-1-2"), ("child_protection", "25-1-2"), ("facility", "25-1-3"),
                         ("illegal_dumping", "25-1-3"), ("traffic_enforcement", "25-1-4")])  # fmt: skip
    drawn = purposes[rng.choice(5, poles, p=[0.5, 0.15, 0.1, 0.15, 0.1])]
    return pd.DataFrame(
        {
            "agency": (at % LISTS).astype(str), "x_m": 40.0 * (at % 30), "y_m": 60.0 * (at // 30),
            "purpose": drawn[:, 0], "further": "", "legal_ground": drawn[:, 1],
            "address_road": [f"가람특별시 골목구 느루{n // 30}길 {2 * (n % 30) + 1}" for n in at],
            "address_lot": [f"가람특별시 골목구 샘터말동 {n // 7 + 1}-{n % 7 + 1}" for n in at], "name": "",
            "view_text": rng.choice(["360도전방면", "", "고정", "골목 입구 방면"], poles), "cameras": rng.integers(1, 6, poles),
            "pixels": rng.choice([410_000.0, 1_300_000.0, 2_000_000.0], poles),
            "installed_on": months.to_period("M").to_timestamp(),
        }
    )  # fmt: skip


def test_on_seven_invented_lists_it_joins_rightly_and_asks_about_the_rest() -> None:
    # The thresholds rest on this: 400 poles and, told by other departments again, some 600 rows more.
    found = measured(street(400), RULES, seed=1)
    assert found["truth"] > 900
    assert found["precision"] >= 0.99
    assert found["recall"] >= 0.6
    assert found["recall_asked"] >= 0.95
    assert found["asked"] < found["lists"] / 4
    # a lower bar joins more, and more of it wrongly
    lower = measured(street(400), MatchRules(sure=0.6), seed=1)
    assert lower["recall"] > found["recall"]
    assert lower["right"] / lower["joined"] <= found["right"] / found["joined"]


def test_lists_without_slips_are_joined_whole() -> None:
    exact = Slips(exact=1.0, far=0.0, other_purpose=0.0, other_count=0.0, other_month=0.0, blank_month=0.0,
                  blank_pixels=0.0, blank_view=0.0, other_view=0.0, other_pixels=0.0, one_address=0.0, no_address=0.0,
                  rival=0.0)  # fmt: skip
    found = measured(street(100), RULES, seed=2, slips=exact)
    assert (found["precision"], found["recall"]) == (1.0, 1.0)
