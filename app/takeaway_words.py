"""What stands on maps to take away, in Korean and English."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "layer.boundaries": ("동별로 보이는 골목의 비율", "Alleys seen by dong"),
    "layer.zones": ("침수·산불 위험 구역", "Flood and wildfire zones"),
    "layer.fields": ("카메라 시야", "Fields of view"),
    "layer.gaps": ("사각지대", "Gaps"),
    "layer.cameras": ("카메라", "Cameras"),
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
    "legend.unknown": ("미상", "not known"),
    "legend.share": ("카메라에 보이는 골목의 비율", "Share of alleys that cameras see"),
}


def say(key: str, lang: str) -> str:
    """Return the text of a key in ko or en; KeyError for an unknown key."""
    return TABLE[key][("ko", "en").index(lang)]
