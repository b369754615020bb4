"""The command `plans`, and how a plan is printed: list, one, a file, two side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import printing_plan
from etl.db import open_database
from etl.store.plans import keep_plan
from tests.plan_answer import full, site
from tests.terminal import Golmok


def said_by(golmok: Golmok, *typed: str) -> tuple[int, str, str]:
    told = golmok(*typed)
    return told.code, told.out, told.err


@pytest.fixture
def numbers(toy_golmok: Golmok) -> tuple[int, int]:
    db = open_database(None, role="loader")
    best = {"chosen": [site(52, 30)], "proved_optimal": True, "gap": 0.0, "bound": 0.65}
    return keep_plan(db, full(), name="spring"), keep_plan(db, full(**best), name="autumn")


def test_kept_plans_are_listed_the_last_first(toy_golmok: Golmok, numbers: tuple[int, int]) -> None:
    code, out, _ = said_by(toy_golmok, "plans")
    assert code == 0
    lines = [line for line in out.splitlines() if "spring" in line or "autumn" in line]
    assert ["autumn" in line for line in lines] == [True, False]
    # Reached is rounded down, the bound up.
    assert ("65.00 %" in lines[1], "65.12 %" in lines[1], "proposed" in lines[1]) == (True, True, True)
    code, out, _ = said_by(toy_golmok, "plans", "--json")
    assert [plan["name"] for plan in json.loads(out)["plans"]] == ["autumn", "spring"]


def test_one_is_shown_with_all_that_stands_around_it(toy_golmok: Golmok, numbers: tuple[int, int]) -> None:
    code, out, _ = said_by(toy_golmok, "plans", "--show", str(numbers[0]))
    assert code == 0
    told = " ".join(out.split())
    for said in (
        "no choice sees more than 65.12 %; this plan reaches 65.00 %, within 0.19 % of that.",
        "Risk seen: 40.00 % now, 65.00 % with the plan.",
        "It costs 40,800,000 won",
        "Other plan 1: 64.60 %, 40,300,000 won, 34 % of the sites elsewhere.",
        "the same number (of a plan for a budget, the same money) would see 55.00 %",
        "20,000,000 won 50.00 %, 40,000,000 won 60.00 %",
        "Kendall's τ of the ranking: median 0.86, 5–95 % 0.71 to 0.95",
        "- calls to 112: weight 60 %, 4 rows, 30 June 2013, incidents",
        "- dark at night: weight 20 %",
        "Not loaded, so left out: complaints.",
        f"It is kept as plan no. {numbers[0]}.",
        "taken down",
        "This district is invented.",
    ):
        assert said in told, said
    code, out, _ = said_by(toy_golmok, "plans", "--show", str(numbers[1]), "--json")
    answer = json.loads(out)
    assert answer["proved_optimal"] is True
    assert "view" not in answer["chosen"][0]


def test_a_file_is_written_and_said(toy_golmok: Golmok, numbers: tuple[int, int], tmp_path: Path) -> None:
    sheet, table = tmp_path / "plan.pdf", tmp_path / "plan.csv"
    code, out, _ = said_by(toy_golmok, "plans", "--plan", str(numbers[0]), "--out", str(sheet))
    assert code == 0
    assert "The sheet is written" in out
    assert sheet.read_bytes().startswith(b"%PDF")
    code, _, said = said_by(toy_golmok, "plans", "--plan", str(numbers[0]), "--out", str(table))
    assert (code, table.exists()) == (2, False)
    assert "internal" in said
    code, _, said = said_by(
        toy_golmok, "plans", "--plan", str(numbers[0]), "--out", str(table), "--edition", "internal"
    )
    assert (code, table.exists()) == (2, False)
    taken = ("--edition", "internal", "--by", "Kim", "--purpose", "survey")
    code, out, _ = said_by(
        toy_golmok, "plans", "--plan", str(numbers[0]), "--out", str(table), *taken, "--json"
    )
    assert code == 0
    answer = json.loads(out)
    assert (answer["rows"], answer["pages"], answer["bytes"]) == (4, None, table.stat().st_size)
    code, out, _ = said_by(toy_golmok, "access", "--since", "2020-01-01", "--exports")
    assert "Kim" in out and "survey" in out


def test_two_are_laid_side_by_side(toy_golmok: Golmok, numbers: tuple[int, int]) -> None:
    code, out, _ = said_by(toy_golmok, "plans", "--compare", *map(str, numbers))
    assert code == 0
    told = " ".join(out.split())
    one, other = numbers
    assert (
        f"Places in both: 1; in no. {one} alone: 3; in no. {other} alone: 0. Within 10 m is one place."
        in told
    )
    assert "gap to that, at most 0.19 % 0.00 %" in told
    assert "proved to be the best not proved proved" in told
    assert "no choice sees more than 65.12 % 65.00 %" in told
    code, out, _ = said_by(toy_golmok, "plans", "--compare", *map(str, numbers), "--json")
    assert [row["no_a"] for row in json.loads(out)["only_a"]] == [2, 3, 4]


@pytest.mark.parametrize(
    "typed",
    [("--show", "1", "--compare", "1", "2"), ("--plan", "1"), ("--out", "plan.pdf"), ("--show", "0")],
)
def test_what_cannot_be_asked_is_said(toy_golmok: Golmok, typed: tuple[str, ...]) -> None:
    code, _, _ = said_by(toy_golmok, "plans", *typed)
    assert code == 2


def test_a_plan_that_is_none_is_said(toy_golmok: Golmok) -> None:
    code, _, said = said_by(toy_golmok, "plans", "--show", "4711")
    assert (code, "4711" in said) == (2, True)
    code, out, _ = said_by(toy_golmok, "plans")
    assert (code, "No plan has been made yet." in out) == (0, True)


def test_a_plan_in_korean_says_its_bound(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(printing_plan, "language", lambda: "ko")
    printing_plan.plan(full())
    told = " ".join(capsys.readouterr().out.split())
    assert "65.12 %보다 많이 볼 수 없습니다. 이 계획은 65.00 %로, 그 값과의 차이는 0.19 % 이내입니다." in told
