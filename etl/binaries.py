"""The PostgreSQL programs of this machine: where they are, which version, whether PostGIS stands beside them.

Standard library only: it runs before the environment exists.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.errors import ClusterUnavailable

OLDEST_MAJOR = 15
# Packages unpacked without root lie here: they belong to the checkout, as .venv does, not to one state folder.
UNPACKED = Path(__file__).resolve().parent.parent / ".golmok" / "postgis"
WAYS = (
    "install PostgreSQL 15 or later with PostGIS (Debian, Ubuntu: apt-get install postgresql-15-postgis-3; "
    "macOS: brew install postgresql@17 postgis), or run `docker compose up -d` and set GOLMOK_DATABASE_URL, "
    "or set GOLMOK_DATABASE_URL to a server you have"
)
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installation: the folder of its programs, its major version, its PostGIS control file."""

    folder: Path
    major: int
    postgis: Path
    unpacked: bool = False

    @property
    def identity(self) -> str:
        """Name what a running server was started from; another value means that the files were replaced."""
        server = (self.folder / "postgres").stat()
        postgis = self.postgis.stat()
        return f"{self.folder}:{server.st_size}:{server.st_mtime_ns}:{postgis.st_size}:{postgis.st_mtime_ns}"

    def environment(self) -> dict[str, str]:
        """Return the variables a server needs; what a user set for other servers is left out."""
        kept = {key: text for key, text in os.environ.items() if not key.startswith(("PG", "LC_", "GOLMOK"))}
        kept |= {"LC_ALL": "C", "TZ": "UTC"}
        return kept | unpacked_environment() if self.unpacked else kept


def find(major: int | None = None) -> Binaries:
    """Return the newest installation with PostGIS, or the one of a major version.

    Raises ClusterUnavailable, naming the ways to get one, when there is none.
    """
    found = {each.folder: each for each in _candidates()}
    fitting = [each for each in found.values() if major in (None, each.major)]
    if fitting:
        return max(fitting, key=lambda each: (each.major, not each.unpacked))
    if major is not None:
        raise ClusterUnavailable(
            f"The database was made by PostgreSQL {major}, which is here no longer with PostGIS: {WAYS}."
        )
    raise ClusterUnavailable(
        f"PostgreSQL {OLDEST_MAJOR} or later with PostGIS is not on this machine: {WAYS}."
    )


def client_folders() -> list[tuple[Path, dict[str, str]]]:
    """Return each folder that holds pg_dump, and the variables its programs need; a server need not stand beside."""
    folders = [folder for pattern in _PLACES for folder in sorted(Path("/").glob(pattern.lstrip("/")))]
    on_path = shutil.which("pg_dump")
    found = [*folders, *([Path(on_path).parent] if on_path else [])]
    # PGPASSFILE and its like stay: they serve the same server as our own connections
    plain = {key: text for key, text in os.environ.items() if not key.startswith(("LC_", "GOLMOK"))}
    plain |= {"LC_ALL": "C"}
    unpacked = sorted(UNPACKED.glob("usr/lib/postgresql/*/bin"))
    every = [(folder, plain) for folder in found] + [
        (each, plain | unpacked_environment()) for each in unpacked
    ]
    return [(folder, around) for folder, around in every if os.access(folder / "pg_dump", os.X_OK)]


def unpacked_environment(root: Path = UNPACKED) -> dict[str, str]:
    """Return where programs unpacked under a folder find their libraries and the tables of PROJ and GDAL."""
    libraries = [root / "usr" / "lib"]
    for triplet in sorted((root / "usr" / "lib").glob("*-linux-gnu*")):
        # blas and lapack lie a folder deeper, where the system's alternatives would point.
        libraries += [triplet, *(each for each in sorted(triplet.iterdir()) if each.is_dir())]
    return {
        "LD_LIBRARY_PATH": ":".join(map(str, libraries)),
        "PROJ_DATA": str(root / "usr" / "share" / "proj"),
        "GDAL_DATA": str(root / "usr" / "share" / "gdal"),
    }


def _candidates() -> Iterator[Binaries]:
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _PLACES:
        folders += sorted(Path("/").glob(pattern.lstrip("/")))
    for folder in folders:
        yield from _inspect(folder, unpacked=False)
    for folder in sorted(UNPACKED.glob("usr/lib/postgresql/*/bin")):
        yield from _inspect(folder, unpacked=True)


def _inspect(folder: Path, *, unpacked: bool) -> Iterator[Binaries]:
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb")):
        return
    major = _major(folder, unpacked=unpacked)
    control = _postgis_control(folder, major)
    if major >= OLDEST_MAJOR and control is not None:
        yield Binaries(folder, major, control, unpacked)


def _major(folder: Path, *, unpacked: bool) -> int:
    # The folder's name tells it on Debian; elsewhere the program is asked.
    if folder.parent.name.isdigit():
        return int(folder.parent.name)
    environment = os.environ | (unpacked_environment() if unpacked else {})
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=False, env=environment
    )
    match = re.search(r"(\d+)(?:\.|devel|beta|rc)", answer.stdout)
    return int(match[1]) if match else 0


def _postgis_control(folder: Path, major: int) -> Path | None:
    prefix = folder.parent
    places = [
        prefix.parent.parent.parent / "share" / "postgresql" / str(major),  # Debian: /usr/share/postgresql/15
        prefix / "share" / "postgresql",
        prefix / "share" / "pgsql",  # Fedora
        prefix / "share",
        prefix.parent.parent / "share" / f"postgresql@{major}",  # Homebrew: shared by its extensions
        prefix / "share" / f"postgresql@{major}",
    ]
    for place in places:
        control = place / "extension" / "postgis.control"
        if control.exists():
            return control
    return None
