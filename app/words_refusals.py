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
    "refusals.headline": (
        "고치지 않은 거부 행 {n}개. 나중 파일로 고쳐진 것 {repaired}개.",
        "{n} refused rows are open; {repaired} were repaired by a later file.",
    ),
    "refusals.written": (
        "{out}: {rows}행. 고친 뒤 golmok load {source} {out}로 다시 올립니다.",
        "{out}: {rows} rows. Mend it, then load it again: golmok load {source} {out}",
    ),
    "refusals.col_source": ("자료", "Source"),
    "refusals.col_code": ("코드", "Code"),
    "refusals.col_n": ("행", "Rows"),
    "refusals.col_why": ("이유", "Why"),
    "refusals.col_batch": ("번호", "No."),
    "refusals.col_loaded": ("올린 날", "Loaded"),
    "refusals.col_file": ("파일", "File"),
    "refusals.col_refused": ("거부", "Refused"),
    "refusals.col_repaired": ("고쳐짐", "Repaired"),
    "refusals.col_again": ("다시 거부", "Refused again"),
    "refusals.col_open": ("남음", "Open"),
}
