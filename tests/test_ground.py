"""Open ground in tiles: the same as an overlay of the whole, and known again where nothing changed."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services import coverage
from etl.store import ground as store
from spatial.ground import Tile, Tiles, open_ground
from spatial.samples import sample_area
from tests import toy
from tests.city_in_database import Door, alter, quiet
from tests.toy_world import COARSE

# 1,200 m by 700 m, its corner 100 m off those of the tiles: three columns and two rows of 500 m.
DISTRICT = shapely.box(100, 100, 1300, 800)


def houses(*boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"building_id": range(len(boxes))}, geometry=[shapely.box(*box) for box in boxes], crs=5186
    )


# One in the first tile, one across the corner of four, one outside, one within another.
HOUSES = houses((120, 120, 140, 150), (495, 490, 515, 520), (0, 0, 50, 50), (125, 125, 130, 130))


def test_tiles_add_up_to_the_whole() -> None:
    kept: Tiles = {}
    place, open_m2 = open_ground(DISTRICT, HOUSES, step_m=5.0, kept=kept)
    # 840,000 m2 less 600 m2 and 600 m2; the house within a house takes nothing more.
    assert open_m2 == pytest.approx(838_800.0, abs=1e-6)
    assert (len(kept), len(place)) == (6, 838_800 // 25)
    assert all(len(tile.cells) == 100 * 100 / 8 for tile in kept.values())
    # From south to north, in a row from west to east.
    assert place[:2].tolist() == [[102.5, 102.5], [107.5, 102.5]]
    assert np.array_equal(place, place[np.lexsort((place[:, 0], place[:, 1]))])
    whole = shapely.difference(DISTRICT, HOUSES.union_all())
    assert shapely.contains_xy(whole, place[:, 0], place[:, 1]).all()


def test_a_house_changes_the_tiles_it_stands_in_alone() -> None:
    kept: Tiles = {}
    open_ground(DISTRICT, HOUSES, step_m=5.0, kept=kept)
    known = dict(kept)
    # Across the border of the second and the third tile of the southern row.
    more = houses(*(tuple(shape.bounds) for shape in HOUSES.geometry), (990, 200, 1010, 220))
    place, open_m2 = open_ground(DISTRICT, more, step_m=5.0, kept=kept)
    assert len(set(kept) - set(known)) == 2
    fresh, fresh_m2 = open_ground(DISTRICT, more, step_m=5.0, kept={})
    assert (np.array_equal(place, fresh), open_m2) == (True, fresh_m2)
    # A tile of another grid is another tile.
    open_ground(DISTRICT, HOUSES, step_m=10.0, kept=kept)
    assert len(kept) == 6 + 2 + 6


def test_what_is_kept_is_believed() -> None:
    """A tile is not worked out again: a kept one that says there is no ground leaves none."""
    kept: Tiles = {}
    open_ground(DISTRICT, None, step_m=5.0, kept=kept)
    bare = {digest: Tile(0.0, bytes(len(tile.cells))) for digest, tile in kept.items()}
    place, open_m2 = open_ground(DISTRICT, None, step_m=5.0, kept=bare)
    assert (place.shape, open_m2) == ((0, 2), 0.0)


@pytest.mark.parametrize("area", [shapely.Polygon(), shapely.Polygon([(0, 0), (1, 1), (0, 0)])])
def test_an_area_without_ground_has_no_tile(area: Any) -> None:
    kept: Tiles = {}
    place, open_m2 = open_ground(area, HOUSES, step_m=5.0, kept=kept)
    assert (place.shape, open_m2, kept) == ((0, 2), 0.0, {})


EDGES = st.tuples(*[st.floats(-100, 1400)] * 2, *[st.floats(1, 300)] * 2)


@given(st.lists(EDGES, max_size=8), st.sampled_from([3.0, 7.5, 40.0, 900.0]))
@settings(deadline=None, max_examples=30)
def test_tiles_are_no_other_ground_than_the_overlay(edges: list[tuple[float, ...]], step_m: float) -> None:
    walls = houses(*((x, y, x + w, y + h) for x, y, w, h in edges))
    place, open_m2 = open_ground(DISTRICT, walls, step_m=step_m, kept={})
    whole = shapely.difference(DISTRICT, walls.union_all()) if len(walls) else DISTRICT
    assert open_m2 == pytest.approx(whole.area, abs=1e-3)
    columns, rows = np.arange(0, 1400 // step_m + 1), np.arange(0, 900 // step_m + 1)
    x, y = (axis.ravel() for axis in np.meshgrid((columns + 0.5) * step_m, (rows + 0.5) * step_m))
    # A centre that lies on a wall to within rounding may fall to either side.
    sure = shapely.distance(shapely.boundary(whole), shapely.points(x, y)) > 1e-6
    inside = shapely.contains_xy(whole, x, y)
    assert {*zip(x[inside & sure], y[inside & sure], strict=True)} <= {*map(tuple, place.tolist())}
    assert not {*zip(x[~inside & sure], y[~inside & sure], strict=True)} & {*map(tuple, place.tolist())}


def test_samples_of_kept_tiles_are_the_same_samples() -> None:
    kept: Tiles = {}
    first = sample_area(toy.district(), step_m=5.0, open_to=toy.buildings(), key="code", kept=kept)
    assert kept
    again = sample_area(toy.district(), step_m=5.0, open_to=toy.buildings(), key="code", kept=kept)
    assert first.equals(again)
    assert first.equals(sample_area(toy.district(), step_m=5.0, open_to=toy.buildings(), key="code"))


def figures(door: Door) -> dict[str, Any]:
    """Return the answer of coverage but for when and how long."""
    answer = coverage.coverage(door(), sampling=COARSE, progress=quiet)
    return {
        name: value
        for name, value in answer.items()
        if name not in ("seconds", "run_id", "computed_at", "fields_computed")
    }


def test_after_a_building_changed_the_figures_are_those_of_a_whole_run_to_the_last_digit(
    living: Door,
) -> None:
    figures(living)
    known = store.tiles(living())
    assert known
    alter(
        living,
        "update core.building set height_m = 20, geom = st_translate(geom, 1, -3) where building_key = 'A'",
    )
    alter(living, "insert into meta.batch (source, status, rows_in, inserted) values ('juso', 'done', 1, 1)")
    partly = figures(living)
    assert set(known) < set(store.tiles(living()))
    alter(
        living, "delete from core.coverage_run; delete from core.field_of_view; delete from core.ground_tile"
    )
    assert figures(living) == partly


def test_tiles_come_back_as_they_were_kept_and_are_forgotten_after_a_month(living: Door) -> None:
    one, other = {"a": Tile(12.5, b"\x00\xff")}, {"b": Tile(0.0, b"")}
    store.keep_tiles(living(), one)
    store.keep_tiles(living(), one | other)  # another run kept the same meanwhile
    assert store.tiles(living()) == one | other
    alter(living, "update core.ground_tile set kept_on = kept_on - 31 where digest = 'a'")
    store.keep_tiles(living(), {})
    assert store.tiles(living()) == one | other
    store.keep_tiles(living(), {"c": Tile(1.0, b"\x01")})
    assert set(store.tiles(living())) == {"b", "c"}
