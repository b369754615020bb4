"""Bad inputs whose fault lies in what rows of a registry say, but for their coordinates."""

from __future__ import annotations

import unicodedata

from tests.bad_inputs import HEADER, BadInput, lines, row

_HEADING = HEADER + ",주감시방위각"


def _one(slug: str, ko: str, en: str, **cells: str) -> BadInput:
    """Return a class that is taken as it stands."""
    return BadInput(slug, ko, en, lines(row(**cells), encoding="utf-8"), taken=1)


def _bad(slug: str, ko: str, en: str, code: str, **cells: str) -> BadInput:
    """Return a class whose row leaves, beside a sound one that stays."""
    written = lines(row(), row("2", **cells), encoding="utf-8")
    return BadInput(slug, ko, en, written, taken=1, reasons={code: 1})


def _fixed(slug: str, ko: str, en: str, code: str, **cells: str) -> BadInput:
    """Return a class whose row is put right."""
    return BadInput(slug, ko, en, lines(row(**cells), encoding="utf-8"), taken=1, repaired={code: 1})


VALUES: tuple[BadInput, ...] = (
    _bad("count-zero", "카메라 대수 0", "0 cameras", "BAD_COUNT", count="0"),
    _bad("count-negative", "카메라 대수 -1", "-1 cameras", "BAD_COUNT", count="-1"),
    _bad("count-not-available", "카메라 대수 N/A", "'N/A' cameras", "BAD_COUNT", count="N/A"),
    _bad("count-too-many", "카메라 대수 10,000", "10,000 cameras", "BAD_COUNT", count='"10,000"'),
    _fixed("pixels-whole", "화소 수 2000000", "2000000 pixels where 200 is meant", "UNITS", pixels="2000000"),
    _fixed("pixels-thousands", "천 단위 쉼표 '2,000,000'", "Thousands separators '2,000,000'", "UNITS", pixels='"2,000,000"'),
    _fixed("pixels-2mp", "화소 수 '2MP'", "'2MP'", "UNITS", pixels="2MP"),
    _fixed("pixels-2m", "화소 수 '2M'", "'2M'", "UNITS", pixels="2M"),
    _one("pixels-200man", "화소 수 '200만 화소'", "'200만 화소'", pixels="200만 화소"),
    _fixed("pixels-unreadable", "읽을 수 없는 화소 수", "Pixels that cannot be read", "VALUE_DROPPED", pixels="고화질"),
    _fixed("retention-zero", "보관일수 0", "0 days of retention", "VALUE_DROPPED", days="0"),
    _one("retention-year", "보관일수 365", "365 days of retention", days="365"),
    _one("retention-unit", "보관일수 '30일'", "'30일'", days="30일"),
    _bad("year-as-serial", "설치연월 1905-07(엑셀이 연도를 날짜로 바꿈)", "1905-07: a year that a spreadsheet took for a day",
         "EXCEL_YEAR_AS_SERIAL", installed="1905-07"),
    _fixed("year-as-day", "설치연월 1905-07-09(2017년)", "1905-07-09: the year 2017 taken for a day", "EXCEL_SERIAL",
           installed="1905-07-09"),
    _fixed("month-as-day", "설치연월 '17-Mar'", "'17-Mar' for March 2017", "EXCEL_MONTH", installed="17-Mar"),
    _fixed("serial-day", "엑셀 날짜 일련번호 42795", "A spreadsheet's count of days: 42795", "EXCEL_SERIAL", installed="42795"),
    _bad("month-thirteen", "설치연월 201913", "Month 13: 201913", "BAD_DATE", installed="201913"),
    _bad("month-to-come", "앞날의 설치연월", "A month to come", "FUTURE_DATE", installed="209912"),
    _bad("purpose-unknown", "알 수 없는 설치목적", "An unknown purpose", "UNKNOWN_PURPOSE", purpose="드론"),
    _bad("purpose-other", "설치목적 '기타'", "The purpose 'other'", "UNKNOWN_GROUND", purpose="기타"),
    _fixed("purpose-multi", "'다목적'뿐이고 목적이 없음", "'Multi-purpose' and no purpose", "MULTI_PURPOSE", purpose="다목적"),
    _bad("manager-blank", "관리기관명이 빔", "No agency", "BLANK_MANAGER", manager=""),
    _one("phone-as-number", "숫자로 바뀐 전화번호", "A telephone as a number", phone="200004100.0"),
    _fixed("mobile-as-number", "전화 칸의 휴대전화(앞의 0이 사라짐)", "A mobile number without its zero in the telephone's column",
           "SCRUBBED", phone="1000001234"),
    BadInput("key-twice", "같은 관리번호, 다른 내용", "One number, two contents", lines(row(), row(purpose="교통단속")), taken=1,
             reasons={"CONFLICTING_KEY": 1}),
    BadInput("row-twice", "똑같은 행이 두 번", "The same row twice", lines(row(), row()), taken=1,
             reasons={"DUPLICATE_IN_FILE": 1}),
    _bad("key-exponent", "관리번호 2.02636E+17", "A number rounded to 2.02636E+17", "EXCEL_KEY", no="2.02636E+17"),
    _fixed("key-wrapped", '관리번호 ="2026…"', 'A number wrapped as ="2026…"', "EXCEL_TEXT", no='="202631200000001"'),
    _fixed("key-invisible", "관리번호 속 보이지 않는 글자", "Invisible marks in a number", "HIDDEN_MARKS",
           no="2026\u200b31200000001\u00a0"),
    _fixed("full-width", "전각 숫자", "Full-width digits", "FULL_WIDTH", count="１", days="３０"),
    _fixed("decomposed", "풀어쓴 한글(NFD)", "Decomposed Hangul (NFD)", "DECOMPOSED_HANGUL",
           purpose=unicodedata.normalize("NFD", "생활방범")),
    _fixed("control-marks", "제어 문자", "Control characters", "CONTROL_MARKS", road="골목로\x07 1"),
    _fixed("private-marks", "사용자 정의 글자(PUA)", "Signs of one office's font (PUA)", "PRIVATE_MARKS", road="골목로 1\ue123"),
    _fixed("lost-marks", "이미 깨진 글자(�)", "Signs lost before (�)", "LOST_MARKS", road="골목로 \ufffd"),
    _one("emoji", "그림 문자", "An emoji", road="골목로 1 📷"),
    _bad("formula", "스프레드시트 수식", "A spreadsheet formula", "FORMULA", road="=cmd|' /C calc'!A0"),
    _one("script", "이름 속 <script>", "<script> in a name", road="<script>alert(1)</script>"),
    _one("sql-quote", "SQL 따옴표", "An SQL quote", road="골목로'; drop table core.camera; 1"),
    _bad("long-text", "아주 긴 글", "A very long text", "LONG_CELL", road="가" * 40_000),
    _bad("end-of-unknown", "없는 관리번호의 삭제(D)", "The end (D) of an unknown number", "UNKNOWN_CAMERA", change="D"),
    BadInput("change-before-insert", "I보다 앞선 U", "U before I", lines(
        row(purpose="교통단속", change="U", at="2013-06-02 10:00:00"), row(change="I", at="2013-06-01 10:00:00")), taken=1,
        reasons={"SUPERSEDED": 1}),
    _bad("change-unknown", "알 수 없는 데이터갱신구분", "An unknown change flag", "UNKNOWN_CHANGE", change="X"),
    BadInput("two-purposes-one-point", "같은 지점, 다른 목적(정상)", "One point, two purposes (lawful)",
             lines(row(), row("2", purpose="교통단속")), taken=2),
    BadInput("heading-400", "방위각 400도", "A heading of 400 degrees",
             lines(row() + ",90", row("2") + ",400", header=_HEADING), taken=1, reasons={"BAD_HEADING": 1}),
    _fixed("machine-address", "주소 칸의 기기 주소(IP)", "The address of a machine in the place's text", "SCRUBBED",
           road="골목로 1 방범(10.0.0.7)"),
    _fixed("host-name", "주소 칸의 호스트 이름", "A host's name in the place's text", "SCRUBBED", road="골목로 1 cam-1.golmok.local"),
    _fixed("mobile-in-text", "자유 기재란의 휴대전화 번호", "A person's number in free text", "SCRUBBED", view="문의 010-0000-1234"),
)  # fmt: skip
