"""The read store on a city that fits on paper.

Its origin is 127 E, 38 N, where EPSG:5186 counts 200,000 east and 600,000 north without rounding.

    A  at (0, 0)    fixed, looks east, since 2010
    B  at (10, 10)  heading unknown, since 2012
    C  at (0, 0)    second head of A's pole, 2010 and 2011 only
    D  at (200, 0)  turning, home due west, since 2010; down since 2013-06-01

The building H stands at (50..60, 0..10), the alley along the axis from (0, 0) to (100, 0).
"""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from etl.db import Database
from etl.store import coverage, frames, points, queries, status
from etl.store.coverage import CoverageRun, FieldsIncomplete, RunShare
from spatial import frames as contracts
from spatial.frames import require
from spatial.optics import aim_share

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2013, 5, 1)
E, N = 200_000.0, 600_000.0
METRES_A_DEGREE_LAT = 110_990.0  # at 38 N, near enough for points some metres away

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


@pytest.fixture(scope="module")
def toy(owner: Database, loader: Database) -> dict[str, int]:
    """Lay out the city, write its fields of view; return camera keys with their state numbers."""
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(CITY)
        found = connection.exec_driver_sql("select camera_key, state_id from api.camera_state")
        states = {str(key): int(state) for key, state in found}
    hashes = coverage.stale_states(loader, engine="v1", reach_m=60.0)
    assert set(hashes) == set(states.values())
    assert coverage.write_fields(loader, _fields(states), inputs_hashes=hashes) == 5
    return states


def _fields(states: dict[str, int]) -> gpd.GeoDataFrame:
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


def _lonlat(db: Database, east: float, north: float) -> tuple[float, float]:
    with db.engine.connect() as connection:
        row = connection.execute(
            text("select st_x(g), st_y(g) from st_transform(st_setsrid(st_makepoint(:e, :n), 5186), 4326) g"),
            {"e": E + east, "n": N + north},
        ).one()
    return float(row[0]), float(row[1])


def test_seeing_tells_the_certain_first_then_the_chance_of_the_rest(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = _lonlat(staff, 10, 0)
    a, b, d = points.seeing(staff, lon, lat, at=DAY)

    assert (a["camera_key"], a["sight"], a["p_sees"], a["basis"], a["status"]) == (
        "A",
        "certain",
        1.0,
        "survey",
        "working",
    )
    assert a["distance_m"] == pytest.approx(10.0, abs=1e-6)
    assert a["turn_to_deg"] == pytest.approx(90.0, abs=1e-5)
    # At 10 m the footprint is 2 * (0.5 * 10 + 1) = 12 m wide: 1920 / 12 = 160 px/m, more than recognise asks for.
    assert a["density_px_per_m"] == pytest.approx(160.0, abs=1e-4)
    assert a["reaches_class"] == "recognise"
    assert (a["legal_ground"], a["further_purposes"]) == ("25-1-2", ["child_protection"])

    # atan(0.5) + asin(1 / (10 * sqrt(1.25))) = 0.5532 rad of the half circle
    assert (b["camera_key"], b["sight"], b["basis"]) == ("B", "possible", "assumed")
    assert b["p_sees"] == pytest.approx(
        (math.atan(0.5) + math.asin(0.1 / math.sqrt(1.25))) / math.pi, abs=1e-6
    )
    assert b["turn_to_deg"] == pytest.approx(180.0, abs=1e-5)

    assert (d["camera_key"], d["sight"], d["counts"]) == ("D", "possible", False)


def test_a_place_nobody_sees_gets_no_camera(staff: Database, toy: dict[str, int]) -> None:
    lon, lat = _lonlat(staff, -500, -500)
    assert points.seeing(staff, lon, lat, at=DAY) == []
    assert points.seeing(staff, *_lonlat(staff, 10, 0), density_class="identify", at=DAY) == []


def test_seeing_as_at_an_earlier_day_takes_the_network_of_that_day(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = _lonlat(staff, 0, 10)  # due north: C's side, and B's 10 m west of it
    then = [row["camera_key"] for row in points.seeing(staff, lon, lat, at=date(2011, 12, 31))]
    now = [row["camera_key"] for row in points.seeing(staff, lon, lat, at=date(2012, 1, 1))]
    assert (then, now) == (["C"], ["B"])
    assert points.seeing(staff, lon, lat, at=date(2010, 2, 28)) == []


def test_any_srid_asks_the_same(staff: Database, toy: dict[str, int]) -> None:
    ask = text(
        "select array_agg(camera_key) from api.cameras_seeing("
        "st_transform(st_setsrid(st_makepoint(200010, 600000), 5186), cast(:srid as int)), 'observe', :day)"
    )
    with staff.engine.connect() as connection:
        found = {
            srid: connection.execute(ask, {"srid": srid, "day": DAY}).scalar()
            for srid in (5186, 4326, 3857, 5179)
        }
    assert all(keys == ["A", "B", "D"] for keys in found.values()), found


def test_nearest_cameras_come_by_distance_whether_they_see_or_not(
    staff: Database, toy: dict[str, int]
) -> None:
    lon, lat = _lonlat(staff, -3, 0)
    found = points.nearest(staff, lon, lat, k=3, at=date(2013, 6, 2))
    assert [row["camera_key"] for row in found] == ["A", "B", "D"]
    assert [row["distance_m"] for row in found] == pytest.approx([3.0, math.hypot(13, 10), 203.0], abs=1e-6)
    assert [row["status"] for row in found] == ["working", "working", "down"]
    assert found[0]["turn_to_deg"] == pytest.approx(270.0, abs=1e-4)
    assert len(points.nearest(staff, lon, lat, k=1, at=DAY)) == 1


MANY = """
insert into core.site (site_key, geom)
select 'm' || n, st_setsrid(st_makepoint(210000 + n % 100, 610000 + n / 100), 5186) from generate_series(1, 5000) n;
insert into core.camera (camera_key, site_id, head_no)
select site_key, site_id, 1 from core.site where site_key like 'm%';
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code)
select camera_id, '[2010-01-01,)', (select min(agency_id) from core.agency), 'disaster'
from core.camera where camera_key like 'm%';
analyze core.site; analyze core.camera; analyze core.camera_state;
"""


def test_nearest_takes_sites_from_the_index_in_order_of_distance(
    owner: Database, toy: dict[str, int]
) -> None:
    with owner.engine.connect() as connection:
        connection.execute(text(MANY))
        plan = "\n".join(
            connection.exec_driver_sql(
                "explain select * from api.nearest_cameras(st_setsrid(st_makepoint(127, 38), 4326))"
            ).scalars()
        )
        connection.rollback()
    assert "Index Scan using site_geom" in plan
    assert "Order By: (geom <->" in plan


def test_unseen_states_says_when_answers_are_incomplete(staff: Database, toy: dict[str, int]) -> None:
    assert not points.unseen_states(staff, at=DAY)
    assert points.unseen_states(staff, density_class="identify", at=DAY)


def _between(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers of micrometres: PostgreSQL refuses to square the very smallest ones that a float can hold."""
    return st.floats(low, high).map(lambda number: round(number, 6))


@given(
    distance=_between(0, 300),
    near=_between(-5, 30),
    depth=_between(-5, 300),
    slope=_between(0, 3),
    offset=_between(-3, 20),
)
def test_aim_share_in_sql_is_that_of_the_optics(
    aim: AimShare, distance: float, near: float, depth: float, slope: float, offset: float
) -> None:
    expected = float(aim_share(distance, near_m=near, far_m=near + depth, slope=slope, offset_m=offset))
    # acos and asin are steep at their ends: what differs by a rounding there differs by its root here.
    assert aim(distance, near, near + depth, slope, offset) == pytest.approx(expected, abs=1e-7)


def test_aim_share_without_far_end_is_that_of_an_infinite_one(aim: AimShare) -> None:
    expected = float(aim_share(10.0, near_m=2.0, far_m=np.inf, slope=0.5, offset_m=1.0))
    assert aim(10.0, 2.0, math.inf, 0.5, 1.0) == pytest.approx(expected, abs=1e-12)
    assert aim(10.0, 2.0, None, 0.5, 1.0) == pytest.approx(expected, abs=1e-12)


class AimShare:
    """The function of the database, called over one open connection."""

    def __init__(self, db: Database) -> None:
        self.connection = db.engine.connect()

    def __call__(self, distance: float, near: float, far: float | None, slope: float, offset: float) -> float:
        answer = self.connection.exec_driver_sql(
            "select core.aim_share(%s, %s, %s, %s, %s)", (distance, near, far, slope, offset)
        ).scalar()
        assert isinstance(answer, float)
        return answer


@pytest.fixture(scope="module")
def aim(owner: Database) -> Iterator[AimShare]:
    asked = AimShare(owner)
    yield asked
    asked.connection.close()


def test_frames_keep_their_contracts_in_the_metric_crs(staff: Database, toy: dict[str, int]) -> None:
    for frame, contract in (
        (frames.cameras(staff, DAY), contracts.CAMERAS),
        (frames.buildings(staff), contracts.BUILDINGS),
        (frames.alleys(staff), contracts.ALLEYS),
        (frames.fields(staff, DAY), contracts.FIELDS),
        (frames.zones(staff, DAY), contracts.ZONES),
        (frames.boundaries(staff, "dong"), contracts.BOUNDARIES),
    ):
        assert require(frame, contract).to_epsg() == 5186
        assert len(frame) > 0


def test_cameras_as_at_a_day(staff: Database, toy: dict[str, int]) -> None:
    counts = {
        day: len(frames.cameras(staff, day))
        for day in (date(2010, 2, 28), date(2011, 12, 31), date(2012, 1, 1))
    }
    assert list(counts.values()) == [0, 3, 3]
    cameras = frames.cameras(staff, DAY).set_index("camera_key")
    assert cameras.loc["A", "heading_deg"] == 90.0
    assert np.isnan(cameras.loc["B", "heading_deg"])
    assert np.isnan(cameras.loc["B", "image_w_px"])
    assert cameras.loc["A", "purpose"] == "crime_prevention"
    assert (cameras.loc["B"].geometry.x, cameras.loc["B"].geometry.y) == (E + 10, N + 10)


def test_a_frame_of_no_rows_keeps_columns_and_crs(staff: Database, toy: dict[str, int]) -> None:
    empty = frames.cameras(staff, date(1990, 1, 1))
    assert len(empty) == 0
    assert require(empty, contracts.CAMERAS).to_epsg() == 5186
    assert len(frames.layer(staff, "unknown")) == 0


def test_the_smaller_frames(staff: Database, toy: dict[str, int]) -> None:
    assert frames.layer(staff, "complaints")["weight"].tolist() == [2.5]
    assert frames.lamps(staff)["count"].tolist() == [1]
    assert len(frames.speakers(staff)) == 3
    assert len(frames.bells(staff)) == len(frames.water(staff)) == 0
    assert frames.alleys(staff).geometry.length.tolist() == [100.0]
    assert np.isnan(frames.buildings(staff)["height_m"].iloc[0])
    assert frames.zones(staff, date(2005, 1, 1))["zone_key"].tolist() == ["old", "w"]
    assert frames.zones(staff, DAY)["zone_key"].tolist() == ["f", "w"]


def test_incidents_of_a_period_with_a_trace(staff: Database, owner: Database, toy: dict[str, int]) -> None:
    """i1 alone: i2 is an exercise, i3 a repeat, i4 has no place, i5 lies after the period."""
    since, until = datetime(2012, 12, 31, 15, tzinfo=UTC), datetime(2013, 6, 1, tzinfo=UTC)
    found = frames.incidents(staff, since, until, purpose="coverage", who="planner")
    assert found["urgency"].tolist() == [1.0]
    assert found["occurred_at"].iloc[0] == since
    require(found, contracts.INCIDENTS)
    with owner.engine.connect() as connection:
        log = connection.exec_driver_sql("select who, purpose, rows from meta.access_log").all()
    assert [tuple(row) for row in log] == [
        ("planner", "coverage", 4)
    ]  # four rows were given, one is of use here


def test_incidents_without_a_purpose_are_refused(staff: Database, toy: dict[str, int]) -> None:
    instant = datetime(2013, 1, 1, tzinfo=UTC)
    with pytest.raises(Exception, match="purpose is blank"):
        frames.incidents(staff, instant, instant, purpose=" ")


def test_fields_come_back_as_written(staff: Database, toy: dict[str, int]) -> None:
    fields = frames.fields(staff, DAY, "observe").set_index(["state_id", "sight"])
    a = fields.loc[(toy["A"], "certain")]
    assert a["area_m2"] == pytest.approx(18 * (4 + 22) / 2)  # a trapezoid 18 m deep, 4 and 22 m wide
    assert a.geometry.geom_type == "MultiPolygon"
    assert fields.loc[(toy["D"], "certain")].geometry.is_empty
    assert not fields.loc[(toy["D"], "possible")]["counts"]
    assert toy["C"] not in fields.index.get_level_values(0)
    assert len(frames.fields(staff, DAY, "identify")) == 0


def test_only_what_depends_on_a_change_goes_stale(
    loader: Database, owner: Database, toy: dict[str, int]
) -> None:
    """H moves by a metre: it lies within 60 m of the poles of A, C and B, 140 m from D."""

    def stale(**other: object) -> set[int]:
        asked = {"engine": "v1", "reach_m": 60.0} | other
        return set(coverage.stale_states(loader, **asked))  # type: ignore[arg-type]

    assert stale() == set()
    assert stale(engine="v2") == set(toy.values())
    assert stale(engine="v2", at=DAY) == {toy["A"], toy["B"], toy["D"]}
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.building set geom = st_translate(geom, 1, 0)")
    assert stale() == {toy["A"], toy["B"], toy["C"]}
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.building set geom = st_translate(geom, -1, 0)")
        connection.exec_driver_sql(
            "update core.camera_state set tilt_deg = 20 where state_id = %s", (toy["D"],)
        )
    assert stale() == {toy["D"]}
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.camera_state set tilt_deg = null")
    assert stale() == set()


def test_fields_replace_those_of_their_states_alone(
    loader: Database, staff: Database, toy: dict[str, int]
) -> None:
    before = frames.fields(staff, DAY)
    mine = _fields(toy)
    mine = mine[mine["state_id"] == toy["A"]].assign(density_class="detect")
    kept = before.loc[before["state_id"] == toy["A"], :]
    coverage.write_fields(loader, mine, inputs_hashes={toy["A"]: "other"})
    after = frames.fields(staff, DAY)
    assert after.loc[after["state_id"] == toy["A"], "density_class"].tolist() == ["detect"]
    assert len(after) == len(before)
    digest = coverage.stale_states(loader, engine="v1", reach_m=60.0)
    assert set(digest) == {toy["A"]}
    coverage.write_fields(loader, mine.assign(density_class="observe"), inputs_hashes=digest)
    assert len(kept) == 1


def test_fields_and_digests_must_name_the_same_states(loader: Database, toy: dict[str, int]) -> None:
    with pytest.raises(FieldsIncomplete):
        coverage.write_fields(loader, _fields(toy), inputs_hashes={toy["A"]: "x"})


def test_staff_writes_no_fields(staff: Database, toy: dict[str, int]) -> None:
    with pytest.raises(Exception, match="permission denied"):
        coverage.write_fields(staff, _fields(toy), inputs_hashes=dict.fromkeys(toy.values(), "x"))


def test_a_run_is_found_by_its_day_class_and_inputs(
    loader: Database, staff: Database, toy: dict[str, int]
) -> None:
    inputs = coverage.coverage_inputs(staff, DAY)
    run = CoverageRun(DAY, "observe", inputs, {"class": "observe", "골목": 1}, 2.0, 200, 7)
    alley = int(frames.alleys(staff)["alley_id"].iloc[0])
    gaps = gpd.GeoDataFrame(
        {"alley_id": [alley, alley], "length_m": [50.0, 5.0], "risk": [3.0, np.nan]},
        geometry=[
            shapely.LineString([(E + 20, N), (E + 70, N)]),
            shapely.LineString([(E + 95, N), (E + 100, N)]),
        ],
        crs=5186,
    )
    shares = [RunShare("alleys", "", 0.2, 0.1, 0.3, 0.1, 0.4, 100.0, "m")]
    run_id = coverage.write_run(loader, run, shares, gaps=gaps)

    found = coverage.latest_run(staff, DAY, "observe", inputs_hash=inputs)
    assert found is not None
    assert (found["run_id"], found["figures"]) == (run_id, {"class": "observe", "골목": 1})
    assert coverage.latest_run(staff, DAY, "observe", inputs_hash="other") is None
    assert coverage.latest_run(staff, date(2013, 5, 2), "observe") is None
    assert coverage.run_shares(staff, run_id)[0]["high"] == 0.3
    back = frames.run_gaps(staff, run_id)
    assert back["gap_id"].tolist() == [1, 2]
    assert back["alley"].tolist() == ["골목길", "골목길"]
    assert back.geometry.length.tolist() == [50.0, 5.0]


def test_a_share_whose_range_is_upside_down_is_refused(loader: Database, toy: dict[str, int]) -> None:
    run = CoverageRun(DAY, "observe", "x", {}, 2.0, 200, 7)
    with pytest.raises(DBAPIError, match="range_in_order"):
        coverage.write_run(loader, run, [RunShare("alleys", "", 0.2, 0.3, 0.1, 0.1, 0.4, 1.0, "m")])
    assert coverage.latest_run(loader, DAY, "observe", inputs_hash="x") is None


def test_the_digest_of_inputs_follows_what_changes(
    staff: Database, owner: Database, toy: dict[str, int]
) -> None:
    before = coverage.coverage_inputs(staff, DAY)
    assert coverage.coverage_inputs(staff, DAY) == before
    assert coverage.coverage_inputs(staff, date(2011, 1, 1)) != before
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.lamp")
    assert coverage.coverage_inputs(staff, DAY) != before


def test_status_counts_as_at_a_day(staff: Database, toy: dict[str, int]) -> None:
    found = status.status(staff, at=DAY)
    assert found["counts"] == {
        "agencies": 2,
        "sites": 3,
        "cameras": 3,
        "headings_known": 2,
        "alleys": 1,
        "buildings": 1,
        "flood_zones": 1,
        "wildfire_zones": 1,
        "incidents": 4,  # all but the one of September
        "police_records": 1,
        "speakers": 3,
    }
    district = found["district"]
    assert isinstance(district, dict)
    assert (district["name"], district["srid"], district["invented"]) == ("sample", 5186, True)
    assert district["area_m2"] == 4_000_000.0
    loads = found["loads"]
    assert isinstance(loads, list)
    assert [load["source"] for load in loads] == ["cameras"]
    earlier = status.status(staff, at=date(2011, 1, 1))["counts"]
    assert isinstance(earlier, dict)
    assert (earlier["cameras"], earlier["sites"], earlier["incidents"]) == (3, 2, 0)


def test_every_query_says_first_what_it_gives() -> None:
    folder = Path(queries.sql_folder()) / "queries"
    silent = [
        path.name
        for path in sorted(folder.glob("*.sql"))
        if not path.read_text(encoding="utf-8").startswith("-- ")
    ]
    assert silent == []


def test_what_a_click_waits_for_imports_no_frames() -> None:
    """`status` and `nearest` are to start within two seconds."""
    code = (
        "import sys, etl.db, etl.store.points, etl.store.status, etl.store.tiles, etl.store.coverage;"
        "print(sorted({'geopandas', 'pandas', 'numba', 'pyarrow', 'shapely', 'alembic'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"
