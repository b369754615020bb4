"""Bad inputs whose fault lies in the file: its bytes, its lines, its header, or what came before it."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

from tests.bad_inputs import HEADER, BadInput, content, lines, row
from tests.toy_workbook import workbook

_RENAMED = "man,add,rd,object,num,fixel,see,store,install_day,phone,lat,lng,update"
_RENAMED_ROW = "골목구청,골목로 1,,생활방범,1,200,,30,2010-05,02-0000-4100,37.5801,126.9368,2013-12-31"
_BARE = (row("202699900000800001"), row("202699900000800002"))
_SHORT = "관리기관명,설치목적구분,카메라대수,위도,경도"


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("TL_SPBD_BULD.shp", b"\0" * (64 << 20))


def _long_line(path: Path) -> None:
    told = [row(str(n)) for n in range(1, 9)]
    lines(*told, row("9", road="가" * (20 << 20)))(path)


def _workbook(path: Path) -> None:
    workbook(path, {"대장": [HEADER.split(","), row().split(",")]})


def _mixed() -> bytes:
    return HEADER.encode("cp949") + b"\r\n" + row().encode("cp949") + b"\r\n" + row("2").encode() + b"\r\n"


def _truncated() -> bytes:
    told = [row(str(n)) for n in range(1, 12)]
    # the last cell ends in the middle of a letter
    return "\r\n".join([HEADER, *told]).encode("cp949") + "가".encode("cp949")[:1]


def _utf16() -> bytes:
    return "\r\n".join([HEADER, row(), ""]).encode("utf-16")


def _reordered() -> tuple[str, str]:
    names, cells = HEADER.split(","), row().split(",")
    return ",".join(reversed(names)), ",".join(reversed(cells))


FILES: tuple[BadInput, ...] = (
    BadInput("renamed-workbook", "이름만 .csv인 엑셀 통합 문서(손상)", "A damaged workbook named .csv",
             content(b"PK\x03\x04" + b"\0" * 64), whole="BAD_ARCHIVE"),
    BadInput("workbook", "이름만 .csv인 엑셀 통합 문서", "A workbook named .csv", _workbook, taken=1),
    BadInput("old-workbook", "옛 엑셀 파일(.xls)", "An old workbook (.xls)", content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512),
             whole="OTHER_WORKBOOK"),
    BadInput("lfs-pointer", "Git LFS 포인터", "A Git LFS pointer instead of the file",
             content(b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"), whole="LFS_POINTER"),
    BadInput("empty", "빈 파일", "An empty file", content(b" \r\n"), whole="EMPTY_FILE"),
    BadInput("header-only", "머리글만 있는 파일", "A header and no row", lines(), whole="HEADER_ONLY"),
    BadInput("no-known-header", "다른 자료의 머리글", "The header of another kind of file",
             lines("1,2", header="번호,내용"), whole="UNKNOWN_HEADER"),
    BadInput("numbers-as-header", "머리글 없이 알 수 없는 숫자만", "No header, and rows of numbers nobody knows",
             lines("4,5,6", header="1,2,3"), whole="NO_HEADER"),
    BadInput("no-header", "머리글 없는 표준 양식", "A standard form without its header", content("\r\n".join(_BARE).encode("cp949")),
             taken=2),
    BadInput("pdf", "PDF", "A PDF", content(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), whole="NOT_TEXT"),
    BadInput("half-a-json", "중간에 끊긴 JSON", "A JSON file cut off in the middle",
             content(b'{"elements": [{"id": 1, "lat": 37.58'), whole="BAD_JSON", name="input.json"),
    BadInput("json-without-cameras", "카메라가 없는 JSON", "JSON without a camera",
             content(b'{"elements": []}'), whole="WRONG_CONTENT", name="input.json"),
    BadInput("bom", "UTF-8 BOM", "UTF-8 with a byte order mark", lines(row(), encoding="utf-8-sig"), taken=1),
    BadInput("cp949", "CP949", "CP949", lines(row()), taken=1),
    BadInput("utf-16", "UTF-16", "UTF-16", content(_utf16()), taken=1),
    BadInput("mixed-encodings", "행마다 다른 인코딩", "Lines in two encodings", content(_mixed()), taken=2),
    BadInput("cut-letter", "글자 중간에서 끊긴 끝", "The last letter cut in half", content(_truncated()), taken=10,
             reasons={"BAD_TEXT": 1}),
    BadInput("cr-only", "줄 끝이 CR뿐", "Lines that end in CR alone", lines(row(), row("2"), end="\r"), taken=2),
    BadInput("open-quote", "닫히지 않은 따옴표", "A quote left open",
             lines(row(), row("2", road='"골목로 2')), taken=1, reasons={"OPEN_QUOTE": 1}),
    BadInput("inches", '따옴표 없는 칸의 인치 표시(5" 렌즈)', 'A stray quote in a cell (5" lens)',
             lines(row(view='5" 렌즈'), row("2")), taken=2),
    BadInput("bare-comma", "따옴표 없는 쉼표", "A comma without quotes",
             lines(row(), row("2", road="골목로 2, 3층") + "2013-12-31 09:00:00"), taken=1, reasons={"BAD_SHAPE": 1}),
    BadInput("tabs", "탭으로 나눈 파일", "Cells parted by tabs",
             lines(row().replace(",", "\t"), header=HEADER.replace(",", "\t")), taken=1),
    BadInput("semicolons", "세미콜론으로 나눈 파일", "Cells parted by semicolons",
             lines(row().replace(",", ";"), header=HEADER.replace(",", ";")), taken=1),
    BadInput("header-twice", "같은 머리글이 두 번", "A header that stands twice",
             lines(row() + ",37.9", header=HEADER + ",WGS84위도"), taken=1, notes=("columns_passed_over",)),
    BadInput("renamed-header", "바뀐 머리글", "Renamed headers", lines(_RENAMED_ROW, header=_RENAMED), taken=1),
    BadInput("short-header", "다섯 열만 있는 파일", "Five columns and no more",
             lines("골목구청,생활방범,1,37.5801,126.9368", header=_SHORT), taken=1, notes=("undated",)),
    BadInput("further-column", "모르는 열이 더 있음", "A further column", lines(row() + ",x", header=HEADER + ",비고"), taken=1),
    BadInput("other-order", "열 순서가 다름", "Columns in another order",
             lines(_reordered()[1], header=_reordered()[0]), taken=1),
    BadInput("odd-header-signs", "머리글의 특수 공백과 보이지 않는 글자", "Odd spaces and invisible marks in the header",
             lines(row(), header=HEADER.replace("관리번호", "관리\u200b번호\u00a0"), encoding="utf-8"), taken=1),
    BadInput("decomposed-header", "풀어쓴 한글(NFD) 머리글", "A header in decomposed Hangul",
             lines(row(), header=unicodedata.normalize("NFD", HEADER), encoding="utf-8"), taken=1),
    BadInput("total-row", "끝의 합계 행", "A row of totals at the end",
             lines(row(), ",,합계,,,,1,,,,,,,,,,,"), taken=1, reasons={"TOTAL_ROW": 1}),
    BadInput("wide-header", "줄바꿈이 사라진 파일", "A file whose line ends were lost",
             content((HEADER + ",") .encode("cp949") * 60), whole="TOO_WIDE"),
    BadInput("long-line", "40 MB 한 줄", "One line of 40 MB", _long_line, taken=8, reasons={"LONG_CELL": 1}),
    BadInput("zip-bomb", "압축 폭탄", "A zip bomb", _bomb, source="juso", name="input.zip", whole="BAD_ARCHIVE"),
    BadInput("same-file-again", "같은 파일 다시", "The same file again", lines(row()), before=lines(row()), taken=1,
             deed=("바뀌는 것이 없습니다.", "Nothing changes.")),
    BadInput("shorter-file", "40 % 짧아진 전체 목록", "A full list that lost 40 % of its rows", lines(*(row(str(n)) for n in range(1, 19))),
             before=lines(*(row(str(n)) for n in range(1, 31))), whole="LIST_SHRANK"),
    BadInput("older-file", "더 오래된 기준일", "A file of an earlier day", lines(row(purpose="교통단속", day="2012-12-31")),
             before=lines(row()), reasons={"OLDER_THAN_LOADED": 1}),
)  # fmt: skip
