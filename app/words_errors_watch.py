"""Sentences for named errors about what operators open and see, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {"GroundNeeded": 2, "GroundUnclear": 2, "CameraGone": 2, "NoSuchIncident": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.GroundNeeded": (
        "다른 목적으로 설치된 카메라입니다. 긴급 사유를 기록해야 열 수 있습니다: {detail}",
        "This camera was installed for another purpose; an emergency ground must be recorded first: {detail}",
    ),
    "error.GroundUnclear": (
        "긴급 사유에는 근거, 이름, 사유가 모두 있어야 합니다: {detail}",
        "An emergency ground needs its article, a name and a reason: {detail}",
    ),
    "error.CameraGone": (
        "오늘 이 번호로 설치된 카메라가 없습니다: {detail}",
        "No camera of this number hangs today: {detail}",
    ),
    "error.NoSuchIncident": (
        "이 번호의 사건이 없습니다: {detail}",
        "No incident of this number is loaded: {detail}",
    ),
}
