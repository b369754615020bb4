"""Whether a boundary that was just loaded fits the cameras that were there before it."""

from __future__ import annotations

import dataclasses

import pandas as pd
import shapely

from etl.diagnosis import Diagnosis
from etl.rows import Door
from etl.store import merges, writes


def against_registry(batch: writes.Batch, door: Door, district_ko: str) -> dict[str, object]:
    """Return {"boundary_looks_shifted": ...} when the outline fits the loaded sites far better moved; else {}.

    The outline is the one that the load has made, in the same transaction. Nothing is moved.
    """
    outline = writes.outline(batch.connection)
    found = merges.placed_addresses(batch)
    if outline is None or not found:
        return {}
    wkb, road, lot = zip(*found, strict=True)
    sites = pd.DataFrame({"geometry": shapely.from_wkb(list(wkb)), "address_road": road, "address_lot": lot})
    diagnosis = Diagnosis(dataclasses.replace(door, outline=outline, crs=door.srid), district_ko)
    diagnosis.add(sites)
    shifted = diagnosis.outline()
    return {"boundary_looks_shifted": shifted} if shifted else {}
