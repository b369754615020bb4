"""A look into a registry's file: what it holds, what is wrong in it, what is missing, what to check first. It keeps nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from app import registry_facts as facts
from app.services import streets_at_risk
from app.services.proposing import propose_beside
from etl import coordinates
from etl.archives import unpacked_bytes
from etl.db import Database, open_database
from etl.diagnosis import Diagnosis
from etl.dry import DryReading, read_dry, sort_dry
from etl.errors import PlatformError
from etl.load import find_job
from etl.reasons import LARGEST_MB, InputRefused
from etl.rows import Door, Reading
from etl.scratch import scratch
from etl.scrub import scrub
from etl.settings import District, district
from etl.store import frames
from spatial.candidates import reach_m
from spatial.types import LensDefaults

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

CHECKS = 10
_KOREA, _KOREAN_PLANE = (124.0, 33.0, 132.0, 39.0), 5186
_MOST_OF_A_FILE, _PART_OF_A_CITY, _FEW_POLES = 0.5, 0.02, 10
# A sheet's rows are so many times longer than those of its CSV.
_XML_TO_TEXT = 4
# A camera that can be turned, or sees all round, is not asked where it looks.
_NOT_ASKED = ("ptz", "fisheye")


def look_into(
    db: Database | None,
    file: Path,
    *,
    name: str | None = None,
    who: str | None = None,
    progress: Progress | None = None,
) -> Row:
    """Return what a file of a camera registry holds, whatever district it is of; nothing of it is stored.

    db        the served district, to say what lies in it and to rank poles by its streets; None: without
    name      what the file is called by its owner
    who       the person who looks, for the access log: ranking by streets reads incidents
    Returns   status (read | refused), file, bytes, seconds; of a file that was read also `holds`, `wrong`, `missing`,
              `words`, `coordinates` (what they look like, {} without
              doubt), `inside` (its rows in the district, None where there is none to compare with) and `checks` with
              `ranked_by` (risk | heads); of a refused one `reason` (a code of etl.reasons), `detail`, and `rather`: what
              else it may be (app.services.proposing), None where that was not asked
    """
    started = time.perf_counter()
    told = progress or (lambda _label, _done, _total: None)
    size = file.stat().st_size if file.is_file() else 0
    head: Row = {"file": scrub(name or file.name) or "unnamed", "bytes": size}
    home = db.district if db is not None else district()
    try:
        unpacked = max(size, unpacked_bytes(file) // _XML_TO_TEXT if size else 0)
        if unpacked > LARGEST_MB * 1_000_000:
            raise InputRefused("TOO_LARGE", f"{unpacked / 1e6:,.0f} MB")
        told("Look", 0, 3)
        job = find_job("cameras")
        reading = read_dry(job, file)
        told("Look", 1, 3)
        srid = _srid(reading, home)
        dry = sort_dry(job, reading, _door(home.zone, srid))
    except InputRefused as error:
        refused = {"status": "refused", "reason": error.reason, "detail": error.detail}
        rather = propose_beside(home, file, outline=None, name=name) if _may_be_another(error) else None
        return head | refused | {"rather": rather, "seconds": round(time.perf_counter() - started, 3)}
    told("Look", 2, 3)
    good, heads = _taken(dry)
    answer = head | {
        "status": "read",
        "holds": facts.holds(dry, good, heads, zone=home.timezone) | _extent(good, srid),
        "wrong": facts.wrong(dry, good),
        "missing": facts.missing(good, heads),
        "words": facts.words_said(heads),
        "coordinates": _coordinates(db, dry),
        **_placed(db, heads, srid=srid, who=who),
    }
    told("Look", 3, 3)
    return answer | {"seconds": round(time.perf_counter() - started, 3)}


def _may_be_another(error: InputRefused) -> bool:
    """Say whether the content may be that of another source: not of a file that is missing, empty or far too large."""
    return error.reason not in (
        "NO_FILE",
        "EMPTY_FILE",
        "LFS_POINTER",
        "TOO_LARGE",
        "HEADER_ONLY",
        "BAD_ARCHIVE",
    )


def look_alone_or_beside(name: str | None, file: Path, *, progress: Progress | None = None) -> Row:
    """Return what a file holds, beside a district when its database answers, else alone. Raises UnknownDistrict."""
    district(name)
    try:
        db = open_database(name)
    except PlatformError as error:
        log.debug("no district to compare with", exc_info=error)
        return look_into(None, file, progress=progress)
    try:
        return look_into(db, file, progress=progress)
    finally:
        db.close()


def look_into_bytes(
    db: Database | None,
    content: bytes,
    *,
    name: str,
    who: str | None = None,
    progress: Progress | None = None,
) -> Row:
    """Return the same of a file that came as bytes: it lies in a temporary folder while it is read, and no longer."""
    with scratch() as folder:
        file = folder / "registry"
        file.write_bytes(content)
        return look_into(db, file, name=name, who=who, progress=progress)


def _door(zone: ZoneInfo, srid: int) -> Door:
    return Door(srid=srid, zone=str(zone), today=dt.datetime.now(zone).date())


def _srid(reading: Reading, home: District) -> int:
    """Return a metric CRS that fits the file: the district's where most of it lies there, Korea's, else its UTM zone."""
    found = pd.concat([coordinates.pair(rows) for rows in reading.tables.values()])
    swapped = coordinates.swapped(found)
    found.loc[swapped, ["lat", "lon"]] = found.loc[swapped, ["lon", "lat"]].to_numpy()
    found = found[~coordinates.sentinel(found) & ~coordinates.nowhere(found)]
    if found.empty:
        return home.srid
    lat, lon = float(found["lat"].median()), float(found["lon"].median())
    area = CRS.from_epsg(home.srid).area_of_use
    if area is not None and _holds(area.bounds, lon, lat):
        return home.srid
    if _holds(_KOREA, lon, lat):
        return _KOREAN_PLANE
    zone = min(int((lon + 180.0) // 6.0) + 1, 60)
    return (32600 if lat >= 0.0 else 32700) + zone


def _holds(bounds: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    west, south, east, north = bounds
    return west <= lon <= east and south <= lat <= north


def _taken(dry: DryReading) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that a load would take and their cameras, a row each, without records that end."""
    (part,) = dry.parts
    good = part.good[~part.good["retired"].astype(bool)]
    return good, part.part.shape(good)


def _extent(good: pd.DataFrame, srid: int) -> Row:
    """Return the metric CRS and west, south, east and north of the rows in degrees, None without any."""
    shapes = coordinates.shapes_of(good["geometry"])
    if not len(shapes):
        return {"srid": srid, "bounds": None}
    lonlat = coordinates.to_srid(shapes, source=srid, srid=coordinates.WGS84)
    return {"srid": srid, "bounds": [round(float(edge), 6) for edge in shapely.total_bounds(lonlat)]}


def _coordinates(db: Database | None, dry: DryReading) -> Row:
    """Return what the coordinates look like from the district (notes of etl.diagnosis), {} without one or without doubt."""
    outline = None if db is None else frames.boundaries(db, "district")
    if db is None or outline is None or outline.empty:
        return {}
    area = outline.geometry.union_all()
    door = _door(db.district.zone, db.district.srid)
    door = dataclasses.replace(door, crs=dry.reading.crs or coordinates.WGS84, outline=area)
    found = Diagnosis(door, db.district.name_ko)
    for rows in dry.rows.values():
        found.add(rows)
    return found.notes()


def _placed(db: Database | None, heads: pd.DataFrame, *, srid: int, who: str | None) -> Row:
    """Return how much of the file lies in the district, and the poles to check first."""
    poles = _poles(heads, srid)
    in_district = db is not None and srid == db.district.srid
    inside = _inside(db, poles) if db is not None and in_district else None
    lens = (db.district if db is not None else district()).defaults
    risk = _risk(db, poles, lens, who) if db is not None and in_district else None
    ranked = poles.assign(risk_m=np.nan if risk is None else risk)
    weight = ranked["unknown"] * (1.0 if risk is None else ranked["risk_m"])
    order = np.lexsort((ranked["site_key"].to_numpy(dtype=str), -ranked["unknown"], -weight))
    first = ranked.iloc[order]
    first = first[first["unknown"].gt(0)].head(CHECKS)
    return {
        "district": db.district.name if db is not None else None,
        "invented": bool(db is not None and db.district.invented and risk is not None),
        "inside": inside,
        "unknown": int(poles["unknown"].sum()),
        "turning": int(heads["kind"].isin(_NOT_ASKED).sum()),
        "ranked_by": "heads" if risk is None else "risk",
        "reach_m": None if risk is None else round(reach_m(lens, "observe"), 1),
        "checks": [_check(row) for row in first.to_dict("records")],
    }


def _poles(heads: pd.DataFrame, srid: int) -> gpd.GeoDataFrame:
    """Return a row a pole: site_key, the point, cameras, unknown (of fixed cameras), agency, address, row_no, records."""
    asked = heads["heading_deg"].isna() & ~heads["kind"].isin(_NOT_ASKED)
    address = heads["address_road"].where(heads["address_road"].ne(""), heads["address_lot"]).fillna("")
    named = heads["site_name"].fillna("")
    table = heads.assign(
        unknown=asked.astype(int), where=address.where(address.ne(""), named), row_no=heads.index
    )
    poles = table.groupby("site_key", sort=False).agg(
        geom=("geom", "first"),
        cameras=("camera_key", "size"),
        unknown=("unknown", "sum"),
        agency=("agency", "first"),
        address=("where", "first"),
        row_no=("row_no", "first"),
        records=("row_key", "nunique"),
    )
    return gpd.GeoDataFrame(poles.reset_index(), geometry="geom", crs=srid)


def _inside(db: Database, poles: gpd.GeoDataFrame) -> Row | None:
    outline = frames.boundaries(db, "district")
    if outline.empty:
        return None
    there = np.asarray(
        shapely.intersects(outline.geometry.union_all(), poles.geometry.to_numpy()), dtype=bool
    )
    return {"sites": int(there.sum()), "of": len(poles), "cameras": int(poles.loc[there, "cameras"].sum())}


def _risk(
    db: Database, poles: gpd.GeoDataFrame, lens: LensDefaults, who: str | None
) -> NDArray[np.float64] | None:
    """Return the metres of street at risk within a lens's reach of each pole; None where too few have any there.

    A file of a whole city may hold this district as a small part; a few points astray do not make it a file of here.
    """
    if poles.empty:
        return None
    found = streets_at_risk.near(db, poles, reach_m=reach_m(lens, "observe"), who=who)
    if found is None:
        return None
    near = found > 0.0
    here = near.mean() >= _MOST_OF_A_FILE or (near.sum() >= _FEW_POLES and near.mean() >= _PART_OF_A_CITY)
    return found if here else None


def _check(row: Row) -> Row:
    lat, lon = (float(part) for part in row["site_key"].split(","))
    kept = ("cameras", "unknown", "records", "row_no")
    risk = row["risk_m"]
    return {
        "lat": lat,
        "lon": lon,
        **{name: int(row[name]) for name in kept},
        "agency": row["agency"],
        "address": row["address"] or None,
        "risk_m": None if np.isnan(risk) else round(float(risk), 1),
    }
