"""From a proposal to its approval: no plan is approved unasked, by the service nor by raw SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.roles import NotYours
from app.services import UnknownPlan, WrongUse, consultation
from app.services.consultation import (
    BlankText,
    EndsBeforeItBegins,
    NoGround,
    NoSuchChoice,
    NoSuchRecord,
    NoSuchSite,
    NotConsulted,
    NotOver,
    OutcomeUnlikeOpinions,
    PlanDecided,
    TextTooLong,
)
from app.services.plans import opened
from app.words import sentence
from etl.db import Role
from etl.store.days import today
from etl.store.fingerprint import state_hash
from tests.asked_plans import HEARING, kept
from tests.city_in_database import Door
from tests.city_in_database import opened as opening
from tests.database import TestCity

APPROVAL = "insert into core.plan_decision (plan_id, decision, decided_by) values ({plan}, 'approved', 'Lee')"


@pytest.fixture
def door(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """An empty district."""
    with opening(make_city()) as made:
        yield made


def run(door: Door, statement: str, role: Role = "owner") -> None:
    with door(role).engine.begin() as connection:
        connection.execute(text(statement))


def test_a_plan_goes_from_proposed_over_consulted_to_approved(door: Door) -> None:
    db = door()
    plan = kept(db)
    told = consultation.of_plan(db, plan)
    assert (told["state"], told["records"], told["decision"]) == ("proposed", [], None)
    assert told["cameras"] == [
        {"order_no": 1, "ground": "25-1-2", "asked": False},
        {"order_no": 2, "ground": "25-1-2", "asked": False},
    ]
    told = consultation.record(db, plan, HEARING, by=" Kim ")
    (record,) = told["records"]
    assert told["state"] == "consulted"
    assert {name: record[name] for name in ("method", "held_from", "held_to", "opinions", "outcome", "camera")} == {
        "method": "hearing", "held_from": "2014-02-03", "held_to": "2014-02-21", "opinions": 12, "outcome": "changes", "camera": None,
    }  # fmt: skip
    assert (record["document"], record["recorded_by"], record["stands"]) == ("재난-2014-17", "Kim", True)
    told = consultation.approve(db, plan, by="Lee", why="agreed on 3 March")
    assert told["state"] == "approved"
    assert {name: told["decision"][name] for name in ("decision", "why", "by")} == {
        "decision": "approved", "why": "agreed on 3 March", "by": "Lee",
    }  # fmt: skip
    assert consultation.states(db) == {plan: "approved"}


def test_no_plan_is_approved_unasked_by_the_service(door: Door) -> None:
    db = door()
    plan = kept(db)
    with pytest.raises(NotConsulted) as raised:
        consultation.approve(db, plan, by="Lee")
    for lang in ("ko", "en"):
        told, code = sentence(raised.value, lang)
        assert code == 2
        assert f"golmok consult {plan}" in told
    assert consultation.of_plan(db, plan)["state"] == "proposed"


@pytest.mark.parametrize("role", ["loader", "owner"])
def test_no_plan_is_approved_unasked_by_raw_sql(door: Door, role: Role) -> None:
    plan = kept(door())
    with pytest.raises(DBAPIError, match="has no consultation record"):
        run(door, APPROVAL.format(plan=plan), role)
    # nor on a record that was withdrawn
    number = consultation.record(door(), plan, HEARING, by="Kim")["records"][0]["no"]
    consultation.withdraw(door(), plan, number, by="Kim")
    with pytest.raises(DBAPIError, match="has no consultation record"):
        run(door, APPROVAL.format(plan=plan), role)
    consultation.record(door(), plan, HEARING, by="Kim")
    run(door, APPROVAL.format(plan=plan), role)
    assert consultation.of_plan(door(), plan)["state"] == "approved"


def test_records_of_single_cameras_count_when_they_are_all(door: Door) -> None:
    db = door()
    plan = kept(db)
    told = consultation.record(db, plan, replace(HEARING, order_no=1), by="Kim")
    assert (told["state"], [row["asked"] for row in told["cameras"]]) == ("proposed", [True, False])
    with pytest.raises(NotConsulted):
        consultation.approve(db, plan, by="Lee")
    with pytest.raises(DBAPIError, match="has no consultation record"):
        run(door, APPROVAL.format(plan=plan))
    told = consultation.record(db, plan, replace(HEARING, order_no=2, method="survey"), by="Kim")
    assert told["state"] == "consulted"
    assert consultation.approve(db, plan, by="Lee")["state"] == "approved"


def test_a_plan_without_cameras_is_not_asked_about_by_itself(door: Door) -> None:
    plan = kept(door(), cameras=0)
    assert consultation.of_plan(door(), plan)["state"] == "proposed"
    with pytest.raises(DBAPIError, match="has no consultation record"):
        run(door, APPROVAL.format(plan=plan))


def test_each_camera_needs_a_ground_of_the_law(door: Door) -> None:
    db = door()
    plan = kept(db, ground=None)
    consultation.record(db, plan, HEARING, by="Kim")
    with pytest.raises(NoGround, match="1, 2"):
        consultation.approve(db, plan, by="Lee")
    with pytest.raises(DBAPIError, match="has no ground in law"):
        run(door, APPROVAL.format(plan=plan))
    with pytest.raises(DBAPIError, match="a_ground_of_the_law"):
        kept(db, ground="18-2-7")


def test_a_purpose_gives_its_ground_where_none_is_kept(door: Door) -> None:
    db = door()
    bare, told = kept(db, ground=None), kept(db, ground="25-1-4")
    for plan in (bare, told):
        consultation.record(db, plan, HEARING, by="Kim", purpose="disaster")
    assert [row["ground"] for row in consultation.of_plan(db, bare)["cameras"]] == ["25-1-3"] * 2
    assert [row["ground"] for row in consultation.of_plan(db, told)["cameras"]] == ["25-1-4"] * 2
    assert consultation.approve(db, bare, by="Lee")["state"] == "approved"


def test_a_ground_may_be_told_late_and_nothing_else_of_the_cameras(door: Door) -> None:
    db = door()
    plan = kept(db, ground=None)
    consultation.record(db, plan, HEARING, by="Kim")
    with pytest.raises(DBAPIError, match="they stay as they were"):
        run(door, 'update core.plan_camera set attributes = \'{"ground": "25-1-2"}\'')  # and loses its street
    told = consultation.give_ground(db, plan, "crime_prevention", by="Kim")
    assert [row["ground"] for row in told["cameras"]] == ["25-1-2"] * 2
    # once told it stands
    assert consultation.give_ground(db, plan, "disaster", by="Kim")["cameras"] == told["cameras"]
    with pytest.raises(DBAPIError, match="they stay as they were"):
        run(door, "update core.plan_camera set attributes = attributes - 'ground'")
    assert opened(db, plan)["chosen"][0]["ground_by"] == "Kim"
    consultation.approve(db, plan, by="Lee")
    with pytest.raises(PlanDecided):
        consultation.give_ground(db, plan, "disaster", by="Kim")


def test_a_plan_is_decided_once(door: Door) -> None:
    db = door()
    plan = kept(db)
    told = consultation.reject(db, plan, by="Lee", why="the yard of a school")
    assert (told["state"], told["decision"]["why"]) == ("rejected", "the yard of a school")
    number = 1
    for again in (
        lambda: consultation.approve(db, plan, by="Lee"),
        lambda: consultation.reject(db, plan, by="Lee", why="x"),
        lambda: consultation.record(db, plan, HEARING, by="Kim"),
        lambda: consultation.withdraw(db, plan, number, by="Kim"),
    ):
        with pytest.raises(PlanDecided):
            again()
    with pytest.raises(DBAPIError, match="one_decision_a_plan"):
        run(door, "insert into core.plan_decision (plan_id, decision, why, decided_by)"
            f" values ({plan}, 'rejected', 'x', 'Lee')")  # fmt: skip
    with pytest.raises(DBAPIError, match="a_rejection_says_why"):
        run(door, "insert into core.plan_decision (plan_id, decision, decided_by)"
            f" values ({kept(db)}, 'rejected', 'Lee')")  # fmt: skip


def test_a_record_is_withdrawn_once_and_stays(door: Door) -> None:
    db = door()
    plan = kept(db)
    number = consultation.record(db, plan, HEARING, by="Kim")["records"][0]["no"]
    told = consultation.withdraw(db, plan, number, by="Park")
    assert told["state"] == "proposed"
    (record,) = told["records"]
    assert (record["stands"], record["withdrawn_by"], record["recorded_by"]) == (False, "Park", "Kim")
    with pytest.raises(NoSuchRecord):
        consultation.withdraw(db, plan, number, by="Park")
    other = kept(db)
    with pytest.raises(NoSuchRecord):
        consultation.withdraw(db, other, number, by="Park")


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("update core.plan_consultation set opinions = 99", "never changed"),
        ("update core.plan_consultation set withdrawn_by = 'x', outcome = 'supported'", "never changed"),
        ("delete from core.plan_consultation", "never changed"),
        ("truncate core.plan_consultation", "never changed"),
        ("update core.plan_decision set decided_by = 'x'", "only added to"),
        ("delete from core.plan_decision", "only added to"),
        ("truncate core.plan_decision", "only added to"),
        ("update core.plan_consultation set withdrawn_by = 'x'", "is decided"),
        ("update core.plan_camera set heading_deg = 90", "they stay as they were"),
        ("delete from core.plan_camera", "they stay as they were"),
        ("delete from core.plan", "they stay as they were"),
    ],
)
def test_what_was_asked_and_decided_stands_whoever_holds_the_pen(
    door: Door, statement: str, refusal: str
) -> None:
    plan = kept(door())
    consultation.record(door(), plan, HEARING, by="Kim")
    consultation.approve(door(), plan, by="Lee")
    before = state_hash(door("owner"))
    with pytest.raises(DBAPIError, match=refusal):
        run(door, statement)
    assert state_hash(door("owner")) == before


@pytest.mark.parametrize(
    "statement",
    [
        "update core.plan_consultation set recorded_by = 'x'",
        "delete from core.plan_decision",
        "insert into core.plan_consultation (plan_id, method, held_from, held_to, opinions, outcome, recorded_by, recorded_at)"
        " values ({plan}, 'poll', '2014-01-01', '2014-01-02', 1, 'supported', 'x', '2000-01-01')",
        "insert into core.plan_decision (plan_id, decision, decided_by, decided_at)"
        " values ({plan}, 'approved', 'x', '2000-01-01')",
    ],
)
def test_when_and_by_which_login_is_not_for_the_writer_to_say(door: Door, statement: str) -> None:
    plan = kept(door())
    with pytest.raises(DBAPIError, match="permission denied"):
        run(door, statement.format(plan=plan), "loader")


def test_staff_reads_and_the_public_does_not(door: Door) -> None:
    kept(door())
    run(door, "select * from api.plan_state", "staff")
    run(door, "select * from api.plan_consultation", "staff")
    for view in ("plan_state", "plan_consultation"):
        with pytest.raises(DBAPIError, match="permission denied"):
            run(door, f"select * from api.{view}", "public")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"method": "letter"}, NoSuchChoice),
        ({"outcome": "fine"}, NoSuchChoice),
        ({"opinions": -1}, OutcomeUnlikeOpinions),
        ({"opinions": 0}, OutcomeUnlikeOpinions),
        ({"outcome": "none"}, OutcomeUnlikeOpinions),
        ({"held_to": date(2014, 2, 2)}, EndsBeforeItBegins),
        ({"order_no": 3}, NoSuchSite),
        ({"document": "x" * 61}, TextTooLong),
        ({"document": "a\nb"}, TextTooLong),
    ],
)
def test_what_cannot_be_is_not_recorded(door: Door, changes: dict[str, Any], error: type[Exception]) -> None:
    plan = kept(door())
    with pytest.raises(error):
        consultation.record(door(), plan, replace(HEARING, **changes), by="Kim")
    assert consultation.of_plan(door(), plan)["records"] == []


def test_a_consultation_is_recorded_when_it_is_over(door: Door) -> None:
    db = door()
    plan, ends = kept(db), today(db) + timedelta(days=1)
    with pytest.raises(NotOver):
        consultation.record(db, plan, replace(HEARING, held_to=ends), by="Kim")
    with pytest.raises(DBAPIError, match="recorded when it is over"):
        run(door, "insert into core.plan_consultation (plan_id, method, held_from, held_to, opinions, outcome, recorded_by)"
            f" values ({plan}, 'poll', '2014-01-01', '{ends}', 1, 'supported', 'Kim')")  # fmt: skip
    told = consultation.record(
        db, plan, replace(HEARING, held_to=today(db), opinions=0, outcome="none"), by="Kim"
    )
    assert told["state"] == "consulted"


def test_an_unknown_plan_a_purpose_that_is_none_and_a_blank_name_are_refused(door: Door) -> None:
    db = door()
    plan = kept(db)
    for asked in (
        lambda: consultation.of_plan(db, plan + 1),
        lambda: consultation.approve(db, plan + 1, by="Lee"),
        lambda: consultation.record(db, plan + 1, HEARING, by="Kim"),
    ):
        with pytest.raises(UnknownPlan):
            asked()
    with pytest.raises(WrongUse, match="curiosity"):
        consultation.record(db, plan, HEARING, by="Kim", purpose="curiosity")
    with pytest.raises(BlankText, match="by"):
        consultation.record(db, plan, HEARING, by=" ")
    with pytest.raises(BlankText, match="why"):
        consultation.reject(db, plan, by="Lee", why=" ")


def test_planners_record_and_the_committee_decides(door: Door) -> None:
    db = door()
    plan = kept(db)
    planner, committee = frozenset({"planner"}), frozenset({"committee"})
    with pytest.raises(NotYours):
        consultation.record(db, plan, HEARING, by="Lee", roles=committee)
    consultation.record(db, plan, HEARING, by="Kim", roles=planner)
    with pytest.raises(NotYours):
        consultation.approve(db, plan, by="Kim", roles=planner)
    with pytest.raises(NotYours):
        consultation.reject(db, plan, by="Kim", why="x", roles=planner)
    assert consultation.approve(db, plan, by="Lee", roles=committee)["state"] == "approved"


def test_an_opened_plan_says_how_far_each_camera_is(door: Door) -> None:
    db = door()
    plan = kept(db)
    consultation.record(db, plan, replace(HEARING, order_no=2), by="Kim")
    answer = consultation.with_state(db, opened(db, plan))
    assert [(row["ground"], row["consultation"]) for row in answer["chosen"]] == [
        ("25-1-2", "proposed"), ("25-1-2", "consulted"),
    ]  # fmt: skip
    assert answer["consultation"]["state"] == "proposed"
    consultation.reject(db, plan, by="Lee", why="x")
    answer = consultation.with_state(db, opened(db, plan))
    assert [row["consultation"] for row in answer["chosen"]] == ["rejected"] * 2


def test_the_hash_tells_records_withdrawals_and_decisions(door: Door) -> None:
    db, owner = door(), door("owner")
    plan = kept(db)
    hashes = [state_hash(owner).hash]
    number = consultation.record(db, plan, HEARING, by="Kim")["records"][0]["no"]
    hashes.append(state_hash(owner).hash)
    consultation.withdraw(db, plan, number, by="Kim")
    hashes.append(state_hash(owner).hash)
    consultation.reject(db, plan, by="Lee", why="x")
    hashes.append(state_hash(owner).hash)
    assert len(set(hashes)) == 4
