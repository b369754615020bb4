"""What risk is made of, layer by layer: scales that are frozen, complaints that are capped, calls that are chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from app.phrases_risk import ratio, times
from app.risk import COMPLAINTS, POPULATION, SAFE_ROUTES, layers_of
from app.services.references import frozen_of
from etl.risk_rules import RiskRules
from spatial.lawful_layers import TellsPeopleApart, require_lawful
from spatial.reference import Reference
from spatial.samples import sample_alleys
from tests import toy, toy_world

POINTS = sample_alleys(toy.alleys(), step_m=10.0)


def layer(*shapes: shapely.Geometry, weight: float = 1.0) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"weight": [weight] * len(shapes)}, geometry=[toy.place(shape) for shape in shapes], crs=toy.SRID
    )


def frozen(low: float, high: float, method: str) -> Reference:
    day = date(2012, 6, 30)
    return Reference(
        low, high, method, datetime(2013, 1, 1, tzinfo=UTC), day, day, rows=9, source="incidents"
    )


# ---- scales


def test_twice_the_calls_are_a_higher_risk_where_the_scale_is_frozen() -> None:
    # Calls of a quiet year and of a year with twice as many, at the same places.
    spots = [(5, 0), (35, 0), (95, 0), (50, 55)]
    quiet = toy_world.world(incidents=toy_world.incidents(spots), weights={"incidents": 1.0})
    loud = replace(quiet, incidents=toy_world.incidents(spots * 2))
    scale = frozen_of(quiet)
    mine = layers_of(POINTS, quiet, references=scale)
    assert mine.facts[0]["scaled"] == "frozen"
    by_own = [layers_of(POINTS, city).total() for city in (quiet, loud)]
    assert by_own[1] == pytest.approx(by_own[0])
    then, now = (layers_of(POINTS, city, references=scale).total() for city in (quiet, loud))
    # Frozen by pieces of 4 m, looked at by pieces of 10 m.
    assert then == pytest.approx(by_own[0], abs=0.06)
    assert now.mean() > then.mean() + 0.2
    assert np.all(now >= then)


def test_a_scale_that_was_taken_another_way_is_not_used() -> None:
    world = toy_world.world(
        weights={"incidents": 1.0}, references={"incidents": frozen(0.0, 1.0, "otherwise")}
    )
    (fact,) = layers_of(POINTS, world).facts
    assert (fact["scaled"], fact["reference"]) == ("run", None)
    scale = frozen_of(world)["incidents"]
    wider = replace(world, references={"incidents": scale}, risk_rules=RiskRules(bandwidth_m=80.0))
    assert layers_of(POINTS, wider).facts[0]["scaled"] == "run"


def test_what_is_frozen_says_from_what() -> None:
    world = toy_world.world(
        loads={"incidents": {"file_name": "calls.csv", "day": date(2013, 6, 29), "dated": "file"}},
        weights={"rates": 1.0, "narrow": 1.0},
    )
    scale = frozen_of(world)
    assert {*scale} == {"incidents", "rates"}
    rates = scale["rates"]
    assert (rates.base_from, rates.base_to, rates.rows) == (date(2012, 7, 1), date(2013, 6, 30), 4)
    assert rates.source == "incidents calls.csv"
    found = layers_of(POINTS, world, references=scale)
    told, narrow = found.facts
    assert (told["layer"], told["rows"], told["date"], told["dated"]) == ("rates", 4, "2013-06-29", "file")
    assert told["source"] == "calls.csv"
    assert told["reference"]["base_to"] == "2013-06-30"
    assert (narrow["scaled"], narrow["rows"], narrow["date"]) == ("fixed", 2, None)


def test_the_rate_of_a_street_is_that_of_all_its_metres() -> None:
    # Three calls on L1 (0.1 km), one on L2 (0.06 km): 30 and 16.7 per km differ by no more than chance makes them, so
    # that both streets have the mean, 25 per km.
    world = toy_world.world(weights={"rates": 1.0})
    scale = {"rates": frozen(0.0, 50.0, "per km, nearest street within 50 m")}
    assert layers_of(POINTS, world, references=scale).total() == pytest.approx([0.5] * 16)


# ---- weights


def test_complaints_weigh_no_more_than_the_district_allows() -> None:
    world = toy_world.world(
        layers={COMPLAINTS: layer(shapely.Point(50, 60), shapely.Point(50, 55))},
        weights={"narrow": 1.0, "complaints": 9.0},
        risk_rules=RiskRules(complaints_most=0.25),
    )
    found = layers_of(POINTS, world)
    assert found.weights.tolist() == pytest.approx([0.75, 0.25])
    assert [fact["capped"] for fact in found.facts] == [False, True]
    modest = layers_of(POINTS, replace(world, weights={"narrow": 4.0, "complaints": 1.0}))
    assert modest.weights.tolist() == pytest.approx([0.8, 0.2])
    assert not any(fact["capped"] for fact in modest.facts)


def test_complaints_alone_make_no_risk() -> None:
    world = toy_world.world(
        layers={COMPLAINTS: layer(shapely.Point(50, 60))}, weights={"complaints": 1.0, "narrow": 0.0}
    )
    found = layers_of(POINTS, world)
    assert (found.weights.tolist(), found.facts[0]["capped"]) == ([0.0], True)
    assert found.total().tolist() == [1.0] * 16


def test_a_layer_without_rows_is_named_and_the_others_grow() -> None:
    weights = {"narrow": 0.3, "dark": 0.3, "population": 0.2, "safe_routes": 0.1, "wildfire": 0.1}
    found = layers_of(POINTS, toy_world.world(weights=weights, zones=toy_world.zones().iloc[:0]))
    assert found.names == ("narrow", "dark")
    assert found.weights.tolist() == [0.5, 0.5]
    assert found.without == ("population", "safe_routes", "wildfire")


def test_streets_whose_width_and_light_nobody_knows_tell_nothing() -> None:
    unknown = toy.alleys().assign(width_m=np.nan, lit=None)
    found = layers_of(
        POINTS, toy_world.world(alleys=unknown, weights={"narrow": 1.0, "dark": 1.0, "flood": 1.0})
    )
    assert (found.names, found.without) == (("flood",), ("narrow", "dark"))


# ---- the layers


def test_a_safe_way_home_counts_along_its_line() -> None:
    world = toy_world.world(
        layers={SAFE_ROUTES: layer(shapely.LineString([(50, 20), (50, 60)]))}, weights={"safe_routes": 1.0}
    )
    # The lane's pieces lie at 5, 15, 25 ...: from 10 m before the line on it is near.
    assert layers_of(POINTS, world).total().tolist() == [0.0] * 11 + [1.0] * 5


def test_residents_count_by_area() -> None:
    # 40 persons on 50 m x 20 m are 40,000 a km2, 10 on the next square 10,000.
    squares = pd.concat(
        [layer(shapely.box(0, -10, 50, 10), weight=40.0), layer(shapely.box(50.5, -10, 100, 10), weight=9.9)]
    )
    world = toy_world.world(
        layers={POPULATION: squares},
        weights={"population": 1.0},
        references={"population": frozen(0.0, 40_000.0, "per km2, by area")},
    )
    assert layers_of(POINTS, world).total()[:10] == pytest.approx([1.0] * 5 + [0.25] * 5)


def test_residents_given_as_points_spread_by_the_wider_kernel() -> None:
    world = toy_world.world(
        layers={POPULATION: layer(shapely.Point(0, 0), weight=50.0)}, weights={"population": 1.0}
    )
    assert frozen_of(world)["population"].method == "per km2, kernel 100 m, border corrected"


def test_only_calls_of_the_chosen_classes_and_hours_count() -> None:
    # Midnight in Seoul, 15:00 before in UTC.
    calls = toy_world.incidents([(5, 0), (35, 0), (95, 0)]).assign(
        class_code=["104", "104", "201"],
        occurred_at=pd.to_datetime(
            ["2013-01-01T15:30Z", "2013-01-01T05:30Z", "2013-01-01T15:30Z"], utc=True, format="ISO8601"
        ),
    )
    world = toy_world.world(incidents=calls, weights={"incidents": 1.0}, zone=ZoneInfo("Asia/Seoul"))
    world = replace(world, references=frozen_of(world))
    for asked, count in (
        ({}, 3), ({"classes": ["104"]}, 2), ({"hours": [0]}, 2), ({"hours": [14]}, 1),
        ({"classes": ["104"], "hours": [0]}, 1),
    ):  # fmt: skip
        (fact,) = layers_of(POINTS, world, **asked).facts
        assert (fact["rows"], fact["scaled"]) == (count, "run" if asked else "frozen")
    assert layers_of(POINTS, world, classes=["999"]).without == ("incidents",)


# ---- what may not be


@pytest.mark.parametrize(
    "name",
    [
        "foreigners",
        "foreign_residents",
        "Nationality",
        "외국인",
        "외국인_거주",
        "다문화 가구",
        "race",
        "alien",
    ],
)
def test_no_layer_tells_people_apart(name: str) -> None:
    with pytest.raises(TellsPeopleApart):
        require_lawful([name])
    with pytest.raises(TellsPeopleApart):
        layers_of(POINTS, toy_world.world(weights={"narrow": 1.0, name: 0.0}))


def test_other_names_stand() -> None:
    require_lawful(
        ["terrace", "traces", "population", "안심귀갓길", "incidents", "national_route", "풍속업소"]
    )


def test_ratios_and_judgements_in_words_are_never_flattered() -> None:
    assert (ratio(0.1), ratio(0.10001), ratio(0.0)) == ("0.100", "0.101", "0.000")
    assert (times(9.0), times(1 / 3), times(2.345), times(1.0000000001), times(0.4)) == (
        "9", "1/3", "2.35", "1", "0.40",
    )  # fmt: skip
