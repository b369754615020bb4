"""The stream behind a sign-in: who gets points, who gets cells, who gets nothing; and what a slow client loses."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app import live
from app.live_feed import Frame, frame
from app.roles import NotYours, require_board
from app.sign_in import SignedOut
from app.watcher import Message, messages
from etl.db import Database
from tests.database import TestCity
from tests.live_city import call
from tests.served_city import away, serving, toy_served

__all__ = ["toy_served"]
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

SECRET = "a secret of this test, thirty-two bytes and more"


@pytest.fixture(scope="module")
def address(city: TestCity, toy_served: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the toy city behind a sign-in whose provider nobody needs to ask."""

    def secrets(port: int) -> str:
        return (
            f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\ncookie_secret = "{SECRET}"\n'
            'client_id = "golmok"\nclient_secret = "golmok"\n'
            'server_metadata_url = "http://localhost:1/.well-known/openid-configuration"\n'
        )

    folder = tmp_path_factory.mktemp("served")
    with serving(city, folder, secrets=secrets, GOLMOK_LANGUAGE="en", GOLMOK_ROLES_CLAIM="roles") as where:
        yield where


def cookie(address: str, who: str, *roles: str, age_s: float = 60) -> str:
    """Return the cookie of somebody who signed in so long ago."""
    claims = {"is_logged_in": True, "provider": "default", "origin": address, "iat": time.time() - age_s,
              "sub": who, "email": who, "roles": list(roles)}  # fmt: skip
    return f"_streamlit_user={create_signed_value(SECRET, '_streamlit_user', json.dumps(claims)).decode()}"


def first(address: str, signed: str, kind: str) -> Message:
    """Return the first message of a kind."""
    return next(each for each in messages(address, cookie=signed) if each.kind == kind)


def refused(address: str, signed: str | None, *, ask: bool = False) -> int:
    """Return the status with which the stream is refused."""
    asked = Request(f"{address}/live{'?ask=1' if ask else ''}", headers={"Cookie": signed} if signed else {})
    with pytest.raises(HTTPError) as error:
        urlopen(asked, timeout=20)
    return error.value.code


def test_whom_the_board_is_not_for_gets_no_stream(address: str) -> None:
    assert refused(address, None) == 401
    assert refused(address, cookie(address, "kim", "operator", age_s=13 * 3600)) == 401
    for role in ("committee", "steward"):
        assert refused(address, cookie(address, "lee", role)) == 403
        assert refused(address, cookie(address, "lee", role), ask=True) == 403


def test_operators_get_points_planners_cells_and_the_log_their_names(address: str, owner: Database) -> None:
    call(owner, "home", code="107", name="가정폭력")
    told = {
        role: first(address, cookie(address, f"{role}-1", role), "reset").told["incidents"]
        for role in ("operator", "auditor", "planner")
    }
    assert [row["place_m"] for row in (*told["operator"], *told["auditor"])] == [None, None]
    ((planned),) = told["planner"]
    assert (planned["place_m"], planned["answer"]) == (250.0, None)
    with owner.engine.connect() as connection:
        logged = connection.exec_driver_sql(
            "select who, detail ->> 'precise_for' from meta.access_log"
            " where purpose = 'live board' and right(who, 2) = '-1' order by who"
        )
        assert logged.all() == [("auditor-1", "auditor"), ("operator-1", "operator"), ("planner-1", None)]


def test_without_a_database_the_stream_is_refused_with_503(address: str, city: TestCity) -> None:
    signed = cookie(address, "kim", "operator")
    with away(city):
        assert refused(address, signed) == 503
        assert refused(address, signed, ask=True) == 503
    assert first(address, signed, "reset").told["cameras"] == 2


def test_the_table_of_roles_says_who_watches() -> None:
    for role in ("operator", "planner", "auditor"):
        require_board([role])
    for held in ([], ["committee"], ["steward"]):
        with pytest.raises(NotYours):
            require_board(held)


class _Flood:
    """A feed that offers more than a client may leave waiting, all at once."""

    def __init__(self) -> None:
        self.left = 0

    def subscribe(self, offer: object, _view: object, _after: object) -> None:
        assert callable(offer)
        for number in range(live._WAITING + 50):
            offer(frame("closed", {"event_id": number}, number))

    def leave(self, _offer: object) -> None:
        self.left += 1


async def _taken(allowed: list[bool]) -> list[bytes]:
    def still() -> None:
        if not allowed.pop(0):
            raise SignedOut()

    stream = live.stream("points", None, still_allowed=still)
    taken = []
    async for each in stream.body_iterator:
        taken.append(bytes(each))
        # What was offered by another thread arrives between two messages.
        await asyncio.sleep(0)
    return taken


def test_a_client_that_is_too_slow_loses_its_stream_after_what_was_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flood = _Flood()
    monkeypatch.setattr(live, "feed", flood)
    taken = asyncio.run(_taken([True]))
    events = [line for line in taken if b"event: closed" in line]
    assert len(events) == live._WAITING
    assert events[-1].startswith(f"id: {live._WAITING - 1}\n".encode())
    assert flood.left == 1


def test_a_sign_in_that_is_over_ends_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(_Flood):
        def subscribe(self, *_given: object) -> None:
            """Offer nothing."""

    silent = Silent()
    monkeypatch.setattr(live, "feed", silent)
    monkeypatch.setattr(live, "BEAT_S", 0.01)
    taken = asyncio.run(_taken([True, True, False]))
    assert [line.split(b"\n")[0] for line in taken] == [b"event: beat"] * 2
    assert silent.left == 1


def test_what_is_offered_after_the_end_is_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    offers: list[live._Waiting] = []

    async def wait() -> None:
        offers.append(live._Waiting())

    asyncio.run(wait())
    message: Frame = frame("closed", {}, 1)
    thread = threading.Thread(target=offers[0].offer, args=(message,))
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
