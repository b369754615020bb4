"""What became of cameras, buildings and views, and what each change did: by hand, on the toy city's frames."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.beliefs import nothing_known
from spatial.changes import building_changes, camera_changes, view_changes
from spatial.errors import NotMetric, WrongShape
from spatial.explain import Swap, contributions, expected, groups_apart, settled
from spatial.sightings import Pairs, Sightings, sightings
from tests import toy

NONE = np.empty(0, dtype=np.int64)


def cameras(**columns: Any) -> gpd.GeoDataFrame:
    """Return the toy cameras with some columns of camera 2 changed."""
    frame = toy.cameras()
    for name, value in columns.items():
        frame[name] = frame[name].where(frame["camera_id"] != 2, value)
    return frame


@pytest.mark.parametrize(
    ("columns", "change"),
    [
        ({"site_id": 109, "heading_deg": 10.0}, "moved"),
        ({"kind": "ptz", "focal_mm": 6.0}, "kind"),
        ({"heading_deg": 10.0}, "aim_known"),
        ({"tilt_deg": 30.0, "focal_mm": 6.0}, "re_aimed"),
        ({"height_m": 5.0}, "mount"),
        ({"focal_mm": 6.0}, "lens"),
        ({"ir_range_m": 30.0}, "lens"),
    ],
)
def test_a_camera_that_changed_is_named_by_the_gravest(columns: dict[str, Any], change: str) -> None:
    told = camera_changes(toy.cameras(), cameras(**columns))
    assert (told.to_dict(), told.name, told.index.name) == ({2: change}, "change", "camera_id")


def test_an_aim_that_is_no_longer_known() -> None:
    assert camera_changes(cameras(heading_deg=10.0), toy.cameras()).to_dict() == {2: "aim_unknown"}


def test_cameras_that_came_and_went_in_whatever_order() -> None:
    first, last = toy.cameras().iloc[[1, 0]], toy.cameras().iloc[[2, 1]]
    assert camera_changes(first, last).to_dict() == {1: "retired", 3: "added"}
    # Unknown then and unknown now is no change; neither is a file with the rows turned round.
    assert camera_changes(toy.cameras(), toy.cameras().iloc[::-1]).empty
    assert camera_changes(toy.cameras().iloc[:0], toy.cameras()).to_dict() == dict.fromkeys(
        (1, 2, 3), "added"
    )


def houses(*rows: tuple[str, float, Any]) -> gpd.GeoDataFrame:
    """Return houses by key, height and outline."""
    return gpd.GeoDataFrame(
        {"building_key": [r[0] for r in rows], "name": None, "height_m": [r[1] for r in rows]},
        geometry=[toy.place(r[2]) for r in rows],
        crs=toy.SRID,
    )


def test_buildings_that_stand_in_the_way_otherwise() -> None:
    box, other = shapely.box(0, 0, 10, 10), shapely.box(5, 0, 15, 10)
    turned = shapely.Polygon([*box.exterior.coords][2:] + [*box.exterior.coords][1:3])
    before = houses(
        ("a", 9, box), ("b", np.nan, box), ("c", 9, box), ("d", 9, box), ("e", 9, box), ("f", 9, box)
    )
    after = houses(
        ("a", 12, box), ("b", 6, box), ("c", 9, other), ("d", 9, turned), ("e", 5, box), ("g", 9, box)
    )
    told = building_changes(before, after, default_height_m=6.0)
    # b was assumed to be 6 m high and is; d is drawn from another corner.
    assert told["change"].to_dict() == {"a": "higher", "c": "reshaped", "e": "lower", "f": "gone", "g": "new"}
    assert told.geometry.area.round(6).to_dict() == {
        "a": 100.0,
        "c": 150.0,
        "e": 100.0,
        "f": 100.0,
        "g": 100.0,
    }
    assert building_changes(before, before.iloc[::-1], default_height_m=6.0).empty
    with pytest.raises(NotMetric):
        building_changes(before, after.to_crs(5179), default_height_m=6.0)


def test_views_that_lost_and_gained() -> None:
    def seen(*rows: tuple[int, Any]) -> gpd.GeoDataFrame:
        shapes = [toy.place(shape) for _, shape in rows]
        return gpd.GeoDataFrame({"camera_id": [c for c, _ in rows]}, geometry=shapes, crs=toy.SRID)

    before = seen((3, shapely.box(0, 0, 10, 1)), (1, shapely.box(0, 0, 2, 2)), (2, shapely.box(0, 0, 1, 1)))
    after = seen((1, shapely.box(1, 0, 4, 2)), (2, shapely.box(0, 0, 1, 1)), (4, shapely.box(0, 0, 3, 3)))
    told = view_changes(before, after)
    assert told.index.tolist() == [1, 2, 3, 4]
    # 1 moves over by half of its 4 m2 and grows to 6; 3 is gone and 4 is new.
    assert told.to_numpy() == pytest.approx(
        np.array([[4, 6, 2, 4], [1, 1, 0, 0], [10, 0, 10, 0], [0, 9, 0, 9]], dtype=float), abs=1e-6
    )
    assert view_changes(before.iloc[:0], after.iloc[:0]).empty
    # Outlines that differ by rounding alone have lost nothing.
    nearly = before.set_geometry(shapely.transform(before.geometry.to_numpy(), lambda xy: xy * (1 + 1e-15)))
    assert view_changes(before, nearly.set_crs(toy.SRID))[["lost_m2", "gained_m2"]].to_numpy().max() < 1e-6


def found(*seen: tuple[int, int], views: int, points: int = 3) -> Sightings:
    """Return sightings in which views see points for certain: (point, view), sorted."""
    point, camera = (np.array(each, dtype=np.int64) for each in zip(*seen, strict=True))
    nobody = toy_pairs(NONE, NONE)
    beliefs = nothing_known(np.arange(views))
    return Sightings(points, np.arange(views), toy_pairs(point, camera), nobody, nobody, beliefs)


def toy_pairs(point: np.ndarray, camera: np.ndarray) -> Pairs:
    """Return pairs of whatever further columns there are: fields drawn over points give them."""
    from dataclasses import replace

    one = sightings(toy.points((5, 0)), toy.fields([toy.field(1, shapely.box(0, -2, 30, 2))]), toy.cameras())
    return replace(one.certain.take(np.zeros(len(point), dtype=np.int64)), point=point, camera=camera)


def added(view: int) -> Swap:
    return Swap(NONE, np.array([view]), np.array([view]), NONE)


def test_two_that_see_the_same_place_have_half_of_it_each() -> None:
    """Alone each adds 10 m, undone neither loses any: 5 m each, Shapley's value; and 4 m and 1 m that are their own."""
    who = found((0, 0), (0, 1), (1, 0), (2, 1), views=2)
    moved = contributions(who, [10.0, 4.0, 1.0], [added(0), added(1)], before=[], after=[0, 1])
    assert moved == pytest.approx([9.0, 6.0])
    assert settled(moved, expected(who, [10.0, 4.0, 1.0], [0, 1])) == (pytest.approx([9.0, 6.0]), 0.0)


def test_what_three_do_together_is_left_over() -> None:
    """Of 10 m that three see, each is told half: 5 m too much, taken off as what none of them did alone."""
    who = found((0, 0), (0, 1), (0, 2), views=3, points=1)
    moved = contributions(who, [10.0], [added(0), added(1), added(2)], before=[], after=[0, 1, 2])
    assert moved == pytest.approx([5.0, 5.0, 5.0])
    assert settled(moved, 10.0)[1] == -5.0


def test_a_camera_turned_away_loses_what_it_saw_and_gains_what_it_sees() -> None:
    who = found((0, 0), (1, 1), views=2)
    turned = Swap(np.array([0]), np.array([1]), np.array([1]), np.array([0]))
    assert contributions(who, [10.0, 4.0, 1.0], [turned], before=[0], after=[1]) == pytest.approx([-6.0])
    # Backwards in time the sign changes.
    back = Swap(np.array([1]), np.array([0]), np.array([0]), np.array([1]))
    assert contributions(who, [10.0, 4.0, 1.0], [back], before=[1], after=[0]) == pytest.approx([6.0])


def test_what_touches_no_view_does_nothing_and_weights_must_fit() -> None:
    who = found((0, 0), views=2)
    assert contributions(
        who, [1.0] * 3, [Swap(NONE, NONE, NONE, NONE)], before=[0], after=[0]
    ) == pytest.approx([0.0])
    assert contributions(who, [1.0] * 3, [], before=[0], after=[0]) == pytest.approx([])
    # A view that sees nothing at all.
    assert contributions(who, [1.0] * 3, [added(1)], before=[0], after=[0, 1]) == pytest.approx([0.0])
    with pytest.raises(WrongShape):
        contributions(who, [1.0], [added(1)], before=[0], after=[0, 1])


@given(st.lists(st.floats(-1e4, 1e4), max_size=20), st.floats(-1e5, 1e5))
def test_nothing_is_lost_in_rounding(deltas: list[float], whole: float) -> None:
    rounded, rest = settled(deltas, whole)
    assert round(float(rounded.sum()) + rest, 1) == round(whole, 1)


@given(st.lists(st.sets(st.integers(0, 9), max_size=4), max_size=15))
def test_what_touches_one_thing_is_never_in_one_group(touched: list[set[int]]) -> None:
    groups = groups_apart([sorted(things) for things in touched])
    assert sorted(n for group in groups for n in group) == list(range(len(touched)))
    for group in groups:
        things = [thing for n in group for thing in touched[n]]
        assert len(things) == len(set(things))
