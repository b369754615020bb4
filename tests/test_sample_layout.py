"""How streets and lots are cut: a square of 100 m by hand."""

from __future__ import annotations

import numpy as np
import pytest

from etl.sample import layout

SQUARE = layout.Face(((0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)), (layout.EDGE,) * 4)


def halved(draft: layout.Draft) -> tuple[layout.Face, layout.Face]:
    """Cut the square at x = 40 by a street northward."""
    parts = layout.street_cut(draft, SQUARE, ((40.0, 50.0), np.pi / 2.0), rank="road", width_m=8.0)
    assert parts is not None
    west, east = sorted(parts, key=lambda f: layout.middle(f)[0])
    return west, east


def test_cut_parts_the_square() -> None:
    draft = layout.Draft()
    west, east = halved(draft)
    assert layout.area(west) == pytest.approx(4_000.0)  # 40 m x 100 m
    assert layout.area(east) == pytest.approx(6_000.0)
    assert {0} <= set(west.sides) <= {0, layout.EDGE}
    assert draft.lines[0].width_m == 8.0


def test_second_cut_leaves_a_node_on_the_first() -> None:
    draft = layout.Draft()
    _, east = halved(draft)
    assert layout.street_cut(draft, east, ((70.0, 30.0), 0.0), rank="alley", width_m=3.0) is not None
    shares = sorted(share for share, _ in draft.lines[0].stops)
    assert shares == pytest.approx([0.0, 0.3, 1.0]) or shares == pytest.approx([0.0, 0.7, 1.0])
    assert {n for _, n in draft.lines[0].stops} & {n for _, n in draft.lines[1].stops}


def test_cut_from_the_other_side_is_drawn_to_the_node_near_by() -> None:
    draft = layout.Draft()
    west, east = halved(draft)
    layout.street_cut(draft, east, ((70.0, 30.0), 0.0), rank="alley", width_m=3.0)
    layout.street_cut(draft, west, ((20.0, 36.0), 0.0), rank="alley", width_m=3.0)  # 6 m off: within the 9 m
    assert len(draft.lines[0].stops) == 3  # no fourth: the two alleys meet


def test_dead_end_stops_short_but_parts_the_lots() -> None:
    draft = layout.Draft()
    _, east = halved(draft)
    parts = layout.street_cut(draft, east, ((70.0, 50.0), 0.0), rank="dead", width_m=2.0, reach=0.5)
    assert parts is not None
    assert sorted(layout.area(p) for p in parts) == pytest.approx([3_000.0, 3_000.0])
    tips = [draft.nodes[node] for _, node in draft.lines[1].stops]
    assert sorted(tips) == [pytest.approx((40.0, 50.0)), pytest.approx((70.0, 50.0))]  # half of the 60 m


def test_cut_beside_the_face_is_none() -> None:
    assert layout.lot_cut(SQUARE, ((200.0, 50.0), np.pi / 2.0)) is None
