"""How the set-up speaks: one line at a time, on stderr, so that stdout stays the answer's."""

from __future__ import annotations

import sys


def tell(line: str) -> None:
    """Say what is being done."""
    print(f"golmok: {line}", file=sys.stderr, flush=True)
