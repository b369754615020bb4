"""Where the dashboard listens, and what its server answers beside the pages."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from app import asgi, session, web
from app.asgi import AddressRefused, NoFreePort
from app.look import font_faces, theme
from app.words import sentence
from etl.store.tiles import TileFilter


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_own_machine_is_always_allowed(host: str) -> None:
    assert asgi.allowed(host, signed_in=False) == ("127.0.0.1" if host == "localhost" else host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "golmok.example"])
def test_another_address_is_refused_without_sign_in(host: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        asgi.allowed(host, signed_in=False)
    text, code = sentence(refused.value, "en")
    assert code == 2
    assert host in text
    assert asgi.allowed(host, signed_in=True) == host


def test_busy_port_moves_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert asgi.free_port("127.0.0.1", port) > port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asgi, "PORTS_TRIED", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(NoFreePort):
            asgi.free_port("127.0.0.1", taken.getsockname()[1])


def test_sign_in_needs_a_complete_section(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    assert not asgi.sign_in_configured((secrets,))
    secrets.write_text('[auth]\nredirect_uri = "https://golmok.example/oauth2callback"\n')
    assert not asgi.sign_in_configured((secrets,))
    secrets.write_text(
        '[auth]\nredirect_uri = "https://golmok.example/oauth2callback"\ncookie_secret = "x"\n'
    )
    assert asgi.sign_in_configured((secrets,))


def test_serve_hands_over_to_the_server_of_the_pages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(asgi.os, "execve", lambda *given: ran.append(given))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asgi.serve(district="seodaemun", host="localhost", port=port)
    (program, command, environment) = ran[0]
    assert program == sys.executable
    assert command[1:] == ["-m", "app.web", "127.0.0.1", str(port)]
    assert environment["GOLMOK_DISTRICT"] == "seodaemun"
    assert f"http://127.0.0.1:{port}" in capsys.readouterr().out


class Client:
    """Ask the routes without a socket."""

    def get(self, path: str) -> httpx.Response:
        """Return the answer to a GET."""

        async def ask() -> httpx.Response:
            door = httpx.ASGITransport(Starlette(routes=web.routes()))
            async with httpx.AsyncClient(transport=door, base_url="http://golmok") as client:
                return await client.get(path)

        return asyncio.run(ask())


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Client:
    """The routes beside the pages, on a folder of assets of their own."""
    (tmp_path / "maplibre").mkdir()
    (tmp_path / "maplibre" / "maplibre-gl.css").write_text(".map {}")
    monkeypatch.setenv("GOLMOK_ASSETS", str(tmp_path))
    monkeypatch.setattr(session, "shared_database", object)
    monkeypatch.setattr(session, "forget_database", lambda: None)
    web._tile.cache_clear()
    return Client()


def test_tile_is_answered_as_asked(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def tile(_db: object, layer: str, *, z: int, x: int, y: int, show: TileFilter, edition: str) -> bytes:
        asked.append((layer, z, x, y, show.density_class, str(show.at), show.run_id, edition))
        return b"drawn"

    monkeypatch.setattr(web.tiles, "tile", tile)
    address = (
        "/tiles/fields/14/13969/6347.mvt?v=3&density_class=identify&at=2013-12-31&run_id=4&edition=internal"
    )
    answer = client.get(address)
    assert answer.content == b"drawn"
    assert answer.headers["content-type"] == web.TILE_TYPE
    assert "max-age" in answer.headers["cache-control"]
    assert asked == [("fields", 14, 13969, 6347, "identify", "2013-12-31", 4, "internal")]
    client.get(address)
    assert len(asked) == 1  # the second one was kept
    client.get(address.replace("v=3", "v=4"))
    assert len(asked) == 2  # another load, another tile


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tiles/secrets/14/1/1.mvt", 404),
        ("/tiles/alleys/3/9/0.mvt", 404),  # at zoom 3 columns end at 7
        ("/tiles/alleys/3/a/0.mvt", 404),
        ("/tiles/cameras/14/-1/0.mvt", 404),
        ("/tiles/cameras/14/1.5/0.mvt", 404),
        ("/tiles/", 404),
        ("/tiles/fields/14/1/1.mvt?density_class=x-ray", 400),
        ("/tiles/fields/14/1/1.mvt?at=soon", 400),
        ("/tiles/gaps/14/1/1.mvt?run_id=last", 400),
    ],
)
def test_tile_that_is_none_is_refused(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_no_page_is_given_for_a_tile(client: Client) -> None:
    # of this server's own routes: behind them Streamlit answers any address with its page
    for path in ("/tiles/alleys/3/a/0.mvt", "/tiles/cameras/14/-1/0.mvt"):
        assert client.get(path).text == "no such tile"


def test_tile_without_database_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: object, **_options: object) -> bytes:
        raise OperationalError("select secret", {}, Exception("gone"))

    monkeypatch.setattr(web.tiles, "tile", away)
    answer = client.get("/tiles/alleys/14/1/1.mvt")
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_tile_asks_for_the_same_sign_in_as_the_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "sign_in_configured", lambda: True)
    monkeypatch.setattr(web, "_signed_in", lambda _request: None)
    assert client.get("/tiles/alleys/14/1/1.mvt").status_code == 401


@pytest.fixture
def without_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The application without Streamlit's own part, of which a process can hold but one."""
    monkeypatch.setattr(
        web,
        "App",
        lambda _script, *, routes, middleware, lifespan, on_script_error: Starlette(
            routes=routes, middleware=middleware
        ),
    )


def answered(server: str, host: str) -> int:
    """Return the status that a server listening on `server` answers a browser that calls it `host`."""

    async def ask() -> httpx.Response:
        door = httpx.ASGITransport(web.application(server))
        async with httpx.AsyncClient(transport=door, base_url=f"http://{host}") as browser:
            return await browser.get("/tiles/alleys/3/9/0.mvt")

    return asyncio.run(ask()).status_code


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "LOCALHOST"])
def test_this_machine_is_answered_by_each_of_its_names(without_pages: None, host: str) -> None:
    assert answered("127.0.0.1", host) == 404  # column 9 of 8: past the door, there is no such tile


def test_the_address_that_was_chosen_is_a_name_too(without_pages: None) -> None:
    assert answered("127.8.8.8", "127.8.8.8:8501") == 404
    assert answered("127.0.0.1", "127.8.8.8:8501") == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", "localhost.evil.example"])
def test_a_stranger_s_name_for_this_machine_is_refused_while_nobody_signs_in(
    without_pages: None, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    """A page elsewhere may let its own name point to this machine, and so read what only its people may."""
    assert answered("127.0.0.1", host) == 400
    monkeypatch.setattr(web, "sign_in_configured", lambda: True)
    assert answered("0.0.0.0", host) == 401  # the city's own name: whoever has not signed in is told so


def test_assets_come_from_our_own_server(client: Client) -> None:
    assert client.get("/vendor/maplibre/maplibre-gl.css").text == ".map {}"
    assert client.get("/vendor/../pyproject.toml").status_code == 404


def test_typeface_is_served_from_the_assets(tmp_path: Path) -> None:
    assert font_faces(tmp_path) == []
    (tmp_path / "pretendard").mkdir()
    (tmp_path / "pretendard" / "Pretendard-Bold.woff2").touch()
    assert font_faces(tmp_path) == [
        {
            "family": "Pretendard",
            "url": "/vendor/pretendard/Pretendard-Bold.woff2",
            "weight": "700",
            "style": "normal",
        }
    ]
    assert all("//" not in str(value) for value in theme(tmp_path).values())


def test_a_file_that_a_page_made_asks_for_the_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def given(_request: object) -> PlainTextResponse:
        return PlainTextResponse("an internal report")

    monkeypatch.setattr(web, "sign_in_configured", lambda: True)
    server = Starlette(routes=[Route("/media/{name}", given)], middleware=web.doorkeepers("0.0.0.0"))

    async def ask() -> int:
        door = httpx.ASGITransport(server)
        async with httpx.AsyncClient(transport=door, base_url="http://golmok.example") as browser:
            return (await browser.get("/media/1.html")).status_code

    for person, status in ((None, 401), ("kim", 200)):
        monkeypatch.setattr(web, "_signed_in", lambda _request, person=person: person)
        assert asyncio.run(ask()) == status


def test_the_first_page_is_found_by_its_name_too(client: Client) -> None:
    answer = client.get("/start?lang=ko")
    assert (answer.status_code, answer.headers["location"]) == (307, "/?lang=ko")
