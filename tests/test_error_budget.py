"""The error budget: what unknown heights of buildings do to a view known on paper, and the budget of the toy city."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import shapely

from app import report
from app.phrases_aim import largest_first
from app.services import coverage, errors
from app.services.report import figures
from app.world import World
from spatial.fov import fields_of_view
from tests import city_in_database as toy_city
from tests import toy
from tests.city_in_database import Door, opened, quiet
from tests.database import TestCity
from tests.toy_world import DAY, world

# A wall across the street, 10 to 10.5 m before camera 1, which hangs 6 m up and looks east.
WALL = shapely.box(10, -200, 10.5, 200)


def walled(height_m: float, basis: str | None) -> World:
    usual = world()
    wall = (
        usual.buildings.iloc[:1].assign(height_m=height_m, height_basis=basis).set_geometry([toy.place(WALL)])
    )
    return world(cameras=usual.cameras[usual.cameras["camera_id"] == 1], buildings=wall)


def half_width(city: World) -> float:
    found, sampled = errors.of_buildings(city, density_class="detect", progress=quiet)
    assert sampled == 1
    return found


def seen_m2(*reaches: tuple[float, float]) -> float:
    """Return the area of camera 1's footprint between distances: its half width grows straight with the distance."""
    city = world()
    row = fields_of_view(
        city.cameras[city.cameras["camera_id"] == 1],
        city.buildings.iloc[:0],
        classes=["detect"],
        defaults=toy.LENS,
    ).iloc[0]
    spans = [(max(near, row["near_m"]), min(far, row["far_m"])) for near, far in reaches]
    assert row["near_m"] < 10.0 and row["far_m"] > 40.0
    return sum(2 * row["offset_m"] * (far - near) + row["slope"] * (far**2 - near**2) for near, far in spans)


def test_measured_heights_leave_no_error() -> None:
    assert half_width(walled(4.0, "measured")) == 0.0


def test_heights_by_storeys_are_a_tenth_off() -> None:
    """A wall of 4 m, 3.6 or 4.4: its top edge at 10.5 m hides the ground as far as 10.5 x 6 / (6 - height)."""
    low, high = (seen_m2((0, 10), (10.5 * 6 / (6 - top), 999)) for top in (3.6, 4.4))
    assert half_width(walled(4.0, "storeys")) == pytest.approx(1.96 * (low - high) / (low + high), rel=1e-6)


def test_assumed_heights_are_half_off() -> None:
    """The district assumes 6 m: at 3 m the ground from 21 m on is seen again, at 9 m none of it is."""
    low, high = seen_m2((0, 10), (21, 999)), seen_m2((0, 10))
    assert half_width(walled(np.nan, None)) == pytest.approx(1.96 * (low - high) / (low + high), rel=1e-6)


def test_a_wall_that_hides_all_or_nothing_either_way_leaves_no_error() -> None:
    # Of 9 m, by storeys, 8.1 to 9.9: never below the camera. Of 0.1 m: its shadow is 0.2 m at most, and changes by 4 cm.
    assert half_width(walled(9.0, "storeys")) == 0.0
    assert 0.0 < half_width(walled(0.1, "storeys")) < 1e-3


def test_a_camera_that_sees_nothing_has_no_error() -> None:
    city = walled(np.nan, None)
    inside = city.cameras.set_geometry([toy.place(shapely.Point(15, 0))])
    house = city.buildings.set_geometry([toy.place(shapely.box(0, -20, 40, 20))]).assign(height_m=20.0)
    shut = world(cameras=inside, buildings=house.assign(height_basis="measured"))
    assert half_width(shut) == 0.0


def test_budget_of_the_toy_city(drawn: Door) -> None:
    found = errors.budget(drawn(), progress=quiet)
    told, chance = found["errors"], (160 * found["share"] - 40) / 20
    # Surely 40 of 160 m, and an arm of 20 m three times in four; more often, as cameras look along streets.
    assert (found["sampled"], 0.75 < chance < 1.0) == (3, True)
    # Lenses, heights and buildings are known; one heading is not. A disc lacks 4.02e-4 of its area, of the share that is.
    assert (told["height"], told["lens"], told["buildings"], told["step_m"]) == (0.0, 0.0, 0.0, 1.0)
    assert told["aim"] == pytest.approx(1.96 * 20 / 160 * np.sqrt(chance * (1 - chance)), rel=0.1)
    assert told["rim"] == pytest.approx(4.02e-4 * found["share"], abs=1e-6)
    assert largest_first(told) == ["aim", "rim", "lens", "height", "buildings"]


def test_unknown_heights_enter_the_budget(living: Door) -> None:
    toy_city.alter(living, "update core.building set height_m = null, floors = null")
    city = coverage.world(living(), DAY)
    for density_class, matters in (("observe", False), ("detect", True)):
        found = errors.budget(living(), density_class=density_class, progress=quiet)
        part, sampled = errors.of_buildings(city, density_class=density_class, progress=quiet)
        # Observing reaches 22 m, no farther than the shadow of a house of 3 m that stands 14 m away; detecting 55 m.
        assert (found["sampled"], sampled, part > 0.0) == (3, 3, matters)
        assert found["errors"]["buildings"] == pytest.approx(part * found["share"], abs=1e-6)


def test_without_streets_the_budget_is_null_with_its_reason(living: Door) -> None:
    toy_city.alter(living, "delete from core.alley")
    found = errors.budget(living(), progress=quiet)
    assert (found["share"], found["errors"], found["reason_code"]) == (None, None, "no_streets")
    assert "street" in found["reason"].lower()


def test_an_empty_database_has_no_budget(make_city: Callable[[], TestCity]) -> None:
    with opened(make_city()) as door:
        found = errors.budget(door(), at=DAY, progress=quiet)
    assert (found["share"], found["errors"]) == (None, None)
    assert found["reason_code"]


def test_the_largest_error_comes_first_and_the_unknown_not_at_all() -> None:
    assert largest_first({"rim": 0.1, "aim": 0.2, "lens": None, "height": 0.1, "step_m": 9.0}) == [
        "aim",
        "height",
        "rim",
    ]
    assert largest_first({}) == []


@pytest.mark.parametrize(
    ("lang", "title", "rows"),
    [
        ("en", "Error budget: each error alone", ["headings and tilts", "line of sight itself", "lenses"]),
        ("ko", "오차 예산: 하나씩만 따질 때", ["방향과 기울기", "시야 계산", "렌즈"]),
    ],
)
def test_the_report_prints_the_budget_in_both_languages(
    drawn: Door, lang: str, title: str, rows: list[str]
) -> None:
    given = figures(drawn(), DAY, DAY, progress=quiet)
    blocks = report.document(given, lang=lang).as_dict()["blocks"]
    (table,) = [block for block in blocks if block.get("caption") == title]
    assert [row[0] for row in table["rows"]][:3] == rows
    # Half widths of a share, in points.
    assert table["rows"][0][1] == f"±{100 * given['errors']['errors']['aim']:.3f}"
    assert len(table["rows"]) == 5
