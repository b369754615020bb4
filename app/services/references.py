"""What layers of risk are scaled by: frozen once, so that the risk of one day compares with that of another."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.risk import Raw, basis_of, layer_names, raw_layers
from app.world import World
from etl.db import Database
from etl.store.references import keep_references, risk_references
from spatial.demand import reference_quantiles
from spatial.reference import Reference
from spatial.samples import sample_alleys

# How finely streets are looked at for their quantiles.
STEP_M = 4.0
# Layers in a unit of their own; the others are 0..1 as they are.
SCALED = ("incidents", "rates", "complaints", "population")


def freeze(db: Database, world: World, *, skip: Collection[str] = ()) -> list[str]:
    """Freeze what the layers of a world are scaled by, those of `skip` left out; return the names of the layers.

    db  opened as loader. A layer without rows, or a district without streets, has nothing to freeze.
    """
    frozen = frozen_of(world, skip=skip)
    keep_references(db, frozen.items())
    return list(frozen)


def freeze_missing(db: Database, read: Callable[[], World]) -> list[str]:
    """Freeze the layers that have rows and were never frozen; return their names, none where all are.

    read  gives the world of the day that the registries speak of; asked only where something is missing
    """
    known = risk_references(db)
    if set(SCALED) & {*db.district.weights} <= set(known):
        return []
    return freeze(db, read(), skip=known)


def frozen_of(world: World, *, skip: Collection[str] = ()) -> dict[str, Reference]:
    """Return what the layers of a world would be scaled by, those of `skip` left out."""
    points = sample_alleys(world.alleys, step_m=STEP_M)
    if points.empty:
        return {}
    metres = points["weight"].to_numpy(dtype=np.float64)
    wanted = [name for name in layer_names() if name in SCALED and name not in skip]
    found = raw_layers(points, basis_of(world), wanted)
    return {name: _reference(world, raw, metres) for name, raw in found.items()}


def _reference(world: World, raw: Raw, metres: NDArray[np.float64]) -> Reference:
    low, high = reference_quantiles(raw.values, metres)
    load: dict[str, Any] = dict(world.loads.get(raw.source, {}))
    return Reference(
        low=low,
        high=high,
        method=raw.method or "",
        frozen_at=datetime.now().astimezone(),
        # Of calls the 12 months up to the day count; a list counts as it stood on the day.
        base_from=world.at - timedelta(days=364) if raw.source == "incidents" else world.at,
        base_to=world.at,
        rows=raw.rows,
        source=" ".join(filter(None, (raw.source, load.get("file_name")))),
    )
