"""Words of the ways out: exits, the cameras that close them, what stays open, and who sees him next."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "mode.foot": ("걸어서", "on foot"),
    "mode.bicycle": ("자전거", "by bicycle"),
    "mode.car": ("차로", "by car"),
    # the answer
    "net.headline": (
        "{minutes}분 거리: 나갈 길 {exits}곳 가운데 {closed}곳을 카메라 {cameras}대로 막습니다. 달아날 길의 {share}는 열려 있습니다.",
        "{minutes} min away: {closed} of {exits} ways out closed, cameras needed: {cameras}. {share} of the escapes stay open.",
    ),
    "net.all_closed": (
        "{minutes}분 거리: 나갈 길 {exits}곳을 카메라 {cameras}대로 모두 막습니다.",
        "{minutes} min away: all {exits} ways out closed, cameras needed: {cameras}.",
    ),
    "net.none_closed": (
        "{minutes}분 거리: 나갈 길 {exits}곳 가운데 카메라로 막을 수 있는 곳이 없습니다.",
        "{minutes} min away: no camera closes any of the {exits} ways out.",
    ),
    "net.no_exits": (
        "{minutes}분 거리: 나갈 길이 없습니다. 이 길은 모두 막다른 곳입니다.",
        "{minutes} min away: there is no way out, every street here ends.",
    ),
    "net.first": (
        "바로 낸 답입니다. 더 적은 카메라로 되는지 확인하고 있습니다.",
        "The answer at once; whether fewer would do is being checked.",
    ),
    "net.proved": ("이보다 적은 카메라로는 안 됩니다(증명됨).", "No fewer cameras would do: proved."),
    "net.not_proved": (
        "시간 안에 증명하지 못했습니다. 적어도 {bound}대는 있어야 합니다.",
        "Not proved in time; cameras needed at least: {bound}.",
    ),
    "net.clock": (
        "신고 후 {elapsed}, 대응 {reaction}: 그사이 갈 수 있었던 곳 어디에나 있을 수 있습니다({mode}, {street}에서).",
        "{elapsed} since the call and {reaction} to react: he may be anywhere he could get to meanwhile ({mode}, from {street}).",
    ),
    "net.longer": ("{elapsed} 넘게", "more than {elapsed}"),
    "net.may_have_left": (
        "이미 관내를 벗어났을 수 있습니다.",
        "He can have left the district already.",
    ),
    "net.no_street_name": ("이름 없는 길", "an unnamed street"),
    "net.assumed": (
        "관찰 등급으로 확실히 보아야 길을 막은 것입니다. 추정한 방향으로는 막았다고 하지 않습니다.",
        "A street is closed by a certain view of class observe; an assumed aim never closes one.",
    ),
    "net.share_of": (
        "열린 비율: 되돌아서지 않고 아무 길로나 달아날 때, 켠 카메라에 한 번도 보이지 않고 나갈 확률.",
        "The open share: the chance of getting out unseen by these cameras, taking any street at a corner and not turning back.",
    ),
    "net.emergency": (
        "긴급 근거가 기록되어 다른 목적의 카메라도 씁니다.",
        "An emergency ground is recorded: cameras of other purposes are used as well.",
    ),
    "net.withheld": (
        "설치 목적이 다른 카메라 {n}대가 {exits}곳을 더 막을 수 있습니다: 긴급 사유를 기록해야 열립니다.",
        "Cameras of other purposes would close {exits} more: {n}. They open on a recorded emergency ground.",
    ),
    "net.no_walls": (
        "건물 자료가 없어 확실히 보이는 곳이 없습니다. 막을 수 있는 길도 없습니다.",
        "No building is loaded, so nothing is seen for certain and no street can be closed.",
    ),
    "net.stale": (
        "시야가 오래된 카메라가 {n}대 있습니다. golmok nightly로 다시 산출하십시오.",
        "Cameras near whose views are out of date: {n}. golmok nightly computes them.",
    ),
    # why an exit stays open
    "open.unseen": ("확실히 보는 카메라 없음", "no camera sees it"),
    "open.possible": ("방향을 추정한 카메라뿐", "only assumed aims"),
    "open.down": ("볼 카메라가 고장", "its camera is out of order"),
    "open.purpose": ("볼 카메라가 다른 목적", "its camera is for another purpose"),
    "open.one_aim": ("회전형이 다른 곳을 봄", "its PTZ is needed elsewhere"),
    "open.line": ("열린 곳: {reasons}.", "Open: {reasons}."),
    "open.count": ("{why} {n}곳", "{why} ({n})"),
    # tables
    "net.col_no": ("순서", "No."),
    "net.col_camera": ("카메라", "Camera"),
    "net.col_aim": ("방향", "Aim"),
    "net.col_closes": ("막는 곳", "Closes"),
    "net.col_exit": ("출구", "Exit"),
    "net.col_street": ("길", "Street"),
    "net.col_why": ("열린 까닭", "Why open"),
    "net.col_place": ("위치", "Place"),
    "net.col_use": ("사용", "Use"),
    "net.col_chance": ("확률", "Chance"),
    "net.col_blind": ("안 보이는 시간", "Blind for"),
    "net.aim_hung": ("{towards}", "{towards}"),
    "net.aim_preset": ("프리셋 {preset}, {towards}", "preset {preset}, {towards}"),
    "net.cameras_table": (
        "나갈 길을 막는 카메라, 화면에 띄울 순서",
        "Cameras that close the ways out, in the order for the screens",
    ),
    "net.exits_table": ("열려 있는 출구 {n}곳", "Exits that stay open: {n}"),
    "net.exits_all_closed": ("열려 있는 출구가 없습니다.", "No exit stays open."),
    # the page
    "net.part": ("무엇을 볼까요", "What to tell"),
    "part.now": ("지금 보는 카메라", "Now"),
    "part.ways": ("나갈 길", "Ways out"),
    "part.then": ("그때 녹화한 카메라", "Recorded then"),
    "net.since_now": ("지금", "now"),
    "net.mode": ("이동", "How he moves"),
    "net.ring": ("고리", "Ring"),
    "net.ring_minutes": ("{minutes}분", "{minutes} min"),
    "net.since": ("신고 시각", "Called in at"),
    "net.since_help": ("비우면 지금입니다. 예: 14:03", "Blank is now. Example: 14:03"),
    "net.since_wrong": ("시각을 읽을 수 없습니다. 예: 14:03", "This does not read as a time. Example: 14:03"),
    "net.next": ("다음 카메라", "Next cameras"),
    "net.next_of": ("{camera}가 놓치면", "When {camera} loses him"),
    "net.next_help": (
        "이 카메라의 시야를 벗어난 뒤 다음에 볼 카메라",
        "Who sees him next after he leaves this camera's view",
    ),
    "net.next_line": (
        "다음은 {camera}일 확률이 {p}로 가장 높고, 그때까지 {blind} 동안(95 %가 {high} 안) 보이지 않습니다.",
        "Most likely {camera} next, with a chance of {p}; until then unseen for {blind} (95 % within {high}).",
    ),
    "net.next_none": (
        "{minutes}분 안에 이어서 볼 카메라가 없습니다.",
        "No camera sees him within {minutes} min.",
    ),
    "net.next_unseen": (
        "{minutes}분 안에 아무 카메라에도 보이지 않을 확률 {p}.",
        "Seen by no camera within {minutes} min: {p}.",
    ),
    "net.next_table": ("다음에 볼 카메라", "The next cameras"),
    "net.seconds": ("{n}초", "{n} s"),
    "net.minutes_seconds": ("{minutes}분 {seconds}초", "{minutes} min {seconds} s"),
    "net.refresh": ("{time} 기준. 10초마다 다시 셉니다.", "As at {time}; counted anew every 10 s."),
    "map.legend_open": ("열린 출구", "open exit"),
    "map.legend_closed": ("막힌 출구", "closed exit"),
    "map.legend_net": ("막는 카메라", "camera that closes"),
    "map.legend_may_be": ("있을 수 있는 곳", "where he may be"),
    "map.legend_ring": ("{minutes}분 고리", "{minutes} min ring"),
    # the command
    "line.net_mode": (
        "{mode}, 신고 후 {elapsed}, 대응 {reaction}",
        "{mode}, {elapsed} since the call, {reaction} to react",
    ),
    "line.col_closes": ("막는 출구", "closes"),
    "line.col_exit": ("출구", "exit"),
    "line.col_street": ("길", "street"),
    "line.col_aim": ("방향", "aim"),
    "line.col_blind": ("안 보이는 시간", "blind for"),
    "line.col_blind_range": ("범위(95 %)", "range (95 %)"),
    "line.more_exits": ("열린 출구 {n}곳이 더 있습니다(--json).", "{n} more open exits: see --json."),
}
