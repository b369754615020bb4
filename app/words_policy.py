"""Sentences of the policy page of article 25, paragraph 7, and of the command that writes it."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "policy.title": (
        "고정형 영상정보처리기기 운영·관리 방침",
        "Policy on the operation of fixed video devices",
    ),
    "policy.opening": (
        "「개인정보 보호법」 제25조제7항과 같은 법 시행령 제25조제1항에 따라 {name}의 고정형 영상정보처리기기(CCTV) 운영·관리 방침을 아래와 같이 정하여 알립니다.",
        "{name} tells here how it runs its fixed video devices (CCTV), as article 25, paragraph 7 of the Personal "
        "Information Protection Act and article 25, paragraph 1 of its Decree ask.",
    ),
    "policy.in_force": ("{day} 시행", "in force since {day}"),
    "policy.made": ("{day} 작성", "made on {day}"),
    "policy.registry": ("카메라 대장 기준일 {day}", "registry of cameras as at {day}"),
    "policy.margin": ("가상의 지역", "INVENTED DISTRICT"),
    "policy.watermark": ("가상 자료", "INVENTED"),
    "policy.item.purpose": ("설치 근거와 설치 목적", "Ground and purpose"),
    "policy.item.place": ("설치 대수, 설치 위치와 촬영 범위", "Number, location and range"),
    "policy.item.persons": (
        "관리책임자, 담당 부서와 접근 권한이 있는 사람",
        "Responsible manager, department and persons with access",
    ),
    "policy.item.keeping": (
        "촬영 시간, 보관 기간, 보관 장소와 처리 방법",
        "Hours, retention, place of storage and processing",
    ),
    "policy.item.inspection": (
        "운영자의 영상정보 확인 방법과 장소",
        "How and where the operator looks at the pictures",
    ),
    "policy.item.requests": (
        "정보주체의 영상정보 열람 등 요구에 대한 조치",
        "What is done when a person asks for pictures of themselves",
    ),
    "policy.item.protection": (
        "영상정보 보호를 위한 기술적·관리적·물리적 조치",
        "Technical, organisational and physical protection",
    ),
    "policy.item.other": ("그 밖에 필요한 사항", "Other matters"),
    "policy.ground": (
        "모든 카메라는 「개인정보 보호법」 제25조제1항 각 호 가운데 하나에 근거하여 설치했습니다.",
        "Each camera stands on one of the grounds of article 25, paragraph 1 of the Personal Information Protection Act.",
    ),
    "policy.law.25-1-1": ("제1호: 법령에서 구체적으로 허용", "item 1: permitted by statute"),
    "policy.law.25-1-2": ("제2호: 범죄의 예방과 수사", "item 2: prevention and investigation of crime"),
    "policy.law.25-1-3": (
        "제3호: 시설의 안전·관리와 화재 예방",
        "item 3: safety and management of facilities, prevention of fire",
    ),
    "policy.law.25-1-4": ("제4호: 교통단속", "item 4: traffic enforcement"),
    "policy.law.25-1-5": (
        "제5호: 교통정보의 수집·분석과 제공",
        "item 5: collecting, analysing and giving traffic information",
    ),
    "policy.law.25-1-6": (
        "제6호: 영상을 저장하지 않는 통계 목적 등",
        "item 6: statistics and the like, without storing pictures",
    ),
    "policy.purposes": ("설치 목적과 근거", "Purposes and their grounds"),
    "policy.cameras": ("카메라", "cameras"),
    "policy.sites": ("설치 지점", "sites"),
    "policy.n_cameras": ("{n}대", "{n}"),
    "policy.n_sites": ("{n}곳", "{n}"),
    "policy.by_dong": ("동별 설치 현황", "By dong"),
    "policy.see_annex": (
        "설치 지점마다의 위치는 붙임에 있습니다.",
        "The place of each site stands in the annex.",
    ),
    "policy.agencies": ("관리 부서", "Agencies"),
    "policy.retention": ("보관 기간", "How long footage is kept"),
    "policy.days": ("촬영한 날부터 {days}일", "{days} days from recording"),
    "policy.days_unknown": (
        "대장에 없음(기본 {days}일)",
        "not in the registry ({days} days by default)",
    ),
    "policy.annex": ("붙임. 설치 위치", "Annex: where the cameras are"),
    "policy.annex_table": (
        "설치 지점(좌표: WGS84, 도)",
        "Sites (coordinates in degrees, WGS84)",
    ),
    "policy.told_by": ("운영 기관이 밝힌 내용", "As the operator tells it"),
    "policy.missing": (
        "{what}: 운영 기관이 아직 밝히지 않았습니다.",
        "{what}: the operator has not told this yet.",
    ),
    "policy.none_registered": ("등록된 카메라가 없습니다.", "No camera is registered."),
    "policy.no_dong": ("동을 알 수 없음", "in no known dong"),
    "policy.col_what": ("항목", "What"),
    "policy.col_told": ("내용", "As told"),
    "policy.col_purpose": ("설치 목적", "Purpose"),
    "policy.col_law": ("근거(제25조제1항)", "Ground (article 25, paragraph 1)"),
    "policy.col_cameras": ("카메라(대)", "Cameras"),
    "policy.col_sites": ("설치 지점(곳)", "Sites"),
    "policy.col_dong": ("동", "Dong"),
    "policy.col_agency": ("관리 부서", "Agency"),
    "policy.col_days": ("보관 기간", "Kept for"),
    "policy.col_share": ("비율", "Share"),
    "policy.col_no": ("번호", "No."),
    "policy.col_coordinates": ("위도, 경도", "Latitude, longitude"),
    "policy.topic.range": ("촬영 범위", "Range"),
    "policy.topic.department": ("담당 부서", "Department"),
    "policy.topic.manager": ("관리책임자", "Responsible manager"),
    "policy.topic.contact": ("연락처", "Contact"),
    "policy.topic.access": ("접근 권한이 있는 사람", "Persons with access"),
    "policy.topic.hours": ("촬영 시간", "Hours"),
    "policy.topic.place": ("보관 장소", "Place of storage"),
    "policy.topic.processing": ("처리 방법", "Processing"),
    "policy.topic.inspection": ("영상정보 확인 방법과 장소", "How pictures are looked at"),
    "policy.topic.requests": ("열람 등 요구에 대한 조치", "Requests of persons"),
    "policy.topic.protection": ("보호 조치", "Protection"),
    "policy.topic.outsourcing": ("설치·관리의 위탁", "Outsourcing"),
    "policy.topic.other": ("그 밖의 사항", "Other"),
    "line.policy": (
        "운영·관리 방침을 썼습니다: {out} (SHA-256 {sha256})",
        "The policy page is written: {out} (SHA-256 {sha256})",
    ),
    "line.policy_missing": (
        "아직 밝히지 않은 항목: {what}. 지역 설정 파일의 [policy.ko]와 [policy.en]에 적으십시오.",
        "Not told yet: {what}. Write them under [policy.ko] and [policy.en] of the district's file.",
    ),
}
