"""The keys of cameras on Find, without a browser: what a press writes, the form of an emergency ground, what waits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import RerunData, RerunException
from streamlit.testing.v1 import AppTest

from app import session, watch_parts, watch_state
from app.services import find, watching
from app.watch_state import Press
from etl.settings import district
from etl.video import Video
from tests import answers
from tests.pages import page_text, visited

TYPED = "37.5791, 126.9368"
SEES = answers.camera(1, "certain", 12.0, p_sees=1.0)
OTHER = answers.camera(2, "certain", 21.0, p_sees=1.0) | {"use": {"allowed": False, "ground": "25-1-4"}}
UNSURE = answers.camera(3, "possible", 31.0, p_sees=0.2)


class _NoDatabase:
    district = district("sample")

    def close(self) -> None:
        """Close nothing."""


class Desk:
    """What stands behind the page: the presses to come, what was written, whether the database is away, the ground in force."""

    def __init__(self) -> None:
        self.presses: list[Press] = []
        self.kept: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.away = False
        self.ground: dict[str, Any] | None = None
        self.drawn: list[dict[str, Any]] = []
        self.now_s = 1000.0
        self._n = 0

    def press(self, what: str, camera: dict[str, Any] | None = None) -> None:
        self._n += 1
        self.presses.append(Press(self._n, what, camera and camera["camera_id"]))

    def record(self, service: Callable[..., Any], *given: Any, **options: Any) -> tuple[bool, Any]:
        if self.away:
            return False, None
        self.kept.append((service.__name__, given, options))
        return True, getattr(self, f"_{service.__name__}")(*given, **options)

    def _open_or_ask(self, row: dict[str, Any], _watch: object, **_options: Any) -> dict[str, Any]:
        needed = row["use"]["allowed"] is False and self.ground is None
        return {"ground_needed": needed, "url": None if needed else f"vms://camera/{row['camera_key']}"}

    def _record_ground(self, _watch: object, *, code: str, **_options: Any) -> dict[str, Any]:
        import datetime as dt

        now = dt.datetime(2013, 3, 4, 1, tzinfo=dt.UTC)
        self.ground = {"ground_id": 1, "ground": code, "article": "18-2-3", "until": now}
        return self.ground

    def _record_sighting(self, *_given: Any, **_options: Any) -> dict[str, Any]:
        return {"sighting_id": 40 + len(self.kept)}

    def _undo_sighting(self, *_given: Any, **_options: Any) -> bool:
        return True

    def _record(self, *_given: Any, **_options: Any) -> dict[str, Any]:
        return {"evidence_id": 9}

    def _take_back(self, *_given: Any, **_options: Any) -> dict[str, Any]:
        return {"evidence_id": 9}

    @property
    def told(self) -> str:
        return str(self.drawn[-1]["status"])

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.kept]


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A page whose component is this desk."""
    made = Desk()
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(
        session.Writer,
        "write",
        lambda _hand, service, *given, **options: made.record(service, *given, **options),
    )
    monkeypatch.setattr(watching, "ground", lambda _db, _watch: made.ground)
    monkeypatch.setattr(watch_parts, "now_s", lambda: made.now_s)
    monkeypatch.setattr(
        watch_parts, "presses", lambda _key, done: [each for each in made.presses if each.n > done]
    )
    monkeypatch.setattr(watch_parts, "_component", lambda **given: made.drawn.append(given["data"]))
    monkeypatch.setattr(
        find, "nearest", lambda _db, *_given, **_options: answers.nearest(SEES, OTHER, UNSURE)
    )
    return made


def _page() -> None:
    from app.views import find

    find.page()


_run = partial(visited, _page, place=TYPED)


def _buttons(desk: Desk) -> list[tuple[int, bool, bool]]:
    return [(each["no"], each["locked"], each["chosen"]) for each in desk.drawn[-1]["cameras"]]


def test_a_key_opens_what_stands_at_its_number_and_tells_who_for_what(desk: Desk) -> None:
    test = _run(**{"for": "104"})
    assert [(each["no"], each["text"]) for each in desk.drawn[-1]["cameras"]] == [
        (1, "2011-1"), (2, ""), (3, "2011-3"),  # of another purpose: no name before a ground is recorded
    ]  # fmt: skip
    assert _buttons(desk) == [(1, False, False), (2, True, False), (3, False, False)]
    assert desk.drawn[-1]["asked"] is None
    desk.press("open", SEES)
    test.run()
    ((name, (row, asked), options),) = desk.kept
    assert (name, row["camera_key"], options["by"]) == ("open_or_ask", "2011-1", None)
    assert (asked.lat, asked.lon, asked.incident_key, asked.incident_class) == (
        37.5791,
        126.9368,
        None,
        "104",
    )
    assert desk.drawn[-1]["opened"] == {"n": 1, "camera_id": 1, "url": "vms://camera/2011-1"}
    assert desk.told == "2011-1: logged and opened."
    assert desk.drawn[-1]["asked"] == "2011-1: is the place (215° SW) on the picture?"
    assert _buttons(desk)[0] == (1, False, True)


def test_the_incident_in_the_address_is_what_it_is_opened_for(desk: Desk) -> None:
    test = _run(incident="112-7")
    desk.press("open", SEES)
    test.run()
    assert desk.kept[0][1][1].incident_key == "112-7"


def test_a_press_is_answered_once_and_several_in_their_order(desk: Desk) -> None:
    test = _run()
    desk.press("open", SEES)
    desk.press("not")
    test.run()
    test.run()
    assert desk.names == ["open_or_ask", "record_sighting"]
    assert desk.drawn[-1]["done"] == 2


def test_a_camera_of_another_purpose_opens_once_a_ground_is_recorded(desk: Desk) -> None:
    test = _run()
    desk.press("open", OTHER)
    test.run()
    assert desk.drawn[-1]["opened"] is None
    assert (
        desk.told
        == "This camera was installed for another purpose. It opens once an emergency ground is recorded below."
    )
    assert test.selectbox(key="ground_code").options[0] == (
        "urgent danger to life, body or property (PIPA Article 18(2) 3)"
    )
    record = next(button for button in test.button if button.label == "Record and open")
    record.click().run()
    assert test.warning[0].value == "Say who records it, and why."
    assert desk.names == ["open_or_ask"]
    test.text_input(key="ground_who").input("Kim")
    test.text_input(key="ground_reason").input("a child is missing")
    next(button for button in test.button if button.label == "Record and open").click().run()
    assert desk.names == ["open_or_ask", "record_ground", "open_or_ask"]
    assert desk.kept[1][2] | {"roles": None} == {
        "code": "life_body_property", "who": "Kim", "reason": "a child is missing", "by": None, "roles": None,
    }  # fmt: skip
    # The press that asked for it is the one that opens.
    assert desk.drawn[-1]["opened"] == {"n": 1, "camera_id": 2, "url": "vms://camera/2011-2"}
    assert _buttons(desk)[1] == (2, False, True)
    assert "until 10:00" in test.caption[0].value  # 01:00 UTC on the clocks of Seoul
    assert "ground_code" not in {each.key for each in test.selectbox}


def test_the_form_can_be_left(desk: Desk) -> None:
    test = _run("ko")
    desk.press("open", OTHER)
    test.run()
    next(button for button in test.button if button.label == "그만두기").click().run()
    assert "ground_code" not in {each.key for each in test.selectbox}
    assert desk.names == ["open_or_ask"]


def test_y_and_n_record_the_place_and_u_takes_it_back(desk: Desk) -> None:
    test = _run()
    desk.press("see")  # nothing is looked at yet
    test.run()
    assert desk.kept == []
    desk.press("open", SEES)
    desk.press("not")
    test.run()
    name, (row, asked), options = desk.kept[-1]
    assert (name, row["camera_key"], asked.lat) == ("record_sighting", "2011-1", 37.5791)
    assert (options["seen"], options["density_class"], options["late_s"]) == (False, "observe", 0.0)
    assert (desk.told, desk.drawn[-1]["undo"]) == ("2011-1: recorded as not seen.", True)
    desk.press("undo")
    test.run()
    assert desk.kept[-1][:2] == ("undo_sighting", (42,))
    assert (desk.told, desk.drawn[-1]["undo"]) == ("The last answer is taken back.", False)


def test_of_a_camera_of_unknown_aim_the_answer_sharpens_it_and_goes_back_with_it(desk: Desk) -> None:
    test = _run()
    desk.press("open", UNSURE)
    desk.press("see")
    test.run()
    assert desk.names == ["open_or_ask", "record_sighting", "record"]
    assert desk.kept[-1][1:] == (("2011-3",), {"lat": 37.5791, "lon": 126.9368, "seen": True, "by": None})
    desk.press("undo")
    test.run()
    assert desk.kept[-1] == ("take_back", (9,), {"by": None})


def test_an_opening_that_cannot_be_written_opens_nothing(desk: Desk) -> None:
    test = _run()
    desk.away = True
    desk.press("open", SEES)
    test.run()
    assert desk.drawn[-1]["opened"] is None
    assert desk.told == "2011-1 was not opened: the opening could not be logged. Press the same key again."


def test_a_run_that_is_cut_off_by_the_next_press_loses_no_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = _run()
    desk.press("open", SEES)
    test.run()
    desk.away = True
    cuts = [RerunException(RerunData())]

    def told(_hand: object) -> None:
        # Wherever the page is touched, a press that came meanwhile cuts the run off.
        if cuts:
            raise cuts.pop()

    monkeypatch.setattr(session.Writer, "tell", told)
    desk.press("see")
    desk.press("open", SEES)
    test.run()
    test.run()
    assert not cuts
    assert "Answers that the database has not taken yet: 1." in test.warning[0].value
    assert desk.told.startswith("2011-1 was not opened: the opening could not be logged.")


def test_an_answer_waits_for_the_database_and_is_written_as_of_its_press(desk: Desk) -> None:
    test = _run()
    desk.press("open", SEES)
    test.run()
    desk.away = True
    desk.press("see")
    desk.press("not")
    test.run()
    assert "Answers that the database has not taken yet: 2." in test.warning[0].value
    # Another question does not lose them.
    test.text_input(key="place").input("37.5800, 126.9368").run()
    assert "not taken yet: 2." in test.warning[0].value
    desk.now_s = 1090.0
    test.button(key="watch_again").click().run()
    assert "not taken yet: 2." in test.warning[0].value
    desk.away = False
    test.button(key="watch_again").click().run()
    written = [(given[1].lat, options["seen"], options["late_s"]) for _, given, options in desk.kept[1:]]
    assert written == [(37.5791, True, 90.0), (37.5791, False, 90.0)]
    assert not test.warning
    assert desk.told == "What waited is recorded, as of when it was pressed."


def test_without_a_video_system_the_keys_say_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = replace(district("sample"), video=Video())
    monkeypatch.setattr(session, "district", lambda: plain)
    monkeypatch.setattr(
        desk, "_open_or_ask", lambda *_given, **_options: {"ground_needed": False, "url": None}
    )
    test = _run()
    assert "names no video system" in desk.told
    assert _buttons(desk)[1] == (2, False, False)  # nothing opens, so nothing is locked
    desk.press("open", OTHER)
    test.run()
    assert desk.drawn[-1]["opened"] is None
    assert desk.told.startswith("2011-2 is chosen. Nothing was opened")


def test_who_is_no_operator_has_no_keys(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"planner"}))
    test = _run()
    assert desk.drawn == []
    assert test.selectbox(key="glance_camera").options == ["2011-3 · 215° SW"]


def test_another_question_starts_anew(desk: Desk) -> None:
    test = _run()
    desk.press("open", SEES)
    test.run()
    test.text_input(key="place").input("37.5800, 126.9368").run()
    assert (desk.drawn[-1]["asked"], desk.drawn[-1]["opened"]) == (None, None)
    assert desk.drawn[-1]["done"] == 1  # the press is not answered for the new place


@pytest.mark.parametrize(
    "told",
    [
        None,
        {"presses": "1"},
        {
            "presses": [
                None,
                {"n": "1", "what": "open"},
                {"n": 1, "what": "steer", "camera_id": 1},
                {"what": "see"},
            ]
        },
    ],
)
def test_what_is_no_press_of_ours_is_left_out(monkeypatch: pytest.MonkeyPatch, told: object) -> None:
    monkeypatch.setattr(watch_state.st, "session_state", {"k": type("Told", (), {"press": told})()})
    assert list(watch_state.presses("k", 0)) == []


def test_presses_come_in_their_order_and_only_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [{"n": 3, "what": "see"}, {"n": 2, "what": "open", "camera_id": 7}, {"n": 1, "what": "undo"}]
    monkeypatch.setattr(
        watch_state.st, "session_state", {"k": type("Told", (), {"press": {"presses": listed}})()}
    )
    assert list(watch_state.presses("k", 1)) == [Press(2, "open", 7), Press(3, "see")]


def test_the_page_says_what_it_is_about(desk: Desk) -> None:
    test: AppTest = _run("ko")
    assert "2대가 이곳을 확실히" in page_text(test)
    assert desk.told == "목록의 번호가 곧 키입니다. 열기 전에 기록이 남습니다."
    assert desk.drawn[-1]["cameras"][1]["label"] == (
        "2번 카메라. 확실히 보임, 21 m. 설치 목적이 달라 긴급 사유를 기록해야 열립니다."
    )
