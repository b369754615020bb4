"""Tables as frames for the analyses: in the district's metric CRS, through Arrow, NaN or None where unknown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from etl.db import Database
from etl.store.queries import query
from spatial.types import Circle


def cameras(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the active cameras as at a day, a row a camera: `spatial.frames.CAMERAS` and camera_key, pixels,
    legal_ground, status (working | down), aim_source, valid_from."""
    return _frame(db, "cameras", [at])


def camera_states(db: Database) -> gpd.GeoDataFrame:
    """Return every active state of every camera, of all dates: `spatial.frames.CAMERAS` and camera_key, pixels, valid_from,
    stands (no end of the state is known)."""
    return _frame(db, "camera_states")


def buildings(db: Database, at: date | None = None) -> gpd.GeoDataFrame:
    """Return all buildings, those of now or (at) as they stood on a day: `spatial.frames.BUILDINGS` and building_key,
    name, floors, height_basis (measured, storeys: 3.1 m each, or None where the height is unknown)."""
    return _frame(db, "buildings") if at is None else _frame(db, "buildings_at", [at])


def cameras_moved(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the cameras that hung elsewhere on a day than they do now: camera_id, site_id, and the point of then."""
    return _frame(db, "cameras_moved", [at])


def buildings_before(db: Database, since: datetime) -> gpd.GeoDataFrame:
    """Return the buildings that changed since an instant as they were until then: building_key, name, height_m, and
    stood (False: there was none, the outline is empty)."""
    return _frame(db, "buildings_before", [since])


def camera_views(db: Database) -> gpd.GeoDataFrame:
    """Return what each camera saw at the last nightly run: camera_id, camera_key, density_class, sight, site_id, optics
    (JSON text) and engine."""
    return _frame(db, "camera_views")


def alleys(db: Database) -> gpd.GeoDataFrame:
    """Return all sections of street: `spatial.frames.ALLEYS`, alley_key, oneway (1 as the line runs, -1 against it, 0 both
    ways) and level; NaN is unknown."""
    return _frame(db, "alleys")


def ways(db: Database) -> gpd.GeoDataFrame:
    """Return all sections of street and the tunnels, as `alleys` and `tunnel` (True: no camera of the street sees it)."""
    return _frame(db, "ways")


def boundaries(db: Database, level: str) -> gpd.GeoDataFrame:
    """Return the areas of one level, `district` or `dong`: `spatial.frames.BOUNDARIES` and area_m2."""
    return _frame(db, "boundaries", [level])


def zones(db: Database, at: date) -> gpd.GeoDataFrame:
    """Return the zones in force at a day: `spatial.frames.ZONES` and zone_key, name_ko, name_en."""
    return _frame(db, "zones", [at])


def incidents(
    db: Database, since: datetime, until: datetime, *, purpose: str, who: str | None = None
) -> gpd.GeoDataFrame:
    """Return the incidents that have a place, from `since` up to, not with, `until`; leave a row in the access log.

    purpose    why they are read, not blank
    who        the person; None is the database's user
    Columns    `spatial.frames.INCIDENTS` and class_name, false_alarm, origin. Exercises and repeats are left out.
    Raises     the driver's error when the purpose is blank
    """
    return _frame(db, "incidents", [since, until, purpose], who=who)


def lamps(db: Database) -> gpd.GeoDataFrame:
    """Return all security lamps: lamp_id, name, count."""
    return _frame(db, "lamps")


def presets(db: Database) -> pd.DataFrame:
    """Return where all turning cameras look on their rounds, as last surveyed: camera_id, preset_no, heading_deg, tilt_deg,
    hfov_deg, dwell_s, home. They have no history: a figure of an earlier day takes the round of now."""
    return _table(db, "presets")


def speakers(db: Database) -> gpd.GeoDataFrame:
    """Return all loudspeakers: speaker_id, speaker_key, amplifier_key, place, power_w, level_db, installed_on."""
    return _frame(db, "speakers")


def bells(db: Database) -> gpd.GeoDataFrame:
    """Return all emergency bells and other help on safe ways home: bell_id, kind, name, police_linked, route_key."""
    return _frame(db, "bells")


def water(db: Database) -> gpd.GeoDataFrame:
    """Return all streams, rivers and ponds: water_id, name, kind."""
    return _frame(db, "water")


def fields(db: Database, at: date, density_class: str | None = None) -> gpd.GeoDataFrame:
    """Return the fields of view of the cameras active at a day, of one class or all: `spatial.frames.FIELDS` and
    counts (False: the reach of a turning camera, in no share), variants (flat; None where nothing is doubted), area_m2."""
    return _frame(db, "fields", [at, density_class or ""])


def terrain(db: Database) -> gpd.GeoDataFrame:
    """Return the tiles of ground heights, none before a DEM is loaded: tile_id, tile_key, cell_m, columns, rows, west_m,
    north_m and elevation_m, a (rows, columns) array each, row 0 the northernmost, NaN where unknown."""
    tiles = _frame(db, "terrain")
    shapes = zip(tiles["elevation_m"], tiles["rows"], tiles["columns"], tiles["nodata"], strict=True)
    heights = [_heights(held, (rows, columns), nodata) for held, rows, columns, nodata in shapes]
    return tiles.drop(columns="nodata").assign(
        elevation_m=pd.Series(heights, index=tiles.index, dtype=object)
    )


def _heights(held: bytes, shape: tuple[int, int], nodata: float) -> NDArray[np.float32]:
    heights = np.frombuffer(held, dtype="<f4").reshape(shape)
    return np.where(heights == np.float32(nodata), np.float32(np.nan), heights)


def aim_beliefs(db: Database, at: date) -> pd.DataFrame:
    """Return what is believed of where the cameras active at a day look: camera_id, state_id, heading_sums (73 numbers),
    tilt_p (3), both also with `unchecked_` before their name (without what people found), sources (JSON text)."""
    return _table(db, "aim_beliefs", [at])


def aim_evidence(db: Database, at: date | None = None) -> pd.DataFrame:
    """Return what bears on where cameras look, a row a piece, in a fixed order.

    at         of the cameras that hang that day, the registry's words being those in force then; None: of every
               camera as it was last. Checks, surveys and poses count whatever day they were made.
    Columns    camera_id, source (view_text | check | footage | survey | pose), observed_on, weight (0..1),
               lobes (list of [heading_deg, spread_deg, share]; empty: tells no heading), x, y (district CRS, NaN),
               seen (True, False or None), tilt_deg, tilt_spread_deg, hfov_deg, range_m (NaN unknown),
               said (class of a text, else None)
    Footage that a case's place is known for is read under guard: it leaves a row in the access log.
    """
    found = _table(db, "aim_evidence", ["" if at is None else at.isoformat()])
    lobes = [json.loads(cell) if isinstance(cell, str) else [] for cell in found["lobes"]]
    seen = found["seen"].astype(object).where(found["seen"].notna(), None)
    return found.assign(lobes=pd.Series(lobes, index=found.index, dtype=object), seen=seen)


def layer(db: Database, name: str) -> gpd.GeoDataFrame:
    """Return the features of an added layer, none for an unknown name: feature_id, feature_key, weight, observed_on."""
    return _frame(db, "layer", [name])


def lived_in(db: Database) -> gpd.GeoDataFrame:
    """Return all buildings with `dwelling`: True, False, or None where the use is not known; building_id, height_m."""
    found = _frame(db, "lived_in")
    return found.assign(dwelling=found["dwelling"].astype(object).where(found["dwelling"].notna(), None))


def private_plots(db: Database) -> gpd.GeoDataFrame:
    """Return the private ground of the layer `plots`, none where it is not loaded: feature_id, feature_key."""
    return _frame(db, "private_plots")


def sensitive_places(db: Database) -> gpd.GeoDataFrame:
    """Return the points and areas of the layer `sensitive_places`, simple shapes: feature_id, feature_key, kind (or None)."""
    return _frame(db, "sensitive_places")


def private_layers(db: Database) -> pd.DataFrame:
    """Return which of `plots` and `sensitive_places` are loaded: name, origin, reference_date, features."""
    return _table(db, "private_layers")


def views_of_states(db: Database, states: Sequence[int], circle: Circle) -> gpd.GeoDataFrame:
    """Return the fields of view of some states that touch a circle: `spatial.frames.FIELDS`, counts, variants, basis.

    `camera_id` is the state's number too: a camera that was turned amid a time saw two things.
    """
    return _frame(db, "views_of_states", [_array(states), *_numbers(db, circle)])


def views_beside(db: Database, at: date, cameras: Sequence[int], *, density_class: str) -> gpd.GeoDataFrame:
    """Return the fields of view of a class at a day that meet those of some cameras, these included: as `fields`."""
    return _frame(db, "views_beside", [at, density_class, _array(cameras)])


def beliefs_of_states(db: Database, states: Sequence[int]) -> pd.DataFrame:
    """Return what is believed of where cameras looked in some states: camera_id (the state's number), heading_sums, tilt_p."""
    return _table(db, "beliefs_of_states", [_array(states)])


def buildings_in(db: Database, circle: Circle, at: date) -> gpd.GeoDataFrame:
    """Return the buildings that touch a circle as they stood on a day: `spatial.frames.BUILDINGS`."""
    return _frame(db, "buildings_in", [at, *_numbers(db, circle)])


def alleys_in(db: Database, circle: Circle) -> gpd.GeoDataFrame:
    """Return the sections of street that touch a circle, whole: alley_id, name."""
    return _frame(db, "alleys_in", _numbers(db, circle))


def lamps_near(db: Database, circle: Circle) -> gpd.GeoDataFrame:
    """Return the security lamps within a circle: lamp_id."""
    return _frame(db, "lamps_near", _numbers(db, circle))


def _numbers(db: Database, circle: Circle) -> list[object]:
    return [circle.place.lon, circle.place.lat, circle.radius_m, db.district.srid]


def _array(numbers: Sequence[int]) -> str:
    """Return whole numbers as PostgreSQL reads an array: ADBC binds no list."""
    return "{" + ",".join(map(str, numbers)) + "}"


def run_gaps(db: Database, run_id: int) -> gpd.GeoDataFrame:
    """Return the gaps of one computation, the gravest first: gap_id, alley_id, alley (name), length_m, risk."""
    return _frame(db, "run_gaps", [run_id])


def _frame(
    db: Database, name: str, values: Sequence[object] = (), *, who: str | None = None
) -> gpd.GeoDataFrame:
    """Run a named query whose column `geometry` is WKB."""
    table = _table(db, name, values, who=who)
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    # ADBC carries bytes, not the CRS.
    return gpd.GeoDataFrame(table.drop(columns="geometry"), geometry=shapes, crs=db.district.srid)


def _table(db: Database, name: str, values: Sequence[object] = (), *, who: str | None = None) -> pd.DataFrame:
    """Run a named query. What it writes (a trace of the read) is committed."""
    with db.arrow() as connection, connection.cursor() as cursor:
        if who is not None:
            cursor.execute(query("reader"), [who])
            cursor.fetchall()
        cursor.execute(query(name), list(values) or None)
        found = cursor.fetch_arrow_table()
        connection.commit()
    table: pd.DataFrame = found.to_pandas(date_as_object=False)
    return table
