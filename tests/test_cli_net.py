"""`golmok net` on the crossing of tests/crossroads.py: what it prints, in text and as JSON, and what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.clock_text import instant
from tests import city_in_database as toy_city
from tests.city_in_database import Door
from tests.crossroads import crossroads
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner

SEOUL = ZoneInfo("Asia/Seoul")
AFTERNOON = datetime(2026, 11, 27, 14, 10, tzinfo=SEOUL)


@pytest.fixture(scope="module")
def door(city: TestCity) -> Iterator[Door]:
    with crossroads(city) as opened:
        yield opened


@pytest.fixture
def golmok(
    city: TestCity,
    door: Door,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


@pytest.fixture
def place(door: Door) -> tuple[str, ...]:
    lon, lat = toy_city.lonlat(door("staff"), 0, 0)
    # A digit less and he stands a hair up one of the four streets, where half of the ways lead on.
    return ("--lat", repr(lat), "--lon", repr(lon), "--minutes", "1", "--reaction", "0")


def test_a_sentence_a_ring_then_cameras_and_open_exits(golmok: Golmok, place: tuple[str, ...]) -> None:
    told = golmok("net", *place)
    assert told.code == 0
    assert (
        "1 min away: 2 of 4 ways out closed, cameras needed: 2. 50.0 % of the escapes stay open." in told.out
    )
    assert "No fewer cameras would do: proved." in told.out
    assert "Open: only assumed aims (1), its PTZ is needed elsewhere (1)." in told.out
    assert (
        "0 s since the call and 0 s to react: he may be anywhere he could get to meanwhile (on foot, from"
        in told.out
    )


def test_json_keeps_its_contract(golmok: Golmok, place: tuple[str, ...]) -> None:
    answer = golmok("net", *place, "--for", "101", "--json").answer
    (ring,) = answer["rings"]
    assert {"minutes", "exits", "closed", "open", "cameras", "escape_share"} <= set(ring)
    (camera,) = ring["cameras"]
    assert {"camera_id", "camera_key", "agency", "aim", "use", "lat", "lon", "closes"} <= set(camera)
    assert (ring["exits"], ring["closed"], ring["escape_share"]) == (4, 1, 0.75)
    assert (answer["mode"], answer["incident_class"], answer["invented"], answer["first"]) == (
        "foot",
        "101",
        True,
        False,
    )
    assert answer["ms"] > 0


def test_purposes_and_the_first_answer_are_said(golmok: Golmok, place: tuple[str, ...]) -> None:
    told = golmok("net", *place, "--for", "101")
    assert (
        "Cameras of other purposes would close 1 more: 1. They open on a recorded emergency ground."
        in told.out
    )
    assert golmok("net", *place, "--first", "--json").answer["first"] is True


def test_who_sees_him_next(golmok: Golmok, place: tuple[str, ...]) -> None:
    told = golmok("net", "--next", "c1")
    assert "Most likely c1 next, with a chance of 50 %; until then unseen for 2 min 56 s" in told.out
    assert "Seen by no camera within 5 min: 33 %." in told.out
    assert golmok("net", "--next", "c2").out.startswith("No camera sees him within 5 min.")
    wrong = golmok("net", "--next", "nobody")
    assert (wrong.code, "nobody" in wrong.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--mode", "horse"), "He moves by foot, bicycle or car"),
        (("--minutes", "one"), "rings are minutes with commas"),
        (("--minutes", "99"), "beyond what can be told"),
        (("--since", "yesterday"), "a time is 14:03"),
        (("--since", "2999-01-01T00:00Z"), "lies ahead of the clock"),
        (("--for", "xyz"), "112 class"),
        (("--next", "c1"), "--next asks about a camera"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(
    golmok: Golmok, place: tuple[str, ...], words: tuple[str, ...], said: str
) -> None:
    told = golmok("net", *place, *words)
    assert told.code == 2
    assert said in told.err


def test_a_place_needs_both_coordinates_and_a_street(golmok: Golmok, door: Door) -> None:
    assert golmok("net", "--lat", "37.5").code == 2
    lon, lat = toy_city.lonlat(door("staff"), 170, 170)
    far = golmok("net", "--lat", str(lat), "--lon", str(lon))
    assert (far.code, "No street that can be used is near" in far.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("14:03", "2026-11-27T14:03:00+09:00"),
        ("14:03:20", "2026-11-27T14:03:20+09:00"),
        # nobody calls in what is yet to happen
        ("23:50", "2026-11-26T23:50:00+09:00"),
        ("2026-11-20T01:00", "2026-11-20T01:00:00+09:00"),
        ("2026-11-20T01:00Z", "2026-11-20T01:00:00+00:00"),
    ],
)
def test_a_time_is_the_last_such_on_the_clocks_of_the_district(text: str, told: str) -> None:
    assert instant(text, SEOUL, now=AFTERNOON).isoformat() == told


@pytest.mark.parametrize("text", ["25:00", "14:61", "soon", ""])
def test_what_tells_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        instant(text, SEOUL, now=AFTERNOON)
