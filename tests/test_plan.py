"""The next cameras on the toy city: chosen in order, within the streets, never beyond the bound."""

from __future__ import annotations

import pytest

from app.services import plan
from tests import city_in_database as toy_city
from tests.city_in_database import Door, quiet


def test_plan(living: Door) -> None:
    db = living()
    one, three = (plan.plan(db, cameras=n, progress=quiet) for n in (1, 3))
    assert (one["at"], one["class"], one["invented"]) == ("2013-06-30", "observe", True)
    assert (len(one["chosen"]), len(three["chosen"])) == (1, 3)
    for found in (one, three):
        assert 0.0 <= found["before"] <= found["after"] <= found["bound"] + 1e-6
        assert found["bound"] <= 1.0
        gained = sum(camera["gain"] for camera in found["chosen"])
        assert found["after"] - found["before"] == pytest.approx(gained, abs=1e-5)
        assert found["gap"] == pytest.approx((found["bound"] - found["after"]) / found["bound"], abs=2e-6)
    # Fewer places stand along 160 m of street than are looked at at most.
    assert 0 < one["candidates"]["mounts"] < plan.MOUNTS
    # The first of three is the one chosen alone, and each next one adds no more than the one before it.
    assert three["chosen"][0] == one["chosen"][0]
    gains = [camera["gain"] for camera in three["chosen"]]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0.0
    west, south = toy_city.lonlat(db, -1, -1)
    east, north = toy_city.lonlat(db, 101, 61)
    for camera in three["chosen"]:
        assert west < camera["lon"] < east
        assert south < camera["lat"] < north
        assert camera["heading_deg"] % 45.0 == 0.0
        assert camera["metres"] > 0.0
        assert camera["alley"] in ("L1", "L2")
        # The reason is a code with its numbers: the street that gains most is part of all that is gained.
        reason = camera["reason"]
        assert (reason["code"], reason["width_m"]) == (
            "most_in_street",
            {"L1": 8.0, "L2": 3.0}[reason["alley"]],
        )
        assert 0.0 < reason["metres"] <= camera["metres"]
        assert camera["price_won"] == 20_000_000


def test_a_budget_buys_whole_cameras(living: Door) -> None:
    db = living()
    # 20 million won a camera: 50 million buy two, 19.9 million none.
    bought = plan.plan(db, budget_won=50_000_000, progress=quiet)
    assert bought["chosen"] == plan.plan(db, cameras=2, progress=quiet)["chosen"]
    assert bought["cost_won"] == 40_000_000
    poor = plan.plan(db, budget_won=19_900_000, progress=quiet)
    assert (poor["chosen"], poor["cost_won"]) == ([], 0)
    assert poor["before"] == poor["after"]
