"""What the map is told to draw, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from app import livemap, session
from tests import answers


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what is handed to the component."""
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "map_version", lambda: "7")
    monkeypatch.setattr(session, "language", lambda: "en")
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    return caught


def _clicked() -> None:
    """Take a click."""


def test_find_draws_lines_only_where_someone_sees(drawn: dict[str, Any]) -> None:
    seeing = answers.camera(1, "certain", 12.0, p_sees=1.0)
    may = answers.camera(2, "possible", 21.0, p_sees=0.2)
    livemap.find_map(answers.nearest(seeing, may), answers.PLACE, density_class="observe", on_click=_clicked)
    content = drawn["data"]
    assert [row["text"] for row in content["cameras"]] == ["1 · 12 m", "2 · 21 m · 20 %"]
    assert content["point"] == answers.PLACE
    assert content["filter"] == {"density_class": "observe", "at": "2013-12-31"}
    assert drawn["on_click_change"] is _clicked


def test_cameras_on_one_pole_share_a_label_numbered_as_in_the_table(drawn: dict[str, Any]) -> None:
    pole = [
        answers.camera(n, "possible", 13.0, p_sees=0.2) | {"lat": 37.5, "lon": 126.9} for n in (11, 12, 13)
    ]
    alone, far = answers.camera(14, "none", 40.0, p_sees=0.0), pole[0] | {"camera_id": 15}
    for cameras, texts in (
        ([*pole, alone], ["1–3 · 13 m", "", "", "4 · 40 m"]),
        ([pole[0], alone, far], ["1, 3 · 13 m", "2 · 40 m", ""]),
    ):
        livemap.find_map(answers.nearest(*cameras), answers.PLACE, density_class="observe", on_click=_clicked)
        assert [row["text"] for row in drawn["data"]["cameras"]] == texts


def test_a_place_outside_that_nobody_sees_does_not_take_the_map_away(drawn: dict[str, Any]) -> None:
    blind = answers.camera(1, "none", 268_553.4, p_sees=0.0)
    for outside, goes in ((True, False), (False, True), (None, True)):
        answer = answers.nearest(blind) | {"outside": outside}
        livemap.find_map(answer, answers.PLACE, density_class="observe", on_click=_clicked)
        assert (drawn["data"]["focus"] is not None) is goes


def test_the_map_of_gaps_says_what_its_colours_mean(drawn: dict[str, Any]) -> None:
    zones = [{"kind": kind} for kind in ("wildfire", "flood", "flood")]
    livemap.gaps_map(answers.coverage(answers.gap(1, risk=0.5, length_m=88.0)) | {"zones": zones}, None)
    assert [row["ink"] for row in drawn["data"]["legend"]] == ["gap", "camera", "flood", "wildfire"]
    assert drawn["data"]["legend"][2]["text"] == "Flood zone"
    livemap.gaps_map(None, None)
    assert drawn["data"]["legend"] == []


def test_nothing_asked_nothing_drawn(drawn: dict[str, Any]) -> None:
    livemap.find_map(None, None, density_class="observe", on_click=_clicked)
    assert drawn["data"]["cameras"] == []
    assert drawn["data"]["focus"] is None


def test_chosen_gap_is_what_the_map_goes_to(drawn: dict[str, Any]) -> None:
    gap = answers.gap(1, risk=0.5, length_m=88.0)
    livemap.gaps_map(answers.coverage(gap), gap)
    focus = drawn["data"]["focus"]
    # The gap begins at the place moved 0.001 degrees north and runs 0.001 degrees east.
    (west, south), (east, north) = focus["bounds"]
    assert (west, south) == (pytest.approx(126.9368), pytest.approx(37.5801))
    assert (east, north) == (pytest.approx(126.9378), pytest.approx(37.5801))
    assert drawn["data"]["filter"]["run_id"] == 7


def test_map_of_gaps_opens_on_all_of_them(drawn: dict[str, Any]) -> None:
    gaps = [answers.gap(n, risk=0.5, length_m=10.0) for n in (1, 3)]
    livemap.gaps_map(answers.coverage(*gaps), None)
    (west, south), (east, north) = drawn["data"]["view"]["bounds"]
    assert (west, east) == (pytest.approx(126.9373), pytest.approx(126.9373))
    assert (south, north) == (pytest.approx(37.5801), pytest.approx(37.5821))


def test_token_names_what_is_drawn(drawn: dict[str, Any]) -> None:
    tokens = []
    for place in (answers.PLACE, answers.PLACE, {"lat": 37.58, "lon": 126.94}):
        livemap.find_map(None, place, density_class="observe", on_click=_clicked)
        tokens.append(drawn["data"]["token"])
    assert tokens[0] == tokens[1] != tokens[2]


def test_component_names_no_other_host() -> None:
    for name in ("livemap.js", "livemap.html", "livemap.css"):
        assert "//" not in livemap._read(name).replace("// ", "").replace("https://", "//")
