"""A plan that cannot be is told in a sentence that names the limits, in both languages."""

from __future__ import annotations

from app import words
from spatial.errors import Contradiction, NoPlanInTime

TOGETHER = Contradiction(
    ["zone X", "dong A", "p", "budget"],
    most={"zone X": (412.9, 499.2), "dong A": (99.99999999, 120.0)},
    least={"p": 3.0000000001, "budget": 31_000_000.4},
)


def test_the_limits_and_what_could_be_reached() -> None:
    said, code = words.sentence(TOGETHER, "en")
    assert said == (
        "No plan keeps all of these: zone X, dong A, number of cameras, budget; zone X: at most 412 of 500 m² can be seen "
        "while the others are kept; dong A: at most 100 of 120 m can be seen while the others are kept; the others need "
        "3 new cameras or more; the others need 31,000,000 won or more."
    )
    assert code == 2


def test_in_korean_and_alone() -> None:
    alone = Contradiction(["X 구역"], most={"X 구역": (412.0, 500.0)})
    assert words.sentence(alone, "ko")[0] == (
        "다음 조건을 모두 지킬 수 있는 배치가 없습니다: X 구역; X 구역: 어떤 후보지로도 500 m 가운데 412 m까지만 볼 수 있습니다."
    )


def test_no_plan_in_the_time() -> None:
    said, code = words.sentence(NoPlanInTime("dong A, zone X"), "en")
    assert said.endswith("Not kept yet: dong A, zone X.")
    assert code == 2
