"""What free text says of a lens: where it looks, of what kind it is, how many pixels it has."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POINTS = {
    "북": 0.0, "북동": 45.0, "동북": 45.0, "동": 90.0, "남동": 135.0, "동남": 135.0, "남": 180.0, "남서": 225.0,
    "서남": 225.0, "서": 270.0, "북서": 315.0, "서북": 315.0,
}  # fmt: skip
_WINDS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split()
_ENGLISH = {wind: number * 22.5 for number, wind in enumerate(_WINDS)}
_ENGLISH |= {"NORTH": 0.0, "EAST": 90.0, "SOUTH": 180.0, "WEST": 270.0, "NORTHEAST": 45.0, "SOUTHEAST": 135.0,
             "SOUTHWEST": 225.0, "NORTHWEST": 315.0}  # fmt: skip
_SIDE = re.compile(r"(방향|쪽|측|향|방면)$")
_RANGE = re.compile(r"^(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)$")
_NUMBER = re.compile(r"^\d+(?:\.\d+)?")
_KINDS = (
    ("fisheye", re.compile(r"어안|피쉬아이|fisheye", re.IGNORECASE)),
    ("ptz", re.compile(r"회전|ptz|스피드\s*돔|speed\s*dome|팬틸트", re.IGNORECASE)),
    ("fixed", re.compile(r"고정|fixed|bullet|불렛", re.IGNORECASE)),
)
_SIZE = re.compile(r"^(\d{3,5})\s*[x*×]\s*(\d{3,5})$", re.IGNORECASE)
_PIXELS = re.compile(
    r"^([\d,]+(?:\.\d+)?)\s*(mp|mega\s?pixels?|m|메가\s?(?:픽셀)?|백만\s?(?:화소)?|만\s?(?:화소)?|화소|px|pixels?)?\s*급?$",
    re.IGNORECASE,
)
_TEN_THOUSAND = 10_000
_PIXEL_RANGE = (10_000, 500_000_000)


@dataclass(frozen=True, slots=True)
class Aim:
    """A heading in degrees clockwise from north, and the angle it sweeps where the text gives a range."""

    heading_deg: float
    sweep_deg: float | None = None


def compass_list(text: str) -> tuple[float, ...]:
    """Return the headings of a list of compass points, one a head; () when the text is no such list.

    >>> compass_list("북,남")
    (0.0, 180.0)
    >>> compass_list("360도전방면")
    ()
    """
    parts = [_SIDE.sub("", part.strip()) for part in re.split(r"[,·/;]|\s+", text) if part.strip()]
    if not parts or any(part not in _POINTS for part in parts):
        return ()
    return tuple(_POINTS[part] for part in parts)


def osm_directions(text: str) -> tuple[tuple[Aim, ...], int]:
    """Return the aims of an OpenStreetMap direction, and how many of its parts could not be read.

    Takes '160', 'NNE', '90;270' (a camera each) and ranges through north such as '352-37' (heading 14.5, sweep 45).
    A travel direction such as 'NB' says where the traffic goes, not where the lens looks: it is not read.

    >>> osm_directions("352-37")
    ((Aim(heading_deg=14.5, sweep_deg=45.0),), 0)
    """
    aims: list[Aim] = []
    unread = 0
    for part in (piece.strip().rstrip("°") for piece in text.replace(",", ";").split(";") if piece.strip()):
        aim = _one_direction(part)
        if aim is None:
            unread += 1
        else:
            aims.append(aim)
    return tuple(aims), unread


def kind_of(text: str) -> str | None:
    """Return fixed, ptz or fisheye where the text says so, else None.

    >>> kind_of("카메라 전면(고정)"), kind_of("360도 전방면")
    ('fixed', None)
    """
    found = [kind for kind, pattern in _KINDS if pattern.search(text)]
    # '회전 1, 고정 3' tells of several heads, and not which is which
    return found[0] if len(found) == 1 else None


def pixels(text: str) -> tuple[int | None, bool]:
    """Return the pixels of a sensor, and whether another unit than 10,000 pixels was met.

    The standard counts in ten thousands ('200' is two million); whole counts ('2000000') and '2MP' occur.

    >>> pixels("200"), pixels("2000000"), pixels("2MP"), pixels("?")
    ((2000000, False), (2000000, True), (2000000, True), (None, False))
    """
    size = _SIZE.match(text)
    if size:
        return int(size[1]) * int(size[2]), True
    found = _PIXELS.match(text.strip())
    if not found:
        return None, False
    count = float(found[1].replace(",", ""))
    unit = (found[2] or "").lower()
    scale = 1_000_000 if unit.startswith(("m", "메", "백")) else _TEN_THOUSAND
    if unit in ("화소", "px", "pixel", "pixels") or (not unit and count >= _TEN_THOUSAND):
        scale = 1
    whole = round(count * scale)
    return (whole if _PIXEL_RANGE[0] <= whole <= _PIXEL_RANGE[1] else None), scale != _TEN_THOUSAND


def _one_direction(part: str) -> Aim | None:
    if part.upper() in _ENGLISH:
        return Aim(_ENGLISH[part.upper()])
    span = _RANGE.match(part)
    if span:
        start, end = float(span[1]) % 360.0, float(span[2]) % 360.0
        sweep = (end - start) % 360.0
        # 0-360 looks everywhere: it names no heading
        return Aim((start + sweep / 2.0) % 360.0, sweep) if 0.0 < sweep < 360.0 else None
    number = _NUMBER.fullmatch(part)
    if number and float(part) <= 360.0:
        return Aim(float(part) % 360.0)
    return None
