"""How far a camera looks into what is private: square metres of private plots, and facades that face it.

Private ground and facades become points, so that the cover of the true fields of view serves them as it serves the
demand: an option's score is a product with the cover of these points. Windows stand in no open file: facades are
counted, not windows.
"""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.errors import MissingColumn, WrongShape
from spatial.facades import as_points, ground_points, wall_points, within
from spatial.frames import require_same_crs
from spatial.shapes import Geometries, areas_only

# At this class a person is known again by one who knows him: that is what looking into somebody's yard means here.
PRIVATE_CLASS = "recognise"
# A point of ground stands for at most four square metres. Of a view of 53 m2, what a lens of 4 mm sees at this class, the
# points tell the area to 4 m2 (one standard deviation over places and headings; tests); sums of views even out.
STEP_M = 2.0


def intrusion_points(
    plots: gpd.GeoDataFrame | None,
    buildings: gpd.GeoDataFrame,
    *,
    step_m: float = STEP_M,
    least_wall_m: float = 2.0,
) -> gpd.GeoDataFrame:
    """Return points on the open ground of private plots and before the facades of dwellings.

    plots         private plots, Polygons; where two overlap the first holds the ground. None: not known
    buildings     Polygons; a column `dwelling`, where there is one, is False where nobody lives: its walls are no
                  facades. Unknown (None) counts as lived in. A building's ground is roofed: nobody sees into it
    step_m        side of a cell of ground, and greatest length of wall that one point stands for, metres
    least_wall_m  walls shorter than this are no facades
    Returns       kind (plot | facade), worth (plot: open square metres, which add up to those of the plot; facade:
                  metres of wall), facing_deg (where the wall looks; NaN for a plot), wall (number of the facade, -1 for
                  a plot), and the point. Walls against another building have no point and count for nothing
    Raises        OutOfRange unless step_m is positive; BadGeometry, NotMetric
    """
    require_same_crs(buildings, *([] if plots is None else [plots]))
    outlines = buildings.geometry.to_numpy()
    ground, worth = _open_ground(plots, outlines, step_m=step_m)
    walls = wall_points(outlines[_lived_in(buildings)], step_m=step_m, least_m=least_wall_m)
    walls = walls.take(~within(walls.xy, outlines))
    many = len(ground), len(walls.xy)
    columns = {
        "kind": np.repeat(["plot", "facade"], many),
        "worth": np.concatenate([worth, walls.metres]),
        "facing_deg": np.concatenate([np.full(many[0], np.nan), walls.facing_deg]),
        "wall": np.concatenate([np.full(many[0], -1), walls.wall]).astype(np.int64),
    }
    return as_points(columns, np.concatenate([ground, walls.xy]), buildings)


def score(cover: Any, points: gpd.GeoDataFrame, eyes: ArrayLike, *, plots_known: bool = True) -> pd.DataFrame:
    """Return what each option sees of private ground and of facades.

    cover        scipy.sparse (points, options), nonzero where the option sees the point at `PRIVATE_CLASS`
    points       as `intrusion_points` gives them
    eyes         (options, 2) where each option's camera hangs, metres
    plots_known  False: no plots are loaded, and what is seen of them is unknown
    Returns      a row an option: plots_m2 (NaN unknown) and facades, how many walls are seen from their outer side
    Raises       WrongShape if the three do not pair up; MissingColumn
    """
    at = np.asarray(eyes, dtype=np.float64)
    if cover.shape != (len(points), len(at)) or at.shape != (len(at), 2):
        raise WrongShape(f"cover {cover.shape} for {len(points)} points and eyes {at.shape}")
    if absent := {"kind", "worth", "facing_deg", "wall"} - set(points.columns):
        raise MissingColumn(f"points lack {', '.join(sorted(absent))}")
    pairs = cover.tocoo()
    told = pairs.data != 0
    point, option = pairs.row[told].astype(np.int64), pairs.col[told].astype(np.int64)
    ground = points["kind"].eq("plot").to_numpy()
    worth = np.where(ground, points["worth"].to_numpy(dtype=np.float64), 0.0)
    plots_m2 = np.bincount(option, weights=worth[point], minlength=len(at)).astype(np.float64)
    walls = ~ground[point]
    return pd.DataFrame({
        "plots_m2": plots_m2 if plots_known else np.full(len(at), np.nan),
        "facades": _facades(points, at, (point[walls], option[walls])),
    })  # fmt: skip


def over_all(cover: Any, option: ArrayLike, *, options: int) -> Any:
    """Return a cover of some options as one of all (points, options): those that were left out see nothing.

    option  (n,) which of all options each column of the cover is
    Raises  WrongShape if they do not pair up
    """
    number = np.asarray(option, dtype=np.int64)
    if number.shape != (cover.shape[1],) or number.max(initial=-1) >= options:
        raise WrongShape(f"{number.shape} numbers of options for {cover.shape[1]} columns of {options}")
    pairs = cover.tocoo()
    return sp.csr_array((pairs.data, (pairs.row, number[pairs.col])), shape=(cover.shape[0], options))


def _facades(
    points: gpd.GeoDataFrame, eyes: NDArray[np.float64], pairs: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> NDArray[np.int64]:
    """Return how many walls (options,) have a point that is seen from before it, each wall once."""
    point, option = pairs
    facing = np.radians(points["facing_deg"].to_numpy(dtype=np.float64))[point]
    xy = shapely.get_coordinates(points.geometry.to_numpy())
    away = eyes[option] - xy[point]
    before = away[:, 0] * np.sin(facing) + away[:, 1] * np.cos(facing) > 0.0
    wall = points["wall"].to_numpy(dtype=np.int64)
    walls = int(wall.max(initial=-1)) + 1
    seen = np.unique(option[before] * max(walls, 1) + wall[point[before]])
    return np.bincount(seen // max(walls, 1), minlength=len(eyes)).astype(np.int64)


def _lived_in(buildings: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    if "dwelling" not in buildings.columns:
        return np.ones(len(buildings), dtype=bool)
    return np.array(
        [each is None or pd.isna(each) or bool(each) for each in buildings["dwelling"]], dtype=bool
    )


def _open_ground(
    plots: gpd.GeoDataFrame | None, outlines: Geometries, *, step_m: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points (n, 2) on the plots' ground that is under no roof, and the square metres (n,) of each."""
    if plots is None or plots.empty:
        return np.empty((0, 2)), np.empty(0)
    shapes = _less(plots.geometry.to_numpy(), outlines)
    xy, plot = ground_points(shapes, step_m=step_m)
    open_m2 = shapely.area(shapes)
    many = np.bincount(plot, minlength=len(shapes))
    return xy, open_m2[plot] / many[plot]


def _less(areas: Geometries, roofs: Geometries) -> Geometries:
    """Return the areas (n,) without the roofs over them, nor the areas before them in the list."""
    area, roof = shapely.STRtree(roofs).query(areas, predicate="intersects")
    own, other = shapely.STRtree(areas).query(areas, predicate="intersects")
    earlier = (other < own) & ~shapely.touches(areas[own], areas[other])
    of = np.concatenate([area, own[earlier]])
    gone = np.concatenate([roofs[roof], areas[other[earlier]]])
    order = np.argsort(of, kind="stable")
    touched, where = np.unique(of[order], return_inverse=True)
    left = areas.copy()
    if len(touched):
        cut = np.empty(len(touched), dtype=object)
        shapely.geometrycollections(gone[order], indices=where, out=cut)
        left[touched] = shapely.difference(areas[touched], shapely.unary_union(cut[:, np.newaxis], axis=1))
    return areas_only(left)
