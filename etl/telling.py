"""How the set-up speaks: one line at a time, on stderr, so that stdout stays the answer's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOG = Path(__file__).resolve().parent.parent / ".golmok" / "set-up.log"


def tell(line: str) -> None:
    """Say what is being done."""
    print(f"golmok: {line}", file=sys.stderr, flush=True)


def run_quietly(
    command: list[str | Path], *, cwd: Path | None = None, environment: dict[str, str] | None = None
) -> int:
    """Run a program whose many words go to the set-up's log; tell its last ones when it fails. Return its code."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        start = log.tell()
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=environment,
        )
    if done.returncode:
        for line in LOG.read_bytes()[start:].decode(errors="replace").splitlines()[-5:]:
            tell(f"  {line}")
    return done.returncode
