"""What is said of the cameras that work now, beside all that are registered."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "working.line": (
        "지금 작동하는 카메라로는 {share}(95 % 구간 {span})입니다: {cameras}대 가운데 {down}대가 고장입니다({moment}).",
        "By the cameras that work now: {share} (95 % interval {span}); {down} of {cameras} are out of order ({moment}).",
    ),
    "working.all": (
        "지금 고장으로 알려진 카메라는 없습니다({cameras}대, {moment}).",
        "None of the {cameras} cameras is known to be out of order now ({moment}).",
    ),
    "working.unknown": (
        "지금 작동하는 카메라로는: 알 수 없음. {why}",
        "By the cameras that work now: unknown. {why}",
    ),
    "reason.health_unknown": (
        "카메라의 고장 자료(`status`)를 올린 적이 없습니다.",
        "The health of cameras was never loaded (load `status`).",
    ),
    "reason.past_day": (
        "지난날의 카메라 현황이어서 지금의 고장과 견줄 수 없습니다.",
        "This is the network of a past day, which today's outages say nothing of.",
    ),
}
