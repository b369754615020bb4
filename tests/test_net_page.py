"""The part "Ways out" of Find, without a browser: what is asked, what is said, what the map is told, what the address keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from app import livemap, net_map, net_parts, session
from app.phrases_net import aim, headline, lines, proof, span_of_time
from app.services import find, net, net_relay, net_world
from app.services.net import Flight
from tests import answers
from tests.pages import page_text, visited

TYPED = "37.5791, 126.9368"
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[126.93, 37.57], [126.94, 37.57], [126.94, 37.58], [126.93, 37.57]]],
}
CAMERA = {
    "no": 1, "aim_id": 7, "camera_id": 1, "camera_key": "2011-1", "site": None, "agency": "north", "agency_en": None,
    "purpose": "crime_prevention", "kind": "fixed", "lat": 37.58, "lon": 126.94, "heading_deg": 90.0, "aim": None,
    "use": {"allowed": None, "ground": None}, "status": "working", "closes": [1],
}  # fmt: skip
TURNED = CAMERA | {
    "no": 2, "camera_id": 2, "camera_key": "2011-2", "kind": "ptz", "closes": [2, 3],
    "aim": {"heading_deg": 270.0, "tilt_deg": 12.0, "preset": 4, "hung": False},
}  # fmt: skip
PLACES = [
    {
        "exit_id": n,
        "lat": 37.57 + n / 1000,
        "lon": 126.93,
        "street": f"Lane {n}",
        "closed": n < 4,
        "end_of_map": False,
    }
    for n in (1, 2, 3, 4)
]


def ring(minutes: float, **changes: Any) -> dict[str, Any]:
    """Return a ring of four exits, three of them closed by two cameras."""
    opened = {name: PLACES[3][name] for name in ("exit_id", "lat", "lon", "street")} | {
        "why_code": "possible"
    }
    return {
        "minutes": minutes, "exits": 4, "closed": 3, "open": [opened], "cameras": [CAMERA, TURNED], "withheld": [],
        "places": PLACES, "escape_share": 0.25, "proved": True, "bound": 2, "shape": SQUARE,
    } | changes  # fmt: skip


def answer(*, first: bool = False, **changes: Any) -> dict[str, Any]:
    rings = [ring(each, proved=not first) for each in (1.0, 3.0, 5.0)]
    return {
        "point": {"lat": 37.5791, "lon": 126.9368}, "street": "Lane", "at": "2013-12-31", "mode": "foot", "since": None,
        "elapsed_s": 20.0, "longer": False, "may_have_left": False, "reaction_s": 30.0, "incident_class": None,
        "emergency": False, "may_be": SQUARE, "rings": rings, "first": first, "proved": not first, "walls_known": True,
        "stale": 0, "invented": True, "ms": 12.0,
    } | changes  # fmt: skip


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Answer every question; return what was asked about ways out."""
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    seeing = answers.nearest(answers.camera(9, "certain", 12.0, p_sees=1.0))
    monkeypatch.setattr(find, "nearest", lambda _db, *_given, **_options: seeing)
    questions: list[dict[str, Any]] = []

    def told(_db: object, _lon: float, _lat: float, **options: Any) -> Iterator[dict[str, Any]]:
        questions.append(options)
        yield answer(first=True)
        yield answer()

    monkeypatch.setattr(net, "answers", told)
    return questions


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Catch what is handed to the map."""
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given["data"]))
    return caught


def _page() -> None:
    from app.views import find

    find.page()


_run = partial(visited, _page)


def test_find_tells_who_sees_now_until_the_ways_out_are_chosen(asked: list[dict[str, Any]]) -> None:
    test = _run(place=TYPED)
    assert asked == []
    assert "ways out" not in page_text(test)
    test.segmented_control(key="part").set_value("ways").run()
    assert not test.exception
    assert (
        "3 min away: 3 of 4 ways out closed, cameras needed: 2. 25.0 % of the escapes stay open."
        in page_text(test)
    )
    assert test.query_params["part"] in ("ways", ["ways"])


def test_the_proof_takes_the_place_of_the_first_answer(asked: list[dict[str, Any]]) -> None:
    test = _run(place=TYPED, part="ways")
    assert "No fewer cameras would do: proved." in page_text(test)
    assert "is being checked" not in page_text(test)
    # what is proved is not asked again in the same step of the clock
    test.segmented_control(key="ring").set_value("5").run()
    assert len(asked) == 1
    assert "5 min away" in page_text(test)


def test_cameras_stand_in_order_and_open_exits_by_name() -> None:
    test = _run(place=TYPED, part="ways")
    cameras, exits = (table.value for table in test.dataframe)
    assert cameras["camera"].tolist() == ["2011-1", "2011-2"]
    assert cameras["aim"].tolist() == ["90° E", "preset 4, 270° W"]
    assert cameras["closes"].tolist() == ["1", "2, 3"]
    assert exits[["exit", "street", "why"]].values.tolist() == [[4, "Lane 4", "only assumed aims"]]
    korean = _run("ko", place=TYPED, part="ways")
    assert (
        "3분 거리: 나갈 길 4곳 가운데 3곳을 카메라 2대로 막습니다. 달아날 길의 25.0 %는 열려 있습니다."
        in page_text(korean)
    )


def test_mode_ring_call_and_time_are_asked_and_kept_in_the_address(asked: list[dict[str, Any]]) -> None:
    test = _run(place=TYPED, part="ways", mode="car", ring="1", since="2013-12-31T14:03", **{"for": "101"})
    flight: Flight = asked[-1]["flight"]
    assert (flight.mode, flight.incident_class) == ("car", "101")
    assert flight.since is not None
    assert flight.since.isoformat() == "2013-12-31T14:03:00+09:00"
    # the clock goes in steps of ten seconds
    assert (asked[-1]["now"] - flight.since) % timedelta(seconds=10) == timedelta(0)
    assert "1 min away" in page_text(test)
    assert {name: test.query_params[name] for name in ("mode", "ring")} == {"mode": "car", "ring": "1"}


def test_without_a_time_the_clock_runs_from_the_first_question_about_the_place(
    asked: list[dict[str, Any]],
) -> None:
    test = _run(place=TYPED, part="ways")
    first = asked[-1]["flight"].since
    test.segmented_control(key="mode").set_value("bicycle").run()
    assert (asked[-1]["flight"].mode, asked[-1]["flight"].since) == ("bicycle", first)
    test.text_input(key="place").set_value("37.5801, 126.9368").run()
    assert asked[-1]["flight"].since > first


def test_what_is_no_time_is_said_and_taken_for_now(asked: list[dict[str, Any]]) -> None:
    test = _run(place=TYPED, part="ways", since="soon")
    assert "does not read as a time" in test.warning[0].value
    assert asked[-1]["flight"].since is not None


def test_the_next_cameras_after_one_that_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []

    def relay(_db: object, camera: str, **options: Any) -> Mapping[str, Any]:
        named.append(camera)
        blind = {"blind_median_s": 75.0, "blind_low_s": 20.0, "blind_high_s": 190.0}
        cameras = [CAMERA | {"probability": 0.4, **blind}]
        return {
            "camera_key": camera,
            "mode": options["mode"],
            "within_s": 300.0,
            "cameras": cameras,
            "unseen": 0.35,
        }

    monkeypatch.setattr(net_relay, "relay", relay)
    test = _run(place=TYPED, part="ways")
    box = test.selectbox(key="net_next")
    # first who sees the place now, then the cameras of the net
    assert box.options == ["When 2011-9 loses him", "When 2011-1 loses him", "When 2011-2 loses him"]
    box.set_value("2011-2").run()
    assert named == ["2011-2"]
    assert (
        "Most likely 2011-1 next, with a chance of 40 %; until then unseen for 1 min 15 s (95 % within 3 min 10 s)."
        in page_text(test)
    )


def test_where_there_is_no_answer_one_sentence_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    from spatial.errors import NoStreetNear

    def none(_db: object, _lon: float, _lat: float, **_options: Any) -> Iterator[dict[str, Any]]:
        raise NoStreetNear(250.0, within_m=100.0)
        yield {}

    monkeypatch.setattr(net, "answers", none)
    test = _run(place=TYPED, part="ways")
    assert "250 m > 100 m" in test.error[0].value
    assert not test.dataframe


def test_the_map_shows_the_ring_the_exits_and_the_cameras_by_number(drawn: dict[str, Any]) -> None:
    _run(place=TYPED, part="ways")
    assert [mark["text"] for mark in drawn["cameras"]] == ["1", "2"]
    # a camera that must be turned first has no view on the map, which knows it as it hangs
    assert [mark["camera_id"] for mark in drawn["cameras"]] == [1, -2]
    assert [each["closed"] for each in drawn["ways"]["exits"]] == [True, True, True, False]
    assert [each["kind"] for each in drawn["ways"]["areas"]] == ["ring", "may_be"]
    # told by a sign as well as by a colour
    assert [entry.get("sign") for entry in drawn["legend"]] == ["✕", "■", "●", None, "╌"]
    assert drawn["focus"]["bounds"] == ((126.93, 37.571), (126.9368, 37.5791))


def test_the_clock_leaves_the_map_where_the_hand_put_it() -> None:
    first = net_map.ways_on_map(answer(), ring(3.0), "en")["focus"]
    later = net_map.ways_on_map(answer(elapsed_s=60.0), ring(3.0), "en")["focus"]
    other = net_map.ways_on_map(answer(), ring(5.0), "en")["focus"]
    assert isinstance(first, dict) and isinstance(later, dict) and isinstance(other, dict)
    assert first["token"] == later["token"] != other["token"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "3 min away: 3 of 4 ways out closed, cameras needed: 2. 25.0 % of the escapes stay open."),
        ({"closed": 4, "open": []}, "3 min away: all 4 ways out closed, cameras needed: 2."),
        ({"closed": 0, "cameras": []}, "3 min away: no camera closes any of the 4 ways out."),
        ({"exits": 0, "closed": 0}, "3 min away: there is no way out, every street here ends."),
    ],
)
def test_the_headline_of_a_ring(changes: dict[str, Any], told: str) -> None:
    assert headline(ring(3.0, **changes), "en") == told


def test_what_stands_behind_it() -> None:
    told = answer(emergency=True, walls_known=False, stale=3)
    withheld = ring(3.0, withheld=[TURNED, CAMERA | {"closes": [2]}])
    text = "\n".join(lines(told, withheld, "en"))
    for part in (
        "Open: only assumed aims (1).",
        "Cameras of other purposes would close 2 more: 2. They open on a recorded emergency ground.",
        "An emergency ground is recorded",
        "No building is loaded",
        "Cameras near whose views are out of date: 3.",
    ):
        assert part in text
    assert proof(answer(first=True), ring(3.0, proved=False), "en") == (
        "The answer at once; whether fewer would do is being checked."
    )
    assert (
        proof(answer(), ring(3.0, proved=False, bound=1), "en")
        == "Not proved in time; cameras needed at least: 1."
    )
    assert proof(answer(), ring(3.0, cameras=[]), "en") is None


def test_times_and_aims_in_words() -> None:
    assert [span_of_time(each, "en") for each in (0.4, 59.4, 59.6, 125.0)] == [
        "0 s",
        "59 s",
        "1 min 0 s",
        "2 min 5 s",
    ]
    assert aim(CAMERA | {"heading_deg": None}, "en") == "–"
    assert aim(TURNED | {"aim": TURNED["aim"] | {"preset": None}}, "ko") == "270° 서"  # type: ignore[operator]


def test_while_somebody_looks_who_sees_it_now_the_streets_are_read_ahead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ahead: list[object] = []
    monkeypatch.setattr(net_world, "warm", ahead.append)
    net_parts._read_ahead.cache_clear()
    _run(place=TYPED, part="ways")
    assert ahead == []
    _run(place=TYPED)
    assert len(ahead) == 1
    net_parts._read_ahead.cache_clear()
