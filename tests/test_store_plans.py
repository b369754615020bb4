"""Plans are kept as they were answered, their cameras in the district's CRS."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from etl.db import Database
from etl.store.plans import keep_plan, kept_plans

# The point of the sample's middle and its known coordinates in EPSG:5186 (pyproj 3.7): 194417.412 E, 553285.135 N.
ANSWER = {
    "asked": {"cameras": 1, "budget_won": None},
    "class": "observe",
    "before": 0.04,
    "after": 0.05,
    "chosen": [
        {
            "lat": 37.5791,
            "lon": 126.9368,
            "heading_deg": 45.0,
            "gain": 0.01,
            "price_won": 20_000_000,
            "alley": "한길",
        }
    ],
}


def test_a_plan_is_kept_with_its_cameras(loader: Database) -> None:
    plan_id = keep_plan(loader, ANSWER, name="봄")
    (kept,) = kept_plans(loader)
    assert (kept["plan_id"], kept["name"], kept["cameras"]) == (plan_id, "봄", 1)
    assert kept["figures"]["after"] == 0.05
    assert "chosen" not in kept["figures"]
    query = text(
        "select order_no, price_won, attributes, st_x(geom), st_y(geom), st_srid(geom) from core.plan_camera"
    )
    with loader.engine.connect() as connection:
        (camera,) = connection.execute(query).all()
    assert camera[:3] == (1, 20_000_000, {"alley": "한길"})
    assert camera[3:5] == pytest.approx((194417.412, 553285.135), abs=0.01)
    assert camera[5] == 5186


def test_a_plan_that_cannot_be_leaves_nothing(loader: Database) -> None:
    before = len(kept_plans(loader))
    wrong = {**ANSWER, "chosen": [{**ANSWER["chosen"][0], "heading_deg": 400.0}]}
    with pytest.raises(Exception, match="plan_camera_heading_deg_check"):
        keep_plan(loader, wrong)
    assert len(kept_plans(loader)) == before
