"""The invented district: `write_sample` writes its files in the real formats, and the ordinary load reads them.

Golmok-gu of Garam is nowhere. One seed gives one district, the same bytes each time; `data/README.md` says what
each file is.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from etl.sample.district import invent
from etl.sample.events import write_events
from etl.sample.maps import write_maps
from etl.sample.places import write_places
from etl.sample.plots import write_private
from etl.sample.population import write_population
from etl.sample.registry import write_cameras

__all__ = ["SEED", "write_sample"]

SEED = 20131231

_README = """Everything in this folder is INVENTED: the district Golmok-gu (골목구) of Garam (가람특별시), its streets, buildings,
cameras, calls and names. It lies on real coordinates only so that maps and projections work as they do for a real city.
이 폴더의 모든 자료는 지어낸 것입니다. 실제 지역, 시설, 사건, 사람과 관계가 없습니다.
"""


def write_sample(
    folder: Path | str, *, seed: int = SEED, progress: Callable[[str], None] | None = None
) -> list[Path]:
    """Write every file of the invented district into a folder (made if absent) and return their paths.

    The same seed writes the same bytes. `progress` is told the name of each step as it begins (about 20 s in all).
    """
    say = progress or _silent
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rngs = np.random.default_rng(seed).spawn(9)
    district = invent(rngs[:6], say)
    note = target / "README.txt"
    note.write_text(_README, encoding="utf-8", newline="\n")
    say("maps")
    written = [note, *write_maps(target, district)]
    say("registry")
    written += write_cameras(target, district, rngs[6])
    say("places")
    written += write_places(target, district, rngs[7])
    say("events")
    written += write_events(target, district, rngs[8])
    say("plots")
    written += write_private(target, district, seed)
    say("population")
    return [*written, write_population(target, district, seed)]


def _silent(_: str) -> None:
    """Say nothing."""
