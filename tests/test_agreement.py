"""The database and the pure function answer alike: `api.cameras_seeing` and `spatial.nearest.rank` at the same places.

Pages and QGIS ask the one, analyses the other. On the toy city with fields drawn by hand, and on some hundred seeded
cameras of every kind among houses: the same cameras, the same sight, the same chance, in the same order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from app.services import fields as fields_service
from app.services import find
from etl.db import Database
from etl.store import frames, points
from spatial.beliefs import Beliefs, believed, lobes_p
from spatial.fov import with_assumptions
from spatial.nearest import rank
from spatial.sightings import sightings
from spatial.types import XY
from tests import city_in_database as toy_city
from tests import toy
from tests.database import TestCity

DAY = date(2013, 6, 30)
SEED, POLES, HOUSES, SIDE_M = 20130630, 120, 60, 500.0
K = 6


@dataclass(frozen=True)
class Both:
    """The same city twice: the database, and its frames as the analyses take them."""

    db: Database
    cameras: gpd.GeoDataFrame
    fields: gpd.GeoDataFrame
    beliefs: Beliefs


def both(db: Database) -> Both:
    cameras = with_assumptions(frames.cameras(db, DAY), db.district.defaults)
    return Both(db, cameras, frames.fields(db, DAY), believed(cameras, frames.aim_beliefs(db, DAY)))


@pytest.fixture(scope="module")
def drawn(make_city: Callable[[], TestCity]) -> Iterator[Both]:
    """The toy city with its hand-drawn fields."""
    city = make_city()
    owner, loader = city.open("owner"), city.open("loader")
    toy_city.lay_out(owner)
    toy_city.draw_fields(loader)
    yield both(loader)
    owner.close()
    loader.close()


@pytest.fixture(scope="module")
def crowd(make_city: Callable[[], TestCity]) -> Iterator[Both]:
    """Seeded poles with one to three cameras of every kind and of all degrees of knowledge, among seeded houses."""
    city = make_city()
    owner, loader = city.open("owner"), city.open("loader")
    with owner.engine.begin() as connection:
        for statement in _seeded(np.random.default_rng(SEED)):
            connection.exec_driver_sql(statement)
    fields_service.refresh(loader, progress=lambda *_: None)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(_believed(np.random.default_rng(SEED + 1)))
    yield both(loader)
    owner.close()
    loader.close()


def _seeded(rng: np.random.Generator) -> Iterator[str]:
    """Yield statements that lay out the city; what is drawn below a chance is left unknown."""
    yield "insert into core.agency (name_ko) values ('a')"
    corner = np.array(toy.CORNER)
    for house in range(HOUSES):
        west, south = corner + rng.uniform(0, SIDE_M, 2)
        wide, deep = rng.uniform(6, 30, 2)
        height = "null" if rng.random() < 0.2 else rng.uniform(3, 15)
        yield (
            "insert into core.building (building_key, height_m, geom) values "
            f"('h{house}', {height}, st_multi(st_makeenvelope({west}, {south}, {west + wide}, {south + deep}, 5186)))"
        )
    for pole in range(POLES):
        east, north = corner + rng.uniform(0, SIDE_M, 2)
        yield (
            f"insert into core.site (site_key, geom) values ('s{pole}', "
            f"st_setsrid(st_makepoint({east}, {north}), 5186))"
        )
        for head in range(1, rng.integers(2, 4)):
            yield f"""
                with born as (
                    insert into core.camera (camera_key, site_id, head_no)
                    select 'c{pole}-{head}', site_id, {head} from core.site where site_key = 's{pole}'
                    returning camera_id
                )
                insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg,
                    tilt_deg, height_m, focal_mm, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px)
                select camera_id, '[2010-01-01,)', agency_id, 'crime_prevention', {_lens(rng)} from born, core.agency
            """


def _believed(rng: np.random.Generator) -> str:
    """Return a statement that gives the cameras of odd number a belief, each another one of twelve."""
    rows = []
    for number in range(12):
        heading = lobes_p([(rng.uniform(0, 360), rng.uniform(4, 40), 1.0), (rng.uniform(0, 360), 15.0, 0.5)])
        sums = np.concatenate([[0.0], np.cumsum(heading)[:-1], [1.0]])
        rows.append(f"({number}, array{sums.tolist()}, array{rng.dirichlet([1, 4, 1]).tolist()})")
    return f"""
        insert into core.aim_belief (state_id, heading_sums, tilt_p, inputs_hash)
        select s.state_id, b.sums, b.tilts, 'x' from core.camera_state s
        join (values {", ".join(rows)}) b (number, sums, tilts) on mod(s.state_id, 24) = 2 * b.number + 1
    """


def _lens(rng: np.random.Generator) -> str:
    """Return kind, heading, tilt, height, focal length, sensor and image as SQL values."""

    def maybe(value: float | str, chance: float) -> str:
        return str(value) if rng.random() < chance else "null"

    kind = rng.choice(["'fixed'", "'ptz'", "'fisheye'", "null"], p=[0.5, 0.25, 0.1, 0.15])
    wide, high = ((1920, 1080), (1280, 720), (2592, 1944))[rng.integers(3)]
    image = f"{wide}, {high}" if rng.random() < 0.7 else "null, null"
    return ", ".join(
        [
            str(kind),
            maybe(rng.uniform(0, 359.9), 0.45),
            maybe(rng.uniform(0, 60), 0.6),
            maybe(rng.uniform(2.5, 9), 0.6),
            maybe(rng.uniform(2.8, 12), 0.6),
            "5.57, 3.13",
            image,
        ]
    )


def places(count: int, side_m: float, seed: int) -> list[tuple[float, float]]:
    rng = np.random.default_rng(seed)
    return [(float(x), float(y)) for x, y in rng.uniform(-20.0, side_m + 20.0, (count, 2))]


def near_poles(city: Both, count: int, seed: int) -> list[tuple[float, float]]:
    """Return places some metres from poles, where cameras see for certain."""
    rng = np.random.default_rng(seed)
    spots = city.cameras.geometry.iloc[rng.integers(len(city.cameras), size=count)]
    away, towards = rng.uniform(2.0, 12.0, count), rng.uniform(0.0, 2 * math.pi, count)
    east = spots.x.to_numpy() - toy.CORNER[0] + away * np.sin(towards)
    north = spots.y.to_numpy() - toy.CORNER[1] + away * np.cos(towards)
    return [(float(x), float(y)) for x, y in zip(east, north, strict=True)]


def compare(city: Both, east_m: float, north_m: float, density_class: str) -> list[str]:
    """Ask both about one place, demand one answer, and return the kinds of sight in it."""
    lon, lat = toy_city.lonlat(city.db, east_m, north_m)
    spot = XY(*toy_city.metric(city.db, lon, lat))
    pure = rank(
        spot, city.cameras, city.fields, k=K, density_class=density_class, beliefs=city.beliefs
    ).to_dict("records")
    stored = _stored(city.db, lon, lat, density_class)
    assert [row["camera_id"] for row in stored] == [row["camera_id"] for row in pure]
    for ours, theirs in zip(pure, stored, strict=True):
        assert (theirs["sight"], theirs["counts"]) == (ours["sight"], ours["counts"])
        assert theirs["p_sees"] == pytest.approx(ours["p_sees"], abs=1e-9)
        assert theirs["distance_m"] == pytest.approx(ours["distance_m"], abs=1e-6)
        assert _same(theirs["turn_to_deg"], ours["turn_to_deg"], 1e-6)
        assert _same(theirs["density_px_per_m"], ours["density_px_per_m"], 1e-6)
        assert theirs["reaches_class"] == (None if pd.isna(ours["reaches_class"]) else ours["reaches_class"])
    return [row["sight"] for row in pure]


def _stored(db: Database, lon: float, lat: float, density_class: str) -> list[dict[str, Any]]:
    """Return the database's answer in the form of `rank`: who sees, then the nearest others up to K."""
    seers = points.seeing(db, lon, lat, density_class=density_class, at=DAY)
    known = {row["camera_id"] for row in seers}
    near = [row for row in points.nearest(db, lon, lat, k=K, at=DAY) if row["camera_id"] not in known]
    blind = {"sight": "none", "counts": False, "p_sees": 0.0, "density_px_per_m": None, "reaches_class": None}
    return [*seers, *(row | blind for row in near[: max(0, K - len(seers))])]


def _same(stored: float | None, pure: float, tolerance: float) -> bool:
    """Tell whether the numbers agree: NULL in the database is NaN in a frame."""
    if stored is None or math.isnan(pure):
        return stored is None and math.isnan(pure)
    return abs(stored - pure) <= tolerance * max(1.0, abs(pure))


@pytest.mark.parametrize("density_class", ["detect", "observe", "recognise", "identify"])
def test_the_toy_city(drawn: Both, density_class: str) -> None:
    for east_m, north_m in [*places(40, 100.0, 1), (5, 0), (35, 0), (50, 55), (50, 40), (90, 0)]:
        compare(drawn, east_m, north_m, density_class)


def test_the_toy_city_has_all_three_answers(drawn: Both) -> None:
    assert compare(drawn, 5, 0, "observe")[0] == "certain"
    assert compare(drawn, 35, 0, "observe")[0] == "possible"
    assert compare(drawn, 90, 0, "observe") == ["none"] * 3


@pytest.mark.parametrize("density_class", ["monitor", "observe", "recognise"])
def test_a_crowd_of_cameras(crowd: Both, density_class: str) -> None:
    assert len(crowd.cameras) > 150
    met: list[str] = []
    for east_m, north_m in [*places(60, SIDE_M, 2), *near_poles(crowd, 260, 4)]:
        met += compare(crowd, east_m, north_m, density_class)
    # The comparison is worth something only if all kinds of answer were met, often.
    assert min(met.count(sight) for sight in ("certain", "possible", "none")) > 5


def test_under_the_poles_themselves(crowd: Both) -> None:
    # Blind zones begin at the pole, and a turning camera may look straight down.
    spots = crowd.cameras.geometry.iloc[:60]
    for spot in spots:
        compare(crowd, spot.x - toy.CORNER[0] + 0.8, spot.y - toy.CORNER[1] + 0.3, "observe")


def test_the_chance_of_one_at_least_is_that_of_coverage(crowd: Both) -> None:
    """A click tells what a share counts: poles independent, heads of a pole apart, optics doubted."""
    told: list[tuple[float, float]] = []
    for east_m, north_m in [*places(40, SIDE_M, 5), *near_poles(crowd, 160, 6)]:
        lon, lat = toy_city.lonlat(crowd.db, east_m, north_m)
        answer = find.nearest(crowd.db, lon, lat, at=DAY)
        spot = shapely.Point(toy_city.metric(crowd.db, lon, lat))
        point = gpd.GeoDataFrame({"weight": [1.0]}, geometry=[spot], crs=toy.SRID)
        found = sightings(point, crowd.fields, crowd.cameras, density_class="observe", beliefs=crowd.beliefs)
        if answer["p_any"] is None:
            assert found.certainly_seen()[0] or found.p_seen()[0] == pytest.approx(0.0, abs=1e-6)
        elif not found.certainly_seen()[0]:
            told.append((answer["p_any"], float(found.p_seen()[0])))
    mine, theirs = np.array(told).T
    # The click takes 720 steps; each end of a window is off by half a step at most.
    assert np.abs(mine - theirs).max() < 0.01
    assert len(told) > 20 and theirs.max() > 0.3


def test_the_service_lists_the_same_cameras(crowd: Both) -> None:
    for east_m, north_m in places(30, SIDE_M, 3):
        lon, lat = toy_city.lonlat(crowd.db, east_m, north_m)
        spot = XY(*toy_city.metric(crowd.db, lon, lat))
        pure = rank(spot, crowd.cameras, crowd.fields, k=4, beliefs=crowd.beliefs)
        told = find.nearest(crowd.db, lon, lat, k=4, at=DAY)["cameras"]
        # Beyond k the service lists the nearest of all as well, to say why it does not see.
        nearest = min(told, key=lambda row: (row["distance_m"], row["camera_id"]))
        further = {nearest["camera_id"]} if nearest["sight"] == "none" else set()
        assert {row["camera_id"] for row in told} == set(pure["camera_id"]) | further
        extra = ["none"] * (len(told) - len(pure))
        assert [row["sight"] for row in told] == [*pure["sight"], *extra]
        # What counts at home comes first; among those the order is the same.
        at_home = pure[pure["sight"].eq("certain") & pure["counts"]]
        assert [row["camera_id"] for row in told if row["sees"]] == at_home["camera_id"].tolist()
