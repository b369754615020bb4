"""Lint, format, types and import contracts, side by side: `golmok check`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = (sys.executable, "-P", "-m")
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": (*_PYTHON, "ruff", "check", "--quiet", "--output-format", "concise"),
    "format": (*_PYTHON, "ruff", "format", "--check", "--quiet", "--output-format", "concise"),
    "types": (*_PYTHON, "mypy", "--no-error-summary"),
    "imports": (
        str(Path(sys.executable).with_name("lint-imports")),
        *("--cache-dir", ".golmok/import_linter_cache"),
    ),
}


def main() -> int:
    """Run all checks at once in the checkout; print what failed, in order; return 0 only if none did."""
    started = time.monotonic()
    running = {name: _start(command) for name, command in CHECKS.items()}
    failed = []
    for name, process in running.items():
        said, _ = process.communicate()
        if process.returncode:
            failed.append(name)
            print(f"--- {name}\n{said.rstrip()}")
    verdict = f"failed: {', '.join(failed)}" if failed else f"{', '.join(CHECKS)} clean"
    print(f"checks: {verdict} ({time.monotonic() - started:.1f} s)")
    return 1 if failed else 0


def _start(command: tuple[str, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


if __name__ == "__main__":
    sys.exit(main())
