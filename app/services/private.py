"""What cameras must spare: private plots, facades of homes, baths and toilets, as limits of the question of siting.

Units. An option's `plots_m2` are square metres of private open ground within *recognise* of its camera, its `facades`
walls of homes within *recognise* that face it. Both add up over the chosen cameras: ground that two of them see counts
twice, for it is looked into twice. Cameras that hang already are not counted, unless the plan moves or turns them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.services import WrongUse
from app.services.plan_limits import OutOfLimits
from etl.db import Database
from etl.store import frames
from spatial.intrusion import PRIVATE_CLASS, STEP_M, intrusion_points, score
from spatial.sensitive import CLASS_OF, forbidden, sensitive_points
from spatial.siting_model import Cap

PLOTS, PLACES = "plots", "sensitive_places"
# Points and density classes -> class -> scipy.sparse (points, options), nonzero where the option sees the point.
Look = Callable[[gpd.GeoDataFrame, Sequence[str]], Mapping[str, Any]]


class PlotsUnknown(WrongUse):
    """A plan is to spare private plots, and none are loaded."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is loaded of private ground and sensitive places.

    layers   a row a layer that is: layer, rows, date (ISO or None), source
    without  of `plots` and `sensitive_places` those that are not
    """

    layers: list[dict[str, Any]]
    without: list[str]


@dataclass(frozen=True, slots=True)
class Private:
    """Private ground and sensitive places as points: spatial.intrusion.intrusion_points, spatial.sensitive.sensitive_points."""

    points: gpd.GeoDataFrame
    sensitive: gpd.GeoDataFrame
    known: Known


@dataclass(frozen=True, slots=True)
class Judged:
    """What each option sees of it.

    plots_m2   (options,) square metres of private ground; NaN where no plots are loaded
    facades    (options,) walls of homes that face the camera
    forbidden  (options,) sees a sensitive place; none is where no places are loaded
    """

    plots_m2: NDArray[np.float64]
    facades: NDArray[np.int64]
    forbidden: NDArray[np.bool_]

    def of(self, option: ArrayLike) -> Judged:
        """Return what some options see, by their positions."""
        at = np.asarray(option, dtype=np.int64)
        return Judged(self.plots_m2[at], self.facades[at], self.forbidden[at])


def known(db: Database) -> Known:
    """Return which layers of private ground and sensitive places are loaded."""
    loaded = frames.private_layers(db)
    there = set(loaded["name"])
    layers = [
        {
            "layer": row["name"],
            "rows": int(row["features"]),
            "date": _day(row["reference_date"]),
            "source": row["origin"],
        }
        for row in loaded.to_dict("records")
    ]
    return Known(layers, [name for name in (PLOTS, PLACES) if name not in there])


def private(db: Database, *, step_m: float = STEP_M) -> Private:
    """Read what is private in a district; `step_m` metres between points of ground."""
    buildings, told_of = frames.lived_in(db), known(db)
    plots = None if PLOTS in told_of.without else frames.private_plots(db)
    return Private(
        intrusion_points(plots, buildings, step_m=step_m),
        sensitive_points(frames.sensitive_places(db), buildings),
        told_of,
    )


def judged(what: Private, look: Look, eyes: ArrayLike) -> Judged:
    """Return what each option sees of what is private.

    look  gives the cover of some points by all options, at some classes; it is asked once of the ground and facades,
          once of the sensitive places where there are any
    eyes  (options, 2) where each option's camera hangs, metres
    """
    at = np.asarray(eyes, dtype=np.float64)
    seen = look(what.points, [PRIVATE_CLASS])[PRIVATE_CLASS]
    found = score(seen, what.points, at, plots_known=PLOTS not in what.known.without)
    refused = np.zeros(len(at), dtype=bool)
    if len(what.sensitive):
        refused = forbidden(look(what.sensitive, sorted(CLASS_OF.values())), what.sensitive)
    return Judged(found["plots_m2"].to_numpy(), found["facades"].to_numpy(), refused)


def caps(
    what: Judged,
    *,
    plots_m2: float | None = None,
    facades: float | None = None,
    free: ArrayLike | None = None,
) -> list[Cap]:
    """Return what the chosen cameras may see in all: so many square metres of plots, so many facades.

    free    (options,) True for options that count for nothing here: a camera that hangs already and stays
    Raises  PlotsUnknown for a bound on plots where none are loaded; WrongUse for a bound below zero
    """
    counts = np.ones(len(what.facades)) if free is None else 1.0 - np.asarray(free, dtype=np.float64)
    found = []
    if plots_m2 is not None:
        found.append(Cap("intrusion", _known(what) * counts, _bound(plots_m2)))
    if facades is not None:
        found.append(Cap("facades", what.facades * counts, _bound(facades)))
    return found


def charges(
    what: Judged, *, metres_per_m2: float, worth_per_metre: float, free: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Return the worth (options,) that is taken off each option for what it sees of private plots.

    metres_per_m2    how many metres of average street one square metre of a private plot weighs: 0 weighs nothing
    worth_per_metre  what a metre of average street is worth in the model: the sum of its weights by its metres
    free             as for `caps`
    Raises           PlotsUnknown where no plots are loaded and the weight is not 0; WrongUse for a weight below zero
    """
    weight = _bound(metres_per_m2)
    if weight == 0.0:
        return np.zeros(len(what.facades))
    counts = np.ones(len(what.facades)) if free is None else 1.0 - np.asarray(free, dtype=np.float64)
    return np.asarray(_known(what) * counts * (weight * worth_per_metre), dtype=np.float64)


def told(what: Known, found: Judged, chosen: ArrayLike) -> dict[str, Any]:
    """Return what an answer says of it: the parts `intrusion` of the plan and, by chosen option, `each`.

    plots_m2 (None unknown), facades   sums over the chosen
    forbidden   how many options see a sensitive place and were none; None where no places are loaded
    class, layers, without              what it rests on
    """
    at = np.asarray(chosen, dtype=np.int64)
    each = [
        {"plots_m2": _rounded(m2), "facades": int(walls)}
        for m2, walls in zip(found.plots_m2[at], found.facades[at], strict=True)
    ]
    return {
        "plots_m2": _rounded(found.plots_m2[at].sum()) if PLOTS not in what.without else None,
        "facades": int(found.facades[at].sum()),
        "forbidden": None if PLACES in what.without else int(found.forbidden.sum()),
        "class": PRIVATE_CLASS,
        "layers": what.layers,
        "without": what.without,
        "each": each,
    }


def _known(what: Judged) -> NDArray[np.float64]:
    if np.isnan(what.plots_m2).any():
        raise PlotsUnknown("no layer `plots` is loaded")
    return what.plots_m2


def _bound(most: float) -> float:
    if not (math.isfinite(most) and most >= 0.0):
        raise OutOfLimits(f"intrusion {most} (0-)")
    return float(most)


def _rounded(m2: float) -> float | None:
    # Upwards: what is looked into is never told smaller than it is.
    return None if math.isnan(m2) else math.ceil(round(float(m2) * 10.0, 6)) / 10.0


def _day(moment: Any) -> str | None:  # Any: pandas gives a Timestamp, a date or NaT
    return None if moment is None or moment != moment else str(moment)[:10]
