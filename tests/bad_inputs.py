"""The catalogue of bad inputs: what files are like as they come, what a load makes of each, and what a person does.

Each class writes one invented file for the toy district of two dong round 37.58 N. `python -m tests.bad_inputs_page`
writes the page for stewards from the same table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import numpy as np
import shapely

from etl import coordinates

HEADER = ("개방자치단체코드,관리번호,관리기관명,소재지도로명주소,소재지지번주소,설치목적구분,카메라대수,카메라화소수,촬영방면정보,"
          "보관일수,설치연월,관리기관전화번호,WGS84위도,WGS84경도,데이터기준일자,데이터갱신구분,데이터갱신시점,최종수정시점")  # fmt: skip
WEST, MIDDLE, EAST, SOUTH, NORTH = 126.93, 126.94, 126.95, 37.575, 37.585
NOTHING: Mapping[str, int] = MappingProxyType({})

Write = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class BadInput:
    """One class of bad input.

    slug, ko, en   its name, and what it is in two languages
    write          writes the file
    source         of `golmok load`; with `assume_crs` and `before`, a file that is loaded first
    taken          rows inserted or unchanged
    reasons        rows that leave, by code
    repaired       rows put right, by code
    notes          what the load notes beside
    whole          the code for which the whole file is refused
    deed           what the load does, in two languages, where the codes do not tell it
    """

    slug: str
    ko: str
    en: str
    write: Write
    taken: int = 0
    reasons: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    repaired: Mapping[str, int] = field(default_factory=lambda: NOTHING)
    notes: tuple[str, ...] = ()
    whole: str | None = None
    source: str = "cameras"
    name: str = "input.csv"
    assume_crs: int | None = None
    before: Write | None = None
    deed: tuple[str, str] | None = None


def row(number: str = "202631200000001", **cells: str) -> str:
    """Return a line of the registry, sound but for the cells given."""
    base = {"no": number, "manager": "골목구청", "road": "가람특별시 골목구 골목로 1", "lot": "", "purpose": "생활방범",
            "count": "1", "pixels": "200", "view": "", "days": "30", "installed": "201005", "phone": "02-0000-4100",
            "lat": "37.5801", "lon": "126.9368", "day": "2013-12-31", "change": "", "at": ""}  # fmt: skip
    c = {**base, **cells}
    return (f"9990000,{c['no']},{c['manager']},{c['road']},{c['lot']},{c['purpose']},{c['count']},{c['pixels']},{c['view']},"
            f"{c['days']},{c['installed']},{c['phone']},{c['lat']},{c['lon']},{c['day']},{c['change']},{c['at']},")  # fmt: skip


def rows(number: int, **cells: Sequence[str]) -> list[str]:
    """Return so many lines, each with its own number; cells are one text a line."""
    return [row(str(n + 1), **{name: told[n] for name, told in cells.items()}) for n in range(number)]


def lines(*each: str, header: str = HEADER, encoding: str = "cp949", end: str = "\r\n") -> Write:
    """Write a header and lines."""
    return content(end.join([header, *each, ""]).encode(encoding))


def content(told: bytes) -> Write:
    """Write bytes as they are."""

    def write(path: Path) -> None:
        path.write_bytes(told)

    return write


def features(*shapes: object, names: Mapping[str, str], crs: str | None = None) -> Write:
    """Write a GeoJSON of geometries (mappings, or shapely) that all have the same properties, numbered by `#`."""
    told = [
        {
            "type": "Feature",
            "properties": {name: text.replace("#", str(n)) for name, text in names.items()},
            "geometry": shape if isinstance(shape, dict) else shapely.geometry.mapping(shape),
        }
        for n, shape in enumerate(shapes, 1)
    ]
    member = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return content(json.dumps({"type": "FeatureCollection", "features": told, **member}).encode())


def metres(lonlat: Sequence[tuple[float, float]], epsg: int) -> list[tuple[str, str]]:
    """Return (north, east) of places in another system, as a registry would write them: centimetres."""
    points = np.array([shapely.Point(at) for at in lonlat], dtype=object)
    moved = coordinates.to_crs(points, source=coordinates.WGS84, target=epsg)
    return [(f"{point.y:.2f}", f"{point.x:.2f}") for point in moved]


# What a person does about rows or files that were not taken, by code: Korean, English.
REMEDY: dict[str, tuple[str, str]] = {
    "OTHER_WORKBOOK": ("엑셀에서 .xlsx나 CSV UTF-8로 저장해 다시 올립니다.", "Save it as .xlsx or CSV UTF-8 and load that."),
    "LIST_SHRANK": ("빠진 행을 확인하고, 맞으면 --accept-loss로, 일부 목록이면 --part로 올립니다.",
                    "See what is missing; load it with --accept-loss if that is right, with --part if it is a part of the list."),
    "LFS_POINTER": ("git lfs pull로 원본을 받아 올립니다.", "Fetch the content with git lfs pull."),
    "EMPTY_FILE": ("보낸 부서에 다시 요청합니다.", "Ask the sender for the file again."),
    "HEADER_ONLY": ("조회 조건을 확인해 다시 내려받습니다.", "Export again: the query found nothing."),
    "NO_HEADER": ("머리글 행을 붙여 올립니다.", "Add the header row."),
    "UNKNOWN_HEADER": ("자료 종류(golmok sources)를 확인합니다.", "Check what the file is (golmok sources)."),
    "TOO_WIDE": ("줄바꿈이 사라진 파일입니다. 다시 내보냅니다.", "The line ends were lost: export it again."),
    "NOT_TEXT": ("CSV로 다시 내보냅니다.", "Export it as CSV."),
    "BAD_JSON": ("끝까지 내려받았는지 확인합니다.", "Check that the download is complete."),
    "WRONG_CONTENT": ("자료 종류를 확인합니다.", "Check what the file is."),
    "BAD_ARCHIVE": ("압축을 풀어 본 뒤 폴더째 올립니다.", "Unpack it yourself and load the folder."),
    "BAD_TEXT": ("원본에서 그 행을 다시 받습니다.", "Get the row again from where it came."),
    "OPEN_QUOTE": ("따옴표를 닫아 고칩니다.", "Close the quote."),
    "BAD_SHAPE": ("쉼표가 든 칸을 따옴표로 묶습니다.", "Put quotes round the cell that holds a comma."),
    "LONG_CELL": ("그 칸의 내용을 줄입니다.", "Shorten the cell."),
    "TOTAL_ROW": ("할 일이 없습니다.", "Nothing."),
    "FORMULA": ("수식을 값으로 바꿔 저장합니다.", "Replace the formula by its value."),
    "BLANK_KEY": ("번호를 채웁니다.", "Fill in the number."),
    "EXCEL_KEY": ("원본 시스템에서 관리번호를 텍스트로 내보냅니다.", "Export the numbers as text from the source system."),
    "CONFLICTING_KEY": ("어느 행이 맞는지 정해 하나만 남깁니다.", "Decide which row is right and keep that one."),
    "DUPLICATE_IN_FILE": ("할 일이 없습니다.", "Nothing."),
    "SUPERSEDED": ("할 일이 없습니다.", "Nothing."),
    "OUTSIDE": ("좌표를 확인합니다. 다른 구의 행이면 그대로 둡니다.", "Check the coordinates; rows of other districts are left."),
    "BLANK_MANAGER": ("관리기관명을 채웁니다.", "Fill in the agency."),
    "BLANK_RECIPIENT": ("제공받은 기관을 채웁니다.", "Fill in who received it."),
    "UNKNOWN_PURPOSE": ("표준 설치목적 가운데 하나로 고칩니다.", "Choose one of the standard purposes."),
    "UNKNOWN_GROUND": ("담당자가 설치 근거를 정해 목적을 적습니다.", "A person decides on the legal ground and writes the purpose."),
    "UNKNOWN_CHANGE": ("I, U, D 가운데 무엇인지 확인합니다.", "Find out which of I, U and D it is."),
    "UNKNOWN_KIND": ("알려진 종류로 고칩니다.", "Choose a known kind."),
    "UNKNOWN_CAMERA": ("관리번호를 확인하거나 카메라 대장을 먼저 올립니다.", "Check the number, or load the registry first."),
    "INDOOR_CAMERA": ("할 일이 없습니다.", "Nothing."),
    "NOT_A_SUPPLY": ("할 일이 없습니다.", "Nothing."),
    "OLDER_THAN_LOADED": ("더 새로운 파일인지 확인합니다.", "Check whether a newer file is meant."),
    "BAD_COUNT": ("실제 대수를 적습니다.", "Write the true number of cameras."),
    "BAD_NUMBER": ("숫자를 고칩니다.", "Correct the number."),
    "BAD_HEADING": ("0도 이상 360도 미만으로 고칩니다.", "Give degrees from 0 to 360."),
    "BAD_DATE": ("연월을 고칩니다.", "Correct the date."),
    "BAD_TIME": ("시각을 고칩니다.", "Correct the time."),
    "FUTURE_DATE": ("연월을 고칩니다.", "Correct the date."),
    "EXCEL_YEAR_AS_SERIAL": ("설치 연도를 다시 적습니다.", "Write the year of installation again."),
    "BLANK_COORD": ("좌표를 채웁니다.", "Fill in the coordinates."),
    "BAD_COORD": ("좌표를 도 단위로 다시 적습니다.", "Write the coordinates again, in degrees."),
    "SENTINEL_COORD": ("실제 좌표를 채웁니다.", "Fill in the true coordinates."),
    "COARSE_COORD": ("현장 좌표를 소수 여섯 자리까지 적습니다.", "Write the place's own coordinates, to six decimals."),
    "FILL_DOWN_COORD": ("원본에서 좌표를 다시 가져옵니다.", "Take the coordinates from the source again."),
    "METRES_AS_DEGREES": ("알림에 나온 좌표계를 --assume-crs로 지정해 다시 올립니다.", "Load it again with the --assume-crs that the note names."),
    "BAD_GEOMETRY": ("도형을 다시 내보냅니다.", "Export the shape again."),
    "OVERLAPPING_OUTAGE": ("고장 기간을 고칩니다.", "Correct the periods."),
    "crs_looks_like": ("알림에 나온 좌표계를 --assume-crs로 지정해 다시 올립니다.", "Load it again with the --assume-crs that the note names."),
    "boundary_looks_shifted": ("경계 파일의 좌표계를 확인합니다.", "Check the boundary's system of coordinates."),
    "address_elsewhere": ("좌표와 주소 가운데 어느 쪽이 맞는지 확인합니다.", "Check which is right, the point or the address."),
    "addresses_apart": ("두 주소 가운데 맞는 것을 확인합니다.", "Check which of the two addresses is right."),
    "columns_passed_over": ("머리글이 겹치는 열을 하나만 남깁니다.", "Keep one of the columns of that name."),
}  # fmt: skip
