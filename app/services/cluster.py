"""Start, stop and look at the database server."""

from __future__ import annotations

from typing import Any

from etl import cluster
from etl.settings import settings


def up() -> dict[str, Any]:
    """Start the private cluster when it is down and return `started` with its socket (code, socket)."""
    found = settings()
    if found.database_url:
        return {"code": "not_ours", "socket": None}
    return {"code": "started", "socket": cluster.ensure_running(found.state).socket_dir}


def down() -> dict[str, Any]:
    """Stop the private cluster and return `stopped`, or `not_running` where it was down before (code, socket)."""
    found = settings()
    if found.database_url:
        return {"code": "not_ours", "socket": None}
    return {"code": "stopped" if cluster.stop(found.state) else "not_running", "socket": None}


def status() -> dict[str, Any]:
    """Return whether the cluster runs, its version and its socket (JSON-ready)."""
    found = settings()
    if found.database_url:
        return {"running": None, "kind": "GOLMOK_DATABASE_URL"}
    return {"kind": "private", **cluster.status(found.state).as_json()}
