"""What is said of cases, and of the cameras that could have recorded a place: sentences, columns, the footage request."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # the first sentence
    "witness.kept": (
        "그때 이곳을 찍었을 수 있는 카메라 {n}대의 영상이 남아 있을 수 있습니다. 확실히 찍은 것은 {sure}대입니다.",
        "Cameras that could have recorded it, their footage not yet deleted: {n}; for certain: {sure}.",
    ),
    "witness.coarser": (
        "‘{name}’ 등급으로 찍었을 카메라는 없습니다. 더 낮은 등급으로 찍었을 수 있는 카메라는 {n}대입니다.",
        "None at class {name}. At a coarser class could have recorded it: {n}.",
    ),
    "witness.gone": (
        "그때 이곳을 찍었을 수 있는 카메라는 {n}대이지만 영상은 모두 보관 기간이 지났습니다.",
        "Cameras that could have recorded it: {n}. All of their footage is past its time and deleted.",
    ),
    "witness.down": (
        "이곳을 볼 수 있는 카메라 {n}대는 그때 내내 고장이었습니다.",
        "Cameras that look there: {n}. All of them were out of order throughout.",
    ),
    "witness.none": (
        "없습니다. 그때 이곳을 찍었을 수 있는 카메라가 없습니다.",
        "None. No camera could have recorded this place then.",
    ),
    "witness.before_first": (
        "첫 카메라는 {day}에 설치되었습니다.",
        "The first camera was installed on {day}.",
    ),
    "witness.outside": ("지역 밖입니다.", "The place lies outside the district."),
    # what stands behind it
    "witness.asked": (
        "사건 {case}, 반경 {radius}, {since}부터 {until}까지, {at}의 카메라 현황, ‘{name}’ 등급.",
        "Case {case}, within {radius}, {since} to {until}, the network as at {at}, class {name}.",
    ),
    "witness.any": (
        "한 대라도 찍었을 부분: {what} {whole} 가운데 {share}({range}).",
        "Seen by at least one: {share} ({range}) of {whole} of {what}.",
    ),
    "witness.any_kept": (
        "영상이 남아 있는 카메라만으로는 {share}({range}).",
        "By those whose footage is left: {share} ({range}).",
    ),
    "witness.alleys": ("골목", "alley"),
    "witness.area": ("건물을 뺀 땅", "open ground"),
    "witness.light_day": ("그때는 낮이었습니다.", "It was day then."),
    "witness.light_night": (
        "그때는 밤이었습니다. 보안등이 비추거나 적외선이 닿는 곳만 셉니다.",
        "It was night then: only what a lamp lights or a camera's infrared reaches counts.",
    ),
    "witness.light_both": (
        "낮과 밤에 걸친 시간입니다(밤 {share}). 비율은 낮 기준이고, 밤 기준은 따로 적습니다.",
        "The time spans day and night ({share} night): shares are by day, those by night stand beside.",
    ),
    "witness.light_unknown": (
        "밤에 무엇이 보였는지는 알 수 없습니다(보안등도 적외선 거리도 모름). 비율은 낮 기준입니다.",
        "What was seen by night is not known (neither lamps nor infrared ranges are): shares are by day.",
    ),
    "witness.health_unknown": (
        "고장 기록을 받은 적이 없어 그때 작동했는지는 알 수 없습니다.",
        "Whether the cameras worked is not known: their health was never loaded.",
    ),
    "witness.walls_unknown": (
        "건물 자료가 없어 확실히 찍었다고 말할 수 있는 카메라는 없습니다.",
        "Without buildings nothing is certain: a wall may stand anywhere.",
    ),
    "witness.retention_unknown": (
        "보관 기간을 대장이 알려 주지 않는 카메라 {n}대: 남아 있는지 물어봐야 합니다.",
        "Retention not told by the registry for {n}: whether footage is left must be asked.",
    ),
    "witness.apart": (
        "따로 둔 것: 그때 내내 고장 {down}대, 이미 지워진 영상 {gone}대.",
        "Set apart: out of order throughout {down}, deleted since {gone}.",
    ),
    "witness.stale": (
        "카메라 {n}대의 시야는 다시 계산해야 합니다.",
        "The views of {n} cameras are to be computed anew.",
    ),
    "witness.logged": (
        "이 물음은 접근 기록에 남았습니다. 장소를 찾을 뿐 사람을 찾지 않습니다.",
        "This question stands in the access log. It looks for places, never for persons.",
    ),
    # columns
    "witness.table": ("찍었을 수 있는 카메라", "Cameras that could have recorded it"),
    "witness.col_no": ("번호", "No."),
    "witness.col_camera": ("관리번호", "Camera"),
    "witness.col_left": ("영상", "Footage"),
    "witness.col_part": ("골목", "Alleys"),
    "witness.col_ground": ("건물을 뺀 땅", "Ground"),
    "witness.col_class": ("최고 등급", "Best class"),
    "witness.col_worked": ("작동", "Worked"),
    "witness.col_night": ("밤에는", "By night"),
    "witness.col_distance": ("거리", "Distance"),
    "witness.col_agency": ("관리 부서", "Agency"),
    "witness.part": ("{share} ({range})", "{share} ({range})"),
    "witness.part_most": ("많으면 {high}", "at most {high}"),
    "witness.part_sure": ("{share} 확실", "{share} certain"),
    "witness.hardly": ("가장자리만, 또는 어두움", "only its edge, or dark"),
    "witness.class_may": ("{name}(가능)", "{name} (may)"),
    "witness.only_from": ("{since}부터의 상태", "as from {since}"),
    "witness.only_until": ("{until}까지의 상태", "as until {until}"),
    "footage.kept": ("{n}일 남음", "{n} days left"),
    "footage.last_day": ("오늘 지워짐", "deleted today"),
    "footage.partly": ("앞부분은 지워짐, 나머지는 {day}까지", "its beginning deleted, the rest until {day}"),
    "footage.gone": ("{day}에 지워짐", "deleted since {day}"),
    "footage.unknown": ("보관 기간 모름", "retention unknown"),
    "footage.down": ("내내 고장", "out of order"),
    "worked.all": ("내내", "throughout"),
    "worked.share": ("{share} ({down} 고장)", "{share} (down {down})"),
    "worked.unknown": ("모름", "unknown"),
    # the part of Find
    "witness.case": ("사건 번호", "Case number"),
    "witness.case_help": (
        "열려 있는 사건만. 물음마다 접근 기록에 남습니다.",
        "Open cases alone. Each question is logged.",
    ),
    "witness.radius": ("오차 반경 (m)", "Within (m)"),
    "witness.since": ("부터", "From"),
    "witness.until": ("까지", "To"),
    "witness.legend": ("묻는 범위", "Area asked about"),
    "witness.ask": ("찾기", "Ask"),
    "witness.prompt": (
        "지도에서 장소를 고른 다음 사건 번호와 시각을 적으십시오.",
        "Choose a place on the map, then say the case and the time.",
    ),
    "witness.take": ("영상 제공 요청 목록", "List for a footage request"),
    "witness.take_who": ("가져가는 사람", "Taken by"),
    "witness.take_form": ("형식", "Form"),
    "witness.make": ("목록 만들기", "Make the list"),
    "witness.download": ("내려받기", "Download"),
    "witness.who_missing": ("가져가는 사람을 적어 주십시오.", "Say who takes it."),
    # the footage request
    "request.title": ("영상 제공 요청 목록", "Footage request: the cameras"),
    "request.request_no": ("요청번호", "Request no."),
    "request.case_no": ("사건·공문번호", "Case or document no."),
    "request.office": ("요청 기관", "Requesting office"),
    "request.ground": ("제공 근거", "Ground in law"),
    "request.place": ("사건장소 (위도, 경도, 반경)", "Place (latitude, longitude, radius)"),
    "request.camera": ("CCTV 관리번호", "CCTV number"),
    "request.address": ("설치 위치", "Stands at"),
    "request.agency": ("관리 부서", "Agency"),
    "request.footage_from": ("영상 시작일시", "Footage from"),
    "request.footage_to": ("영상 종료일시", "Footage to"),
    "request.retention_end": ("보관 만료일", "Retention ends"),
    "request.class": ("최고 등급", "Best class"),
    "request.alleys": ("골목 중 찍은 부분", "Part of the alleys"),
    "request.area": ("건물을 뺀 땅 중 찍은 부분", "Part of the open ground"),
    "request.worked": ("작동 여부", "Worked"),
    "request.conditions": ("제공 조건", "Conditions"),
    "request.taken_by": ("가져간 사람", "Taken by"),
    "request.taken_on": ("가져간 날", "Taken on"),
    "request.invented": ("가상 자료", "Invented"),
    "request.retention_unknown": ("모름", "unknown"),
    "request.conditions_18": (
        "개인정보 보호법 제18조 제5항: 요청한 목적에만 쓰고, 다른 사람에게 다시 제공하지 않으며, 접근을 제한하고 안전성 확보 조치를 하고, "
        "목적을 이루면 지체 없이 파기하고 그 결과를 알려야 합니다.",
        "PIPA Article 18(5): to be used for the stated purpose alone, given on to nobody, kept under restricted access and safeguards, "
        "destroyed without delay once the purpose is met, and its destruction reported.",
    ),
    "request.conditions_35": (
        "개인정보 보호법 제35조, 표준지침 제46조: 본인이 찍힌 부분만 열람하며 다른 사람은 알아볼 수 없게 처리합니다.",
        "PIPA Article 35: only what shows the person concerned; others are made unrecognisable.",
    ),
    "request.left_out": (
        "영상이 이미 지워진 카메라 {gone}대와 그때 내내 고장이던 카메라 {down}대는 목록에 없습니다.",
        "Not listed: {gone} whose footage is deleted, {down} out of order throughout.",
    ),
    "request.asked": ("요청", "What is asked for"),
    "request.col_what": ("항목", "What"),
    "request.col_told": ("내용", "Told"),
    "request.empty": ("요청할 수 있는 영상이 없습니다.", "There is no footage to ask for."),
    "request.margin": ("내부용", "Internal"),
    "request.watermark": ("가상 자료", "INVENTED"),
    "line.request": (
        "{out}  카메라 {n}대  sha256 {sha256}",
        "{out}  {n} cameras  sha256 {sha256}",
    ),
    # grounds in law
    "ground.18-2-1": ("제18조 제2항 제1호: 동의", "Article 18(2) 1: consent"),
    "ground.18-2-2": ("제18조 제2항 제2호: 다른 법률의 규정", "Article 18(2) 2: another statute"),
    "ground.18-2-3": ("제18조 제2항 제3호: 급박한 생명·신체·재산", "Article 18(2) 3: urgent danger"),
    "ground.18-2-5": ("제18조 제2항 제5호: 보호위원회 의결", "Article 18(2) 5: decision of the commission"),
    "ground.18-2-6": ("제18조 제2항 제6호: 조약", "Article 18(2) 6: treaty"),
    "ground.18-2-7": (
        "제18조 제2항 제7호: 범죄의 수사와 공소",
        "Article 18(2) 7: investigation and prosecution",
    ),
    "ground.18-2-8": ("제18조 제2항 제8호: 법원의 재판", "Article 18(2) 8: court"),
    "ground.18-2-9": ("제18조 제2항 제9호: 형의 집행", "Article 18(2) 9: execution of a sentence"),
    "ground.18-2-10": ("제18조 제2항 제10호: 공공의 안전", "Article 18(2) 10: public safety"),
    "ground.35": ("제35조: 정보주체의 열람", "Article 35: the person concerned"),
    # cases
    "line.case_opened": (
        "사건을 열었습니다: {case}, {office}, {ground}.",
        "Case {case} is open: {office}, {ground}.",
    ),
    "line.case_closed": ("사건을 닫았습니다: {case}.", "Case {case} is closed."),
    "line.cases": ("열려 있는 사건 {n}건.", "Cases open: {n}."),
    "line.case_no": ("사건 번호", "Case"),
    "line.case_office": ("기관", "Office"),
    "line.case_ground": ("근거", "Ground"),
    "line.case_opened_at": ("연 때", "Opened"),
    "line.case_opened_by": ("연 사람", "By"),
    "line.case_closed_at": ("닫은 때", "Closed"),
    "line.case_closed_by": ("닫은 사람", "By"),
}
