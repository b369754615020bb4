"""Bad inputs of calls, of the ledger of footage, of surveys and of outages."""

from __future__ import annotations

from tests.bad_inputs import BadInput, lines, row

_CALLS = "접수번호,접수일시,사건코드,사건종별,긴급도,종결코드,주소,위도,경도"
_LEDGER = "관리번호,구분,제공일시,요청기관,제공근거,공문번호,목적,카메라관리번호,영상시작일시,영상종료일시,활용여부,미사용사유"
_SURVEY = "관리번호,head_no,surveyed_on,heading_deg,tilt_deg,focal_mm,height_m,kind,presets"
_OUTAGES = "관리번호,카메라순번,상태,시작일시,종료일시,사유"


def _call(number: str = "1", at: str = "2013-05-01 22:10", code: str = "305", urgency: str = "C1", *, closing: str = "201",
          place: str = "37.5801,126.9368") -> str:  # fmt: skip
    return f"{number},{at},{code},주취자,{urgency},{closing},골목로 1,{place}"


def _calls(slug: str, ko: str, en: str, *told: str, **expected: object) -> BadInput:
    return BadInput(slug, ko, en, lines(*told, header=_CALLS), source="incidents", **expected)  # type: ignore[arg-type]


def _supply(
    number: str = "1", entry: str = "제공", who: str = "골목경찰서", *, until: str = "2013-05-01 11:00"
) -> str:
    return f"{number},{entry},2013-05-02 09:00,{who},제18조,가-1,수사,,2013-05-01 10:00,{until},Y,"


def _ledger(slug: str, ko: str, en: str, code: str, told: str) -> BadInput:
    return BadInput(
        slug, ko, en, lines(_supply(), told, header=_LEDGER), source="police", taken=1, reasons={code: 1}
    )


RECORDS: tuple[BadInput, ...] = (
    _calls("urgency-spelling", "긴급도 'C1선'", "The urgency 'C1선'", _call(urgency="C1선"), taken=1,
           repaired={"URGENCY_SPELLING": 1}),
    _calls("exercise", "훈련(FTX) 신고", "Exercises (FTX)", _call(code="507"), _call("2", closing="604"), taken=2),
    _calls("no-zone", "시간대가 없는 시각", "A time without a zone", _call(at="2013-05-01 22:10:00"), taken=1),
    _calls("midnight-24", "24:00", "24:00", _call(at="2013-05-01 24:00"), taken=1, repaired={"MIDNIGHT_24": 1}),
    _calls("hour-25", "25시", "25 o'clock", _call(), _call("2", at="2013-05-01 25:00"), taken=1, reasons={"BAD_TIME": 1}),
    _calls("call-unplaced", "좌표 없는 신고", "A call without a place", _call(place=","), taken=1, repaired={"UNPLACED": 1}),
    _calls("call-unnumbered", "접수번호가 없는 신고", "A call without its number", _call(), _call(""), taken=1,
           reasons={"BLANK_KEY": 1}),
    _ledger("no-supply", "제공이 아닌 대장 기록", "An entry that is no supply", "NOT_A_SUPPLY", _supply("2", "열람")),
    _ledger("no-recipient", "제공받은 자가 빔", "Nobody received it", "BLANK_RECIPIENT", _supply("2", who="")),
    _ledger("ends-before", "시작보다 앞선 끝", "An end before the beginning", "BAD_TIME", _supply("2", until="2013-05-01 09:00")),
    BadInput("survey-of-unknown", "없는 카메라의 현장조사", "A survey of an unknown camera",
             lines("9,1,2013-10-20,334.3,14.3,6,5.5,fixed,", header=_SURVEY), source="survey", before=lines(row()),
             reasons={"UNKNOWN_CAMERA": 1}),
    BadInput("survey-of-head-zero", "0번 카메라의 현장조사", "A survey of head 0",
             lines("9,0,2013-10-20,334.3,14.3,6,5.5,fixed,", header=_SURVEY), source="survey", reasons={"BAD_NUMBER": 1}),
    BadInput("outages-overlap", "겹치는 고장 기간", "Outages that overlap",
             lines("202631200000001,1,고장,2013-05-01 10:00,2013-05-09 10:00,",
                   "202631200000001,1,고장,2013-05-03 10:00,2013-05-04 10:00,", header=_OUTAGES),
             source="status", before=lines(row()), taken=1, reasons={"OVERLAPPING_OUTAGE": 1}),
)  # fmt: skip
