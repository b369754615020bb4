"""Start, stop and look at the database server, in the words of the command line."""

from __future__ import annotations

from typing import Any

from etl import cluster
from etl.settings import settings


def up() -> str:
    """Start the private cluster when it is down and say where it listens."""
    found = settings()
    if found.database_url:
        return "GOLMOK_DATABASE_URL names the database; there is no private cluster to start."
    running = cluster.ensure_running(found.state)
    return f"The private cluster runs on the socket in {running.socket_dir}; it never listens on TCP."


def down() -> str:
    """Stop the private cluster; a stopped one stays stopped."""
    found = settings()
    if found.database_url:
        return "GOLMOK_DATABASE_URL names the database; it is not ours to stop."
    return "Stopped." if cluster.stop(found.state) else "It was not running."


def status() -> dict[str, Any]:
    """Return whether the cluster runs, its version and its socket (JSON-ready)."""
    found = settings()
    if found.database_url:
        return {"running": None, "kind": "GOLMOK_DATABASE_URL"}
    return {"kind": "private", **cluster.status(found.state).as_json()}
