"""Sentences for named errors of a plan's question, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

from app import words_contradictions

CODES: dict[str, int] = {
    "DongsUnknown": 2,
    "NumberOrBudget": 2,
    "OutOfLimits": 2,
    "UnknownLayer": 2,
    "UnknownPurpose": 2,
    "WeightOutOfRange": 2,
    "SeesSensitive": 2,
    "UnknownCalls": 2,
    "UnknownDong": 2,
    "UnknownZone": 2,
    "UnknownModel": 2,
    "PlanOutOfDate": 2,
    **words_contradictions.CODES,
}

TABLE: dict[str, tuple[str, str]] = {
    "error.NumberOrBudget": (
        "카메라 수와 예산 가운데 하나만 정하십시오: {detail}",
        "A plan is for a number of cameras or for a budget, one of both: {detail}",
    ),
    "error.OutOfLimits": (
        "계획 조건에 쓸 수 없는 값입니다: {detail}. 괄호 안은 쓸 수 있는 값입니다.",
        "That is no value for a limit of the plan: {detail}. In brackets, what it may be.",
    ),
    "error.UnknownLayer": (
        "그런 위험 요소가 없습니다: {detail}. 괄호 안은 있는 요소입니다.",
        "There is no such layer of risk: {detail}. In brackets, those that there are.",
    ),
    "error.UnknownPurpose": (
        "그런 설치 목적이 없습니다: {detail}. 괄호 안은 있는 목적의 기호입니다.",
        "There is no such purpose: {detail}. In brackets, the codes of those that there are.",
    ),
    "error.WeightOutOfRange": (
        "가중치는 0 이상의 수입니다: {detail}",
        "A weight is a number, zero or more: {detail}",
    ),
    "error.UnknownCalls": (
        "최근 12개월에 그런 분류의 112 신고가 없습니다: {detail}. 괄호 안은 있는 분류입니다.",
        "There is no call of that class in the 12 months: {detail}. In brackets, the classes that there are.",
    ),
    "error.UnknownDong": (
        "그런 행정동이 없습니다: {detail}. 괄호 안은 이 지역의 행정동입니다.",
        "There is no such dong: {detail}. In brackets, the dong of this district.",
    ),
    "error.SeesSensitive": (
        "옮긴 자리 {detail}번은 목욕탕, 화장실 또는 탈의실이 보이는 곳입니다(법 제25조 제2항). 그곳에는 둘 수 없습니다.",
        "Site {detail}, as it was put, would see a bath, a toilet or a changing room (article 25(2)): it cannot stand there.",
    ),
    "error.DongsUnknown": (
        "행정동 경계를 올리지 않아 행정동마다 보아야 할 비율을 정할 수 없습니다. boundaries를 올리십시오.",
        "No boundaries of dongs are loaded, so no least share of each dong can be asked for: load `boundaries`.",
    ),
    "error.UnknownZone": (
        "이 지역(또는 계획한 행정동)에는 그런 구역이 없습니다: {detail}. 괄호 안은 이 지역의 구역 기호입니다.",
        "There is no such zone here, or it lies outside the dong that is planned for: {detail}. In brackets, the keys of the zones here.",
    ),
    "error.UnknownModel": (
        "지역 설정에 없는 카메라 모델입니다: {detail}",
        "This model of camera is not in the district's file: {detail}",
    ),
    "error.PlanOutOfDate": (
        "계획을 세운 뒤 골목, 건물, 모델 또는 카메라가 바뀌어 그때의 자리를 다시 찾을 수 없습니다({detail}). 새 계획을 세우십시오.",
        "Streets, buildings, models or cameras have changed since the plan was made: {detail} is no option any more. Make a new plan.",
    ),
    **words_contradictions.TABLE,
}
