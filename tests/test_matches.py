"""The same cameras in two departments' lists: loaded, counted once, decided on, and known again at the next load."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.services import matches
from etl import matching
from etl.db import Database
from etl.load import load
from etl.store import writes
from tests.database import TestCity
from tests.test_load import EAST, MIDDLE, WEST, ask, counts, dong, registry, row

OURS, THEIRS = "202631200000001", "202631200000501"
BEHIND = "select camera_key, front_key, during::text from api.camera_behind order by 1"


@pytest.fixture
def db(make_city: Callable[[], TestCity], tmp_path: Path) -> Iterator[Database]:
    database = make_city().open("loader")
    load(database, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    yield database
    database.close()


def police(**cells: str) -> str:
    """Return the row that the police's list gives the camera of `row()`, some 2 m off."""
    return row(
        **{"no": THEIRS, "manager": "골목경찰서", "road": "골목구 골목로1 (삼거리)", "lat": "37.58012"}
        | cells
    )


def far(number: str = "9", **cells: str) -> str:
    """Return a row that nothing likens to the others: it gives the words of addresses their weight."""
    return row(number, road="샘터길 77", lat="37.5832", lon="126.9441", purpose="시설물관리", **cells)


def both(db: Database, folder: Path, *, ours: str | None = None, theirs: str | None = None) -> None:
    load(db, "cameras", registry(folder, ours or row(), far()))
    load(db, "cameras", registry(folder, theirs or police(), name="police.csv"))


def active(db: Database, at: str = "2014-01-01") -> list[str]:
    return [key for (key,) in ask(db, f"select camera_key from api.camera_at('{at}') order by 1")]


def test_a_camera_of_two_lists_counts_once_and_nothing_is_deleted(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    assert len(active(db)) == 6
    ran = matching.refresh(db)
    assert (ran.pairs, ran.behind) == (1, 2)
    assert active(db) == [f"{OURS}-1", f"{OURS}-2", "9-1", "9-2"]
    assert ask(db, BEHIND) == [(f"{THEIRS}-{n}", OURS, "{[2010-05-01,)}") for n in (1, 2)]
    assert ask(db, "select count(*) from core.camera_state") == [(6,)]
    found = matches.matches(db)
    assert found["counts"] == {"doubtful": 0, "sure": 1, "same": 0, "different": 0}
    assert found["network"] == {"cameras": 4, "sites": 2, "cameras_listed": 6, "sites_listed": 3}
    (pair,) = found["pairs"]
    assert (pair["record_a"], pair["record_b"], pair["counts"]) == (OURS, THEIRS, "a")
    assert pair["distance_m"] == pytest.approx(2.2, abs=0.1)


def test_every_question_to_the_network_counts_it_once(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    matching.refresh(db)
    point = "st_setsrid(st_makepoint(126.9368, 37.5801), 4326)"
    nearest = ask(db, f"select camera_key from api.nearest_cameras({point}, 9, '2014-01-01')")
    assert {key for (key,) in nearest} == set(active(db))
    assert ask(db, "select sum(cameras)::int from api.public_site") == [(4,)]
    assert ask(db, "select sum(cameras)::int from api.public_purpose") == [(4,)]
    assert ask(db, "select sum(cameras)::int from api.public_agencies()") == [(4,)]
    assert ask(db, "select sum(cameras)::int from api.public_retention()") == [(4,)]
    assert ask(db, "select count(*) from api.public_camera") == [(4,)]
    assert ask(db, "select status, count(*) from api.camera_state group by 1 order by 1") == [
        ("active", 4),
        ("behind", 2),
    ]


def test_the_public_sees_it_once_with_its_own_rights(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    city = make_city()
    loader, public = city.open("loader"), city.open("public")
    load(loader, "boundaries", dong(tmp_path, ("a", WEST, MIDDLE), ("b", MIDDLE, EAST)))
    both(loader, tmp_path)
    matching.refresh(loader)
    assert ask(public, "select count(*) from api.public_camera") == [(4,)]
    with pytest.raises(DBAPIError, match="permission denied"):
        ask(public, "select front_key from core.camera_behind")
    loader.close()
    public.close()


def test_as_at_a_day_the_one_counts_that_hung_then(db: Database, tmp_path: Path) -> None:
    # the police knew its camera from 2009 on, the gu's list tells of 2010: fewer days are no reason to stand in front
    both(db, tmp_path, theirs=police(installed="200912"))
    matching.refresh(db)
    assert ask(db, BEHIND) == [(f"{OURS}-{n}", THEIRS, "{[2010-05-01,)}") for n in (1, 2)]
    assert active(db, "2010-01-01") == [f"{THEIRS}-1", f"{THEIRS}-2"]
    assert len(active(db, "2013-01-01")) == 4
    # the police take theirs down: from that day on the other one counts, and of before nothing changes
    load(db, "cameras", registry(tmp_path, police(change="D"), far(day="2014-06-30"), name="gone.csv"))
    matching.refresh(db)
    assert active(db, "2014-06-29") == [f"{THEIRS}-1", f"{THEIRS}-2", "9-1", "9-2"]
    assert active(db, "2014-07-01") == [f"{OURS}-1", f"{OURS}-2", "9-1", "9-2"]
    history = "select lower(valid_during), status from api.camera_state where camera_key = '{}-1' order by 1"
    assert ask(db, history.format(OURS)) == [
        (dt.date(2010, 5, 1), "behind"),
        (dt.date(2014, 6, 30), "active"),
    ]


def test_the_same_records_again_write_nothing(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path, theirs=police(count="3"))
    assert matching.refresh(db).ran
    assert not matching.refresh(db).ran
    tables = ("core.same_record", "core.camera_behind", "core.match_decision")
    before = [ask(db, f"select xmin::text, * from {table}") for table in tables]
    load(db, "cameras", registry(tmp_path, police(count="3"), name="police.csv"))
    assert not matching.refresh(db).ran  # the same file again is no news
    with db.engine.begin() as connection:
        connection.exec_driver_sql("delete from core.match_run")
    assert matching.refresh(db) == matching.Ran(ran=True)
    assert [ask(db, f"select xmin::text, * from {table}") for table in tables] == before


def test_the_doubtful_waits_and_counts_twice_until_somebody_decides(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path, theirs=police(count="3"))
    found = matches.refreshed(db, states=("doubtful",))
    (pair,) = found["pairs"]
    assert (pair["state"], pair["parts"]["held"], pair["counts"]) == ("doubtful", "count", None)
    assert found["network"]["cameras"] == 7
    done = matches.decide(db, THEIRS, OURS, said="same", reason="one pole, the third head is gone", by="Kim")
    # the police's list holds more heads: its record stands in front
    assert (done["state"], done["network"]["cameras"], done["decided_by"]) == ("same", 5, "Kim")
    assert active(db) == [f"{THEIRS}-{n}" for n in (1, 2, 3)] + ["9-1", "9-2"]
    (line,) = matches.matches(db)["decisions"]
    assert (line["said"], line["reason"], line["state_before"]) == (
        "same",
        "one pole, the third head is gone",
        "doubtful",
    )


def test_a_decision_holds_at_the_next_load_and_can_be_taken_back(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    matching.refresh(db)
    matches.decide(db, OURS, THEIRS, said="different", reason="two poles, seen on 12 May", by="Kim")
    assert len(active(db)) == 6
    # the next load tells of the same two, and of another view: nobody is asked again
    load(
        db,
        "cameras",
        registry(tmp_path, row(view="120도", day="2014-06-30"), far(day="2014-06-30"), name="next.csv"),
    )
    found = matches.refreshed(db)
    assert found["counts"] == {"doubtful": 0, "sure": 0, "same": 0, "different": 1}
    assert len(active(db)) == 6
    back = matches.decide(db, OURS, THEIRS, said="open", reason="looked again", by="Lee")
    assert (back["state"], back["network"]["cameras"]) == ("sure", 4)
    assert [(line["said"], line["decided_by"]) for line in matches.matches(db)["decisions"]] == [
        ("open", "Lee"),
        ("different", "Kim"),
    ]


def test_a_record_that_changed_is_asked_about_anew_and_the_log_says_so(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    matching.refresh(db)
    matches.decide(db, OURS, THEIRS, said="different", reason="two poles", by="Kim")
    load(db, "cameras", registry(tmp_path, police(count="3", day="2014-06-30"), name="next.csv"))
    found = matches.refreshed(db)
    assert found["counts"]["doubtful"] == 1
    assert [(line["said"], line["reason"]) for line in found["decisions"]] == [
        ("open", "RECORD_CHANGED"),
        ("different", "two poles"),
    ]


def test_what_may_not_be_decided_is_refused_and_not_noted(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    matching.refresh(db)
    for ends, said, reason, error in (
        ((OURS, THEIRS), "different", " ", matches.NoGrounds),
        ((OURS, "nobody"), "same", "why", matches.UnknownRecord),
        ((OURS, "9"), "same", "why", matches.OneList),
        ((OURS, OURS), "same", "why", matches.OneList),
        ((OURS, THEIRS), "open", "why", matches.NothingDecided),
    ):
        with pytest.raises(error):
            matches.decide(db, *ends, said=said, reason=reason)  # type: ignore[arg-type]  # as a command line gives it
    assert matches.matches(db)["decisions"] == []
    with pytest.raises(matches.WrongUse):
        matches.matches(db, states=("maybe",))


def test_nobody_rewrites_the_log(db: Database, tmp_path: Path) -> None:
    both(db, tmp_path)
    matching.refresh(db)
    matches.decide(db, OURS, THEIRS, said="different", reason="two poles")
    for change in ("update core.match_decision set reason = 'x'", "delete from core.match_decision"):
        with db.engine.begin() as connection, pytest.raises(DBAPIError, match="permission denied"):
            connection.exec_driver_sql(change)


def test_new_rules_are_a_reason_to_run_again(db: Database, tmp_path: Path) -> None:
    from dataclasses import replace

    from spatial.types import MatchRules

    both(db, tmp_path)
    matching.refresh(db)
    stricter = replace(db, district=replace(db.district, matching=MatchRules(sure=0.999)))
    assert matching.refresh(stricter).freed == 2
    assert len(active(db)) == 6


# Sites: 0.9 m north of row() are 0.0000081 degrees.
NEAR, TOO_FAR = "37.5801081", "37.5801180"
SITES = "select site_key from core.site order by 1"


def test_a_point_within_the_tolerance_hangs_on_the_site_of_its_address(db: Database, tmp_path: Path) -> None:
    load(db, "cameras", registry(tmp_path, row()))
    theirs = [
        police(lat=NEAR),
        police(no="7", lat=TOO_FAR),
        police(no="8", lat=NEAR, lon="126.9368001", road="딴길 5"),
    ]
    file = registry(tmp_path, *theirs, name="police.csv")
    load(db, "cameras", file)
    hung = "select c.record_key, s.site_key from core.camera c join core.site s using (site_id) where head_no = 1 order by 1"
    assert ask(db, hung) == [
        (OURS, "37.5801000,126.9368000"),
        (THEIRS, "37.5801000,126.9368000"),
        ("7", "37.5801180,126.9368000"),
        ("8", "37.5801081,126.9368001"),
    ]
    before = ask(db, "select xmin::text, * from core.site order by site_id")
    assert counts(load(db, "cameras", file)) == {"unchanged": 3}
    assert ask(db, "select xmin::text, * from core.site order by site_id") == before


def test_the_order_of_the_file_makes_no_other_sites(
    make_city: Callable[[], TestCity], tmp_path: Path
) -> None:
    # three points in a row, 0.9 m from one to the next: the middle one hangs on the first, the last on none
    rows = [row(str(n), lat=lat) for n, lat in enumerate(("37.5801000", "37.5801081", "37.5801162"))]
    found = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        db = make_city().open("loader")
        load(db, "cameras", registry(tmp_path, *(rows[n] for n in order)))
        found.append(
            ask(
                db,
                "select record_key, site_key from core.camera join core.site using (site_id) order by 1, head_no",
            )
        )
        db.close()
    assert found[0] == found[1] == found[2]
    assert [key for _, key in found[0][::2]] == ["37.5801000,126.9368000"] * 2 + ["37.5801162,126.9368000"]


def test_an_address_is_compared_by_what_names_the_house(db: Database) -> None:
    keys = ask(db, """
        select core.address_key(a) from unnest(array['서울특별시 골목구 느루로 12', '골목구 느루로12 (삼거리)', '느루로 12', '느루로 14',
            '골목구 일대', '', null]) with ordinality as t (a, n) order by n
    """)  # fmt: skip
    assert [key for (key,) in keys] == ["느루로12"] * 3 + ["느루로14", None, None, None]


def test_beside_a_load_at_work_a_computation_goes_on_with_the_pairs_of_before(
    db: Database, tmp_path: Path
) -> None:
    both(db, tmp_path)
    with writes.writing(db, "cameras"):
        assert not matching.refresh_unless_loading(db).ran
    assert len(active(db)) == 6
    assert matching.refresh_unless_loading(db).behind == 2
