"""Real addresses with seeded slips: how many are found first, how many among five. Printed with -s; the floor is asserted."""

from __future__ import annotations

import json
import math
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import text

from app.services.where import places
from etl.addresses import parse
from etl.db import connect
from spatial.crs import project
from tests.database import TestCity
from tests.typos import KINDS, slip

ASKED = 1_000
SEED = 20260112
# An address of the registry is a pole before a house: poles of one address stand this near.
THERE_M = 100.0
FIRST, AMONG_FIVE = 0.97, 0.97
INSERT = """
insert into core.site (site_key, address_road, address_lot, geom)
select r ->> 'key', r ->> 'road', r ->> 'lot', st_setsrid(st_makepoint((r ->> 'x')::float8, (r ->> 'y')::float8), 5186)
from json_array_elements(cast(:rows as json)) r
"""


def _registry(folder: Path) -> pd.DataFrame:
    rows = pd.read_csv(folder / "cctv" / "seoul_std_2018_cctv2.csv", encoding="cp949", dtype=str)
    rows["lat"], rows["lng"] = (
        pd.to_numeric(rows["lat"], errors="coerce"),
        pd.to_numeric(rows["lng"], errors="coerce"),
    )
    inside = rows["lat"].between(37.4, 37.72) & rows["lng"].between(126.7, 127.2)
    told = rows[inside & (rows["add"].notna() | rows["rd"].notna())].reset_index(drop=True)
    xy = project(told["lng"], told["lat"], srid=5186)
    return told.assign(x_m=xy[:, 0], y_m=xy[:, 1])


def test_real_addresses_are_found_in_spite_of_a_slip(place: TestCity, shared_data: Path) -> None:
    told = _registry(shared_data)
    columns = zip(told["add"], told["rd"], told["x_m"], told["y_m"], strict=True)
    values = [
        {"key": str(n), "road": _or_none(road), "lot": _or_none(lot), "x": x, "y": y}
        for n, (road, lot, x, y) in enumerate(columns)
    ]
    seoul = replace(place.district, name_ko="서울특별시")
    db = connect(seoul, place.server, role="owner", database=place.name)
    with db.engine.begin() as connection:
        # one statement, as a load merges
        connection.execute(text(INSERT), {"rows": json.dumps(values)})
        connection.exec_driver_sql("analyze core.place_name, core.place_spot")
    where = defaultdict(list)
    for row in values:
        for address in (row["road"], row["lot"]):
            known = parse(str(address)) if address else None
            # what is glued to the name of its gu reads as a road of that name
            if known and not known.name.startswith("서울"):
                where[known.name, known.number].append((row["x"], row["y"]))
    rng = np.random.default_rng(SEED)
    known = sorted(where)
    first, five, asked, took = Counter(), Counter(), Counter(), []
    for n, at in enumerate(rng.choice(len(known), ASKED, replace=False)):
        kind = KINDS[n % len(KINDS)]
        name, number = known[int(at)]
        typed = slip(name, number, kind, rng)
        started = time.perf_counter()
        found = places(db, typed)["found"]
        took.append(time.perf_counter() - started)
        asked[kind] += 1
        first[kind] += any(_there(row, where[name, number]) for row in found[:1])
        five[kind] += any(_there(row, where[name, number]) for row in found[:5])
    db.close()
    for kind in KINDS:
        print(f"{kind:9} {asked[kind]:4} asked, {first[kind]:4} first, {five[kind]:4} among five")
    print(f"all {ASKED}: {first.total()} first, {five.total()} among five; {len(known)} addresses known")
    print(f"lookup: median {1e3 * np.median(took):.1f} ms, p95 {1e3 * np.quantile(took, 0.95):.1f} ms")
    assert first.total() >= FIRST * ASKED
    assert five.total() >= AMONG_FIVE * ASKED


def _there(row: dict, points: list[tuple[float, float]]) -> bool:
    x, y = project(row["lon"], row["lat"], srid=5186)[0]
    return any(math.dist((x, y), point) <= THERE_M for point in points)


def _or_none(cell: object) -> str | None:
    return None if pd.isna(cell) else str(cell)
