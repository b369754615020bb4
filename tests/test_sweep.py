"""The sweep held against two slower ways to see, against laws, and against ugly cities."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numba
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box
from shapely.geometry import Point

import spatial
from spatial.compiled import telling
from spatial.edges import Walls
from spatial.errors import OutOfRange, WrongShape
from spatial.visibility import CHORDS, INSIDE, sight, stand_off, visible_polygons
from tests.shadow_reference import by_shadows, lit_by_ray

seeds = st.integers(0, 2**32 - 1)


# ---- cities


def ugly(rng, count):
    """Return obstacles on a lattice, so that they touch, share walls and corners, overlap, have holes and slivers."""
    shapes = []
    for _ in range(count):
        x, y, w, d = rng.integers(-40, 40, 2).tolist() + (rng.integers(1, 13, 2)).tolist()
        kind = rng.integers(0, 8)
        house = box(x, y, x + w, y + d)
        if kind == 0 and min(w, d) > 4:
            house = house.difference(box(x + 1, y + 1, x + w - 2, y + d - 1))  # a court
        elif kind == 1:
            house = MultiPolygon([house, box(x + w + 2, y, x + w + 3, y + d)])
        elif kind == 2:
            house = Polygon([(x, y), (x + w, y), (x + w, y + 1e-7)])  # a sliver
        elif kind == 3:
            house = Polygon(
                [(x, y), (x, y), (x + w, y), (x + w / 2, y), (x + w, y), (x + w, y + d), (x, y + d)]
            )
        elif kind == 4:
            house = affinity.rotate(house, float(rng.uniform(0, 90)))
        elif kind == 5:
            house = house.union(box(x, y, x + w + 6, y + 1))  # an L
        elif kind == 6:
            house = Polygon([(x, y), (x + w, y + d), (x + w, y), (x, y + d)])  # crosses itself
        shapes.append(house)
    return shapes, rng.choice([0.0, 2.0, 3.0, 4.5, 6.0, 9.0, np.inf], count)


def clean(rng, count, gap_m=0.5):
    """Return houses at any angle round the origin, none nearer than a gap, and their heights."""
    houses = []
    while len(houses) < count:
        x, y = rng.uniform(-45, 45, 2)
        house = affinity.rotate(box(x, y, x + rng.uniform(2, 12), y + rng.uniform(2, 12)), rng.uniform(0, 90))
        if house.distance(Point(0, 0)) > gap_m:
            houses.append(house)
    return houses, rng.choice([2.0, 3.0, 5.0, 6.0, 9.0], count)


def look(eye, houses, tops, *, eye_m=6.0, target_m=0.0, radius_m=40.0, **more):
    areas, codes = sight(
        [eye],
        houses,
        obstacle_height_m=tops,
        observer_height_m=eye_m,
        target_height_m=target_m,
        radius_m=radius_m,
        **more,
    )
    assert areas[0].is_valid
    return areas[0], codes[0]


# ---- against slower ways


def test_ugly_cities_give_valid_areas_that_agree_with_shadows(long_run):
    # 5,000 scenes, of which a twentieth runs by default: valid, in the disc, the same as by overlay.
    for seed in range(5000 if long_run else 250):
        rng = np.random.default_rng([7, seed])
        shapes, tops = ugly(rng, int(rng.integers(0, 30)))
        shift = rng.choice([0.0, 1e6]) * np.array([1.0, 0.55])
        moved = [affinity.translate(shape, *shift) for shape in shapes]
        walls = Walls.of(moved, tops)
        # On the lattice, so that many stand on walls, on corners and in line with walls.
        at = rng.integers(-40, 40, (1, 2)) + rng.choice([0.0, 0.5, 1e-9, 0.0371], (1, 2)) + shift
        levels = {"observer_height_m": rng.choice([3.5, 6.0]), "target_height_m": rng.choice([0.0, 1.6])}
        radius = float(rng.choice([0.5, 12.0, 45.0]))
        sector = (float(rng.choice([0, 90, 271.5])), float(rng.choice([1.0, 45.0, 180.0, 300.0])))
        aim = dict(zip(("heading_deg", "hfov_deg"), sector, strict=True)) if rng.uniform() < 0.4 else {}
        (area,), (code,) = sight(at, walls, radius_m=radius, **aim, **levels)
        (flat,) = visible_polygons(at, walls, radius_m=radius, **aim)
        for shape in (area, flat):
            assert shape.is_valid, seed
            assert shape.geom_type in ("Polygon", "MultiPolygon"), seed
        (eye,), _ = stand_off(at, walls, **levels)
        if code == INSIDE:
            assert area.is_empty, seed
            continue
        expected = by_shadows(
            eye,
            walls.polygons(np.arange(len(walls))),
            walls.grid.height_m,
            eye_m=levels["observer_height_m"],
            target_m=levels["target_height_m"],
            radius_m=radius,
            chords=CHORDS,
            sector=sector if aim else None,
        )
        assert area.area == pytest.approx(expected.area, abs=1e-6 * radius**2), seed


def test_heights_agree_with_rays(long_run):
    # Along each ray the seen stretches are known exactly; an area is the sum of their r^2 over the rays. What is
    # left is the rim, whose chords lie 4e-6 inside the circle.
    worst = 0.0
    for seed in range(1000 if long_run else 40):
        rng = np.random.default_rng([11, seed])
        houses, tops = clean(rng, 25)
        target_m = float(rng.choice([0.0, 1.6]))
        area, _ = look((0.0, 0.0), houses, tops, target_m=target_m)
        ours = truth = 0.0
        for turn in rng.uniform(0.0, 2.0 * np.pi, 60):
            lit = lit_by_ray(np.zeros(2), turn, houses, tops, eye_m=6.0, target_m=target_m, reach_m=40.0)
            ray = shapely.LineString([(0, 0), (50 * np.cos(turn), 50 * np.sin(turn))])
            seen = shapely.get_parts(ray.intersection(area))
            ends = np.array([np.hypot(*shapely.get_coordinates(line).T)[[0, -1]] for line in seen])
            truth += np.diff(lit**2).sum()
            ours += np.diff(ends.reshape(-1, 2) ** 2).sum()
        worst = max(worst, abs(ours - truth) / truth)
    assert worst < 1e-4


# ---- laws


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 25))
def test_the_mirrored_city_has_the_mirrored_view(seed, count):
    houses, tops = clean(np.random.default_rng(seed), count)
    here, _ = look((0, 0), houses, tops)
    there, _ = look((0, 0), [affinity.scale(h, xfact=-1.0, origin=(0, 0)) for h in houses], tops)
    assert there.symmetric_difference(affinity.scale(here, xfact=-1.0, origin=(0, 0))).area < 1e-6


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 25), st.lists(st.floats(0.0, 359.0), min_size=2, max_size=6, unique=True))
def test_the_sectors_add_up_to_the_disc(seed, count, cuts):
    houses, tops = clean(np.random.default_rng(seed), count)
    cuts = np.sort(cuts)
    wide = np.diff(np.append(cuts, cuts[0] + 360.0))
    wide, middle = wide[wide > 1e-3], (cuts + wide / 2.0)[wide > 1e-3]
    whole, _ = look((0, 0), houses, tops)
    parts, _ = sight(
        np.zeros((len(wide), 2)),
        houses,
        obstacle_height_m=tops,
        observer_height_m=6.0,
        target_height_m=0.0,
        radius_m=40.0,
        heading_deg=middle,
        hfov_deg=wide,
    )
    dropped = 360.0 - wide.sum()
    assert shapely.area(parts).sum() == pytest.approx(whole.area, rel=1e-8, abs=1e-4 + 30.0 * dropped)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(1, 25))
def test_one_sees_the_other_if_the_other_sees_the_one(seed, count):
    rng = np.random.default_rng(seed)
    houses, _ = clean(rng, count)
    spots = rng.uniform(-40, 40, (12, 2))
    areas, codes = sight(
        spots,
        houses,
        obstacle_height_m=9.0,
        observer_height_m=2.0,
        target_height_m=2.0,
        radius_m=200.0,
    )
    clear = shapely.points(spots[codes == "seen"])
    areas = areas[codes == "seen"]
    sees = shapely.covers(areas[:, None], clear[None, :])
    # Whoever stands in a line of sight's rounding is left out.
    doubtful = shapely.distance(shapely.boundary(areas)[:, None], clear[None, :]) < 1e-6
    assert (sees == sees.T)[~(doubtful | doubtful.T)].all()


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(0, 20))
def test_the_order_of_obstacles_and_observers_plays_no_part(seed, count):
    rng = np.random.default_rng(seed)
    shapes, tops = ugly(rng, count)
    spots = rng.integers(-40, 40, (8, 2)) + 0.5
    levels = {"observer_height_m": 6.0, "target_height_m": 0.0, "radius_m": 40.0}
    mixed, turned = rng.permutation(count), rng.permutation(8)
    one, _ = sight(spots, shapes, obstacle_height_m=tops, **levels)
    two, _ = sight(spots[turned], [shapes[k] for k in mixed], obstacle_height_m=tops[mixed], **levels)
    assert shapely.area(two) == pytest.approx(shapely.area(one[turned]), rel=1e-9, abs=1e-9)


# ---- corners of the matter


def test_the_rim_is_as_fine_as_asked():
    for chords in (4, 128, 2048):
        (disc,) = visible_polygons([(5, 5)], [], radius_m=10.0, chords=chords)
        assert disc.area == pytest.approx(50.0 * chords * np.sin(2.0 * np.pi / chords), rel=1e-12)
        assert len(disc.exterior.coords) - 1 in (chords, chords + 1)
    with pytest.raises(OutOfRange):
        visible_polygons([(5, 5)], [], radius_m=10.0, chords=129)


def test_prepared_walls_bring_their_heights():
    walls = Walls.of([box(10, -5, 20, 5)], 3.0)
    levels = {"observer_height_m": 6.0, "target_height_m": 0.0, "radius_m": 50.0}
    given, _ = sight([(0, 0)], walls, **levels)
    assert given[0].equals(look((0, 0), [box(10, -5, 20, 5)], 3.0, radius_m=50.0)[0])
    with pytest.raises(WrongShape):
        sight([(0, 0)], walls, obstacle_height_m=3.0, **levels)
    with pytest.raises(WrongShape):
        sight([(0, 0)], [], **levels)


def test_a_stray_obstacle_far_off_does_no_harm():
    near = [box(10 * i, 10, 10 * i + 5, 15) for i in range(200)]
    (one,) = visible_polygons([(500, 0)], near, radius_m=100.0)
    (two,) = visible_polygons([(500, 0)], [*near, box(9e6, 9e6, 9e6 + 5, 9e6 + 5)], radius_m=100.0)
    assert two.equals(one)


def test_sight_wraps_through_north_and_along_walls():
    # The wall's line passes through the observer: it hides nothing, and its near end casts no shadow.
    (area,) = visible_polygons(
        [(0, 0)], [box(-1, 10, 0, 20)], radius_m=40.0, heading_deg=359.0, hfov_deg=60.0
    )
    assert area.covers(Point(0.01, 30))
    assert not area.covers(Point(-0.01, 30))


def test_on_a_roof_against_a_taller_wall():
    # He stands on the annex of 3 m, at the very wall of the house: he is moved off it, and the house still hides.
    annex, house = box(0, 0, 10, 10), box(10, -5, 20, 15)
    area, code = look((10.0, 5.0), [annex, house], [3.0, 9.0], radius_m=60.0)
    assert code == "on_roof"
    assert area.intersection(box(10, -5, 60, 15)).area < 1e-6
    assert area.covers(Point(-20, 5))


def test_a_low_wall_with_a_court_and_an_angle():
    # A house of 3 m under an eye at 6 m doubles distances: behind the L and through its court the same holds.
    shape = box(10, -6, 24, 6).difference(box(14, -3, 20, 3))
    area, _ = look((0, 0), [shape], 3.0, radius_m=60.0)
    assert not area.covers(Point(17, 0))  # the court lies in the shadow of the near wing, 14 -> 28
    assert not area.covers(Point(47.9, 0))
    assert area.covers(Point(48.1, 0))
    bend = Polygon([(10, -5), (20, -5), (20, 5), (18, 5), (18, -3), (10, -3)])
    area, _ = look((0, 0), [bend], 3.0, radius_m=60.0)
    assert area.covers(Point(17.9, 0))
    assert not area.covers(Point(39.9, 0))


# ---- many threads, and the cache


def test_compilation_is_told_at_the_first_kernel_and_at_the_end():
    kernel = numba.njit(lambda x: x + 1)  # kept nowhere
    told: list[bool] = []
    with telling(told.append):
        assert told == []
        kernel(1)
        kernel(2)
        kernel(1.5)  # another type is another kernel
        assert told == [False]
    assert told == [False, True]
    with telling(told.append):
        kernel(3)
    assert told == [False, True]


CONCURRENT = """
import numpy as np, shapely
from concurrent.futures import ThreadPoolExecutor
from spatial.visibility import sight
rng = np.random.default_rng(5)
houses = [shapely.box(x, y, x + 6, y + 6) for x, y in rng.uniform(-200, 200, (300, 2))]
spots = rng.uniform(-200, 200, (400, 2))
def ask(_):
    areas, _ = sight(spots, houses, obstacle_height_m=4.0, observer_height_m=5.0, target_height_m=0.0, radius_m=60.0)
    return shapely.area(areas)
with ThreadPoolExecutor(6) as pool:
    answers = list(pool.map(ask, range(24)))
assert all((answer == answers[0]).all() for answer in answers)
print("agree", answers[0].sum() > 0)
"""


def _python(code, *, cwd, **variables):
    whole = {**os.environ, **variables}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=cwd,
        env=whole,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_many_threads_may_ask_at_once_also_with_numbas_simplest_layer():
    ran = _python(
        CONCURRENT,
        cwd=Path(spatial.__file__).parent.parent,
        NUMBA_THREADING_LAYER="workqueue",
        NUMBA_NUM_THREADS="2",
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == ["agree", "True"]


def test_threads_of_this_process_agree():
    houses, tops = clean(np.random.default_rng(1), 20)
    with ThreadPoolExecutor(4) as pool:
        areas = list(pool.map(lambda _: look((0, 0), houses, tops)[0].area, range(16)))
    assert len(set(areas)) == 1


COMPILES = """
import spatial.edges
from spatial.edges import Walls
import shapely
Walls.of([shapely.box(0, 0, 1, 1)])
print("compiled")
"""


@pytest.mark.long
def test_where_no_folder_can_be_written_the_kernels_compile_all_the_same(tmp_path, long_run):
    if not long_run:
        pytest.skip("compiles twice: runs with --long")
    source = Path(spatial.__file__).parent
    shutil.copytree(source, tmp_path / "spatial", ignore=shutil.ignore_patterns("__pycache__"))
    # A file where the cache folder should be keeps even root from writing there.
    (tmp_path / "spatial" / "__pycache__").write_text("")
    (tmp_path / "home").write_text("")
    nowhere = {
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": str(tmp_path / "home" / "x"),
        "NUMBA_CACHE_DIR": str(tmp_path / "home" / "kernels"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = _python(COMPILES, cwd=tmp_path, **nowhere)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "compiled"
    assert not list(tmp_path.rglob("*.nbc"))
    kept = _python(COMPILES, cwd=tmp_path, **(nowhere | {"NUMBA_CACHE_DIR": str(tmp_path / "kept")}))
    assert kept.returncode == 0, kept.stderr
    assert list((tmp_path / "kept").rglob("*.nbc"))


TELLS = """
import shapely
from spatial.compiled import telling
from spatial.visibility import visible_polygons
told = []
with telling(told.append):
    visible_polygons([(0.0, 0.0)], [shapely.box(3, 3, 4, 4)], radius_m=9.0)
    told.append("asked")
    visible_polygons([(1.0, 0.0)], [shapely.box(3, 3, 4, 4)], radius_m=9.0)
print(told)
"""


@pytest.mark.long
def test_compilation_is_told_once_and_a_second_process_does_not_compile(tmp_path, long_run):
    if not long_run:
        pytest.skip("compiles the whole of sight: runs with --long")
    kept = {"NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    first, second = (_python(TELLS, cwd=Path(spatial.__file__).parent.parent, **kept) for _ in range(2))
    assert first.stdout.strip() == "[False, 'asked', True]", first.stderr
    assert second.stdout.strip() == "['asked']", second.stderr
