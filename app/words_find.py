"""Sentences of Find beyond the first: why a near camera does not see, the old rule, one camera, the 112 class."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # why a camera does not see; stands after "does not see it:"
    "why.wall": ("벽에 가림", "a wall"),
    "why.slope": ("지형에 가림", "the ground"),
    "why.hidden": ("벽이나 지형에 가림", "a wall or the ground"),
    "why.looks_elsewhere": ("다른 쪽을 봄", "looks elsewhere"),
    "why.too_far": ("이 등급에는 멂", "too far"),
    "why.too_near": ("기둥 바로 밑", "under its pole"),
    "why.class_nowhere": ("렌즈가 이 등급에 못 미침", "lens too coarse"),
    "why.indoors": ("카메라가 건물 안에 있음", "stands indoors"),
    "why.not_told": ("이유를 알 수 없음", "reason not known"),
    "find.why_density": ("{why}, {density} px/m", "{why}, {density} px/m"),
    "find.sight_why": ("{sight}: {why}", "{sight}: {why}"),
    "find.nearest_not": (
        "가장 가까운 카메라({distance})는 보지 않습니다({why}).",
        "The nearest ({distance}) does not ({why}).",
    ),
    "find.none_nearest_why": (
        "가장 가까운 카메라는 {distance} 떨어져 있지만 이곳을 보지 않습니다({why}).",
        "The nearest one stands {distance} away and does not see it ({why}).",
    ),
    # the old rule
    "find.old_toggle": ("옛 방식과 비교", "Show the old rule"),
    "find.old_help": (
        "옛 방식: 보이는지 따지지 않고 {radius} 안에서 가장 가까운 {k}대를 부릅니다.",
        "The old rule names the nearest {k} within {radius}, whatever they see.",
    ),
    "find.old_rule": (
        "옛 방식({radius} 안 가장 가까운 {k}대)이 부르는 {named}대 가운데 확실히 보는 것은 {sees}대, 볼 수도 있는 것은 {may}대입니다.",
        "The old rule (nearest {k} within {radius}) names {named}; certainly seeing the place: {sees}, possibly: {may}.",
    ),
    "find.old_misses": (
        "확실히 보는 {misses}대와 볼 수도 있는 {may}대를 놓칩니다.",
        "Missed, though certainly seeing it: {misses}, possibly: {may}.",
    ),
    "find.old_none": (
        "옛 방식으로는 {radius} 안에 부를 카메라가 없습니다.",
        "The old rule names none: no camera within {radius}.",
    ),
    "find.col_old": ("옛 방식", "Old rule"),
    "map.legend_old": ("테두리: 옛 방식이 부르는 카메라", "Ring: named by the old rule"),
    # one camera
    "camera.title": ("{camera} · {stands}", "{camera} · {stands}"),
    "camera.none": (
        "좌표로도, 지금 있는 카메라의 관리번호로도 읽을 수 없습니다. 예: 37.5791, 126.9368",
        "This does not read as coordinates, nor is it the number of a camera that hangs today. Example: 37.5791, 126.9368",
    ),
    "camera.what": (
        "{kind} · {status} · {agency} · {purposes}",
        "{kind} · {status} · {agency} · {purposes}",
    ),
    "camera.kind_unknown": ("형식 미상", "kind not known"),
    "camera.heading": ("{towards}을 봅니다.", "It looks towards {towards}."),
    "camera.all_round": ("사방을 봅니다.", "It looks all round."),
    "camera.heading_unknown": ("보는 방향은 알려져 있지 않습니다.", "Where it looks is not known."),
    "camera.heading_likely": (
        "보는 방향은 알려져 있지 않습니다. {towards}에서 좌우 {half}° 안일 확률이 {p}로 가장 높습니다(모르면 {even}).",
        "Where it looks is not known: most likely within {half}° of {towards}, with a chance of {p} ({even} if nothing were "
        "believed).",
    ),
    "camera.view_certain": (
        "{name} 등급으로 {area} m²를 확실히 봅니다.",
        "At class {name} it certainly sees {area} m².",
    ),
    "camera.view_possible": (
        "{name} 등급으로 {area} m² 안의 어딘가를 볼 수 있습니다.",
        "At class {name} it may see parts of {area} m².",
    ),
    "camera.view_none": ("{name} 등급으로 보는 곳이 없습니다.", "At class {name} it sees nothing."),
    "camera.since": ("{day}부터의 기록.", "As recorded since {day}."),
    "camera.watched": (
        "이 기둥을 확실히 보는 다른 카메라 {sees}대, 볼 수도 있는 카메라 {may}대.",
        "Other poles' cameras that see this pole: {sees} certainly, {may} possibly.",
    ),
    # 112 classes
    "find.for": ("112 사건", "112 call"),
    "find.for_none": ("정하지 않음", "not said"),
    "find.col_use": ("사용", "Use"),
    "find.may_use": ("가능", "allowed"),
    "find.may_not_use": ("목적 외", "other purpose"),
    "find.use_line": (
        "이 사건에 설치 목적이 맞는 카메라는 {n}대 가운데 {may}대입니다.",
        "Installed for such a call: {may} of the {n} cameras listed.",
    ),
    "find.use_ground": (
        "나머지는 따로 근거를 남겨야 합니다(개인정보 보호법 제18조 제2항 제3호).",
        "Any other needs a recorded ground (PIPA Article 18(2) 3).",
    ),
    "find.use_recorded": ("나머지는 따로 근거를 남겨야 합니다.", "Any other needs a recorded ground."),
    "call.101": ("101 살인", "101 murder"),
    "call.102": ("102 강도", "102 robbery"),
    "call.104": ("104 절도", "104 theft"),
    "call.105": ("105 납치·감금", "105 abduction"),
    "call.106": ("106 성폭력", "106 sexual violence"),
    "call.107": ("107 가정폭력", "107 domestic violence"),
    "call.201": ("201 폭력", "201 assault"),
    "call.212": ("212 스토킹", "212 stalking"),
    "call.305": ("305 주취자", "305 drunkenness"),
    "call.401": ("401 교통사고", "401 traffic accident"),
    "call.405": ("405 인피도주", "405 hit and run"),
    "call.503": ("503 비상벨", "503 emergency bell"),
    "call.508": ("508 자살", "508 suicide"),
    "call.509": ("509 실종", "509 missing person"),
    "call.602": ("602 화재", "602 fire"),
    "call.603": ("603 구조요청", "603 rescue"),
    "call.609": ("609 재해재난", "609 disaster"),
}
