"""Under which limits a plan was made, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.words import number, percent, say


def limits(told: Mapping[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield what bound a plan, a phrase each; nothing of limits that were not set."""
    for name, blanks in _BLANKS.items():
        value = (told or {}).get(name)
        # To see no private plot at all is a limit; no weight, no share and no zone is none.
        if value or (name == "intrusion_most" and value is not None):
            yield say(f"plan_limit.{name}", lang, **blanks(value))


def _named(zones: Mapping[str, float]) -> str:
    """Name zones with the share 0..1 of each that must be seen."""
    return ", ".join(f"{zone} {percent(share, 0)}" for zone, share in zones.items())


_BLANKS: dict[str, Callable[[Any], dict[str, str]]] = {  # Any: what JSON holds
    "p": lambda n: {"n": number(n)},
    "budget_won": lambda won: {"won": number(won)},
    "most_won": lambda won: {"won": number(won)},
    "per_pole": lambda n: {"n": number(n)},
    "backup": lambda share: {"share": percent(share, 0)},
    "diverse": lambda share: {"share": percent(share, 0)},
    "dong_least": lambda share: {"share": percent(share, 0)},
    "zones": lambda zones: {"named": _named(zones)},
    "intrusion_most": lambda area_m2: {"area": f"{number(area_m2)} m²"},
    "intrusion_weight": lambda metres: {"n": f"{metres:g}"},
    "models": lambda names: {"named": ", ".join(map(str, names))},
    **{name: lambda _: {} for name in ("may_turn", "may_move", "may_remove")},
}
