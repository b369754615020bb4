"""Tables to take away, from the toy city: what each edition holds, and what an internal one leaves behind."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest

from app import downloads, session
from app.roles import EditionRefused, NotYours
from app.services import coverage, tables_out
from app.services.counts_out import gaps_by_dong, incidents_by_month
from app.services.exports import Taking
from app.services.tables_out import TABLES, Asked, NotComputed, UnknownPlan, UnknownTable
from app.sign_in import SignedOut
from etl.db import Database
from tests import city_in_database as toy

FORMULA = '=HYPERLINK("http://evil.example")'
KIM = Taking("internal", "Kim", "patrol")


@pytest.fixture(scope="module", autouse=True)
def _city(owner: Database, loader: Database) -> None:
    toy.lay_out(owner, toy.NETWORK, toy.GROUND, toy.OUTLINE, toy.RECORDS)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("update core.site set address_road = %s where site_key = 's1'", (FORMULA,))
    coverage.coverage(loader, at=toy.DAY, progress=toy.quiet)


def taken(db: Database, what: str, taking: Taking, *, lang: str = "en") -> list[dict[str, str]]:
    """Take a table and read it as a person's program would."""
    made = tables_out.take(db, Asked(what, at=toy.DAY, lang=lang), taking)
    rows = list(csv.DictReader(made.content.decode("utf-8-sig").splitlines()))
    assert made.rows == len(rows)
    return rows


def test_anyone_may_have_points_and_purposes_of_cameras_and_nothing_else(staff: Database) -> None:
    rows = taken(staff, "cameras", Taking("public"))
    assert len(rows) == 3
    assert list(rows[0]) == ["lat", "lon", "dong", "purpose", "invented"]
    assert {row["purpose"] for row in rows} == {"Crime prevention", "Disaster", "Traffic enforcement"}
    assert {what for what, editions in TABLES.items() if "public" in editions} == {"cameras"}


def test_the_committee_learns_neither_number_nor_aim(staff: Database) -> None:
    rows = taken(staff, "cameras", Taking("committee"))
    assert list(rows[0]) == ["lat", "lon", "dong", "agency", "purpose", "kind", "invented"]
    assert sorted(row["agency"] for row in rows) == ["North", "North", "South"]


def test_an_internal_row_says_who_took_it_when_and_why_and_carries_no_formula(staff: Database) -> None:
    rows = taken(staff, "cameras", KIM)
    assert {row["camera_key"]: row["heading_deg"] for row in rows} == {"c1": "90.0", "c2": "", "c3": "180.0"}
    assert [row["address_road"] for row in rows if row["camera_key"] == "c1"] == [f"'{FORMULA}"]
    assert {(row["taken_by"], row["taken_for"]) for row in rows} == {("Kim", "patrol")}
    assert all(date.fromisoformat(row["taken_on"]) for row in rows)


def test_korean_heads_bear_their_units(staff: Database) -> None:
    rows = taken(staff, "cameras", KIM, lang="ko")
    assert "방향 (도, 북에서 시계 방향)" in rows[0]
    assert {row["동"] for row in rows} <= {"동동", "서동"}


def test_the_committee_s_gaps_have_no_place(staff: Database) -> None:
    rows = taken(staff, "gaps", Taking("committee"))
    assert [row["dong"] for row in rows] == ["East", "West", "no place in a dong", "all"]
    assert not {"lat", "lon", "alley", "gap_id"} & set(rows[0])
    inside = taken(staff, "gaps", KIM)
    assert {"lat", "lon"} <= set(inside[0])
    assert 37 < float(inside[0]["lat"]) < 38


def test_coverage_by_dong_ends_with_the_whole_and_keeps_its_ranges(staff: Database) -> None:
    rows = taken(staff, "coverage", Taking("committee"))
    assert [row["dong"] for row in rows] == ["East", "West", "all"]
    # L1 of 100 m and L2 of 60 m
    assert float(rows[-1]["length_m"]) == 160.0
    for row in rows:
        assert float(row["certain"]) <= float(row["low"]) <= float(row["high"]) <= float(row["possible"])


def test_zones_go_out_with_their_denominator(staff: Database) -> None:
    rows = taken(staff, "zones", Taking("committee"))
    assert {row["zone"] for row in rows} == {"Brook", "Hill"}
    assert all(float(row["open_m2"]) > 0 for row in rows)


def test_incidents_go_to_the_committee_as_counts_that_hide_one_and_two(staff: Database) -> None:
    rows = taken(staff, "incidents", Taking("committee"))
    assert len(rows) == 12 * 4  # twelve months, two dong, those without a place, the total
    assert (rows[0]["month"], rows[-1]["month"]) == ("2012-07", "2013-06")
    assert {row["n"] for row in rows} <= {"0", "<3", "withheld"}
    exact = taken(staff, "incidents", KIM)
    assert sum(int(row["n"]) for row in exact) > 0
    assert {"class_code", "class_name"} <= set(exact[0])


def test_where_all_months_are_empty_all_zeros_are_told() -> None:
    rows = list(incidents_by_month([], [], since=date(2013, 1, 1)))
    assert [row["n"] for row in rows] == [0, 0] * 12


def test_counts_of_a_full_city() -> None:
    dong = [{"dong_code": code, "dong_ko": code, "dong_en": code} for code in "ABC"]
    counted = [
        {"month": "2013-01", "dong_code": code, "n": n} for code, n in zip("ABC", (1, 9, 5), strict=True)
    ]
    january = list(incidents_by_month(counted, dong, since=date(2013, 1, 1)))[:5]
    assert [row["n"] for row in january] == ["<3", 9, "withheld", 0, 15]


def test_the_length_of_one_gap_goes_with_its_count() -> None:
    dong = [{"dong_code": code, "dong_ko": code, "dong_en": code} for code in "AB"]
    gaps = [{"dong": "A", "length_m": 10.4}, *({"dong": "B", "length_m": 20.0} for _ in range(4))]
    told = [(row["gaps"], row["length_m"]) for row in gaps_by_dong(gaps, dong)]
    assert told == [("<3", "withheld"), ("withheld", "withheld"), (0, 0), (5, 90)]


def test_an_internal_table_stands_in_the_access_log_and_others_do_not(
    owner: Database, staff: Database
) -> None:
    logged = "select who, purpose, rows, detail->>'at' from meta.access_log where object = 'table zones'"
    taken(staff, "zones", Taking("committee"))
    taken(staff, "zones", KIM)
    with owner.engine.connect() as connection:
        assert list(connection.exec_driver_sql(logged)) == [("Kim", "patrol", 2, "2013-06-30")]


def test_a_plan_goes_out_as_it_was_chosen_and_to_nobody_outside(owner: Database, staff: Database) -> None:
    with pytest.raises(UnknownPlan, match="golmok plan"):
        taken(staff, "plan", KIM)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "insert into core.plan (cameras, figures) values (2, '{}');"
            "insert into core.plan_camera (plan_id, order_no, heading_deg, gain, price_won, geom)"
            " select plan_id, n, 90 * n, 0.1 / n, 20000000, st_setsrid(st_makepoint(200060, 550010), 5186)"
            " from core.plan, generate_series(1, 2) n"
        )
    rows = taken(staff, "plan", KIM)
    assert [(row["order_no"], row["heading_deg"], row["gain"], row["dong"]) for row in rows] == [
        ("1", "90.0", "0.1", "East"),
        ("2", "180.0", "0.05", "East"),
    ]
    with pytest.raises(UnknownPlan, match="999"):
        tables_out.take(staff, Asked("plan", plan_id=999), KIM)
    with pytest.raises(EditionRefused):
        tables_out.take(staff, Asked("plan"), Taking("committee"))


@pytest.mark.parametrize("what", ["plan", "coverage", "zones", "gaps", "incidents"])
def test_what_is_not_public_is_refused_to_the_public(staff: Database, what: str) -> None:
    with pytest.raises(EditionRefused, match=what):
        tables_out.take(staff, Asked(what), Taking("public"))


def test_what_is_not_computed_or_not_there_is_said(staff: Database) -> None:
    with pytest.raises(NotComputed, match="--class identify"):
        tables_out.take(staff, Asked("gaps", density_class="identify"), Taking())
    with pytest.raises(UnknownTable, match="cameras"):
        Asked("secrets")


def test_a_table_without_rows_still_has_its_head(staff: Database) -> None:
    made = tables_out.take(staff, Asked("cameras", at=date(2009, 1, 1), lang="en"), Taking("public"))
    assert made.content.decode("utf-8-sig") == "lat,lon,dong,purpose\r\n"


def test_the_same_table_has_the_same_bytes(staff: Database) -> None:
    first, second = (tables_out.take(staff, Asked("cameras"), Taking("public")) for _ in range(2))
    assert first.sha256 == second.sha256


def test_a_button_asks_again_who_presses_it(staff: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page may have stood open for hours: roles are asked when the file is made."""
    monkeypatch.setattr(session, "shared_database", lambda: staff)
    monkeypatch.setattr(session, "roles_later", lambda: lambda: frozenset({"committee"}))
    assert downloads._made(Asked("gaps", at=toy.DAY), Taking())().startswith(b"\xef\xbb\xbf")
    with pytest.raises(NotYours):
        downloads._made(Asked("gaps", at=toy.DAY), KIM)()

    def over() -> Any:
        raise SignedOut()

    monkeypatch.setattr(session, "roles_later", lambda: over)
    with pytest.raises(SignedOut):
        downloads._made(Asked("gaps", at=toy.DAY), Taking())()
