"""A city that fits on paper, laid out in a database: what the tests of the read store ask.

Its origin is 127 E, 38 N, where EPSG:5186 counts 200,000 east and 600,000 north without rounding.

    A  at (0, 0)    fixed, looks east, since 2010
    B  at (10, 10)  heading unknown, since 2012
    C  at (0, 0)    second head of A's pole, 2010 and 2011 only
    D  at (200, 0)  turning, home due west, since 2010; down since 2013-06-01

The building H stands at (50..60, 0..10), the alley along the axis from (0, 0) to (100, 0).
"""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import shapely
from sqlalchemy import text

from etl.db import Database
from etl.store import coverage

DAY = date(2013, 5, 1)
E, N = 200_000.0, 600_000.0

CITY = """
insert into core.agency (name_ko) values ('방범과'), ('재난안전과');
insert into core.site (site_key, geom) values
    ('p0', st_setsrid(st_makepoint(200000, 600000), 5186)),
    ('p1', st_setsrid(st_makepoint(200010, 600010), 5186)),
    ('p2', st_setsrid(st_makepoint(200200, 600000), 5186));
insert into core.camera (camera_key, site_id, head_no)
select key, site_id, head from core.site
join (values ('A', 'p0', 1), ('C', 'p0', 2), ('B', 'p1', 1), ('D', 'p2', 1)) as c (key, at, head) on at = site_key;
insert into core.camera_state
    (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg, focal_mm, image_w_px, aim_source)
select camera_id, during::daterange, agency_id, purpose, kind, heading, focal, width, source
from (values
    ('A', '[2010-03-01,)', '방범과', 'crime_prevention', 'fixed', 90, 4.0, 1920, 'survey'),
    ('B', '[2012-01-01,)', '방범과', 'crime_prevention', null, null, null, null, null),
    ('C', '[2010-03-01,2012-01-01)', '방범과', 'crime_prevention', 'fixed', 0, 4.0, 1920, 'survey'),
    ('D', '[2010-03-01,)', '재난안전과', 'disaster', 'ptz', 270, 4.3, 1920, 'survey')
) as s (key, during, agency, purpose, kind, heading, focal, width, source)
join core.camera on key = camera_key join core.agency on agency = name_ko;
insert into core.camera_purpose
select state_id, 'child_protection' from core.camera_state join core.camera using (camera_id) where camera_key = 'A';
insert into core.camera_status (camera_id, down_during)
select camera_id, tstzrange('2013-06-01', null) from core.camera where camera_key = 'D';
insert into core.building (building_key, height_m, geom)
values ('H', null, st_multi(st_makeenvelope(200050, 600000, 200060, 600010, 5186)));
insert into core.alley (alley_key, name, width_m, kind, lit, geom)
values ('s', '골목길', 3.5, 'alley', null,
    st_setsrid(st_makeline(st_makepoint(200000, 600000), st_makepoint(200100, 600000)), 5186));
insert into core.boundary (boundary_key, level, code, name_ko, geom)
select level || '-1', level, '1', '골목구', st_multi(st_makeenvelope(199000, 599000, 201000, 601000, 5186))
from unnest(array['district', 'dong']) as level;
insert into core.zone (zone_key, kind, level, name_ko, valid_during, geom)
select key, kind, 1, key, during::daterange, st_multi(st_makeenvelope(200000, 600000, 200100, 600100, 5186))
from (values ('f', 'flood', '[2010-01-01,)'), ('old', 'flood', '[2000-01-01,2010-01-01)'), ('w', 'wildfire', '[,)'))
    as z (key, kind, during);
insert into core.speaker (speaker_key, installed_on, geom)
select 'k' || n, date '2010-01-01', st_setsrid(st_makepoint(200000 + n, 600000), 5186) from generate_series(1, 3) n;
insert into core.lamp (lamp_key, geom) values ('l', st_setsrid(st_makepoint(200030, 600000), 5186));
insert into core.incident (incident_key, occurred_at, class_code, urgency, exercise, repeat_call, origin, geom)
select key, at::timestamptz, '101', urgency, exercise, repeated, '112',
    case when placed then st_setsrid(st_makepoint(200020, 600000), 5186) end
from (values
    ('i1', '2013-01-01 00:00+09', 1, false, false, true),
    ('i2', '2013-02-01 00:00+09', null, true, false, true),
    ('i3', '2013-03-01 00:00+09', null, false, true, true),
    ('i4', '2013-04-01 00:00+09', null, false, false, false),
    ('i5', '2013-09-01 00:00+09', null, false, false, true)
) as i (key, at, urgency, exercise, repeated, placed);
insert into core.police_record (record_key, kind, occurred_at, used) values ('r1', 'supply', '2013-02-03', true);
insert into core.layer (name) values ('complaints');
insert into core.layer_feature (layer_id, feature_key, weight, geom)
select layer_id, 'c1', 2.5, st_setsrid(st_makepoint(200001, 600002), 5186) from core.layer;
insert into meta.batch (source, status, rows_in, inserted) values ('cameras', 'done', 4, 4);
"""


def lay_out(owner: Database, loader: Database) -> dict[str, int]:
    """Lay out the city, write its fields of view; return camera keys with their state numbers."""
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(CITY)
        found = connection.exec_driver_sql("select camera_key, state_id from api.camera_state")
        states = {str(key): int(state) for key, state in found}
    hashes = coverage.stale_states(loader, engine="v1", reach_m=60.0)
    assert set(hashes) == set(states.values())
    assert coverage.write_fields(loader, fields_of_view(states), inputs_hashes=hashes) == 5
    return states


def fields_of_view(states: dict[str, int]) -> gpd.GeoDataFrame:
    """A and C see a trapezoid from 2 to 20 m; B may see 20 m round it; D its home side, and may reach all round."""
    trapezoid = [(2.0, -2.0), (20.0, -11.0), (20.0, 11.0), (2.0, 2.0)]
    rows = [
        ("A", "certain", True, shapely.Polygon([(E + x, N + y) for x, y in trapezoid])),
        ("B", "possible", True, shapely.box(E - 10, N - 10, E + 30, N + 30)),
        ("C", "certain", True, shapely.Polygon([(E - y, N + x) for x, y in trapezoid])),
        ("D", "certain", True, shapely.Polygon()),
        ("D", "possible", False, shapely.box(E + 5, N - 200, E + 400, N + 200)),
    ]
    return gpd.GeoDataFrame(
        {
            "state_id": [states[key] for key, *_ in rows],
            "camera_id": 0,
            "density_class": "observe",
            "sight": [sight for _, sight, *_ in rows],
            "counts": [counts for *_, counts, _ in rows],
            "near_m": 2.0,
            "far_m": [20.0, 20.0, 20.0, 20.0, 200.0],
            "slope": 0.5,
            "offset_m": 1.0,
            "image_w_px": 1920.0,
        },
        geometry=[shape for *_, shape in rows],
        crs=5186,
    )


def lonlat(db: Database, east: float, north: float) -> tuple[float, float]:
    """Return degrees of a point so many metres from the origin."""
    with db.engine.connect() as connection:
        row = connection.execute(
            text("select st_x(g), st_y(g) from st_transform(st_setsrid(st_makepoint(:e, :n), 5186), 4326) g"),
            {"e": E + east, "n": N + north},
        ).one()
    return float(row[0]), float(row[1])
