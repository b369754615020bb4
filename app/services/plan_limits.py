"""What a plan must keep to beside its number or budget: poles, second views, shares that are due, privacy, the old ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from app.services import WrongUse


class OutOfLimits(WrongUse):
    """A limit of a plan is told that it cannot have: the detail is its name, what was told, what it may be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits and wishes of a plan; without any of them it is the plain question of the most risk seen.

    per_pole          how many new cameras may hang on one pole: each pays for its pole or arm and its lines
    backup            worth of a second camera from another pole, as a share 0..1 of the risk there
    diverse           worth of being seen from both sides, likewise
    dong_least        share 0..1 of the metres of alley of each dong that must be seen
    zones             key or number of a zone -> share 0..1 of its area that must be seen, 1 for the whole
    intrusion_most    m² of private plots that the new cameras may see at *recognise* in all; None: no bound
    intrusion_weight  metres of average street that one would give up to keep 100 m² of private plots out of view
    may_turn, may_move, may_remove  what may be done with existing cameras whose aim is known, each at its price
    most_won          what all may cost at most, beside a number: without it no price holds a turn or a move back
    models            names of the lens models to choose among; empty: all that the district lists
    """

    per_pole: int = 1
    backup: float = 0.0
    diverse: float = 0.0
    dong_least: float | None = None
    zones: Mapping[str, float] = field(default_factory=dict)
    intrusion_most: float | None = None
    intrusion_weight: float = 0.0
    may_turn: bool = False
    may_move: bool = False
    may_remove: bool = False
    models: tuple[str, ...] = ()
    most_won: int | None = None

    @property
    def frees(self) -> bool:
        """Say whether existing cameras are part of the question."""
        return self.may_turn or self.may_move or self.may_remove

    def told(self) -> dict[str, Any]:
        """Return the limits as an answer tells them, JSON-ready."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return said | {"zones": dict(self.zones), "models": list(self.models)}


def limits_of(given: Mapping[str, Any] | None) -> Limits:
    """Return the limits that a form or a command line gave, those left out or None at their rest.

    Raises WrongUse for a limit that there is not, or a value that it cannot have, in a sentence that names it
    """
    said = {name: value for name, value in (given or {}).items() if value is not None}
    known = {each.name for each in fields(Limits)}
    if unknown := set(said) - known:
        raise OutOfLimits(f"{', '.join(sorted(unknown))} ({', '.join(sorted(known))})")
    for name in ("backup", "diverse", "dong_least"):
        _require(name, said, least=0.0, most=1.0)
    for name in ("intrusion_most", "intrusion_weight", "most_won"):
        _require(name, said, least=0.0, most=math.inf)
    if "per_pole" in said and not (isinstance(said["per_pole"], int) and said["per_pole"] >= 1):
        raise OutOfLimits(f"per_pole {said['per_pole']} (1-)")
    if "zones" in said:
        said["zones"] = _zones(said["zones"])
    if "models" in said:
        said["models"] = tuple(said["models"])
    return Limits(**said)


def _require(name: str, said: Mapping[str, Any], *, least: float, most: float) -> None:
    if name in said and not (math.isfinite(said[name]) and least <= said[name] <= most):
        raise OutOfLimits(f"{name} {said[name]:g} ({least:g}-{'' if math.isinf(most) else f'{most:g}'})")


def _zones(given: Mapping[str, float] | Sequence[str]) -> dict[str, float]:
    """Return the share of each zone; a plain list of keys asks for the whole of each."""
    shares = dict(given) if isinstance(given, Mapping) else dict.fromkeys(map(str, given), 1.0)
    for key, share in shares.items():
        if not (math.isfinite(share) and 0.0 < share <= 1.0):
            raise OutOfLimits(f"zone {key} {share:g} (0 < x <= 1)")
    return shares
