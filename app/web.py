"""The server of the dashboard: pages, tiles and assets on one port, nothing from another host.

Run as `python -m app.web HOST PORT`; `app.asgi.serve` does, after it has checked the address.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from app import live, session, words
from app.asgi import sign_in_configured
from app.look import theme
from app.pieces import DEFAULT_CLASS
from app.roles import (
    DEFAULT_EDITION,
    EDITIONS,
    LAYER_EDITION,
    LOCAL,
    Edition,
    EditionRefused,
    NotYours,
    Role,
    points_as,
    require_board,
    require_layer,
    require_role,
)
from app.services import UnknownPlan, WrongUse, policy
from app.services.policy import OtherLaw
from app.sign_in import Person, SignedOut, person
from etl.db import open_database
from etl.settings import settings
from etl.store import tiles
from etl.store.live import last_event
from etl.store.tiles import NoSuchTile, TileFilter
from spatial.optics import DENSITY_CLASSES

SCRIPT = Path(__file__).with_name("main.py")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
TILE_TYPE = "application/vnd.mapbox-vector-tile"
# How long a tile may be kept, by the browser and here. What was loaded meanwhile shows at once all the same: a
# tile's address carries the version of the loads.
KEPT_S = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A tile as its address names it. It is kept under all of this: no edition is answered with another's tile."""

    layer: str
    edition: Edition
    z: int
    x: int
    y: int
    show: TileFilter


log = logging.getLogger(__name__)


def application(host: str) -> App:
    """Return the ASGI application that listens on `host`: Streamlit's pages, our tiles and assets beside them."""
    return App(
        SCRIPT,
        routes=routes(),
        middleware=doorkeepers(host),
        lifespan=live.ending_first,
        on_script_error=_keep_trace,
    )


def doorkeepers(host: str) -> list[Middleware]:
    """Return what stands before every answer: without sign-in, only this machine's own names are answered.

    Else a page of a stranger could let its name point to this machine and read tiles through the visitor's browser.
    With sign-in the cookie guards them, under whatever name the city gives its server.
    """
    if sign_in_configured():
        return [Middleware(BaseHTTPMiddleware, dispatch=_made_files)]
    own = [*LOOPBACK, f"[{host}]" if ":" in host else host]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=own)]


async def _made_files(request: Request, call_next: RequestResponseEndpoint) -> Response:
    """Ask for the sign-in before a file that a page has made is handed over; Streamlit gives it to whoever knows its address."""
    if request.url.path.startswith("/media/") and _signed_in(request) is None:
        return PlainTextResponse("sign in first", 401)
    return await call_next(request)


def routes() -> list[BaseRoute]:
    """Return what is served beside the pages."""
    return [
        Route("/tiles/{layer}/{z:int}/{x:int}/{y:int}.mvt", tile),
        # else Streamlit would answer such an address with its page, as if it were a tile
        Route("/tiles/{address:path}", no_tile),
        Route("/live", live_board),
        Route("/workbench/{plan_id:int}", on_workbench),
        Route("/policy", policy_page),
        # The first page stands at the root; by its name Streamlit would find none.
        Route("/start", start_page),
        Mount("/vendor", StaticFiles(directory=settings().assets, check_dir=False)),
    ]


async def tile(request: Request) -> Response:
    """Answer one vector tile of an edition.

    401 without sign-in, 403 where the edition or the layer is not for the visitor's roles, 404 where there is none such,
    400 for a filter or an edition that is none, 503 without database.
    """
    path, version = request.path_params, request.query_params.get("v", "")
    try:
        roles, show = _roles(request), _filter(request)
        edition = _edition(path["layer"], request, roles)
        asked = Asked(path["layer"], edition, path["z"], path["x"], path["y"], show)
        drawn = await run_in_threadpool(_tile, asked, f"{version}@{time.monotonic() // KEPT_S}")
    except ValueError as error:
        return PlainTextResponse(str(error), 400)
    except Exception as error:  # the browser's map asks again by itself; the page says what is wrong
        return _refusal(error)
    # Whoever signs in next at this browser is not shown what it kept for the one before.
    headers = {"Cache-Control": f"private, max-age={KEPT_S}", "Vary": "Cookie"}
    return Response(drawn, media_type=TILE_TYPE, headers=headers)


async def live_board(request: Request) -> Response:
    """Answer the board of open incidents as a stream of server-sent events, from `after` on: see `app.live`.

    With `ask` in the address it answers 204 and nothing else, for a client that wants to know why it got no stream.
    401 without sign-in, 403 where the board is not for the visitor's roles, 400 for an event that is no number, 503
    without database.
    """
    try:
        roles = _roles(request)
        require_board(roles)
        role, known = points_as(roles), live.after(request)
        if "ask" in request.query_params:
            await run_in_threadpool(lambda: last_event(session.shared_database()))
            return Response(status_code=204)
        who = _signed_in(request) if sign_in_configured() else None
        name = who.name if who else None
        await run_in_threadpool(lambda: live.note_watching(session.shared_database(), role, name))
    except ValueError as error:
        return PlainTextResponse(str(error), 400)
    except Exception as error:
        return _refusal(error)
    return live.stream("points" if role else "cells", known, still_allowed=lambda: _roles(request))


async def on_workbench(request: Request) -> Response:
    """Answer what a kept plan sees with the sites of `alter` (no,lat,lon,heading; may be repeated) put elsewhere.

    It keeps nothing. 401 without sign-in, 403 for whom plans aren't made by, 400 for a site or place that is none, 404 for
    no such plan, 503 without database.
    """
    lang = words.language(request.query_params.get("lang") or settings().language)
    try:
        require_role("planner", _roles(request))
        asked = request.path_params["plan_id"], request.query_params.getlist("alter")
        found = await run_in_threadpool(_reckoned, *asked, lang)
    except ValueError as error:
        return PlainTextResponse(str(error), 400)
    except Exception as error:
        return _refusal(error)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


def _reckoned(plan_id: int, altered: list[str], lang: words.Lang) -> dict[str, Any]:
    from app import workbenches  # geometry is heavy: only who drags waits for it

    return workbenches.answer(plan_id, workbenches.altered_of(altered), lang=lang)


async def start_page(request: Request) -> Response:
    """Lead the name of the first page to where it stands, its filters kept."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


async def no_tile(request: Request) -> Response:
    """Answer an address that names no tile: 404."""
    return PlainTextResponse("no such tile", 404)


async def policy_page(request: Request) -> Response:
    """Answer the policy page, which is for everyone: nobody signs in for it. 404 where Korean law does not hold."""
    lang = words.language(request.query_params.get("lang") or settings().language)
    try:
        page = await run_in_threadpool(_policy, lang, time.monotonic() // KEPT_S)
    except OtherLaw as error:
        return PlainTextResponse(words.sentence(error, lang)[0], 404)
    except Exception as error:
        return _refusal(error)
    return HTMLResponse(
        page, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    )


@lru_cache(maxsize=4)
def _policy(lang: str, _moment: float) -> str:
    """Return the page as the role golmok_public may read it: no other right stands behind an address without sign-in."""
    reading = open_database(role="public")
    try:
        return policy.page(reading, lang=lang)
    finally:
        reading.close()


@lru_cache(maxsize=4000)
def _tile(asked: Asked, _version: str) -> bytes:
    return tiles.tile(
        session.shared_database(),
        asked.layer,
        z=asked.z,
        x=asked.x,
        y=asked.y,
        show=asked.show,
        edition=asked.edition,
    )


def _edition(layer: str, request: Request, roles: frozenset[Role]) -> Edition:
    """Return the edition that the address names, committee when it names none, if the roles may have the layer in it."""
    wanted = request.query_params.get("edition", DEFAULT_EDITION)
    if wanted not in EDITIONS:
        raise ValueError(f"no edition {wanted!r}; there are: {', '.join(EDITIONS)}")
    if layer not in LAYER_EDITION:
        raise NoSuchTile(f"There is no layer {layer!r}; there are: {', '.join(LAYER_EDITION)}.")
    return require_layer(layer, wanted, roles)


def _filter(request: Request) -> TileFilter:
    """Return what the address asks for. Raises ValueError for a date, class or number that is none."""
    asked = request.query_params
    density_class = asked.get("density_class", DEFAULT_CLASS)
    if density_class not in {entry.code for entry in DENSITY_CLASSES}:
        raise ValueError(f"no density class {density_class!r}")
    given: dict[str, date] = {"at": date.fromisoformat(asked["at"])} if asked.get("at") else {}
    run_id = int(asked["run_id"]) if asked.get("run_id") else None
    return TileFilter(density_class=density_class, run_id=run_id, **given)


def _refusal(error: Exception) -> Response:
    lang = settings().language
    text, code = words.sentence(error, lang)
    for kind, status in _REFUSED:
        if isinstance(error, kind):
            return PlainTextResponse(text, status)
    if code == 4:
        session.forget_database()
    else:
        log.error("a tile or the board failed", exc_info=error)
    return PlainTextResponse(text, 503 if code == 4 else 500)


_REFUSED: tuple[tuple[type[Exception], int], ...] = (
    (SignedOut, 401),
    (NotYours, 403),
    (EditionRefused, 403),
    (NoSuchTile, 404),
    (UnknownPlan, 404),
    (WrongUse, 400),
)


def _roles(request: Request) -> frozenset[Role]:
    """Return the visitor's roles: all on a machine of one's own, else those of the cookie. Raises SignedOut."""
    if not sign_in_configured():
        return LOCAL
    who = _signed_in(request)
    if who is None:
        raise SignedOut()
    return who.roles


def _signed_in(request: Request) -> Person | None:
    """Return whom the cookie names that the page's own sign-in has set and signed; None for no cookie, or an old one.

    Streamlit offers its routes no public way to ask this; it is asked here alone.
    """
    from streamlit.web.server.starlette.starlette_auth_routes import _get_cookie_value_from_request
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    signed = _get_cookie_value_from_request(request, USER_COOKIE_NAME)
    if signed is None:
        return None
    chosen = settings()
    return person(
        json.loads(signed),
        roles_claim=chosen.roles_claim,
        hours=chosen.sign_in_hours,
        now_s=time.time(),
    )


def _keep_trace(error: Exception) -> bool:
    """Log an unforeseen error of a page. The person reads a sentence, never a trace."""
    log.error("a page failed", exc_info=error)
    return True


def run(host: str, port: int) -> None:
    """Serve until stopped."""
    application(host).run(
        config={
            "server.address": host,
            "server.port": port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "server.enableAgentApi": False,
            "browser.gatherUsageStats": False,
            "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none",
            "logger.level": "warning",
            "logger.hideWelcomeMessage": True,
            **theme(settings().assets),
        }
    )


if __name__ == "__main__":
    try:
        run(sys.argv[1], int(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)  # stopped by the person who started it: nothing to explain
