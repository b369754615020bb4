"""What the processes of a database server cost while others work with it: their memory and time, where /proc tells."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EVERY_S = 0.1


@dataclass(slots=True)
class Cost:
    """Processor seconds of a server's sessions, and the most memory of its own (not shared) that one held.

    Both None where the system has no /proc.
    """

    cpu_s: float | None = None
    peak_mib: float | None = None


@contextmanager
def sessions(server: int | None) -> Iterator[Cost]:
    """Watch the sessions of a server (its first process) while the block runs; their cost is told at its end.

    Processor time is that of sessions which ended within the block.
    """
    told = Cost()
    if server is None or not Path(f"/proc/{server}/stat").exists():
        yield told
        return
    ended, before = threading.Event(), _ended_cpu_s(server)
    watcher = threading.Thread(target=_watch, args=(server, told, ended), daemon=True)
    watcher.start()
    try:
        yield told
    finally:
        ended.set()
        watcher.join()
        told.cpu_s = round(_ended_cpu_s(server) - before, 2)


def _watch(server: int, told: Cost, ended: threading.Event) -> None:
    while not ended.wait(_EVERY_S):
        for child in _children(server):
            own = _own_mib(child)
            if own is not None and own > (told.peak_mib or 0.0):
                told.peak_mib = round(own, 1)


def _children(server: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{server}/task/{server}/children").read_text().split()]
    except OSError:
        return []


def _own_mib(pid: int) -> float | None:
    try:
        found = re.search(r"RssAnon:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return None
    return int(found[1]) / 1024 if found else None


def _ended_cpu_s(server: int) -> float:
    # after the name in brackets, which may hold spaces: cutime and cstime, the 16th and 17th field of all
    fields = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
