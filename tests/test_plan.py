"""The next cameras on the toy city: within what was asked, never beyond the bound, told as they are chosen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from app.services import WrongUse, plan, plan_model, plans, stability
from app.services.plan_offers import UnknownModel
from app.services.private import PlotsUnknown
from spatial.errors import Contradiction
from tests import city_in_database as toy_city
from tests.city_in_database import Door, quiet


def test_plan(living: Door) -> None:
    db = living()
    one, three = (plan.plan(db, cameras=n, progress=quiet) for n in (1, 3))
    assert (one["at"], one["class"], one["invented"]) == ("2013-06-30", "recognise", True)
    assert (len(one["chosen"]), len(three["chosen"])) == (1, 3)
    for found in (one, three):
        _holds(found)
        # So small a city is proved at once: no choice sees more.
        assert (found["proved_optimal"], found["gap"], found["bound"]) == (True, 0.0, found["after"])
    assert one["after"] < three["after"]
    west, south = toy_city.lonlat(db, -1, -1)
    east, north = toy_city.lonlat(db, 101, 61)
    # The most useful first: each next one adds no more than the one before it.
    gains = [camera["gain"] for camera in three["chosen"]]
    assert gains == sorted(gains, reverse=True)
    assert gains[-1] > 0.0
    poles = {(camera["lat"], camera["lon"]) for camera in three["chosen"]}
    assert len(poles) == 3
    for camera in three["chosen"]:
        assert west < camera["lon"] < east
        assert south < camera["lat"] < north
        assert (camera["act"], camera["camera_key"], camera["was"]) == ("new", None, None)
        assert camera["heading_deg"] % 30.0 == 0.0
        assert camera["model"] in {model.name for model in db.district.models}
        assert camera["price_won"] == sum(camera["price"].values())
    assert three["cost_won"] == sum(camera["price_won"] for camera in three["chosen"])
    assert three["index50m"]["after"] <= three["after"]
    assert [point["won"] for point in three["curve"]] == sorted(point["won"] for point in three["curve"])


def test_a_budget_buys_what_it_can(living: Door) -> None:
    db = living()
    cheapest = min(row["price_won"] for row in plan.plan(db, cameras=3, progress=quiet)["chosen"])
    some, more = (plan.plan(db, budget_won=won, progress=quiet) for won in (cheapest, 3 * cheapest))
    for found, won in ((some, cheapest), (more, 3 * cheapest)):
        _holds(found)
        assert 0 < found["cost_won"] <= won
    assert some["after"] <= more["after"]
    poor = plan.plan(db, budget_won=1, progress=quiet)
    assert (poor["chosen"], poor["cost_won"], poor["proved_optimal"]) == ([], 0, True)
    assert poor["before"] == poor["after"] == poor["bound"]


def test_existing_cameras_may_be_turned_and_taken_down(living: Door) -> None:
    db = living()
    left = plan.plan(db, cameras=0, limits={}, progress=quiet)
    assert left["chosen"] == []
    turned = plan.plan(db, cameras=0, limits={"may_turn": True, "may_remove": True}, progress=quiet)
    assert turned["chosen"]
    assert {row["act"] for row in turned["chosen"]} <= {"turn", "remove"}
    for row in turned["chosen"]:
        assert row["camera_key"] is not None
        assert row["was"] is not None
        assert (
            row["price_won"]
            == {
                "turn": db.district.prices.turn_won,
                "remove": db.district.prices.remove_won,
            }[row["act"]]
        )
    assert turned["after"] >= left["after"]
    assert turned["after"] <= turned["bound"]


def test_what_cannot_be_kept_together_is_named(living: Door) -> None:
    db = living()
    with pytest.raises(Contradiction) as told:
        plan.plan(db, cameras=0, limits={"zones": {"f": 1.0}}, progress=quiet)
    assert "zone f" in told.value.names
    with pytest.raises(PlotsUnknown):
        plan.plan(db, cameras=1, limits={"intrusion_most": 10.0}, progress=quiet)
    with pytest.raises(UnknownModel, match="pinhole"):
        plan.plan(db, cameras=1, limits={"models": ["pinhole"]}, progress=quiet)
    with pytest.raises(plan_model.UnknownZone, match="nowhere"):
        plan.plan(db, cameras=1, limits={"zones": ["nowhere"]}, progress=quiet)


def test_second_views_count_where_they_are_asked_for(living: Door) -> None:
    db = living()
    plain = plan.plan(db, cameras=3, progress=quiet)
    twice = plan.plan(db, cameras=3, limits={"backup": 1.0, "diverse": 0.5}, progress=quiet)
    assert twice["objective"]["counts"] == ["backup", "diverse"]
    assert twice["objective"]["worth"] >= plain["after"]
    assert twice["after"] <= plain["after"] <= twice["bound"]
    assert twice["objective"]["worth"] <= twice["objective"]["bound"]


def test_a_kept_plan_is_asked_again_as_it_was(living: Door) -> None:
    db = living()
    made = plan.plan(
        db, cameras=2, weights={"dark": 1.0}, limits={"per_pole": 2}, hours=[22, 23, 0], progress=quiet
    )
    again = plan_model.rebuilt(db, made["plan_id"])
    assert again.asked.wish.hours == (0, 22, 23)
    assert again.asked.limits.per_pole == 2
    options = again.offers.options.iloc[again.chosen]
    assert options["heading_deg"].tolist() == [row["heading_deg"] for row in made["chosen"]]
    assert options["model"].tolist() == [row["model"] for row in made["chosen"]]
    covered = np.asarray(again.model.cover.tocsc()[:, again.chosen].sum(axis=1)).ravel() > 0
    worth = float(again.model.weights[covered].sum()) / float(again.aimed.wanted.risk.sum())
    assert made["after"] - made["before"] == pytest.approx(worth, abs=3e-6)
    drawn = stability.stability(db, made["plan_id"], draws=20, progress=quiet)
    assert len(drawn["kept"]) == len(made["chosen"])
    assert plans.opened(db, made["plan_id"])["stability"]["draws"] == 20


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "cameras, budget_won"),
        ({"cameras": 1, "budget_won": 1}, "cameras, budget_won"),
        ({"cameras": 1, "dong": "000"}, "000"),
        ({"cameras": 1, "calls": ["ZZZ"]}, "ZZZ"),
        ({"cameras": 1, "weights": {"luck": 1.0}}, "luck"),
        ({"cameras": 1, "hours": [24]}, "24"),
        ({"cameras": 1, "seconds": -1.0}, "-1"),
        ({"cameras": 1, "limits": {"backup": 2.0}}, "backup"),
    ],
)
def test_what_cannot_be_asked_is_refused(living: Door, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongUse, match=said):
        plan.plan(living(), progress=quiet, **asked)


def _holds(found: dict[str, Any]) -> None:
    """Hold an answer to what is true of any: shares in order, gains that add up, a gap that is theirs."""
    assert 0.0 <= found["before"] <= found["after"] <= found["bound"] <= 1.0
    gained = sum(camera["gain"] for camera in found["chosen"])
    assert found["after"] - found["before"] == pytest.approx(gained, abs=1e-5)
    assert found["gap"] == pytest.approx((found["bound"] - found["after"]) / found["bound"], abs=2e-6)
    assert found["candidates"]["offered"] > 0
    assert all(row["layer"] in found["weights"] for row in found["layers"])
