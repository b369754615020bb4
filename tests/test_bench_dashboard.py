"""What `bench dashboard` stands on: a city of copies that answers like its original, a folium map, rows and ratios."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app import bench_folium, bench_table, printing
from app.services import bench_dashboard, find
from app.services.bench_dashboard import NOT_MEASURED
from etl.settings import settings
from etl.store import frames
from etl.store.swell import swell
from tests import city_in_database as toy_city
from tests.city_in_database import Door
from tests.toy_world import DAY

STEP_M = 1000.0


def test_each_copy_of_a_city_answers_as_the_city_does(living: Door) -> None:
    toy_city.draw_fields(living())
    # Four cities: two to a row.
    swell(living("owner"), 3, step_m=STEP_M)
    staff = living("staff")
    assert len(frames.cameras(staff, DAY)) == 4 * 3
    assert len(frames.buildings(staff)) == 4 * 2
    assert len(frames.alleys(staff)) == 4 * 2
    told = []
    for east_m, north_m in ((0.0, 0.0), (STEP_M, 0.0), (0.0, STEP_M), (STEP_M, STEP_M)):
        lon, lat = toy_city.lonlat(staff, east_m + 5, north_m)
        found = find.nearest(staff, lon, lat, k=3, at=DAY)
        named = [
            (row["sight"], row["why"], row["distance_m"], row["camera_key"][:2]) for row in found["cameras"]
        ]
        told.append((found["seen_by"], named))
    # What walls hide is hidden by the copies of the walls.
    assert told == [told[0]] * 4
    assert told[0][0] == 1
    lon, lat = toy_city.lonlat(staff, STEP_M + 25, STEP_M + 40)
    walls = {row["camera_key"]: row["why"] for row in find.nearest(staff, lon, lat, at=DAY)["cameras"]}
    assert walls["c2~3"] == "wall"


def test_a_folium_map_holds_all_that_is_drawn_and_asks_nobody(drawn: Door, tmp_path: Path) -> None:
    if not (settings().assets / "leaflet" / "leaflet.js").is_file():
        pytest.skip("no leaflet among the assets: ./golmok fetches it")
    staff, file = drawn("staff"), tmp_path / "map.html"
    shapes, seconds = bench_folium.write(
        frames.cameras(staff, DAY), frames.fields(staff, DAY, "observe"), file
    )
    # Three cameras and four views.
    assert (shapes, seconds > 0.0) == (7, True)
    text = file.read_text(encoding="utf-8")
    assert text.count("L.circleMarker(") == 3
    assert not re.search(r"<(script|link)[^>]+https?:", text)


def _row(what: str, cameras: int, median_s: float | None) -> dict[str, Any]:
    return {
        "what": what,
        "cameras": cameras,
        "n": 3,
        "median_s": median_s,
        "slowest_s": median_s,
        "budget": "1 s",
    }


def test_rows_ratios_and_what_is_not_measured_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        _row("click: drawn on the map", 893, 0.2),
        _row("folium: map written, 2.0 MB", 893, 0.5),
        _row("folium: map opened and drawn", 893, 1.5),
        _row("click: drawn on the map", 100_016, 0.3),
        _row("pages: not measured", 100_016, None),
    ]
    ratios = bench_dashboard._ratios(rows)
    # Written and drawn anew, 2 s, against a click of 0.2 s; 0.3 against 0.2.
    assert ratios == {"folium anew / click": 10.0, "click large / click sample": 1.5}
    result = {
        "topic": "dashboard", "measured": rows, "ratios": ratios, "versions": {"python": "3"}, "machine": "here",
        "cores": 2, "load": [0.5, 1.5], "not_measured": list(NOT_MEASURED), "invented": True,
    }  # fmt: skip
    printing.bench(result)
    printed = capsys.readouterr().out
    assert "100,016" in printed and "0.300 s" in printed and "folium anew / click: 10 times" in printed
    assert printed.count("not measured: ") == len(NOT_MEASURED)
    assert bench_table.dashboard_rows(result)[4][3:5] == ["–", "–"]


def test_without_the_second_size_its_ratio_is_not_told() -> None:
    assert bench_dashboard._ratios([_row("click: drawn on the map", 893, 0.2)]) == {
        "folium anew / click": None,
        "click large / click sample": None,
    }
