"""Sentences of the sheet of a source's quality, and of alarms."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "alarm.late": (
        "{source}: {due}까지 새 파일이 왔어야 하는데 {over}일 지났습니다. 마지막 자료의 날은 {day}입니다.",
        "{source}: a new file was due on {due}, {over} days ago; the last one describes {day}.",
    ),
    "alarm.late_some": ("늦은 자료 {n}가지: {named}.", "Late: {n} sources, among them {named}."),
    "alarm.more": (" 외 {n}가지", " and {n} more"),
    "alarm.fewer_rows": (
        "{source}: 앞 목록(올린 기록 {before_load}번) {before}행에서 {n}행(올린 기록 {load}번)으로 {lost} 줄었습니다.",
        "{source}: the list shrank by {lost}, from {before} rows (load {before_load}) to {n} (load {load}).",
    ),
    "alarm.held": (
        "{source}: {file}은 목록의 행이 너무 많이 줄어 보류했습니다(올린 기록 {load}번). 맞으면 --accept-loss, 일부 목록이면 --part로 다시 올리십시오.",
        "{source}: {file} is held (load {load}), for it lost too many of the list's rows. If that is right load it with "
        "--accept-loss, or with --part if it is a part of the list.",
    ),
    "alarm.agencies_gone": (
        "{source}: 앞 목록(올린 기록 {before_load}번)에 있던 기관 {n}곳이 올린 기록 {load}번에 없습니다: {named}.",
        "{source}: {n} agencies of the list before (load {before_load}) are not in load {load}: {named}.",
    ),
    "alarm.title": ("살펴볼 것", "To look into"),
    "alarm.none": ("늦거나 줄어든 자료가 없습니다.", "No source is late and no list shrank."),
    "data.part_quality": ("자료 품질", "Quality"),
    "sheet.title": ("자료 품질 · {district} · {day}", "Quality of what is loaded: {district}, {day}"),
    "sheet.method": (
        "마지막 전체 목록의 우리 지역 행을 센 것입니다. 다른 지역의 행은 빼고, 거부한 행은 넣습니다. 모두 센 값이라 추정 범위가 없습니다.",
        "Counted over the rows of this district in the last whole list; rows of other districts are left out, refused rows "
        "are in. All of it is counted, so no figure has a range.",
    ),
    "sheet.step_above": ("{step} 이상", "{step} or more"),
    "sheet.which": ("어느 자료", "Which source"),
    "sheet.headline": (
        "칸의 {filled}가 채워져 있고, {rows}행 가운데 {refused}행({share})이 거부되었습니다.",
        "{filled} of the cells are filled; {refused} of {rows} rows ({share}) were refused.",
    ),
    "sheet.uncounted": (
        "품질을 세기 전에 올린 자료입니다. 새 파일을 올리면 셉니다.",
        "Loaded before quality was counted; the next file is counted.",
    ),
    "sheet.load": (
        "올린 기록 {no}번, {file}, {loaded}에 올림, SHA-256 {sha}.",
        "Load {no}, {file}, loaded on {loaded}, SHA-256 {sha}.",
    ),
    "sheet.age": (
        "자료의 날 {day}, 나이 {age}. {every}일마다 새로 올리며, 다음은 {due}까지입니다.",
        "It describes {day} and is {age} old. One is expected every {every} days; the next by {due}.",
    ),
    "sheet.age_alone": (
        "자료의 날 {day}, 나이 {age}. 주기를 정하지 않은 자료입니다.",
        "It describes {day} and is {age} old; no rhythm is set.",
    ),
    "sheet.outside": (
        "파일의 {rows_in}행 가운데 {n}행은 다른 지역의 것이라 세지 않았습니다.",
        "{n} of the file's {rows_in} rows are of other districts and not counted here.",
    ),
    "sheet.columns": ("완전성: 열마다 채워진 칸", "Completeness: filled cells by column"),
    "sheet.places": ("좌표의 정밀도: 소수점 아래 자릿수", "Precision of coordinates: decimals of a degree"),
    "sheet.agencies": ("기관별", "By agency"),
    "sheet.history": ("거부 비율의 흐름 · 최근 것부터", "Share refused over time, the last load first"),
    "sheet.no_agency": ("(기관명 없음)", "(names no agency)"),
    "sheet.col_column": ("열", "Column"),
    "sheet.col_filled_of": ("채워진 칸 / 행", "Filled / rows"),
    "sheet.col_share": ("비율", "Share"),
    "sheet.col_decimals": ("자릿수", "Decimals"),
    "sheet.col_step": ("눈금", "Step"),
    "sheet.col_n_of": ("행 / 전체", "Rows / of"),
    "sheet.col_agency": ("기관", "Agency"),
    "sheet.col_refused_of": ("거부 / 행", "Refused / rows"),
    "sheet.col_filled": ("채워진 칸", "Cells filled"),
    "sheet.col_loaded": ("올린 날", "Loaded"),
    "sheet.col_no": ("번호", "No."),
    "sheet.col_file": ("파일", "File"),
    "sheet.col_mostly": ("가장 많은 이유", "Mostly because"),
    "sheet.take_csv": ("CSV로 내려받기", "Take it as CSV"),
    "sheet.take_html": ("HTML로 내려받기", "Take it as HTML"),
    "sheet.written": ("{out}: 수치 {rows}개.", "{out}: {rows} figures."),
    "sheet.csv_source": ("자료", "source"),
    "sheet.csv_load": ("올린 기록", "load"),
    "sheet.csv_file": ("파일", "file"),
    "sheet.csv_what": ("항목", "what"),
    "sheet.csv_name": ("이름", "name"),
    "sheet.csv_n": ("값", "n"),
    "sheet.csv_of": ("전체", "of"),
    "sheet.csv_share": ("비율(0–1)", "share"),
    "decimals.6": ("6자리 이상", "6 or more"),
    "decimals.5": ("5자리", "5"),
    "decimals.4": ("4자리", "4"),
    "decimals.3": ("3자리", "3"),
    "decimals.2": ("2자리 이하", "2 or fewer"),
    "decimals.metric": ("미터 좌표", "metres, not degrees"),
    "decimals.unread": ("읽을 수 없음", "not readable"),
    "decimals.blank": ("비어 있음", "blank"),
}
