"""The server of the dashboard: pages, tiles and assets on one port, nothing from another host.

Run as `python -m app.web HOST PORT`; `app.asgi.serve` does, after it has checked the address.
"""

from __future__ import annotations

import logging
import sys
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from streamlit.starlette import App

from app import session, words
from app.asgi import sign_in_configured
from app.look import theme
from etl.settings import settings
from etl.store import tiles
from spatial.errors import GolmokError

SCRIPT = Path(__file__).with_name("main.py")
TILE_TYPE = "application/vnd.mapbox-vector-tile"
# A tile's address carries the version of what it shows, so a browser may keep it.
KEPT = {"Cache-Control": "private, max-age=3600"}
FILTERS = ("density_class", "at")

log = logging.getLogger(__name__)


def application() -> App:
    """Return the ASGI application: Streamlit's pages, our tiles and assets beside them."""
    return App(SCRIPT, routes=routes(), on_script_error=_keep_trace)


def routes() -> list[BaseRoute]:
    """Return what is served beside the pages."""
    return [
        Route("/tiles/{layer}/{z:int}/{x:int}/{y:int}.mvt", tile),
        Mount("/vendor", StaticFiles(directory=settings().assets, check_dir=False)),
    ]


async def tile(request: Request) -> Response:
    """Answer one vector tile; 404 for a layer or place that is none, 503 while the database is away."""
    if sign_in_configured() and not _signed_in(request):
        return PlainTextResponse("sign in first", 401)
    path, asked = request.path_params, request.query_params
    filters = tuple((name, asked[name]) for name in FILTERS if name in asked)
    place = (path["z"], path["x"], path["y"])
    if not _exists(*place) or path["layer"] not in tiles.LAYERS:
        return PlainTextResponse("no such tile", 404)
    try:
        drawn = await run_in_threadpool(_tile, asked.get("v", ""), path["layer"], place, filters)
    except GolmokError as error:
        text, code = words.sentence(error, "en")
        return PlainTextResponse(text, 503 if code == 4 else 400)
    return Response(drawn, media_type=TILE_TYPE, headers=KEPT)


@lru_cache(maxsize=4000)
def _tile(
    version: str, layer: str, place: tuple[int, int, int], filters: tuple[tuple[str, str], ...]
) -> bytes:
    z, x, y = place
    return tiles.tile(session.shared_database(), layer, z, x, y, **dict(filters))


def _exists(z: int, x: int, y: int) -> bool:
    return 0 <= z <= 22 and 0 <= x < 2**z and 0 <= y < 2**z


def _signed_in(request: Request) -> bool:
    """Say whether the request bears the cookie that the page's own sign-in has set and signed."""
    from streamlit.auth_util import USER_COOKIE_NAME
    from streamlit.web.server.starlette.starlette_auth_routes import _get_cookie_value_from_request

    return _get_cookie_value_from_request(request, USER_COOKIE_NAME) is not None


def _keep_trace(error: Exception) -> bool:
    """Log an unforeseen error of a page. The person reads a sentence, never a trace."""
    log.error("a page failed", exc_info=error)
    return True


def run(host: str, port: int) -> None:
    """Serve until stopped."""
    application().run(
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
            **theme(settings().assets),
        }
    )


if __name__ == "__main__":
    run(sys.argv[1], int(sys.argv[2]))
