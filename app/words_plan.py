"""Sentences of Plan: the form, the proposed sites with their reasons, before and after, what it costs."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "page.plan": ("설치 계획", "Plan"),
    "plan.title": ("다음 카메라를 어디에", "Where to put the next cameras"),
    "plan.which": ("계획 선택", "Which plan"),
    "plan.new": ("새 계획", "New plan"),
    "plan.kept": ("{no}번 · {name} · {asked} · {day}", "No. {no} · {name} · {asked} · {day}"),
    "plan.unnamed": ("이름 없음", "unnamed"),
    "plan.asked_cameras": ("{n}대", "{n} cameras"),
    "plan.asked_budget": ("{won}원", "{won} won"),
    "plan.none_yet": ("아직 세운 계획이 없습니다.", "No plan has been made yet."),
    "plan.gone": (
        "{no}번 계획은 없습니다. 목록에서 고르거나 새로 세우십시오.",
        "There is no plan no. {no}. Choose one of the list or make a new one.",
    ),
    "plan.read_only": (
        "이 역할은 계획을 읽기만 합니다. 새 계획은 계획 담당자가 세웁니다.",
        "Your role reads plans; a planner makes new ones.",
    ),
    "plan.by": ("무엇을 정해 두었습니까", "What is given"),
    "plan.by_cameras": ("대수", "Number"),
    "plan.by_budget": ("예산", "Budget"),
    "plan.cameras": ("새 카메라 (대)", "New cameras"),
    "plan.budget": ("예산 (만 원)", "Budget (10,000 won)"),
    "plan.buys": (
        "{won}원으로 {n}대를 설치할 수 있습니다. 대당 {price}원(기둥, 배관, 카메라 포함, 시의 가정).",
        "{won} won buy {n} cameras at {price} won each (pole, lines and camera: an assumption of the city).",
    ),
    "plan.purpose": ("설치 목적 (선명도가 따라 정해집니다)", "Purpose (sets how clearly it must see)"),
    "plan.purpose_any": ("직접 고름", "my own choice"),
    "plan.dong": ("행정동", "Dong"),
    "plan.dong_all": ("전체", "the whole district"),
    "plan.weights": ("무엇을 위험으로 보는가 (0–5)", "What counts as risk (0–5)"),
    "plan.weights_help": (
        "지역 설정의 가중치에서 시작합니다. 0이면 빼고, 모두 0이면 모든 골목을 똑같이 봅니다.",
        "They start at the district's weights. 0 leaves a layer out; all at 0 take every metre alike.",
    ),
    "layer.incidents": ("112 신고", "calls to 112"),
    "layer.narrow": ("좁은 골목", "narrow alleys"),
    "layer.dark": ("밤에 어두운 곳", "dark at night"),
    "layer.children": ("어린이 보호구역", "child zones"),
    "layer.complaints": ("민원", "complaints"),
    "plan.name": ("계획 이름 (선택)", "Name of the plan (optional)"),
    "plan.make": ("계획 세우기", "Make the plan"),
    "plan.working": (
        "후보지를 살피고 있습니다. 보통 10초쯤 걸립니다.",
        "Looking at the candidates: some 10 seconds as a rule.",
    ),
    "plan.headline": (
        "{n}대를 더하면 보이는 위험이 {before}에서 {after}로 늘어납니다.",
        "With {n} more, the risk that is seen grows from {before} to {after}.",
    ),
    "plan.headline_one": (
        "1대를 더하면 보이는 위험이 {before}에서 {after}로 늘어납니다.",
        "With one more, the risk that is seen grows from {before} to {after}.",
    ),
    "plan.nothing": (
        "더 설치해도 새로 보이는 위험이 없습니다.",
        "No further camera would bring any risk into sight.",
    ),
    "plan.too_little": (
        "이 예산으로는 한 대도 설치할 수 없습니다(대당 {price}원).",
        "The budget buys no camera: one costs {price} won.",
    ),
    "plan.alleys": (
        "골목 {length}({where}) 가운데 보이는 비율은 {before} → {after}: {gained}가 새로 보입니다.",
        "Of {length} of alleys ({where}) the share seen goes from {before} to {after}: {gained} come into sight.",
    ),
    "plan.expected": (
        "비율은 기댓값입니다. 등급 {name}(1 m에 {density} 화소), {at}의 카메라망.",
        "Shares are expected values at class {name} ({density} px/m), for the network of {at}.",
    ),
    "plan.bound": (
        "후보지 {mounts}곳과 {headings}방향에서 어떻게 골라도 {bound}보다 많이 볼 수 없습니다. 이 계획과의 차이는 그 값의 {gap} 이내입니다.",
        "No choice among these {mounts} places and {headings} headings could reach more than {bound}; this plan is "
        "within {gap} of that.",
    ),
    "plan.proved": (
        "후보지 {mounts}곳과 {headings}방향에서 이보다 나은 선택은 없습니다(증명됨).",
        "No choice among these {mounts} places and {headings} headings is better: that is proved.",
    ),
    "plan.elsewhere": (
        "살펴보지 않은 곳에는 이 한계가 미치지 않습니다.",
        "The bound says nothing of places that were not looked at.",
    ),
    "plan.cost": (
        "설치비 {cost}원 = {n}대 × {price}원. 대당 값은 지역 설정에 적힌 시의 가정이며 기둥, 배관, 카메라를 포함합니다.",
        "Cost {cost} won = {n} × {price} won. The price is the city's assumption in the district's file: pole, lines and "
        "camera together.",
    ),
    "plan.weighed": ("위험의 비중: {named}.", "Risk is made of: {named}."),
    "plan.weighed_alike": ("모든 골목을 미터마다 똑같이 보았습니다.", "Every metre of alley counts alike."),
    "plan.without": (
        "자료가 없어 뺀 것: {named}. 나머지의 비중이 그만큼 커졌습니다.",
        "Not loaded, so left out: {named}. The others weigh more in proportion.",
    ),
    "plan.made": ("{no}번 계획, {day}에 세움.", "Plan no. {no}, made on {day}."),
    "plan.weight": ("{name} {share}", "{name} {share}"),
    "plan.table": (
        "제안하는 설치 위치 {n}곳 · 효과가 큰 순서",
        "{n} proposed cameras, the most useful first",
    ),
    "plan.pick": ("행을 고르면 지도가 그곳으로 갑니다.", "Select a row to go there."),
    "plan.col_no": ("번호", "No."),
    "plan.col_why": ("이유", "Why"),
    "plan.col_heading": ("방향", "Heading"),
    "plan.col_metres": ("새로 보임", "Newly seen"),
    "plan.col_gain": ("위험 증가분", "Adds"),
    "plan.col_price": ("가격 (원)", "Price (won)"),
    "plan.col_place": ("위도, 경도 (도)", "Latitude, longitude (°)"),
    "plan.reason": ("{street}: {metres}가 새로 보임, {facts}", "{street}: {metres} unseen so far, {facts}"),
    "plan.street": ("{alley}(폭 {width} m)", "{alley} ({width} m wide)"),
    "plan.risk_high": ("위험 높음", "at high risk"),
    "plan.risk_middle": ("위험 보통", "at middling risk"),
    "plan.risk_low": ("위험 낮음", "at low risk"),
    "plan.dark": ("밤에 어두움", "dark at night"),
    "plan.lit": ("밤에 밝음", "lit at night"),
    "plan.calls": ("1년간 신고 {n}건", "{n} calls in a year"),
    "plan.calls_one": ("1년간 신고 1건", "one call in a year"),
    "plan.calls_none": ("1년간 신고 없음", "no call in a year"),
    "map.label_plan": (
        "지도. 제안하는 설치 위치와 시야를 보여 줍니다. 같은 내용이 표에도 있습니다.",
        "Map of the proposed cameras and their views. The table holds the same list.",
    ),
    "map.legend_planned": ("제안하는 카메라와 시야", "Proposed camera and its view"),
}
