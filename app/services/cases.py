"""Cases: opened and closed by name, each once. Who could have recorded a place is asked for an open one alone."""

from __future__ import annotations

from typing import Any, cast

from app.services import WrongUse, grounds
from etl.db import Database
from etl.store import cases as store

Row = dict[str, Any]

# On which grounds of Korean law footage may be given for a case: items of article 18, paragraph 2, and the person concerned.
GROUNDS = (
    "18-2-1",
    "18-2-2",
    "18-2-3",
    "18-2-5",
    "18-2-6",
    "18-2-7",
    "18-2-8",
    "18-2-9",
    "18-2-10",
    "35",
)
_LONGEST = {"case_no": 60, "office": 100, "ground": 100, "by": 100}


class CaseBlank(WrongUse):
    """A case was asked for without its number."""


class CaseNotOpen(WrongUse):
    """No case of this number is open."""


class CaseOpen(WrongUse):
    """A case of this number is open already."""


class UnknownGround(WrongUse):
    """The ground is none of those that the law knows."""


def open_case(db: Database, case_no: str, *, office: str, ground: str, by: str) -> Row:
    """Open a case and return its row, JSON-ready; `db` opened as loader.

    office  the office that asks for footage
    ground  in Korea one of `GROUNDS`; elsewhere in that law's own words
    by      the person who opens it
    Raises  WrongUse for what is blank or too long, UnknownGround, CaseOpen
    """
    told = _told(case_no=case_no, office=office, ground=ground, by=by)
    if grounds.told("18", db.district.timezone) is not None and told["ground"] not in GROUNDS:
        raise UnknownGround(f"{ground!r}; there are: {', '.join(GROUNDS)}")
    found = store.open_case(db, told["case_no"], office=told["office"], ground=told["ground"], by=told["by"])
    if found is None:
        raise CaseOpen(told["case_no"])
    return found | {"invented": db.district.invented}


def close_case(db: Database, case_no: str, *, by: str) -> Row:
    """Close an open case and return its row; `db` opened as loader. Raises WrongUse, CaseNotOpen."""
    told = _told(case_no=case_no, by=by)
    found = store.close_case(db, told["case_no"], by=told["by"])
    if found is None:
        raise CaseNotOpen(told["case_no"])
    return found | {"invented": db.district.invented}


def cases(db: Database, *, open_alone: bool = False) -> Row:
    """Return the answer of `golmok case list`: `cases`, the last opened first, and `open`, how many are; `db` as loader."""
    every = store.cases(db)
    still = [row for row in every if row["closed_at"] is None]
    return {"cases": still if open_alone else every, "open": len(still), "invented": db.district.invented}


def require_open(db: Database, case_no: str) -> Row:
    """Return the open case of a number. Raises WrongUse for a blank one, CaseNotOpen."""
    told = _told(case_no=case_no)
    found = store.case_named(db, told["case_no"])
    if found is None:
        raise CaseNotOpen(told["case_no"])
    return cast(Row, found)


def _told(**texts: str) -> dict[str, str]:
    """Return texts without spaces at their ends. Raises WrongUse for a blank one, a too long one, or a control sign in it."""
    told = {name: text.strip() for name, text in texts.items()}
    for name, text in told.items():
        what = name.replace("_", " ")
        if not text and name == "case_no":
            raise CaseBlank()
        if not text:
            raise WrongUse(f"{what} is blank")
        if len(text) > _LONGEST[name] or not text.isprintable():
            raise WrongUse(f"{what} has at most {_LONGEST[name]} signs, on one line")
    return told
