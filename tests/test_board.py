"""The board: what is open, what is said of it, to whom; and the command that lists it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from app import phrases_board, printing_board
from app.services import board
from etl.db import Database
from tests import answers
from tests.database import TestCity
from tests.live_city import UNSEEN, call, close, outage
from tests.served_city import toy_served

__all__ = ["toy_served"]
READS = "select who, detail ->> 'precise_for' from meta.access_log where who in ('lee', 'mr park') and purpose = 'live board' order by at"


@pytest.fixture
def desk(toy_served: None, city: TestCity, owner: Database) -> Iterator[Database]:
    """The app's door to the toy city, in which no call has come in."""
    staff = city.open("staff")
    yield staff
    staff.close()
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.incident")
        connection.exec_driver_sql("delete from core.camera_status")


def test_what_is_open_comes_by_urgency_then_the_newest_with_its_cameras(
    owner: Database, desk: Database
) -> None:
    call(owner, "quiet", urgency=4, east_m=UNSEEN)
    call(owner, "older", ago_min=9)
    call(owner, "newer", ago_min=2)
    call(owner, "worst", urgency=0, ago_min=30)
    call(owner, "untold", urgency=None)
    call(owner, "done", closing="101")
    told = board.open_board(desk, role="operator", who="kim")
    assert [row["incident_key"] for row in told["incidents"]] == [
        "worst",
        "newer",
        "older",
        "quiet",
        "untold",
    ]
    worst, quiet = told["incidents"][0], told["incidents"][3]
    # Camera 1 looks at the place, and of camera 2 nobody knows where it looks.
    assert worst["answer"]["headline_code"] == "seen"
    assert (worst["answer"]["seen_by"], worst["answer"]["may_be_seen_by"]) == (1, 1)
    assert [(row["no"], row["camera_key"], row["sees"]) for row in worst["answer"]["cameras"]] == [
        (1, "west-1", True),
        (2, "north-1", False),
    ]
    assert (worst["street"], worst["address"], worst["place_m"]) == ("한길", None, None)
    assert quiet["answer"]["headline_code"] == "none"
    assert quiet["street"] is None
    assert (told["out_of_order"], told["cameras"], told["open_hours"]) == (0, 2, 24.0)
    assert told["last_event_at"] is not None


def test_a_call_without_a_place_is_open_and_asks_nothing(owner: Database, desk: Database) -> None:
    call(owner, "somewhere", east_m=None)
    (row,) = board.open_board(desk, role="operator", who=None)["incidents"]
    assert (row["lat"], row["lon"], row["answer"]) == (None, None, None)
    assert phrases_board.where(row, "en") == "place not known"
    assert phrases_board.cameras(row["answer"], "ko") == "–"


def test_a_planner_gets_a_cell_and_no_cameras_where_a_class_is_sensitive(
    owner: Database, desk: Database
) -> None:
    call(owner, "home", code="107", name="가정폭력")
    call(owner, "street", urgency=2)
    home, street = board.open_board(desk, role=None, who="park")["incidents"]
    assert home["place_m"] == 250.0
    assert (home["answer"], home["street"], home["address"]) == (None, None, None)
    assert phrases_board.where(home, "en") == "place not told (250 m cell)"
    precise, _ = board.open_board(desk, role="operator", who="kim")["incidents"]
    assert (home["lat"], home["lon"]) != (precise["lat"], precise["lon"])
    assert precise["answer"]["seen_by"] == 1
    assert street["place_m"] is None
    assert street["answer"]["seen_by"] == 1


def test_who_reads_stands_in_the_log(owner: Database, desk: Database) -> None:
    board.open_board(desk, role="auditor", who="lee")
    board.open_board(desk, role=None, who="mr park")
    with owner.engine.connect() as connection:
        assert connection.exec_driver_sql(READS).all() == [("lee", "auditor"), ("mr park", None)]


def test_cameras_that_are_down_are_counted_and_see_nothing(owner: Database, desk: Database) -> None:
    call(owner, "a")
    outage(owner, "west-1")
    told = board.open_board(desk, role="operator", who=None)
    assert (told["out_of_order"], told["cameras"]) == (1, 2)
    (row,) = told["incidents"]
    assert (row["answer"]["headline_code"], row["answer"]["may_be_seen_by"]) == ("may", 1)
    assert "west-1" not in [camera["camera_key"] for camera in row["answer"]["cameras"]]


def test_cameras_of_another_purpose_are_counted_apart() -> None:
    mine, other = (
        answers.camera(1, "certain", 12.0, p_sees=1.0),
        answers.camera(2, "certain", 20.0, p_sees=1.0),
    )
    other["use"] = {"allowed": False, "ground": "25-1-4"}
    told = board.first_cameras(answers.nearest(other, mine))
    assert (told["seen_by"], told["other_purpose"]) == (1, 1)
    # The number is that of Find's list, which holds the other as well.
    assert [row["no"] for row in told["cameras"]] == [2]
    assert phrases_board.cameras(told, "en") == "seen by 1, +1 of another purpose"
    alone = board.first_cameras(answers.nearest(other))
    assert (alone["headline_code"], alone["cameras"]) == ("none", [])
    assert phrases_board.cameras(alone, "en") == "none that may be used, +1 of another purpose"


def test_nothing_open_says_when_the_last_news_came(
    owner: Database, desk: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    call(owner, "a")
    close(owner, "a")
    told = board.open_board(desk, role="operator", who=None)
    assert told["incidents"] == []
    json.dumps(told, allow_nan=False)
    told["last_event_at"] = "2026-11-26T05:03:22.000+00:00"
    printing_board.board(told)
    assert capsys.readouterr().out == "Open incidents: 0.\nLast news 14:03:22.\n0 of 2 cameras down\n"


def test_the_list_reads_as_the_page_does(owner: Database, desk: Database) -> None:
    call(owner, "a", code="301", name="시비")
    (row,) = board.open_board(desk, role="operator", who=None)["incidents"]
    told = [phrases_board.urgency(row, "ko"), phrases_board.what(row, "ko"), phrases_board.where(row, "ko")]
    assert told == ["코드 1 긴급", "301 시비", "한길"]
    assert phrases_board.cameras(row["answer"], "ko") == "확실히 보는 카메라 1대, 볼 수도 1대"
    assert phrases_board.what(row | {"class_code": "999"}, "ko") == "시비"
