"""Sentences of what risk is made of: its layers, their days, what they are scaled by, and judgements in pairs."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "layer.rates": ("길별 112 신고율", "calls by street"),
    "layer.safe_routes": ("안심귀갓길", "safe ways home"),
    "layer.population": ("거주 인구", "residents"),
    "layer.flood": ("침수 위험 구역", "flood zones"),
    "layer.wildfire": ("산불 위험 구역", "wildfire zones"),
    "risk.col_layer": ("층", "Layer"),
    "risk.col_weight": ("비중", "Weight"),
    "risk.col_rows": ("행", "Rows"),
    "risk.col_date": ("자료의 날", "As at"),
    "risk.col_source": ("파일", "File"),
    "risk.col_scaled": ("척도", "Scaled by"),
    "risk.loaded_on": ("{day}에 올림", "loaded {day}"),
    "risk.scaled_frozen": ("{low}–{high}, {day}에 고정", "{low}–{high}, frozen {day}"),
    "risk.scaled_run": (
        "이번 계산의 값(다른 날과 비교 불가)",
        "this run's own values: no other day compares",
    ),
    "risk.scaled_fixed": ("0–1 그대로", "0–1 as it is"),
    "risk.mean": (
        "길 {length}의 위험은 평균 {mean}(0–1)입니다.",
        "The mean risk of {length} of street is {mean} (0–1).",
    ),
    "risk.no_streets": (
        "도로가 없어 위험을 셈할 수 없습니다.",
        "No streets are loaded, so no risk can be told.",
    ),
    "risk.nothing": (
        "비중이 있는 층이 없어 모든 길을 미터마다 똑같이 봅니다.",
        "No layer weighs anything: every metre counts alike.",
    ),
    "risk.without": (
        "자료가 없어 뺀 것: {named}. 나머지의 비중이 그만큼 커졌습니다.",
        "Not loaded, so left out: {named}. The others weigh more in proportion.",
    ),
    "risk.capped": (
        "민원의 비중은 {most}까지입니다(지역 설정). 넘는 만큼 줄였습니다.",
        "Complaints may weigh {most} at most (the district's file); what was above is cut.",
    ),
    "risk.frozen": (
        "고정한 층: {named}. 기준은 {day}까지의 자료입니다.",
        "Frozen: {named}, from what was known up to {day}.",
    ),
    "risk.nothing_frozen": (
        "고정할 층이 없습니다. 도로와 신고, 민원, 인구 자료를 먼저 올리십시오.",
        "No layer could be frozen: load streets, and calls, complaints or residents first.",
    ),
    "risk.judged": (
        "쌍 비교의 일관성 비율은 {cr}입니다(한도 {most}).",
        "The consistency ratio of the judgements is {cr} (at most {most}).",
    ),
    "risk.worst": (
        "가장 어긋난 판단: {a}/{b} = {given}, 모두 함께 보면 {would}.",
        "The judgement that disagrees most: {a}/{b} = {given}; all together make it {would}.",
    ),
    "risk.weights_help": (
        "지역 설정의 비중에서 시작합니다. 0이면 빼고, 모두 0이면 모든 길을 똑같이 봅니다. 민원은 합의 {most}까지만 반영합니다.",
        "They start at the district's weights. 0 leaves a layer out; all at 0 take every metre alike. Complaints count for "
        "{most} of the whole at most.",
    ),
    "risk.classes": ("신고 종류 (비우면 전부)", "Classes of calls (none chosen: all)"),
    "risk.classes_all": ("전부", "all"),
    "risk.hours": ("신고 시각", "Hours of calls"),
    "risk.hours_all": ("하루 내내", "all day"),
    "risk.hours_day": ("낮 06–18시", "day, 06:00–18:00"),
    "risk.hours_evening": ("저녁 18–24시", "evening, 18:00–24:00"),
    "risk.hours_night": ("밤 22–06시", "night, 22:00–06:00"),
    "risk.hours_small": ("새벽 00–06시", "small hours, 00:00–06:00"),
    "risk.choice": (
        "종류나 시각을 고르면 고정한 척도가 없어 이번 계산의 값으로 견줍니다. 다른 날의 계획과 위험을 비교할 수 없습니다.",
        "A choice of classes or hours has no frozen scale: it is scaled by its own values, and risks do not compare with "
        "those of other plans.",
    ),
    "judge.title": ("쌍 비교로 가중치 정하기 (AHP)", "Weights from judgements in pairs (AHP)"),
    "judge.help": (
        "두 층씩 어느 쪽이 얼마나 더 중요한지 고르십시오. 1은 같음, 3은 조금 더, 5는 더, 7은 훨씬 더, 9는 압도적으로 더.",
        "Say of each two layers which counts more, and how much: 1 alike, 3 somewhat, 5 more, 7 much more, 9 overwhelmingly.",
    ),
    "judge.layers": ("견줄 층 (2–6개)", "Layers to compare (2 to 6)"),
    "judge.too_few": ("두 층 이상을 고르십시오.", "Choose two layers or more."),
    "judge.pair": ("{a} : {b}", "{a} : {b}"),
    "judge.first": ("{a} {n}배", "{a} {n}×"),
    "judge.alike": ("같음", "alike"),
    "judge.weights": ("이 판단대로면: {named}.", "These judgements say: {named}."),
    "judge.weight": ("{name} {share}", "{name} {share}"),
    "judge.agrees": (
        "일관성 비율 {cr}, 한도 {most} 이내입니다.",
        "Consistency ratio {cr}, within the limit of {most}.",
    ),
    "judge.disagrees": (
        "일관성 비율 {cr}: 한도 {most}를 넘어 쓸 수 없습니다. 가장 어긋난 판단은 {a} : {b} = {given}이고, 모두 함께 보면 {would}입니다.",
        "Consistency ratio {cr}: above the limit of {most}, so these weights can't be taken. The judgement that disagrees "
        "most is {a} : {b} = {given}; all together make it {would}.",
    ),
    "judge.take": ("이 가중치 쓰기", "Take these weights"),
}
