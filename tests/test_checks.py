"""Which glance tells most: by hand on two streets, and better than chance on the invented district; walks are short."""

from __future__ import annotations

import numpy as np
import pytest

from spatial.beliefs import Beliefs, draw, lobes_p, nothing_known, sees_by_heading, with_glance, with_headings
from spatial.checks import route, walked_m, worth_checking
from spatial.coverage import shares_by_draw
from spatial.errors import WrongShape
from spatial.sightings import Pairs, Sightings
from tests.aimed_district import Hidden, hidden_district

NONE = Pairs(*(np.empty(0, dtype=kind) for kind in (np.int64, np.int64, float, float, float, float)))


def seen_by(beliefs: Beliefs, *pairs: tuple[int, int, float, float]) -> Sightings:
    """Return sightings of (point, camera, bearing, half window) each, 10 m away."""
    point, camera, bearing, half = (np.array(column) for column in zip(*pairs, strict=True))
    found = Pairs(
        point.astype(np.int64), camera.astype(np.int64), np.full(len(point), 10.0), bearing.astype(float),
        np.zeros(len(point)), half.astype(float),
    )  # fmt: skip
    return Sightings(int(point.max()) + 1, beliefs.camera_ids, NONE, found, NONE, beliefs)


def test_one_is_asked_about_the_street_that_decides() -> None:
    # Camera 7 looks east with chance 1/2, else west. East lie 30 m of street in two places, west 10 m in one.
    two_ways = with_headings(
        nothing_known([7]), 7, lobes_p([(92.5, 0.1, 1.0), (272.5, 0.1, 1.0)]), weight=1.0
    )
    found = seen_by(two_ways, (0, 0, 92.5, 20.0), (1, 0, 92.5, 20.0), (2, 0, 272.5, 20.0))
    best = worth_checking(found, [10.0, 20.0, 10.0])
    # It adds 30 or 10 m: variance 100, and any of the three places tells which.
    assert best.to_dict("list") == {
        "camera_id": [7],
        "point": [0],
        "p_sees": [pytest.approx(0.5)],
        "variance": [pytest.approx(100.0)],
        "gain": [pytest.approx(100.0)],
    }
    # Somebody else surely sees what lies east: then 0 or 10 m, variance 25.
    covered = Sightings(
        3, two_ways.camera_ids, found.possible.take(np.array([0, 1])), found.possible, NONE, two_ways
    )
    assert worth_checking(covered, [10.0, 20.0, 10.0])["variance"].tolist() == pytest.approx([25.0])


def test_what_tells_nothing_is_left_out() -> None:
    known = nothing_known([1], heading_deg=[90.0])
    assert worth_checking(seen_by(known, (0, 0, 90.0, 20.0)), [1.0]).empty
    # Whatever the heading, the place is seen: the answer is known beforehand.
    assert worth_checking(seen_by(nothing_known([1]), (0, 0, 90.0, 180.0)), [1.0]).empty
    # A class so fine that nobody may see anything.
    assert worth_checking(Sightings(1, np.array([1]), NONE, NONE, NONE, nothing_known([1])), [1.0]).empty
    with pytest.raises(WrongShape):
        worth_checking(seen_by(known, (0, 0, 90.0, 20.0)), [1.0, 2.0])


def test_one_that_turns_is_not_asked_and_its_mate_is() -> None:
    beliefs = nothing_known([1, 2, 3], pole=[5, 5, 6])
    found = seen_by(beliefs, (0, 0, 90.0, 20.0), (1, 1, 90.0, 20.0), (2, 2, 90.0, 20.0))
    weights = [9.0, 1.0, 1.0]
    # Of the first pole camera 1 decides more, but it turns; on the second there is nobody to ask.
    assert worth_checking(found, weights)["camera_id"].tolist() == [1, 3]
    fixed = worth_checking(found, weights, askable=[2])
    assert (fixed["camera_id"].tolist(), fixed["point"].tolist()) == ([2], [1])
    # What the heads add together varies as before.
    assert fixed["variance"].item() == worth_checking(found, weights)["variance"].max()


@pytest.fixture(scope="module")
def district() -> Hidden:
    return hidden_district(poles=110)


def _spread(found: Sightings, beliefs: Beliefs, weights: np.ndarray) -> float:
    """Return the standard deviation of the drawn share: what is left not known."""
    headings = draw(beliefs, draws=3000, seed=1)
    return float(
        shares_by_draw(
            Sightings(found.points, found.camera_ids, found.certain, found.possible, found.reach, beliefs),
            weights,
            headings,
        ).std()
    )


def _asked(district: Hidden, beliefs: Beliefs, camera_id: int, point: int) -> Beliefs:
    """Return the beliefs after the true answer to: does this camera see this place?"""
    pairs = district.found.possible
    camera = int(np.searchsorted(district.found.camera_ids, camera_id))
    at = int(np.flatnonzero((pairs.camera == camera) & (pairs.point == point))[0])
    off = abs((district.true_deg[camera] - pairs.bearing_deg[at] + 180.0) % 360.0 - 180.0)
    window = np.array([[pairs.from_deg[at], pairs.to_deg[at]]])
    sees = sees_by_heading(pairs.bearing_deg[at], window)
    return with_glance(
        beliefs, camera_id, sees, seen=bool(window[0, 0] <= off <= window[0, 1]), weight=0.95, mates=0.5
    )


def test_fifty_chosen_checks_narrow_at_least_twice_as_much_as_fifty_at_random(district: Hidden) -> None:
    found, weights = district.found, district.points["weight"].to_numpy()
    before = _spread(found, found.beliefs, weights)
    chosen = found.beliefs
    for row in worth_checking(found, weights).head(50).itertuples():
        chosen = _asked(district, chosen, row.camera_id, row.point)
    by_choice = before - _spread(found, chosen, weights)
    by_chance = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        beliefs = found.beliefs
        for camera in rng.choice(np.unique(found.possible.camera), 50, replace=False):
            point = rng.choice(found.possible.point[found.possible.camera == camera])
            beliefs = _asked(district, beliefs, int(found.camera_ids[camera]), int(point))
        by_chance.append(before - _spread(found, beliefs, weights))
    assert by_choice > 0.05 * before
    assert by_choice >= 2.0 * np.mean(by_chance)


def test_a_walk_round_a_square_does_not_cross_it() -> None:
    corners = np.array([(0, 0), (100, 100), (100, 0), (0, 100)], dtype=float)
    order = route(corners)
    apart = np.hypot(*(corners[:, None] - corners[None]).T).T
    assert sorted(order.tolist()) == [0, 1, 2, 3]
    assert walked_m(apart, order) == pytest.approx(300.0)
    assert route(np.empty((0, 2))).tolist() == []
    assert route([(1.0, 1.0)]).tolist() == [0]


def test_a_walk_follows_the_streets_where_there_are_any() -> None:
    # In a straight line 0, 1, 2; but the street from 0 leads to 2 first.
    line = np.array([(0, 0), (10, 0), (20, 0)], dtype=float)
    ways = np.array([[0.0, 90.0, 20.0], [90.0, 0.0, 10.0], [20.0, 10.0, 0.0]])
    assert route(line, ways).tolist() in ([0, 2, 1], [1, 2, 0])
    nowhere = np.where(np.eye(3) > 0, 0.0, np.inf)
    assert walked_m(np.abs(line[:, None, 0] - line[None, :, 0]), route(line, nowhere)) == pytest.approx(20.0)
