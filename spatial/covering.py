"""The cover of siting: which camera that could be bought, hung and aimed sees which place, from true fields of view.

One visible area a mount and height, over the terrain and among the walls as `fov` looks; then each lens and heading by
its footprint. What is told of a pose is what `fov.fields_of_view` would tell of a camera with that pose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import scipy.sparse as sp
import shapely
from numpy.typing import ArrayLike, NDArray

from spatial.aiming import Around, Optics, Poses, counted, listed
from spatial.edges import Walls
from spatial.errors import BadGeometry, MissingColumn, UnknownClass, WrongShape
from spatial.fov import WALL_M, all_round
from spatial.frames import require_same_crs
from spatial.lens_models import Footprints, footprints
from spatial.streets import unit_axes
from spatial.terrain import Ground
from spatial.types import LensDefaults, LensModel
from spatial.visibility import stand_off

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Progress = Callable[[int, int], object]

# Every 30 degrees.
TWELVE = tuple(30.0 * step for step in range(12))

# As many eyes at once as keep their visible areas in tens of megabytes.
_EYES = 4096
# A chord of the visible area's rim lies up to 0.0003 of its radius inside the circle; a footprint's corner must not.
_RIM = 1.0005
