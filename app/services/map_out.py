"""A map to take away: the layers of an edition in one file that stays under 5 MB, thinned by a stated rule if it must."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from app import words
from app.roles import require_edition
from app.services import WrongUse, check_day, coverage, exports, map_layers
from app.services.exports import Taking
from app.takeaway import Heading, MapTooLarge, Stamp, coverage_map
from etl.db import Database
from etl.store import frames
from etl.store.days import network_day, today
from spatial.optics import px_per_m

Progress = Callable[[str, int, int], None]
# Layer -> its features, in the district's metric CRS.
Layers = Mapping[str, gpd.GeoDataFrame]


@dataclass(frozen=True, slots=True)
class Thinning:
    """What a file leaves out to stay light: how far an outline may be off, which gaps and which views it holds.

    off_m   metres that the outline of a view may stray from what was computed
    gaps    so many of the gravest; None is all
    sights  the views that are drawn
    """

    off_m: float
    gaps: int | None = None
    sights: tuple[str, ...] = ("certain", "possible")


# So many gaps of highest risk stand out among the others.
DRAWN_THICK = 100
# Tried in this order; the first that fits is taken, and the map says which it was. Cameras, dong and zones are never left out.
RULES = (
    Thinning(0.5),
    Thinning(1.0),
    Thinning(1.0, gaps=3000),
    Thinning(2.0, gaps=1000),
    Thinning(4.0, gaps=1000, sights=("certain",)),
    Thinning(4.0, gaps=300, sights=()),
)


def write(
    db: Database,
    *,
    out: Path,
    taking: Taking,
    density_class: str = "observe",
    at: date | None = None,
    lang: str = "ko",
    progress: Progress,
) -> dict[str, Any]:
    """Write the map of an edition to `out` and return the answer of `golmok map`.

    db      opened as loader: coverage is computed when it was not
    at      None is the latest day that the registries speak of
    layers  of the answer: how many features of each layer the file holds
    An internal map is noted in the access log before it is written.
    Raises  WrongUse, UnknownClass, EditionRefused, MapTooLarge, LeafletMissing
    """
    if lang not in words.LANGUAGES:
        raise WrongUse(f"the map speaks {' and '.join(words.LANGUAGES)}, not {lang!r}")
    if out.suffix.lower() not in (".html", ".htm"):
        raise WrongUse(f"a map is an .html file, not {out.name}")
    require_edition(taking.edition)
    px_per_m(density_class)
    day = at or network_day(db)
    check_day(day)
    known = layers(db, taking.edition, density_class=density_class, at=day, progress=progress)
    text, held = drawn(db, known, taking=taking, density_class=density_class, at=day, lang=lang)
    answer = {
        "out": str(out),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "bytes": len(text.encode()),
        "edition": taking.edition,
        "class": density_class,
        "at": day.isoformat(),
        "layers": held,
        "invented": db.district.invented,
    }
    asked = {name: answer[name] for name in ("class", "at", "sha256", "layers")}
    exports.note(db, "map", taking, rows=sum(held.values()), detail=asked)
    out.write_text(text, encoding="utf-8")
    return answer


def layers(
    db: Database, edition: str, *, density_class: str, at: date, progress: Progress
) -> dict[str, gpd.GeoDataFrame]:
    """Return what an edition's map is drawn from, whole; `app.takeaway` leaves out the columns it may not hold.

    db  opened as loader, unless the edition is public
    """
    found = {"boundaries": frames.boundaries(db, "dong"), "cameras": frames.cameras(db, at)}
    if edition == "public":
        return found
    run = coverage.coverage(db, density_class=density_class, at=at, progress=progress)
    dong, zones = map_layers.with_shares(found["boundaries"], frames.zones(db, at), run)
    found |= {"boundaries": dong, "zones": zones}
    if edition == "internal":
        fields = frames.fields(db, at, density_class)
        found["cameras"], found["fields"] = map_layers.with_views(found["cameras"], fields)
        gaps = frames.run_gaps(db, run["run_id"])  # the gravest first
        found["gaps"] = gaps.assign(grave=pd.Series(range(len(gaps)), index=gaps.index) < DRAWN_THICK)
    return found


def drawn(
    db: Database, known: Layers, *, taking: Taking, density_class: str, at: date, lang: str
) -> tuple[str, dict[str, int]]:
    """Return the file's text by the first rule that keeps it under 5 MB, and how many features of each layer it holds.

    Raises MapTooLarge when even the last rule does not.
    """
    for rule in RULES:
        thinned = _thinned(known, rule)
        lines = (*_lines(db, taking, density_class, at, lang), *_left_out(known, thinned, rule, lang))
        title = words.say("map_out.title", lang, district=getattr(db.district, f"name_{lang}"))
        try:
            text = coverage_map(
                thinned,
                lang=lang,
                edition=taking.edition,
                invented=db.district.invented,
                stamp=_stamp(db, taking, lang),
                heading=Heading(title, lines),
            )
        except MapTooLarge as error:
            too_large = error
            continue
        return text, {name: len(frame) for name, frame in thinned.items()}
    raise too_large


def _stamp(db: Database, taking: Taking, lang: str) -> Stamp | None:
    if taking.edition != "internal":
        return None
    return Stamp(str(taking.who), words.day(today(db), lang), str(taking.purpose))


def _thinned(known: Layers, rule: Thinning) -> dict[str, gpd.GeoDataFrame]:
    thinned = dict(known)
    if "fields" in thinned:
        fields = thinned["fields"]
        fields = fields[fields["sight"].isin(rule.sights)]
        thinned["fields"] = fields.set_geometry(fields.geometry.simplify(rule.off_m))
    if "gaps" in thinned and rule.gaps is not None:
        thinned["gaps"] = thinned["gaps"].head(rule.gaps)
    return thinned


def _lines(db: Database, taking: Taking, density_class: str, at: date, lang: str) -> tuple[str, ...]:
    told = words.say("map_out.at", lang, day=words.day(at, lang))
    if taking.edition == "public":
        return (told,)
    return told, words.say("map_out.class", lang, name=words.label("class", density_class, lang))


def _left_out(known: Layers, thinned: Layers, rule: Thinning, lang: str) -> tuple[str, ...]:
    """Return what the map must say of what it does not hold."""
    told: list[str] = []
    if "fields" in known and len(thinned["fields"]):
        told.append(words.say("map_out.off", lang, off=f"{words.number(rule.off_m, 1)} m"))
    if "fields" in known and len(thinned["fields"]) < len(known["fields"]):
        key = "map_out.certain_alone" if rule.sights else "map_out.no_views"
        told.append(words.say(key, lang))
    if "gaps" in known and len(thinned["gaps"]) < len(known["gaps"]):
        shown, all_ = words.number(len(thinned["gaps"])), words.number(len(known["gaps"]))
        told.append(words.say("map_out.gaps", lang, shown=shown, all=all_))
    return tuple(told)
