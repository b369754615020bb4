"""What may be done with a camera that hangs already: in the toy city, by hand and against its own field of view."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from spatial.axes import axes_of
from spatial.covering import Scene, beside, cover_of, options
from spatial.errors import OutOfRange, UnknownClass
from spatial.fov import fields_of_view, with_assumptions
from spatial.refits import Works, fates, refits, why_not_free
from spatial.samples import sample_alleys
from spatial.sightings import sightings
from spatial.types import Prices, assumed_model
from tests import toy
from tests.toy import LENS

FLAT = Scene(toy.buildings(), None, LENS)
PRICES = Prices(turn_won=300_000, move_won=1_200_000, remove_won=500_000)
CAMERAS = with_assumptions(toy.cameras(), LENS)
POINTS = sample_alleys(toy.alleys(), step_m=1.0)
AXES = axes_of(POINTS, toy.alleys())
ASKED = {"scene": FLAT, "classes": ["observe"]}


def test_only_a_fixed_camera_of_known_aim_is_free() -> None:
    assert why_not_free(CAMERAS).tolist() == [None, "aim_unknown", "turning"]
    round_view = CAMERAS.assign(kind="fisheye")
    assert set(why_not_free(round_view)) == {"all_round"}


def test_the_fates_of_the_one_free_camera() -> None:
    found = refits(CAMERAS, POINTS, works=Works(prices=PRICES), **ASKED)["observe"]
    rows = found.options
    assert set(rows["camera_id"]) == {1}
    # It hangs at the street's west end: what it sees looking north, south or west is nothing.
    told = rows[["act", "heading_deg", "price_won"]].fillna(-1.0).to_numpy().tolist()
    assert told == [
        ["keep", 90.0, 0],
        ["turn", 60.0, 300_000],
        ["turn", 120.0, 300_000],
        ["remove", -1.0, 500_000],
    ]
    own = fields_of_view(toy.cameras().iloc[:1], toy.buildings(), classes=["observe"], defaults=LENS)
    seen = sightings(POINTS, own, toy.cameras().iloc[:1]).certainly_seen()
    cover = found.cover.toarray()
    assert seen.sum() >= 10
    assert (cover[:, 0] > 0).tolist() == seen.tolist()
    assert cover[:, 3].sum() == 0.0
    assert (cover[:, 1] == cover[:, 2]).all()  # the street is straight, the turns are mirror images


def test_moves_cost_their_pole_and_lie_near() -> None:
    # Nearer than a metre is its own place; (100, 0) is beyond 60 m.
    sites = toy.points((0.5, 0), (50, 0), (100, 0))
    works = Works(
        acts=["move"],
        prices=PRICES,
        headings_deg=(0.0, 90.0),
        mounts=sites,
        mounts_won=[1, 8_000_000, 3],
        within_m=60.0,
    )
    found = refits(CAMERAS, POINTS, works=works, axes=AXES, **ASKED)["observe"]
    assert found.options["act"].tolist() == ["keep", "move", "move"]
    assert found.options["mount"].tolist() == [-1, 1, 1]
    assert found.options["price_won"].tolist() == [0, 9_200_000, 9_200_000]
    there = CAMERAS.iloc[:1].assign(heading_deg=0.0).set_geometry(sites.geometry.iloc[[1]].set_axis([0]))
    own = fields_of_view(there, toy.buildings(), classes=["observe"], defaults=LENS)
    assert (found.cover.toarray()[:, 1] > 0).tolist() == sightings(
        POINTS, own, there
    ).certainly_seen().tolist()
    # Along the lane, which runs north.
    assert set(found.sides[:, [1]].toarray().ravel().tolist()) == {0, 1}


def test_fates_beside_new_cameras() -> None:
    model = assumed_model(LENS, price_won=1)
    sites = toy.points((50, 5), (25, -12)).assign(place="between")
    new = cover_of(options(sites, [model]), sites, POINTS, models=[model], axes=AXES, **ASKED)["observe"]
    two = pd.concat([CAMERAS.iloc[:1], CAMERAS.iloc[:1].assign(camera_id=9)], ignore_index=True)
    old = refits(two, POINTS, works=Works(acts=["remove"]), axes=AXES, **ASKED)["observe"]
    whole = beside(new, old)
    count = len(new.options)
    assert whole.cover.shape == (160, count + 4)
    assert (whole.cover.toarray() == np.hstack([new.cover.toarray(), old.cover.toarray()])).all()
    # Across the street is an entry of 0, and stays one.
    assert set(whole.sides.data.tolist()) == {0, 1, 2}
    assert (whole.sides.indices == whole.cover.indices).all()
    assert (whole.sides.indptr == whole.cover.indptr).all()
    groups = fates(whole.options)
    assert [(group.name, group.options.tolist(), group.least, group.most) for group in groups] == [
        ("camera 1", [count, count + 1], 1, 1),
        ("camera 9", [count + 2, count + 3], 1, 1),
    ]


def test_nobody_free_is_nothing_to_do() -> None:
    found = refits(CAMERAS.iloc[1:], POINTS, works=Works(mounts=toy.points((1, 1))), **ASKED)["observe"]
    assert (len(found.options), found.cover.shape) == (0, (160, 0))
    assert fates(found.options) == []
    with pytest.raises(UnknownClass):
        Works(acts=["polish"])
    with pytest.raises(OutOfRange):
        Works(within_m=-1.0)
