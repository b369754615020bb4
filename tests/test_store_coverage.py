"""Fields of view and computations of coverage: written, found again, known when stale."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from sqlalchemy.exc import DBAPIError

from etl.db import Database
from etl.store import coverage, frames
from etl.store.coverage import CoverageRun, FieldsIncomplete, RunShare
from tests import store_city
from tests.store_city import DAY, E, N, fields_of_view


@pytest.fixture(scope="module")
def toy(owner: Database, loader: Database) -> dict[str, int]:
    return store_city.lay_out(owner, loader)


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


def test_where_a_turning_camera_stands_its_own_reach_counts(
    loader: Database, owner: Database, toy: dict[str, int]
) -> None:
    """H, 140 m from the turning D, moves by a metre: D takes note once it reaches farther than that."""

    def digests(ptz_reach_m: float) -> dict[int, str]:
        return coverage.stale_states(loader, engine="v2", reach_m=60.0, ptz_reach_m=ptz_reach_m)

    before = {reach_m: digests(reach_m) for reach_m in (60.0, 200.0)}
    assert {key for key, value in before[60.0].items() if before[200.0][key] != value} == {toy["D"]}
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.building set geom = st_translate(geom, 1, 0)")
    changed = {m: {key for key in old if digests(m)[key] != old[key]} for m, old in before.items()}
    assert changed == {60.0: {toy["A"], toy["B"], toy["C"]}, 200.0: set(toy.values())}
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.building set geom = st_translate(geom, -1, 0)")


def test_new_terrain_makes_those_within_reach_stale(
    loader: Database, owner: Database, toy: dict[str, int]
) -> None:
    """A tile from x = 120 on: A, C and B are out of its reach of 60 m and a cell, D stands on it."""

    def stale() -> set[int]:
        return set(coverage.stale_states(loader, engine="v1", reach_m=60.0))

    assert stale() == set()
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            """insert into core.terrain
                (tile_key, cell_m, columns, rows, west_m, north_m, elevation_m, row_hash, geom)
            values ('t', 10, 10, 1, 200120, 600010, %s, 'one', st_makeenvelope(200120, 600000, 200220, 600010, 5186))""",
            (np.zeros(10, dtype="<f4").tobytes(),),
        )
    assert stale() == {toy["D"]}
    before = coverage.stale_states(loader, engine="v1", reach_m=60.0)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.terrain set row_hash = 'two'")
    assert coverage.stale_states(loader, engine="v1", reach_m=60.0) != before
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.terrain")
    assert stale() == set()


def test_fields_replace_those_of_their_states_alone(
    loader: Database, staff: Database, toy: dict[str, int]
) -> None:
    before = frames.fields(staff, DAY)
    mine = fields_of_view(toy)
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


def test_cameras_are_counted_by_how_they_stand(loader: Database, toy: dict[str, int]) -> None:
    # A on a wall and B inside a building, each with two fields; C is not active, D has a field that does not say.
    mine = fields_of_view(toy)
    of_a = mine[mine["state_id"] == toy["A"]].assign(stands="on_wall")
    of_b = mine[mine["state_id"] == toy["B"]].assign(stands="inside")
    both = gpd.GeoDataFrame(pd.concat([of_a, of_b, of_a.assign(density_class="detect")]), crs=mine.crs)
    before = coverage.stands(loader, DAY)
    assert before == {"seen": 0, "on_wall": 0, "on_roof": 0, "inside": 0}
    coverage.write_fields(loader, both, inputs_hashes={toy["A"]: "x", toy["B"]: "x"})
    assert coverage.stands(loader, DAY) == before | {"on_wall": 1, "inside": 1}
    assert coverage.stands(loader, date(1990, 1, 1)) == before


def test_fields_and_digests_must_name_the_same_states(loader: Database, toy: dict[str, int]) -> None:
    with pytest.raises(FieldsIncomplete):
        coverage.write_fields(loader, fields_of_view(toy), inputs_hashes={toy["A"]: "x"})


def test_staff_writes_no_fields(staff: Database, toy: dict[str, int]) -> None:
    with pytest.raises(Exception, match="permission denied"):
        coverage.write_fields(staff, fields_of_view(toy), inputs_hashes=dict.fromkeys(toy.values(), "x"))


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
    with staff.engine.connect() as connection:
        kept = connection.exec_driver_sql("select run_id, theme, high from api.coverage_share").all()
    assert [tuple(row) for row in kept] == [(run_id, "alleys", 0.3)]
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
