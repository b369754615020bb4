"""What the claims of a provider say of a person, and how long that holds."""

from __future__ import annotations

from typing import Any

import pytest

from app import session
from app.roles import NotYours
from app.sign_in import Person, SignedOut, person

NOW_S = 1_800_000_000
KIM = {"is_logged_in": True, "iat": NOW_S - 60, "email": "kim@golmok.example", "sub": "7"}


def _person(
    claims: dict[str, Any], *, claim: str = "roles", hours: float = 12, now_s: float = NOW_S
) -> Person | None:
    return person(claims, roles_claim=claim, hours=hours, now_s=now_s)


def test_roles_and_name_come_from_the_claims() -> None:
    assert _person(KIM | {"roles": ["operator"]}) == Person("kim@golmok.example", frozenset({"operator"}))
    assert _person({"is_logged_in": True, "iat": NOW_S, "sub": "7"}) == Person("7", frozenset())


@pytest.mark.parametrize(
    ("claim", "claims"),
    [
        ("realm_access.roles", {"realm_access": {"roles": ["planner", "offline_access"]}}),
        ("resource_access.golmok.roles", {"resource_access": {"golmok": {"roles": ["planner"]}}}),
        ("https://golmok.example/roles", {"https://golmok.example/roles": "planner"}),
    ],
)
def test_a_claim_may_be_nested_or_be_an_address(claim: str, claims: dict[str, Any]) -> None:
    found = _person(KIM | claims, claim=claim)
    assert found is not None
    assert found.roles == {"planner"}


@pytest.mark.parametrize("claims", [{}, {"realm_access": "planner"}, {"realm_access": {"roles": None}}])
def test_a_claim_that_is_not_there_gives_no_role(claims: dict[str, Any]) -> None:
    found = _person(KIM | claims | {"roles": ["planner"]}, claim="realm_access.roles")
    assert found is not None
    assert found.roles == frozenset()


def test_a_sign_in_ends_after_its_hours() -> None:
    made_s = KIM["iat"]
    assert _person(KIM, hours=8, now_s=made_s + 8 * 3600 - 1) is not None
    assert _person(KIM, hours=8, now_s=made_s + 8 * 3600) is None


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"is_logged_in": False, "iat": NOW_S, "sub": "7"},
        {"is_logged_in": True, "sub": "7"},  # nobody knows how old it is
        {"is_logged_in": True, "iat": "soon", "sub": "7"},
        {"is_logged_in": True, "iat": NOW_S + 3600, "sub": "7"},  # made in an hour
        {"is_logged_in": True, "iat": NOW_S},  # nobody's
    ],
)
def test_what_names_nobody_or_no_time_is_no_sign_in(claims: dict[str, Any]) -> None:
    assert _person(claims) is None


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A visit with sign-in configured: what it holds, and under "who" the person at the page."""
    held: dict[str, Any] = {"who": None}
    monkeypatch.setattr(session, "sign_in_configured", lambda: True)
    monkeypatch.setattr(session, "_person", lambda: held["who"])
    monkeypatch.setattr(session.st, "session_state", held)
    monkeypatch.setattr(session, "_tell", lambda error, *_, **_named: held.update(told=error))
    monkeypatch.setattr(session, "language", lambda: "en")
    monkeypatch.setattr(session, "shared_database", object)
    return held


def test_a_page_of_another_role_is_not_entered(visit: dict[str, Any]) -> None:
    visit["who"] = Person("kim", frozenset({"committee"}))
    with pytest.raises(NotYours):
        session.enter("gaps")
    session.enter("report")
    assert session.edition() == "committee"


def test_what_a_page_asks_is_refused_to_whom_it_is_not_open(visit: dict[str, Any]) -> None:
    visit["who"] = Person("kim", frozenset({"operator"}))
    asked: list[object] = []
    # A part that reruns alone, of a page that nobody entered, asks for nothing.
    assert session.ask(asked.append) == (False, None)
    assert isinstance(visit["told"], NotYours)
    session.enter("gaps")
    assert session.ask(asked.append)[0]
    visit["who"] = Person("kim", frozenset({"committee"}))
    assert session.ask(asked.append) == (False, None)
    assert len(asked) == 1


def test_when_a_sign_in_ends_the_open_page_asks_and_records_nothing_more(visit: dict[str, Any]) -> None:
    visit["who"] = Person("kim", frozenset({"operator"}))
    session.enter("find")
    visit["who"] = None
    asked: list[object] = []
    assert session.ask(asked.append) == (False, None)
    assert isinstance(visit["told"], SignedOut)
    assert session.record(asked.append) == (False, None)
    assert asked == []
    assert session.must_sign_in()
    assert session.edition() is None
