"""Sentences of the figures: why something cannot be said, and what to load next."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "find.walls_unknown": (
        "건물 자료가 없어 무엇에 가리는지 알 수 없습니다. 확실히 보인다고 할 수 있는 카메라가 없습니다.",
        "No buildings are loaded, so nobody knows what stands in the way: no sight is certain here.",
    ),
    "find.out_of_order_one": (
        "이곳을 볼 수 있는 카메라 1대는 지금 고장입니다.",
        "One camera that could see this place is out of order now.",
    ),
    "find.out_of_order": (
        "이곳을 볼 수 있는 카메라 {n}대는 지금 고장입니다.",
        "{n} cameras that could see this place are out of order now.",
    ),
    "gaps.walls": (
        "건물 {n}동에 가린 곳은 보이지 않는 것으로 셉니다(층수로 높이를 구한 건물 {storeys}동, 높이를 가정한 건물 {assumed}동).",
        "What {n} buildings hide counts as unseen (height from storeys: {storeys}, assumed: {assumed}).",
    ),
    "circle.of_alleys": ("골목 길이", "alley length"),
    "circle.of_area": ("건물을 뺀 땅", "open ground"),
    "gaps.incidents": (
        "지난 12개월 사건 {n}건 가운데 {share}(95 % 구간 {span})가 카메라에 보이는 곳에서 일어났습니다.",
        "Of {n} incidents in the 12 months before, {share} (95 % interval {span}) lie where a camera sees.",
    ),
    "reason.no_streets": (
        "골목이 보이는 비율은 도로 자료가 있어야 산출할 수 있습니다. `juso`나 `city`를 올리십시오.",
        "Alley coverage needs streets: load `juso` or `city`.",
    ),
    "reason.no_buildings": (
        "무엇이 보이는지는 건물 자료가 있어야 산출할 수 있습니다. `juso`나 `city`를 올리십시오. 50 m 원은 어림값이며 상한으로만 참고할 수 있습니다.",
        "Line of sight needs buildings: load `juso` or `city`. Circles of 50 m are a rough figure, an upper bound "
        "at best.",
    ),
    "reason.no_boundary": (
        "면적은 경계 자료가 있어야 산출할 수 있습니다. `boundaries`를 올리십시오.",
        "The area needs a boundary: load `boundaries`.",
    ),
    "reason.no_cameras": (
        "이 날짜에 운영 중인 카메라가 없습니다. `cameras`를 올리십시오.",
        "There are no cameras as at this date: load `cameras`.",
    ),
    "reason.no_light": (
        "밤에 보이는 비율은 보안등(`lamps`)이나 카메라의 적외선 거리(`survey`)가 있어야 산출할 수 있습니다.",
        "What is seen at night needs lamps (load `lamps`) or the infrared range of cameras (load `survey`).",
    ),
    "next.cameras": ("cameras: 카메라 대장", "cameras: the registry of the cameras"),
    "next.boundaries": (
        "boundaries: 구와 동의 경계",
        "boundaries: the outline of the district and its dong",
    ),
    "next.buildings": (
        "juso 또는 city: 시야를 가리는 건물",
        "juso or city: buildings, for line of sight",
    ),
    "next.streets": (
        "juso 또는 city: 골목의 길이를 재는 도로",
        "juso or city: streets, for coverage by metre of alley",
    ),
    "next.survey": (
        "survey: 방향·기울기·렌즈 현장조사. 없으면 카메라가 어느 쪽을 보는지 알 수 없습니다.",
        "survey: headings, tilt and lenses; without them each camera may look any way",
    ),
    "next.incidents": (
        "incidents: 112 신고 자료. 위험과 사건 지점이 보이는 비율을 산출합니다.",
        "incidents: the 112 export, for risk and for what was seen",
    ),
    "next.zones": ("zones: 침수·산불 위험 구역", "zones: flood and wildfire zones"),
    "next.lamps": (
        "lamps: 보안등 대장. 어두운 골목을 가려냅니다.",
        "lamps: the register of security lamps, for dark alleys",
    ),
}
