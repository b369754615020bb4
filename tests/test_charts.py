"""Charts: the same numbers give the same bytes, every number is there to be read, and the unknown is not drawn as 0."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from xml.etree import ElementTree

import pytest
import shapely

from app import charts
from app.charts import Band, Bar, Panel

SVG = "{http://www.w3.org/2000/svg}"
BANDS = [Band("a", 0.5, 0.4, 0.6, 0.2, 0.9), Band("b", None), Band("c", 1.0, 1.0, 1.0, 1.0, 1.0)]
BARS = [Bar("alone", 0.25, "25 %"), Bar("together", 0.5, "50 %", strong=True), Bar("hidden", None, "<3")]
COURT = shapely.box(-12, -12, 12, 12) - shapely.box(-10, -10, 10, 10)
PANELS = [
    Panel("circle", shapely.Point(0, 0).buffer(50), "7,854 m2", shapely.box(0, -5, 5, 5)),
    Panel("seen", shapely.Polygon(), "0 m2"),
]
HISTORY = [(date(2010, 12, 31), 303, 454), (date(2013, 12, 31), 376, 893)]


def drawings() -> dict[str, str]:
    return {
        "bands": charts.bands(BANDS),
        "bars": charts.bars(BARS, whole=1.0),
        "columns": charts.columns(BARS),
        "steps": charts.steps(HISTORY, ("sites", "cameras")),
        "grounds": charts.grounds(PANELS, [COURT], reach_m=50.0),
    }


def words_of(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def bar_lengths(svg: str, colour: str) -> list[float]:
    """Return the horizontal extent of each filled shape of a colour, in points."""
    extents = []
    for path in ElementTree.fromstring(svg).iter(f"{SVG}path"):
        if f"fill: {colour.lower()}" in path.get("style", "").lower():
            xs = [float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", path.get("d", ""))]
            extents.append(max(xs) - min(xs))
    return extents


@pytest.mark.parametrize("name", ["bands", "bars", "columns", "steps", "grounds"])
def test_same_numbers_same_bytes(name: str) -> None:
    assert drawings()[name] == drawings()[name]


def test_same_bytes_in_another_process() -> None:
    """No time, no random name: another process with another hash seed draws the same."""
    script = (
        "from tests.test_charts import drawings; import sys; sys.stdout.write(''.join(drawings().values()))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.decode()
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1] == "".join(drawings().values())


@pytest.mark.parametrize("name", ["bands", "bars", "columns", "steps", "grounds"])
def test_no_two_elements_share_a_name_across_charts(name: str) -> None:
    assert "<g id=" not in drawings()[name]
    assert not re.search(r"<dc:date>|<metadata>\s*<rdf:RDF.*Date", drawings()[name], re.S)


def test_labels_and_values_are_text() -> None:
    found = words_of(charts.bars(BARS, whole=1.0))
    assert {"alone", "together", "hidden", "25 %", "50 %", "<3"} <= set(found)
    found = words_of(charts.steps(HISTORY, ("sites", "cameras")))
    assert {"sites  376", "cameras  893"} <= set(found)


def test_strong_bar_is_twice_as_long_as_the_one_of_half_its_value() -> None:
    svg = charts.bars(BARS, whole=1.0)
    (strong,) = bar_lengths(svg, charts.BLUE)
    plain = bar_lengths(svg, charts.MUTED)
    assert plain[0] == pytest.approx(strong / 2, rel=1e-6)
    assert plain[1] == 0.0  # the hidden count has no length to be measured


def test_unknown_share_has_no_mark() -> None:
    known = charts.bands([Band("a", 0.5)])
    unknown = charts.bands([Band("a", None)])
    assert known.count(charts.INK.lower()) == unknown.count(charts.INK.lower()) + known.count(
        "<use"
    ) - unknown.count("<use")
    assert known.count("<use") == unknown.count("<use") + 1


def test_pale_strip_spans_certain_to_possible() -> None:
    svg = charts.bands([Band("a", 0.5, 0.4, 0.6, 0.2, 0.9), Band("b", 0.5, 0.4, 0.6, 0.0, 1.0)])
    narrow, wide = bar_lengths(svg, charts.PALE)
    assert narrow == pytest.approx(0.7 * wide, rel=1e-5)


def test_ground_is_to_scale_with_its_walls_and_words() -> None:
    """A circle of 50 m beside a court whose wall is 24 m wide outside and 20 m inside, which stays open."""
    svg = charts.grounds(PANELS, [COURT], reach_m=50.0)
    assert {"circle", "7,854 m2", "seen", "0 m2"} <= set(words_of(svg))
    (circle,), walls = bar_lengths(svg, charts.PALE), bar_lengths(svg, charts.MUTED)
    assert walls == pytest.approx([0.24 * circle] * 2, rel=1e-4)
    # Ground that is wrong, 5 m wide.
    assert bar_lengths(svg, charts.ORANGE)[0] == pytest.approx(0.05 * circle, rel=1e-4)
    # The wall's path goes round twice: its outside, and the court.
    assert [path.count("M") for path in re.findall(r'd="([^"]*)"', svg) if path.count("z") > 1] == [2, 2]


def test_nothing_to_draw_is_still_a_drawing() -> None:
    empty = (
        charts.bars([]),
        charts.columns([]),
        charts.steps([], ("a", "b")),
        charts.grounds([], [], reach_m=1.0),
    )
    for svg in (charts.bands([]), *empty):
        assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
