"""Other plans nearly as good: by hand, and against every choice there is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

from spatial import promising
from spatial.alternatives import NOWHERE, Alternatives, alternatives, differs, sites_of
from spatial.errors import OutOfRange, WrongShape
from spatial.siting_model import Cap, Group, Model, Share, Solved
from tests.every_choice import allowed, random_model, solved, worth

# Six places that see one thing each: 10, 10, 10, 9, 9 and 1.
PLACES = Model(
    cover=sp.csr_array(np.eye(6)),
    weights=np.array([10.0, 10.0, 10.0, 9.0, 9.0, 1.0]),
    costs=np.ones(6),
    p=3,
)


def _best(model: Model) -> Solved:
    return solved(model)


def _sets(found: Alternatives) -> list[set[int]]:
    return [set(plan.chosen.tolist()) for plan in found.plans]


def test_each_differs_in_a_third_of_its_sites_from_the_best_and_from_each_other() -> None:
    best = _best(PLACES)
    assert set(best.chosen.tolist()) == {0, 1, 2}
    # One of three must be another: two tens and a nine are worth 29, within 4 % of 30 but not within 1 %. Two plans of
    # them share a ten: of the three sites of one the other lacks two, or (the same nine) one.
    found = alternatives(PLACES, best, solve=solved, within=0.04, most=20)
    sets = _sets(found)
    assert len(sets) == 6 and found.why == "proved_none"
    # What is found by greed is bounded by the best plan, what is proved by itself.
    assert all(plan.worth == 29.0 and 29.0 <= plan.bound <= 30.0 for plan in found.plans)
    assert all(len(one & other) <= 2 for one in sets for other in sets if one is not other)
    assert [differs(best, plan, sites=sites_of(PLACES)) for plan in found.plans] == [1 / 3] * 6
    close = alternatives(PLACES, best, solve=solved)
    assert (close.plans, close.why) == ((), "proved_none")


def test_no_more_than_are_asked_for_and_then_nothing_is_said() -> None:
    best = _best(PLACES)
    found = alternatives(PLACES, best, solve=solved, within=0.5, most=2)
    assert len(found.plans) == 2 and found.why is None
    none = alternatives(PLACES, best, solve=solved, most=0)
    assert (none.plans, none.why) == ((), None)


def test_the_share_that_must_differ_is_rounded_up_to_whole_sites() -> None:
    # Of three sites half is two: one ten may stay, so 10 + 9 + 9.
    found = alternatives(PLACES, _best(PLACES), solve=solved, within=0.1, differ=0.5, most=20)
    assert [plan.worth for plan in found.plans] == [28.0]
    assert found.why == "proved_none"
    # A third of three is one, though 1/3 * 3 might be more than 1 by a rounding error.
    third = alternatives(PLACES, _best(PLACES), solve=solved, within=0.04, differ=1 / 3 + 1e-12, most=1)
    assert third.plans[0].worth == 29.0


def test_what_is_seen_anyway_is_no_merit_of_a_plan() -> None:
    cover = sp.csr_array(np.eye(6)[:, [0, 1, 2, 3, 4, 5, 0]])
    fixed = replace(PLACES, cover=cover, costs=np.ones(7), fixed=[6])
    best = _best(fixed)
    # 10 stand open already; 10 + 10 + 9 are won: 39. With another nine in place of the one: as good.
    assert best.worth == 39.0
    # In place of a ten: 38, within 4 % of 39 but not of 29.
    assert len(alternatives(fixed, best, solve=solved, within=0.03, most=20).plans) > 1
    close = alternatives(fixed, best, solve=solved, within=0.03, floor=10.0, most=20)
    assert [plan.worth for plan in close.plans] == [39.0]


def test_another_aim_on_the_same_pole_is_no_other_site() -> None:
    # Two aims on pole 0 are worth 10 and 10, pole 1 is worth 5.
    model = Model(
        cover=sp.csr_array(np.eye(3)),
        weights=np.array([10.0, 10.0, 5.0]),
        costs=np.ones(3),
        p=1,
        groups=[Group("pole", np.array([0, 1]))],
        poles=np.array([0, 0, 1]),
    )
    best = _best(model)
    assert alternatives(model, best, solve=solved).why == "proved_none"
    assert _sets(alternatives(model, best, solve=solved, within=0.5)) == [{2}]
    # Where the poles are not told, each option is its own.
    bare = replace(model, poles=None)
    assert _sets(alternatives(bare, best, solve=solved, most=1)) == [{1}]


def test_where_a_pole_may_bear_two_the_limit_asks_more_than_sites_and_nothing_is_claimed_proved() -> None:
    model = replace(PLACES, poles=np.array([0, 0, 1, 2, 3, 4]))
    best = _best(model)
    assert alternatives(model, best, solve=solved, within=0.0).why == "not_found"


def test_an_existing_camera_that_stays_or_goes_makes_no_site() -> None:
    # Options: new, stays, is turned, is taken down.
    cover = sp.csr_array(np.array([[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]))
    model = Model(
        cover=cover,
        weights=np.array([5.0, 3.0, 4.0]),
        costs=np.array([5.0, 0.0, 1.0, 2.0]),
        p=1,
        counted=np.array([True, False, False, False]),
        groups=[Group("camera", np.array([1, 2, 3]), most=1, least=1)],
        poles=np.array([0, 1, 1, 1]),
    )
    assert sites_of(model).tolist() == [0, NOWHERE, 1, NOWHERE]
    kept = replace(model, p=0, budget=0.0)
    best = _best(kept)
    assert best.chosen.tolist() == [1]
    assert alternatives(kept, best, solve=solved).why == "nothing_stands"
    assert differs(best, best, sites=sites_of(model)) == 0.0


def test_time_that_ends_proves_nothing() -> None:
    found = alternatives(PLACES, _best(PLACES), solve=solved, within=0.04, time_limit_s=0.0)
    # Greed finds some of the six in no time; of what it does not find nothing is known.
    assert len(found.plans) < 6 and found.why == "not_found"


def test_a_question_that_its_limits_make_impossible_has_no_other_plan() -> None:
    # All three must be open, so none can differ.
    model = replace(PLACES, groups=[Group("these", np.array([0, 1, 2]), most=3, least=3)])
    assert alternatives(model, _best(model), solve=solved, within=1.0).why == "proved_none"


@pytest.mark.parametrize("way", ["every choice", "our own", "few promising"])
def test_against_every_choice(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "few promising":
        monkeypatch.setattr(promising, "_OF_A_SITE", 1)
        monkeypatch.setattr(promising, "_IN_ALL", 1)
        monkeypatch.setattr(promising, "_FOR_EACH", 1)
    rng = np.random.default_rng(11)
    answer: dict[str, Any] = {"solve": solved} if way == "every choice" else {}
    some, none = 0, 0
    for _ in range(25):
        model = random_model(rng)
        best, site = _best(model), sites_of(model)
        found = alternatives(model, best, within=0.1, most=3, time_limit_s=60.0, **answer)
        plans = [best, *found.plans]
        for number, plan in enumerate(found.plans, 1):
            assert plan.bound >= plan.worth >= 0.9 * best.worth
            assert plan.worth == worth(model, plan.chosen.tolist())
            assert all(_lacks(before, plan, site) for before in plans[:number])
        good = [
            choice for choice in allowed(model)
            if worth(model, choice) >= 0.9 * best.worth
            and all(_lacks(before, choice, site) for before in plans)
        ]  # fmt: skip
        if found.why == "proved_none":
            none += 1
            assert good == []
        else:
            some += 1
            assert found.why is None and len(found.plans) == 3
    # Both happen, so both are tested.
    assert some > 3 and none > 3


def _lacks(before: Solved, after: Solved | list[int], site: np.ndarray) -> bool:
    chosen = after.chosen.tolist() if isinstance(after, Solved) else after
    old = {int(site[option]) for option in before.chosen}
    new = {int(site[option]) for option in chosen}
    return len(old - new) >= math.ceil(len(old) / 3 - 1e-9)


def test_the_promising_options_are_a_part_that_the_whole_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promising, "_OF_A_SITE", 1)
    monkeypatch.setattr(promising, "_IN_ALL", 2)
    monkeypatch.setattr(promising, "_FOR_EACH", 1)
    # Gains alone: 1, 9, 5, 8, 2, 3 on poles 0, 0, 1, 1, 2, 2; option 5 is open, one of 2 and 4 must be chosen.
    model = Model(
        cover=sp.csr_array(np.eye(6)),
        weights=np.array([1.0, 9.0, 5.0, 8.0, 2.0, 3.0]),
        costs=np.array([1.0, 9.0, 5.0, 8.0, 1.0, 1.0]),
        p=2,
        fixed=[5],
        groups=[Group("poles", np.array([0, 1, 3])), Group("one", np.array([2, 4]), most=1, least=1)],
        caps=[Cap("plots", np.arange(6.0), 9.0)],
        poles=np.array([0, 0, 1, 1, 2, 2]),
    )
    best = Solved(np.array([2, 1]), 17.0, 17.0, 0.0, True, np.zeros(6, dtype=bool))
    part = promising.promising(model, sites_of(model), best=best)
    # The best of each pole are 1, 3 and 5, of which two are kept; the best plan's, the open one, and the group's.
    assert part.options.tolist() == [1, 2, 3, 4, 5]
    assert part.model.fixed == [4]
    assert [group.options.tolist() for group in part.model.groups] == [[0, 2], [1, 3]]
    assert part.model.caps[0].amounts.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert part.site.tolist() == [0, 1, 1, 2, 2]
    # Per won the first of pole 0 is as good as the second, and comes first.
    budgeted = promising.promising(replace(model, budget=9.0), sites_of(model), best=best)
    assert budgeted.options.tolist() == [0, 1, 2, 3, 4, 5]
    # A share may hang on any option.
    shared = replace(model, shares=[Share("dong", np.array([0]), np.ones(1), 1.0)])
    assert promising.promising(shared, sites_of(model), best=best).options.tolist() == [0, 1, 2, 3, 4, 5]


def test_refuses_what_makes_no_sense() -> None:
    best = _best(PLACES)
    for wrong in ({"within": 1.5}, {"differ": 0.0}, {"most": -1}, {"time_limit_s": -1.0}):
        with pytest.raises(OutOfRange):
            alternatives(PLACES, best, solve=solved, **wrong)
    with pytest.raises(WrongShape):
        alternatives(PLACES, best, solve=solved, sites=np.array([0]))
