"""Sentences of refused rows: what is open, the file to mend, what a mended file repaired."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "note.part": (
        "다시 올린 행: {note} (전체 목록이 아니므로 빠진 것을 없애지 않습니다)",
        "Rows brought back: {note} (a part of a list: nothing that it leaves out is retired)",
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
    "refusals.col_settled": ("할 일 없음", "Nothing to do"),
    "refusals.col_open": ("남음", "Open"),
    "refusals.col_severity": ("무게", "Weight"),
    "severity.error": ("고쳐야 함", "to be mended"),
    "severity.review": ("확인 필요", "to be checked"),
    "data.part_refused": ("고칠 행", "Rows to mend"),
    "mend.none": ("고칠 행이 없습니다.", "No row waits to be mended."),
    "mend.headline": (
        "거부한 행 {n}개가 아직 고쳐지지 않았습니다. 파일 {files}개에 있습니다.",
        "{n} refused rows wait to be mended, from {files} files.",
    ),
    "mend.repaired": (
        "거부한 행 {n}개는 나중 파일로 고쳐졌습니다.",
        "{n} refused rows were repaired by a later file.",
    ),
    "mend.settled": (
        "거부한 행 {n}개는 할 일이 없어 남은 것으로 세지 않습니다(합계 행, 실내 카메라, 제공이 아닌 기록).",
        "{n} refused rows ask for nothing and are not open: rows of totals, indoor cameras, entries that are no supply.",
    ),
    "mend.counted": (
        "여러 파일에 다시 나온 행은 한 번만 셉니다. 같은 행인지는 golmok_refusal 값, 관리번호 같은 고유 번호, 같은 파일의 같은 행으로 압니다. "
        "이유가 둘인 행은 이유마다 셉니다.",
        "A row that several files brought counts once: it is told by its golmok_refusal, by its number, or as the same row of the "
        "same file. A row with two reasons counts under both.",
    ),
    "mend.all": ("모두", "all"),
    "mend.by_reason": ("이유별", "By reason"),
    "mend.by_file": (
        "파일별 · 거부 = 고쳐짐 + 다시 거부 + 할 일 없음 + 남음",
        "By file: refused = repaired + refused again + nothing to do + open",
    ),
    "mend.one_file": ("{no}번 {file} · {n}행", "No. {no} {file}, {n} rows"),
    "mend.take": ("1. 내려받아 고치기", "1. Take the rows and mend them"),
    "mend.take_told": (
        "원본 파일의 열 그대로이며, 뒤에 이유(한국어·영어), 파일, 줄 번호가 붙습니다. 엑셀에서 고치고 저장하십시오. golmok_refusal 열은 지우지 마십시오. "
        "줄 번호는 머리글을 포함해 1부터 셉니다.",
        "The columns of the file they came in, then why (Korean and English), file and line. Mend and save them in a spreadsheet; "
        "leave the column golmok_refusal. Lines count from 1, the header among them.",
    ),
    "mend.one_source": (
        "자료마다 열이 다릅니다. 위에서 자료 하나를 고르십시오.",
        "Sources differ in their columns: choose one above.",
    ),
    "mend.take_button": ("고칠 파일 내려받기(CSV)", "Take the file to mend (CSV)"),
    "mend.back": ("2. 고친 파일 올리기", "2. Bring the mended file back"),
    "mend.back_told": (
        "golmok_refusal 열이 있는 파일만 받습니다. 고쳐진 행은 앞선 거부 기록과 이어지고, 파일에 없는 행은 그대로 둡니다.",
        "Only a file with the column golmok_refusal is taken. Repaired rows are tied to their refusal; what the file leaves out "
        "stays as it is.",
    ),
    "mend.back_source": ("어느 자료입니까", "Which source it is of"),
    "mend.drop": ("고친 파일(CSV 또는 엑셀 통합 문서)", "The mended file (CSV or workbook)"),
    "mend.load_button": ("올리기", "Load it"),
    "mend.working": ("올리는 중입니다.", "Loading."),
    "mend.loaded": (
        "{rows}행 가운데 {taken}행을 받아들였고 거부 행 {repaired}개가 고쳐졌습니다. 다시 거부된 행은 {left}개입니다.",
        "Of {rows} rows {taken} were taken and {repaired} refused rows are repaired; {left} were refused again.",
    ),
    "mend.compute": (
        "카메라가 보는 범위는 golmok coverage나 밤 실행에서 다시 계산됩니다.",
        "What the cameras see is computed anew by golmok coverage or by the nightly run.",
    ),
    "mend.file_refused": ("파일 전체를 반려했습니다. {why}", "The file was refused as a whole. {why}"),
}
