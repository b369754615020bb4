"""Words of fixed lists that records may be kept in. What stands in no list may be a person's story, and is not kept."""

from __future__ import annotations

# Event classes of the 112 centres, by code.
CALL_CLASSES: dict[str, str] = {
    "101": "살인", "102": "강도", "103": "치기", "104": "절도", "105": "납치감금", "106": "성폭력", "107": "가정폭력",
    "108": "아동학대(가정내)", "109": "아동학대(기타)",
    "201": "폭력", "202": "사기", "203": "공갈", "204": "협박", "205": "도박", "206": "재물손괴", "207": "주거침입",
    "208": "풍속영업", "209": "수배불심자", "210": "기타형사범", "211": "데이트폭력", "212": "스토킹", "213": "학교폭력",
    "214": "마약", "215": "보이스피싱", "216": "동물학대",
    "301": "시비", "302": "행패소란", "303": "청소년비행", "304": "무전취식승차", "305": "주취자", "306": "보호조치",
    "307": "위험방지", "308": "기타경범",
    "401": "교통사고", "402": "교통불편", "403": "교통위반", "404": "사망·대형사고", "405": "인피도주", "406": "음주운전",
    "501": "상담문의", "502": "변사자", "503": "비상벨", "504": "경비업체", "505": "가출", "506": "분실습득", "507": "FTX",
    "508": "자살", "509": "실종",
    "601": "내용확인불가", "602": "화재", "603": "구조요청", "604": "소음", "605": "노점상", "606": "기타타기관",
    "607": "서비스요청", "608": "청탁금지법", "609": "재해재난", "610": "위험동물",
}  # fmt: skip

CALL_WAYS = ("전화", "문자", "방문", "비상벨", "앱", "인터넷", "순찰", "영상통화")

# What footage is asked for, and what became of it: the words that may be kept of a purpose or an outcome.
PURPOSES = (
    *CALL_CLASSES.values(), "수사", "범죄수사", "재판", "공소", "형 집행", "교통조사", "교통사고조사", "사고조사", "실종수색",
    "실종자", "사실확인", "범인검거", "증거확보", "방범", "단속", "과태료", "시설물", "재난", "민원", "감사", "통계", "학술",
    "교통", "폭행", "상해", "사고", "뺑소니", "도난", "분실", "추적",
    # of sensitive classes the place is told coarsely: such a word has to stay as it may be written
    "가정 폭력", "데이트 폭력", "교제 폭력", "배우자 폭력", "학교 폭력", "성 폭력", "성폭행", "성범죄", "성추행", "성희롱", "성매매", "성착취",
    "강간", "강제 추행", "추행", "불법 촬영", "아동 학대", "노인 학대", "장애인 학대", "변사", "자해",
)  # fmt: skip
OUTCOMES = (
    "해당 장면 없음", "사각지대", "사각", "대상 미식별", "미식별", "화질 불량", "화질", "어두움", "야간", "보관기간 경과",
    "보존기간 경과", "장애", "고장", "회전", "시간 불일치", "가림", "수목", "우천", "역광", "활용", "검거", "송치", "불송치",
)  # fmt: skip
YES_OR_NO = ("y", "n", "yes", "no", "예", "아니오", "활용", "미활용", "o", "x")
ENTRIES = ("제공", "열람", "이용", "파기", "복사", "보관", "열람·제공", "이용·제공")

# What the traffic authority tells of a fatal accident: its own lists of 2015 to 2018.
ACCIDENT_WORDS = (
    "주", "야", "주간", "야간", "월", "화", "수", "목", "금", "토", "일", "차대사람", "차대차", "차량단독", "철길건널목", "횡단중",
    "차도통행중", "길가장자리구역통행중", "보도통행중", "기타", "기타/불명", "불명", "없음", "추돌", "주차차량추돌", "진행중 추돌",
    "정면충돌", "측면충돌", "측면직각충돌", "후진중충돌", "주/정차차량 충돌", "주정차차량충돌", "공작물충돌", "도로이탈",
    "도로이탈 기타", "도로이탈 추락", "도로외이탈", "전도", "전복", "전도전복", "운전자부재", "정비불량", "보행자과실",
    "운전자법규위반", "과속", "교차로 통행방법 위반", "기타(운전자법규위반)", "긴급자동차에대한 피양의무 위반",
    "보행자 보호의무 위반", "보행자보호의무위반", "부당한 회전", "불법유턴", "서행 및 일시정지위반", "신호위반", "안전거리 미확보",
    "안전운전 의무 불이행", "안전운전불이행", "앞지르기 금지위반", "앞지르기 방법위반", "정비불량 제차의 운전금지위반",
    "중앙선 침범", "중앙선침범", "직진 및 우회전차의 통행방해", "차로위반(진로변경 위반)", "차로위반", "철길건널목 통과방법위반",
    "진행방해", "고가도로위", "교량위", "교차로", "교차로내", "교차로부근", "교차로횡단보도내", "단일로", "기타단일로", "기타 단일로",
    "지하도로내", "지하차도(도로)내", "터널안", "횡단보도부근", "횡단보도상", "주차장", "승용차", "승합차", "화물차", "특수차",
    "이륜차", "원동기장치자전거", "자전거", "농기계", "건설기계", "보행자", "개인형이동수단(PM)", "사륜오토바이(ATV)", "사발이",
    "열차", "차단기돌파", "주정차중 추돌", "과로", "음주운전", "무면허", "경형", "소형", "중형", "대형", "단독", "추락",
)  # fmt: skip
PROVINCES = (
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기", "강원", "충북", "충남", "전북", "전남", "경북", "경남",
    "제주",
)  # fmt: skip

STREET_CRIMES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Public disorder and weapons", "Robbery", "Shoplifting",
    "Theft from the person", "Vehicle crime", "Violence and sexual offences", "Violent crime",
)  # fmt: skip
STREET_OUTCOMES = (
    "Action to be taken by another organisation", "Awaiting court outcome", "Court case unable to proceed",
    "Court result unavailable", "Defendant found not guilty", "Defendant sent to Crown Court", "Case closed",
    "Formal action is not in the public interest", "Further action is not in the public interest",
    "Further investigation is not in the public interest", "Investigation complete; no suspect identified",
    "Local resolution", "Offender deprived of property", "Offender fined", "Offender given a caution",
    "Offender given a drugs possession warning", "Offender given absolute discharge",
    "Offender given community sentence", "Offender given conditional discharge", "Offender given penalty notice",
    "Offender given suspended prison sentence", "Offender ordered to pay compensation",
    "Offender otherwise dealt with", "Offender sent to prison", "Status update unavailable",
    "Suspect charged", "Suspect charged as part of another case", "Unable to prosecute suspect", "Under investigation",
)  # fmt: skip
