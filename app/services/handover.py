"""The incident hand-over sheet: one incident, the cameras that see its place and those that may, on one page to print."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app import words
from app.handover_sheet import Case, page
from app.phrases_answer import listed
from app.roles import LOCAL, EditionRefused, NotYours, Role, points_as
from app.services import WrongUse, around, exports, find, grounds, watching
from app.services.exports import Taking
from app.services.watching import Watch
from app.takeaway import Stamp
from etl.db import Database
from etl.store.around import incident_named
from etl.store.days import today

# Near cameras that do not see fill up to this number, so that "none" is an answer with a next step.
LISTED = 6
# What the map of a sheet holds: more than a page's fallback, for paper does not move.
MOST_OBJECTS = 900


class UnknownIncident(WrongUse):
    """There is no incident of this key that has a place."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet is about: the incident of a key, or a place with its time.

    incident        key of a loaded incident; it brings its own place, time and class
    lat, lon        degrees, EPSG:4326
    when            an instant (aware); None is now
    incident_class  112 class code: says which cameras may be used
    about           key of the incident for whose sake a place is asked about: its emergency ground opens the second group
    """

    incident: str | None = None
    lat: float | None = None
    lon: float | None = None
    when: datetime | None = None
    incident_class: str | None = None
    about: str | None = None

    def __post_init__(self) -> None:
        placed = self.lat is not None and self.lon is not None
        if (self.incident is None) != placed:
            raise WrongUse("a sheet is about an incident's key, or about a place: latitude and longitude")


def write(
    db: Database, asked: Asked, *, out: Path, taking: Taking, density_class: str = "observe", lang: str = "ko"
) -> dict[str, Any]:
    """Write the sheet to `out` and return the answer of `golmok handover`.

    Raises as `sheet`; WrongUse for a file that is no .html
    """
    if out.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(f"a sheet is an .html file, not {out.name}")
    text, answer = sheet(db, asked, taking=taking, density_class=density_class, lang=lang)
    out.write_text(text, encoding="utf-8")
    return {"out": str(out)} | answer


_NOTHING = "the place lies outside the district, and no camera sees it: there is nothing to hand over"


def sheet(
    db: Database,
    asked: Asked,
    *,
    taking: Taking,
    roles: Iterable[Role] = LOCAL,
    density_class: str = "observe",
    lang: str = "ko",
) -> tuple[str, dict[str, Any]]:
    """Return the sheet as one HTML text, and what is in it; both reads and the export stand in the access log before.

    taking   internal: the sheet names a place of an incident
    roles    of who takes it: an incident of a sensitive class has no sheet for those who may not see its very point
    Cameras of the second group are counted, and named only while an emergency ground holds for the incident or the place.
    Raises   EditionRefused for another edition, UnknownIncident, UnknownIncidentClass, UnknownClass, WrongUse; NotYours
    """
    if taking.edition != "internal":
        raise EditionRefused("a hand-over sheet is internal: it names the place of an incident")
    if lang not in words.LANGUAGES:
        raise WrongUse(f"the sheet speaks {' and '.join(words.LANGUAGES)}, not {lang!r}")
    case = _case(db, asked, taking, roles)
    answer = find.nearest(
        db,
        case.lon,
        case.lat,
        k=LISTED,
        density_class=density_class,
        incident_class=_class(case),
        at=None if case.when is None else case.when.date(),
        approaches=False,  # a sheet tells of the place alone
    )
    if answer["outside"] and answer["headline_code"] == "none":
        raise WrongUse(_NOTHING)
    opened = watching.ground(db, Watch(case.lon, case.lat, case.key or asked.about)) is not None
    text = _page(db, case, answer, taking=taking, lang=lang, opened=opened)
    told = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "bytes": len(text.encode()),
        "edition": taking.edition,
        "incident": case.key,
        "at": answer["at"],
        **{name: answer[name] for name in ("seen_by", "may_be_seen_by", "invented")},
    }
    detail = {"incident_key": case.key, "at": answer["at"], "class": density_class, "sha256": told["sha256"]}
    exports.note(db, "handover", taking, rows=len(listed(answer, opened=opened)), detail=detail)
    return text, told


def _page(
    db: Database,
    case: Case,
    answer: Any,  # Find's answer
    *,
    taking: Taking,
    lang: str,
    opened: bool,
) -> str:
    stamp = Stamp(str(taking.who), words.day(today(db), lang), str(taking.purpose))
    named = {**answer, "cameras": listed(answer, opened=opened)}
    drawn = around.layers(db, named, most=MOST_OBJECTS)
    district = getattr(db.district, f"name_{lang}")
    return page(case, answer, drawn, district=district, stamp=stamp, lang=lang, opened=opened)


def _class(case: Case) -> str | None:
    """Return the class that decides on use; a loaded incident of a class that the law's table lacks has none."""
    return case.class_code if case.key is None else grounds.class_of(case.class_code)


def _case(db: Database, asked: Asked, taking: Taking, roles: Iterable[Role]) -> Case:
    if asked.incident is None:
        assert asked.lat is not None and asked.lon is not None  # as `Asked` made sure
        when = asked.when and asked.when.astimezone(db.district.zone)
        return Case(lat=asked.lat, lon=asked.lon, when=when, class_code=asked.incident_class)
    found: Any = incident_named(
        db, asked.incident, purpose=str(taking.purpose), who=taking.who, as_role=points_as(roles)
    )
    if found is not None and found["place_m"] is not None:
        raise NotYours("the place of an incident of a sensitive class")
    if found is None or found["lat"] is None:
        raise UnknownIncident(asked.incident)
    return Case(
        key=found["incident_key"],
        lat=round(float(found["lat"]), 7),
        lon=round(float(found["lon"]), 7),
        when=found["occurred_at"].astimezone(db.district.zone),
        class_code=found["class_code"],
        class_name=found["class_name"],
        urgency=found["urgency"],
    )
