"""What a new camera costs on each mount, in won: pole or arm, power, fibre and the camera itself."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from spatial.errors import MissingColumn
from spatial.frames import require_same_crs
from spatial.mounts import STANDS_ALREADY
from spatial.types import LensModel, Prices

Whole = NDArray[np.int64]

# Parts of a price, in the order they are told.
PARTS = ("pole_won", "power_won", "fibre_won", "camera_won")


def prices_of(wanted: pd.DataFrame, of_mount: pd.DataFrame, models: Sequence[LensModel]) -> pd.DataFrame:
    """Return what each option costs, a row an option with its index.

    wanted    mount and model of each option, positions in what is given
    of_mount  as `prices_of_mounts`
    Returns   pole_won, power_won, fibre_won, camera_won and total_won: whole won
    Raises    MissingColumn
    """
    if absent := {"mount", "model"} - set(wanted.columns):
        raise MissingColumn(f"options lack {', '.join(sorted(absent))}")
    mount, model = (wanted[name].to_numpy(dtype=np.int64) for name in ("mount", "model"))
    camera = np.array([each.price_won for each in models], dtype=np.int64)
    found = of_mount.take(mount).set_axis(wanted.index).assign(camera_won=camera[model])
    return found.assign(total_won=found.sum(axis=1).astype(np.int64))


def prices_of_mounts(
    mounts: gpd.GeoDataFrame,
    *,
    prices: Prices,
    power_at: Sequence[gpd.GeoDataFrame] = (),
    fibre_at: Sequence[gpd.GeoDataFrame] = (),
) -> pd.DataFrame:
    """Return what it costs to stand on each mount, without the camera; a row a mount with its index.

    mounts    place, as `mounts.mounts`; metric CRS
    power_at  what has power: lamps, bells, poles of cameras; points or lines
    fibre_at  what the network reaches: poles of cameras, known fibre
    Returns   pole_won, power_won and fibre_won, whole won. Where a pole, lamp or bell stands an arm is priced and power
              is there; a camera's pole has fibre too. Else lines are as long as the crow flies, each won begun counts,
              and none is longer than prices.line_most_m, also where nothing near is known
    Raises    MissingColumn, NotMetric
    """
    if "place" not in mounts.columns:
        raise MissingColumn("mounts lack place")
    place = mounts["place"]
    stands = place.isin(STANDS_ALREADY).to_numpy()
    power_m = np.where(stands, 0.0, _line_m(mounts, power_at, most_m=prices.line_most_m))
    fibre_m = np.where(place.eq("pole"), 0.0, _line_m(mounts, fibre_at, most_m=prices.line_most_m))
    columns = {
        "pole_won": np.where(stands, prices.arm_won, prices.pole_won),
        "power_won": np.ceil(power_m * prices.power_won_per_m),
        "fibre_won": np.ceil(fibre_m * prices.fibre_won_per_m),
    }
    return pd.DataFrame(columns, index=mounts.index).astype(np.int64)


def _line_m(
    mounts: gpd.GeoDataFrame, sources: Sequence[gpd.GeoDataFrame], *, most_m: float
) -> NDArray[np.float64]:
    """Return how far (mounts,) the nearest source lies, at most `most_m`."""
    some = [each for each in sources if len(each)]
    require_same_crs(mounts, *some)
    shapes = np.concatenate([np.empty(0, dtype=object), *(each.geometry.to_numpy() for each in some)])
    shapes = shapes[~shapely.is_empty(shapes)]
    length = np.full(len(mounts), most_m)
    if len(shapes) and len(mounts):
        tree = shapely.STRtree(shapes)
        (at, _source), apart = tree.query_nearest(
            mounts.geometry.to_numpy(), return_distance=True, all_matches=False
        )
        length[at] = np.minimum(apart, most_m)
    return length
