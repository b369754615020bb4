"""The feed behind every open board: nothing is missed, nothing comes twice, each event is answered once."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app import live_feed
from app.live_feed import Feed, Frame, Shown, frame
from app.services import board
from etl.db import Database
from etl.store import live
from tests.database import TestCity
from tests.live_city import UNSEEN, call, close, outage
from tests.served_city import away, toy_served

__all__ = ["toy_served"]
PATIENCE_S = 20.0


class Watched:
    """Takes what a feed offers; tests wait until something came."""

    def __init__(self) -> None:
        self.frames: list[Frame | None] = []
        self._came = threading.Condition()

    def offer(self, message: Frame | None) -> None:
        with self._came:
            self.frames.append(message)
            self._came.notify_all()

    def until(self, done: Callable[[list[tuple[str, Any]]], bool]) -> list[tuple[str, Any]]:
        """Return what came, as kind and content, once that is enough."""
        with self._came:
            assert self._came.wait_for(lambda: done(self.told()), PATIENCE_S), self.told()
            return self.told()

    def told(self) -> list[tuple[str, Any]]:
        return [(each.kind, json.loads(each.text)) for each in self.frames if each]

    def events(self) -> list[int]:
        return [each.event_id for each in self.frames if each and each.event_id and each.kind != "reset"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often Find is asked about each incident."""
    counted: Counter[str] = Counter()
    answers = board.answers

    def counting(db: Database, rows: Any) -> Any:
        counted.update(row["incident_key"] for row in rows)
        return answers(db, rows)

    monkeypatch.setattr(board, "answers", counting)
    return counted


@pytest.fixture
def feed(toy_served: None, city: TestCity, owner: Database, asked: Counter[str]) -> Iterator[Feed]:
    """A feed of the toy city, in which no call has come in."""
    opened: list[Database] = []

    def database() -> Database:
        opened.append(city.open("staff"))
        live.last_event(opened[-1])
        return opened[-1]

    def forget() -> None:
        while opened:
            opened.pop().close()

    made = Feed(database, forget)
    yield made
    made.end()
    until = time.monotonic() + PATIENCE_S
    while made._thread is not None and time.monotonic() < until:
        time.sleep(0.05)
    forget()
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.incident")
        connection.exec_driver_sql("delete from core.camera_status")


def watch(feed: Feed, *, view: Any = "points", after: int | None = None) -> Watched:
    watched = Watched()
    feed.subscribe(watched.offer, view, after)
    return watched


def has(kind: str, times: int = 1) -> Callable[[list[tuple[str, Any]]], bool]:
    return lambda told: sum(each == kind for each, _ in told) >= times


def test_who_comes_gets_the_board_then_each_event_answered_once_for_all(
    feed: Feed, owner: Database, asked: Counter[str]
) -> None:
    call(owner, "before")
    boards = [watch(feed) for _ in range(5)]
    ((_, whole),) = boards[0].until(has("reset"))
    assert [row["incident_key"] for row in whole["incidents"]] == ["before"]
    assert whole["cameras"] == 2
    call(owner, "after", urgency=0)
    close(owner, "before")
    for each in boards:
        told = each.until(has("closed"))
        assert [kind for kind, _ in told] == ["reset", "incident", "closed"]
        assert told[1][1]["incident"]["answer"]["seen_by"] == 1
        assert told[2][1]["incident_key"] == "before"
        assert each.events() == [whole["last_event"] + 1, whole["last_event"] + 2]
    assert asked == {"before": 1}  # "after" lies where "before" does, and is of its class


def test_what_was_missed_comes_in_order_and_only_that(feed: Feed, owner: Database) -> None:
    first = watch(feed)
    ((_, whole),) = first.until(has("reset"))
    for number in range(6):
        call(owner, f"c{number}", east_m=UNSEEN)
    first.until(has("incident", 6))
    again = watch(feed, after=whole["last_event"] + 2)
    again.until(has("incident", 4))
    assert again.events() == first.events()[2:]
    assert not any(kind == "reset" for kind, _ in again.told())
    nothing = watch(feed, after=whole["last_event"] + 6)
    assert nothing.frames == []


def test_a_server_that_starts_anew_tells_what_came_meanwhile(feed: Feed, owner: Database) -> None:
    known = live.last_event(owner)
    for key in ("a", "b", "c"):
        call(owner, key)
    close(owner, "b")
    back = watch(feed, after=known)
    told = back.until(has("closed", 2))
    # Of what was opened and closed again meanwhile, what it is now.
    assert [(kind, content["event_id"] - known) for kind, content in told] == [
        ("incident", 1),
        ("closed", 2),
        ("incident", 3),
        ("closed", 4),
    ]


def test_an_event_that_nobody_can_know_means_the_whole_board(feed: Feed, owner: Database) -> None:
    call(owner, "a")
    ahead = watch(feed, after=live.last_event(owner) + 1000)
    ((kind, whole),) = ahead.until(has("reset"))
    assert (kind, len(whole["incidents"])) == ("reset", 1)


def test_a_lost_database_is_said_and_after_its_return_nothing_is_missing(
    feed: Feed, owner: Database, city: TestCity
) -> None:
    watched = watch(feed)
    watched.until(has("reset"))
    call(owner, "before")
    watched.until(has("incident"))
    with away(city):
        told = watched.until(has("state"))
        assert told[-1][1]["database"] == "lost"
        assert told[-1][1]["since"] is not None
        late = watch(feed)
        assert late.until(has("state"))[-1][1]["database"] == "lost"
    owner.engine.dispose()
    for key in ("while", "after"):
        call(owner, key)
    told = watched.until(has("incident", 3))
    assert [content["incident"]["incident_key"] for kind, content in told if kind == "incident"] == [
        "before",
        "while",
        "after",
    ]
    watched.until(lambda told: any(kind == "state" and each["database"] == "there" for kind, each in told))
    assert watched.events() == sorted(set(watched.events()))


def test_an_outage_tells_the_count_and_asks_anew_what_rested_on_the_camera(
    feed: Feed, owner: Database, asked: Counter[str]
) -> None:
    call(owner, "seen")
    call(owner, "unseen", east_m=UNSEEN, code="201")
    watched = watch(feed)
    watched.until(has("reset"))
    outage(owner, "west-1")
    # The second no longer lists it among those that are near.
    told = watched.until(has("incident", 2))
    (health,) = [content for kind, content in told if kind == "health"]
    assert (health["out_of_order"], health["cameras"]) == (1, 2)
    changed = {
        each["incident"]["incident_key"]: each["incident"] for kind, each in told if kind == "incident"
    }
    assert changed["seen"]["answer"]["headline_code"] == "may"
    assert [row["camera_key"] for row in changed["unseen"]["answer"]["cameras"]] == ["north-1"]
    assert asked == {"seen": 2, "unseen": 2}


def test_what_is_open_no_longer_without_an_event_goes_with_the_next(feed: Feed, owner: Database) -> None:
    call(owner, "deleted")
    watched = watch(feed)
    watched.until(has("reset"))
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.incident")
    call(owner, "next")
    told = watched.until(has("closed"))
    assert told[-1] == ("closed", {"incident_key": "deleted"})


def test_a_planner_sees_cells_while_an_operator_sees_points(feed: Feed, owner: Database) -> None:
    points, cells = watch(feed), watch(feed, view="cells")
    points.until(has("reset"))
    cells.until(has("reset"))
    call(owner, "home", code="107", name="가정폭력")
    precise = points.until(has("incident"))[-1][1]["incident"]
    coarse = cells.until(has("incident"))[-1][1]["incident"]
    assert (precise["place_m"], precise["answer"]["seen_by"]) == (None, 1)
    assert (coarse["place_m"], coarse["answer"]) == (250.0, None)
    assert (coarse["lat"], coarse["lon"]) != (precise["lat"], precise["lon"])


def test_with_nobody_watching_the_listener_ends_and_begins_again(
    feed: Feed, owner: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_feed, "IDLE_S", 0.0)
    watched = watch(feed)
    watched.until(has("reset"))
    feed.leave(watched.offer)
    until = time.monotonic() + PATIENCE_S
    while feed._thread is not None:
        assert time.monotonic() < until
        time.sleep(0.05)
    call(owner, "meanwhile")
    ((_, whole),) = watch(feed).until(has("reset"))
    assert [row["incident_key"] for row in whole["incidents"]] == ["meanwhile"]


def test_an_answer_that_became_old_is_asked_anew(
    feed: Feed, owner: Database, asked: Counter[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call(owner, "a")
    watched = watch(feed)
    watched.until(has("reset"))
    with owner.engine.begin() as connection:
        # Nothing tells of a field of view that is gone.
        connection.exec_driver_sql("create table core.kept as select * from core.field_of_view")
        connection.exec_driver_sql("delete from core.field_of_view")
    try:
        monkeypatch.setattr(live_feed, "_ANSWER_S", 0.0)
        changed = watched.until(has("incident"))[-1][1]
    finally:
        with owner.engine.begin() as connection:
            connection.exec_driver_sql("insert into core.field_of_view select * from core.kept")
            connection.exec_driver_sql("drop table core.kept")
    assert "event_id" not in changed
    assert changed["incident"]["answer"]["headline_code"] == "none"


def test_the_end_of_the_server_ends_every_board(feed: Feed, owner: Database) -> None:
    watched = watch(feed)
    watched.until(has("reset"))
    feed.end()
    assert watched.frames[-1] is None
    assert watch(feed).frames == [None]


def test_messages_are_kept_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_feed, "_KEPT_EVENTS", 3)
    shown = Shown({}, floor=10)
    shown.add([frame("closed", {"event_id": number}, number) for number in (11, 12, 13)])
    assert [each.event_id for each in shown.after(11) or ()] == [12, 13]
    shown.add([frame("incident", {"incident": {}}), frame("closed", {}, 14)])
    assert (shown.floor, shown.after(11)) == (12, None)
    # What is no event goes with the events round it.
    assert [each.event_id for each in shown.after(12) or ()] == [13, None, 14]
    assert [each.event_id for each in shown.after(13) or ()] == [None, 14]
    assert shown.after(14) == []
