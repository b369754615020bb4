"""The chance that an unaimed camera covers a point: SQL says what the optics say."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.db import Database
from spatial.optics import aim_share


class AimShare:
    """The function of the database, called over one open connection."""

    def __init__(self, db: Database) -> None:
        self.connection = db.engine.connect()

    def __call__(self, distance: float, near: float, far: float | None, slope: float, offset: float) -> float:
        answer = self.connection.exec_driver_sql(
            "select core.aim_share(%s, %s, %s, %s, %s)", (distance, near, far, slope, offset)
        ).scalar()
        assert isinstance(answer, float)
        return answer


@pytest.fixture(scope="module")
def aim(owner: Database) -> Iterator[AimShare]:
    asked = AimShare(owner)
    yield asked
    asked.connection.close()


def _between(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers of micrometres: PostgreSQL refuses to square the very smallest ones that a float can hold."""
    return st.floats(low, high).map(lambda number: round(number, 6))


@given(
    distance=_between(0, 300),
    near=_between(-5, 30),
    depth=_between(-5, 300),
    slope=_between(0, 3),
    offset=_between(-3, 20),
)
def test_aim_share_in_sql_is_that_of_the_optics(
    aim: AimShare, distance: float, near: float, depth: float, slope: float, offset: float
) -> None:
    expected = float(aim_share(distance, near_m=near, far_m=near + depth, slope=slope, offset_m=offset))
    # acos and asin are steep at their ends: what differs by a rounding there differs by its root here.
    assert aim(distance, near, near + depth, slope, offset) == pytest.approx(expected, abs=1e-7)


def test_aim_share_without_far_end_is_that_of_an_infinite_one(aim: AimShare) -> None:
    expected = float(aim_share(10.0, near_m=2.0, far_m=np.inf, slope=0.5, offset_m=1.0))
    assert aim(10.0, 2.0, math.inf, 0.5, 1.0) == pytest.approx(expected, abs=1e-12)
    assert aim(10.0, 2.0, None, 0.5, 1.0) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("near", "offset", "share"),
    [
        # 10 m to either side, and from 5 m behind the pole on: 3 m away a point is inside at any heading.
        (-5.0, 10.0, 1.0),
        (-3.0, 10.0, 1.0),
        # A near end behind the point never bounds: what is left are the sides, atan(0.5) + asin(1 / (3 sqrt(1.25))).
        (-5.0, 1.0, (math.atan(0.5) + math.asin(1.0 / (3.0 * math.sqrt(1.25)))) / math.pi),
    ],
)
def test_aim_share_of_a_footprint_that_begins_further_behind_than_the_point_is_away(
    aim: AimShare, near: float, offset: float, share: float
) -> None:
    assert aim(3.0, near, 20.0, 0.5, offset) == pytest.approx(share, abs=1e-12)
    assert float(aim_share(3.0, near_m=near, far_m=20.0, slope=0.5, offset_m=offset)) == pytest.approx(share)
