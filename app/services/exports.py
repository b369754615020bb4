"""What leaves the house: the edition of an export, and the trace that an internal one leaves. Light to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.roles import DEFAULT_EDITION, Edition
from app.services import WrongUse
from etl.db import Database
from etl.store.exports import note_export


class NoPurpose(WrongUse):
    """An internal export was asked for without saying by whom and what for."""


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes an export, and what for: both are asked for of an internal one, and stand on it.

    edition   public, committee or internal
    who       the name of the person
    purpose   why it is taken
    """

    edition: Edition = DEFAULT_EDITION
    who: str | None = None
    purpose: str | None = None

    def __post_init__(self) -> None:
        if self.edition == "internal" and not ((self.who or "").strip() and (self.purpose or "").strip()):
            raise NoPurpose("an internal export says who takes it and what for")


def note(db: Database, what: str, taking: Taking, *, rows: int, detail: Mapping[str, object]) -> None:
    """Leave a row in the access log for an internal export; other editions hold nothing that must be traced.

    what    the kind of export, such as "report" or "map"
    rows    how many records it holds
    detail  JSON-ready: what was asked for
    Called before the export is handed over: what cannot be traced is not given.
    """
    if taking.edition == "internal":
        note_export(db, what, who=str(taking.who), purpose=str(taking.purpose), rows=rows, detail=detail)
