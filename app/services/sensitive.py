"""Whether a pose that a hand has chosen sees a bath, a toilet or a changing room: what forbids a candidate forbids it too."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from app.services.covering import scene_of
from app.services.private_kept import look_of
from app.site_views import Place
from app.world import World
from etl.db import Database
from etl.store import frames
from spatial.sensitive import CLASS_OF, forbidden, sensitive_points
from spatial.types import assumed_model


def seen_from(db: Database, world: World, places: Sequence[Place]) -> list[bool]:
    """Return of each place whether a camera there sees what no camera may see; False where no such places are loaded.

    db  opened as loader
    """
    points = sensitive_points(frames.sensitive_places(db), frames.lived_in(db))
    if points.empty or not places:
        return [False] * len(places)
    every = np.arange(len(places))
    xy = gpd.points_from_xy([place.x for place in places], [place.y for place in places])
    mounts = gpd.GeoDataFrame({"site_id": every}, geometry=xy, crs=world.alleys.crs)
    heading = [place.heading_deg for place in places]
    poses = pd.DataFrame({"option": every, "mount": every, "model": every, "heading_deg": heading})
    models = [assumed_model(place.lens, price_won=0) for place in places]
    look = look_of(poses, mounts, models=models, scene=scene_of(world))
    found: list[bool] = forbidden(look(points, sorted(set(CLASS_OF.values()))), points).tolist()
    return found
