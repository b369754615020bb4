"""The set-up: environment, PostGIS, assets. The wrapper calls it when a stamp is missing or a lock has changed.

Standard library only; it runs before `.venv` exists. Each step does nothing when its work stands already, and one
set-up runs at a time.
"""

from __future__ import annotations

import argparse
import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl import assets, environment, packages
from etl.errors import ClusterUnavailable, PlatformError
from etl.telling import tell

ROOT = Path(__file__).resolve().parent.parent
FAULT, NO_DATABASE = 1, 4


def main(words: list[str] | None = None) -> int:
    """Set up for `run`, `check` or `test`; return an exit code."""
    parser = argparse.ArgumentParser(prog="golmok", description="Set up this checkout.")
    parser.add_argument("purpose", choices=["run", "check", "test"])
    parser.add_argument(
        "--own-database", action="store_true", help="the user runs the database; PostGIS is not needed"
    )
    asked = parser.parse_args(words)
    try:
        with _alone(ROOT):
            environment.ensure(ROOT, tests=asked.purpose != "run")
            if asked.purpose == "check":
                return 0
            if not asked.own_database:
                packages.ensure_postgis(ROOT)
            assets.ensure(ROOT)
            if asked.purpose == "test":
                packages.ensure_chromium()
                (ROOT / ".golmok" / "ready-to-test").touch()
    except PlatformError as error:
        tell(str(error))
        return NO_DATABASE if isinstance(error, ClusterUnavailable) else FAULT
    except OSError as error:
        tell(f"the set-up could not go on: {error}")
        return FAULT
    except KeyboardInterrupt:
        tell("stopped; the next call goes on")
        return 130
    return 0


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let one set-up run at a time; a second waits and then finds the work done."""
    (root / ".golmok").mkdir(exist_ok=True)
    with (root / ".golmok" / "set-up.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("another set-up is running here; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
