"""Maps to take away: nothing from outside, nothing beyond the edition, the same bytes twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from app import report, takeaway
from app.roles import EditionRefused
from app.takeaway import Stamp, coverage_map
from etl.settings import settings
from tests.figures import figures

CHROMIUM = Path("/usr/bin/chromium")
LOADS = re.compile(
    r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//[^"'\s>]*|url\(|@import|fetch\(|XMLHttpRequest|sourceMappingURL"""
)


def square(west: float, south: float, side: float) -> dict[str, Any]:
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features: tuple[dict[str, Any], dict[str, Any]]) -> dict[str, Any]:
    rows = [{"type": "Feature", "geometry": shape, "properties": row} for shape, row in features]
    return {"type": "FeatureCollection", "features": rows}


def layers() -> dict[str, Any]:
    """Return a city of two dong, one of them of unknown share, one flood zone, one camera, its field, one gap."""
    camera = {"type": "Point", "coordinates": [126.9321234567, 37.5721]}
    gap = {"type": "LineString", "coordinates": [[126.93311, 37.57311], [126.93511, 37.57411]]}
    return {
        "boundaries": collection(
            (
                square(126.93, 37.57, 0.005),
                {"name_ko": "버들동", "name_en": "Beodeul-dong", "share": 0.46, "low": 0.4, "high": 0.5},
            ),
            (square(126.935, 37.57, 0.005), {"name_ko": "샘골동", "share": None, "telephone": "02-000-0000"}),
        ),
        "zones": collection(
            (square(126.932, 37.571, 0.002), {"name": "여울천", "kind": "flood", "share": 0.3})
        ),
        "cameras": collection(
            (
                camera,
                {
                    "agency": "생활안전과",
                    "purpose": "crime_prevention",
                    "kind": "ptz",
                    "heading_deg": 90.0,
                    "note": "secret",
                },
            )
        ),
        "fields": collection((square(126.93215, 37.5722, 0.0003), {"sight": "certain"})),
        "gaps": collection((gap, {"alley": "버들로1길", "length_m": 204.0, "risk": 0.9})),
    }


def unescaped(text: str) -> str:
    r"""Return a page with the \\uXXXX of its JSON as letters, so that a search for Korean finds what is there."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    """Return a folder with a library of two lines that would load pictures and a source map, were it let."""
    (tmp_path / "leaflet.js").write_text(
        'var L="the library";</script>\n//# sourceMappingURL=leaflet.js.map\n'
    )
    (tmp_path / "leaflet.css").write_text(".x{background:url(images/layers.png)}\n")
    return tmp_path


@pytest.fixture(scope="module")
def real_leaflet() -> Path:
    folder = settings().assets / "leaflet"
    if not (folder / "leaflet.js").is_file():
        pytest.skip("the map library for maps to take away is not set up")
    return folder


@pytest.mark.parametrize("edition", ["public", "committee", "internal"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_is_loaded_from_anywhere(leaflet: Path, edition: str, lang: str) -> None:
    text = coverage_map(layers(), lang=lang, edition=edition, leaflet=leaflet)
    assert LOADS.findall(text) == []
    assert 'var L="the library";<\\/script>' in text


def test_same_layers_same_bytes(leaflet: Path) -> None:
    first, second = (coverage_map(layers(), edition="internal", leaflet=leaflet) for _ in range(2))
    assert first == second
    assert not re.search(r"[0-9a-f]{32}", first)


def test_each_edition_holds_only_what_it_may(leaflet: Path) -> None:
    text = {
        edition: unescaped(coverage_map(layers(), lang="ko", edition=edition, leaflet=leaflet))
        for edition in ("public", "committee", "internal")
    }
    for edition in ("public", "committee"):
        assert "126.93311" not in text[edition]  # where a gap begins
        assert "버들로1길" not in text[edition]
        assert "126.93215" not in text[edition]  # a corner of a field of view
    assert "126.93311" in text["internal"] and "버들로1길" in text["internal"]
    assert "46.0 %" in text["committee"] and "46.0 %" not in text["public"]
    assert "생활안전과" in text["committee"] and "생활안전과" not in text["public"]
    assert "생활방범" in text["public"]
    assert "90° 동" in text["internal"] and "90° 동" not in text["committee"]
    for each in text.values():
        assert "secret" not in each and "02-000-0000" not in each


def test_unknown_share_is_said_not_drawn_as_nothing(leaflet: Path) -> None:
    found = takeaway.features(
        layers()["boundaries"], "boundaries", lang="en", keep=("name", "share", "range")
    )
    rows = [each["properties"] for each in found["features"]]
    assert rows[0] == {"name": "Beodeul-dong", "share": "46.0 %", "range": "40.0–50.0 %", "tone": "2"}
    assert rows[1] == {"name": "샘골동", "share": "–", "range": "–", "tone": ""}


def test_coordinates_are_cut_to_a_tenth_of_a_metre() -> None:
    found = takeaway.features(layers()["cameras"], "cameras", lang="ko", keep=("purpose",))
    assert found["features"][0]["geometry"]["coordinates"] == [126.932123, 37.5721]


def test_a_frame_in_metres_comes_out_in_degrees() -> None:
    """EPSG:5186 east 200 km, north 600 km is its origin: 127 E, 38 N."""
    frame = gpd.GeoDataFrame({"purpose": ["fire"]}, geometry=[shapely.Point(200_000, 600_000)], crs=5186)
    found = takeaway.features(frame, "cameras", lang="en", keep=("purpose",))
    assert found["features"][0]["geometry"]["coordinates"] == pytest.approx([127.0, 38.0], abs=1e-6)
    assert found["features"][0]["properties"]["purpose"] == "fire"


def test_names_cannot_break_out_of_the_page(leaflet: Path) -> None:
    row = {"name_ko": "</script><script>alert(1)</script>", "share": 0.5}
    text = coverage_map({"boundaries": collection((square(126.93, 37.57, 0.01), row))}, leaflet=leaflet)
    assert "<script>alert(1)" not in text


def test_invented_and_stamp_stand_on_the_map(leaflet: Path) -> None:
    stamp = Stamp("홍길동", "2013-06-30", "점검 <1>")
    text = coverage_map(layers(), edition="internal", invented=True, stamp=stamp, leaflet=leaflet)
    assert "가상의 지역입니다" in text
    assert "홍길동 · 2013-06-30 · 점검 &lt;1&gt;" in text
    assert "가상의 지역입니다" not in coverage_map(layers(), leaflet=leaflet)


def test_nothing_to_draw_is_still_a_page(leaflet: Path) -> None:
    assert "</html>" in coverage_map({}, leaflet=leaflet)
    assert "</html>" in coverage_map({"cameras": collection()}, leaflet=leaflet)


def test_what_is_refused(leaflet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EditionRefused):
        coverage_map(layers(), edition="everyone", leaflet=leaflet)
    with pytest.raises(takeaway.LeafletMissing):
        coverage_map(layers(), leaflet=tmp_path / "nowhere")
    monkeypatch.setattr(takeaway, "MOST_BYTES", 1000)
    with pytest.raises(takeaway.MapTooLarge):
        coverage_map(layers(), leaflet=leaflet)


def test_nine_hundred_cameras_and_fields_weigh_less_than_5_mb(real_leaflet: Path) -> None:
    """As many as the sample's, each field of view with sixty corners."""
    ring = shapely.Point(126.93, 37.57).buffer(0.0003, quad_segs=15)
    field = (shapely.geometry.mapping(ring), {"sight": "certain"})
    many = layers() | {"fields": collection(*[field] * 893)}
    many["cameras"] = collection(
        *[(f["geometry"], f["properties"]) for f in many["cameras"]["features"]] * 893
    )
    text = coverage_map(many, edition="internal", leaflet=real_leaflet)
    assert 300_000 < len(text.encode()) <= 5_000_000


@pytest.mark.browser
def test_map_and_report_are_drawn_offline(real_leaflet: Path, tmp_path: Path) -> None:
    """Chromium draws every layer and asks for nothing but the file itself."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    chart, page = tmp_path / "map.html", tmp_path / "report.html"
    chart.write_text(coverage_map(layers(), edition="internal", leaflet=real_leaflet), encoding="utf-8")
    drawn = report.page(figures(map=layers()), lang="ko", fonts=None, leaflet=real_leaflet)
    page.write_text(drawn, encoding="utf-8")
    asked: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto(chart.as_uri())
        # two dong, one zone, one field, one gap, one camera
        assert tab.locator("path.leaflet-interactive").count() == 6
        assert tab.locator(".leaflet-control-layers-selector").count() == 5
        tab.goto(page.as_uri())
        # the committee's map inside the report: no field, no gap
        assert tab.locator(".golmok-map path.leaflet-interactive").count() == 4
        # headline, history, ladder, dong, what each camera adds, dividend, circles, supplies
        assert tab.locator("figure svg").count() == 8
        browser.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "about:"))] == []


def test_a_report_without_the_library_says_so_in_place_of_the_map(tmp_path: Path) -> None:
    text = report.page(figures(map=layers()), lang="en", fonts=None, leaflet=tmp_path)
    assert "no map here" in text
    assert "<iframe" not in text
