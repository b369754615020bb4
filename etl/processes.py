"""The server's processes: which runs, which is a leftover, how to end it. Standard library only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from etl.errors import ClusterUnavailable

FAST_S = 30.0
HARD_S = 10.0


@dataclass(frozen=True, slots=True)
class PidFile:
    """What a server wrote down of itself: its pid, its socket, whether it takes connections."""

    pid: int
    socket: Path
    ready: bool


def pid_file(folder: Path) -> PidFile | None:
    """Read `postmaster.pid`; None when it is absent or not yet written to the end."""
    try:
        lines = (folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8 or not lines[0].strip().isdigit():
        return None
    return PidFile(
        int(lines[0]), Path(lines[4]) / f".s.PGSQL.{lines[3].strip()}", lines[7].strip() == "ready"
    )


def running(folder: Path) -> int | None:
    """Return the pid of the server of a data folder, None if it is gone, though its pid file may lie there still."""
    try:
        first = (folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    pid = int(first) if first.isdigit() else 0
    return pid if pid and _alive(pid) and _serves(pid, folder) else None


def answers(path: Path) -> bool:
    """Tell whether someone listens on a unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2.0)
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def stop_server(pid: int, folder: Path) -> None:
    """End a server: sessions are cut and rolled back; after half a minute at once, to recover at the next start."""
    for sign, patience_s in ((signal.SIGINT, FAST_S), (signal.SIGQUIT, HARD_S)):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise ClusterUnavailable(f"The server (pid {pid}) belongs to another user.") from error
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            if running(folder) != pid:
                return
            time.sleep(0.02)
    raise ClusterUnavailable(f"The server (pid {pid}) does not stop.")


def clear_leftovers(folder: Path) -> None:
    """Remove what a killed server left: its children, which would keep the next one out, and its pid file."""
    deadline = time.monotonic() + HARD_S
    sign = signal.SIGQUIT
    while children := _children(folder):
        for pid in children:
            with suppress(ProcessLookupError):
                os.kill(pid, sign)
        if time.monotonic() > deadline:
            sign = signal.SIGKILL
        if time.monotonic() > deadline + HARD_S:
            raise ClusterUnavailable(f"Processes of an earlier server do not end: {children}")
        time.sleep(0.05)
    # Nobody serves this folder now. A number that meanwhile went to a stranger would stop PostgreSQL's start.
    (folder / "postmaster.pid").unlink(missing_ok=True)


def remove_stale_socket(path: Path) -> None:
    """Remove a socket that nobody listens on, with its lock."""
    if not answers(path):
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".lock").unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # our own child would stay as a zombie
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _serves(pid: int, folder: Path) -> bool:
    """Tell whether a pid is the server of this folder: numbers are used again after a reboot."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        if Path("/proc/self").exists():
            return False
        answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
        return os.fsencode(folder) in answer.stdout
    return os.fsencode(folder) in words


def _children(folder: Path) -> list[int]:
    """Return the processes that work in a data folder, as PostgreSQL's all do. Empty where there is no /proc."""
    target = str(folder.resolve())
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            if str(entry.readlink()) == target:
                found.append(int(entry.parent.name))
    return found
