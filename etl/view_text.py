"""What a registry's free text on view tells of a camera's aim: its class, and the headings that it leaves likely.

The text (촬영방면정보 of the Korean standard, `direction` of OpenStreetMap) is a clerk's or a mapper's remark, no
measurement. `WEIGHTS` and `SPREADS` are assumptions of ours, not measured on any city: a camera whose aim gets
surveyed shows how far they hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.lenses import compass_list, kind_of, osm_directions

# How far a text of each class is trusted in what it says. A list of compass points that is not as long as the record
# has heads says where they look, not which looks where. The front of a camera, a place or its kind tells no heading.
WEIGHTS = {
    "CARDINALS": 0.8,
    "CARDINALS_SHARED": 0.6,
    "BEARING": 0.9,
    "RANGE": 0.9,
    "TRAVEL": 0.3,
    "ANGLE": 0.5,
    "RADIUS": 0.3,
    "TWO_WAY": 0.0,
    "OMNI": 0.0,
    "KIND": 0.0,
    "LANDMARK": 0.0,
    "UNKNOWN": 0.0,
}
# One standard deviation of what is meant, degrees: half the step of an eight-point rose; what a mapper writes in
# degrees; the middle of a range; a lens beside a road looks along it, more or less.
SPREADS = {"CARDINALS": 22.5, "BEARING": 10.0, "RANGE": 10.0, "TRAVEL": 15.0}

_ALL_ROUND = re.compile(
    r"(?<![\d-])360(?:\.0+)?(?=\s*(?:도|°|º|˚|전|방|회|$|[,\s)]))|전\s*방향|전\s*방위|(?<![도°\d])전방면|all\s*round",
    re.IGNORECASE,
)
_TWO_WAY = re.compile(
    r"좌\s*[·,/]?\s*우|양\s*?\??\s*(?:방향|방면|쪽|향)|both\s+(?:ways|sides)", re.IGNORECASE
)
_BEARING = re.compile(
    r"(?:방위각?|azimuth|bearing|heading)\s*[:=]?\s*(\d{1,3}(?:\.\d+)?)\s*(?:도|°|deg)?", re.IGNORECASE
)
_ANGLE = re.compile(r"(?<![\d.-])(\d{2,3}(?:\.\d+)?)\s*(?:도(?![로림동])|°|º|˚)")
_BARE = re.compile(r"^(\d{2,3})(?:\.0+)?$")
_METRES = r"(\d+(?:\.\d+)?)\s*(?:(?:m|미터)?\s*[~∼-]\s*(\d+(?:\.\d+)?)\s*)?(?:m\b|M\b|m(?=[가-힣])|M(?=[가-힣])|미터|ｍ)"
_RADIUS = re.compile(rf"(?:반경|전방|정면|radius)\s*{_METRES}|^{_METRES}\s*(?:이내|내외|이하|전방|$)")
_TRAVEL = re.compile(r"^(N|S|E|W|NE|NW|SE|SW)B$|^(north|south|east|west)bound$", re.IGNORECASE)
_TRAVELS = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0,
            "NORTH": 0.0, "EAST": 90.0, "SOUTH": 180.0, "WEST": 270.0}  # fmt: skip
# Words of a camera's kind or of how many ways it looks; a text of nothing else names no place.
_KIND_WORDS = re.compile(
    r"회전|고정|스피드\s*돔|돔|어안|불렛|ptz|fixed|bullet|fisheye|카메라|cctv|단\s*방향|\d+\s*방면|단일|형|식|대|전면|정면|전방"
    r"|[\d\s/,.·()_+]",
    re.IGNORECASE,
)
_ONE_WAY = re.compile(r"단\s*방향|\d+\s*방면|전면|정면|전방|고정|회전")
_APART = re.compile(r"\s+(?=(?:방향|방면|쪽|측)(?:$|[\s,·/;]))")
_FULL_TURN = 360.0
_LEAST_ANGLE_DEG = 10.0


@dataclass(frozen=True, slots=True)
class Lobe:
    """A heading in degrees clockwise from north, one standard deviation of a wrapped normal, and a share 0..1."""

    heading_deg: float
    spread_deg: float
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of one head. Without lobes it tells nothing of the heading.

    code                   a class: a key of WEIGHTS but CARDINALS_SHARED
    weight                 0..1, how far it is trusted in what it says
    lobes                  shares sum to 1
    hfov_deg               angle of view that it names; 180 and more is no single rectilinear lens
    range_m, range_from_m  how far it says the camera reaches; the lower end, where it gives two
    """

    code: str
    weight: float
    lobes: tuple[Lobe, ...] = ()
    hfov_deg: float | None = None
    range_m: float | None = None
    range_from_m: float | None = None


@lru_cache(maxsize=65_536)
def registry_said(text: str, *, head_no: int, heads: int) -> Said:
    """Return what 촬영방면정보 says of one head (`head_no` from 1) of a record that has so many.

    A degree figure is an angle of view unless the text speaks of azimuth: '120도' is a lens, not a bearing.

    >>> registry_said("북,남", head_no=2, heads=2).lobes
    (Lobe(heading_deg=180.0, spread_deg=22.5, share=1.0),)
    >>> registry_said("90도 단방향", head_no=1, heads=1).hfov_deg
    90.0
    """
    plain = " ".join(text.split())
    if plain in ("", "0", "-"):
        return _said("UNKNOWN")
    points = compass_list(_APART.sub("", plain))
    if points:
        return _of_points(points, head_no=head_no, heads=heads)
    from_m, to_m = _range_m(plain)
    if _ALL_ROUND.search(plain):
        return _said("OMNI", range_m=to_m, range_from_m=from_m)
    bearing = _BEARING.search(plain)
    if bearing and float(bearing[1]) <= _FULL_TURN:
        return _said("BEARING", lobes=(_lobe("BEARING", float(bearing[1])),))
    angle = _angle_deg(plain)
    if _TWO_WAY.search(plain):
        return _said("TWO_WAY", hfov_deg=angle, range_m=to_m, range_from_m=from_m)
    if angle is not None:
        return _said("ANGLE", hfov_deg=angle, range_m=to_m, range_from_m=from_m)
    if to_m is not None:
        return _said("RADIUS", range_m=to_m, range_from_m=from_m)
    return _said(_rest(plain))


@lru_cache(maxsize=65_536)
def osm_said(text: str, *, head_no: int, heads: int) -> Said:
    """Return what an OpenStreetMap direction says of one head of a node that was read as so many.

    A travel direction ('NB') says where the traffic goes: the lens looks along or against it.

    >>> [lobe.heading_deg for lobe in osm_said("NB", head_no=1, heads=1).lobes]
    [0.0, 180.0]
    """
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    read = [(part, aims[0]) for part in parts if (aims := osm_directions(part)[0])]
    if read and len(read) == heads:
        part, aim = read[head_no - 1]
        code = "RANGE" if aim.sweep_deg is not None else "CARDINALS" if part[0].isalpha() else "BEARING"
        return _said(code, lobes=(_lobe(code, aim.heading_deg),), hfov_deg=aim.sweep_deg)
    ways = [found[1] or found[2] for part in parts if (found := _TRAVEL.match(part))]
    if ways:
        both = {(_TRAVELS[way.upper()] + turn) % _FULL_TURN for way in ways for turn in (0.0, 180.0)}
        return _said("TRAVEL", lobes=tuple(_lobe("TRAVEL", way, 1.0 / len(both)) for way in sorted(both)))
    if any(part.rstrip("°") in ("0-360", "360-0") for part in parts):
        return _said("OMNI")
    return _said("LANDMARK" if any(character.isalpha() for character in text) else "UNKNOWN")


def as_json(said: Said, text: str) -> dict[str, object]:
    """Return what is kept of it: JSON-ready, the text beside what was read of it."""
    lobes = [[lobe.heading_deg, lobe.spread_deg, round(lobe.share, 6)] for lobe in said.lobes]
    detail: dict[str, object] = {"class": said.code, "text": text}
    if said.range_from_m is not None:
        detail["range_from_m"] = said.range_from_m
    return {
        "weight": said.weight,
        "lobes": lobes or None,
        "hfov_deg": said.hfov_deg,
        "range_m": said.range_m,
        "detail": detail,
    }


def _said(
    code: str,
    *,
    lobes: tuple[Lobe, ...] = (),
    hfov_deg: float | None = None,
    range_m: float | None = None,
    range_from_m: float | None = None,
) -> Said:
    return Said(code, WEIGHTS[code], lobes, hfov_deg, range_m, range_from_m)


def _lobe(code: str, heading_deg: float, share: float = 1.0) -> Lobe:
    return Lobe(heading_deg % _FULL_TURN, SPREADS[code], share)


def _of_points(points: Sequence[float], *, head_no: int, heads: int) -> Said:
    if len(points) == heads:
        return _said("CARDINALS", lobes=(_lobe("CARDINALS", points[head_no - 1]),))
    each = sorted(set(points))
    shared = tuple(_lobe("CARDINALS", point, points.count(point) / len(points)) for point in each)
    return Said("CARDINALS", WEIGHTS["CARDINALS_SHARED"], shared)


def _range_m(text: str) -> tuple[float | None, float | None]:
    found = _RADIUS.search(text)
    if not found:
        return None, None
    metres = [float(cell) for cell in found.groups() if cell]
    low, high = min(metres), max(metres)
    return (low if low < high else None), (high or None)


def _angle_deg(text: str) -> float | None:
    found = _ANGLE.search(text) or _BARE.match(text)
    angle = float(found[1]) if found else 0.0
    return angle if _LEAST_ANGLE_DEG <= angle < _FULL_TURN else None


def _rest(text: str) -> str:
    if not any(character.isalpha() for character in text):
        return "UNKNOWN"
    left = _KIND_WORDS.sub("", text)
    told = kind_of(text) is not None or _ONE_WAY.search(text) is not None
    return "KIND" if told and not left else "LANDMARK"
