"""Sentences about kept plans: how good they provably are, two of them side by side, the list, what goes out."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # how good it is
    "plan_proof.optimal": (
        "{looked} 이보다 많이 볼 수 있는 선택은 없습니다(증명됨). 이 계획은 {after}를 봅니다.",
        "{looked}, no choice sees more: that is proved. This plan reaches {after}.",
    ),
    "plan_proof.bound": (
        "{looked} 어떻게 골라도 {bound}보다 많이 볼 수 없습니다. 이 계획은 {after}로, 그 값과의 차이는 {gap} 이내입니다. "
        "가장 좋은 선택이라고 증명된 것은 아닙니다.",
        "{looked}, no choice sees more than {bound}; this plan reaches {after}, within {gap} of that. It is not proved to be "
        "the best.",
    ),
    "plan_proof.options": ("살펴본 후보 {n}개 가운데", "Among the {n} options looked at"),
    "plan_proof.mounts": (
        "후보지 {mounts}곳과 {headings}방향 가운데",
        "Among {mounts} places and {headings} headings",
    ),
    "plan_proof.candidates": ("살펴본 후보 가운데", "Among the candidates looked at"),
    "plan_proof.elsewhere": (
        "살펴보지 않은 곳에는 이 한계가 미치지 않습니다.",
        "The bound says nothing of places that were not looked at.",
    ),
    # two side by side
    "plan_compare.title": ("계획 {a}번과 {b}번", "Plans no. {a} and no. {b}"),
    "plan_compare.head": ("{no}번 {name}", "No. {no} {name}"),
    "plan_compare.shared": (
        "같은 곳 {both}곳, {a}번에만 {only_a}곳, {b}번에만 {only_b}곳. {metres} 안에 있으면 같은 곳으로 봅니다.",
        "Places in both: {both}; in no. {a} alone: {only_a}; in no. {b} alone: {only_b}. Within {metres} is one place.",
    ),
    "plan_compare.unlike": (
        "두 계획은 다음이 서로 다르므로 비율을 그대로 견줄 수 없습니다: {named}.",
        "These differ between the two, so their shares are shares of different things: {named}.",
    ),
    "plan_compare.limits": (
        "두 계획에 붙은 조건이 다릅니다.",
        "The two plans were made under different limits.",
    ),
    "plan_unlike.class": ("등급", "class"),
    "plan_unlike.at": ("기준일", "day of the network"),
    "plan_unlike.dong": ("행정동", "dong"),
    "plan_unlike.incidents": ("세는 신고", "the calls that count"),
    "plan_unlike.weights": ("위험의 비중", "weights of risk"),
    "plan_compare.figures": ("수치", "Figures"),
    "plan_compare.common": ("두 계획에 다 있는 곳", "In both"),
    "plan_compare.only": ("{no}번에만 있는 곳", "In no. {no} alone"),
    "plan_compare.col_what": ("항목", "What"),
    "plan_compare.col_no": ("{no}번에서의 번호", "No. in {no}"),
    "plan_compare.col_alley": ("골목", "Alley"),
    "plan_compare.col_act": ("하는 일", "What is done"),
    "plan_compare.col_apart": ("거리", "Apart"),
    "plan_compare.col_turned": ("방향 차이", "Turned by"),
    "plan_compare.col_place": ("위도, 경도 (도)", "Latitude, longitude (°)"),
    "plan_figure.sites": ("손대는 곳", "sites"),
    "plan_figure.new": ("새 카메라", "new cameras"),
    "plan_figure.turn": ("방향을 바꾸는 카메라", "cameras turned"),
    "plan_figure.move": ("옮기는 카메라", "cameras moved"),
    "plan_figure.remove": ("철거하는 카메라", "cameras taken down"),
    "plan_figure.cost_won": ("비용 (원)", "cost (won)"),
    "plan_figure.before": ("지금 보이는 위험", "risk seen now"),
    "plan_figure.after": ("계획대로면 보이는 위험", "risk seen with the plan"),
    "plan_figure.bound": ("어떤 선택도 넘을 수 없는 값", "no choice sees more than"),
    "plan_figure.gap": ("그 값과의 차이 (최대)", "gap to that, at most"),
    "plan_figure.proved_optimal": ("가장 좋은 선택인지", "proved to be the best"),
    "plan_figure.alleys_after": ("계획대로면 보이는 골목", "alleys seen with the plan"),
    "plan_figure.gained_m": ("새로 보이는 골목", "alleys newly seen"),
    "plan_figure.calls_unseen": ("아무도 보지 못했던 신고 (1년)", "calls of a year that no camera saw"),
    "plan_figure.plots_m2": ("들여다보이는 사유지 (인식)", "private plots within recognise"),
    "plan_figure.facades": ("들여다보이는 벽면 (인식)", "façades within recognise"),
    "plan_figure.index50m_after": (
        "같은 대수나 돈을 50 m 격자 지수로 쓰면",
        "the same number or money by the 50 m index",
    ),
    "plan_figure.alternatives": ("거의 같은 다른 계획", "other plans nearly as good"),
    "plan_figure.tau": (
        "비중을 바꿔도 순위가 같은 정도 (켄달 τ)",
        "ranking under other weights (Kendall's τ)",
    ),
    "plan_proved.true": ("증명됨", "proved"),
    "plan_proved.false": ("증명되지 않음", "not proved"),
    # the list, and what is printed
    "plan_list.no": ("번호", "No."),
    "plan_list.name": ("이름", "Name"),
    "plan_list.asked": ("요청", "Asked for"),
    "plan_list.made": ("세운 날", "Made"),
    "plan_list.class": ("등급", "Class"),
    "plan_list.reached": ("보이는 위험", "Risk seen"),
    "plan_list.bound": ("한계 (최대)", "At most"),
    "plan_list.cost": ("비용 (원)", "Cost (won)"),
    "plan_list.state": ("상태", "State"),
    "plan_line.cost": ("비용은 {won}원입니다(시의 가정).", "It costs {won} won, by the city's assumptions."),
    "plan_line.kept": ("{no}번 계획으로 저장되어 있습니다.", "It is kept as plan no. {no}."),
    "plan_line.other": (
        "다른 계획 {n}: {after}, {won}원, {differs}가 다른 곳.",
        "Other plan {n}: {after}, {won} won, {differs} of the sites elsewhere.",
    ),
    "plan_line.weight": ("비중 {weight}", "weight {weight}"),
    "plan_line.rows": ("{n}행", "{n} rows"),
    "plan_line.sheet": (
        "심의 자료를 썼습니다: {out} ({pages}쪽, {edition}, SHA-256 {sha256})",
        "The sheet is written: {out} (pages {pages}, {edition}, SHA-256 {sha256})",
    ),
    "plan_line.file": (
        "계획을 썼습니다: {out} ({rows}곳, {edition}, SHA-256 {sha256})",
        "The plan is written: {out} ({rows} sites, {edition}, SHA-256 {sha256})",
    ),
    # asking for a file
    "take.plan": ("계획 내려받기", "Take the plan"),
    "take.form": ("형식", "As"),
    "plan_form.pdf": ("심의 자료 (PDF)", "the committee's sheet (PDF)"),
    "plan_form.csv": ("엑셀용 표 (CSV)", "a table for Excel (CSV)"),
    "plan_form.gpkg": ("지도 프로그램용 (GeoPackage)", "a package for maps (GeoPackage)"),
}
