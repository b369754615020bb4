"""The toy city of tests/toy.py written into a database, with what the frames leave out: dates, keys, records.

Cameras 1 and 3 stand since 2010-03-01, camera 2 since 2012-05-01: two in 2010 and 2011, three since. The registry
speaks of 2013-06-30. Camera 1 is for crime prevention, 2 for disasters and further for crime prevention, 3 for
traffic enforcement. Beside the four incidents that count lie one that is too old, one after the day, an exercise, a
repeated call, a false alarm and one without a place. Of four footage supplies three fall into the first half of 2013.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import geopandas as gpd

from app.services import fields as fields_service
from etl.db import Database, Role
from etl.store import frames
from etl.store.coverage import write_fields
from tests import toy, toy_world
from tests.database import TestCity

DAY = toy_world.DAY
# Opens the city's database, as loader unless another role is named.
Door = Callable[..., Database]

NETWORK = """
insert into core.agency (name_ko, name_en) values ('north', 'North'), ('south', 'South');
insert into core.site (site_key, geom) values
    ('s1', st_setsrid(st_makepoint(200000, 550000), 5186)),
    ('s2', st_setsrid(st_makepoint(200050, 550000), 5186)),
    ('s3', st_setsrid(st_makepoint(200050, 550060), 5186));
insert into core.camera (camera_key, site_id, head_no)
select 'c' || right(site_key, 1), site_id, 1 from core.site order by site_key;
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg, tilt_deg, height_m,
    focal_mm, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px, aim_source)
select camera_id, during::daterange, agency_id, purpose, kind, heading, 20, 6, 4.0, 5.57, 3.13, 1920, 1080, source
from (values
    ('c1', '[2010-03-01,)', 'north', 'crime_prevention', 'fixed', 90, 'survey'),
    ('c2', '[2012-05-01,)', 'south', 'disaster', 'fixed', null, null),
    ('c3', '[2010-03-01,)', 'north', 'traffic_enforcement', 'ptz', 180, 'survey')
) as s (key, during, agency, purpose, kind, heading, source)
join core.camera on key = camera_key join core.agency on agency = name_ko
order by key;
insert into core.camera_purpose
select state_id, 'crime_prevention' from core.camera_state join core.camera using (camera_id) where camera_key = 'c2';
insert into meta.batch (source, file_name, status, reference_date, rows_in, inserted, quarantined, reasons, invented)
values ('cameras', 'registry.csv', 'done', '2013-06-30', 5, 3, 2, '{"BAD_COUNT": 1, "BLANK_MANAGER": 2}', true);
insert into meta.refusal (batch_id, row_no, reasons, raw)
select batch_id, 4, array['BAD_COUNT', 'BLANK_MANAGER'], '{}'::jsonb from meta.batch
union all select batch_id, 5, array['BLANK_MANAGER'], '{}'::jsonb from meta.batch;
"""

GROUND = """
insert into core.building (building_key, height_m, geom) values
    ('A', 9, st_multi(st_makeenvelope(200010, 550010, 200040, 550030, 5186))),
    ('B', 9, st_multi(st_makeenvelope(200060, 550010, 200090, 550030, 5186)));
insert into core.alley (alley_key, name, width_m, kind, lit, geom) values
    ('L1', 'L1', 8, 'road', true, st_setsrid(st_makeline(st_makepoint(200000, 550000), st_makepoint(200100, 550000)), 5186)),
    ('L2', 'L2', 3, 'alley', false, st_setsrid(st_makeline(st_makepoint(200050, 550000), st_makepoint(200050, 550060)), 5186));
"""

OUTLINE = """
insert into core.boundary (boundary_key, level, code, name_ko, name_en, geom) values
    ('T', 'district', 'T', '장난구', 'Toy', st_multi(st_makeenvelope(200000, 550000, 200100, 550060, 5186))),
    ('E', 'dong', 'E', '동동', 'East', st_multi(st_makeenvelope(200050, 550000, 200100, 550060, 5186))),
    ('W', 'dong', 'W', '서동', 'West', st_multi(st_makeenvelope(200000, 550000, 200050, 550060, 5186)));
insert into core.zone (zone_key, kind, level, name_ko, name_en, geom) values
    ('f', 'flood', 1, '냇가', 'Brook', st_multi(st_makeenvelope(200030, 549980, 200070, 550020, 5186))),
    ('w', 'wildfire', null, '뒷산', 'Hill', st_multi(st_makeenvelope(200000, 550030, 200040, 550060, 5186)));
insert into core.speaker (speaker_key, geom) values ('k', st_setsrid(st_makepoint(200010, 550000), 5186));
"""

RECORDS = """
insert into core.incident (incident_key, occurred_at, class_code, exercise, repeat_call, false_alarm, origin, geom)
select key, at::timestamptz, '101', exercise, repeated, mistaken, '112',
    case when placed then st_setsrid(st_makepoint(200000 + x, 550000 + y), 5186) end
from (values
    ('first', '2012-07-01 00:00+09', false, false, false, true, 5, 0),
    ('second', '2013-01-01 00:00+09', false, false, false, true, 35, 0),
    ('third', '2013-02-01 00:00+09', false, false, false, true, 95, 0),
    ('last', '2013-06-30 23:59+09', false, false, false, true, 50, 55),
    ('too old', '2012-06-30 23:59+09', false, false, false, true, 5, 0),
    ('too late', '2013-07-01 00:00+09', false, false, false, true, 5, 0),
    ('exercise', '2013-01-02 00:00+09', true, false, false, true, 5, 0),
    ('repeated', '2013-01-03 00:00+09', false, true, false, true, 5, 0),
    ('mistaken', '2013-01-04 00:00+09', false, false, true, true, 5, 0),
    ('nowhere', '2013-01-05 00:00+09', false, false, false, false, 5, 0)
) as i (key, at, exercise, repeated, mistaken, placed, x, y);
insert into core.police_record (record_key, kind, occurred_at) values
    ('r1', 'supply', '2013-01-01 00:00+09'), ('r2', 'supply', '2013-01-20 12:00+09'),
    ('r3', 'supply', '2013-06-30 23:59+09'), ('r4', 'supply', '2013-07-01 00:00+09'),
    ('r5', 'crime', '2013-03-01 00:00+09');
"""


@contextmanager
def opened(city: TestCity) -> Iterator[Door]:
    """Yield a door to a test database; all that it opened is closed at the end."""
    doors: list[Database] = []

    def door(role: Role = "loader") -> Database:
        doors.append(city.open(role))
        return doors[-1]

    yield door
    for each in doors:
        each.close()


def alter(door: Door, statement: str) -> None:
    """Change a row behind everyone's back."""
    with door("owner").engine.begin() as connection:
        connection.exec_driver_sql(statement)


def quiet(_label: str, _done: int, _total: int) -> None:
    """Take no notice of progress."""


def lay_out(owner: Database, *parts: str) -> None:
    """Write the toy city, or only some parts of it, into an empty database opened as owner."""
    with owner.engine.begin() as connection:
        for part in parts or (NETWORK, GROUND, OUTLINE, RECORDS):
            connection.exec_driver_sql(part)


def draw_fields(loader: Database) -> None:
    """Write the hand-drawn fields of view of the four classes, as of their inputs now: none is stale afterwards."""
    hashes = fields_service.stale(loader)
    states = states_of(loader)
    rows = [row | {"state_id": states[f"c{row['camera_id']}"]} for row in toy_world.ladder_rows()]
    drawn: gpd.GeoDataFrame = toy.fields(rows).assign(image_w_px=1920.0)
    write_fields(loader, drawn, inputs_hashes=hashes)


def states_of(db: Database, at: date = DAY) -> Mapping[str, int]:
    """Return the number of the state that each camera key is in."""
    known = frames.cameras(db, at)
    return {str(key): int(state) for key, state in zip(known["camera_key"], known["state_id"], strict=True)}


def lonlat(db: Database, east_m: float, north_m: float) -> tuple[float, float]:
    """Return where a place of the toy city lies on the globe: lon, lat, as PostGIS transforms it."""
    return _transformed(db, toy.CORNER[0] + east_m, toy.CORNER[1] + north_m, 5186, 4326)


def metric(db: Database, lon: float, lat: float) -> tuple[float, float]:
    """Return the place in the district's CRS, as PostGIS transforms it."""
    return _transformed(db, lon, lat, 4326, 5186)


def _transformed(db: Database, x: float, y: float, source: int, target: int) -> tuple[float, float]:
    ask = "select st_x(g), st_y(g) from st_transform(st_setsrid(st_makepoint(%s, %s), %s::int), %s::int) as place (g)"
    with db.engine.connect() as connection:
        row = connection.exec_driver_sql(ask, (x, y, source, target)).one()
    return float(row[0]), float(row[1])
