"""The server of the dashboard: pages, tiles and assets on one port, nothing from another host.

Run as `python -m app.web HOST PORT`; `app.asgi.serve` does, after it has checked the address.
"""

from __future__ import annotations

import logging
import sys
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from app import session, words
from app.asgi import sign_in_configured
from app.look import theme
from app.pieces import DEFAULT_CLASS
from etl.settings import settings
from etl.store import tiles
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
    """A tile as its address names it."""

    layer: str
    z: int
    x: int
    y: int
    show: TileFilter


log = logging.getLogger(__name__)


def application(host: str) -> App:
    """Return the ASGI application that listens on `host`: Streamlit's pages, our tiles and assets beside them."""
    return App(SCRIPT, routes=routes(), middleware=doorkeepers(host), on_script_error=_keep_trace)


def doorkeepers(host: str) -> list[Middleware]:
    """Return what stands before every answer: without sign-in, only this machine's own names are answered.

    Else a page of a stranger could let its name point to this machine and read tiles through the visitor's browser.
    With sign-in the cookie guards them, under whatever name the city gives its server.
    """
    if sign_in_configured():
        return []
    own = [*LOOPBACK, f"[{host}]" if ":" in host else host]
    return [Middleware(TrustedHostMiddleware, allowed_hosts=own)]


def routes() -> list[BaseRoute]:
    """Return what is served beside the pages."""
    return [
        Route("/tiles/{layer}/{z:int}/{x:int}/{y:int}.mvt", tile),
        # else Streamlit would answer such an address with its page, as if it were a tile
        Route("/tiles/{address:path}", no_tile),
        Mount("/vendor", StaticFiles(directory=settings().assets, check_dir=False)),
    ]


async def tile(request: Request) -> Response:
    """Answer one vector tile: 404 where there is none such, 400 for a filter that is none, 503 without database."""
    if sign_in_configured() and not _signed_in(request):
        return PlainTextResponse("sign in first", 401)
    try:
        show = _filter(request)
    except ValueError as error:
        return PlainTextResponse(str(error), 400)
    path, version = request.path_params, request.query_params.get("v", "")
    asked = Asked(path["layer"], path["z"], path["x"], path["y"], show)
    try:
        drawn = await run_in_threadpool(_tile, asked, f"{version}@{time.monotonic() // KEPT_S}")
    except NoSuchTile as error:
        return PlainTextResponse(str(error), 404)
    except Exception as error:  # the browser's map asks again by itself; the page says what is wrong
        return _refusal(error)
    return Response(drawn, media_type=TILE_TYPE, headers={"Cache-Control": f"private, max-age={KEPT_S}"})


async def no_tile(request: Request) -> Response:
    """Answer an address that names no tile: 404."""
    return PlainTextResponse("no such tile", 404)


@lru_cache(maxsize=4000)
def _tile(asked: Asked, _version: str) -> bytes:
    return tiles.tile(
        session.shared_database(), asked.layer, z=asked.z, x=asked.x, y=asked.y, show=asked.show
    )


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
    text, code = words.sentence(error, "en")
    if code == 4:
        session.forget_database()
    else:
        log.error("a tile failed", exc_info=error)
    return PlainTextResponse(text, 503 if code == 4 else 500)


def _signed_in(request: Request) -> bool:
    """Say whether the request bears the cookie that the page's own sign-in has set and signed.

    Streamlit offers its routes no public way to ask this; it is asked here alone.
    """
    from streamlit.web.server.starlette.starlette_auth_routes import _get_cookie_value_from_request
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

    return _get_cookie_value_from_request(request, USER_COOKIE_NAME) is not None


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
