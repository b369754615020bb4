"""Why a row or a whole file was not taken as it stood: codes, their weight, and sentences in two languages.

A row that leaves the way to the tables bears one reason, and the reason says into which count of the batch it
falls: `quarantined`, `duplicates` or `outside`. A repair is counted under its code too, and changes no count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from etl.errors import PlatformError

# Of a registry that is looked into while a person waits: some 240,000 rows, which take less than a minute.
LARGEST_MB = 50

Bucket = Literal["quarantined", "duplicates", "outside", "repaired", "file"]
Severity = Literal["error", "review"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One code: what it means to people, and where it counts."""

    code: str
    ko: str
    en: str
    bucket: Bucket = "quarantined"
    severity: Severity = "error"


class InputRefused(PlatformError):
    """A whole file cannot be taken.

    reason   a code of FILE_REASONS
    detail   what was found
    result   what `load` answers of it (a LoadResult with status 'refused'); None until the load has recorded it
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        from etl.scrub import scrub  # brings pandas, which a quick command does without

        # what is quoted of a file may hold what is never stored
        detail = scrub(detail)
        self.reason = reason
        self.detail = detail
        self.result: object | None = None
        sentence = REASONS[reason].en
        super().__init__(f"{reason}: {sentence}" + (f" ({detail})" if detail else ""))


def _quarantine(code: str, ko: str, en: str, *, severity: Severity = "error") -> Reason:
    return Reason(code, ko, en, severity=severity)


_ROW = (
    _quarantine(
        "BAD_SHAPE", "칸 수가 머리글과 다릅니다.", "The row has another number of cells than the header."
    ),
    _quarantine(
        "OPEN_QUOTE",
        "닫히지 않은 따옴표가 있어 다음 행과 섞일 수 있습니다.",
        "A quote is left open, so that the row may run into the next one.",
    ),
    _quarantine("LONG_CELL", "칸의 내용이 너무 깁니다.", "A cell is too long; the rest of it was not kept."),
    _quarantine("BAD_TEXT", "글자가 깨져 있습니다.", "The row holds bytes that are no text."),
    _quarantine("BAD_LINE", "JSON 한 줄로 읽을 수 없습니다.", "The line is no JSON object that can be read."),
    _quarantine("TOTAL_ROW", "시설이 아니라 합계 행입니다.", "A row of totals, not an object."),
    _quarantine(
        "EXCEL_ERROR",
        "엑셀 오류값(#REF! 등)이 들어 있는 칸이 있습니다.",
        "A cell holds an error of the spreadsheet, such as #REF!.",
    ),
    _quarantine("FORMULA", "수식이 들어 있는 칸이 있습니다.", "A cell holds a spreadsheet formula."),
    _quarantine("BLANK_KEY", "관리번호가 비어 있습니다.", "The key of the row is blank."),
    _quarantine(
        "EXCEL_KEY",
        "엑셀에서 관리번호가 지수 표기로 바뀌어 복원할 수 없습니다.",
        "The spreadsheet rounded the key to an exponent; it cannot be restored.",
    ),
    _quarantine(
        "CONFLICTING_KEY",
        "같은 관리번호에 내용이 다른 행이 있습니다.",
        "Another row of the file has the same key and other contents.",
        severity="review",
    ),
    _quarantine(
        "UNKNOWN_CHANGE",
        "데이터갱신구분이 I, U, D 가운데 하나가 아닙니다.",
        "The change flag is none of I, U and D: it may mean the end of the record.",
        severity="review",
    ),
    _quarantine("BLANK_RECIPIENT", "제공받은 자가 비어 있습니다.", "Who received the footage is blank."),
    _quarantine(
        "KEY_ELSEWHERE",
        "같은 번호의 다른 시설이 500 m 넘게 떨어진 곳에 이미 있습니다.",
        "Another object with this number stands more than 500 m away already.",
        severity="review",
    ),
    _quarantine("BLANK_MANAGER", "관리기관명이 비어 있습니다.", "The agency is blank."),
    _quarantine(
        "UNKNOWN_PURPOSE",
        "설치목적을 알 수 없습니다.",
        "The purpose is none of the known ones.",
        severity="review",
    ),
    _quarantine(
        "UNKNOWN_GROUND",
        "설치목적이 '기타'여서 담당자가 설치 근거를 정해야 합니다.",
        "The purpose 'other' names no legal ground; a person must decide.",
        severity="review",
    ),
    _quarantine(
        "BAD_COUNT",
        "카메라 대수가 1 이상의 정수가 아닙니다.",
        "The number of cameras is not a possible count.",
    ),
    _quarantine(
        "BAD_NUMBER",
        "숫자 칸의 값이 숫자가 아니거나 범위를 벗어났습니다.",
        "A number is missing, unreadable or out of its range.",
    ),
    _quarantine(
        "BAD_HEADING",
        "방위각이 0도 이상 360도 미만이 아닙니다.",
        "The heading is not within 0 to 360 degrees.",
    ),
    _quarantine("BAD_DATE", "날짜를 읽을 수 없습니다.", "The date cannot be read."),
    _quarantine("BAD_TIME", "시각을 읽을 수 없습니다.", "The time cannot be read."),
    _quarantine(
        "FUTURE_DATE", "날짜가 기준일보다 뒤입니다.", "The date lies after the file's reference date."
    ),
    _quarantine(
        "FUTURE_TIME",
        "시각이 아직 오지 않았습니다. 보낸 쪽 시계를 확인하십시오.",
        "The moment is still to come: look at the sender's clock.",
    ),
    _quarantine(
        "EXCEL_YEAR_AS_SERIAL",
        "엑셀에서 연도가 날짜 일련번호로 바뀌었습니다(1905년).",
        "The spreadsheet took a year for a day's serial number (1905).",
    ),
    _quarantine("BLANK_COORD", "좌표가 비어 있습니다.", "There are no coordinates."),
    _quarantine("BAD_COORD", "좌표를 읽을 수 없습니다.", "The coordinates cannot be read."),
    _quarantine(
        "METRES_AS_DEGREES",
        "좌표가 도가 아니라 미터입니다. 좌표계를 --assume-crs로 지정하십시오.",
        "The coordinates are metres of a grid, not degrees; say its system with --assume-crs.",
    ),
    _quarantine(
        "SENTINEL_COORD",
        "좌표 칸에 빈 값을 뜻하는 숫자가 있습니다(0, 99.99 등).",
        "The coordinates are a filler such as 0 or 99.999999.",
    ),
    _quarantine(
        "COARSE_COORD",
        "좌표가 대표 지점이거나 정밀도가 너무 낮습니다.",
        "The coordinates are a placeholder, or far too coarse.",
        severity="review",
    ),
    _quarantine(
        "FILL_DOWN_COORD",
        "엑셀 자동 채우기로 좌표가 1도씩 늘었습니다.",
        "A spreadsheet's fill-down counted the coordinates up by one degree.",
    ),
    _quarantine(
        "COORDS_DISAGREE",
        "두 좌표계의 좌표가 서로 맞지 않습니다.",
        "Two pairs of coordinates of the row disagree, and neither can be proved.",
        severity="review",
    ),
    _quarantine(
        "BAD_GEOMETRY", "도형이 비어 있거나 바로잡을 수 없습니다.", "The geometry is empty or beyond repair."
    ),
    _quarantine(
        "UNKNOWN_KIND", "종류를 알 수 없습니다.", "The kind is none of the known ones.", severity="review"
    ),
    _quarantine("UNKNOWN_CAMERA", "해당 관리번호의 카메라가 없습니다.", "No camera of this key is loaded."),
    _quarantine(
        "UNKNOWN_BELL",
        "해당 번호의 비상벨이 없습니다. 비상벨 목록을 올렸는지 확인하십시오.",
        "No emergency bell of this number is loaded.",
    ),
    _quarantine(
        "UNKNOWN_INCIDENT",
        "종결하려는 신고가 없습니다.",
        "The incident that the line closes is not known.",
        severity="review",
    ),
    _quarantine(
        "INDOOR_CAMERA", "실내 카메라여서 도로를 비추지 않습니다.", "An indoor camera sees no street."
    ),
    _quarantine(
        "NOT_A_SUPPLY", "영상 제공 기록이 아닙니다.", "The entry of the ledger is not a supply of footage."
    ),
    _quarantine(
        "OLDER_THAN_LOADED",
        "더 최근 자료가 이미 있습니다.",
        "Newer facts of this object are loaded already.",
        severity="review",
    ),
    _quarantine(
        "OVERLAPPING_OUTAGE", "다른 고장 기간과 겹칩니다.", "The outage overlaps another of the camera."
    ),
    _quarantine("EMPTY_TILE", "높이 값이 없는 격자입니다.", "The tile holds no elevation."),
    Reason(
        "DUPLICATE_IN_FILE",
        "같은 행이 파일에 이미 있습니다.",
        "The same row stands in the file already.",
        "duplicates",
        "review",
    ),
    Reason(
        "SUPERSEDED",
        "같은 파일에 더 최근의 변경 행이 있습니다.",
        "A later change of the same object follows in the file.",
        "duplicates",
        "review",
    ),
    Reason("OUTSIDE", "지역 밖의 행입니다.", "The row lies outside the district.", "outside", "review"),
)

_REPAIR = tuple(
    Reason(code, ko, en, "repaired", "review")
    for code, ko, en in (
        (
            "SWAPPED",
            "위도와 경도가 뒤바뀌어 있어 바로잡았습니다.",
            "Latitude and longitude were swapped; put right.",
        ),
        (
            "EXCEL_MONTH",
            "엑셀에서 바뀐 연월을 되돌렸습니다('17-Mar').",
            "A month that a spreadsheet changed was read back.",
        ),
        (
            "EXCEL_SERIAL",
            "엑셀 날짜 일련번호를 날짜로 되돌렸습니다('42795').",
            "A spreadsheet's serial number of a day was read back ('42795').",
        ),
        (
            "EXCEL_TEXT",
            '엑셀용 텍스트 표기를 벗겼습니다(="0123").',
            'A text in a spreadsheet\'s wrapping was taken out of it (="0123").',
        ),
        (
            "DECIMAL_POINT",
            "빠진 소수점을 되돌렸습니다(그 자리만 지역 안에 있습니다).",
            "A missing decimal point was put back; no other reading lies in the district.",
        ),
        (
            "DMS",
            "도·분·초 좌표를 도로 바꾸었습니다.",
            "Degrees, minutes and seconds were turned into degrees.",
        ),
        ("FULL_WIDTH", "전각 글자를 반각으로 바꾸었습니다.", "Full-width letters or digits were made plain."),
        (
            "DECOMPOSED_HANGUL",
            "풀어쓴 한글(NFD)을 모아썼습니다.",
            "Hangul written in pieces (NFD) was composed.",
        ),
        (
            "HIDDEN_MARKS",
            "보이지 않는 글자나 특수 공백을 지웠습니다.",
            "Invisible marks or odd spaces were removed.",
        ),
        ("CONTROL_MARKS", "제어 문자를 지웠습니다.", "Control characters were removed."),
        (
            "PRIVATE_MARKS",
            "한 글꼴에만 있는 사용자 정의 글자를 지웠습니다.",
            "Signs that only one office's font can draw were removed.",
        ),
        (
            "LOST_MARKS",
            "다른 프로그램에서 깨진 글자(�)가 있습니다. 그대로 두었습니다.",
            "Signs that another program lost (�) stand in the row; they were left.",
        ),
        ("MIDNIGHT_24", "24:00을 다음 날 0시로 읽었습니다.", "24:00 was read as midnight of the next day."),
        (
            "SCRUBBED",
            "기기 주소나 개인 연락처를 지웠습니다.",
            "An address of a machine or of a person was removed.",
        ),
        ("UNITS", "단위를 맞추었습니다.", "A unit was put right."),
        ("URGENCY_SPELLING", "긴급도 표기를 바로잡았습니다.", "The spelling of the urgency was put right."),
        (
            "VALUE_DROPPED",
            "읽을 수 없는 선택 항목은 비워 두었습니다.",
            "An optional value could not be read and was left blank.",
        ),
        (
            "MULTI_PURPOSE",
            "'다목적'을 방범과 다목적으로 나누었습니다.",
            "'Multi-purpose' was split: crime prevention, and multi.",
        ),
        (
            "PURPOSE_ASSUMED",
            "설치목적이 적혀 있지 않아 방범으로 보았습니다.",
            "No purpose was stated; crime prevention was assumed.",
        ),
        ("GEOMETRY_REPAIRED", "도형을 바로잡았습니다.", "A geometry was repaired."),
        (
            "COORD_PAIR",
            "두 좌표 가운데 맞는 것을 골랐습니다.",
            "Of two disagreeing coordinates the provable one was taken.",
        ),
        (
            "ADDRESS_EXACT",
            "좌표가 없어 적재된 같은 주소의 위치로 등록했습니다.",
            "The row had no coordinates and was placed at its very address, as loaded.",
        ),
        (
            "ADDRESS_NEAR",
            "좌표가 없어 가까운 번호나 비슷한 주소의 위치로 등록했습니다(신뢰도 1 미만).",
            "The row had no coordinates and was placed by a near or like address, with less confidence.",
        ),
        (
            "KEY_RESTORED",
            "엑셀이 반올림한 긴 번호를 거부할 때의 값으로 되돌렸습니다.",
            "A long number that a spreadsheet rounded was put back as it stood when the row was refused.",
        ),
        ("UNPLACED", "좌표 없이 등록했습니다.", "The row was taken without a place."),
    )
)

FILE_REASONS = tuple(
    Reason(code, ko, en, "file")
    for code, ko, en in (
        ("EMPTY_FILE", "파일이 비어 있습니다.", "The file is empty."),
        ("HEADER_ONLY", "머리글만 있고 행이 없습니다.", "The file has a header and no row."),
        (
            "LFS_POINTER",
            "Git LFS 포인터입니다. 원본 파일을 받으십시오.",
            "The file is a Git LFS pointer, not the content.",
        ),
        (
            "OTHER_WORKBOOK",
            "읽을 수 없는 형식의 통합 문서입니다. .xlsx나 CSV로 저장하십시오.",
            "A workbook in a form that cannot be read; save it as .xlsx or CSV.",
        ),
        (
            "LOCKED_FILE",
            "암호가 걸린 파일입니다. 암호를 풀고 다시 저장하십시오.",
            "The file is locked with a password; save it without one.",
        ),
        ("TOO_LARGE", "파일이 너무 큽니다.", "The file is too large."),
        ("NOT_TEXT", "텍스트 파일이 아닙니다.", "The file is not text."),
        (
            "UNKNOWN_HEADER",
            "머리글이 이 자료의 형식이 아닙니다.",
            "The header is none of the forms of this source.",
        ),
        (
            "TOO_WIDE",
            "머리글의 칸이 너무 많거나 깁니다.",
            "The header has more or longer cells than any sheet holds.",
        ),
        (
            "NO_HEADER",
            "머리글 행이 없고, 열의 순서가 알려진 양식과 같은지 확인되지 않습니다.",
            "The file has no header row, and its columns are not proved to be those of a known form.",
        ),
        ("WRONG_CONTENT", "내용이 이 자료와 다릅니다.", "The content is not of this source."),
        ("BAD_JSON", "JSON을 읽을 수 없습니다.", "The JSON cannot be read."),
        ("BAD_ARCHIVE", "압축 파일을 읽을 수 없습니다.", "The archive cannot be read."),
        ("UNREADABLE", "파일을 읽을 수 없습니다.", "The file cannot be read in its format."),
        ("NO_FILE", "파일이 없습니다.", "There is no such file."),
        (
            "CHANGED_FILE",
            "읽는 동안 파일이 바뀌었습니다. 복사가 끝난 뒤 다시 올리십시오.",
            "The file changed while it was read; load it again once it is written to its end.",
        ),
        (
            "LIST_SHRANK",
            "전체 목록에서 허용된 비율(기본 5 %)보다 많은 행이 사라져 보류했습니다. 맞으면 --accept-loss, 일부 목록이면 --part로 다시 올리십시오.",
            "The list lost more of its rows than it may (5 % unless the district says otherwise) and is held; if that is right load it with --accept-loss, or "
            "with --part if it is a part of the list.",
        ),
        (
            "NO_CRS",
            "좌표계를 알 수 없습니다. --assume-crs로 지정하십시오.",
            "The coordinate system is not stated; say it with --assume-crs.",
        ),
    )
)

# Rows that the reader could not shape: what is kept of them does not show it again.
UNSHAPED = frozenset({"BAD_SHAPE", "OPEN_QUOTE", "LONG_CELL", "BAD_TEXT", "BAD_LINE"})

REASONS: dict[str, Reason] = {reason.code: reason for reason in (*_ROW, *_REPAIR, *FILE_REASONS)}


def sentence(code: str, language: Literal["ko", "en"] = "en") -> str:
    """Return the sentence of a code in Korean or English. Raises KeyError for an unknown code."""
    reason = REASONS[code]
    return reason.ko if language == "ko" else reason.en
