"""What is seen of alleys, laid on the edges of the graph."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from spatial.errors import MissingColumn, OutOfRange
from spatial.street_views import StreetViews, street_views
from spatial.streets import street_graph
from tests import toy

Row = tuple[int, int, int, float, float]


def _seen(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["camera_id", "aim_id", "alley_id", "from_m", "to_m"])


def _rows(views: StreetViews) -> list[Row]:
    columns = (views.camera_id, views.aim_id, views.edge, views.from_m, views.to_m)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _laid(*rows: Row, least_m: float = 0.0) -> list[Row]:
    return _rows(street_views(street_graph(toy.alleys()), _seen(*rows), least_m=least_m))


def test_a_view_across_a_corner_is_a_stretch_of_each_edge() -> None:
    assert _laid((7, 0, 1, 40.0, 70.0)) == [(7, 0, 0, 40.0, 50.0), (7, 0, 1, 0.0, 20.0)]


def test_stretches_that_touch_or_overlap_are_one() -> None:
    assert _laid((7, 0, 2, 10.0, 40.0), (7, 0, 2, 12.0, 15.0), (7, 0, 2, 40.0, 44.0), (7, 0, 2, 50.0, 55.0)) == [
        (7, 0, 2, 10.0, 44.0), (7, 0, 2, 50.0, 55.0),
    ]  # fmt: skip


def test_aims_and_cameras_stay_apart_and_in_order() -> None:
    rows = [(8, 1, 2, 0.0, 9.0), (7, 2, 2, 5.0, 9.0), (7, 1, 2, 0.0, 9.0)]
    assert _laid(*rows) == [(7, 1, 2, 0.0, 9.0), (7, 2, 2, 5.0, 9.0), (8, 1, 2, 0.0, 9.0)]


def test_short_stretches_and_unknown_alleys_are_left_out() -> None:
    assert _laid((7, 0, 1, 49.0, 70.0), (7, 0, 99, 0.0, 50.0), least_m=2.0) == [(7, 0, 1, 0.0, 20.0)]
    assert _laid((7, 0, 1, 20.0, 20.0)) == []


def test_a_view_past_the_end_of_a_street_ends_with_it() -> None:
    assert _laid((7, 0, 2, 50.0, 65.0)) == [(7, 0, 2, 50.0, 60.0)]


def test_what_is_not_certain_stays_so() -> None:
    seen = _seen((7, 0, 2, 0.0, 20.0), (7, 0, 2, 10.0, 30.0)).assign(certain=[True, False])
    views = street_views(street_graph(toy.alleys()), seen)
    assert _rows(views) == [(7, 0, 2, 0.0, 20.0), (7, 0, 2, 10.0, 30.0)]
    assert views.certain.tolist() == [True, False]
    assert _rows(views.of(views.certain)) == [(7, 0, 2, 0.0, 20.0)]
    assert _rows(views.of(np.array([1]))) == [(7, 0, 2, 10.0, 30.0)]


def test_nothing_seen_is_nothing() -> None:
    assert _laid() == []


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(OutOfRange):
        _laid((7, 0, 2, 20.0, 10.0))
    with pytest.raises(MissingColumn, match="aim_id"):
        street_views(street_graph(toy.alleys()), _seen().drop(columns="aim_id"))
