"""What stands on maps to take away, in Korean and English."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "layer.boundaries": ("동별로 보이는 골목의 비율", "Alleys seen by dong"),
    "layer.dong": ("행정동", "Dong"),
    "layer.zones": ("침수·산불 위험 구역", "Flood and wildfire zones"),
    "layer.fields": ("카메라 시야", "Fields of view"),
    "layer.gaps": ("사각지대", "Gaps"),
    "layer.cameras": ("카메라", "Cameras"),
    "layer.lines": ("시선", "Lines of sight"),
    "layer.answer": ("이 질문의 카메라", "Cameras of the answer"),
    "layer.place": ("지정한 곳", "The place"),
    "layer.buildings": ("건물", "Buildings"),
    "layer.streets": ("골목", "Streets"),
    "column.no": ("번호", "No."),
    "column.place": ("위치(위도, 경도)", "Place (lat, lon)"),
    "column.camera": ("관리번호", "Registry no."),
    "column.view": ("확실히 보는 넓이", "Certainly sees"),
    "column.distance": ("거리", "Distance"),
    "column.name": ("이름", "Name"),
    "column.share": ("보이는 비율", "Seen"),
    "column.range": ("95 % 구간", "95 % interval"),
    "column.agency": ("관리 부서", "Agency"),
    "column.purpose": ("설치 목적", "Purpose"),
    "column.kind": ("형식", "Kind"),
    "column.zone_kind": ("종류", "Kind"),
    "column.heading": ("방향", "Heading"),
    "column.sight": ("시야", "Sight"),
    "column.length": ("길이", "Length"),
    "column.risk": ("위험", "Risk"),
    "edition.public": ("공개판", "Public edition"),
    "edition.committee": ("위원회판", "Committee edition"),
    "edition.internal": ("내부판", "Internal edition"),
    "map.label": ("지도. 같은 내용이 표에도 있습니다.", "A map; the tables hold the same."),
    "map.zoom_in": ("확대", "Zoom in"),
    "map.zoom_out": ("축소", "Zoom out"),
    "tables.title": ("표로 보기", "The same as tables"),
    "legend.title": ("범례", "Legend"),
    "legend.place": ("지정한 곳", "the place"),
    "legend.answer_certain": ("확실히 보는 카메라", "camera that certainly sees it"),
    "legend.answer_possible": ("볼 수 있는 카메라", "camera that may see it"),
    "legend.answer_none": ("보지 못하는 가까운 카메라", "near camera that does not"),
    "legend.camera": ("카메라", "camera"),
    "legend.certain": ("확실히 보이는 곳", "certainly seen"),
    "legend.possible": ("보일 수 있는 곳", "may be seen"),
    "legend.gap": ("사각지대", "gap: unseen alley"),
    "legend.gap_grave": ("위험이 큰 사각지대", "gap of high risk"),
    "legend.flood": ("침수 위험 구역", "flood zone"),
    "legend.wildfire": ("산불 위험 구역", "wildfire zone"),
    "legend.unknown": ("미상", "not known"),
    "legend.share": ("카메라에 보이는 골목의 비율", "Share of alleys that cameras see"),
}


def say(key: str, lang: str, **values: object) -> str:
    """Return the text of a key in ko or en, its blanks filled; KeyError for an unknown key or a blank without value."""
    return TABLE[key][("ko", "en").index(lang)].format(**values)
