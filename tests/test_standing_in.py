"""Who stands in for a camera that is out of order, on the toy city in a database."""

from __future__ import annotations

from app.phrases_answer import does, notes
from tests import city_in_database as toy_city
from tests.answered import VIEW, asked, of, order, out_of_order
from tests.city_in_database import Door, alter


def test_the_working_camera_whose_view_overlaps_most_stands_in(living: Door) -> None:
    toy_city.draw_fields(living())
    # Camera 1 sees 120 m2. Camera 3 gets the far half of it for sure, camera 2 all of it if it looks there: one time in four.
    alter(living, VIEW.format("200015, 549998, 200030, 550002", 60, "c3", "certain"))
    alter(living, VIEW.format("200000, 549998, 200030, 550002", 120, "c2", "possible"))
    with out_of_order(living, "c1"):
        found = asked(living("staff"), 5, 0)
        assert of(found, "c1")["replaced_by"] == {
            "camera_id": of(found, "c3")["camera_id"], "camera_key": "c3", "sight": "certain", "overlap_share": 0.5,
        }  # fmt: skip
        # It does not see this place: it follows the one that would, and says so.
        assert order(found) == [("c2", "may"), ("c1", "down"), ("c3", "near")]
        assert of(found, "c3")["replaces"] == [of(found, "c1")["camera_id"]]
        assert notes(of(found, "c1"), found, "en") == [
            "out of order since 30 June 2013", "instead c3: sees 50 % of its view",
        ]  # fmt: skip
        assert "stands in for c1" in notes(of(found, "c3"), found, "en")
        assert does(of(found, "c3"), found, "en").startswith("does not see")
        # A tenth of it for sure is less than a quarter of all of it.
        alter(living, VIEW.format("200027, 549998, 200030, 550002", 12, "c3", "certain"))
        possible = of(asked(living("staff"), 5, 0), "c1")["replaced_by"]
        assert (possible["camera_key"], possible["sight"], possible["overlap_share"]) == (
            "c2",
            "possible",
            1.0,
        )


def test_who_sees_next_to_nothing_of_it_stands_in_for_nobody(living: Door) -> None:
    toy_city.draw_fields(living())
    # 1 m of 30.
    alter(living, VIEW.format("200029, 549998, 200030, 550002", 4, "c3", "certain"))
    with out_of_order(living, "c1"):
        found = asked(living("staff"), 5, 0)
        assert (of(found, "c1")["role"], of(found, "c1")["replaced_by"]) == ("down", None)
        assert notes(of(found, "c1"), found, "ko") == [
            "2013년 6월 30일부터 고장", "그 시야의 5 % 이상을 대신 볼 다른 기둥의 정상 카메라 없음",
        ]  # fmt: skip


def test_a_head_of_the_same_pole_looks_elsewhere_unless_both_aims_are_known(living: Door) -> None:
    toy_city.draw_fields(living())
    # A second head beside camera 2, its aim as unknown, in reach of the same.
    alter(
        living,
        "with head as (insert into core.camera (camera_key, site_id, head_no) select 'c4', site_id, 2 from core.site"
        " where site_key = 's2' returning camera_id), state as (insert into core.camera_state (camera_id, valid_during,"
        " agency_id, purpose_code, kind) select camera_id, '[2012-05-01,)', 1, 'crime_prevention', 'fixed' from head"
        " returning state_id) insert into core.field_of_view (state_id, density_class, sight, geom, area_m2, near_m, far_m,"
        " slope, offset_m, inputs_hash) select state.state_id, density_class, sight, geom, area_m2, near_m, far_m, slope,"
        " offset_m, inputs_hash from state, core.field_of_view f join core.camera_state s on s.state_id = f.state_id"
        " join core.camera c using (camera_id) where camera_key = 'c2'",
    )
    with out_of_order(living, "c2"):
        assert of(asked(living("staff"), 35, 0), "c2")["replaced_by"] is None
        # On another pole it would do, one time in four.
        alter(
            living,
            "update core.camera set site_id = (select site_id from core.site where site_key = 's3') where camera_key = 'c4'",
        )
        instead = of(asked(living("staff"), 35, 0), "c2")["replaced_by"]
        assert (instead["camera_key"], instead["sight"], instead["overlap_share"]) == ("c4", "possible", 1.0)
        alter(
            living,
            "update core.camera set site_id = (select site_id from core.site where site_key = 's2') where camera_key = 'c4'",
        )
        alter(
            living,
            "update core.field_of_view f set sight = 'certain' from core.camera_state s join core.camera c using (camera_id)"
            " where s.state_id = f.state_id and camera_key in ('c2', 'c4')",
        )
        assert of(asked(living("staff"), 35, 0), "c2")["replaced_by"]["sight"] == "certain"


def test_one_out_of_order_stands_in_for_nobody(living: Door) -> None:
    toy_city.draw_fields(living())
    alter(living, VIEW.format("200000, 549998, 200030, 550002", 120, "c3", "certain"))
    with out_of_order(living, "c1"):
        assert of(asked(living("staff"), 5, 0), "c1")["replaced_by"]["camera_key"] == "c3"
        alter(
            living,
            "insert into core.camera_status (camera_id, down_during) select camera_id,"
            " tstzrange('2013-06-29 20:00+00', null) from core.camera where camera_key = 'c3'",
        )
        found = asked(living("staff"), 5, 0)
        assert [(row["camera_key"], row["replaced_by"]) for row in found["cameras"][:2]] == [
            ("c1", None),
            ("c3", None),
        ]


def test_one_that_may_not_be_used_for_the_incident_stands_in_for_nobody(living: Door) -> None:
    toy_city.draw_fields(living())
    # Camera 3 enforces traffic rules; camera 2 is for disasters, and further for crime prevention.
    alter(living, VIEW.format("200015, 549998, 200030, 550002", 60, "c3", "certain"))
    with out_of_order(living, "c1"):
        assert of(asked(living("staff"), 5, 0), "c1")["replaced_by"]["camera_key"] == "c3"
        assert of(asked(living("staff"), 5, 0, incident_class="101"), "c1")["replaced_by"] is None
        alter(living, VIEW.format("200000, 549998, 200030, 550002", 120, "c2", "possible"))
        found = of(asked(living("staff"), 5, 0, incident_class="101"), "c1")["replaced_by"]
        assert (found["camera_key"], found["sight"]) == ("c2", "possible")
