"""Sentences of the workbench: a site of a plan dragged or turned by hand, and the plan kept anew."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "bench.title": ("지도에서 고치기", "Change it on the map"),
    "bench.help": (
        "카메라를 끌어 옮기거나 손잡이를 끌어 돌립니다. 키보드로는 위치를 고르고 칸에 적습니다.",
        "Drag a camera, or its handle to turn it. By keyboard, choose a site and type.",
    ),
    "bench.site": ("설치 위치", "Site"),
    "bench.choose": ("고르기", "choose one"),
    "bench.lat": ("위도 (°)", "Latitude (°)"),
    "bench.lon": ("경도 (°)", "Longitude (°)"),
    "bench.heading": ("방향 (°, 북쪽 0)", "Heading (°, north 0)"),
    "bench.undo": ("이 위치 되돌리기", "Put it back"),
    "bench.undo_all": ("모두 되돌리기", "Put all back"),
    "bench.name": ("새 계획 이름", "Name of the new plan"),
    "bench.keep": ("새 계획으로 저장", "Save as a new plan"),
    "bench.laying": ("계획을 펼치는 중입니다. 몇 초 걸립니다.", "Laying the plan out: a few seconds."),
    "bench.failed": ("지금은 다시 셈할 수 없습니다.", "It cannot be reckoned anew right now."),
    "bench.totals": (
        "보이는 위험 {before} → {after} (고치기 전 {was})",
        "Risk seen {before} → {after} (as planned {was})",
    ),
    "bench.gap": (
        "같은 조건의 한계 {bound}까지 남은 차이는 그 값의 {gap} 이내입니다.",
        "Within {gap} of {bound}, which no choice among the candidates exceeds.",
    ),
    "bench.beyond": (
        "후보지에서 고를 때의 한계 {bound}를 넘었습니다. 후보지가 아닌 곳에 놓았기 때문이며, 그런 곳에는 한계가 미치지 않습니다.",
        "More than {bound}, the bound among the candidates: a site stands where there was none, and there the bound says "
        "nothing.",
    ),
    "bench.stale": (
        "계획을 세운 뒤에 자료가 바뀌었습니다. 여기의 수치는 지금 자료로 셈한 것이며, 그때의 한계와 견줄 수 없고 저장할 수 없습니다. 계획을 새로 세우십시오.",
        "What the plan rests on has changed since it was made. These figures are of today: the bound of then says nothing of "
        "them, and they cannot be saved. Make the plan anew.",
    ),
    "bench.alleys": (
        "골목 {length} 가운데 보이는 비율 {before} → {after}",
        "Of {length} of alleys seen: {before} → {after}",
    ),
    "bench.adds": (
        "{no}번: 위험 {gain}, {metres}를 새로 봅니다.",
        "No. {no} adds {gain} of the risk, {metres} newly seen.",
    ),
    "bench.adds_nothing": ("{no}번: 새로 보는 곳이 없습니다.", "No. {no} brings nothing new into sight."),
    "bench.inside": (
        "{no}번: 건물 안이라 아무것도 보지 못합니다.",
        "No. {no} stands inside a building and sees nothing.",
    ),
    "bench.taken_down": ("{no}번: 철거합니다.", "No. {no} is taken down."),
    "bench.kept": ("{no}번 계획으로 저장했습니다.", "Saved as plan no. {no}."),
    "bench.by_hand_one": (
        "{of}번 계획에서 1곳({sites}번)을 손으로 고쳤습니다. 한계는 그 계획의 것이고, 조건과 가격은 다시 따지지 않았습니다.",
        "Altered by hand from plan no. {of}: site {sites}. The bound is that plan's; its conditions and prices were not "
        "checked anew.",
    ),
    "bench.by_hand": (
        "{of}번 계획에서 {n}곳({sites}번)을 손으로 고쳤습니다. 한계는 그 계획의 것이고, 조건과 가격은 다시 따지지 않았습니다.",
        "Altered by hand from plan no. {of}: sites {sites} ({n}). The bound is that plan's; its conditions and prices were "
        "not checked anew.",
    ),
    "bench.label_place": (
        "{no}번 위치. 화살표 키로 1 m씩 옮깁니다.",
        "Site {no}. Arrow keys move it by 1 m.",
    ),
    "bench.arrows": (
        "지도에서 고른 카메라는 화살표 키로 1 m(Shift와 함께 10 m), [ 와 ] 로 5°씩 움직입니다.",
        "Arrow keys move the chosen camera by 1 m (10 m with Shift), [ and ] turn it by 5°.",
    ),
}
