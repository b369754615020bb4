"""Sentences for limits of a plan that cannot be kept together, by class name, and for what could be reached."""

from __future__ import annotations

CODES: dict[str, int] = {"Contradiction": 2, "NoPlanInTime": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.Contradiction": (
        "다음 조건을 모두 지킬 수 있는 배치가 없습니다: {detail}",
        "No plan keeps all of these: {detail}",
    ),
    "error.NoPlanInTime": (
        "정한 시간 안에 조건을 모두 지키는 배치를 찾지 못했습니다. 시간을 늘리거나 조건을 늦추십시오. 아직 지키지 못한 조건: {detail}",
        "No plan that keeps all limits was found in the time; give it longer or ask for less. Not kept yet: {detail}",
    ),
}

SAID: dict[str, tuple[str, str]] = {
    "progress.Demand": ("볼 만한 곳 계산", "What is worth seeing"),
    "progress.Beside": ("다른 배치와 비교", "Other plans beside"),
    "progress.Solve": ("배치 찾기", "Search for the plan"),
    "limit.p": ("카메라 수", "number of cameras"),
    "limit.budget": ("예산", "budget"),
    "limit.intrusion": ("사유지 한도", "bound on private plots"),
    "limit.facades": ("주택 외벽 한도", "bound on facades"),
    "limit.dong": ("행정동 {name}", "dong {name}"),
    "limit.zone": ("구역 {name}", "zone {name}"),
    "limit.pole": ("기둥 {name}", "pole {name}"),
    "limit.camera": ("기존 카메라 {name}", "existing camera {name}"),
    "contradiction.alone": (
        "{name}: 어떤 후보지로도 {asked} {unit} 가운데 {most} {unit}까지만 볼 수 있습니다",
        "{name}: at most {most} of {asked} {unit} can be seen by any candidates",
    ),
    "contradiction.together": (
        "{name}: 나머지 조건을 지키면 {asked} {unit} 가운데 {most} {unit}까지만 볼 수 있습니다",
        "{name}: at most {most} of {asked} {unit} can be seen while the others are kept",
    ),
    "contradiction.p": (
        "나머지 조건을 지키려면 새 카메라가 {n}대 이상 필요합니다",
        "the others need {n} new cameras or more",
    ),
    "contradiction.budget": (
        "나머지 조건을 지키려면 {won}원 이상 필요합니다",
        "the others need {won} won or more",
    ),
}
