"""Which way streets may be driven and at what level they run: from the tags of OpenStreetMap into the table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import osmium
import pandas as pd
import pytest
import shapely

from etl import city_jobs
from etl.map_steps import sections
from etl.rows import REPAIRED
from etl.sources import city
from tests.test_map_steps import X, Y, clean


def streets(folder: Path, *tags: Mapping[str, str]) -> pd.DataFrame:
    """Return the streets that the source reads of ways with these tags, one after another."""
    path = folder / "ways.osm.pbf"
    with osmium.SimpleWriter(str(path)) as writer:
        for number in range(len(tags) + 1):
            place = (24.94 + number / 1000, 60.17)
            writer.add_node(osmium.osm.mutable.Node(id=number + 1, location=place))
        for number, each in enumerate(tags, 1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=[number, number + 1], tags=dict(each)))
    return city.read(path).tables["alley"]


@pytest.mark.parametrize(
    ("tags", "oneway"),
    [
        ({"oneway": "yes"}, "1"),
        ({"oneway": "-1"}, "-1"),
        ({"oneway": "no"}, "0"),
        ({}, ""),
        ({"oneway": "reversible"}, ""),
        ({"junction": "roundabout"}, "1"),
        ({"junction": "roundabout", "oneway": "no"}, "0"),
        ({"highway": "motorway"}, "1"),
    ],
)
def test_which_way_cars_may_drive(tmp_path: Path, tags: dict[str, str], oneway: str) -> None:
    assert streets(tmp_path, {"highway": "residential", **tags})["oneway"].tolist() == [oneway]


@pytest.mark.parametrize(
    ("tags", "level"),
    [({"layer": "2", "bridge": "yes"}, "2"), ({"bridge": "yes"}, "1"), ({"bridge": "no"}, ""), ({"layer": "-1"}, "-1")],
)  # fmt: skip
def test_the_level_of_a_street(tmp_path: Path, tags: dict[str, str], level: str) -> None:
    assert streets(tmp_path, {"highway": "footway", **tags})["level"].tolist() == [level]


def cleaned(**columns: str) -> pd.Series:
    line = shapely.LineString([(X, Y), (X + 10, Y)])
    row = {"alley_key": "osm-w1", "section_keys": "1-2", "name": "", "width_m": "", "kind": "alley", "lit": "", "tunnel": "",
           "geometry": line}  # fmt: skip
    good, _ = clean(city_jobs.CITY[0], [row | columns])
    return good.iloc[0]


def test_ways_become_numbers_and_what_is_none_becomes_unknown() -> None:
    told = cleaned(oneway="-1", level="1")
    assert (told["oneway"], told["level"], told[REPAIRED]) == (-1, 1, "")
    odd = cleaned(oneway="", level="0;1")
    assert pd.isna(odd["oneway"]) and pd.isna(odd["level"])
    assert "VALUE_DROPPED" in odd[REPAIRED]


def test_rows_of_a_source_without_ways_keep_their_columns_and_so_their_digests() -> None:
    plain = {"alley_key": "juso-1-1", "section_keys": "", "name": "", "width_m": 3.0, "kind": "alley", "lit": None,
             "geometry": shapely.LineString([(0, 0), (1, 0)]), REPAIRED: ""}  # fmt: skip
    kept = ["alley_key", "name", "width_m", "kind", "lit", "geom", REPAIRED]
    assert list(sections(pd.DataFrame([plain])).columns) == kept
    wayed = sections(pd.DataFrame([plain | {"oneway": 1.0, "level": 0.0}]))
    assert list(wayed.columns) == [*kept[:5], "oneway", "level", *kept[5:]]
