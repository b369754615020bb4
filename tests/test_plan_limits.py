"""Limits of a plan: what is left out rests, what cannot be is refused by its name."""

from __future__ import annotations

import json
import math

import pytest

from app.services.plan_limits import Limits, OutOfLimits, limits_of


def test_what_is_left_out_or_none_rests() -> None:
    assert limits_of(None) == limits_of({"per_pole": None}) == Limits()
    assert not Limits().frees
    assert limits_of({"may_move": True}).frees


def test_a_list_of_zones_asks_for_the_whole_of_each() -> None:
    assert limits_of({"zones": ["F1", "F2"]}).zones == {"F1": 1.0, "F2": 1.0}
    assert limits_of({"zones": {"F1": 0.5}}).zones == {"F1": 0.5}


def test_an_answer_tells_all_limits() -> None:
    told = limits_of({"zones": ["F1"], "models": ["tele"], "backup": 0.3}).told()
    assert json.loads(json.dumps(told)) == told
    assert (told["zones"], told["models"], told["backup"], told["per_pole"]) == (
        {"F1": 1.0},
        ["tele"],
        0.3,
        1,
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"colour": 1}, "colour"),
        ({"backup": 1.5}, r"^backup 1\.5 \(0-1\)$"),
        ({"diverse": math.nan}, "diverse"),
        ({"dong_least": -0.1}, "dong_least"),
        ({"intrusion_most": -1.0}, r"^intrusion_most -1 \(0-\)$"),
        ({"intrusion_weight": math.inf}, "intrusion_weight"),
        ({"per_pole": 0}, "per_pole"),
        ({"zones": {"F1": 0.0}}, "F1"),
        ({"zones": {"F1": 1.01}}, "F1"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(given: dict[str, object], named: str) -> None:
    with pytest.raises(OutOfLimits, match=named):
        limits_of(given)
