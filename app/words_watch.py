"""Keys that open cameras, emergency grounds, what operators saw, and the figures of shifts."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "watch.title": ("영상 시스템에서 열기", "Open in the video system"),
    "watch.keys": ("키 1~9, Y, N, U 사용", "Keys 1–9, Y, N, U"),
    "watch.locked": ("목적 외", "other purpose"),
    "watch.undo": ("취소", "Take back"),
    "watch.label": (
        "{no}번 카메라 {camera} 열기. {sight}, {distance}.",
        "Open camera {no}, {camera}. {sight}, {distance}.",
    ),
    "watch.label_choose": (
        "{no}번 카메라 {camera} 고르기. {sight}, {distance}.",
        "Choose camera {no}, {camera}. {sight}, {distance}.",
    ),
    "watch.label_locked": (
        "{no}번 카메라. {sight}, {distance}. 설치 목적이 달라 긴급 사유를 기록해야 열립니다.",
        "Camera {no}. {sight}, {distance}. Installed for another purpose: opens once an emergency ground is "
        "recorded.",
    ),
    "watch.hint": (
        "목록의 번호가 곧 키입니다. 열기 전에 기록이 남습니다.",
        "A camera's number in the list is its key. Each opening is logged before it opens.",
    ),
    "watch.no_video": (
        "영상 시스템 주소가 지역 설정에 없습니다([video] open). 키는 카메라를 고르기만 합니다.",
        "The district's file names no video system ([video] open): keys choose a camera and open nothing.",
    ),
    "watch.opened": ("{camera} 열기를 기록하고 열었습니다.", "{camera}: logged and opened."),
    "watch.chosen": (
        "{camera}을(를) 골랐습니다. 영상 시스템 주소가 지역 설정에 없어 열지 않았습니다([video] open).",
        "{camera} is chosen. Nothing was opened: the district's file names no video system ([video] open).",
    ),
    "watch.not_opened": (
        "{camera} 열기를 기록하지 못해 열지 않았습니다. 같은 키를 다시 누르세요.",
        "{camera} was not opened: the opening could not be logged. Press the same key again.",
    ),
    "watch.ground_needed": (
        "이 카메라는 다른 목적으로 설치되었습니다. 아래에 긴급 사유를 기록하면 열립니다.",
        "This camera was installed for another purpose. It opens once an emergency ground is recorded below.",
    ),
    "watch.blocked": (
        "기록했지만 브라우저가 새 창을 막았습니다. 이 페이지의 팝업을 허용하고 다시 누르세요.",
        "Logged, but the browser blocked the window: allow pop-ups for this page and press again.",
    ),
    "watch.asked": ("{camera}: 이곳이 보입니까?", "{camera}: is the place on the picture?"),
    "watch.asked_towards": (
        "{camera}: 이곳({towards})이 보입니까?",
        "{camera}: is the place ({towards}) on the picture?",
    ),
    "watch.seen": ("{camera}: 보인다고 기록했습니다.", "{camera}: recorded as seen."),
    "watch.unseen": ("{camera}: 안 보인다고 기록했습니다.", "{camera}: recorded as not seen."),
    "watch.undone": ("마지막 답을 취소했습니다.", "The last answer is taken back."),
    "watch.not_kept": (
        "아직 기록하지 못했습니다. 답은 이 화면에 남아 있습니다.",
        "Not recorded yet. The answer is kept on this page.",
    ),
    "watch.waiting": (
        "데이터베이스에 아직 기록하지 못한 답이 {n}건 있습니다. 이 화면을 닫으면 사라집니다.",
        "Answers that the database has not taken yet: {n}. Closing this page loses them.",
    ),
    "watch.write_again": ("다시 기록", "Record again"),
    "watch.written": (
        "기다리던 답을 누른 시각으로 기록했습니다.",
        "What waited is recorded, as of when it was pressed.",
    ),
    # the emergency ground
    "ground.title": ("긴급 사유 기록", "Record an emergency ground"),
    "ground.which": ("근거", "Ground"),
    "ground.who": ("이름", "Name"),
    "ground.reason": ("사유", "Reason"),
    "ground.reason_help": (
        "무엇이 급한지 한 문장으로. 사람의 이름이나 차량 번호는 쓰지 않습니다.",
        "One sentence on what is urgent. No name of a person, no number plate.",
    ),
    "ground.holds": (
        "이 사건이나 장소에 대해 {minutes}분 동안 유효합니다. 이름·사유·시각이 남고, 지울 수 없습니다.",
        "Holds for this incident or place, for {minutes} minutes. Name, reason and time are kept and cannot be deleted.",
    ),
    "ground.no_steering": (
        "영상을 보는 근거일 뿐, 다른 목적의 조작은 그대로 금지됩니다(개인정보 보호법 제25조 제5항).",
        "It opens the picture. Steering the camera for another purpose stays an offence (PIPA Article 25(5)).",
    ),
    "ground.record": ("기록하고 열기", "Record and open"),
    "ground.leave": ("그만두기", "Leave it"),
    "ground.who_and_why": ("이름과 사유를 적으세요.", "Say who records it, and why."),
    "ground.in_force": (
        "긴급 사유 유효: {ground}, {until}까지.",
        "Emergency ground in force: {ground}, until {until}.",
    ),
    "ground_code.life_body_property": (
        "생명·신체·재산의 급박한 위험",
        "urgent danger to life, body or property",
    ),
    "ground_code.public_safety": ("공공의 안전을 위해 급박", "urgent for public safety"),
    "ground_article.18-2-3": ("개인정보 보호법 제18조 제2항 제3호", "PIPA Article 18(2) 3"),
    "ground_article.18-2-10": ("개인정보 보호법 제18조 제2항 제10호", "PIPA Article 18(2) 10"),
    # golmok shifts, grounds, doubts
    "shifts.none": ("{start}부터 {end}까지 신고가 없습니다.", "No calls from {start} to {end}."),
    "shifts.period": (
        "{start}부터 {end}까지 근무조별, 신고부터 첫 화면까지",
        "From {start} to {end}, by shift: from the call to the first view",
    ),
    "shifts.all": ("전체", "all"),
    "shifts.withheld": ("비공개", "withheld"),
    "shifts.seconds": ("{s}초", "{s} s"),
    "shifts.minutes": ("{min}분 {s}초", "{min} min {s} s"),
    "shifts.method": (
        "첫 화면: 신고 뒤 하루 안에 처음 연 카메라. 본 시각: 관제요원이 처음으로 보인다고 답한 때. 훈련·오인·중복 신고와 분 단위 시각이 "
        "없는 신고는 뺍니다. 5건 미만의 시간과 1~2건의 수는 밝히지 않으며, 사람별로는 세지 않습니다.",
        "First view: the first camera opened within a day of the call. Seen: when an operator first said so. Exercises, false "
        "alarms, repeated calls and calls without a time to the minute are left out. Times of fewer than 5 and counts of 1 and "
        "2 are not told; nothing is counted by person.",
    ),
    "line.col_shift": ("근무조", "shift"),
    "line.col_incidents": ("신고", "calls"),
    "line.col_opened": ("화면을 연 신고", "with a view"),
    "line.col_unopened": ("화면 없음", "without"),
    "line.col_first_view": ("첫 화면 중앙값", "median"),
    "line.col_first_view_p90": ("첫 화면 90 %", "90 %"),
    "line.col_sighted": ("본 신고", "seen"),
    "line.col_first_seen": ("본 시각 중앙값", "median"),
    "line.col_first_seen_p90": ("본 시각 90 %", "90 %"),
    "grounds.none": (
        "{start}부터 {end}까지 기록된 긴급 사유가 없습니다.",
        "No emergency grounds from {start} to {end}.",
    ),
    "grounds.period": (
        "{start}부터 {end}까지 긴급 사유 {n}건",
        "Emergency grounds from {start} to {end}: {n}",
    ),
    "grounds.of_place": ("장소", "a place"),
    "line.col_recorded": ("기록", "recorded"),
    "line.col_until": ("까지", "until"),
    "line.col_ground": ("근거", "ground"),
    "line.col_who": ("이름", "who"),
    "line.col_for": ("대상", "for"),
    "line.col_openings": ("열람", "openings"),
    "line.col_cameras_opened": ("카메라", "cameras"),
    "line.col_reason_given": ("사유", "reason"),
    "doubts.none": (
        "확실히 보인다고 한 카메라 가운데 안 보인다는 답을 받은 것이 없습니다.",
        "No camera that was told to see a place certainly was denied by an operator.",
    ),
    "doubts.headline": (
        "확실히 보인다고 했지만 관제요원이 안 보인다고 답한 카메라 {n}대. 방향·높이·건물을 확인하세요.",
        "Cameras told to see a place certainly, of which operators said that they do not: {n}. Check aim, height and buildings.",
    ),
    "doubts.table": ("안 보인다는 답을 받은 카메라", "Cameras whose sight was denied"),
    "line.col_denied": ("안 보임(곳)", "denied (places)"),
    "line.col_confirmed": ("보임(곳)", "confirmed (places)"),
    "line.col_last_denied": ("마지막 날", "last day"),
}
