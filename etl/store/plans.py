"""Plans that people keep: written through tables reflected from the database, which is the one truth about them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry  # noqa: F401 - its import teaches SQLAlchemy to reflect geometry columns
from geoalchemy2.functions import ST_MakePoint, ST_SetSRID, ST_Transform
from sqlalchemy import MetaData, Table, insert

from etl.db import Database
from etl.store.queries import rows, run

# A plan's JSON-ready answer and its rows; the contract is that of `golmok plan`.
Row = Mapping[str, Any]


def keep_plan(db: Database, answer: Row, *, name: str | None = None) -> int:
    """Write a plan with its cameras and return its number.

    db      opened as loader
    answer  as app.services.plan gives it: chosen (lat, lon, heading_deg, gain, price_won), asked (cameras, budget_won)
    """
    with db.engine.begin() as connection:
        plans, cameras = _tables(db)
        asked = answer["asked"]
        figures = {key: value for key, value in answer.items() if key != "chosen"}
        head = insert(plans).values(
            name=name, cameras=asked["cameras"], budget_won=asked["budget_won"], figures=figures
        )
        plan_id = int(connection.execute(head.returning(plans.c.plan_id)).scalar_one())
        for order_no, row in enumerate(answer["chosen"], start=1):
            connection.execute(insert(cameras).values(_camera(db, plan_id, order_no, row)))
    return plan_id


def add_figures(db: Database, plan_id: int, figures: Row) -> bool:
    """Write further figures of a kept plan beside those it has, in place of earlier ones of the same name.

    db       opened as loader
    figures  JSON-ready
    Returns  False where there is no such plan
    """
    values = {"plan_id": plan_id, "figures": json.dumps(figures, ensure_ascii=False, allow_nan=False)}
    with db.engine.begin() as connection:
        return run(connection, "plan_add_figures", values).first() is not None


def kept_plans(db: Database) -> list[dict[str, Any]]:
    """Return the plans that were kept, the last first: plan_id, made_at, name, cameras, budget_won, figures."""
    with db.engine.connect() as connection:
        return [_dated(row) for row in rows(connection, "kept_plans")]


def kept_plan(db: Database, plan_id: int) -> dict[str, Any] | None:
    """Return one plan with its cameras (`chosen`, in their order, as they were answered), None when there is none."""
    with db.engine.connect() as connection:
        found = rows(connection, "kept_plan", {"plan_id": plan_id})
        cameras: list[dict[str, Any]] = rows(connection, "kept_plan_cameras", {"plan_id": plan_id})
    if not found:
        return None
    chosen = [{**{name: row[name] for name in _PLACED}, **row["attributes"]} for row in cameras]
    return _dated(found[0]) | {"chosen": chosen}


def purposes(db: Database) -> list[dict[str, Any]]:
    """Return every purpose with the class that it asks for and its ground: purpose_code, density_class, legal_ground."""
    with db.engine.connect() as connection:
        return rows(connection, "purposes")


def dong_names(db: Database) -> list[dict[str, Any]]:
    """Return the dong of the district by name: code, name_ko, name_en."""
    with db.engine.connect() as connection:
        return rows(connection, "dong_names")


_PLACED = ("lat", "lon", "heading_deg", "gain", "price_won")


def _tables(db: Database) -> tuple[Table, Table]:
    known = MetaData(schema="core")
    known.reflect(db.engine, only=("plan", "plan_camera"), resolve_fks=False)
    return known.tables["core.plan"], known.tables["core.plan_camera"]


def _camera(db: Database, plan_id: int, order_no: int, row: Row) -> dict[str, Any]:
    place = ST_SetSRID(ST_MakePoint(row["lon"], row["lat"]), 4326)
    kept: Sequence[str] = ("heading_deg", "gain", "price_won")
    rest = {key: value for key, value in row.items() if key not in (*kept, "lat", "lon")}
    return {
        "plan_id": plan_id,
        "order_no": order_no,
        **{key: row[key] for key in kept},
        "attributes": rest,
        "geom": ST_Transform(place, db.district.srid),
    }


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    made_at: datetime = row["made_at"]
    return row | {"made_at": made_at.isoformat(timespec="seconds")}
