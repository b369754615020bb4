"""What Find says of each camera in its order: what it does for the place, how it is turned, who stands in, which way it sees."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "answer.sees": ("확실히 봄", "certainly sees"),
    "answer.sees_dark": ("낮에는 확실히 봄, 지금은 어두움", "certainly sees by day; too dark now"),
    "answer.sees_unlit": (
        "확실히 봄, 밤에도 보는지는 모름",
        "certainly sees; whether in the dark is not known",
    ),
    "answer.turns": ("{towards}으로 돌리면 봄", "sees if turned to {towards}"),
    "answer.may": ("볼 수도 있음", "may see"),
    "answer.may_chance": ("볼 수도 있음, {chance}", "may see, {chance}"),
    "answer.down": ("고장, 여기를 보던 카메라", "out of order; it would see this"),
    "answer.approach": ("이곳은 보지 않고 길목을 봄", "does not see this, but a way to it"),
    "answer.near": ("보이지 않음: {why}", "does not see: {why}"),
    "answer.near_down": ("고장, 정상이어도 보이지 않음: {why}", "out of order, and would not see: {why}"),
    "answer.in_the_dark": ("지금은 어두움", "too dark now"),
    "answer.dark_unknown": ("밤에도 보는지는 모름", "whether in the dark is not known"),
    # how it is turned there
    "answer.tilt_down": ("아래로 {deg}°", "{deg}° down"),
    "answer.level": ("수평", "level"),
    "answer.level_assumed": ("거의 수평", "about level"),
    "answer.tilt_up": ("위로 {deg}°", "{deg}° up"),
    "answer.tilt_down_assumed": ("아래로 약 {deg}°", "about {deg}° down"),
    "answer.tilt_up_assumed": ("위로 약 {deg}°", "about {deg}° up"),
    "answer.preset": ("프리셋 {no}", "preset {no}"),
    "answer.preset_off": ("프리셋 {no}에서 {off}°", "{off}° from preset {no}"),
    "answer.no_preset": ("가까운 프리셋 없음", "no preset near"),
    # out of order
    "answer.down_since": ("{since}부터 고장", "out of order since {since}"),
    "answer.instead": ("대신 {camera}: 그 시야의 {share}를 봄", "instead {camera}: sees {share} of its view"),
    "answer.instead_may": (
        "대신 {camera}: 그 시야의 {share}까지 볼 수도 있음",
        "instead {camera}: may see up to {share} of its view",
    ),
    "answer.no_instead": (
        "그 시야의 {least} 이상을 대신 볼 다른 기둥의 정상 카메라 없음",
        "no working camera of another pole sees even {least} of its view",
    ),
    "answer.replaces": ("고장 난 {cameras} 대신", "stands in for {cameras}"),
    # the ways to the place
    "answer.junction": ("길 따라 {along} 앞 갈림길", "the junction {along} along the street"),
    "answer.junction_of": ("{street} {along} 앞 갈림길", "the junction {along} along {street}"),
    "answer.end": ("길 따라 {along} 앞 골목 끝", "the alley's end {along} along the street"),
    "answer.end_of": ("{street} {along} 앞 골목 끝", "the end {along} along {street}"),
    "answer.sees_way": ("{way}을 확실히 봄", "certainly sees {way}"),
    "answer.ways": (
        "길을 따라 가까운 갈림길과 골목 끝 {n}곳 가운데 카메라가 확실히 보는 곳은 {seen}곳입니다(관찰 등급).",
        "Junctions and alley ends near along the streets: {n}, of which certainly seen (class observe): {seen}.",
    ),
    # in which light
    "answer.night": (
        "지금 이곳은 어두워, 밤에 보이는 대로 차례를 매겼습니다(해의 높이 {sun}°).",
        "It is dark there now, so the order follows what is seen by night (altitude of the sun {sun}°).",
    ),
    "answer.night_asked": (
        "밤에 보이는 대로 차례를 매겼습니다.",
        "The order follows what is seen by night, as asked.",
    ),
    "answer.day_asked": (
        "낮에 보이는 대로 차례를 매겼습니다.",
        "The order follows what is seen by day, as asked.",
    ),
    # the second group
    "answer.closed": (
        "다른 목적으로 설치된 카메라 {n}대(확실히 보는 것 {sees}대, 볼 수도 있는 것 {may}대): 긴급 사유를 기록해야 열립니다.",
        "Installed for other purposes: {n} (certainly seeing: {sees}, possibly: {may}). They open on a recorded emergency ground.",
    ),
    "answer.opened": (
        "다른 목적으로 설치된 카메라 {n}대: 기록한 긴급 사유로 열렸습니다.",
        "Installed for other purposes: {n}, opened on the recorded emergency ground.",
    ),
    "answer.no_purpose": (
        "{call} 신고를 위해 설치할 수 있는 목적이 법에 없습니다. 어떤 카메라든 긴급 사유를 기록해야 씁니다.",
        "No purpose of cameras covers a call of class {call}: any of them needs a recorded emergency ground.",
    ),
    # the list
    "answer.col_does": ("이곳을 보는가", "Does it see this?"),
    "answer.col_camera": ("카메라", "Camera"),
    "answer.col_away": ("거리·방향", "Away, towards"),
    "answer.col_class": ("등급(밤)", "Class (night)"),
    "answer.dense": ("{density} px/m", "{density} px/m"),
    "answer.by_night": ("밤 {name}", "night {name}"),
    "answer.no_night": ("밤에는 안 보임", "not by night"),
    "answer.night_unknown": ("밤 모름", "night unknown"),
    "answer.old": ("옛 방식 {n}번째", "old rule: no. {n}"),
    "map.legend_approach": (
        "마름모: 이곳으로 오는 갈림길과 골목 끝(채움: 카메라가 확실히 봄)",
        "Diamond: junction or alley end on a way here (filled: surely seen)",
    ),
}
