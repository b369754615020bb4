"""The board of open incidents."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "board.title": ("열린 사건", "Open incidents"),
    "board.label": ("열린 사건, 긴급한 것부터", "Open incidents, the most urgent first"),
    "board.waiting": ("열린 사건을 불러옵니다…", "Fetching the open incidents…"),
    "board.empty": ("열린 사건이 없습니다.", "No incident is open."),
    "board.last": ("마지막 소식 {time}.", "Last news {time}."),
    "board.never": ("최근 이틀 동안 소식이 없습니다.", "No news in the last two days."),
    "board.out_of_order": ("고장 {n}/{of}대", "{n} of {of} cameras down"),
    # urgency of 112, after the guideline in force since April 2016
    "urgency.0": ("코드 0 최긴급", "Code 0 critical"),
    "urgency.1": ("코드 1 긴급", "Code 1 urgent"),
    "urgency.2": ("코드 2 되도록 빨리", "Code 2 soon"),
    "urgency.3": ("코드 3 당일", "Code 3 today"),
    "urgency.4": ("코드 4 상담", "Code 4 advice"),
    "urgency.unknown": ("긴급도 모름", "urgency not known"),
    # age
    "board.seconds": ("{s}초 전", "{s} s ago"),
    "board.minutes": ("{m}분 {s}초 전", "{m} min {s} s ago"),
    "board.hours": ("{h}시간 {m}분 전", "{h} h {m} min ago"),
    # place
    "board.bell": ("비상벨 {bell}", "bell {bell}"),
    "board.coarse": ("자리를 밝히지 않음({m} m 칸)", "place not told ({m} m cell)"),
    "board.no_place": ("자리를 모름", "place not known"),
    "board.unnamed": ("이름 없는 곳", "unnamed place"),
    "board.no_class": ("종류 모름", "class not known"),
    # cameras
    "board.seen": ("확실히 보는 카메라 {n}대", "seen by {n}"),
    "board.seen_may": ("확실히 보는 카메라 {n}대, 볼 수도 {may}대", "seen by {n}, perhaps by {may} more"),
    "board.may": ("확실히는 없음, 볼 수도 {may}대", "none for certain, perhaps {may}"),
    "board.none": ("보는 카메라 없음", "none sees it"),
    "board.none_usable": ("쓸 수 있는 카메라 없음", "none that may be used"),
    "board.other": ("+{n} 목적 외", "+{n} of another purpose"),
    "board.mark_sees": ("봄", "sees"),
    "board.mark_may": ("볼 수도", "may"),
    "board.mark_none": ("못 봄", "does not"),
    # news
    "board.new": ("새 사건", "new"),
    "board.said": (
        "새 사건: {urgency}, {what}, {where}. {cameras}.",
        "New incident: {urgency}, {what}, {where}. {cameras}.",
    ),
    "board.sound": ("소리", "Sound"),
    "board.sound_help": ("새 사건이 오면 짧은 소리를 냅니다.", "A short tone with each new incident."),
    # losses
    "board.lost": (
        "{time}부터 연결이 끊겼습니다. 보이는 것이 옛것일 수 있습니다. 다시 잇고 있습니다.",
        "Connection lost since {time}. What is shown may be old. Trying again.",
    ),
    "board.lost_database": (
        "{time}부터 데이터베이스에 닿지 않습니다. 보이는 것이 옛것일 수 있습니다. 다시 잇고 있습니다.",
        "The database is not reachable since {time}. What is shown may be old. Trying again.",
    ),
    "board.signed_out": (
        "로그인이 끝났습니다. 페이지를 새로 열어 다시 로그인하십시오.",
        "The sign-in is over. Open the page anew and sign in.",
    ),
    "board.not_yours": (
        "이 역할로는 열린 사건을 볼 수 없습니다.",
        "The open incidents are not for your role.",
    ),
    "board.back": ("다시 이어졌습니다. 놓친 소식은 없습니다.", "Connected again. Nothing was missed."),
    # the command
    "board.col_urgency": ("긴급도", "Urgency"),
    "board.col_when": ("신고", "Reported"),
    "board.col_what": ("사건", "Incident"),
    "board.col_where": ("자리", "Place"),
    "board.col_cameras": ("카메라", "Cameras"),
    "board.found": ("열린 사건 {n}건.", "Open incidents: {n}."),
}
