"""Plans of two cameras kept in an empty district, for what is recorded and decided of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.services.consultation import Held
from etl.db import Database
from etl.store.plans import keep_plan

HEARING = Held("hearing", date(2014, 2, 3), date(2014, 2, 21), 12, "changes", document="재난-2014-17")


def answer(*, ground: str | None = "25-1-2", cameras: int = 2) -> dict[str, Any]:
    """Return what a plan of cameras on the same ground answers; None: they keep none."""
    kept = {} if ground is None else {"ground": ground}
    row = {"lat": 37.5791, "heading_deg": 45.0, "gain": 0.01, "price_won": 20_000_000, "alley": "한길"}
    chosen = [row | kept | {"lon": 126.9368 + place / 1000.0} for place in range(cameras)]
    return {"asked": {"cameras": cameras, "budget_won": None}, "class": "recognise", "chosen": chosen}


def kept(db: Database, **how: Any) -> int:
    """Keep a plan and return its number; `db` opened as loader."""
    return keep_plan(db, answer(**how))
