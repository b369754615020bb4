"""Plans that people keep: written through tables reflected from the database, which is the one truth about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from geoalchemy2 import Geometry  # noqa: F401 - its import teaches SQLAlchemy to reflect geometry columns
from geoalchemy2.functions import ST_MakePoint, ST_SetSRID, ST_Transform
from sqlalchemy import MetaData, Table, insert, select

from etl.db import Database

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


def kept_plans(db: Database) -> list[dict[str, Any]]:
    """Return the plans that were kept, the last first: plan_id, made_at, name, cameras, budget_won, figures."""
    with db.engine.connect() as connection:
        plans, _ = _tables(db)
        rows = connection.execute(select(plans).order_by(plans.c.plan_id.desc())).mappings()
        return [{**row, "made_at": _text(row["made_at"])} for row in rows]


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


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
