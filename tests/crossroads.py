"""A crossing of four streets in a database, each 400 m long, one to each point of the compass, for the ways out.

              N   c1, crime prevention, certainly sees y 100..110
              |
     W -------+------- E   c2, disaster, whose heading nobody knows, may see x 100..110
     c3       |
              S   c3, traffic enforcement, a PTZ: at home it sees y -110..-100; turned to preset 2, W at x -100

On foot he makes 3.3 m/s: 198 m a minute. Camera 3 hangs 10 m north of W, so that its preset, looking south, holds the street.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import geopandas as gpd
import shapely

from app.services import fields as fields_service
from etl.store.coverage import write_fields
from tests import city_in_database as toy_city
from tests import toy
from tests.city_in_database import Door
from tests.database import TestCity

STREETS = """
update core.site set geom = st_setsrid(st_makepoint(199900, 550010), 5186) where site_key = 's3';
insert into core.preset (camera_id, preset_no, heading_deg, tilt_deg, hfov_deg, dwell_s, home)
select camera_id, no, heading, 20, 60, 20, home
from core.camera, (values (1, 90, true), (2, 180, false)) as p (no, heading, home) where camera_key = 'c3';
insert into core.building (building_key, height_m, geom) values
    ('A', 9, st_multi(st_makeenvelope(200200, 550200, 200210, 550210, 5186)));
insert into core.alley (alley_key, name, width_m, kind, geom)
select name, name, 6, 'alley', st_setsrid(st_makeline(st_makepoint(200000, 550000), st_makepoint(200000 + x, 550000 + y)), 5186)
from (values ('North', 0, 400), ('East', 400, 0), ('South', 0, -400), ('West', -400, 0)) as s (name, x, y);
"""
# The city lies on the other side of its corner as well.
_FIELDS = (
    toy.field(1, shapely.box(-4, 100, 4, 110)),
    toy.field(2, shapely.box(100, -4, 110, 4), sight="possible"),
    toy.field(3, shapely.box(-4, -110, 4, -100)),
    toy.field(3, shapely.box(-300, -300, 300, 300), sight="possible", counts=False),
)


@contextmanager
def crossroads(city: TestCity) -> Iterator[Door]:
    """Yield a door to the crossing, its views written as of their inputs now."""
    with toy_city.opened(city) as door:
        toy_city.lay_out(door("owner"), toy_city.NETWORK, STREETS)
        draw(door)
        yield door


def draw(door: Door) -> None:
    """Write the views of the crossing, as of their inputs now."""
    loader = door()
    states = toy_city.states_of(loader)
    rows = [row | {"state_id": states[f"c{row['camera_id']}"]} for row in _FIELDS]
    drawn: gpd.GeoDataFrame = toy.fields(rows).assign(image_w_px=1920.0)
    write_fields(loader, drawn, inputs_hashes=fields_service.stale(loader))
