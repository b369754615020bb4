"""What is said on maps to take away, on the hand-over sheet, and where the live map cannot be drawn."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "map_out.title": ("{district} 카메라 지도", "What the cameras of {district} see"),
    "map_out.at": ("{day} 기준", "as at {day}"),
    "map_out.class": ("‘{name}’ 등급", "class {name}"),
    "map_out.off": ("시야 윤곽은 {off} 이내로 단순화함", "outlines of views simplified to within {off}"),
    "map_out.certain_alone": (
        "파일 크기(5 MB) 때문에 확실한 시야만 담음",
        "only certain views, to keep the file under 5 MB",
    ),
    "map_out.no_views": (
        "파일 크기(5 MB) 때문에 시야는 담지 않음",
        "no views, to keep the file under 5 MB",
    ),
    "map_out.gaps": (
        "사각지대 {all}곳 중 위험이 큰 {shown}곳만 담음",
        "the {shown} gaps of highest risk, of {all}",
    ),
    "line.map": (
        "{out}  {size} MB  {layers}  sha256 {sha256}",
        "{out}  {size} MB  {layers}  sha256 {sha256}",
    ),
    "handover.title": ("사건 인계서: 이곳을 보는 카메라", "Incident hand-over: the cameras that see it"),
    "handover.internal": ("내부용", "Internal"),
    "handover.watermark": ("가상 자료", "INVENTED"),
    "handover.key": ("사건 번호", "Incident"),
    "handover.kind": ("종류", "Kind"),
    "handover.urgency": ("긴급도", "Urgency"),
    "handover.when": ("일시", "When"),
    "handover.place": ("위도, 경도", "Latitude, longitude"),
    "handover.col_heading": ("현재 방향", "Looks"),
    "handover.col_use": ("사용 가능 여부", "May be used"),
    "handover.more": ("이 밖에 {n}대가 더 있습니다.", "{n} more are not listed here."),
    "handover.foot": (
        "사용 가능 여부는 설치 목적과 사건 종류를 견준 첫 판단이며 법률 자문이 아닙니다. 설치 목적과 다르게 조작할 수 없습니다"
        "(개인정보 보호법 제25조 제5항). 이 문서의 발급은 접근 기록에 남아 있습니다.",
        "Whether a camera may be used is a first reading of its purpose and the kind of incident, not legal advice; no camera may be "
        "steered for another purpose (PIPA, Article 25(5)). That this sheet was taken stands in the access log.",
    ),
    "line.handover": ("{out}  {size} MB  sha256 {sha256}", "{out}  {size} MB  sha256 {sha256}"),
    "simple.note": (
        "이 화면은 WebGL2를 쓸 수 없어 최대 {n}개까지만 담은 간단한 지도를 보여 줍니다({order}).",
        "No WebGL2 here: a simple map with at most {n} objects ({order}).",
    ),
    "simple.table": ("답은 모두 표에 있습니다.", "The table holds all of the answer."),
    "simple.of_district": ("동, 위험 구역, 설치 지점 순", "dong, zones, then sites"),
    "simple.of_answer": (
        "지정한 곳, 카메라와 시야, 가까운 골목과 건물 순",
        "the place, cameras and what they see, then the nearest streets and buildings",
    ),
    "simple.of_gaps": ("동, 위험 구역, 위험이 큰 사각지대 순", "dong, zones, then gaps by risk"),
    "handover.take": ("사건 인계서 내려받기", "Take a hand-over sheet"),
    "handover.take_help": (
        "이곳의 카메라, 시야, 표를 A4 한 장에 담습니다. 내부용이며, 이름과 목적이 접근 기록에 남습니다.",
        "The cameras of this place, their views and the table on one A4. Internal: name and purpose go to the access log.",
    ),
    "handover.who": ("받는 사람", "Name"),
    "handover.purpose": ("목적", "Purpose"),
    "handover.make": ("인계서 만들기", "Make the sheet"),
    "handover.download": ("내려받기(HTML, A4 한 장)", "Download (HTML, one A4)"),
    "handover.who_and_why": ("이름과 목적을 모두 적어 주십시오.", "Give both a name and a purpose."),
}
