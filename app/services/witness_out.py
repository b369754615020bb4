"""The cameras of a witness question as the list of a footage request: CSV, workbook or page. Internal, and traced."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import words
from app.csv_text import csv_bytes
from app.phrases import owner
from app.phrases_witness import best_class, moment, part, worked
from app.roles import EditionRefused
from app.services import WrongUse, exports, grounds
from app.services.exports import Taking
from app.xlsx_text import xlsx_bytes
from etl.db import Database
from etl.settings import settings

Row = dict[str, Any]

FORMS = ("csv", "xlsx", "html")
COLUMNS = (
    "request_no", "case_no", "office", "ground", "place", "camera", "address", "agency", "footage_from", "footage_to",
    "retention_end", "class", "alleys", "area", "worked", "conditions", "taken_by", "taken_on", "invented",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RequestFile:
    """A list as it is handed over: name, bytes, and how many rows it has."""

    name: str
    content: bytes
    rows: int

    @property
    def sha256(self) -> str:
        """Return the digest of the bytes, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def rows(db: Database, answer: Mapping[str, Any], taking: Taking, *, lang: str) -> list[Row]:
    """Return the rows of a request, a camera (or state of one) whose footage can be asked for each; columns are `COLUMNS`.

    Footage that is deleted, and cameras that were out of order throughout or saw next to nothing of the area, are left out.
    """
    shared = _shared(db, answer, taking, lang=lang)
    listed = [row for row in answer["cameras"] if row["group"] == "kept" and not row["hardly"]]
    return [_row(place, row, shared, lang) for place, row in enumerate(listed, 1)]


def _shared(db: Database, answer: Mapping[str, Any], taking: Taking, *, lang: str) -> Row:
    case, point = answer["case"], answer["point"]
    korean = grounds.told("18", db.district.timezone) is not None
    conditions = "request.conditions_35" if case["ground"] == "35" else "request.conditions_18"
    return {
        "case_no": case["case_no"],
        "office": case["office"],
        "ground": words.label("ground", case["ground"], lang),
        "place": f"{point['lat']:.6f}, {point['lon']:.6f}, {words.distance(answer['radius_m'])}",
        "conditions": words.say(conditions, lang) if korean else None,
        "taken_by": taking.who,
        "taken_on": answer["today"],
        "invented": "true" if answer["invented"] else None,
    }


def _row(place: int, row: Mapping[str, Any], shared: Row, lang: str) -> Row:
    told = {
        "request_no": f"{shared['case_no']}-{place}",
        "camera": row["camera_key"],
        "address": row["address"] or row["site"],
        "agency": owner(row, lang),
        "footage_from": moment(row["in_force_from"], lang),
        "footage_to": moment(row["in_force_until"], lang),
        "retention_end": row["gone_on"] or words.say("request.retention_unknown", lang),
        "class": best_class(row, lang),
        "alleys": part(row["alleys"], lang),
        "area": part(row["area"], lang),
        "worked": worked(row, lang),
    } | shared
    return {name: told[name] for name in COLUMNS}


def take(db: Database, answer: Mapping[str, Any], taking: Taking, *, form: str, lang: str) -> RequestFile:
    """Return the list of an answer in a form; its row stands in the access log before.

    answer  of `app.services.witness.witness`
    taking  internal: it names cameras for a case
    form    csv, xlsx or html
    Raises  EditionRefused, WrongUse for another form
    """
    if taking.edition != "internal":
        raise EditionRefused("a footage request is internal: it names cameras for a case")
    if form not in FORMS:
        raise WrongUse(f"a footage request is written as {', '.join(FORMS)}, not as {form!r}")
    found = rows(db, answer, taking, lang=lang)
    content = _content(db, answer, found, taking, form=form, lang=lang)
    made = RequestFile(f"{db.district.name}-footage-request.{form}", content, rows=len(found))
    detail = {
        "case_no": answer["case"]["case_no"], "form": form, "sha256": made.sha256,
        **{name: answer[name] for name in ("from", "to", "radius_m", "point")},
    }  # fmt: skip
    exports.note(db, "witness", taking, rows=len(found), detail=detail)
    return made


def _content(
    db: Database, answer: Mapping[str, Any], found: list[Row], taking: Taking, *, form: str, lang: str
) -> bytes:
    if form == "html":
        from app.report_html import html
        from app.takeaway import Stamp
        from app.witness_sheet import document

        stamp = Stamp(str(taking.who), words.day(answer["today"], lang), str(taking.purpose)).text()
        name = db.district.name_ko if lang == "ko" else db.district.name_en
        sheet = document(answer, found, stamp=stamp, district=name, lang=lang)
        letters = settings().assets / "pretendard"
        return html(sheet, fonts=letters if letters.is_dir() else None).encode()
    head = [words.say(f"request.{name}", lang) for name in COLUMNS]
    body = [[row[name] for name in COLUMNS] for row in found]
    if form == "xlsx":
        return xlsx_bytes(words.say("request.title", lang), head, body)
    return csv_bytes(head, body)


def write(db: Database, answer: Mapping[str, Any], taking: Taking, *, out: Path, lang: str) -> dict[str, Any]:
    """Write the list to a .csv, .xlsx or .html file and return the answer with `out`, `sha256` and `listed`. Raises as `take`."""
    made = take(db, answer, taking, form=form_of(out), lang=lang)
    out.write_bytes(made.content)
    return {**answer, "out": str(out), "sha256": made.sha256, "listed": made.rows}


def form_of(out: Path) -> str:
    """Return the form that a file's name asks for. Raises WrongUse for none of them."""
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise WrongUse(f"a footage request is written as {', '.join(FORMS)}, not as {out.name}")
    return form
