"""The place field in a real browser: a misspelt address, several places by number key, a bell, and none, by the keyboard alone.

At the district's centre P: an entrance 버들로 4, a bell 201300007, and two houses called 샛별빌라, 60 and 400 m east of P.
"""

from __future__ import annotations

import pytest

from tests.database import TestCity
from tests.served_city import P, answered, keep_picture, visiting

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

PLACES = f"""
with p as (select st_transform(st_setsrid(st_makepoint({P.split(", ")[1]}, {P.split(", ")[0]}), 4326), 5186) as geom),
entrance as (
    insert into core.address (address_key, address_road, geom) select 'w1', '버들로 4', geom from p returning 1
),
bell as (insert into core.bell (bell_key, kind, geom) select '201300007', 'bell', geom from p returning 1)
insert into core.building (building_key, name, geom)
select 'w' || east_m, '샛별빌라', st_multi(st_buffer(st_translate(geom, east_m, -300), 1)) from p, unnest(array[60, 400]) east_m
"""


@pytest.fixture(scope="module", autouse=True)
def _places(city: TestCity, address: str) -> None:
    owner = city.open("owner")
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(PLACES)
    owner.close()


def _type(page, typed: str) -> None:  # type: ignore[no-untyped-def]
    field = page.get_by_role("textbox", name="Address, name, coordinates or number")
    field.fill(typed)
    field.press("Enter")


def test_a_place_is_named_by_the_keyboard_alone(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with visiting(browser, f"{address}/find?lang=en") as visit:
        page = visit.page
        _type(page, "버둘로4")
        page.get_by_text("read as 버들로").wait_for()
        answered(page, "One camera certainly sees this place")
        keep_picture(page, "find-address")
        _type(page, "bell 00007")
        page.get_by_text("emergency bell 201300007").wait_for()
        keep_picture(page, "find-bell")
        _type(page, "없는길 3")
        page.get_by_text("Nothing fits ‘없는길 3’").wait_for()
        _type(page, "샛별빌라")
        page.get_by_text("2 places fit. Pick one.").wait_for()
        page.locator("h1").click()  # out of the field: keys are digits there
        page.keyboard.press("2")
        page.wait_for_url("**pick=*")
        page.get_by_text("Pick another").wait_for()
        page.locator(".golmok-answer").wait_for()
        assert visit.faults == []
