"""Sentences for named errors about plans, consultation and private ground, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {
    "PlotsUnknown": 2,
    "NotConsulted": 2,
    "NoGround": 2,
    "PlanDecided": 2,
    "NotOver": 2,
    "NoSuchRecord": 2,
    "NoSuchChoice": 2,
    "EndsBeforeItBegins": 2,
    "OutcomeUnlikeOpinions": 2,
    "NoSuchSite": 2,
    "BlankText": 2,
    "TextTooLong": 2,
}

TABLE: dict[str, tuple[str, str]] = {
    "error.NoSuchChoice": (
        "기록하지 않는 방법이나 결과입니다: {detail}. 괄호 안은 쓸 수 있는 방법과 결과입니다",
        "That way of asking, or that outcome, is none that is recorded: {detail}. In brackets, the ways and the outcomes",
    ),
    "error.EndsBeforeItBegins": (
        "의견 수렴이 시작하기 전에 끝날 수는 없습니다: {detail}",
        "A consultation does not end before it begins: {detail}",
    ),
    "error.OutcomeUnlikeOpinions": (
        "의견이 하나도 없을 때만, 그리고 그때는 반드시 결과가 '의견 없음'(none)입니다: {detail}",
        "The outcome is none where no opinion came in, and only there: {detail}",
    ),
    "error.NoSuchSite": (
        "이 계획에는 {detail}번 카메라가 없습니다",
        "The plan has no camera no. {detail}",
    ),
    "error.BlankText": (
        "비워 둘 수 없습니다: {detail}",
        "This must not be left blank: {detail}",
    ),
    "error.TextTooLong": (
        "한 줄로, 괄호 안의 글자 수를 넘지 않게 쓰십시오: {detail}",
        "Write it on one line, with no more signs than in brackets: {detail}",
    ),
    "error.PlotsUnknown": (
        "필지 자료가 없어 사유지를 얼마나 비추는지 알 수 없습니다. `golmok load layer plots 파일`로 올리거나 사유지 조건을 빼십시오",
        "No land lots are loaded, so what a camera sees of private ground is not known: `golmok load layer plots FILE`, or "
        "leave the limit on private ground out",
    ),
    "error.NotConsulted": (
        "{detail}번 계획은 의견 수렴 기록이 없어 승인할 수 없습니다. 모든 카메라에 대해 먼저 기록하십시오: golmok consult {detail}",
        "Plan {detail} has no consultation record for all of its cameras, so it cannot be approved. Record it first: "
        "golmok consult {detail}",
    ),
    "error.NoGround": (
        "설치 근거(개인정보 보호법 제25조 제1항)가 없는 카메라가 있습니다: {detail}번. 의견 수렴을 기록할 때 --purpose로 목적을 정하십시오",
        "Cameras of the plan keep no ground in law (PIPA article 25(1)): no. {detail}. Name the purpose when a consultation is "
        "recorded: --purpose",
    ),
    "error.PlanDecided": (
        "{detail}번 계획은 이미 결정되었습니다. 결정은 바뀌지 않습니다. 다시 검토하려면 새 계획을 세우십시오",
        "Plan {detail} is decided, for good. To look at it again, make a new plan",
    ),
    "error.NotOver": (
        "의견 수렴은 끝난 뒤에 기록합니다({detail}까지)",
        "A consultation is recorded when it is over (it lasts until {detail})",
    ),
    "error.NoSuchRecord": (
        "이 계획에 {detail}번 의견 수렴 기록이 없거나 이미 철회되었습니다",
        "The plan has no consultation record no. {detail}, or it was withdrawn already",
    ),
}
