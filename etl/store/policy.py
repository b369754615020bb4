"""What the database holds for the policy page, read as the public may read it. Light to import."""

from __future__ import annotations

from etl.db import Database
from etl.store.queries import rows

Row = dict[str, object]


def policy_facts(db: Database) -> dict[str, list[Row]]:
    """Return what anyone may know of the network as at today; `db` may be opened as public.

    purposes   purpose_ko, purpose_en, legal_ground, cameras, sites
    agencies   agency_ko, agency_en, cameras
    retention  retention_days (None: the registry does not say), cameras
    sites      dong_ko, dong_en (None outside all dong), cameras, purposes_ko, purposes_en, lat, lon in degrees
    days       one row: today on the district's clocks, registry (the day the registries speak of, None unknown)
    """
    with db.engine.connect() as connection:
        return {
            "purposes": rows(connection, "policy_purposes"),
            "agencies": rows(connection, "policy_agencies"),
            "retention": rows(connection, "policy_retention"),
            "sites": rows(connection, "policy_sites"),
            "days": rows(connection, "policy_days"),
        }
