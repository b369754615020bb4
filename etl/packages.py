"""What comes from the system's packages: PostGIS, Chromium for the tests, pip's wheel on a bare Debian.

On Debian and Ubuntu apt installs it, as root or through sudo; without either the packages are unpacked into
the checkout. Elsewhere one sentence names the ways. Standard library only.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from etl import binaries
from etl.errors import ClusterUnavailable, SetUpFailed
from etl.telling import run_quietly, tell

_POSTGIS = re.compile(r"^(postgresql-(\d+)-postgis-3) ", re.MULTILINE)
_INST = re.compile(r"^Inst (\S+) (?:\[[^\]]*\] )?\((\S+)", re.MULTILINE)


def ensure_postgis(root: Path) -> None:
    """Have PostgreSQL with PostGIS on this machine. Raises ClusterUnavailable, naming the ways, when it can't be."""
    try:
        found = binaries.find()
    except ClusterUnavailable:
        if shutil.which("apt-get") is None:
            raise
        _fetch_postgis(root)
        found = binaries.find()
    stamp = root / ".golmok" / "postgres"
    stamp.write_text(f"{found.folder / 'postgres'}\n", encoding="utf-8")


def ensure_chromium() -> None:
    """Have a browser for the tests where apt may install it; the tests that need one are skipped elsewhere."""
    names = ("chromium", "chromium-browser", "google-chrome")
    if any(map(shutil.which, names)):
        return
    as_root = _as_root()
    if as_root is None or shutil.which("apt-get") is None:
        tell("no Chromium, and no right to install it: the tests that look at pages will be skipped")
        return
    tell("installing Chromium with apt, for the tests that look at pages")
    if not _install(as_root, ["chromium"]):
        tell("apt could not install Chromium: the tests that look at pages will be skipped")


def pip_wheel(root: Path) -> Path:
    """Return pip's wheel as Debian packs it, for a Python without ensurepip. Raises SetUpFailed."""
    at_hand = sorted(Path("/usr/share/python-wheels").glob("pip-*.whl"))
    folder = root / ".golmok" / "tools" / "pip-wheel"
    if not at_hand and not folder.exists():
        if shutil.which("apt-get") is None:
            raise SetUpFailed(
                "This Python has no pip: install it (Debian, Ubuntu: apt-get install python3-venv)."
            )
        tell("fetching pip from the system's packages")
        _unpack(["python3-pip-whl"], folder)
    wheels = at_hand or sorted(folder.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise SetUpFailed(
            "This Python has no pip: install it (Debian, Ubuntu: apt-get install python3-venv)."
        )
    return wheels[-1]


def newest_postgis(listing: str) -> str | None:
    """Return the package of the newest PostgreSQL with PostGIS in what `apt-cache search` printed, None if too old."""
    found = [(int(major), name) for name, major in _POSTGIS.findall(listing)]
    return max((each for each in found if each[0] >= binaries.OLDEST_MAJOR), default=(0, None))[1]


def _fetch_postgis(root: Path) -> None:
    as_root = _as_root()
    if as_root is not None:
        tell("PostgreSQL with PostGIS is missing: installing it with apt (750 MB, half a minute)")
        run_quietly([*as_root, "apt-get", "update", "-q"])
        name = newest_postgis(_search([]))
        if name is not None and _install(as_root, [name], update=False):
            return
        tell("apt could not install it; unpacking it into the checkout instead")
    else:
        tell("PostgreSQL with PostGIS is missing, and this user may not install packages:")
        tell(f"its packages will be unpacked into {binaries.UNPACKED} (340 MB); nothing else is touched")
    _unpack([], binaries.UNPACKED)
    _link_controls(binaries.UNPACKED)


def _as_root() -> list[str] | None:
    """Return what to put before a command to run it as root, None if we may not."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _install(as_root: list[str], names: list[str], *, update: bool = True) -> bool:
    if update:
        run_quietly([*as_root, "apt-get", "update", "-q"])
    quiet = [
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
    ]
    return run_quietly([*as_root, *quiet, *names]) == 0


def _search(options: list[str]) -> str:
    command = ["apt-cache", *options, "search", "--names-only", "^postgresql-[0-9]+-postgis-3$"]
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout


def _unpack(names: list[str], target: Path) -> None:
    """Unpack packages and all they need that is not installed; without names, PostGIS's. Raises SetUpFailed.

    Lists and archives lie in a folder of our own, so that apt needs no root.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="apt-") as scratch:
        options = _own_folders(Path(scratch))
        if run_quietly(["apt-get", *options, "update", "-q"]) != 0:
            raise SetUpFailed("apt could not read the lists of packages.")
        wanted = names or [each for each in [newest_postgis(_search(options))] if each]
        if not wanted:
            raise ClusterUnavailable(
                f"The packages of this release hold no PostgreSQL {binaries.OLDEST_MAJOR} with PostGIS: {binaries.WAYS}."
            )
        fresh = Path(scratch) / "fresh"
        for archive in _download(wanted, options, Path(scratch)):
            if run_quietly(["dpkg-deb", "-x", archive, fresh]) != 0:
                raise SetUpFailed(f"{archive.name} could not be unpacked.")
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def _own_folders(scratch: Path) -> list[str]:
    for name in ("lists/partial", "cache/archives/partial"):
        (scratch / name).mkdir(parents=True)
    settings = {
        "Dir::State::Lists": scratch / "lists",
        "Dir::Cache": scratch / "cache",
        "Dir::State::status": "/var/lib/dpkg/status",
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
    }
    return [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]


def _download(wanted: list[str], options: list[str], scratch: Path) -> list[Path]:
    """Download the packages with their closure; what the system has installed is not fetched again."""
    plan = subprocess.run(
        ["apt-get", *options, "-s", "install", "--no-install-recommends", *wanted],
        check=False,
        capture_output=True,
        text=True,
    )
    if plan.returncode != 0:
        raise SetUpFailed(f"apt finds no way to {', '.join(wanted)}: {plan.stderr.strip()}")
    exact = [f"{name}={version}" for name, version in _INST.findall(plan.stdout)]
    archives = scratch / "archives"
    archives.mkdir()
    if run_quietly(["apt-get", *options, "-q", "download", *(exact or wanted)], cwd=archives) != 0:
        raise SetUpFailed("apt could not download the packages.")
    return sorted(archives.glob("*.deb"))


def _link_controls(root: Path) -> None:
    """Make the links `postgis.control` -> `postgis-3.control` that the packages' own scripts would make."""
    for control in root.glob("usr/share/postgresql/*/extension/*-3.control"):
        link = control.with_name(control.name.removesuffix("-3.control") + ".control")
        if not link.exists():
            link.symlink_to(control.name)
