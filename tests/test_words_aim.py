"""What is said of aims: the share without evidence, each error alone, and what would narrow the interval most."""

from __future__ import annotations

from typing import Any

import pytest

from app import phrases_aim, printing_aim, printing_changes, report_aims, report_summary
from app.report_blocks import Points, Table
from app.report_format import span
from app.report_view import View
from app.services.verify import set_aside
from tests import answers
from tests.figures import figures

ERRORS = {"aim": 0.0009, "lens": 0.0059, "height": 0.0032, "rim": 0.00001, "step_m": 1.0}
EVEN = {"share": 0.037, "low": 0.034, "high": 0.041}


def aims(**errors: float) -> dict[str, Any]:
    return {
        "unknown": 583,
        "rests_on": {"streets": 583, "check": 2},
        "even": EVEN,
        "unchecked": EVEN,
        "narrowed_by": 0.12,
        "errors": ERRORS | errors,
    }


def test_the_range_is_told_without_evidence_and_errors_in_points() -> None:
    lines = list(phrases_aim.run_lines(answers.coverage() | {"aims": aims()}, "en"))
    assert lines == [
        "The 583 cameras of unknown heading count by chance, resting on: streets at the pole 583, checks of the picture 2. "
        "Were every heading as likely: 3.7 % (95 % interval 3.4–4.1 %).",
        "What people found has taken 12 % off the width of the range.",
        # 0.59 % of all alleys, which is a seventh of the 4 % that are seen: points, no percents of anything.
        "What widens the range, each alone: headings ±0.09, lenses ±0.59, mount heights ±0.32 points.",
    ]
    assert "렌즈 ±0.59 %p" in list(phrases_aim.run_lines(answers.coverage() | {"aims": aims()}, "ko"))[2]


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        ({}, "data sheets of the 463 cameras whose lens is assumed"),
        ({"aim": 0.02}, "a survey of the 583 cameras whose heading is unknown"),
        ({"height": 0.02}, "to measure the mount heights that are assumed"),
    ],
)
def test_the_report_asks_for_what_narrows_the_interval_most(errors: dict[str, float], said: str) -> None:
    told = figures()
    told["coverage"] |= {"aims": aims(**errors)}
    (points,) = (
        block for block in report_summary.sure(View(told, "en", "committee")) if isinstance(block, Points)
    )
    assert said in " ".join(points.items)


def test_the_error_budget_is_in_points_the_widest_first() -> None:
    told = figures() | {"errors": {"errors": ERRORS, "sampled": 60}}
    told["coverage"] |= {"aims": aims()}
    view = View(told, "en", "committee")
    *_, table = (block for block in report_aims.aims(view) if isinstance(block, Table))
    assert table.head[1] == "± pp (95 %)"
    assert [row[:2] for row in table.rows[:3]] == [
        ("lenses", "±0.590"),
        ("mount heights", "±0.320"),
        ("headings and tilts", "±0.090"),
    ]


def test_an_interval_below_what_is_shown_is_said_once() -> None:
    assert span(0.0001, 0.0002, "ko") == "<0.1 %"
    assert span(0.0001, 0.002, "ko") == "<0.1~0.2 %"
    assert span(0.033, 0.033, "en") == "3.3–3.3 %"


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Now 31.4 % (95 % interval 29.0–33.8 %) of the alleys is seen; the heading of 583 cameras is not known."),
        ("ko", "지금 골목이 보이는 비율은 31.4 %(95 % 구간 29.0–33.8 %)이고, 방향을 모르는 카메라는 583대입니다."),
    ],
)  # fmt: skip
def test_checks_say_what_is_known_now(
    lang: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", lang)
    check = {"order": 1, "camera_key": "2011-1", "alley": None, "lat": 37.5, "lon": 126.9, "distance_m": 10.0}
    printing_aim.checks(
        {
            "checks": [check | {"bearing_deg": 90.0, "p_sees": 0.4}],
            "share": answers.coverage()["alleys"],
            "unknown": 583,
            "walk_m": 0.0,
            "narrows_by": None,
            "left": 1,
        }
    )
    assert said in capsys.readouterr().out.splitlines()


def test_a_difference_is_told_in_korean(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    printing_changes.explained(
        {
            "class": "observe",
            "from": "2012-12-31",
            "to": "2013-06-30",
            "length_m": 246_000.0,
            "before": {"share": 0.03},
            "after": {"share": 0.033},
            "change_m": 738.9,
            "change": {"low": 0.0026, "high": 0.0035},
            "cameras": [],
            "buildings": [],
            "shared_m": 0.0,
            "without_effect": {"cameras": 1, "buildings": 0},
        }
    )
    # A per cent ends in a vowel when read aloud: 퍼센트가, not 이.
    assert capsys.readouterr().out.splitlines()[0] == (
        "관찰 등급: 골목 246.0 km 가운데 2012년 12월 31일에는 3.0 %, 2013년 6월 30일에는 3.3 %가 보입니다"
        "(차이 +738.9 m, 95 % 구간 +0.26~+0.35 %p)."
    )


@pytest.mark.parametrize(
    ("kind", "heading_deg", "source", "tilt", "why"),
    [
        (None, None, "check", False, None),
        ("fixed", 90.0, "check", False, "known"),
        # The heading is known, the tilt is not: what tells it tells something.
        ("fixed", 90.0, "survey", True, None),
        ("fisheye", None, "survey", False, "fisheye"),
        # It may have been turned to the place; a measured home is another thing.
        ("ptz", None, "check", False, "ptz"),
        ("ptz", None, "survey", False, None),
    ],
)
def test_a_finding_that_tells_nothing_new_says_so(
    kind: str | None, heading_deg: float | None, source: str, tilt: bool, why: str | None
) -> None:
    camera = {"kind": kind, "heading_deg": heading_deg, "tilt_deg": None}
    assert set_aside(camera, source, tilt=tilt) == why
