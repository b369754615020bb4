"""The commands between a plan and its decision, as a person types them."""

from __future__ import annotations

import pytest

from app.services import consultation
from etl.db import open_database
from tests.asked_plans import kept
from tests.terminal import Golmok

HEARING = (
    "--method",
    "hearing",
    "--from",
    "2014-02-03",
    "--to",
    "2014-02-21",
    "--opinions",
    "12",
    "--outcome",
    "changes",
)


@pytest.fixture
def plan(toy_golmok: Golmok) -> str:
    """A plan of two cameras in the toy city."""
    db = open_database(None, role="loader")
    number = kept(db)
    db.close()
    return str(number)


def test_a_plan_is_asked_about_and_approved(toy_golmok: Golmok, plan: str) -> None:
    first = toy_golmok("consult", plan)
    assert first.code == 0
    assert f"Plan no. {plan}: proposed" in first.out
    assert "there is no consultation record" in first.out
    assert "Article 25(1) 2: crime prevention and investigation: 2" in first.out
    refused = toy_golmok("approve", plan, "--by", "Lee")
    assert refused.code == 2
    assert "no consultation record" in refused.err
    said = toy_golmok("consult", plan, *HEARING, "--document", "=17", "--by", "Kim")
    assert said.code == 0
    for text in (
        "consulted",
        "hearing",
        "3 February 2014 – 21 February 2014",
        "supported with changes",
        "12",
        "=17",
        "Kim",
    ):
        assert text in said.out
    done = toy_golmok("approve", plan, "--by", "Lee", "--json")
    assert done.answer["state"] == "approved"
    assert done.answer["decision"]["by"] == "Lee"
    again = toy_golmok("reject", plan, "--by", "Lee", "--why", "late")
    assert again.code == 2
    assert "is decided, for good" in again.err


def test_a_mistaken_record_is_withdrawn(toy_golmok: Golmok, plan: str) -> None:
    told = toy_golmok("consult", plan, *HEARING, "--camera", "1", "--by", "Kim", "--json").answer
    assert told["state"] == "proposed"
    shown = toy_golmok("consult", plan)
    assert "camera 1" in shown.out
    assert "about 1 of 2 cameras only" in shown.out
    gone = toy_golmok("consult", plan, "--withdraw", str(told["records"][0]["no"]), "--by", "Park")
    assert "withdrawn (Park, " in gone.out


def test_a_purpose_alone_gives_its_ground(toy_golmok: Golmok) -> None:
    db = open_database(None, role="loader")
    bare = str(kept(db, ground=None))
    db.close()
    assert "2 of 2 cameras keep no ground in law" in toy_golmok("consult", bare).out
    told = toy_golmok("consult", bare, "--purpose", "traffic_information", "--by", "Kim")
    assert "Article 25(1) 5: traffic information: 2" in told.out


def test_a_rejection_says_why(toy_golmok: Golmok, plan: str) -> None:
    done = toy_golmok("reject", plan, "--by", "Lee", "--why", "a school's yard")
    assert "Plan no. " in done.out
    assert "Reason: a school's yard" in done.out


@pytest.mark.parametrize(
    "words",
    [
        ("--method", "hearing", "--by", "Kim"),
        HEARING,
        ("--opinions", "3", "--withdraw", "1", "--by", "Kim"),
        ("--withdraw", "1"),
        (*HEARING[:-1], "fine", "--by", "Kim"),
        (*HEARING, "--purpose", "curiosity", "--by", "Kim"),
    ],
)
def test_half_a_record_is_none(toy_golmok: Golmok, plan: str, words: tuple[str, ...]) -> None:
    told = toy_golmok("consult", plan, *words)
    assert told.code == 2
    db = open_database(None, role="loader")
    assert consultation.of_plan(db, int(plan))["records"] == []
    db.close()
