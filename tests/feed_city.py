"""A city that lines come into: its area, one emergency bell, one pole with one camera and one with two."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from etl.db import Database
from etl.load import load
from tests.test_load import EAST, MIDDLE, WEST, dong, registry, row

ONE, TWO = "202631200000001", "202631200000002"
LAT, LON = 37.5801, 126.9368
BELL = (
    "insert into core.bell (bell_key, kind, geom) select 'B-0012', 'bell',"
    f" st_transform(st_setsrid(st_makepoint({LON}, {LAT}), 4326), 5186)"
)


def lay_out(owner: Database, loader: Database, folder: Path) -> None:
    """Load the city; the outbox is empty after it."""
    load(loader, "boundaries", dong(folder, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    load(
        loader,
        "cameras",
        registry(folder, row(ONE, count="1"), row(TWO, count="2", road="골목로 2", lat="37.5803")),
    )
    do(owner, BELL)


def do(db: Database, *statements: str) -> None:
    """Run statements in one transaction."""
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def ask(db: Database, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with db.engine.connect() as connection:
        return [tuple(found) for found in connection.execute(text(sql))]


def now() -> str:
    """Return this moment as systems write it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def call(number: object, **fields: object) -> dict[str, object]:
    """Return a call as a line has it."""
    return {
        "id": str(number),
        "at": now(),
        "class_code": "102",
        "urgency": "C0",
        "lat": LAT,
        "lon": LON,
    } | fields


def lines(*told: dict[str, object] | bytes) -> bytes:
    """Return lines of JSON; bytes stand as they are."""
    return b"".join(
        (each if isinstance(each, bytes) else json.dumps(each, ensure_ascii=False).encode()) + b"\n"
        for each in told
    )


def append(file: Path, told: Iterable[dict[str, object] | bytes]) -> None:
    """Append lines to a file."""
    with file.open("ab") as stream:
        stream.write(lines(*told))
