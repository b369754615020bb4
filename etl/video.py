"""How a camera is opened in the centre's video system: an address with blanks, read from a district's file.

The address is the video system's and the same for every camera. It bears no user and no password, and no camera's own
address: which machine a camera is, the video system alone knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from string import Formatter
from urllib.parse import parse_qsl, quote, urlsplit

PLACEHOLDERS = ("camera_key", "camera_id", "heading_deg", "tilt_deg", "preset", "incident_key")
# One of these says which camera is meant.
_NAMING = {"camera_key", "camera_id"}
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://[^\s]+")
# What a browser would run or read from this machine, and what cameras themselves speak.
_REFUSED = {"javascript", "data", "file", "blob", "vbscript", "about", "view-source"}
_OF_CAMERAS = {"rtsp", "rtsps", "rtspu", "onvif"}
_SECRETS = re.compile(
    r"(user|account|login|pass|pwd|^pw$|^id$|token|secret|auth|credential|session|api.?key)", re.IGNORECASE
)
_MINUTES = (1, 24 * 60)
_RADIUS_M = (1.0, 1000.0)


@dataclass(frozen=True, slots=True)
class Video:
    """How a district's cameras are opened, and for how long an emergency ground holds.

    open             address with blanks in braces, such as "vms://camera/{camera_key}"; None: nothing is opened
    ground_minutes   how long a recorded emergency ground holds
    ground_radius_m  how far from its place one holds that names no incident
    Raises           ValueError for an address that names no camera, has a blank that is none of PLACEHOLDERS, or bears
                     a user, a password or a camera's own way of speaking
    """

    open: str | None = None
    ground_minutes: int = 60
    ground_radius_m: float = 100.0

    def __post_init__(self) -> None:
        if self.open is not None:
            _require_harmless(self.open)
        if not _MINUTES[0] <= self.ground_minutes <= _MINUTES[1]:
            raise ValueError(
                f"video.ground_minutes must be from {_MINUTES[0]} to {_MINUTES[1]}, not {self.ground_minutes}"
            )
        if not _RADIUS_M[0] <= self.ground_radius_m <= _RADIUS_M[1]:
            raise ValueError(
                f"video.ground_radius_m must be from {_RADIUS_M[0]:g} to {_RADIUS_M[1]:g}, not {self.ground_radius_m}"
            )

    def address(self, values: Mapping[str, object]) -> str | None:
        """Return the address with its blanks filled, each value quoted; what is unknown (None) stays empty."""
        if self.open is None:
            return None
        filled = {name: _quoted(values.get(name)) for name in PLACEHOLDERS}
        return self.open.format_map(filled)


def read_video(section: Mapping[str, object]) -> Video:
    """Return what a file's section `video` says. Raises ValueError or TypeError for what it may not hold."""
    if unknown := sorted(section.keys() - {each.name for each in fields(Video)}):
        raise ValueError(f"video does not know {', '.join(unknown)}")
    template = section.get("open")
    if template is not None and not isinstance(template, str):
        raise TypeError(f"video.open expects a text, not {template!r}")
    minutes, radius_m = section.get("ground_minutes", 60), section.get("ground_radius_m", 100.0)
    if type(minutes) is not int:
        raise TypeError(f"video.ground_minutes expects a whole number, not {minutes!r}")
    if type(radius_m) not in (int, float):
        raise TypeError(f"video.ground_radius_m expects metres, not {radius_m!r}")
    return Video(template, minutes, float(str(radius_m)))


def _quoted(value: object) -> str:
    return "" if value is None else quote(f"{value:g}" if isinstance(value, float) else str(value), safe="")


def _require_harmless(template: str) -> None:
    """Raise ValueError, in words that do not repeat a password, unless an address may be opened."""
    blanks = _blanks(template)
    if wrong := sorted(blanks - set(PLACEHOLDERS)):
        raise ValueError(
            f"video.open does not know {', '.join('{' + name + '}' for name in wrong)}; it may hold "
            f"{', '.join('{' + name + '}' for name in PLACEHOLDERS)}"
        )
    if not blanks & _NAMING:
        raise ValueError("video.open names no camera: it must hold {camera_key} or {camera_id}")
    scheme = template.partition(":")[0].lower()
    if scheme in _OF_CAMERAS:
        raise ValueError(
            f"video.open goes to the video system, not to a camera: {scheme} is what cameras speak"
        )
    if scheme in _REFUSED or not _SCHEME.fullmatch(template):
        raise ValueError("video.open must be an address such as vms://camera/{camera_key}")
    _require_no_secret(template)


def _require_no_secret(template: str) -> None:
    parts = urlsplit(template)
    if "@" in parts.netloc:
        raise ValueError("video.open may hold no user and no password: Golmok keeps none")
    if _blanks(parts.netloc):
        raise ValueError(
            "video.open may not make the machine's name of a camera's: all cameras open through one"
        )
    given = [
        *parse_qsl(parts.query, keep_blank_values=True),
        *parse_qsl(parts.fragment, keep_blank_values=True),
    ]
    for name, value in given:
        # A blank is filled with what a camera is called, whatever the video system calls the parameter.
        if _SECRETS.search(name) and not _blanks(value):
            raise ValueError(f"video.open may hold no user and no password: Golmok keeps none ({name})")


def _blanks(template: str) -> set[str]:
    try:
        found = [part for part in Formatter().parse(template) if part[1] is not None]
    except ValueError:
        raise ValueError("video.open has a brace without its fellow") from None
    return {
        f"{name}{'!' if how else ''}{how or ''}{':' if form else ''}{form or ''}"
        for _, name, form, how in found
    }
