"""What is private, read from the layers of a city and given to siting as limits: exact numbers on the toy city."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import scipy.sparse as sp
import shapely

from app.services import WrongUse, private
from app.services.private import Judged, PlotsUnknown
from etl.db import Database
from etl.store import frames
from spatial.errors import WrongShape
from spatial.intrusion import over_all
from tests import city_in_database as toy_city
from tests.database import TestCity

LAYERS = """
insert into core.layer (name, geometry_kind, origin, reference_date) values
    ('plots', 'area', 'land ledger', '2013-12-31'), ('sensitive_places', 'point', 'city', null);
insert into core.layer_feature (layer_id, feature_key, attributes, geom)
select layer_id, key, told::jsonb, st_makeenvelope(200000 + x, 550040, 200000 + x + 10, 550050, 5186)
from core.layer cross join (values
    ('said', '{"private": "Y", "소유구분": "국유지"}', 0), ('said not', '{"private": "no"}', 10),
    ('owned', '{"소유구분": "개인", "지목": "도로"}', 20), ('the city''s', '{"소유구분": "시도유지"}', 30),
    ('a road', '{"지목": "도로"}', 40), ('a site', '{"지목": "대"}', 50), ('nothing told', '{}', 60)
) as p (key, told, x) where name = 'plots';
insert into core.layer_feature (layer_id, feature_key, attributes, geom)
select layer_id, 'bath', '{"종류": "목욕장"}', st_setsrid(st_makepoint(200025, 550020), 5186)
from core.layer where name = 'sensitive_places';
update core.building set use_code = case building_key when 'A' then '01001' else '03001' end;
"""


@pytest.fixture
def city(make_city: Callable[[], TestCity]) -> Iterator[Database]:
    owner = make_city().open("owner")
    toy_city.lay_out(owner, toy_city.GROUND)
    yield owner
    owner.close()


def with_layers(city: Database) -> Database:
    toy_city.lay_out(city, LAYERS)
    return city


def look(sees: dict[str, list[tuple[int, int]]], *, options: int) -> private.Look:
    """Give covers in which options see so many of the first points, by kind of points."""

    def cover(points: gpd.GeoDataFrame, classes: Sequence[str]) -> dict[str, Any]:
        pairs = sees["places" if "part" in points.columns else "ground"]
        rows = [row for option, many in pairs for row in range(many)]
        columns = [option for option, many in pairs for _ in range(many)]
        made = sp.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(points), options))
        return dict.fromkeys(classes, made)

    return cover


def test_what_a_file_says_decides_then_the_owner_then_the_land(city: Database) -> None:
    found = frames.private_plots(with_layers(city))
    assert found["feature_key"].tolist() == ["said", "owned", "a site", "nothing told"]


@pytest.mark.parametrize(
    ("code", "dwelling"),
    [("01001", True), ("02001", True), ("03001", False), ("10201", False), ("apartments", True), ("yes", None), (None, None)],
)  # fmt: skip
def test_who_lives_in_a_building(city: Database, code: str | None, dwelling: bool | None) -> None:
    with city.engine.begin() as connection:
        connection.exec_driver_sql("update core.building set use_code = %s", (code,))
    assert frames.lived_in(city)["dwelling"].tolist() == [dwelling, dwelling]


def test_what_is_private_says_what_it_rests_on(city: Database) -> None:
    what = private.private(with_layers(city), step_m=2.0)
    ground = what.points[what.points["kind"].eq("plot")]
    assert ground["worth"].sum() == pytest.approx(400.0)  # four plots of 100 m2
    facades = what.points[what.points["kind"].eq("facade")]
    assert facades["worth"].sum() == pytest.approx(100.0)  # the walls of A: B is a shop
    assert what.known.layers == [
        {"layer": "plots", "rows": 7, "date": "2013-12-31", "source": "land ledger"},
        {"layer": "sensitive_places", "rows": 1, "date": None, "source": "city"},
    ]
    assert what.known.without == []
    assert set(what.sensitive["part"]) == {"entrance"}
    assert frames.sensitive_places(city)["kind"].tolist() == ["목욕장"]


def test_options_are_judged_and_the_answer_adds_them_up(city: Database) -> None:
    what = private.private(with_layers(city), step_m=2.0)
    # option 0 sees 3 points of 4 m2 and no bath, option 1 one and the bath
    seen = look({"ground": [(0, 3), (1, 1)], "places": [(1, 1)]}, options=3)
    found = private.judged(what, seen, np.zeros((3, 2)))
    assert found.plots_m2.tolist() == [12.0, 4.0, 0.0]
    assert found.forbidden.tolist() == [False, True, False]
    answer = private.told(what.known, found, [0, 2])
    assert (answer["plots_m2"], answer["facades"], answer["forbidden"]) == (12.0, 0, 1)
    assert answer["each"] == [{"plots_m2": 12.0, "facades": 0}, {"plots_m2": 0.0, "facades": 0}]
    assert (answer["class"], answer["without"]) == ("recognise", [])


def test_without_the_layers_it_is_unknown_not_nothing(city: Database) -> None:
    what = private.private(city)
    assert what.known.without == ["plots", "sensitive_places"]
    found = private.judged(what, look({"ground": [(0, 1)], "places": []}, options=2), np.zeros((2, 2)))
    answer = private.told(what.known, found, [0])
    assert (answer["plots_m2"], answer["forbidden"]) == (None, None)
    # the point stands before A's wall, the option south of it
    assert answer["each"] == [{"plots_m2": None, "facades": 1}]
    with pytest.raises(PlotsUnknown):
        private.caps(found, plots_m2=100.0)
    with pytest.raises(PlotsUnknown):
        private.charges(found, metres_per_m2=0.1, worth_per_metre=1.0)
    # what is known without plots may be bounded without them, and no weight asks for none
    assert private.caps(found, facades=3)[0].amounts.tolist() == [1.0, 0.0]
    assert private.charges(found, metres_per_m2=0.0, worth_per_metre=1.0).tolist() == [0.0, 0.0]


FOUND = Judged(np.array([12.0, 4.0]), np.array([2, 0]), np.zeros(2, dtype=bool))


def test_bounds_and_trades_are_in_square_metres() -> None:
    plots, facades = private.caps(FOUND, plots_m2=10.0, facades=1, free=[False, True])
    assert (plots.name, plots.amounts.tolist(), plots.most) == ("intrusion", [12.0, 0.0], 10.0)
    assert (facades.name, facades.amounts.tolist(), facades.most) == ("facades", [2.0, 0.0], 1.0)
    assert private.caps(FOUND) == []
    # a square metre weighs half a metre of street, a metre of street is worth 0.02: 12 m2 are worth 0.12
    charged = private.charges(FOUND, metres_per_m2=0.5, worth_per_metre=0.02)
    assert charged.tolist() == pytest.approx([0.12, 0.04])


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_a_bound_is_a_number_of_zero_or_more(wrong: float) -> None:
    with pytest.raises(WrongUse):
        private.caps(FOUND, plots_m2=wrong)
    with pytest.raises(WrongUse):
        private.charges(FOUND, metres_per_m2=wrong, worth_per_metre=1.0)


def test_what_is_looked_into_is_never_rounded_down(city: Database) -> None:
    what = private.private(with_layers(city))
    found = Judged(np.array([12.01, np.pi, 0.0]), np.array([0, 0, 0]), np.zeros(3, dtype=bool))
    answer = private.told(what.known, found, [0, 1, 2])
    assert [row["plots_m2"] for row in answer["each"]] == [12.1, 3.2, 0.0]
    assert answer["plots_m2"] == 15.2


def test_a_cover_of_some_options_becomes_one_of_all() -> None:
    some = sp.csr_array(np.array([[1.0, 0.0], [1.0, 1.0]]))
    assert over_all(some, [3, 1], options=5).toarray().tolist() == [[0, 0, 0, 1, 0], [0, 1, 0, 1, 0]]
    with pytest.raises(WrongShape):
        over_all(some, [3], options=5)
    with pytest.raises(WrongShape):
        over_all(some, [3, 5], options=5)


def test_the_toy_citys_walls_are_where_they_are_drawn(city: Database) -> None:
    points = private.private(city).points
    assert shapely.get_coordinates(points.geometry).min(axis=0).tolist() == pytest.approx(
        [200_009.75, 550_009.75]
    )
