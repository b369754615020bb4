"""The most memory that a process held."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_mib() -> float:
    """Return the most memory that this process has held so far, its libraries with it, in MiB.

    Linux tells it of the program that runs now (VmHWM). What getrusage tells there counts the parent's memory from before
    the program began; elsewhere nothing else is told.
    """
    try:
        lines = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        lines = []
    told = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    if told:
        return round(told[0] / 1024, 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 if sys.platform == "linux" else 1024**2), 1)
