"""The part of Plan between proposal and decision: who sees which form, what is written, what is refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import session
from app.roles import LOCAL, Role
from app.services import consultation
from etl.db import Database
from tests.asked_plans import HEARING, kept
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.terminal import enter


@pytest.fixture
def db(
    make_city: Callable[[], TestCity], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Database]:
    """An empty district with plan 1."""
    city = make_city()
    database = city.open("loader")
    assert kept(database) == 1
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    yield database
    session.forget_database()
    database.close()


def _page() -> None:
    from app import consultation_parts

    consultation_parts.draw(1)


def seen_as(monkeypatch: pytest.MonkeyPatch, *roles: Role) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset(roles))


def keys(test: AppTest) -> set[str]:
    return {str(widget.key) for widget in (*test.button, *test.text_input, *test.selectbox, *test.date_input)}


def test_a_proposal_says_why_it_cannot_be_approved(db: Database) -> None:
    test = visited(_page)
    assert "Plan no. 1: proposed" in test.markdown[0].value
    assert "there is no consultation record (PIPA article 25(3), Decree article 23)" in page_text(test)
    assert test.button(key="consult_approve_1").disabled
    korean = visited(_page, "ko")
    assert "1번 계획: 제안" in korean.markdown[0].value
    assert "제25조 제1항 제2호: 범죄의 예방과 수사 2대" in page_text(korean)


def test_a_planner_records_and_the_page_tells_it(db: Database) -> None:
    test = visited(_page)
    test.date_input(key="consult_from_1").set_value(date(2014, 2, 3))
    test.date_input(key="consult_to_1").set_value(date(2014, 2, 21))
    test.number_input(key="consult_opinions_1").set_value(12)
    test.text_input(key="consult_who_1").set_value("Kim")
    test.run()
    test.selectbox(key="consult_method_1_5").set_value("hearing")
    assert test.button(key="consult_record_1").disabled  # nothing stands chosen that nobody chose
    test.selectbox(key="consult_outcome_1_4").set_value("changes").run()
    test.button(key="consult_record_1").click().run()
    assert not test.exception
    told = consultation.of_plan(db, 1)
    assert told["state"] == "consulted"
    assert told["records"][0]["recorded_by"] == "Kim"
    shown = test.dataframe[0].value.iloc[0]
    assert shown["period"] == "3 February 2014 – 21 February 2014"
    assert (shown["outcome"], shown["opinions"], shown["state"]) == ("supported with changes", "12", "stands")
    test.text_input(key="consult_decider_1").set_value("Lee")
    test.button(key="consult_approve_1").click().run()
    assert "Plan no. 1: approved" in test.markdown[0].value
    assert "by Lee" in page_text(test)
    # what is decided has no form any more
    assert not keys(test)


def test_nothing_is_recorded_without_a_name(db: Database) -> None:
    test = visited(_page)
    test.selectbox(key="consult_method_1_5").set_value("notice").run()
    test.button(key="consult_record_1").click().run()
    assert test.warning[0].value == "Say who you are."
    assert consultation.of_plan(db, 1)["records"] == []


def test_a_mistaken_record_is_withdrawn_by_name(db: Database) -> None:
    number = consultation.record(db, 1, HEARING, by="Kim")["records"][0]["no"]
    test = visited(_page)
    assert test.button(key="consult_withdraw_do_1").disabled
    test.selectbox(key="consult_withdraw_1").set_value(number)
    test.text_input(key="consult_who_1").set_value("Park").run()
    test.button(key="consult_withdraw_do_1").click().run()
    assert "withdrawn (Park, " in test.dataframe[0].value.iloc[0]["state"]
    assert consultation.of_plan(db, 1)["state"] == "proposed"


def test_a_rejection_without_a_reason_is_refused_in_words(db: Database) -> None:
    test = visited(_page)
    test.text_input(key="consult_decider_1").set_value("Lee")
    test.button(key="consult_reject_1").click().run()
    assert test.warning[0].value == "Say why it is rejected."
    test.text_input(key="consult_why_1").set_value("the yard of a school")
    test.button(key="consult_reject_1").click().run()
    assert "Reason: the yard of a school" in page_text(test)


@pytest.mark.parametrize(
    ("role", "there", "absent"),
    [
        ("planner", "consult_record_1", "consult_approve_1"),
        ("committee", "consult_approve_1", "consult_record_1"),
        ("auditor", None, "consult_record_1"),
    ],
)
def test_each_role_has_its_own_form(
    db: Database, monkeypatch: pytest.MonkeyPatch, role: Role, there: str | None, absent: str
) -> None:
    consultation.record(db, 1, HEARING, by="Kim")
    seen_as(monkeypatch, role)
    found = keys(visited(_page))
    assert (there in found) if there else not found
    assert absent not in found


def test_the_purpose_is_asked_for_where_no_ground_is_kept(db: Database) -> None:
    assert {"planner", "committee"} <= LOCAL
    assert "consult_purpose_1" not in keys(visited(_page))
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            "update core.plan_camera set attributes = attributes - 'ground' where order_no = 1"
        )
    test = visited(_page)
    assert "1 of 2 cameras keep no ground in law" in page_text(test)
    test.text_input(key="consult_who_1").set_value("Kim")
    test.selectbox(key="consult_purpose_1").set_value("disaster").run()
    test.button(key="consult_purpose_do_1").click().run()
    assert "Article 25(1) 3: safety of facilities, fire: 1" in page_text(test)
    assert "consult_purpose_1" not in keys(test)
