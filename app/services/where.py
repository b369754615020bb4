"""Where is what was typed? Coordinates of any listed system, a number of a camera, a bell or an incident, an address or a
name: the places it may mean. Never the first of several, and never one that nobody named. Light to import."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from app.roles import LOCAL, Role, points_as
from app.services import WrongUse, grounds, where_names
from etl import written_coordinates
from etl.db import Database
from etl.hangul import tidy
from etl.keystrokes import keystrokes, likeness
from etl.spelt import named_gu
from etl.store import names
from etl.store.around import incident_named
from etl.store.days import today
from etl.written_coordinates import Meant, UnknownSystem, Written
from spatial.crs import unproject
from spatial.types import LonLat

Row = dict[str, Any]

_BELL = re.compile(
    r"^(?:비상\s*벨|안심\s*벨|벨|emergency\s+bell|bell)\s*(?:번호)?\s*[:：#]?\s*(?=\S*\d)", re.I
)
_INCIDENT = re.compile(
    r"^(?:112\s*)?(?:사건|신고|접수|incident|case)\s*(?:번호)?\s*[:：#]?\s*(?=\S*\d)", re.I
)
_CAMERA = re.compile(r"^(?:카메라|cctv|camera)\s*(?:번호)?\s*[:：#]?\s*(?=\S*\d)", re.I)
# A number as registries and call centres give them; it may hold letters and strokes, and no words.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9~_./,\-]{3,63}")
_DIGIT = re.compile(r"\d")
_ENDS, _ENDS_SO = 4, 0.9
_OWN_GU = 0.85
# Metres of a system that puts a place further from the district than this do not mean it.
_FAR_DEGREES = 0.5
_DIGITS = 7


class NoSuchSystem(WrongUse):
    """Coordinates were asked for in a system that is none of the listed ones."""


def places(
    db: Database,
    text: str,
    *,
    roles: Iterable[Role] = LOCAL,
    purpose: str = "find",
    who: str | None = None,
    at_crs: str | None = None,
) -> Row:
    """Return the places that a text may mean, JSON-ready.

    roles, purpose, who   of who asks: the place of an incident is read with them and leaves a row in the access log
    at_crs   the system that numbers without one are of, such as "5186"
    Returns  kind (coordinates | camera | bell | incident | name | none) of what it was taken for, `found` and `said`
    found    the likeliest first, at most nine: kind, lat, lon (degrees, EPSG:4326), label_ko, label_en, how, confidence
             (0..1), accuracy_m (how far off it may be by what was typed; None unknown), read_as (the name, where it was
             spelt otherwise), number (of the house that is known, where another was asked), key, cameras (numbers of those
             on its pole), crs, length_m (of a street), incident_class
    said     code (one | several | none), more (places beyond the nine), near (known names nearest to what was typed),
             no_number (the road or dong that is known while its number is not), looked_for (kinds), other_gu
    `exact`: there is one place, and it bears the very name, number or coordinates. Of several a person picks.
    Raises   NoSuchSystem, NoPurpose for an incident without one
    """
    asked = tidy(text)
    system = _system(at_crs)
    typed = _written(asked, system)
    if typed is not None:
        return _answer("coordinates", _coordinates(db, typed), looked_for=["coordinates"])
    return _numbered(db, asked, roles=roles, purpose=purpose, who=who) or _named(db, asked)


def _numbered(
    db: Database, asked: str, *, roles: Iterable[Role], purpose: str, who: str | None
) -> Row | None:
    """Return what bears a number, None where the text is none of a camera, a bell or an incident."""
    for pattern, kind in ((_INCIDENT, "incident"), (_BELL, "bell"), (_CAMERA, "camera")):
        if said := pattern.match(asked):
            key = asked[said.end() :].strip()
            if kind == "incident":
                return _answer(kind, _incident(db, key, roles, purpose=purpose, who=who), looked_for=[kind])
            found = [row for row in _keyed(db, key, ends=kind == "bell") if row["kind"] == kind]
            return _answer(kind, found, looked_for=[kind])
    if not (_KEY.fullmatch(asked) and _DIGIT.search(asked)):
        return None
    found = _keyed(db, asked, ends=False)
    if found:
        return _answer(found[0]["kind"], found, looked_for=["camera", "bell"])
    # The guarded read leaves a trace: it is asked only for what looks like the number of a call.
    if asked.isdigit() and (found := _incident(db, asked, roles, purpose=purpose, who=who)):
        return _answer("incident", found, looked_for=["incident"])
    if found := _keyed(db, asked, ends=True):
        return _answer("bell", found, looked_for=["bell"])
    return None


def _named(db: Database, asked: str) -> Row:
    looked_for = ["name", "address"]
    if _KEY.fullmatch(asked) and _DIGIT.search(asked):
        looked_for += ["camera", "bell", *(["incident"] if asked.isdigit() else [])]
    gu = named_gu(asked)
    if gu and _is_other(db, gu):
        return _answer("none", [], looked_for=looked_for, other_gu=gu)
    means = where_names.named(db, asked)
    found = _labelled(db, means.found)
    return _answer(
        "name" if found else "none",
        found,
        looked_for=looked_for,
        near=means.near,
        no_number=means.no_number,
        more=means.more,
    )


def _answer(
    kind: str,
    found: Sequence[Row],
    *,
    looked_for: Sequence[str],
    near: Sequence[str] = (),
    no_number: str | None = None,
    more: int = 0,
    other_gu: str | None = None,
) -> Row:
    code = "none" if not found else "one" if len(found) == 1 else "several"
    return {
        "kind": kind if found else "none",
        "found": list(found),
        "exact": len(found) == 1 and found[0]["confidence"] == 1.0,
        "said": {
            "code": code,
            "more": more,
            "near": list(near),
            "no_number": no_number,
            "looked_for": list(looked_for),
            "other_gu": other_gu,
        },
    }


def _found(kind: str, lon: float, lat: float, *, label: str, how: str, **further: Any) -> Row:
    return {
        "kind": kind,
        "lat": round(float(lat), _DIGITS),
        "lon": round(float(lon), _DIGITS),
        "label_ko": label,
        "label_en": label,
        "how": how,
        "confidence": 1.0,
        "accuracy_m": None,
        "read_as": None,
        "number": None,
        "key": None,
        "cameras": [],
        "crs": None,
        "length_m": None,
        "incident_class": None,
    } | further


# coordinates


def _system(at_crs: str | None) -> int | None:
    if at_crs is None:
        return None
    try:
        return written_coordinates.system(at_crs)
    except UnknownSystem as error:
        listed = (*written_coordinates.DEGREES, *written_coordinates.METRES)
        raise NoSuchSystem(f"{at_crs!r}: {', '.join(map(str, listed))}") from error


def _written(asked: str, system: int | None) -> Written | None:
    typed = written_coordinates.written(asked)
    if typed is None or typed.srid is not None or system is None:
        return typed
    return written_coordinates.written(f"{system} {asked}")


def _coordinates(db: Database, typed: Written) -> list[Row]:
    """Return the places that coordinates mean: one of degrees; of metres those in the district, each with its system."""
    meant = written_coordinates.meanings(typed)
    if not typed.degrees:
        meant = _in_reach(db, meant)
        if typed.srid is not None:  # the system is named: only the order of the two may be in doubt
            meant = (
                meant[:1]
                if not any(each.east_first for each in meant)
                else [each for each in meant if each.east_first]
            )
    told = []
    for each in meant:
        place = LonLat(each.lon, each.lat)
        label = f"{place.lat:.6f}, {place.lon:.6f}"
        order = "degrees" if typed.degrees else "east_first" if each.east_first else "north_first"
        further = {"crs": each.srid, "accuracy_m": typed.accuracy_m}
        told.append(_found("coordinates", place.lon, place.lat, label=label, how=order, **further))
    return told


def _in_reach(db: Database, meant: Sequence[Meant]) -> list[Meant]:
    """Return the meanings that lie in the district; where none does, or no outline is loaded, those near its middle."""
    middle = db.district.center
    near = [
        each
        for each in meant
        if abs(each.lon - middle.lon) <= _FAR_DEGREES and abs(each.lat - middle.lat) <= _FAR_DEGREES
    ]
    inside = names.which_inside(db, [each.lon for each in near], [each.lat for each in near])
    return [each for each, within in zip(near, inside, strict=True) if within] or near


# numbers


def _keyed(db: Database, key: str, *, ends: bool) -> list[Row]:
    if not key or (ends and len(key) < _ENDS):
        return []
    return [_bearer(row, key) for row in names.place_keys(db, key, at=today(db), ends=ends)]


def _bearer(row: Row, key: str) -> Row:
    """Return the camera or bell of a row as a place; one whose number only ends so is less sure."""
    return _found(
        row["kind"],
        row["lon"],
        row["lat"],
        label=" · ".join(filter(None, (row["key"], row["place_text"]))),
        how=row["of_kind"] or "number",
        key=row["key"],
        cameras=row["cameras"],
        accuracy_m=0.0,
        confidence=1.0 if key in (row["key"], row["key"].removesuffix("-1")) else _ENDS_SO,
    )


def _incident(db: Database, key: str, roles: Iterable[Role], *, purpose: str, who: str | None) -> list[Row]:
    row: Row | None = incident_named(db, key, purpose=purpose, who=who, as_role=points_as(roles))
    if row is None or row["lat"] is None:
        return []
    return [
        _found(
            "incident",
            float(row["lon"]),
            float(row["lat"]),
            label=" · ".join(filter(None, (row["incident_key"], row["class_name"]))),
            how="cell" if row["place_m"] is not None else "number",
            key=row["incident_key"],
            # the middle of a grid cell stands for all of it
            accuracy_m=None if row["place_m"] is None else round(float(row["place_m"]) / 2**0.5, 1),
            incident_class=grounds.class_of(row["class_code"]),
        )
    ]


# names


def _is_other(db: Database, gu: str) -> bool:
    """Say whether a word that ends as a gu does names another one than the district's, and nothing within it."""
    asked = keystrokes(gu)
    own = [keystrokes(word) for word in re.findall(r"[가-힣]+[구군](?=\s|$)", db.district.name_ko)]
    # the gu of a city are its own; and a slip in the name of the own gu makes no other of it
    if not own or any(likeness(asked, each) >= _OWN_GU for each in own):
        return False
    return not names.place_names(db, [asked])


def _labelled(db: Database, found: Sequence[Row]) -> list[Row]:
    """Return places of names with degrees, and labels that tell them apart."""
    if not found:
        return []
    known: list[Row] = names.place_labels(db, found)
    degrees = unproject([(row["x_m"], row["y_m"]) for row in found], srid=db.district.srid)
    told = []
    for row, beside, (lon, lat) in zip(found, known, degrees, strict=True):
        accuracy_m = row["accuracy_m"]
        if row["how"] == "middle" and row["kind"] == "dong":
            accuracy_m = (
                None if beside["area_m2"] is None else round((beside["area_m2"] / 3.141593) ** 0.5, 1)
            )
        kept = {name: row.get(name) for name in ("confidence", "read_as", "number", "length_m")}
        labels = {f"label_{lang}": _label(row, beside, lang) for lang in ("ko", "en")}
        told.append(
            _found(row["kind"], lon, lat, label="", how=row["how"], accuracy_m=accuracy_m, **kept) | labels
        )
    return told


def _label(row: Row, beside: Row, lang: str) -> str:
    """Return the name, then what tells its place from others of the name: the house, the other address, the dong."""
    dong = beside["dong"] if lang == "ko" else beside["dong_en"] or beside["dong"]
    lot = beside["lot"]
    parts = {
        "road": [beside["building"], dong],
        "lot": [beside["road"], beside["building"]],
        "building": [beside["road"] or (f"{beside['dong'] or ''} {lot}".strip() if lot else None), dong],
        "dong": [],
    }.get(row["kind"], [beside["key"], beside["near"], dong])
    return " · ".join(dict.fromkeys(filter(None, (row["called"], *parts))))
