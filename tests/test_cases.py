"""Cases: opened and closed once by name, never changed; the database answers for an open one alone, and only by its own door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.services import WrongUse, cases
from app.words import sentence
from etl.db import Role
from tests.city_in_database import Door, opened
from tests.database import TestCity
from tests.terminal import Golmok

GIVEN = {"office": "Golmok police", "ground": "18-2-7", "by": "Kim"}
QUESTION = (
    "select * from api.could_have_recorded('{case}', st_setsrid(st_makepoint(127, 37.5), 4326), 50,"
    " '2013-06-25 12:00+09', '2013-06-25 13:00+09')"
)


@pytest.fixture
def door(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """An empty district."""
    with opened(make_city()) as opening:
        yield opening


def run(door: Door, statement: str, role: Role = "owner") -> int:
    """Run a statement under a role and commit; return how many rows it gave or changed."""
    with door(role).engine.begin() as connection:
        found = connection.execute(text(statement))
        return len(found.all()) if found.returns_rows else found.rowcount


def test_a_case_is_opened_and_closed_and_may_be_opened_anew(door: Door) -> None:
    db = door()
    row = cases.open_case(db, " 2013-1 ", **GIVEN)
    assert (row["case_no"], row["office"], row["ground"], row["opened_by"]) == (
        "2013-1", "Golmok police", "18-2-7", "Kim",
    )  # fmt: skip
    assert row["closed_at"] is None
    with pytest.raises(cases.CaseOpen):
        cases.open_case(db, "2013-1", **GIVEN)
    closed = cases.close_case(db, "2013-1", by="Lee")
    assert (closed["opened_by"], closed["closed_by"]) == ("Kim", "Lee")
    assert closed["closed_at"] > closed["opened_at"]
    with pytest.raises(cases.CaseNotOpen):
        cases.close_case(db, "2013-1", by="Lee")
    cases.open_case(db, "2013-1", **GIVEN)
    told = cases.cases(db)
    assert [(each["case_no"], each["closed_by"]) for each in told["cases"]] == [
        ("2013-1", None),
        ("2013-1", "Lee"),
    ]
    assert (told["open"], len(cases.cases(db, open_alone=True)["cases"])) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"case_no": "  "}, cases.CaseBlank),
        ({"case_no": "x" * 61}, WrongUse),
        ({"case_no": "a\nb"}, WrongUse),
        ({"office": ""}, WrongUse),
        ({"by": " "}, WrongUse),
        ({"ground": "18-2-4"}, cases.UnknownGround),
    ],
)
def test_a_case_says_its_office_its_ground_and_who_opens_it(
    door: Door, changes: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        cases.open_case(door(), **({"case_no": "2013-1"} | GIVEN | changes))
    assert sentence(raised.value, "ko")[1] == 2
    assert cases.cases(door())["cases"] == []


def test_a_case_is_never_changed_nor_deleted(door: Door) -> None:
    cases.open_case(door(), "2013-1", **GIVEN)
    for statement in (
        "update meta.case_file set ground = '35'",
        "update meta.case_file set closed_by = 'Lee', case_no = 'x'",
        "delete from meta.case_file",
        "truncate meta.case_file",
    ):
        with pytest.raises(DBAPIError, match="opened and closed once"):
            run(door, statement)
    # When, and by which login, is not for the writer to say.
    for statement in (
        "update meta.case_file set closed_at = '2000-01-01', closed_by = 'Lee'",
        "insert into meta.case_file (case_no, office, ground, opened_by, opened_at) values ('2', 'o', '35', 'Kim', '2000-01-01')",
        "delete from meta.case_file",
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            run(door, statement, "loader")
    cases.close_case(door(), "2013-1", by="Lee")
    with pytest.raises(DBAPIError, match="opened and closed once"):
        run(door, "update meta.case_file set closed_by = 'Park'")


def test_the_database_itself_refuses_a_question_without_an_open_case(door: Door) -> None:
    with pytest.raises(DBAPIError, match="no case 2013-1 is open"):
        run(door, QUESTION.format(case="2013-1"), "staff")
    cases.open_case(door(), "2013-1", **GIVEN)
    assert run(door, QUESTION.format(case="2013-1"), "staff") == 0
    assert run(door, "select from meta.access_log where object = 'witness'") == 1
    cases.close_case(door(), "2013-1", by="Lee")
    with pytest.raises(DBAPIError, match="no case 2013-1 is open"):
        run(door, QUESTION.format(case="2013-1"), "staff")


@pytest.mark.parametrize("role", ["staff", "loader", "public"])
def test_nobody_goes_round_the_door(door: Door, role: Role) -> None:
    inner = "select * from api.recording(st_setsrid(st_makepoint(127, 37.5), 4326), 50, now(), now())"
    with pytest.raises(DBAPIError, match="permission denied"):
        run(door, inner, role)


def test_staff_knows_a_case_by_its_number_alone_and_anyone_none(door: Door) -> None:
    cases.open_case(door(), "2013-1", **GIVEN)
    assert run(door, "select * from api.open_case('2013-1')", "staff") == 1
    assert run(door, "select * from api.open_case('2013-2')", "staff") == 0
    for role, statement in (
        ("staff", "select * from meta.case_file"),
        ("public", "select * from api.open_case('2013-1')"),
        ("public", QUESTION.format(case="2013-1")),
    ):
        with pytest.raises(DBAPIError, match="permission denied"):
            run(door, statement, role)  # type: ignore[arg-type]  # one of the roles


def test_a_row_closed_by_nobody_is_impossible(door: Door) -> None:
    values = "'1', 'o', '35', 'Kim', clock_timestamp() + interval '1 s'"
    with pytest.raises(IntegrityError, match="closed_by_somebody"):
        run(
            door,
            f"insert into meta.case_file (case_no, office, ground, opened_by, closed_at) values ({values})",
        )


def test_the_commands(toy_golmok: Golmok, tmp_path: Path) -> None:
    opened_ = toy_golmok(
        "case", "open", "=1-2", "--office", "Toy police", "--ground", "18-2-7", "--by", "Lee"
    )
    assert opened_.out.startswith("Case =1-2 is open: Toy police, Article 18(2) 7")
    place = ("--lat", "37.549518", "--lon", "127.000226", "--radius-m", "20")
    time = ("--from", "2013-06-25T12:00", "--to", "2013-06-25 13:00")
    out = tmp_path / "request.csv"
    told = toy_golmok("witness", "--case", "=1-2", *place, *time, "--by", "Kim", "--out", out)
    assert told.code == 0, told.err
    assert told.out.startswith(
        "Cameras that could have recorded it, their footage not yet deleted: 2; for certain: 1."
    )
    lines = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert len(lines) == 4
    # A number that a sheet would take for a formula is made harmless.
    assert lines[1].startswith("'=1-2-1,'=1-2,Toy police,")
    answer = toy_golmok("witness", "--case", "=1-2", *place, *time, "--json").answer
    assert (answer["headline_code"], answer["at"], answer["invented"]) == ("kept", "2013-06-25", True)
    assert toy_golmok("case", "close", "=1-2", "--by", "Lee").out.startswith("Case =1-2 is closed.")
    refused = toy_golmok("witness", "--case", "=1-2", *place, *time)
    assert (refused.code, "No case of this number is open (=1-2)" in refused.err) == (2, True)
    listed = toy_golmok("case", "list", "--json").answer
    assert (listed["open"], listed["cases"][0]["closed_by"]) == (0, "Lee")
    assert "Toy police" in toy_golmok("case", "list").out
    assert (
        toy_golmok("witness", "--case", "1", *place, *time, "--out", tmp_path / "a.pdf", "--by", "Kim").code
        == 2
    )
    nobody = toy_golmok("witness", "--case", "1", *place, *time, "--out", out)
    assert nobody.code == 2
    assert "--out needs --by" in nobody.err
