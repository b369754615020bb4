"""Serve the dashboard: where it may listen, on which port, and the process that does it.

The page's server itself is `app.web`. It runs in place of this process, so that the command line stays free of
Streamlit and what the command computed before does not stay in memory.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
import tomllib
from pathlib import Path

from app.words import say
from etl.settings import settings
from spatial.errors import GolmokError

PORTS_TRIED = 50
SECRETS = (Path.home() / ".streamlit" / "secrets.toml", Path.cwd() / ".streamlit" / "secrets.toml")


class AddressRefused(GolmokError):
    """The dashboard was asked to listen where strangers could reach it, and no sign-in is configured."""


class NoFreePort(GolmokError):
    """Every port from the wanted one on is taken."""


def serve(*, district: str | None = None, host: str | None = None, port: int | None = None) -> None:
    """Serve the dashboard of a district until stopped. Prints its address; does not return.

    host, port  else what the settings say (127.0.0.1 and 8501); a busy port moves to the next
    Raises      AddressRefused, NoFreePort
    """
    address = allowed(host or settings().host, signed_in=sign_in_configured())
    free = free_port(address, port or settings().port)
    shown = f"[{address}]" if ":" in address else address
    print(say("line.serving", settings().language, url=f"http://{shown}:{free}"), flush=True)
    os.execve(sys.executable, command(address, free), environment(district))


def command(host: str, port: int) -> list[str]:
    """Return the command line of the process that serves."""
    return [sys.executable, "-m", "app.web", host, str(port)]


def environment(district: str | None) -> dict[str, str]:
    """Return the environment of the process that serves: ours, our code findable, the district named."""
    root = str(Path(__file__).resolve().parent.parent)
    paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    named = {"GOLMOK_DISTRICT": district} if district else {}
    return os.environ | {"PYTHONPATH": os.pathsep.join(dict.fromkeys(paths))} | named


def allowed(host: str, *, signed_in: bool) -> str:
    """Return the address when the dashboard may listen there: this machine's own, or any with sign-in."""
    local = host == "localhost" or _is_loopback(host)
    if not local and not signed_in:
        raise AddressRefused(host)
    return "127.0.0.1" if host == "localhost" else host


def free_port(host: str, port: int) -> int:
    """Return the first port from the wanted one on that nobody listens on. Raises NoFreePort."""
    last = min(port + PORTS_TRIED, 65536)
    for candidate in range(port, last):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise NoFreePort(f"{host}: {error.strerror}") from error
                continue
            return candidate
    raise NoFreePort(f"{port}-{last - 1}")


def sign_in_configured(files: tuple[Path, ...] = SECRETS) -> bool:
    """Say whether a secrets file holds a complete [auth] section, the one that the page's server reads."""
    for path in files:
        if path.is_file():
            section = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
            if section.get("redirect_uri") and section.get("cookie_secret"):
                return True
    return False


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
