"""Find beyond the first answer: the reason in the headline, the old rule, a camera's number, the 112 class; in the address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app import livemap, session
from app.services import camera, find, watching, where
from tests import answers
from tests.pages import page_text, visited

CERTAIN = answers.camera(1, "certain", 12.0, p_sees=1.0)
BLIND = answers.camera(4, "none", 9.0, p_sees=0.0) | {"why": "wall", "class": None, "density_px_per_m": None}
TYPED = "37.5791, 126.9368"
RULE = {
    "k": 5, "radius_m": 500.0, "camera_ids": [4], "seen_by": 0, "may_be_seen_by": 0, "misses": 1, "misses_may": 0,
}  # fmt: skip
CARD = {
    **{name: BLIND[name] for name in ("camera_id", "camera_key", "site_id", "site", "address", "agency", "agency_en")},
    "kind": "ptz", "status": "working", "lat": 37.58, "lon": 126.94, "heading_deg": None,
    "purposes": ["crime_prevention"], "hangs_since": "2011-07-01", "stale": 0, "watched_by": [CERTAIN],
    "likely": {"heading_deg": 155.0, "width_deg": 90.0, "p": 0.32},
    "view": {"certain_m2": 0.0, "possible_m2": 2476.0, "bounds": [126.93, 37.57, 126.95, 37.59]},
    "density_class": "observe",
    "at": "2013-12-31",
}  # fmt: skip


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Answer every question with one camera that sees and a nearer one behind a wall; return what was asked."""
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    questions: list[dict[str, Any]] = []

    def nearest(_db: object, *_given: Any, **options: Any) -> dict[str, Any]:
        questions.append(options)
        rule = RULE if options["old_rule"] else None
        allowed = {"101": True, "401": False}.get(options["incident_class"] or "")
        group = 2 if allowed is False else 1
        use = {"use": {"allowed": allowed, "ground": "25-1-2"}, "group": group}
        cameras = [row | use for row in (CERTAIN, BLIND)]
        return answers.nearest(*cameras) | {"old_rule": rule}

    monkeypatch.setattr(find, "nearest", nearest)
    return questions


def _page() -> None:
    from app.views import find

    find.page()


_run = partial(visited, _page)


def test_the_headline_says_why_the_nearest_does_not_see() -> None:
    test = _run(place=TYPED)
    assert "One camera certainly sees this place. The nearest (9 m) does not (a wall)." in page_text(test)
    assert "<span>certainly sees</span>" in page_text(test)
    assert "<span>does not see: a wall</span>" in page_text(test)
    korean = _run("ko", place=TYPED)
    assert "1대가 이곳을 확실히 봅니다. 가장 가까운 카메라(9 m)는 보지 않습니다(벽에 가림)." in page_text(
        korean
    )


def test_the_old_rule_stands_beside_and_in_the_address(asked: list[dict[str, Any]]) -> None:
    test = _run(place=TYPED)
    assert "The old rule" not in page_text(test)
    assert "old" not in test.query_params
    test.toggle(key="old").set_value(True).run()
    assert (asked[-1]["old_rule"], test.query_params["old"]) == (True, "1")
    text = page_text(test)
    assert (
        "The old rule (nearest 5 within 500 m) names 1; certainly seeing the place: 0, possibly: 0." in text
    )
    assert "Missed, though certainly seeing it: 1, possibly: 0." in text
    assert text.count("old rule: no.") == 1 and "old rule: no. 1" in text.split("2011-1")[1]
    # A link shows the same.
    assert "old rule" in page_text(_run(place=TYPED, old="1"))
    test.toggle(key="old").set_value(False).run()
    assert "old" not in test.query_params


def test_a_call_says_which_cameras_may_be_used(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "ground", lambda _db, _watch: None)
    test = _run(place=TYPED, **{"for": "401"})
    assert asked[-1]["incident_class"] == "401"
    assert (
        "Installed for such a call: 0 of the 2 cameras listed. Any other needs a recorded ground"
        in page_text(test)
    )
    # They are counted, and not named before an emergency is recorded.
    assert "Installed for other purposes: 2 (certainly seeing: 1, possibly: 0)." in page_text(test)
    assert CERTAIN["camera_key"] not in page_text(test)
    test.selectbox(key="call").select("101").run()
    assert test.query_params["for"] == "101"
    assert "Installed for such a call: 2 of the 2 cameras listed." in page_text(test)
    assert "Any other needs" not in page_text(test) and "other purposes" not in page_text(test)
    assert CERTAIN["camera_key"] in page_text(test)
    # One that is recorded opens them, on the list as on the map.
    since = datetime(2013, 6, 30, 3, 0, tzinfo=UTC)
    held = {
        "ground_id": 1,
        "ground": "public_safety",
        "since": since,
        "until": since + timedelta(hours=1),
        "article": None,
    }
    monkeypatch.setattr(watching, "ground", lambda _db, _watch: held)
    opened = _run(place=TYPED, **{"for": "401"})
    assert CERTAIN["camera_key"] in page_text(opened)
    # A class that is none is not believed.
    assert _run(place=TYPED, **{"for": "999"}).selectbox(key="call").value is None


def test_a_camera_s_number_shows_that_camera(
    monkeypatch: pytest.MonkeyPatch, asked: list[dict[str, Any]]
) -> None:
    named: list[str] = []

    def card(_db: object, name: str, **_options: Any) -> dict[str, Any]:
        named.append(name)
        return CARD

    monkeypatch.setattr(camera, "card", card)
    found = answers.place("camera", key="2011-4")
    monkeypatch.setattr(where, "places", lambda _db, _text, **_options: answers.places(found))
    test = _run(place="2011-4")
    text = page_text(test)
    assert named == ["2011-4"] and asked == []
    assert "2011-4 · 버들로 4" in text
    assert "most likely within 45° of 155° SE, with a chance of 32 % (25 %" in text
    assert "it may see parts of 2,476 m²" in text and "certainly sees 0" not in text
    # Who sees its pole stands in the table.
    assert list(test.dataframe[0].value["key"]) == [CERTAIN["camera_key"]]


def test_no_camera_of_that_number_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(where, "places", lambda _db, _text, **_options: answers.places())
    test = _run("ko", place="2011-99")
    assert "‘2011-99’에 맞는 곳이 없습니다. 찾아본 것: 이름, 주소." in test.warning[0].value
    assert not test.dataframe


def test_the_map_shows_one_camera_with_all_that_it_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "language", lambda: "en")
    livemap.camera_map(CARD, on_click=lambda: None)
    drawn = caught["data"]
    assert [(mark["sight"], mark["text"]) for mark in drawn["cameras"]] == [("possible", "2011-4")]
    assert drawn["focus"]["bounds"] == ((126.93, 37.57), (126.95, 37.59))
    both = CARD | {"view": {"certain_m2": 3.0, "possible_m2": 5.0, "bounds": None}}
    livemap.camera_map(both, on_click=lambda: None)
    assert [mark["sight"] for mark in caught["data"]["cameras"]] == ["certain", "possible"]
    assert caught["data"]["focus"]["bounds"] == ((126.94, 37.58), (126.94, 37.58))
    livemap.camera_map(CARD | {"view": dict.fromkeys(CARD["view"])}, on_click=lambda: None)
    assert [mark["sight"] for mark in caught["data"]["cameras"]] == ["none"]


def test_the_map_marks_whom_the_old_rule_names_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "language", lambda: "en")
    answer = answers.nearest(CERTAIN, BLIND) | {"old_rule": RULE}
    livemap.find_map(answer, answers.PLACE, density_class="observe", on_click=lambda: None)
    assert [mark["old"] for mark in caught["data"]["cameras"]] == [False, True]
    assert [entry["text"] for entry in caught["data"]["legend"]] == ["Ring: named by the old rule"]
