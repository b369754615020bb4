"""Two kept plans side by side: the sites they share, those that only one has, and their figures."""

from __future__ import annotations

import pytest

from app.services import UnknownPlan, plan_compare
from etl.db import Database
from etl.store.plans import keep_plan
from tests.plan_answer import full, site, taken_down, turned


def figures(found: plan_compare.Row) -> dict[str, tuple[object, object]]:
    return {row["what"]: (row["a"], row["b"]) for row in found["rows"]}


def kept(db: Database, **changes: object) -> int:
    answer = full(**changes)
    return keep_plan(db, answer, name=answer["name"])


def test_a_plan_is_like_itself(loader: Database) -> None:
    number = kept(loader)
    found = plan_compare.compare(loader, number, number)
    assert [(row["no_a"], row["no_b"], row["apart_m"]) for row in found["common"]] == [
        (1, 1, 0.0), (2, 2, 0.0), (3, 3, 0.0), (4, 4, 0.0),
    ]  # fmt: skip
    assert (found["only_a"], found["only_b"], found["unlike"]) == ([], [], [])
    assert all(a == b for a, b in figures(found).values())
    assert found["a"]["plan_id"] == number
    assert found["a"]["name"] == "봄 계획"


def test_sites_within_ten_metres_are_one_place(loader: Database) -> None:
    one = kept(loader, chosen=[site(0, 0), site(50, 0), site(100, 0, alley="L9"), turned()])
    # 9 m off and turned by 45°; 11 m off; not there; the same camera turned elsewhere.
    moved = [site(0, 9, heading_deg=135.0), site(50, 11), turned() | {"heading_deg": 350.0}]
    other = kept(loader, chosen=moved, cost_won=40_300_000, after=0.7, proved_optimal=True, gap=0.0)
    found = plan_compare.compare(loader, one, other)
    both = [(row["no_a"], row["no_b"], row["apart_m"], row["turned_deg"]) for row in found["common"]]
    assert both == [(1, 1, 9.0, 45.0), (4, 3, 0.0, 150.0)]
    assert [(row["no_a"], row["no_b"], row["alley"]) for row in found["only_a"]] == [
        (2, None, "L2"),
        (3, None, "L9"),
    ]
    assert [(row["no_a"], row["no_b"], row["act"]) for row in found["only_b"]] == [(None, 2, "new")]
    told = figures(found)
    assert told["sites"] == (4, 3)
    assert (told["new"], told["turn"]) == ((3, 2), (1, 1))
    assert told["cost_won"] == (40_800_000, 40_300_000)
    assert told["after"] == (0.65, 0.7)
    assert told["proved_optimal"] == (False, True)
    # Two calls a new camera, none of one that is turned.
    assert told["calls_unseen"] == (6, 4)


def test_what_is_taken_down_is_no_site_of_a_new_camera(loader: Database) -> None:
    one, other = kept(loader, chosen=[taken_down()]), kept(loader, chosen=[site(50, 0)])
    found = plan_compare.compare(loader, one, other)
    assert found["common"] == []
    assert [row["act"] for row in found["only_a"]] == ["remove"]
    assert [row["act"] for row in found["only_b"]] == ["new"]


def test_shares_of_different_things_are_said_to_be_so(loader: Database) -> None:
    dong = {"code": "E", "name_ko": "동동", "name_en": "East"}
    one = kept(loader)
    other = kept(loader, dong=dong, weights={"incidents": 1.0}, **{"class": "observe"})
    assert plan_compare.compare(loader, one, other)["unlike"] == ["class", "dong", "weights"]


def test_what_was_left_at_its_rest_is_no_difference(loader: Database) -> None:
    one = kept(loader, limits=None)
    other = kept(loader, limits={"backup": 0.0, "zones": {}}, incidents={"calls": None, "hours": None})
    assert plan_compare.compare(loader, one, other)["unlike"] == []
    night = kept(loader, limits={"backup": 0.5}, incidents={"calls": None, "hours": [22, 23]})
    assert plan_compare.compare(loader, one, night)["unlike"] == ["incidents", "limits"]


def test_an_older_plan_tells_less(loader: Database) -> None:
    old = {
        "asked": {"cameras": 1, "budget_won": None},
        "class": "observe",
        "invented": True,
        "before": 0.04,
        "after": 0.05,
        "chosen": [
            {**{name: site(0, 0)[name] for name in ("lat", "lon", "heading_deg", "gain", "price_won")}}
        ],
    }
    number = keep_plan(loader, old)
    found = plan_compare.compare(loader, number, kept(loader, chosen=[]))
    told = figures(found)
    assert told["bound"] == (None, 0.6512)
    assert told["calls_unseen"] == (None, None)
    assert told["plots_m2"] == (None, 120.0)
    assert found["only_a"][0] == {
        "no_a": 1, "no_b": None, "lat": site(0, 0)["lat"], "lon": site(0, 0)["lon"], "alley": None, "act": "new",
    }  # fmt: skip


def test_a_plan_that_is_none_is_named(loader: Database) -> None:
    with pytest.raises(UnknownPlan, match="4711"):
        plan_compare.compare(loader, 4711, 4711)
