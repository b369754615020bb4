"""Words on systems of coordinates, and on what a file's coordinates look like."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "crs.looks_like": ("{n}행은 {named} 좌표로 보입니다.", "Rows that look like {named}: {n}."),
    "crs.or": (" 또는 ", " or "),
    "crs.named": ("EPSG:{code}({name})", "EPSG:{code} ({name})"),
    "crs.turned": (
        "그 가운데 {n}행은 동쪽과 북쪽 칸이 뒤바뀌어 있습니다.",
        "In {n} of them the columns of east and north are turned.",
    ),
    "crs.again": (
        "맞으면 --assume-crs {code} 옵션으로 다시 올리십시오. 저절로 적용하지는 않습니다.",
        "If that is right, load the file again with --assume-crs {code}; nothing is applied by itself.",
    ),
    "crs.mixed": (
        "한 파일에 여러 좌표계가 섞여 있습니다(그대로 맞는 행 {n}). 좌표계마다 파일을 나누고 --assume-crs로 올리십시오.",
        "The file mixes systems of coordinates (rows that fit as they are: {n}). Split it by system and load each part "
        "with --assume-crs.",
    ),
    "crs.boundary": (
        "경계와 카메라가 약 {shift} 어긋나 있습니다. 경계의 좌표가 {was}인데 {taken}(으)로 적힌 것처럼 보입니다"
        "(그렇게 보아야 맞는 지점 {n}곳, 지금이 맞는 지점 {against}곳). 옮기지 않았으니 경계 파일을 확인하십시오.",
        "Boundary and cameras lie about {shift} apart, as if the boundary was {was} and taken for {taken} (places that "
        "fit better so: {n}; as it is: {against}). Nothing was moved: check the boundary's file.",
    ),
    "crs.4326": ("WGS84 경위도", "degrees, WGS84"),
    "crs.4162": ("베셀 경위도", "degrees, Bessel"),
    "crs.4737": ("KGD2002 경위도", "degrees, KGD2002"),
    "crs.5174": ("보정 중부원점, 베셀", "modified central belt, Bessel"),
    "crs.2097": ("중부원점, 베셀", "central belt, Bessel"),
    "crs.5179": ("UTM-K", "UTM-K"),
    "crs.5181": ("중부원점, 북 50만", "central belt, 500,000 N"),
    "crs.5186": ("중부원점, 북 60만", "central belt, 600,000 N"),
    "crs.32652": ("UTM 52N", "UTM 52N"),
    "crs.3857": ("웹 메르카토르", "web mercator"),
}
