"""The Python environment of a checkout, made from the locks: exact versions, checked by their hashes.

Standard library only. An interrupted set-up leaves a mark, so that the next one begins anew.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from etl import packages
from etl.errors import SetUpFailed
from etl.telling import tell

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"  # all of the former, and what tests and checks need
TOOLS_LOCK = "requirements-setup.lock"  # what the set-up itself may fetch


def python(root: Path) -> Path:
    """Return the interpreter of the checkout's environment."""
    return root / ".venv" / "bin" / "python"


def ensure(root: Path, *, tests: bool) -> None:
    """Bring `.venv` to what the lock says; nothing is done when it stands already. Raises SetUpFailed."""
    lock = TEST_LOCK if tests else RUN_LOCK
    if is_ready(root, lock):
        return
    folder = root / ".venv"
    unfinished = folder / "golmok-unfinished"
    if unfinished.exists() or not _runs(python(root)):
        tell("making the Python environment (.venv)")
        shutil.rmtree(folder, ignore_errors=True)
        _checked([sys.executable, "-m", "venv", "--without-pip", folder], "Python could not make .venv")
    unfinished.touch()
    tell(f"installing the packages of {lock} (about 1.2 GB, once)")
    _install(root, root / lock)
    _stamp(root, lock)
    unfinished.unlink()


def is_ready(root: Path, lock: str) -> bool:
    """Tell whether `.venv` was finished from this very lock and in this very folder."""
    stamps = root / ".venv" / "golmok"
    try:
        same = (stamps / lock).read_bytes() == (root / lock).read_bytes()
        here = (stamps / "root").read_text(encoding="utf-8") == f"{root}\n"
    except FileNotFoundError:
        return False
    return same and here and not (root / ".venv" / "golmok-unfinished").exists()


def tool(root: Path, name: str) -> Path:
    """Install one package of the set-up's own lock beside the environment; return the folder it lies in."""
    folder = root / ".golmok" / "tools" / name
    if not (folder / "golmok-done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        wanted = folder / "wanted.lock"
        wanted.write_text(_block(root / TOOLS_LOCK, name), encoding="utf-8")
        command = ["install", "--quiet", "--require-hashes", "--no-deps", "-r", str(wanted)]
        _pip(root, [*command, "--target", str(folder)])
        (folder / "golmok-done").touch()
    return folder


def _install(root: Path, lock: Path) -> None:
    uv = _uv(root)
    if uv is not None:
        # Compiled now, or each start would pay for it where nothing may be written later.
        quiet = () if sys.stderr.isatty() else ("--quiet",)
        options = [*quiet, "--compile-bytecode", "--require-hashes"]
        command = [uv, "pip", "install", *options, "--python", python(root), "-r", lock]
        if subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0:
            return
        tell("uv could not install them; trying pip")
    _pip(root, ["install", "--require-hashes", "-r", str(lock)])


def _uv(root: Path) -> str | None:
    """Return uv, ten times faster than pip: the user's, else one of our own; None where there is none to have."""
    if found := shutil.which("uv"):
        return found
    try:
        return str(tool(root, "uv") / "bin" / "uv")
    except SetUpFailed:
        return None


def _pip(root: Path, arguments: list[str]) -> None:
    _checked([python(root), *_pip_module(root), *arguments], "pip could not install the packages")


def _pip_module(root: Path) -> list[str]:
    """Return how to run pip. Debian keeps it out of a bare Python; its wheel is then taken from Debian's package."""
    asked = subprocess.run([python(root), "-m", "pip", "--version"], check=False, capture_output=True)
    if asked.returncode != 0:
        made = subprocess.run([python(root), "-m", "ensurepip"], check=False, capture_output=True)
        if made.returncode != 0:
            return [str(packages.pip_wheel(root) / "pip")]
    return ["-m", "pip", "--disable-pip-version-check"]


def _runs(interpreter: Path) -> bool:
    """Tell whether an interpreter still works: the Python it stands on may be gone."""
    probe = "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    try:
        return subprocess.run([interpreter, "-c", probe], check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def _stamp(root: Path, lock: str) -> None:
    folder = root / ".venv"
    # The project is found from any folder, by any Python of the environment, without being installed.
    for packages_folder in (folder / "lib").glob("python3.*/site-packages"):
        (packages_folder / "golmok.pth").write_text(f"{root}\n", encoding="utf-8")
    stamps = folder / "golmok"
    stamps.mkdir(exist_ok=True)
    (stamps / "root").write_text(f"{root}\n", encoding="utf-8")
    for each in {lock, RUN_LOCK}:
        shutil.copyfile(root / each, stamps / each)
    if lock == RUN_LOCK:
        (stamps / TEST_LOCK).unlink(missing_ok=True)  # it may hold other versions now


def _block(lock: Path, name: str) -> str:
    """Return the lines of one package in a lock: its version and its hashes."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = next(number for number in range(start, len(lines)) if not lines[number].endswith("\\"))
    return "\n".join(lines[start : end + 1]) + "\n"


def _checked(command: list[str | Path], fault: str) -> None:
    environment = {key: text for key, text in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(command, check=False, stdout=sys.stderr, env=environment)
    if done.returncode != 0:
        raise SetUpFailed(f"{fault} (its words stand above).")
