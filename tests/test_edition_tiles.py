"""Tiles by edition and role, tried by address; what a tile of each edition holds."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import httpx
import pyogrio
import pytest
from starlette.applications import Starlette
from streamlit.web.server.starlette import starlette_auth_routes as cookies
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from app import livemap, session, web
from app.roles import Edition
from etl.db import Database
from etl.store import tiles
from etl.store.tiles import TileFilter

SECRET = "a secret of this test, thirty-two bytes and more"
NAMED = "_streamlit_user"
# The layers and the least edition that each is part of, as the issue says: blind spots are never public.
PUBLIC, COMMITTEE, INTERNAL = ("alleys", "cameras"), ("zones",), ("fields", "gaps")


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer each tile that may be had with the name of its layer and edition."""
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    monkeypatch.setattr(session, "shared_database", object)
    monkeypatch.setattr(
        web.tiles, "tile", lambda _db, layer, *, edition, **_rest: f"{layer} of {edition}".encode()
    )
    web._tile.cache_clear()


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Configure sign-in, with a secret of our own for the cookie."""
    monkeypatch.setattr(web, "sign_in_configured", lambda: True)
    monkeypatch.setattr(cookies, "get_cookie_secret", lambda: SECRET)


def cookie(*roles: str, secret: str = SECRET, age_s: float = 60) -> str:
    """Return the cookie that sign-in sets, signed with a secret."""
    claims = {"is_logged_in": True, "iat": time.time() - age_s, "sub": "kim", "roles": list(roles)}
    return create_signed_value(secret, NAMED, json.dumps(claims)).decode()


def tile(layer: str, edition: str | None = None, *, bearing: str | None = None) -> httpx.Response:
    """Ask for a tile by its address."""
    given = {NAMED: bearing} if bearing else None

    async def ask() -> httpx.Response:
        door = httpx.ASGITransport(Starlette(routes=web.routes()))
        async with httpx.AsyncClient(transport=door, base_url="http://golmok", cookies=given) as client:
            named = {"edition": edition} if edition else {}
            return await client.get(f"/tiles/{layer}/14/1/1.mvt", params=named)

    return asyncio.run(ask())


def _statuses(*roles: str) -> dict[Edition, set[str]]:
    layers = (*PUBLIC, *COMMITTEE, *INTERNAL)
    editions: tuple[Edition, ...] = ("public", "committee", "internal")
    return {
        edition: {
            layer for layer in layers if tile(layer, edition, bearing=cookie(*roles)).status_code == 200
        }
        for edition in editions
    }


@pytest.mark.parametrize(
    ("role", "committee", "internal"),
    [
        ("operator", True, True),
        ("planner", True, True),
        ("auditor", True, True),
        ("committee", True, False),
        ("steward", False, False),
    ],
)
def test_each_role_gets_the_tiles_of_its_editions(
    signed_in: None, role: str, committee: bool, internal: bool
) -> None:
    assert _statuses(role) == {
        "public": set(PUBLIC),
        "committee": {*PUBLIC, *COMMITTEE} if committee else set(),
        "internal": {*PUBLIC, *COMMITTEE, *INTERNAL} if internal else set(),
    }


def test_who_has_no_role_gets_no_tile_and_a_sentence(signed_in: None) -> None:
    assert _statuses() == {"public": set(), "committee": set(), "internal": set()}
    refused = tile("gaps", "internal", bearing=cookie("committee"))
    assert refused.status_code == 403
    assert refused.text == "This is open to other roles: internal."


@pytest.mark.parametrize(
    "bearing",
    [
        None,
        "",
        "planner",
        cookie("planner", secret="another secret, also of thirty-two bytes or more"),
        cookie("planner", age_s=13 * 3600),  # a sign-in holds 12 hours
        json.dumps({"is_logged_in": True, "iat": 0, "sub": "kim", "roles": ["planner"]}).replace(" ", ""),
    ],
)
def test_a_cookie_that_is_old_forged_or_none_is_no_sign_in(signed_in: None, bearing: str | None) -> None:
    assert tile("alleys", "public", bearing=bearing).status_code == 401


def test_without_an_edition_it_is_the_committee_s(signed_in: None) -> None:
    assert tile("cameras", bearing=cookie("planner")).text == "cameras of committee"
    assert tile("gaps", bearing=cookie("planner")).status_code == 403


def test_an_edition_that_is_none_is_refused() -> None:
    assert tile("alleys", "secret").status_code == 400


def test_without_sign_in_gaps_still_belong_to_the_internal_edition() -> None:
    assert tile("gaps", "public").status_code == 403
    assert tile("gaps", "internal").text == "gaps of internal"


def test_a_kept_tile_answers_no_other_edition(signed_in: None) -> None:
    said = [tile("cameras", edition, bearing=cookie("planner")).text for edition in ("internal", "public")]
    assert said == ["cameras of internal", "cameras of public"]
    # nor the next person at the same browser
    assert tile("cameras", "public", bearing=cookie("planner")).headers["vary"] == "Cookie"


CITY = """
insert into core.agency (name_ko) values ('방범과');
insert into core.site (site_key, geom) values ('p', st_setsrid(st_makepoint(200100, 600100), 5186));
insert into core.camera (camera_key, site_id, head_no) select 'p-1', site_id, 1 from core.site;
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg)
select camera_id, '[2010-01-01,)', agency_id, 'disaster', 'fixed', 90 from core.camera, core.agency;
"""


@pytest.mark.parametrize("zoom", [{"z": 14, "x": 13971, "y": 6319}, {"z": 11, "x": 1746, "y": 789}])
def test_a_tile_holds_only_what_its_edition_may(
    owner: Database, staff: Database, tmp_path: Path, zoom: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    with owner.engine.begin() as connection:
        if not connection.exec_driver_sql("select 1 from core.camera").first():
            connection.exec_driver_sql(CITY)
    told = {}
    for edition in ("public", "committee", "internal"):
        path = tmp_path / edition / "14" / "1" / "1.pbf"
        path.parent.mkdir(parents=True)
        path.write_bytes(tiles.tile(staff, "cameras", show=TileFilter(), edition=edition, **zoom))
        found = pyogrio.read_dataframe(path)
        told[edition] = {
            name: found[name].iloc[0] for name in found.columns if name not in ("geometry", "mvt_id")
        }
    assert told["public"] == {"purpose_code": "disaster", "n": 1}
    assert told["committee"] == told["public"] | {"agency": "방범과", "kind": "fixed"}
    assert set(told["internal"]) > set(told["committee"])
    assert told["internal"]["heading_deg"] == 90


def test_the_live_map_asks_for_what_its_visitor_may_see(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: dict[str, dict[str, object]] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "map_version", lambda: "7")
    monkeypatch.setattr(session, "language", lambda: "en")
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    livemap.gaps_map(None, None)
    assert caught["data"]["edition"] == "internal"
    monkeypatch.setattr(session, "edition", lambda: "public")
    livemap.gaps_map(None, None)
    assert caught["data"]["layers"] == ["boundaries", "alleys", "buildings", "cameras"]
