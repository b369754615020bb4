"""The 95 % interval holds the truth in 93 to 97 of 100 cases, when headings that are known are hidden."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from etl.lenses import osm_directions
from etl.sample import SEED
from spatial.beliefs import draw, nothing_known
from spatial.coverage import share
from spatial.crs import project
from tests.aimed_district import Hidden, hidden_district


def _hits(district: Hidden, *, cases: int, poles: int) -> float:
    """Return in how many of so many cases, of so many poles each, the interval holds the true share."""
    found, truth = district.found, district.truth
    weights = district.points["weight"].to_numpy()
    headings = draw(found.beliefs, draws=1000, seed=1)
    sites = district.cameras["site_id"].unique()
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(cases):
        some = district.cameras["site_id"].isin(rng.choice(sites, poles, replace=False))
        chosen = district.cameras.loc[some, "camera_id"]
        interval = share(found.only(chosen), weights, headings)
        true = weights[truth.only(chosen).certainly_seen()].sum() / weights.sum()
        held += interval.low <= true <= interval.high
    return held / cases


def test_the_interval_holds_the_hidden_truth_of_the_invented_district() -> None:
    # Two thirds of the poles hide their headings, the others have taught how cameras look along streets.
    assert 0.93 <= _hits(hidden_district(poles=240), cases=400, poles=10) <= 0.97


def test_other_districts_on_the_whole(long_run: bool) -> None:
    """One district is one draw of the truth, whose cases hang together; the beliefs must do for others too."""
    if not long_run:
        pytest.skip("districts are invented for --long")
    hits = [_hits(hidden_district(poles=240, seed=SEED + more), cases=400, poles=10) for more in range(1, 5)]
    assert 0.90 <= np.mean(hits) <= 0.98


def test_real_headings_hidden(shared_data: Path) -> None:
    """Real nodes with directions, each on a street of its own of a direction drawn blindly: is the share held?

    There is no map of the streets there, so nothing is believed but that heads of a pole look apart.
    """
    file = json.loads((shared_data / "cctv" / "osm_alpr_sf_bay_2026.json").read_text(encoding="utf-8"))
    aims = []
    for node in file["cameras"]:
        tags = node.get("tags", {})
        told = tags.get("camera:direction") or tags.get("direction") or ""
        aims += [(node["lon"], node["lat"], aim.heading_deg) for aim in osm_directions(told)[0]]
    table = np.array(aims)
    assert len(table) > 3000
    xy = project(table[:, 0], table[:, 1], srid=32610)
    pole = np.unique(np.round(xy / 15.0), axis=0, return_inverse=True)[1].ravel()
    rng = np.random.default_rng(2)
    # A street passes each pole in a direction of its own: a camera that keeps within 30 degrees of one of its ways sees
    # 30 m of it. The heads of a pole share the street.
    street = rng.uniform(0.0, 180.0, pole.max() + 1)[pole]
    ways = np.stack([street, street + 180.0], axis=1)

    def seen(headings: np.ndarray) -> np.ndarray:
        off = np.abs((headings[..., None] - ways[:, None] + 180.0) % 360.0 - 180.0) <= 30.0
        # (heads, draws, ways): a way of a pole is seen if any of its heads looks along it.
        whole = np.zeros((pole.max() + 1, headings.shape[1], 2), dtype=bool)
        np.logical_or.at(whole, pole, off)
        return whole.sum(axis=2)

    ids = np.arange(len(table))
    drawn = draw(nothing_known(ids, pole=pole + 1), draws=1000, seed=1).ticks.astype(float) * 360.0 / 2**32
    believed, true = seen(drawn), seen(table[:, 2:])[:, 0]
    cases = [rng.choice(len(true), 40, replace=False) for _ in range(1000)]
    low, high = np.percentile([believed[case].sum(axis=0) for case in cases], [2.5, 97.5], axis=1)
    truth = np.array([true[case].sum() for case in cases])
    assert 0.93 <= np.mean((low <= truth) & (truth <= high)) <= 0.97
