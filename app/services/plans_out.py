"""A kept plan as a file: the committee's sheet (PDF), a table for Excel (CSV), a package for maps (GeoPackage).

Light to import: a page draws its buttons at once. New sites stand where the network is blind: CSV and GeoPackage, which hold their coordinates, are internal; the sheet is for
the committee too, which has to decide on them, without coordinates, views and counts of one or two calls.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import words
from app.csv_text import csv_bytes
from app.roles import Edition, EditionRefused
from app.services import WrongUse, exports
from app.services.exports import Taking
from etl.db import Database
from etl.settings import settings
from etl.store.days import network_day, today
from etl.store.exports import plan_out

if TYPE_CHECKING:
    from app.plan_drawing import Ground

Row = dict[str, Any]

# The forms of a plan, and the editions that hold them.
FORMS: dict[str, tuple[Edition, ...]] = {
    "pdf": ("committee", "internal"),
    "csv": ("internal",),
    "gpkg": ("internal",),
}


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan as it is handed over: the name of its file, its bytes, how many sites; pages of the sheet, else None."""

    name: str
    content: bytes
    rows: int
    pages: int | None = None

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def take(db: Database, plan_id: int, taking: Taking, *, form: str, lang: str = "ko") -> PlanFile:
    """Return a kept plan in a form; an internal one leaves its row in the access log first.

    db      opened as staff
    form    pdf, csv or gpkg
    Raises  UnknownPlan, EditionRefused, FontsMissing; WrongUse for another form or language
    """
    from app.services import consultation, plans

    require(form, taking.edition)
    if lang not in words.LANGUAGES:
        raise WrongUse(f"a plan is told in {' and '.join(words.LANGUAGES)}, not {lang!r}")
    # How far it is stands in tables of its own, and is that of now.
    plan = consultation.with_state(db, plans.opened(db, plan_id))
    pages = None
    if form == "pdf":
        content, pages = _sheet(db, plan, taking, lang)
    else:
        content = (_csv if form == "csv" else _package)(db, plan, taking, lang)
    name = f"{db.district.name}-plan-{plan_id}-{taking.edition}.{form}"
    made = PlanFile(name, content, rows=len(plan["chosen"]), pages=pages)
    detail = {"plan": plan_id, "form": form, "sha256": made.sha256}
    exports.note(db, "plan", taking, rows=made.rows, detail=detail)
    return made


def write(db: Database, plan_id: int, taking: Taking, *, out: Path, lang: str = "ko") -> Row:
    """Write a kept plan to a .pdf, .csv or .gpkg file and return the answer of `golmok plans --out`. Raises as `take`."""
    made = take(db, plan_id, taking, form=form_of(out), lang=lang)
    out.write_bytes(made.content)
    return {
        "plan_id": plan_id,
        "out": str(out),
        "edition": taking.edition,
        "rows": made.rows,
        "pages": made.pages,
        "bytes": len(made.content),
        "sha256": made.sha256,
        "invented": db.district.invented,
    }


def form_of(out: Path) -> str:
    """Return the form that a file's name asks for. Raises WrongUse for none of them."""
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise WrongUse(f"a plan is written as {', '.join(f'.{each}' for each in FORMS)}, not as {out.name}")
    return form


def require(form: str, edition: str) -> None:
    """Raise WrongUse for a form that is none, EditionRefused for one that the edition does not hold."""
    if form not in FORMS:
        raise WrongUse(f"a plan is written as {', '.join(FORMS)}, not as {form!r}")
    if edition not in FORMS[form]:
        raise EditionRefused(f"a plan as .{form} goes out in {', '.join(FORMS[form])}, not in {edition!r}")


def _csv(db: Database, plan: Mapping[str, Any], taking: Taking, lang: str) -> bytes:
    from app import plan_table

    marks = _marks(db, taking)
    rows = [row | marks for row in plan_table.sites(plan, _dong(db, plan, lang), lang)]
    names = [*plan_table.COLUMNS, *marks]
    head = [plan_table.head(name, lang) for name in names]
    return csv_bytes(head, ([row[name] for name in names] for row in rows))


def _package(db: Database, plan: Mapping[str, Any], taking: Taking, lang: str) -> bytes:
    from app.plan_package import package

    return package(plan, _dong(db, plan, lang), marks=_marks(db, taking), lang=lang)


def _sheet(db: Database, plan: Mapping[str, Any], taking: Taking, lang: str) -> tuple[bytes, int]:
    from app.plan_sheet import Sheet, document
    from app.report import stamp_of, typeface, typeset
    from app.report_format import cleaned

    stamp = cleaned({"who": taking.who, "day": today(db).isoformat(), "purpose": taking.purpose})
    sheet = Sheet(
        cleaned(plan),
        lang,
        db.district.name_ko if lang == "ko" else db.district.name_en,
        taking.edition,
        _ground(db, plan),
        stamp_of({"stamp": stamp}, lang) if taking.edition == "internal" else "",
    )
    return typeset(document(sheet), typeface(lang, settings().assets / "pretendard"), compact=True)


def _ground(db: Database, plan: Mapping[str, Any]) -> Ground:
    """Return what the map is drawn on, as at the plan's day."""
    from app.plan_drawing import Ground
    from etl.store import frames

    at = date.fromisoformat(plan["at"]) if plan.get("at") else network_day(db)
    return Ground(
        frames.alleys(db), frames.buildings(db), frames.boundaries(db, "dong"), frames.cameras(db, at)
    )


def _dong(db: Database, plan: Mapping[str, Any], lang: str) -> list[str | None]:
    """Return the name of the dong of each site, in the plan's order."""
    found = plan_out(db, plan["plan_id"])
    names = ((row["dong_en"] if lang == "en" else None) or row["dong_ko"] for row in found)
    return [None if name is None else str(name) for name in names]


def _marks(db: Database, taking: Taking) -> Row:
    """Return what each row bears beside its content: that it is invented, and who took it, when and why."""
    marks: Row = {"invented": "true"} if db.district.invented else {}
    return marks | {"taken_by": taking.who, "taken_on": today(db), "taken_for": taking.purpose}
