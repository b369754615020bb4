"""Sentences of the page Plan beyond its answer: conditions of a plan, other plans, what is gained, two plans on one map."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "plan.tab_curves": ("예산과 사생활", "Money and privacy"),
    "plan.tab_stability": ("안정성", "Stability"),
    "plan.tab_consultation": ("의견 수렴과 결정", "Consultation and decision"),
    # the form
    "plan.budget": ("예산 (만 원)", "Budget (10,000 won)"),
    "limits.title": ("조건", "Conditions"),
    "limits.per_pole": ("기둥 하나에 최대 (대)", "At most on one pole (cameras)"),
    "limits.backup": (
        "다른 기둥에서 한 번 더 볼 때의 값 (%)",
        "Worth of a second camera from another pole (%)",
    ),
    "limits.backup_help": (
        "한 번 보는 값의 몇 %로 셀지 정합니다. 0이면 세지 않습니다.",
        "As a part of what being seen once is worth. 0 counts nothing.",
    ),
    "limits.diverse": ("양쪽에서 볼 때의 값 (%)", "Worth of being seen from both ways (%)"),
    "limits.diverse_help": (
        "오가는 사람의 얼굴을 양쪽에서 보는 값입니다. 0이면 세지 않습니다.",
        "Faces that come and faces that go. 0 counts nothing.",
    ),
    "limits.dong_least": (
        "동마다 골목의 최소 비율 (%)",
        "Least share of each dong's alleys (%)",
    ),
    "limits.none": ("정하지 않음", "not set"),
    "limits.zones": ("전부 보여야 하는 구역", "Zones that must be seen whole"),
    "limits.zones_none": ("없음", "none"),
    "limits.zone": ("{kind} {name}", "{name}, {kind}"),
    "limits.privacy": ("사생활", "Privacy"),
    "limits.privacy_off": ("따지지 않음", "not weighed"),
    "limits.privacy_most": ("상한", "bounded"),
    "limits.privacy_weight": ("맞바꿈", "traded"),
    "limits.intrusion_most": (
        "보이는 사유지의 상한 (m², 인식 등급)",
        "Private plots in view, at most (m², at recognise)",
    ),
    "limits.intrusion_weight": (
        "사유지 100 m²를 보지 않으려고 포기할 보통 골목의 길이 (m)",
        "Metres of average alley to give up to keep 100 m² of private plots out of view (m)",
    ),
    "limits.existing": ("기존 카메라 (방향이 확인된 것)", "Existing cameras of known aim"),
    "limits.may_turn": ("방향을 바꿀 수 있음", "may be turned"),
    "limits.may_move": ("옮길 수 있음", "may be moved"),
    "limits.may_remove": ("철거할 수 있음", "may be taken down"),
    "limits.models": ("카메라 기종", "Models of camera"),
    "limits.models_all": ("지역 설정의 모든 기종", "all of the district's"),
    # the answer
    "plan.headline_acts": (
        "이 계획대로면 보이는 위험이 {before}에서 {after}로 바뀝니다.",
        "With this plan the risk that is seen goes from {before} to {after}.",
    ),
    "plan.table_acts": ("손대는 곳 {n}곳", "{n} sites"),
    "plan.cost_priced": (
        "비용 {cost}원: {n}곳의 기둥, 전기, 통신, 카메라를 지역 설정에 적힌 시의 가정으로 셈했습니다.",
        "Cost {cost} won for {n} sites: pole, power, fibre and camera, by the city's assumptions in the district's file.",
    ),
    "plan.acts": ("{named}.", "{named}."),
    "plan.act_count": ("{act} {n}대", "{n} {act}"),
    "plan.col_act": ("하는 일", "What"),
    "plan.col_kept": ("흔들어도 남음", "Stays"),
    "plan.which_choice": ("비슷하게 좋은 다른 선택", "Other choices nearly as good"),
    "plan.choice_best": ("이 계획", "This plan"),
    "plan.choice": ("대안 {no}", "Other {no}"),
    "plan.choice_line": (
        "대안 {no}: 보이는 위험 {after}, 이 계획과 자리의 {differs}가 다릅니다. 비용 {cost}원.",
        "Other {no}: {after} of the risk seen, {differs} of the sites differ from this plan. Cost {cost} won.",
    ),
    "plan.index50m": (
        "늘 쓰던 방식(50 m 격자 지수)으로 {n}대를 놓으면 보이는 위험은 {usual}입니다. 이 계획은 {after}로 {gained} 더 봅니다.",
        "The usual way (an index of 50 m cells) with {n} cameras would see {usual} of the risk; this plan sees {after}, "
        "{gained} more.",
    ),
    "plan.index50m_less": (
        "늘 쓰던 방식(50 m 격자 지수)으로 {n}대를 놓으면 보이는 위험은 {usual}입니다. 이 계획은 {after}입니다.",
        "The usual way (an index of 50 m cells) with {n} cameras would see {usual} of the risk; this plan sees {after}.",
    ),
    "plan.points": ("{n}%p", "{n} percentage points"),
    # the map
    "map.legend_turn": ("방향을 바꾸는 기존 카메라", "Existing camera, turned"),
    "map.legend_move": ("옮기는 기존 카메라 (새 자리)", "Existing camera, moved (new place)"),
    "map.legend_remove": ("철거하는 카메라", "Camera taken down"),
    "map.legend_was": ("지금의 자리와 방향", "Place and heading today"),
    # two plans
    "compare.with": ("견줄 계획", "Compare with"),
    "compare.none": ("견주지 않음", "no other plan"),
    "compare.legend_both": ("두 계획에 다 있는 곳", "Site of both plans"),
    "compare.legend_a": ("A: {a}번에만 있는 곳과 그 시야", "A: site of no. {a} alone, and its views"),
    "compare.legend_b": ("B: {b}번에만 있는 곳 (시야는 점선)", "B: site of no. {b} alone (views dashed)"),
    "compare.no_a": ("A 번호", "A no."),
    "compare.no_b": ("B 번호", "B no."),
}
