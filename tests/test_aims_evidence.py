"""Beliefs in the database: what is told of one pole changes no other, and what changes them makes them stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce

import numpy as np
import pytest

from app.services import aims
from etl.store import frames
from etl.store.aims import aim_inputs
from spatial.beliefs import lobes_p, nothing_known
from spatial.beliefs import with_headings as one_by_one
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, quiet
from tests.database import TestCity

# A second head at the pole of c2, of which no heading is known either.
MATE = """
insert into core.camera (camera_key, site_id, head_no) select 'c4', site_id, 2 from core.site where site_key = 's2';
insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind)
select c.camera_id, '[2010-03-01,)', a.agency_id, 'disaster', 'fixed'
from core.camera c cross join core.agency a where camera_key = 'c4' and name_ko = 'south';
"""
SURVEY = """
insert into core.aim_evidence (camera_id, site_id, source, observed_on, weight, lobes)
select camera_id, site_id, 'survey', '2013-01-01', 0.9, '[[90, 5, 1]]' from core.camera where camera_key = 'c4';
"""
CHECK = """
insert into core.aim_evidence (camera_id, site_id, source, observed_on, weight, place, seen)
select camera_id, site_id, 'check', '2013-01-01', 0.9, st_setsrid(st_makepoint(200060, 550010), 5186), true
from core.camera where camera_key = 'c2';
"""
# Fields drawn by hand are of finer classes than the one that "I see it" goes by.
MONITOR = """
insert into core.field_of_view (state_id, density_class, sight, counts, geom, area_m2, near_m, far_m, slope, offset_m,
    variants, model, inputs_hash, computed_from)
select state_id, 'monitor', sight, counts, geom, area_m2, near_m, far_m, slope, offset_m, variants, model, inputs_hash,
    computed_from
from core.field_of_view where density_class = 'detect';
"""
GONE = """
update core.camera_state set valid_during = '[2010-03-01,2012-01-01)'
where camera_id = (select camera_id from core.camera where camera_key = 'c4');
"""


@pytest.fixture
def door(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """The toy city with its hand-drawn fields and a second head at one pole."""
    with toy_city.opened(make_city()) as opened:
        toy_city.lay_out(opened("owner"))
        toy_city.draw_fields(opened())
        alter(opened, MONITOR + MATE)
        yield opened


def believed(door: Door, key: str) -> list[float]:
    """Return what is believed of the heading of a camera, computed anew where it is stale."""
    db = door()
    aims.refresh(db, progress=quiet)
    with db.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "select heading_sums from core.aim_belief join core.camera_state using (state_id) "
            f"join core.camera using (camera_id) where camera_key = '{key}'"
        )
        return list(row.scalar_one())


def test_a_head_tells_of_its_mate_but_not_of_one_that_came_after_it(door: Door) -> None:
    alone = believed(door, "c2")
    own = believed(door, "c4")
    alter(door, SURVEY)
    # Chance of 90 to 95 degrees, where c4 looks: its mate of the same day rather looks elsewhere.
    assert believed(door, "c4")[19] - believed(door, "c4")[18] > 5 * (own[19] - own[18])
    assert believed(door, "c2")[19] - believed(door, "c2")[18] < alone[19] - alone[18]
    alter(door, GONE)
    assert believed(door, "c2") == pytest.approx(alone)
    assert believed(door, "c4")[19] - believed(door, "c4")[18] > 5 * (own[19] - own[18])


def test_what_is_recorded_twice_counts_once(door: Door) -> None:
    alter(door, SURVEY)
    once = believed(door, "c4")
    alter(door, SURVEY)
    assert believed(door, "c4") == once
    alter(door, SURVEY.replace("2013-01-01", "2013-01-02"))
    assert believed(door, "c4")[19] - believed(door, "c4")[18] > once[19] - once[18]
    before = believed(door, "c2")
    alter(door, CHECK)
    seen = believed(door, "c2")
    assert seen != before
    alter(door, CHECK)
    assert believed(door, "c2") == seen


def test_all_that_beliefs_rest_on_makes_them_stale(door: Door) -> None:
    digest = lambda: aim_inputs(door(), engine="x")  # noqa: E731 - one line, asked again and again
    last, alike = digest(), digest()
    assert alike == last
    of_c2 = (
        "(select state_id from core.camera_state join core.camera using (camera_id) where camera_key = 'c2')"
    )
    field = f"update core.field_of_view set inputs_hash = inputs_hash || 'x' where state_id in {of_c2};"
    alter(door, field)
    assert digest() == last  # nobody was asked what c2 sees
    footage = (
        "insert into core.police_record (record_key, kind, occurred_at, camera_key, used, geom) "
        "values ('f', 'supply', '2013-02-03', 'c2', true, st_setsrid(st_makepoint(200050, 550030), 5186));"
    )
    batch = (
        "insert into meta.batch (source, file_name, status, reference_date, rows_in, inserted, invented) "
        "values ('cameras', 'f', 'done', '2013-06-30', 1, 1, true);"
    )
    mended = "update core.aim_evidence set lobes = '[[180, 5, 1]]', batch_id = (select max(batch_id) from meta.batch);"
    alter(door, footage)  # a load of the ledger would tell by itself
    last = digest()
    for change in (field, SURVEY, batch + mended, GONE):
        alter(door, change)
        assert digest() != last, change
        last = digest()


def test_pole_by_pole_is_as_one_after_the_other() -> None:
    beliefs = nothing_known([1, 2, 3, 4], pole=[7, 8, 7, 8])
    pieces = [
        {"camera_id": camera, "source": "survey", "weight": 0.8, "seen": None, "lobes": [[heading, 10.0, 1.0]],
         "tilt_deg": np.nan, "steps_deg": None}
        for camera, heading in ((1, 40.0), (2, 80.0), (3, 200.0), (1, 45.0))
    ]  # fmt: skip
    told = reduce(
        lambda now, piece: one_by_one(
            now, piece["camera_id"], lobes_p(piece["lobes"]), weight=0.8, mates=aims.MATES
        ),
        pieces,
        beliefs,
    )
    found = aims.sharpened(beliefs, pieces)
    assert found.heading_p == pytest.approx(told.heading_p)
    assert found.camera_ids.tolist() == [1, 2, 3, 4]
    assert aims.sharpened(beliefs, []).heading_p.tolist() == beliefs.heading_p.tolist()


def test_states_tell_since_when_and_whether_they_stand(door: Door) -> None:
    alter(door, GONE)
    states = frames.camera_states(door()).set_index("camera_key")
    assert states["stands"].to_dict() == {"c1": True, "c2": True, "c3": True, "c4": False}
    assert states.loc["c2", "valid_from"].isoformat()[:10] == "2012-05-01"
