"""Where the private cluster lies, who owns it, and where its socket is. Standard library only."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.errors import ClusterUnavailable

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET = 103
ELSEWHERE = Path("/var/lib/golmok")  # for a checkout that the server's user may not enter
_SOCKET_NAME = "/.s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one cluster and the user (uid) that its server runs as."""

    folder: Path
    sockets: Path
    owner: int

    @property
    def log(self) -> Path:
        """Return the server's log; it lies in the data folder, where the server's user may write."""
        return self.folder / "server.log"

    def started_from(self) -> str | None:
        """Return the identity of the files the server was started from, None if never."""
        try:
            return (self.folder / "golmok.server").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def remember(self, identity: str) -> None:
        """Write down which files the server was started from."""
        target = self.folder / "golmok.server"
        target.write_text(identity, encoding="utf-8")
        give(target, self.owner)


def locate(state: Path) -> Places | None:
    """Return the places of a cluster that was made before, None if there is none.

    Raises ClusterUnavailable when it belongs to another user.
    """
    folder = _folder(state)
    if not folder.exists():
        return None
    owner = folder.stat().st_uid
    if os.geteuid() not in (0, owner):
        raise ClusterUnavailable(
            f"The database in {folder} belongs to the user {_name(owner)}: work as that user, "
            "or set GOLMOK_STATE to a folder of your own."
        )
    return Places(folder, _sockets(state, folder, owner), owner)


def choose(state: Path) -> Places:
    """Choose where a new cluster shall lie; as root it goes to an unprivileged user, and says so if elsewhere."""
    if os.geteuid() != 0:
        folder, owner = state / "cluster", os.geteuid()
        return Places(folder, _sockets(state, folder, owner), owner)
    owner = _unprivileged()
    folder = state / "cluster"
    if not _reachable(state, owner):
        # A checkout under a folder that only root may enter, such as /root.
        folder = _elsewhere(state) / "cluster"
        (state / "cluster.location").write_text(str(folder), encoding="utf-8")
        print(f"{state} is closed to the user {_name(owner)}: the database goes to {folder}", file=sys.stderr)
    return Places(folder, _sockets(state, folder, owner), owner)


def forget(state: Path, where: Places) -> None:
    """Delete a stopped cluster, its socket folder and the note of where it lies."""
    for folder in (where.folder, where.sockets):
        if folder.exists():
            shutil.rmtree(folder)
    if where.folder.parent != state:
        where.folder.parent.rmdir()
        (state / "cluster.location").unlink()


def major(folder: Path) -> int | None:
    """Return PostgreSQL's major version that made a data folder, None before it was made."""
    try:
        return int((folder / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def make_private(folder: Path, owner: int) -> None:
    """Make a folder that only its owner may enter. Raises ClusterUnavailable if another user put one there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
        give(folder, owner)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
            raise ClusterUnavailable(f"{folder} is not a folder of the user {_name(owner)}.") from None
        folder.chmod(0o700)


def give(path: Path, owner: int) -> None:
    """Hand a file to the server's user; only root can, and only root needs to."""
    if os.geteuid() == 0:
        os.chown(path, owner, pwd.getpwuid(owner).pw_gid, follow_symlinks=False)


def as_user(owner: int) -> dict[str, Any]:  # Any: keyword arguments of subprocess, of several types
    """Return what makes subprocess run a program as the server's user."""
    if os.geteuid() != 0 or owner == 0:
        return {}
    return {"user": owner, "group": pwd.getpwuid(owner).pw_gid, "extra_groups": ()}


def _folder(state: Path) -> Path:
    try:
        return Path((state / "cluster.location").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return state / "cluster"


def _sockets(state: Path, folder: Path, owner: int) -> Path:
    near = folder.parent / "run"
    if len(os.fsencode(near)) + len(_SOCKET_NAME) <= LONGEST_SOCKET:
        return near
    return Path(tempfile.gettempdir()) / f"golmok-{owner}-{_short(state)}"


def _elsewhere(state: Path) -> Path:
    if state.is_relative_to(Path(tempfile.gettempdir()).resolve()):  # a throw-away stays one
        folder = Path(tempfile.mkdtemp(prefix="golmok-"))
    else:
        folder = ELSEWHERE / _short(state)
        folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


def _short(state: Path) -> str:
    return hashlib.sha256(os.fsencode(state)).hexdigest()[:12]


def _unprivileged() -> int:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise ClusterUnavailable(
        "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`."
    )


def _reachable(folder: Path, owner: int) -> bool:
    # The kernel is asked, as that user: modes, lists and mounts all count.
    try:
        answer = subprocess.run(
            ["/bin/sh", "-c", 'cd -- "$1"', "sh", folder],
            cwd="/",
            check=False,
            capture_output=True,
            **as_user(owner),
        )
    except OSError:
        return False
    return answer.returncode == 0


def _name(owner: int) -> str:
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        return str(owner)
