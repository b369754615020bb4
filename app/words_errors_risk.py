"""Sentences for named errors about layers of risk, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {"TellsPeopleApart": 2, "Inconsistent": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.TellsPeopleApart": (
        "국적, 출신, 신념으로 사람을 가르는 자료는 위험의 층으로 쓰지 않습니다: {detail}",
        "No layer tells people apart by nationality, descent or belief: {detail}",
    ),
    "error.Inconsistent": (
        "쌍 비교가 서로 너무 어긋나 가중치로 쓸 수 없습니다. 가장 어긋난 판단을 고치십시오(판단 -> 모두 함께 본 값): {detail}",
        "The judgements in pairs contradict each other too much to make weights of. Change the one that disagrees most "
        "(as judged -> as all together have it): {detail}",
    ),
}
