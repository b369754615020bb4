"""PostgreSQL's own programs for backups: found, run, and told from when they fail.

A password goes to them in the environment, where no list of processes shows it.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from etl import binaries
from etl.errors import PlatformError

SCHEMAS = ("raw", "core", "meta", "api")
OWNER_ROLE = "golmok_owner"
_PIECE = 1 << 20


class DumpFailed(PlatformError):
    """A dump could not be written or read: what the program said is the error's text."""


@dataclass(frozen=True, slots=True)
class Programs:
    """pg_dump and pg_restore of one installation, their major version, and the variables they need."""

    folder: Path
    major: int
    environment: dict[str, str]


def find(least: int) -> Programs:
    """Return the oldest programs that are not older than a server's major version.

    Raises DumpFailed, naming what to install, when there are none.
    """
    found = [
        Programs(folder, major, environment)
        for folder, environment in binaries.client_folders()
        if (major := _major(folder, environment)) >= least
    ]
    if not found:
        raise DumpFailed(f"pg_dump of PostgreSQL {least} or later is not on this machine: {binaries.WAYS}")
    return min(found, key=lambda each: each.major)


def dump(programs: Programs, uri: str, *, snapshot: str, told: Callable[[int], None]) -> Iterator[bytes]:
    """Give a dump of our schemas piece by piece, as a snapshot that is held open sees them.

    told     hears how many tables were begun
    Raises   DumpFailed when the program did, at the end
    """
    words = ["--format=custom", "--compress=3", f"--snapshot={snapshot}", f"--role={OWNER_ROLE}"]
    words += [f"--schema={name}" for name in SCHEMAS]
    with _running(programs, "pg_dump", words, uri) as (program, said):
        begun = 0
        assert program.stdout is not None
        while piece := program.stdout.read(_PIECE):
            yield piece
            if (now := sum("dumping contents of table" in line for line in said)) != begun:
                told(begun := now)


def restore(programs: Programs, uri: str, pieces: Iterable[bytes]) -> None:
    """Read a dump into an empty database, all of it or nothing. Raises DumpFailed, and whatever `pieces` raises."""
    words = ["--single-transaction", "--exit-on-error", "--no-owner", f"--role={OWNER_ROLE}"]
    with _running(programs, "pg_restore", words, uri) as (program, _):
        assert program.stdin is not None
        # it may give up before the end: what it said then tells why
        with suppress(BrokenPipeError):
            for piece in pieces:
                program.stdin.write(piece)


@contextmanager
def _running(
    programs: Programs, name: str, words: list[str], uri: str
) -> Iterator[tuple[subprocess.Popen[bytes], list[str]]]:
    """Run a program; give it and the lines it says. Left by an error, the block stops it."""
    address, password = without_password(uri)
    reads = name == "pg_restore"
    program = subprocess.Popen(
        [programs.folder / name, *words, "--verbose", "--no-password", f"--dbname={address}"],
        stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
        stdout=subprocess.DEVNULL if reads else subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=programs.environment | ({"PGPASSWORD": password} if password else {}),
        cwd="/",
    )
    said: list[str] = []
    listener = threading.Thread(target=_listen, args=(program, said), daemon=True)
    listener.start()
    try:
        yield program, said
    except BaseException:
        program.kill()
        raise
    finally:
        for stream in (program.stdin, program.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()
        program.wait()
        listener.join()
    _require_done(program, said, name)


def without_password(uri: str) -> tuple[str, str | None]:
    """Return an address without its password, and the password.

    >>> without_password("postgresql://kim:se%20cret@db:5432/city?sslmode=require")
    ('postgresql://kim@db:5432/city?sslmode=require', 'se cret')
    """
    parts = urlsplit(uri)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    secret = query.pop("password", None)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, word = user.partition(":")
    rest = f"?{urlencode(query, quote_via=quote)}" if query else ""
    return f"postgresql://{name}{at}{host}{parts.path}{rest}", unquote(word) if colon else secret


def _listen(program: subprocess.Popen[bytes], said: list[str]) -> None:
    assert program.stderr is not None
    said.extend(line.decode(errors="replace").strip() for line in program.stderr)
    program.stderr.close()


def _require_done(program: subprocess.Popen[bytes], said: list[str], name: str) -> None:
    if program.returncode == 0:
        return
    wrong = [line for line in said if re.search(r"error|fatal|FATAL|ERROR", line)] or said[-3:]
    if any("No space left on device" in line for line in wrong):
        raise DumpFailed("the database's disk is full")
    raise DumpFailed(f"{name}: " + (" | ".join(wrong[:3]) or f"exit code {program.returncode}"))


def _major(folder: Path, environment: dict[str, str]) -> int:
    answer = subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, text=True, check=False, env=environment
    )
    match = re.search(r"(\d+)(?:\.|devel|beta|rc)", answer.stdout)
    return int(match[1]) if match and os.access(folder / "pg_restore", os.X_OK) else 0
