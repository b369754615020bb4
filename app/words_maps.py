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
}
