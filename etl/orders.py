"""What was asked of a load, and what is known at its door."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field

import numpy as np
import shapely

from etl import coordinates
from etl.db import Database
from etl.parts import Job
from etl.persons import file_name
from etl.rows import Door, Reading
from etl.steady import Stillness
from etl.steps import EARLIEST
from etl.store.lists import Earlier
from etl.terms import Terms


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for."""

    db: Database
    job: Job
    name: str
    digest: str
    layer: str | None
    dry_run: bool
    terms: Terms
    still: Stillness | None = None
    today: dt.date | None = None
    replays: int | None = None
    follows: Earlier | None = None
    started: float = field(default_factory=time.perf_counter)

    @property
    def source(self) -> str:
        """Return what the batch is recorded as: each layer is a source of its own."""
        return self.job.source if self.layer is None else f"layer {self.layer}"

    @property
    def file_name(self) -> str:
        """Return the file's name as it may be stored: it too may hold a person's number."""
        return file_name(self.job.source, self.name) or "unnamed"


def door_of(
    order: Order,
    reading: Reading,
    outline: shapely.Polygon | shapely.MultiPolygon | None,
    *,
    today: dt.date,
) -> Door:
    district = order.db.district
    if outline is None and district.extent is not None and order.job.source != "boundaries":
        outline = on_plane(shapely.box(*district.extent), coordinates.WGS84, district.srid)
    if outline is None and reading.bound is not None:
        outline = on_plane(reading.bound, reading.crs or coordinates.WGS84, district.srid)
    return Door(
        srid=district.srid,
        zone=district.timezone,
        today=today,
        crs=reading.crs or coordinates.WGS84,
        codes=district.boundary_codes,
        outline=outline,
        reference_date=reading.reference_date,
        name_ko=district.name_ko,
    )


def reference_date_of(reading: Reading, said: dt.date | None, door: Door) -> dt.date | None:
    """Return the day that the file, or the latest of its rows, says; None where nothing does."""
    stated = reading.reference_date
    if stated is not None and EARLIEST <= stated <= door.today:
        return stated
    return said


def facts_of(order: Order, reading: Reading) -> dict[str, object]:
    return {
        "source": order.source,
        "file_name": order.file_name,
        "file_sha256": order.digest or None,
        "encoding": reading.encoding,
        "form": reading.form,
        "invented": order.db.district.invented,
    }


def about_layer(order: Order) -> dict[str, str]:
    return {"name": order.layer or "", "title_ko": "", "title_en": "", "origin": order.file_name}


def on_plane(area: shapely.Polygon, source: int | str, srid: int) -> shapely.Polygon:
    # long straight edges in degrees are curves on the plane
    pieces = np.array([shapely.segmentize(area, 0.01)], dtype=object)
    moved = coordinates.to_srid(pieces, source=source, srid=srid)[0]
    return moved if isinstance(moved, shapely.Polygon) else shapely.Polygon()
