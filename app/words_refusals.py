"""Sentences of refused rows: what is open, the file to mend, what a mended file repaired."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "note.part": (
        "고쳐서 다시 올린 행: {note} (전체 목록이 아니므로 빠진 것을 없애지 않습니다)",
        "Rows mended and loaded again: {note} (a part of a list: nothing that it leaves out is retired)",
    ),
    "note.refusals_repaired": (
        "앞서 거부한 행 가운데 이 파일로 고쳐진 것: {note}",
        "Rows refused before that this file repairs: {note}",
    ),
    "note.refusals_again": (
        "앞서 거부한 행 가운데 다시 거부된 것: {note}",
        "Rows refused before that are refused again: {note}",
    ),
    "note.marks_unknown": (
        "golmok_refusal 값이 어느 거부 행과도 맞지 않는 행: {note}",
        "Rows whose golmok_refusal is that of no refusal: {note}",
    ),
}
