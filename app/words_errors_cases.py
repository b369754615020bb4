"""Sentences for named errors about cases, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {
    "CaseBlank": 2,
    "CaseNotOpen": 2,
    "CaseOpen": 2,
    "UnknownGround": 2,
    "RadiusWrong": 2,
    "TimeBackwards": 2,
    "TimeTooLong": 2,
    "TimeAhead": 2,
}

TABLE: dict[str, tuple[str, str]] = {
    "error.CaseBlank": (
        "사건 번호를 적어 주십시오. 누가 찍었을지는 열려 있는 사건에 대해서만 답합니다",
        "Say the number of the case: who could have recorded it is told for an open case alone",
    ),
    "error.CaseNotOpen": (
        "이 번호로 열려 있는 사건이 없습니다({detail}). 먼저 사건을 여십시오: golmok case open",
        "No case of this number is open ({detail}). Open it first: golmok case open",
    ),
    "error.CaseOpen": (
        "이 번호의 사건은 이미 열려 있습니다: {detail}",
        "A case of this number is open already: {detail}",
    ),
    "error.UnknownGround": (
        "법적 근거를 알 수 없습니다: {detail}",
        "This ground in law is not known: {detail}",
    ),
    "error.RadiusWrong": (
        "장소의 오차 반경은 {detail} 사이여야 합니다",
        "How far the place may be off lies between these: {detail}",
    ),
    "error.TimeBackwards": (
        "끝 시각이 시작보다 앞섭니다: {detail}",
        "The time ends before it begins: {detail}",
    ),
    "error.TimeTooLong": (
        "한 번에 물을 수 있는 기간은 최대 {detail}일입니다. 나누어 물어 주십시오",
        "A question spans at most {detail} days; ask in parts",
    ),
    "error.TimeAhead": (
        "아직 오지 않은 시각이라 녹화된 영상이 없습니다: {detail}",
        "Nothing is recorded yet of a time to come: {detail}",
    ),
}
