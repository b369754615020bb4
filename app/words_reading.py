"""What a load notes of how a file was read."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "note.bad_lines": ("글자가 깨진 줄 수: {note}", "Lines that hold bytes that are no text: {note}"),
    "note.bad_text": (
        "글자가 깨진 자리(줄:바이트): {note}",
        "Where bytes are no text (line:byte): {note}",
    ),
    "note.no_header": (
        "머리글 행이 없어 {note}년 양식의 열 순서로 읽었습니다. 첫 행부터 자료입니다.",
        "No header: read as the form of {note}; the first row is data.",
    ),
    "note.header_row": ("머리글이 끝나는 행: {note}", "The header ends in row {note}."),
    "note.columns_passed_over": (
        "같은 이름의 열이 또 있고 값이 달라 먼저 나온 열을 썼습니다: {note}",
        "Further columns of the same name with other values; the first was taken: {note}",
    ),
    "note.sheets": ("읽은 시트: {note}", "Sheets read: {note}"),
    "note.sheets_passed_over": (
        "머리글이 없어 읽지 않은 시트: {note}",
        "Sheets without the header, not read: {note}",
    ),
    "note.sheets_hidden": ("숨겨져 있어 읽지 않은 시트: {note}", "Hidden sheets, not read: {note}"),
}
