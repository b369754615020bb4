"""Plans that were kept, and what a form needs to ask for a new one. Light to import: a page reads them at once."""

from __future__ import annotations

from typing import Any

from app.services import UnknownPlan, WrongUse
from etl.db import Database
from etl.store.days import network_day
from etl.store.extents import zone_names
from etl.store.plans import dong_names, kept_plan, kept_plans, purposes

# Sites of two plans this near to each other are one place.
SAME_M = 10.0


class UnknownPurpose(WrongUse):
    """A camera is to be for a purpose that is none of the law's list."""


def earlier(db: Database) -> list[dict[str, Any]]:
    """Return the plans that were kept, the last first, without their cameras: plan_id, made_at, name, cameras (asked
    for), budget_won and the answer's figures."""
    return kept_plans(db)


def opened(db: Database, plan_id: int) -> dict[str, Any]:
    """Return a kept plan as `app.services.plan` answered it, with made_at. Raises UnknownPlan.

    What older plans did not tell is None: weights, without, dong, alleys, limits, stability, index50m, intrusion, cover, the
    reason why there are so few alternatives, and view of each camera; empty: layers, alternatives, curve, frontier.
    """
    found = kept_plan(db, plan_id)
    if found is None:
        raise UnknownPlan(f"{plan_id}")
    unsaid: dict[str, Any] = dict.fromkeys(_UNSAID) | {name: [] for name in _NONE}
    chosen = [{"view": None, **row} for row in found["chosen"]]
    kept = {"plan_id": plan_id, "made_at": found["made_at"], "name": found["name"], "chosen": chosen}
    return {**unsaid, **found["figures"], **kept}


_UNSAID = (
    "name", "weights", "without", "dong", "alleys", "limits", "alternatives_said", "stability", "index50m", "intrusion", "cover",
)  # fmt: skip
_NONE = ("layers", "alternatives", "curve", "frontier")


def classes_by_purpose(db: Database) -> list[dict[str, Any]]:
    """Return the purposes a camera may have, each with the density class that it asks for: purpose_code, density_class."""
    return purposes(db)


def require_purpose(db: Database, code: str) -> dict[str, Any]:
    """Return the purpose of a code: purpose_code, density_class, legal_ground. Raises UnknownPurpose."""
    known = {row["purpose_code"]: row for row in purposes(db)}
    if code not in known:
        raise UnknownPurpose(f"{code or '-'} ({', '.join(known)})")
    return known[code]


def dongs(db: Database) -> list[dict[str, Any]]:
    """Return the dong of the district by name: code, name_ko, name_en."""
    return dong_names(db)


def zones(db: Database) -> list[dict[str, Any]]:
    """Return the zones in force at the network's day by kind and name: zone_id, zone_key, kind, name_ko, name_en."""
    return zone_names(db, network_day(db))
