"""Bad inputs whose fault lies in where things are said to be: numbers, systems, addresses, shapes."""

from __future__ import annotations

import shapely

from tests.bad_inputs import (
    EAST,
    MIDDLE,
    NORTH,
    SOUTH,
    WEST,
    BadInput,
    content,
    features,
    lines,
    metres,
    row,
    rows,
)

_EDGE = [(126.9477 + 0.0002 * n, 37.5752 + 0.0008 * n) for n in range(12)]
_HERE = [(126.9368, 37.5801), (126.9372, 37.5803), (126.9376, 37.5805)]
_DONG = {"adm_nm": "가람특별시 골목구 #동", "adm_cd2": "99110#"}
_ZONE = {"zone_id": "z#", "type": "flood"}
_RING = [[WEST, SOUTH], [MIDDLE, SOUTH], [MIDDLE, NORTH], [WEST, NORTH]]
_BOX = shapely.box(WEST, SOUTH, MIDDLE, NORTH)
_OTHER_BOX = shapely.box(MIDDLE, SOUTH, EAST, NORTH)


def _bad(slug: str, ko: str, en: str, code: str, **cells: str) -> BadInput:
    return BadInput(
        slug, ko, en, lines(row(), row("2", **cells), encoding="utf-8"), taken=1, reasons={code: 1}
    )


def _fixed(slug: str, ko: str, en: str, code: str, **cells: str) -> BadInput:
    return BadInput(slug, ko, en, lines(row(**cells), encoding="utf-8"), taken=1, repaired={code: 1})


def _told(places: list[tuple[str, str]]) -> list[str]:
    return rows(len(places), lat=[lat for lat, _ in places], lon=[lon for _, lon in places])


def _turned(places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(lon, lat) for lat, lon in places]


def _shifted(lon: float, lat: float) -> tuple[float, float]:
    """Return a place as a boundary of the Bessel datum writes it: some 360 m south-east of where it is."""
    return lon + 0.00209, lat - 0.00280


def _boundary() -> list[shapely.Polygon]:
    return [shapely.Polygon([_shifted(*at) for at in box.exterior.coords]) for box in (_BOX, _OTHER_BOX)]


# A registry all over the district: of a boundary that lies some 360 m south-east the north and the west fall out.
_LATS, _LONS = (
    [f"37.5{n}" for n in (752, 770, 789, 808, 828, 848)],
    [f"126.9{n}" for n in (302, 330, 358, 386, 414, 442, 470, 498)],
)
_ALL_OVER = rows(48, lat=[lat for lat in _LATS for _ in _LONS], lon=_LONS * 6)

COORDINATES: tuple[BadInput, ...] = (
    _fixed("swapped", "위도와 경도가 뒤바뀜", "Latitude and longitude swapped", "SWAPPED", lat="126.9368", lon="37.5801"),
    _bad("placeholder", "소수 한 자리 좌표(37.6, 127.0)", "Coordinates with one decimal", "COARSE_COORD", lat="37.6", lon="126.9"),
    _bad("zero-zero", "좌표 0, 0", "Coordinates 0, 0", "SENTINEL_COORD", lat="0", lon="0"),
    _bad("nines", "좌표 99.999999", "Coordinates of nines", "SENTINEL_COORD", lat="99.999999", lon="999.999999"),
    _bad("blank", "빈 좌표", "No coordinates", "BLANK_COORD", lat="", lon=""),
    _bad("words", "좌표 칸의 글", "Words for coordinates", "BAD_COORD", lat="확인 중", lon="확인 중"),
    _fixed("dms", "도·분·초 좌표", "Degrees, minutes and seconds", "DMS", lat="37°34'48.4′′", lon="126도 56분 12.5초"),
    _bad("dms-minutes", "초가 없는 도·분 좌표", "Degrees and whole minutes", "COARSE_COORD", lat="37°34'", lon="126°56'"),
    _fixed("lost-point", "빠진 소수점(375801, 1269368)", "Missing decimal points (375801, 1269368)", "DECIMAL_POINT",
           lat="375801", lon="1269368"),
    _fixed("packed-dms", "붙여 쓴 도·분·초(373448.4)", "Degrees, minutes and seconds in one number (373448.4)", "DMS",
           lat="373448.4", lon="1265612.5"),
    _bad("lost-point-elsewhere", "소수점을 넣어도 지역 밖", "A missing point that leads out of the district", "BAD_COORD",
         lat="351234", lon="1291234"),
    BadInput("metres", "위도·경도 칸의 TM 미터(EPSG:5186)", "Metres of a grid in the columns of degrees (EPSG:5186)",
             lines(row(), *_told(metres(_HERE, 5186))[1:]), taken=1, reasons={"METRES_AS_DEGREES": 2}, notes=("crs_looks_like",)),
    BadInput("metres-turned", "동·북이 뒤바뀐 미터 칸", "Metres with east and north turned", lines(*_told(_turned(metres(_HERE, 5186)))),
             taken=3, repaired={"SWAPPED": 3}, assume_crs=5186),
    BadInput("two-grids", "한 파일에 두 좌표계", "Two systems in one file",
             lines(*_told([*metres(_HERE[:2], 5179), *metres(_HERE[2:], 5186)])), reasons={"METRES_AS_DEGREES": 3},
             notes=("crs_looks_like",)),
    BadInput("5181-as-5186", "EPSG:5181을 5186으로 읽음", "EPSG:5181 read as 5186", lines(*_told(metres(_HERE, 5181))),
             reasons={"OUTSIDE": 3}, notes=("crs_looks_like",), assume_crs=5186),
    BadInput("2097-as-5174", "EPSG:2097을 5174로 읽음(동쪽으로 255 m)", "EPSG:2097 read as 5174 (255 m too far east)",
             lines(*_told(metres(_EDGE, 2097))), reasons={"OUTSIDE": 12}, notes=("crs_looks_like",), assume_crs=5174),
    BadInput("fill-down", "엑셀 자동 채우기 좌표", "Coordinates filled down by a spreadsheet",
             lines(*rows(3, lat=["37.5801", "38.5801", "39.5801"], lon=["126.9368", "127.9368", "128.9368"])), taken=1,
             reasons={"FILL_DOWN_COORD": 2}),
    BadInput("shared", "주소 스물하나가 한 좌표를 씀", "One coordinate for twenty-one addresses",
             lines(*rows(21, lot=[f"가람특별시 골목구 가동 {n}" for n in range(21)])), reasons={"COARSE_COORD": 21}),
    _bad("outside", "다른 구의 좌표", "A place in another district", "OUTSIDE", lon="127.2001"),
    BadInput("on-a-wall", "건물이나 강 위의 좌표(확인 대상)", "A point in a building or a river (for review)", lines(row()), taken=1),
    BadInput("address-elsewhere", "주소는 다른 구, 좌표는 이 구", "An address of another district",
             lines(row(road="가람특별시 이웃구 큰길 1")), taken=1, notes=("address_elsewhere",)),
    BadInput("boundary-too-late", "다른 측지계의 경계(약 360 m)가 카메라보다 나중", "A boundary of another datum, some 360 m off, after the cameras",
             features(*_boundary(), names=_DONG), taken=2, source="boundaries", name="input.geojson", before=lines(*_ALL_OVER),
             notes=("boundary_looks_shifted",)),
)  # fmt: skip

SHAPES: tuple[BadInput, ...] = (
    BadInput("ring-open", "닫히지 않은 다각형", "A polygon that does not close",
             features({"type": "Polygon", "coordinates": [_RING]}, names=_ZONE), reasons={"BAD_GEOMETRY": 1}, source="zones",
             name="input.geojson"),
    BadInput("north-first", "위도·경도 순서의 다각형", "A polygon with latitude first",
             features({"type": "Polygon", "coordinates": [[[y, x] for x, y in [*_RING, _RING[0]]]]}, names=_ZONE), taken=1,
             repaired={"SWAPPED": 1}, source="zones", name="input.geojson"),
    BadInput("bow-tie", "스스로 꼬인 다각형", "A polygon that crosses itself",
             features(shapely.Polygon([_RING[0], _RING[2], _RING[1], _RING[3]]), names=_ZONE), taken=1,
             repaired={"GEOMETRY_REPAIRED": 1}, source="zones", name="input.geojson"),
    BadInput("no-area", "넓이가 없는 도형", "A zone that is a line",
             features(_BOX, shapely.LineString(_RING[:2]), names=_ZONE), taken=1, reasons={"BAD_GEOMETRY": 1}, source="zones",
             name="input.geojson"),
    BadInput("zone-unknown", "알 수 없는 종류의 구역", "A zone of an unknown kind",
             features(_BOX, names={"zone_id": "z#", "type": "meteor"}), reasons={"UNKNOWN_KIND": 1}, source="zones",
             name="input.geojson"),
    BadInput("two-districts", "한 파일에 두 구의 경계", "The outlines of two districts in one file",
             features(_BOX, _OTHER_BOX, names={"adm_nm": "가람특별시 #구", "adm_cd2": "9911#"}), taken=1,
             reasons={"CONFLICTING_KEY": 1}, source="boundaries", name="input.geojson"),
    BadInput("indoors", "실내 카메라(OSM)", "A camera inside a building (OSM)",
             content(b'{"elements": [{"type": "node", "id": 1, "lat": 37.5801, "lon": 126.9368,'
                     b' "tags": {"man_made": "surveillance", "surveillance": "indoor"}}]}'),
             reasons={"INDOOR_CAMERA": 1}, name="input.json"),
)  # fmt: skip
