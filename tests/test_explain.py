"""Who made the difference between two days: by hand on the toy city, then out of the database with its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from app.difference import Day, Terms, difference
from app.figures import measure
from app.services import WrongUse, coverage, explain
from etl.store import frames
from spatial.errors import UnknownClass
from spatial.fov import fields_of_view, with_assumptions
from spatial.optics import LADDER
from spatial.types import CERTAIN_ASSUMPTIONS
from tests import toy
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.test_history import BATCH, LOAD, NEW_HOUSE, NEW_YEAR
from tests.toy_world import COARSE, DAY, ladder_rows, world

SHARES = ("share", "low", "high", "certain", "possible")
EARLY = date(2010, 12, 31)
TERMS = Terms("observe", toy.LENS, CERTAIN_ASSUMPTIONS, COARSE)


def day(at: date, *, cameras: gpd.GeoDataFrame | None = None, **changes: Any) -> Day:
    """Return a day of the toy city; fields of view are those drawn by hand unless said otherwise."""
    known = toy.cameras() if cameras is None else cameras
    known = known.assign(camera_key=[f"c{number}" for number in known["camera_id"]])
    buildings = toy.buildings().assign(building_key=["A", "B"], name=["Alder", None])
    drawn = toy.fields([row for row in ladder_rows() if row["density_class"] == "observe"])
    drawn = drawn[drawn["camera_id"].isin(known["camera_id"])]
    return replace(Day(at, known, buildings, drawn, world().aims), **changes)


def told(before: Day, after: Day, terms: Terms = TERMS) -> dict[str, Any]:
    answer = difference(before, after, toy.alleys(), terms=terms, progress=quiet)
    felt = answer["cameras"] + answer["buildings"]
    summed = sum(row["delta_m"] for row in felt) + answer["shared_m"]
    assert (
        round(summed, 1)
        == answer["change_m"]
        == round(answer["after"]["seen_m"] - answer["before"]["seen_m"], 1)
    )
    return answer


def test_a_camera_that_came_adds_what_it_sees_one_time_in_four() -> None:
    """Camera 2 sees 20 m of three arms, each one time in four: 15 m, to 40 m that were seen before."""
    answer = told(day(EARLY, cameras=toy.cameras().iloc[[0, 2]]), day(DAY))
    assert (answer["from"], answer["to"], answer["class"]) == ("2010-12-31", "2013-06-30", "observe")
    assert (answer["before"]["seen_m"], answer["after"]["seen_m"], answer["length_m"]) == (40.0, 55.0, 160.0)
    assert answer["cameras"] == [{"camera_id": 2, "camera_key": "c2", "change": "added", "delta_m": 15.0}]
    assert (answer["buildings"], answer["shared_m"]) == ([], 0.0)
    assert answer["change"]["change"] == pytest.approx(15 / 160, abs=1e-6)
    # A draw adds one arm or none; the cameras of both days look the same way on both.
    assert (answer["change"]["low"], answer["change"]["high"]) == (0.0, 0.125)


def test_one_that_went_and_one_that_was_turned_away() -> None:
    turned = toy.cameras().iloc[1:].copy()
    turned.loc[turned["camera_id"] == 3, "heading_deg"] = 0.0
    nowhere = toy.fields(
        [toy.field(2, shapely.box(30, -20, 70, 20), sight="possible"), toy.field(3, shapely.Polygon())]
    )
    answer = told(day(EARLY), day(DAY, cameras=turned, fields=nowhere))
    # 30 m of camera 1 go, the largest first; camera 3 sees its 10 m no more.
    assert [(row["camera_key"], row["change"], row["delta_m"]) for row in answer["cameras"]] == [
        ("c1", "retired", -30.0),
        ("c3", "re_aimed", -10.0),
    ]
    assert answer["change_m"] == -40.0


def test_nothing_changed() -> None:
    answer = told(day(EARLY), day(DAY))
    assert (answer["cameras"], answer["buildings"], answer["shared_m"], answer["change_m"]) == (
        [],
        [],
        0.0,
        0.0,
    )
    assert answer["change"] == {"change": 0.0, "low": 0.0, "high": 0.0}
    assert answer["without_effect"] == {"cameras": 0, "buildings": 0}


def real(at: date, *houses: tuple[str, float, Any]) -> Day:
    """Return a day whose fields of view are computed, with further houses by key, height and outline."""
    more = gpd.GeoDataFrame(
        {
            "building_id": range(3, 3 + len(houses)),
            "height_m": [height for _, height, _ in houses],
            "building_key": [key for key, _, _ in houses],
            "name": None,
        },
        geometry=[toy.place(shape) for _, _, shape in houses],
        crs=toy.SRID,
    )
    usual = day(at)
    buildings = gpd.GeoDataFrame(
        {name: [*usual.buildings[name], *more[name]] for name in more.columns},
        geometry="geometry",
        crs=toy.SRID,
    )
    return replace(usual, buildings=buildings, fields=usual.fields.iloc[:0])


# Across the street, higher than the cameras: nothing of the street is seen beyond it.
WALL = ("C", 12.0, shapely.box(10, -6, 12, 6))
# In the yard behind house A, where no camera looks on any street.
SHED = ("D", 3.0, shapely.box(20, 40, 22, 42))
FINE = replace(TERMS, sampling=replace(COARSE, alley_step_m=1.0))


def test_a_house_across_the_street_hides_what_lies_beyond() -> None:
    answer = told(real(EARLY), real(DAY, WALL, SHED), FINE)
    (row,) = answer["buildings"]
    assert (row["building_key"], row["name"], row["change"]) == ("C", None, "new")
    # Camera 1 looks east from the street's west end; camera 2, at the crossing, tells nobody apart so far off.
    assert row["cameras"] == ["c1"]
    assert row["delta_m"] == answer["change_m"] < -1.0
    assert answer["without_effect"] == {"cameras": 0, "buildings": 1}
    # Told backwards, the house is gone and gives back what it took.
    back = told(real(DAY, WALL, SHED), real(EARLY), FINE)
    assert [(row["change"], row["delta_m"]) for row in back["buildings"]] == [("gone", -row["delta_m"])]


def test_houses_far_apart_are_told_as_each_alone() -> None:
    """Two houses that a camera has both in reach: each told by itself, what they do together left over."""
    second = ("E", 12.0, shapely.box(14, -6, 16, 6))
    both = told(real(EARLY), real(DAY, WALL, second), FINE)
    alone = {
        key: told(real(EARLY), real(DAY, house), FINE)["change_m"]
        for key, house in (("C", WALL), ("E", second))
    }
    metres = {row["building_key"]: row["delta_m"] for row in both["buildings"]}
    # Made alone each hides all beyond it; undone alone, the other still does: the mean of the two, rounded.
    undone = {"C": both["change_m"] - alone["E"], "E": both["change_m"] - alone["C"]}
    assert metres == {key: pytest.approx((alone[key] + undone[key]) / 2, abs=0.11) for key in ("C", "E")}
    assert both["shared_m"] == pytest.approx(0.0, abs=0.11)


AIMS = st.lists(st.one_of(st.none(), st.sampled_from([0.0, 90.0, 200.0])), min_size=3, max_size=3)
WALLS = st.lists(st.tuples(st.integers(5, 90), st.integers(-8, 50), st.sampled_from([3.0, 12.0])), max_size=3)


def some_day(
    at: date, aims: list[float | None], walls: list[tuple[int, int, float]], *, gone: int | None
) -> Day:
    """Return a day with these aims and walls of 4 m by 4 m, and without one of the cameras; fields are computed."""
    houses = [(f"w{x}-{y}", high, shapely.box(x, y, x + 4, y + 4)) for x, y, high in walls]
    usual = real(at, *houses)
    heading = np.array([np.nan if aim is None else aim for aim in aims])
    cameras = usual.cameras.assign(heading_deg=heading)
    return replace(usual, cameras=cameras[cameras["camera_id"] != gone])


@given(AIMS, AIMS, WALLS, WALLS, st.sampled_from([None, 1, 3]))
@settings(deadline=None, max_examples=15)
def test_laws_of_any_two_days(
    was: list[float | None],
    is_now: list[float | None],
    stood: list[tuple[int, int, float]],
    stands: list[tuple[int, int, float]],
    gone: int | None,
) -> None:
    """All adds up; told backwards every sign changes; and each day is what `coverage` says of it."""
    stood, stands = ([*{wall[:2]: wall for wall in walls}.values()] for walls in (stood, stands))
    days = some_day(EARLY, was, stood, gone=gone), some_day(DAY, is_now, stands, gone=None)
    forth, back = told(*days, FINE), told(*reversed(days), FINE)
    for kind, key in (("cameras", "camera_key"), ("buildings", "building_key")):
        metres = {row[key]: row["delta_m"] for row in forth[kind]}
        assert {row[key]: -row["delta_m"] for row in back[kind]} == metres
    assert back["change_m"] == -forth["change_m"]
    for side, each in zip(("before", "after"), days, strict=True):
        cameras = with_assumptions(each.cameras, toy.LENS)
        fields = fields_of_view(cameras, each.buildings, classes=LADDER, defaults=toy.LENS)
        city = world(cameras=cameras, fields=fields, buildings=each.buildings)
        run = measure(city, "observe", sampling=FINE.sampling, progress=quiet).answer["alleys"]
        assert {name: forth[side][name] for name in SHARES} == {name: run[name] for name in SHARES}


@pytest.mark.parametrize(
    ("absent", "code"), [("alleys", "no_streets"), ("cameras", "no_cameras"), ("buildings", "no_buildings")]
)
def test_what_cannot_be_said_is_null_with_its_reason(absent: str, code: str) -> None:
    one = day(DAY)
    if absent != "alleys":
        one = replace(one, **{absent: getattr(one, absent).iloc[:0]})
    alleys = toy.alleys().iloc[:0] if absent == "alleys" else toy.alleys()
    answer = difference(one, one, alleys, terms=TERMS, progress=quiet)
    for side in ("before", "after"):
        assert (answer[side]["share"], answer[side]["seen_m"], answer[side]["reason_code"]) == (
            None,
            None,
            code,
        )
    assert (answer["change_m"], answer["shared_m"], answer["cameras"]) == (None, None, [])


def asked(door: Door, start: date, end: date, **more: Any) -> dict[str, Any]:
    return explain.explain(door(), start, end, sampling=COARSE, progress=quiet, **more)


def test_out_of_the_database_it_is_the_difference_of_two_runs(drawn: Door) -> None:
    answer = asked(drawn, EARLY, DAY)
    runs = [
        coverage.coverage(drawn(), at=at, sampling=COARSE, progress=quiet)["alleys"] for at in (EARLY, DAY)
    ]
    names = ("share", "low", "high", "certain", "possible", "seen_m")
    assert [[side[name] for name in names] for side in (answer["before"], answer["after"])] == [
        [run[name] for name in names] for run in runs
    ]
    (row,) = answer["cameras"]
    assert (row["camera_key"], row["change"], row["site"]) == ("c2", "added", "s2")
    assert row["delta_m"] == answer["change_m"] == round(runs[1]["seen_m"] - runs[0]["seen_m"], 1) > 0.0
    assert (row["lat"], row["lon"]) == pytest.approx((37.55, 127.0), abs=0.05)
    assert answer["invented"] is True


def test_buildings_are_those_of_each_day(living: Door) -> None:
    wall = NEW_HOUSE.replace("200045, 550020, 200055, 550025", "200010, 549994, 200012, 550006")
    alter(living, LOAD.format(day=NEW_YEAR) + wall.format(batch=BATCH))
    answer = asked(living, date(2012, 12, 31), NEW_YEAR)
    (row,) = answer["buildings"]
    assert (row["building_key"], row["name"], row["change"]) == ("C", "새 집", "new")
    assert row["delta_m"] == answer["change_m"] < 0.0
    assert "c1" in row["cameras"]
    # The stored fields of view know the house of now alone: the run of the earlier day sees no more than the later.
    run = coverage.coverage(living(), at=date(2012, 12, 31), sampling=COARSE, progress=quiet)
    assert run["alleys"]["seen_m"] == answer["after"]["seen_m"] < answer["before"]["seen_m"]
    assert asked(living, NEW_YEAR, DAY)["buildings"] == []


def test_a_camera_is_where_it_hung(living: Door) -> None:
    """Camera 1 hung at the street's west end and is moved to the crossing, from where it looks east."""
    move = f"""
        update core.camera set batch_id = {BATCH}, site_id = (select site_id from core.site where site_key = 's2')
        where camera_key = 'c1'
    """
    alter(living, LOAD.format(day=NEW_YEAR) + move)
    answer = asked(living, date(2012, 12, 31), NEW_YEAR)
    (row,) = answer["cameras"]
    assert (row["camera_key"], row["change"], row["site"]) == ("c1", "moved", "s2")
    # On the earlier day it stood 50 m to the west and saw other metres: the same days before it was moved say so.
    seen = answer["before"]["seen_m"]
    alter(
        living,
        "update core.camera set site_id = (select site_id from core.site where site_key = 's1') where camera_key = 'c1'",
    )
    run = coverage.coverage(living(), at=date(2012, 12, 31), sampling=COARSE, progress=quiet)
    assert run["alleys"]["seen_m"] == seen


@pytest.mark.parametrize(("start", "end"), [(DAY, EARLY), (DAY, date(2150, 1, 1)), (date(1800, 1, 1), DAY)])
def test_days_that_cannot_be_asked_for(drawn: Door, start: date, end: date) -> None:
    with pytest.raises(WrongUse):
        asked(drawn, start, end)


def test_a_class_that_is_not_known(drawn: Door) -> None:
    with pytest.raises(UnknownClass):
        asked(drawn, EARLY, DAY, density_class="sharp")


def test_nothing_is_written_but_what_was_stale(drawn: Door) -> None:
    before = frames.fields(drawn(), DAY)
    asked(drawn, EARLY, DAY)
    after = frames.fields(drawn(), DAY)
    assert np.array_equal(before.geometry.to_wkb(), after.geometry.to_wkb())


def test_a_district_without_a_row_is_told_why(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        answer = asked(door, EARLY, DAY)
    assert (answer["before"]["reason_code"], answer["change_m"], answer["cameras"]) == (
        "no_streets",
        None,
        [],
    )
