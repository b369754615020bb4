"""Layers that may not be: none tells people apart by where they come from. Cameras are planned, not suspicion."""

from __future__ import annotations

from collections.abc import Iterable

from spatial.errors import SpatialError

# Words of names and titles, small letters without blanks. Parts of other words are left alone: "race" lies in "terrace".
_PARTS = (
    "nationality", "foreigner", "immigrant", "migrant", "ethnic", "refugee", "multicultural", "alien_resid", "religion",
    "외국인", "국적", "이주민", "이민자", "다문화", "난민", "인종", "민족", "종교", "불법체류",
)  # fmt: skip
_WORDS = frozenset({"race", "races", "alien", "aliens", "foreign", "migrants"})


class TellsPeopleApart(SpatialError):
    """A layer by nationality, descent or belief: refused, whatever it is to weigh."""


def require_lawful(names: Iterable[str]) -> None:
    """Raise TellsPeopleApart for the first name of a layer that tells people apart by nationality, descent or belief."""
    for name in names:
        plain = "".join(name.lower().split()).replace("-", "_")
        if any(part in plain for part in _PARTS) or _WORDS & set(plain.split("_")):
            raise TellsPeopleApart(name)
