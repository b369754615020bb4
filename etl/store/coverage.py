"""Fields of view and computations of coverage: written in bulk, found again, known when stale."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast

from etl.db import Database
from etl.errors import PlatformError
from etl.store.queries import query, rows, run

if TYPE_CHECKING:  # `nearest` asks for stale states and pays for no frame
    import geopandas as gpd
    import pyarrow as pa


class FieldsIncomplete(PlatformError):
    """Fields of view and the states they are written for do not match."""


@dataclass(frozen=True, slots=True)
class CoverageRun:
    """One computation of coverage: what it was asked, what it was computed from, what came out.

    inputs_hash   of `coverage_inputs` and whatever else the use case computed with
    figures       the JSON that the command prints
    step_m        distance between samples; draws and seed of the unknown headings
    """

    as_of: date
    density_class: str
    inputs_hash: str
    figures: Mapping[str, object]
    step_m: float
    draws: int
    seed: int
    standard_version: str | int = "2015"


@dataclass(frozen=True, slots=True)
class RunShare:
    """One share of a computation; `weight` is its denominator, in `unit`. None is unknown."""

    theme: str
    key: str
    share: float | None
    low: float | None
    high: float | None
    certain: float | None
    possible: float | None
    weight: float | None
    unit: str | None


def stale_states(
    db: Database, *, engine: str, reach_m: float, ptz_reach_m: float | None = None, at: date | None = None
) -> dict[int, str]:
    """Return the states whose fields of view are missing or out of date, with the digest of their inputs now.

    engine     what else the fields depend on: version, assumptions, classes; the caller's words
    reach_m    how far a building, or the ground, may lie and still matter; where a turning camera
               stands it is ptz_reach_m, if given
    at         the day whose cameras are asked about; None asks for every state of every date
    The digest takes the engine, the lens and aim, the point, outline and height of each building within reach, and
    the tiles of terrain there: a new building makes its neighbours stale, and them alone. It is read before the fields are computed and given
    to `write_fields`, so that a change meanwhile leaves the state stale.
    """
    with db.engine.connect() as connection:
        asked = {"at": at, "engine": engine, "reach_m": reach_m, "ptz_reach_m": ptz_reach_m}
        found = rows(connection, "stale_states", asked)
    return {int(str(row["state_id"])): str(row["inputs_hash"]) for row in found}


def write_fields(db: Database, fields: gpd.GeoDataFrame, *, inputs_hashes: Mapping[int, str]) -> int:
    """Put fields of view in place of all that their states had, in one transaction; return their number.

    fields         `spatial.frames.FIELDS` in the district's CRS; `counts`, `model`, `basis`, `stands`, `variants` and
                   `image_w_px` are kept where there are such columns. A state that sees nothing has a row with an empty geometry.
    inputs_hashes  a digest for each state, as `stale_states` gave it
    Raises         FieldsIncomplete when states and digests do not match
    """
    written = {int(state) for state in fields["state_id"]}
    if written != set(inputs_hashes):
        odd = sorted(written ^ set(inputs_hashes))
        raise FieldsIncomplete(f"fields and digests do not match for states {odd[:5]}")
    if not written:
        return 0
    staged = _staged(fields, inputs_hashes)
    with db.arrow() as connection, connection.cursor() as cursor:
        cursor.execute(query("lock_fields"))
        cursor.fetchall()
        cursor.adbc_ingest("staged_field", staged, mode="create", temporary=True)
        cursor.execute(query("delete_fields"))
        cursor.execute(query("insert_fields"), [db.district.srid])
        connection.commit()
    return len(fields)


def coverage_inputs(db: Database, at: date) -> str:
    """Return the digest of all rows that coverage as at a day is computed from."""
    with db.engine.connect() as connection:
        return str(run(connection, "coverage_inputs", {"at": at}).scalar())


def stands(db: Database, at: date) -> dict[str, int]:
    """Return how many cameras active at a day stand `seen` (clear), on_wall, on_roof or inside, as sight coded them."""
    with db.engine.connect() as connection:
        found = {
            str(row["stands"]): int(str(row["cameras"])) for row in rows(connection, "stands", {"at": at})
        }
    return {code: found.get(code, 0) for code in ("seen", "on_wall", "on_roof", "inside")}


def incidents_loaded(db: Database) -> bool:
    """Tell whether any incident is known, of whatever day."""
    with db.engine.connect() as connection:
        return bool(run(connection, "incidents_loaded").scalar())


def loads_done(db: Database) -> list[int]:
    """Return the numbers of all loads that were done, ascending: what a figure computed now rests on."""
    with db.engine.connect() as connection:
        return [int(str(row["batch_id"])) for row in rows(connection, "loads_done")]


def write_run(
    db: Database, computed: CoverageRun, shares: Sequence[RunShare], *, gaps: gpd.GeoDataFrame | None = None
) -> int:
    """Write one computation with its shares and gaps; return its number.

    gaps       alley_id, length_m, risk and LineStrings in the district's CRS, the gravest first; None for none
    """
    head = {name: getattr(computed, name) for name in CoverageRun.__slots__}
    head["standard_version"] = str(computed.standard_version)
    head["figures"] = json.dumps(dict(computed.figures), ensure_ascii=False, default=str)
    with db.engine.begin() as connection:
        run_id = int(str(run(connection, "insert_run", head).scalar()))
        for share in shares:
            values = {name: getattr(share, name) for name in RunShare.__slots__}
            run(connection, "insert_run_shares", {"run_id": run_id, **values})
        if gaps is not None and len(gaps):
            values = {"run_id": run_id, "srid": db.district.srid, **_gap_columns(gaps)}
            run(connection, "insert_run_gaps", values)
    return run_id


def latest_run(
    db: Database, at: date, density_class: str, *, inputs_hash: str | None = None
) -> dict[str, object] | None:
    """Return the last computation for a class as at a day, of the given inputs or (None) of any; None for none.

    Keys       run_id, as_of, density_class, standard_version, inputs_hash, figures, step_m, draws, seed, computed_at
    """
    values = {"at": at, "density_class": density_class, "inputs_hash": inputs_hash}
    with db.engine.connect() as connection:
        found = rows(connection, "latest_run", values)
    return found[0] if found else None


def days_computed(db: Database, days: Sequence[date], density_class: str) -> list[date]:
    """Return, ascending, those of some days that coverage was computed for at a class, from whatever inputs."""
    with db.engine.connect() as connection:
        found = rows(connection, "days_computed", {"days": list(days), "density_class": density_class})
    return [cast(date, row["as_of"]) for row in found]


def _staged(fields: gpd.GeoDataFrame, inputs_hashes: Mapping[int, str]) -> pa.Table:
    import pyarrow as pa

    count = len(fields)
    numbers = {name: pa.array(fields[name].astype("float64"), from_pandas=True) for name in _NUMBERS}
    counts = fields["counts"].astype(bool) if "counts" in fields else [True] * count
    model = fields["model"].astype(str) if "model" in fields else ["pinhole"] * count
    return pa.table(
        {
            "state_id": pa.array(fields["state_id"].astype("int64")),
            "density_class": pa.array([str(name) for name in fields["density_class"]]),
            "sight": pa.array([str(name) for name in fields["sight"]]),
            "counts": pa.array(list(counts), pa.bool_()),
            "model": pa.array(list(model), pa.string()),
            **numbers,
            "variants": _variants(fields),
            "inputs_hash": pa.array([inputs_hashes[int(state)] for state in fields["state_id"]]),
            "computed_from": pa.array(_computed_from(fields)),
            "geom": pa.array(fields.geometry.to_wkb(), pa.binary()),
        }
    )


_NUMBERS = ("near_m", "far_m", "slope", "offset_m")


def _variants(fields: gpd.GeoDataFrame) -> pa.Array:
    import pyarrow as pa

    told = fields["variants"] if "variants" in fields else [None] * len(fields)
    flat = [None if each is None else each.ravel().tolist() for each in told]
    return pa.array(flat, pa.list_(pa.float64()))


def _computed_from(fields: gpd.GeoDataFrame) -> list[str]:
    kept = fields[[name for name in ("basis", "stands", "image_w_px") if name in fields]]
    records = kept.to_dict("records") if len(kept.columns) else [{}] * len(fields)
    return [json.dumps({key: value for key, value in row.items() if value == value}) for row in records]


def _gap_columns(gaps: gpd.GeoDataFrame) -> dict[str, object]:
    """Return the gaps as one list a column: one statement takes them all."""
    risk = gaps["risk"].astype("float64") if "risk" in gaps else [float("nan")] * len(gaps)
    return {
        "alley_ids": [None if each is None or each != each else int(each) for each in gaps["alley_id"]],
        "lengths_m": gaps["length_m"].astype("float64").tolist(),
        "risks": [None if each != each else float(each) for each in risk],
        "lines": list(gaps.geometry.to_wkb()),
    }
