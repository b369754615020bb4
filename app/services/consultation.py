"""Plans from proposal to decision: whom one asked, what came of it, and who approved. Light to import: a page reads it at once.

A public body asks before it hangs a camera (PIPA article 25, paragraph 3; Decree article 23). So a plan is approved on
records of having asked, of the whole plan or of each of its cameras, and each camera keeps its ground in law (article
25, paragraph 1). The service refuses first, in words; the tables refuse whoever goes round it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Literal, cast, get_args

from app.roles import LOCAL, Role, require_role
from app.services import UnknownPlan, WrongUse, grounds
from app.services.plans import require_purpose
from etl.db import Database
from etl.store import consultation as store
from etl.store.days import today

Row = dict[str, Any]
Method = Literal["notice", "hearing", "briefing", "survey", "poll"]
Outcome = Literal["supported", "changes", "divided", "opposed", "none"]
METHODS: tuple[Method, ...] = get_args(Method)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_LONGEST = {"document": 60, "by": 100, "why": 300}


class NotConsulted(WrongUse):
    """A plan is to be approved without a record of having asked those whom it concerns."""


class NoGround(WrongUse):
    """A plan is to be approved whose cameras keep no ground in law."""


class PlanDecided(WrongUse):
    """Something is to be written of a plan that was approved or rejected already."""


class NotOver(WrongUse):
    """A consultation is to be recorded before it is over."""


class NoSuchChoice(WrongUse):
    """A way of asking, or an outcome, is none of those that are recorded."""


class EndsBeforeItBegins(WrongUse):
    """A consultation is told to end before it begins."""


class OutcomeUnlikeOpinions(WrongUse):
    """The outcome is none where no opinion came in, and only there."""


class NoSuchSite(WrongUse):
    """The plan has no camera of this number."""


class BlankText(WrongUse):
    """A text that must say something is blank; the detail names it."""


class TextTooLong(WrongUse):
    """A text is longer than is kept, or of more than one line; the detail names it and how many signs it may have."""


class NoSuchRecord(WrongUse):
    """The plan has no standing record of this number."""


@dataclass(frozen=True, slots=True)
class Held:
    """A consultation that was held.

    held_from, held_to  first and last day, on the district's calendar
    opinions            how many came in; outcome is `none` where none did, and only there
    order_no            number of the one camera of the plan that it was about; None: all of them
    document            number of the official document that holds the result
    """

    method: str
    held_from: date
    held_to: date
    opinions: int
    outcome: str
    order_no: int | None = None
    document: str | None = None


def of_plan(db: Database, plan_id: int) -> Row:
    """Return how far a plan is, JSON-ready.

    state     proposed | consulted | approved | rejected
    records   of having asked, the first first; `stands` False: withdrawn
    cameras   order_no, ground (item of article 25, paragraph 1; None untold), asked
    decision  None, or decision, why, at, by
    today     the district's day: nothing later is recorded
    law       whether the grounds are those of the district's law
    Raises    UnknownPlan
    """
    found = cast("Row | None", store.state(db, plan_id))
    if found is None:
        raise UnknownPlan(f"{plan_id}")
    decided, zone = None, db.district.zone
    if found["decided_at"] is not None:
        decided = {
            "decision": found["state"],
            "why": found["why"],
            "at": _iso(found["decided_at"], zone),
            "by": found["decided_by"],
        }
    return {
        "plan_id": plan_id,
        "state": found["state"],
        "records": [_record(row, zone) for row in store.consultations(db, plan_id)],
        "cameras": found["cameras"],
        "decision": decided,
        "today": today(db).isoformat(),
        "law": grounds.told("25", db.district.timezone) is not None,
        "invented": db.district.invented,
    }


def states(db: Database) -> dict[int, str]:
    """Return how far each plan is, by its number: proposed | consulted | approved | rejected."""
    return store.states(db)


def with_state(db: Database, answer: Mapping[str, Any]) -> Row:
    """Return a kept plan's answer with how far it is now: `consultation` as `of_plan` gives it, and of each chosen camera
    `consultation` (proposed | consulted | approved | rejected) and `ground`."""
    told = of_plan(db, answer["plan_id"])
    decided = told["decision"]["decision"] if told["decision"] else None
    by_number = {row["order_no"]: row for row in told["cameras"]}
    chosen = []
    for order_no, row in enumerate(answer["chosen"], 1):
        known = by_number.get(order_no, {"ground": None, "asked": False})
        state = decided or ("consulted" if known["asked"] else "proposed")
        chosen.append({**row, "ground": known["ground"], "consultation": state})
    return {**answer, "chosen": chosen, "consultation": told}


def record(
    db: Database,
    plan_id: int,
    held: Held,
    *,
    by: str,
    purpose: str | None = None,
    roles: frozenset[Role] = LOCAL,
) -> Row:
    """Record a consultation and return `of_plan`; `db` opened as loader.

    by       the person who records it
    purpose  code of a purpose: its ground in law is given to those cameras of the plan that keep none
    roles    of the visitor; planners record
    Raises   NotYours, UnknownPlan, PlanDecided, NotOver; WrongUse for what cannot be
    """
    require_role("planner", roles)
    who = _text("by", by)
    _check(db, plan_id, held, purpose)
    values = {
        "plan_id": plan_id,
        "order_no": held.order_no,
        "method": held.method,
        "held_from": held.held_from,
        "held_to": held.held_to,
        "opinions": held.opinions,
        "outcome": held.outcome,
        "document_no": _text("document", held.document) if (held.document or "").strip() else None,
        "recorded_by": who,
    }
    if store.note(db, values, purpose=purpose) is None:
        raise PlanDecided(f"{plan_id}")
    return of_plan(db, plan_id)


def give_ground(db: Database, plan_id: int, purpose: str, *, by: str, roles: frozenset[Role] = LOCAL) -> Row:
    """Give the ground in law of a purpose to those cameras of a plan that keep none, and return `of_plan`.

    Raises NotYours, UnknownPlan, PlanDecided; WrongUse for a purpose that is none; `db` opened as loader
    """
    require_role("planner", roles)
    who = _text("by", by)
    _open_plan(db, plan_id)
    require_purpose(db, purpose)
    if store.give_ground(db, plan_id, purpose=purpose, by=who) is None:
        raise PlanDecided(f"{plan_id}")
    return of_plan(db, plan_id)


def withdraw(
    db: Database, plan_id: int, consultation_id: int, *, by: str, roles: frozenset[Role] = LOCAL
) -> Row:
    """Withdraw a record as mistaken, while the plan is not decided; it stays, marked. Return `of_plan`.

    Raises NotYours, UnknownPlan, PlanDecided, NoSuchRecord, WrongUse for a blank name; `db` opened as loader
    """
    require_role("planner", roles)
    who = _text("by", by)
    _open_plan(db, plan_id)
    done = store.withdraw(db, plan_id, consultation_id, by=who)
    if done is None:
        raise PlanDecided(f"{plan_id}")
    if not done:
        raise NoSuchRecord(f"{consultation_id}")
    return of_plan(db, plan_id)


def approve(
    db: Database, plan_id: int, *, by: str, why: str | None = None, roles: frozenset[Role] = LOCAL
) -> Row:
    """Approve a plan for good and return `of_plan`; `db` opened as loader.

    roles   of the visitor; the committee approves
    Raises  NotYours, UnknownPlan, PlanDecided; NotConsulted without records of having asked about all its cameras;
            NoGround where one of them keeps none
    """
    require_role("committee", roles)
    told = _open_plan(db, plan_id)
    if told["state"] != "consulted":
        raise NotConsulted(f"{plan_id}")
    if without := [str(row["order_no"]) for row in told["cameras"] if row["ground"] is None]:
        raise NoGround(", ".join(without))
    return _decide(db, plan_id, decision="approved", why=why, by=by)


def reject(db: Database, plan_id: int, *, by: str, why: str, roles: frozenset[Role] = LOCAL) -> Row:
    """Reject a plan for good, with the reason, and return `of_plan`. Raises as `approve`, but asks for no consultation."""
    require_role("committee", roles)
    _open_plan(db, plan_id)
    return _decide(db, plan_id, decision="rejected", why=_text("why", why), by=by)


def _decide(db: Database, plan_id: int, *, decision: str, why: str | None, by: str) -> Row:
    reason = _text("why", why) if (why or "").strip() else None
    done = store.decide(db, plan_id, decision=decision, why=reason, by=_text("by", by))
    if done is None:
        # Between the look and the writing somebody withdrew a record.
        raise NotConsulted(f"{plan_id}")
    if not done:
        raise PlanDecided(f"{plan_id}")
    return of_plan(db, plan_id)


def _open_plan(db: Database, plan_id: int) -> Row:
    told = of_plan(db, plan_id)
    if told["decision"] is not None:
        raise PlanDecided(f"{plan_id}")
    return told


def _check(db: Database, plan_id: int, held: Held, purpose: str | None) -> None:
    """Raise for what cannot be recorded."""
    told = _open_plan(db, plan_id)
    if held.method not in METHODS or held.outcome not in OUTCOMES:
        raise NoSuchChoice(f"{held.method}, {held.outcome} ({', '.join(METHODS)}; {', '.join(OUTCOMES)})")
    if held.held_to < held.held_from:
        raise EndsBeforeItBegins(f"{held.held_from} > {held.held_to}")
    if held.held_to > today(db):
        raise NotOver(held.held_to.isoformat())
    if held.opinions < 0 or (held.opinions == 0) != (held.outcome == "none"):
        raise OutcomeUnlikeOpinions(f"{held.opinions}, {held.outcome}")
    if held.order_no is not None and held.order_no not in {row["order_no"] for row in told["cameras"]}:
        raise NoSuchSite(f"{held.order_no}")
    if purpose is not None:
        require_purpose(db, purpose)


def _text(name: str, given: str | None) -> str:
    """Return a text without spaces at its ends. Raises WrongUse for a blank one, a too long one, a control sign in it."""
    text = (given or "").strip()
    if not text:
        raise BlankText(name)
    if len(text) > _LONGEST[name] or not text.isprintable():
        raise TextTooLong(f"{name} ({_LONGEST[name]})")
    return text


def _record(row: Mapping[str, Any], zone: tzinfo) -> Row:
    return {
        "no": row["consultation_id"],
        "camera": row["order_no"],
        "method": row["method"],
        "held_from": row["held_from"].isoformat(),
        "held_to": row["held_to"].isoformat(),
        "opinions": row["opinions"],
        "outcome": row["outcome"],
        "document": row["document_no"],
        "recorded_at": _iso(row["recorded_at"], zone),
        "recorded_by": row["recorded_by"],
        "stands": row["withdrawn_at"] is None,
        "withdrawn_at": _iso(row["withdrawn_at"], zone),
        "withdrawn_by": row["withdrawn_by"],
    }


def _iso(moment: datetime | None, zone: tzinfo) -> str | None:
    """Return an instant on the district's clocks: its day is the day that people there would write."""
    return None if moment is None else moment.astimezone(zone).isoformat(timespec="seconds")
