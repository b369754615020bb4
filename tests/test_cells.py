"""Sums kept cell by cell: the same to the last digit, and taken anew only where something changed."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely

from app.services import coverage as service
from etl.store.kept import keep_sums, kept_sums
from spatial.beliefs import Beliefs, draw, lobes_p, nothing_known, with_headings
from spatial.coverage import k_fold, share, shares_by
from spatial.kept import Kept
from spatial.sightings import Sightings, sightings
from tests import toy
from tests.city_in_database import DAY, Door, alter, quiet
from tests.toy_world import COARSE

# Three crowds of cameras, each in the middle of a cell of its own: 2 km lie between them.
CROWDS = (250.0, 2250.0, 4250.0)


def scene(*, turned: Beliefs | None = None, kept: Kept | None = None, wider: float = 0.0) -> Sightings:
    """Return who may see what: nine cameras, three a crowd, each with a disc of 30 m; `wider` is the last one's."""
    numbers = np.arange(9)
    spots = [shapely.Point(CROWDS[k // 3] + 12.0 * (k % 3), 250.0 + 5.0 * (k % 3)) for k in numbers]
    ids = {"camera_id": numbers, "kind": "fixed", "heading_deg": np.nan}
    cameras = gpd.GeoDataFrame(ids, geometry=[toy.place(spot) for spot in spots], crs=toy.SRID)
    radius = np.where(numbers == 8, 30.0 + wider, 30.0)
    fields = toy.fields(
        [
            toy.field(int(k), spots[k].buffer(radius[k]), sight="possible", far_m=float(radius[k]))
            for k in numbers
        ]
    )
    places = toy.points(
        *[(east + x, 250.0 + y) for east in CROWDS for x in range(-20, 60, 7) for y in range(-15, 20, 5)]
    )
    return sightings(places, fields, cameras, beliefs=turned or nothing_known(numbers), kept=kept)


def figures(found: Sightings) -> list[Any]:
    """Return all kinds of shares, from the same draws."""
    weights = np.linspace(1.0, 2.0, found.points)
    headings = draw(found.beliefs, draws=60, seed=3)
    half = np.arange(found.points) % 2
    return [
        share(found, weights, headings),
        shares_by(found, weights, headings, by=half).to_numpy().tolist(),
        k_fold(found, weights, headings).to_numpy().tolist(),
    ]


def test_kept_or_not_the_figures_are_the_same_to_the_last_digit() -> None:
    first = Kept()
    plain = figures(scene())
    assert figures(scene(kept=first)) == plain
    again = Kept(before=first.now)
    assert figures(scene(kept=again)) == plain
    assert set(again.now) == set(first.now)
    assert all(again.now[digest] is first.now[digest] for digest in first.now)


def test_only_the_cells_round_a_change_are_taken_anew() -> None:
    first = Kept()
    figures(scene(kept=first))
    # The last camera, of the third crowd, was seen to look east: two crowds of three serve again.
    turned = with_headings(nothing_known(np.arange(9)), 8, lobes_p([(90.0, 5.0, 1.0)]), weight=0.9)
    after = Kept(before=first.now)
    changed = figures(scene(turned=turned, kept=after))
    assert changed == figures(scene(turned=turned))
    fresh = set(after.now) - set(first.now)
    assert len(fresh) == len(first.now) / 3
    # So does a field of another reach.
    wider = Kept(before=first.now)
    assert figures(scene(wider=5.0, kept=wider)) == figures(scene(wider=5.0))
    assert len(set(wider.now) - set(first.now)) == len(first.now) / 3


def test_other_draws_or_weights_are_never_taken_for_the_same() -> None:
    kept = Kept()
    found, weights = scene(kept=kept), np.ones(scene().points)
    for seed in (1, 2):
        share(found, weights, draw(found.beliefs, draws=60, seed=seed))
    share(found, 2.0 * weights, draw(found.beliefs, draws=60, seed=1))
    # Three cells: draws of two seeds and of other weights, expectations of two weights.
    assert len(kept.now) == 3 * 3 + 3 * 2


def test_no_place_and_no_pair() -> None:
    kept = Kept()
    empty = toy.fields([toy.field(1, shapely.Polygon())])
    found = sightings(toy.points((5, 0)), empty, toy.cameras(), kept=kept)
    assert share(found, [1.0], draw(found.beliefs, draws=5, seed=1)).share == 0.0
    assert kept.now == {}


def test_the_store_keeps_what_was_asked_for_and_forgets_the_rest(living: Door) -> None:
    db = living()
    sums = {"a": np.arange(6.0).reshape(1, 2, 3), "b": np.array([1 / 3])}
    assert keep_sums(db, "q", Kept(now=dict(sums))) == 2
    assert keep_sums(db, "other", Kept(now={"a": np.ones(1)})) == 1
    again = kept_sums(db, "q")
    assert {digest: array.tolist() for digest, array in again.before.items()} == {
        digest: array.tolist() for digest, array in sums.items()
    }
    again.of("b", lambda: pytest.fail("it is there"))
    again.of("c", lambda: np.zeros(2))
    assert keep_sums(db, "q", again) == 1
    assert set(kept_sums(db, "q").before) == {"b", "c"}
    assert set(kept_sums(db, "other").before) == {"a"}


def test_coverage_after_a_change_is_that_of_a_whole_computation(living: Door) -> None:
    db = living()
    service.coverage(db, sampling=COARSE, progress=quiet)
    alter(living, "update core.camera_state set heading_deg = 75 where heading_deg = 90")
    partly = service.coverage(db, sampling=COARSE, progress=quiet)
    alter(living, "delete from core.coverage_run; delete from core.kept_sum; delete from core.ground_tile")
    whole = service.coverage(db, sampling=COARSE, progress=quiet)
    # What names the run and its time aside.
    told = {
        name for name in whole if name not in ("run_id", "computed_at", "seconds", "fields_computed", "gaps")
    }
    assert {name: partly[name] for name in told} == {name: whole[name] for name in told}
    assert DAY.isoformat() == whole["at"]
