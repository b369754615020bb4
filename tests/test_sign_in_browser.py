"""Sign-in end to end: a real server, a real browser, a mock provider of OpenID Connect in a process of its own.

Three persons sign in: an operator, a committee member, and somebody whom the centre does not know. What each sees in
the menu is what each can reach: by address, tile by tile, file by file.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app.services import coverage
from etl.db import Database
from tests import city_in_database as toy
from tests.database import TestCity
from tests.served_city import ROOT, WAIT_MS, free_port, running, serving, wait_for

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

SECRET = "a secret of this test, thirty-two bytes and more"
# Nested, as Keycloak writes it.
CLAIM = "realm_access.roles"
PEOPLE = {"kim-operator": ["operator"], "lee-committee": ["committee"], "nobody": ["offline_access"]}


@pytest.fixture(scope="module")
def toy_city(owner: Database, loader: Database) -> None:
    """Lay out the toy city and compute its coverage."""
    toy.lay_out(owner, toy.NETWORK, toy.GROUND, toy.OUTLINE)
    coverage.coverage(loader, progress=toy.quiet)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the mock provider; yield its address."""
    port = free_port()
    people = [
        part
        for name, roles in PEOPLE.items()
        for part in (
            "--user-claims",
            json.dumps({"sub": name, "email": name, "realm_access": {"roles": roles}}),
        )
    ]
    command = [
        sys.executable,
        "-m",
        "oidc_provider_mock",
        "--port",
        str(port),
        "--host",
        "127.0.0.1",
        *people,
    ]
    log = tmp_path_factory.mktemp("provider") / "log"
    with running(command, log, cwd=ROOT, given={"AUTHLIB_INSECURE_TRANSPORT": "1"}) as served:
        wait_for(f"http://localhost:{port}/.well-known/openid-configuration", served, log)
        yield f"http://localhost:{port}"


@pytest.fixture(scope="module")
def address(
    city: TestCity, toy_city: None, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Serve the toy city with sign-in configured, as a centre would; yield its address."""

    def secrets(port: int) -> str:
        return (
            "[auth]\n"
            f'redirect_uri = "http://localhost:{port}/oauth2callback"\n'
            f'cookie_secret = "{SECRET}"\n'
            'client_id = "golmok"\nclient_secret = "golmok"\n'
            f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
        )

    folder = tmp_path_factory.mktemp("served")
    with serving(city, folder, secrets=secrets, GOLMOK_LANGUAGE="en", GOLMOK_ROLES_CLAIM=CLAIM) as where:
        yield where


@contextmanager
def _visit(browser, where: str, *, who: str | None):  # type: ignore[no-untyped-def]
    """Open the dashboard in a browser of one's own, signed in as `who` (None: not at all)."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(where)
    if who is not None:
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name=who).click()
        page.wait_for_selector(f"[data-testid=stPopoverButton]:has-text('{who}')")
    try:
        yield page
    finally:
        context.close()


def _menu(page) -> set[str]:  # type: ignore[no-untyped-def]
    return {text.strip() for text in page.locator("[data-testid=stTopNavLink]").all_inner_texts()}


def _tile(page, address: str, layer: str, edition: str) -> int:  # type: ignore[no-untyped-def]
    """Return the status of a tile asked for by its address, with the cookies of the visit."""
    asked = page.context.request.get(f"{address}/tiles/{layer}/14/13971/6319.mvt?edition={edition}")
    return int(asked.status)


def test_without_sign_in_there_is_neither_page_nor_tile(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    for path in ("", "/find", "/gaps"):
        with _visit(browser, f"{address}{path}", who=None) as page:
            page.wait_for_selector("text=Please sign in.")
            assert page.locator(".map").count() == 0
            assert _menu(page) == set()
            assert _tile(page, address, "boundaries", "public") == 401
            page.get_by_role("link", name="Policy on the operation of fixed video devices").wait_for()
            policy = page.context.request.get(f"{address}/policy?lang=en")
            assert policy.ok and "8. Other matters" in policy.text()


def test_an_operator_sees_the_pages_the_tiles_and_takes_a_file_in_his_name(  # type: ignore[no-untyped-def]
    browser, address: str, owner: Database, tmp_path: Path
) -> None:
    with _visit(browser, address, who="kim-operator") as page:
        page.goto(f"{address}/gaps")
        page.wait_for_selector(".map[data-drawn]")
        assert {"Find", "Gaps"} <= _menu(page)
        assert not {"Plan", "Report", "Data"} & _menu(page)
        assert [_tile(page, address, *each) for each in (("gaps", "internal"), ("cameras", "public"))] == [
            200
        ] * 2
        assert _tile(page, address, "gaps", "committee") == 403
        page.get_by_role("button", name="Take the table").click()
        page.get_by_role("combobox", name="Who will read it?").click()
        page.get_by_role("option", name="internal").click()
        assert page.get_by_label("Who takes it").count() == 0  # nobody takes a file in another's name
        page.get_by_label("What for").fill("patrol of May")
        page.get_by_label("What for").press("Enter")
        with page.expect_download() as taken:
            page.get_by_role("button", name="Download", exact=True).click()
        taken.value.save_as(tmp_path / "gaps.csv")
    rows = list(csv.DictReader((tmp_path / "gaps.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {(row["taken_by"], row["taken_for"]) for row in rows} == {("kim-operator", "patrol of May")}
    with owner.engine.connect() as connection:
        logged = connection.exec_driver_sql(
            "select who, object, purpose, rows from meta.access_log where action = 'export'"
        )
        assert list(logged) == [("kim-operator", "table gaps", "patrol of May", len(rows))]


@pytest.mark.parametrize(
    ("who", "edition", "statuses"),
    [
        ("lee-committee", "committee", {"public": 200, "committee": 200, "internal": 403}),
        ("nobody", None, {"public": 403, "committee": 403, "internal": 403}),
    ],
)
def test_what_is_not_yours_cannot_be_reached_by_its_address(  # type: ignore[no-untyped-def]
    browser, address: str, who: str, edition: str | None, statuses: dict[str, int]
) -> None:
    with _visit(browser, address, who=who) as page:
        for path in ("/find", "/gaps"):
            page.goto(f"{address}{path}")
            page.wait_for_selector(f"[data-testid=stPopoverButton]:has-text('{who}')")
            page.wait_for_timeout(1500)  # time enough for a page that would come
            for title in ("Who sees this place?", "Where are we blind?"):
                assert page.locator(f"h1:has-text('{title}')").count() == 0
            assert not {"Find", "Gaps"} & _menu(page)
        assert {each: _tile(page, address, "cameras", each) for each in statuses} == statuses
        assert _tile(page, address, "gaps", "internal") == 403


@pytest.mark.parametrize(
    ("secret", "age_s"), [(SECRET, 13 * 3600), ("another secret, also of thirty-two bytes or more", 60)]
)
def test_a_cookie_that_is_too_old_or_not_ours_is_no_sign_in(
    browser, address: str, secret: str, age_s: int
) -> None:  # type: ignore[no-untyped-def]
    claims = {"is_logged_in": True, "provider": "default", "origin": address, "iat": time.time() - age_s,
              "sub": "kim-operator", "realm_access": {"roles": ["operator"]}}  # fmt: skip
    signed = create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()
    with _visit(browser, address, who=None) as page:
        page.context.add_cookies([{"name": "_streamlit_user", "value": signed, "url": address}])
        page.goto(f"{address}/gaps")
        page.wait_for_selector("text=Please sign in.")
        assert page.locator(".map").count() == 0
        assert _tile(page, address, "gaps", "internal") == 401


def test_a_cookie_of_ours_in_its_time_is_one(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    # the test above would pass with any cookie, were this one refused too
    claims = {"is_logged_in": True, "provider": "default", "origin": address, "iat": time.time() - 60,
              "sub": "kim-operator", "realm_access": {"roles": ["operator"]}}  # fmt: skip
    signed = create_signed_value(SECRET, "_streamlit_user", json.dumps(claims)).decode()
    with _visit(browser, address, who=None) as page:
        page.context.add_cookies([{"name": "_streamlit_user", "value": signed, "url": address}])
        assert _tile(page, address, "gaps", "internal") == 200
        page.goto(f"{address}/gaps")
        page.wait_for_selector(".map[data-drawn]")


def test_who_signs_out_is_out(browser, address: str) -> None:  # type: ignore[no-untyped-def]
    with _visit(browser, address, who="kim-operator") as page:
        assert _tile(page, address, "gaps", "internal") == 200
        page.locator("[data-testid=stPopoverButton]", has_text="kim-operator").click()
        page.get_by_text("Roles: operator").wait_for()
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url("**/oauth2/end_session**")  # the provider asks whether to end it there too
        assert _tile(page, address, "gaps", "internal") == 401
        page.goto(address)
        page.wait_for_selector("text=Please sign in.")
