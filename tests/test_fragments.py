"""Several maps in one file, the library once; what stands beside a map: legend, tables, heading."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from app import takeaway
from app.roles import EditionRefused
from app.takeaway import Heading, coverage_map, fragment, head
from app.takeaway_draw import chart
from etl.settings import settings
from tests.test_takeaway import collection, layers, leaflet, square, unescaped

__all__ = ["leaflet"]
CHROMIUM = Path("/usr/bin/chromium")
PLACE = {"type": "Point", "coordinates": [126.9322, 37.5723]}


def answered() -> dict[str, Any]:
    """Return a place, three cameras of one pole and a fourth elsewhere, and the line of the one that sees."""
    pole, other = ([126.9321, 37.5721], [126.9324, 37.5721])
    sights = ("certain", "possible", "possible", "none")
    cameras = [
        (
            {"type": "Point", "coordinates": pole if n < 4 else other},
            {"no": n, "camera_key": f"k{n}", "sight": sight, "distance_m": 12.4},
        )
        for n, sight in enumerate(sights, 1)
    ]
    line = {"type": "LineString", "coordinates": [pole, PLACE["coordinates"]]}
    return {
        "answer": collection(*cameras),
        "lines": collection((line, {"sight": "certain"})),
        "place": collection((PLACE, {})),
    }


def test_two_maps_share_no_name_and_are_the_same_twice() -> None:
    first, second = (fragment(layers(), key=key, edition="internal") for key in ("a", "b"))
    names = [set(re.findall(r"\b(?:map|geo_json)_([ab]\d+)", text)) for text in (first, second)]
    assert names[0] and names[1] and not names[0] & names[1]
    assert first == fragment(layers(), key="a", edition="internal")
    assert not re.search(r"[0-9a-f]{32}", first)


def test_a_fragment_holds_no_library_and_asks_for_nothing(leaflet: Path) -> None:
    text = fragment(layers(), key="a", edition="internal")
    assert "src=" not in text and "href=" not in text and "the library" not in text
    assert head(leaflet).count('var L="the library"') == 1


def test_a_fragment_holds_what_its_edition_may() -> None:
    assert "126.93311" not in fragment(layers(), key="a")  # where a gap begins
    assert "126.93311" in fragment(layers(), key="a", edition="internal")
    with pytest.raises(EditionRefused):
        fragment(layers(), key="a", edition="everyone")


@pytest.mark.parametrize("key", ["", "1a", "a b", 'a"><script>'])
def test_a_key_is_a_word(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        fragment({}, key=key)


def test_cameras_of_one_pole_bear_one_label() -> None:
    text = fragment(answered(), key="a", edition="internal", lang="en")
    assert re.findall(r'"html": "([^"]+)"', unescaped(text)) == ["1–3", "4"]
    assert "answer" not in takeaway.drawn_for(answered(), lang="en", edition="committee")


def test_a_name_is_no_html_in_a_label_or_a_table(leaflet: Path) -> None:
    """Labels take texts as HTML: what a file says of a name stays text."""
    bad = {
        "boundaries": collection((square(126.93, 37.57, 0.01), {"name_ko": "<img src=x onerror=alert(1)>"}))
    }
    text = unescaped(coverage_map(bad, edition="public", leaflet=leaflet))
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_each_layer_stands_as_a_table_too(leaflet: Path) -> None:
    text = coverage_map(layers(), lang="en", edition="internal", leaflet=leaflet)
    heads = re.findall(r"<caption>([^<]+)</caption>", text)
    assert heads == ["Alleys seen by dong · 2", "Flood and wildfire zones · 1", "Gaps · 1", "Cameras · 1"]
    # the middle corner of the stretch, or its end where there are two
    assert "<td>1</td><td>버들로1길</td><td>204 m</td><td>0.90</td><td>37.57411, 126.93511</td>" in text
    public = coverage_map(layers(), lang="en", edition="public", leaflet=leaflet)
    assert re.findall(r"<caption>([^<]+)</caption>", public) == ["Dong · 2", "Cameras · 1"]


def test_the_legend_tells_what_is_drawn_and_no_more(leaflet: Path) -> None:
    internal = coverage_map(layers(), lang="en", edition="internal", leaflet=leaflet)
    assert "certainly seen" in internal and "may be seen" not in internal
    assert "</i>flood zone" in internal and "</i>wildfire zone" not in internal
    public = coverage_map(layers(), lang="en", edition="public", leaflet=leaflet)
    assert "Share of alleys" not in public and "gap: unseen alley" not in public


def test_the_heading_names_the_file(leaflet: Path) -> None:
    text = coverage_map(layers(), lang="en", heading=Heading("Eyes <1>", ("as at 2013",)), leaflet=leaflet)
    assert "<title>Eyes &lt;1&gt;</title>" in text
    assert "Committee edition · as at 2013" in text


def test_nothing_to_draw_is_an_empty_map() -> None:
    assert "L.map(" in chart({}, key="a", lang="ko")


@pytest.mark.browser
def test_two_maps_are_drawn_in_one_page(tmp_path: Path) -> None:
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    if not (settings().assets / "leaflet" / "leaflet.js").is_file():
        pytest.skip("the map library for maps to take away is not set up")
    from playwright.sync_api import sync_playwright

    file = tmp_path / "two.html"
    dong = {name: layers()[name] for name in ("boundaries",)}
    maps = fragment(dong, key="dong") + fragment(answered(), key="found", edition="internal")
    file.write_text(
        f"<!doctype html><head><meta charset='utf-8'>{head()}</head><body>{maps}</body>", encoding="utf-8"
    )
    wrong: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.goto(file.as_uri())
        boxes = tab.locator(".golmok-map")
        # two dong; four cameras, a line and the place
        assert [boxes.nth(at).locator("path.leaflet-interactive").count() for at in (0, 1)] == [2, 6]
        assert tab.locator(".golmok-no").all_inner_texts() == ["1–3", "4"]
        # what the style sheet says reaches the paths
        shown = tab.locator("path.g-lines-certain").evaluate("path => getComputedStyle(path).stroke")
        assert shown == "rgb(15, 118, 110)"
        assert tab.evaluate("typeof document.querySelector('.folium-map').golmokMap.getCenter") == "function"
        browser.close()
    assert wrong == []


def test_the_buttons_speak_the_language_of_the_page() -> None:
    assert '"축소"' in unescaped(fragment({}, key="a", lang="ko"))
    assert '"Zoom out"' in fragment({}, key="a", lang="en")
