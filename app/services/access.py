"""Who read what may not be read unseen, and who took what out of the house: the access log, for the auditor."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from app.services import check_day
from etl.db import Database
from etl.store.exports import access_log

EXPORT = "export"


def access(db: Database, since: date, *, exports_alone: bool = False) -> dict[str, Any]:
    """Return the entries of the access log since a day on the district's clocks, the last first, JSON-ready.

    db       opened as owner: no other role can read the log
    entries  at (UTC), who, login, role, action, object, purpose, rows, detail
    Raises   WrongUse for a day that there cannot be
    """
    check_day(since)
    found = access_log(db, datetime.combine(since, time(), tzinfo=db.district.zone))
    kept = [row for row in found if row["action"] == EXPORT] if exports_alone else found
    return {"since": since, "entries": kept, "n": len(kept), "invented": db.district.invented}
