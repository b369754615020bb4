"""May this camera be used for this incident? Purpose is law: PIPA Article 25(5) forbids steering for another.

The answer is a first reading for the operator, not advice: a camera whose purpose matches the incident may be used;
any other needs a recorded ground (Article 18(2) 3: urgent danger to life, body or property).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TypedDict

# The hundreds of the 112 class codes, and the purposes whose cameras were installed for such incidents.
_PURPOSES_BY_GROUP = {
    1: ("crime_prevention", "vehicle_crime", "child_protection"),
    2: ("crime_prevention", "vehicle_crime", "child_protection"),
    3: ("crime_prevention", "child_protection"),
    4: ("traffic_enforcement", "traffic_information"),
    5: ("crime_prevention",),
}
_PURPOSES_BY_CODE = {
    "602": ("fire", "disaster", "facility"),
    "603": ("disaster", "fire", "facility"),
    "609": ("disaster", "fire", "facility"),
}


# Whoever keeps the file may write 401 as 0401, 401.0 or 401-1.
_WRITTEN = re.compile(r"0*([1-6][0-9]{2})(?:[.-][0-9]+)?")


class Use(TypedDict):
    """Whether a camera may be used for the incident at hand (None: no incident class given), and its ground."""

    allowed: bool | None
    ground: str | None


def told(legal_ground: str, timezone: str) -> str | None:
    """Return a camera's ground in Korean law; None for a district whose clocks are not Korea's: its law is another."""
    return legal_ground if timezone == "Asia/Seoul" else None


def is_known(incident_class: str) -> bool:
    """Tell whether the text is a three-digit 112 class code."""
    return (
        len(incident_class) == 3
        and incident_class.isascii()
        and incident_class.isdigit()
        and incident_class[0] in "123456"
    )


def class_of(code: str | None) -> str | None:
    """Return the three-digit 112 class of an incident, however its code was written; None for a code of another list."""
    said = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", code or "").strip())
    return said.group(1) if said else None


def purposes_for(incident_class: str) -> tuple[str, ...]:
    """Return the purposes whose cameras may be used for a 112 class code; none where no purpose covers it."""
    if incident_class in _PURPOSES_BY_CODE:
        return _PURPOSES_BY_CODE[incident_class]
    return _PURPOSES_BY_GROUP.get(int(incident_class) // 100, ())


def use(purposes: list[str], legal_ground: str | None, incident_class: str | None) -> Use:
    """Return whether a camera with these purposes may be used, and the ground it was installed on."""
    if incident_class is None:
        return {"allowed": None, "ground": legal_ground}
    return {"allowed": not set(purposes).isdisjoint(purposes_for(incident_class)), "ground": legal_ground}
