"""What people were asked about plans, and what was decided: written once by name, never changed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError

from etl.db import Database
from etl.store.queries import rows

Row = dict[str, object]

# What the tables answer when a plan is not as far as what is to be written of it asks.
_NOT_SO_FAR = "55000"


def state(db: Database, plan_id: int) -> Row | None:
    """Return how far a plan is: state (proposed | consulted | approved | rejected), why, decided_at, decided_by, and cameras
    (order_no, ground or None, asked); None when there is no such plan."""
    with db.engine.connect() as connection:
        found = rows(connection, "plan_state", {"plan_id": plan_id})
    return found[0] if found else None


def states(db: Database) -> dict[int, str]:
    """Return how far each plan is, by its number."""
    with db.engine.connect() as connection:
        return {int(str(row["plan_id"])): str(row["state"]) for row in rows(connection, "plan_states")}


def consultations(db: Database, plan_id: int) -> list[Row]:
    """Return the records of having asked about a plan, the first first: consultation_id, order_no, method, held_from, held_to,
    opinions, outcome, document_no, recorded_at, recorded_by, withdrawn_at, withdrawn_by."""
    with db.engine.connect() as connection:
        return rows(connection, "plan_consultations", {"plan_id": plan_id})


def note(db: Database, values: Mapping[str, object], *, purpose: str | None = None) -> int | None:
    """Record a consultation and return its number, None where the plan is decided already; `db` opened as loader.

    values   plan_id, order_no, method, held_from, held_to, opinions, outcome, document_no, recorded_by
    purpose  gives its ground in law to those cameras of the plan that keep none, in the same transaction
    """
    try:
        with db.engine.begin() as connection:
            if purpose is not None:
                given = {"plan_id": values["plan_id"], "purpose": purpose, "by": values["recorded_by"]}
                rows(connection, "ground_plan", given)
            found = rows(connection, "note_consultation", values)
    except DBAPIError as error:
        if _refused(error):
            return None
        raise
    return int(str(found[0]["consultation_id"]))


def give_ground(db: Database, plan_id: int, *, purpose: str, by: str) -> int | None:
    """Give the ground in law of a purpose to those cameras of a plan that keep none and return how many there were; None
    where the plan is decided; `db` opened as loader."""
    try:
        with db.engine.begin() as connection:
            return len(rows(connection, "ground_plan", {"plan_id": plan_id, "purpose": purpose, "by": by}))
    except DBAPIError as error:
        if _refused(error):
            return None
        raise


def withdraw(db: Database, plan_id: int, consultation_id: int, *, by: str) -> bool | None:
    """Withdraw a record; False where none of this number stands, None where the plan is decided; `db` opened as loader."""
    values = {"plan_id": plan_id, "consultation_id": consultation_id, "withdrawn_by": by}
    try:
        with db.engine.begin() as connection:
            return bool(rows(connection, "withdraw_consultation", values))
    except DBAPIError as error:
        if _refused(error):
            return None
        raise


def decide(db: Database, plan_id: int, *, decision: str, why: str | None, by: str) -> bool | None:
    """Record what was decided of a plan; False where it was decided already, None where it is not so far that it may be
    approved; `db` opened as loader."""
    values = {"plan_id": plan_id, "decision": decision, "why": why, "decided_by": by}
    try:
        with db.engine.begin() as connection:
            return bool(rows(connection, "note_decision", values))
    except DBAPIError as error:
        if _refused(error):
            return None
        raise


def _refused(error: DBAPIError) -> bool:
    return getattr(error.orig, "pgcode", None) == _NOT_SO_FAR
