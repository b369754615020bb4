"""The invented district's files in a folder: written when they are not there yet, byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

import etl.sample
from etl.sample import SEED, write_sample

__all__ = ["SEED", "STAMP", "write_files"]

Progress = Callable[[str, int, int], None]

# What was written, by which generator: the same again needs no writing.
STAMP = ".written.json"


def write_files(folder: Path, *, seed: int | None = None, progress: Progress) -> list[Path]:
    """Write the invented district's files, unless the folder holds them all unchanged; return their paths.

    seed  another one invents another district
    """
    chosen = SEED if seed is None else seed
    kept = _kept(folder, chosen)
    if kept is not None:
        progress("Sample: unchanged", 1, 1)
        return kept
    under_way: list[str] = []

    def step(label: str) -> None:
        _finish(under_way, progress)
        under_way.append(f"Sample: {label}")
        progress(under_way[-1], 0, 1)

    (folder / STAMP).unlink(missing_ok=True)  # a writing that is killed leaves no stamp
    written = write_sample(folder, seed=chosen, progress=step)
    _finish(under_way, progress)
    names = [path.relative_to(folder).as_posix() for path in written]
    stamp = {"generator": _generator(), "seed": chosen, "files": _digests(folder, names)}
    (folder / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return written


def _finish(under_way: list[str], progress: Progress) -> None:
    if under_way:
        progress(under_way[-1], 1, 1)


def _kept(folder: Path, seed: int) -> list[Path] | None:
    """Return the paths of an earlier writing if it would come out the same now; None if anything differs."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        if (stamp["generator"], stamp["seed"]) != (_generator(), seed):
            return None
        if _digests(folder, list(stamp["files"])) != stamp["files"]:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return [folder / name for name in stamp["files"]]


def _digests(folder: Path, names: list[str]) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def _generator() -> str:
    """Return the digest of the code that invents the district, with the libraries that its bytes depend on."""
    digest = hashlib.sha256(f"{np.__version__} {shapely.__version__}".encode())
    for path in sorted(Path(etl.sample.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
