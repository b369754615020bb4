"""Ten thousand places each: the database names the cameras that an answer by brute force names, by sight and by distance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import text

from app.services import grounds
from spatial.nearest import rank
from spatial.types import XY
from tests import toy
from tests.test_agreement import DAY, SIDE_M, Both, crowd

__all__ = ["crowd"]

PLACES, K = 10_000, 4


@pytest.fixture(scope="module")
def places() -> np.ndarray:
    chance = np.random.default_rng(20100801)
    return np.array(toy.CORNER) + chance.uniform(-40.0, SIDE_M + 40.0, (PLACES, 2))


def _asked(city: Both, places: np.ndarray, call: str) -> list[tuple[int, int]]:
    """Return place and camera of every row that a function of the database gives at each place."""
    asked = text(f"""
        select place.no - 1, found.camera_id
        from unnest(cast(:x as float8[]), cast(:y as float8[])) with ordinality place (x, y, no)
        cross join lateral {call} found
    """)
    with city.db.engine.connect() as connection:
        rows = connection.execute(asked, {"x": places[:, 0].tolist(), "y": places[:, 1].tolist(), "at": DAY})
        return [(int(no), int(camera)) for no, camera in rows]


def _covering(city: Both, places: np.ndarray) -> Iterator[tuple[int, int]]:
    fields = city.fields[city.fields["density_class"].eq("observe")]
    for camera, shape in zip(fields["camera_id"], fields.geometry, strict=True):
        for no in np.flatnonzero(shapely.contains_xy(shape, places)):
            yield int(no), int(camera)


def test_who_sees(crowd: Both, places: np.ndarray) -> None:
    call = "api.cameras_seeing(st_setsrid(st_makepoint(place.x, place.y), 5186), 'observe', :at)"
    told, covering = set(_asked(crowd, places, call)), set(_covering(crowd, places))
    assert told <= covering
    assert len({no for no, _ in told}) > PLACES // 10
    # What covers a place and is not told has no chance of looking there: the pure function says so of each.
    for no in {no for no, _ in covering - told}:
        spot = XY(*map(float, places[no]))
        seen = rank(spot, crowd.cameras, crowd.fields, k=0, beliefs=crowd.beliefs)
        # A sum of chances that cancel may leave a trace of rounding.
        turning = set(crowd.cameras.loc[crowd.cameras["kind"].eq("ptz"), "camera_id"])
        seen = seen[seen["p_sees"].gt(1e-12) | seen["camera_id"].isin(turning)]
        assert set(seen["camera_id"]) == {camera for at, camera in told if at == no}


def test_who_is_near(crowd: Both, places: np.ndarray) -> None:
    call = f"api.nearest_cameras(st_setsrid(st_makepoint(place.x, place.y), 5186), {K}, :at)"
    told: dict[int, list[int]] = {}
    for no, camera in _asked(crowd, places, call):
        told.setdefault(no, []).append(camera)
    spots = shapely.get_coordinates(crowd.cameras.geometry.to_numpy())
    cameras = crowd.cameras["camera_id"].to_numpy()
    for no, place in enumerate(places):
        apart = np.hypot(*(spots - place).T)
        assert told[no] == cameras[np.lexsort((cameras, apart))[:K]].tolist()


def test_one_law_in_both(crowd: Both) -> None:
    """The database and `app.services.grounds` allow the same purposes for every 112 class."""
    purposes = [
        "crime_prevention",
        "vehicle_crime",
        "child_protection",
        "illegal_dumping",
        "facility",
        "disaster",
    ]
    purposes += ["traffic_enforcement", "traffic_information", "fire", "multi", "other"]
    with crowd.db.engine.connect() as connection:
        for code in [*map(str, range(100, 700)), None]:
            for first, further in [*((name, []) for name in purposes), ("facility", ["crime_prevention"])]:
                asked: dict[str, Any] = {"first": first, "further": further, "code": code}
                call = text("select allowed from core.use_of(:first, cast(:further as text[]), :code)")
                allowed = connection.execute(call, asked).scalar()
                assert allowed == grounds.use([first, *further], None, code)["allowed"], asked
