"""Sentences on how calls and accidents came by their places, and on what is kept of persons."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "data.part_records": ("신고의 위치", "Places of calls"),
    "records.headline": (
        "신고·사고 {n}건 가운데 {placed}건({share})의 위치를 압니다.",
        "Of {n} calls and accidents the place of {placed} ({share}) is known.",
    ),
    "records.none": ("아직 올린 신고나 사고가 없습니다.", "No calls or accidents have been loaded yet."),
    "records.matched": (
        "좌표 없이 온 {n}건 가운데 {matched}건({share})을 적재된 주소로 찾았습니다. 그 가운데 같은 주소가 {exact}건입니다.",
        "{n} came without coordinates; {matched} of them ({share}) were placed by addresses that are loaded, {exact} at the "
        "very address.",
    ),
    "records.flagged": (
        "지우지 않고 표시해 둔 것: 훈련 {exercises}건, 오인·허위 {false_alarms}건, 중복 신고 {repeat_calls}건. 분석에서는 뺍니다.",
        "Flagged, not deleted: {exercises} exercises, {false_alarms} false alarms, {repeat_calls} repeated calls. Analyses "
        "leave them out.",
    ),
    "records.confidence": (
        "신뢰도 1은 같은 주소, 그보다 작으면 같은 길의 가까운 번호나 비슷한 이름입니다. 0.5보다 작으면 위치를 말하지 않습니다.",
        "Confidence 1 is the very address; less is a near number on the same road, or a like name. Below 0.5 no place is "
        "claimed.",
    ),
    "records.origins": ("출처별 위치", "Places by origin"),
    "records.origin.112": ("112 신고", "calls to 112"),
    "records.origin.koroad": ("도로교통공단 사망사고", "fatal accidents (KoROAD)"),
    "records.col_origin": ("출처", "Origin"),
    "records.col_n": ("건수", "Rows"),
    "records.col_by_coordinates": ("좌표로", "By coordinates"),
    "records.col_by_address": ("주소로", "By address"),
    "records.col_unplaced": ("위치 없음", "No place"),
    "records.col_share": ("주소 일치율", "Share matched"),
    "records.col_confidence": ("신뢰도 중앙값(범위)", "Confidence, median (range)"),
    "records.col_shared": ("10건 이상 겹친 점", "Points of 10 and more"),
    "records.col_callers": ("거듭 신고한 사람", "Repeat callers"),
    "records.shared": ("{points}곳, {n}건", "{points} points, {n} rows"),
    "records.sensitive": ("위치를 뭉뚱그려 말하는 종별", "Classes whose places are told coarsely"),
    "records.col_class": ("종별(코드)", "Class (code)"),
    "records.col_cell": ("격자 한 변", "Side of the cell"),
    "records.col_reason": ("이유", "Why"),
    "records.kept": ("사람에 관해 저장하는 것", "What is kept of persons"),
    "records.kept_declared": (
        "목록에 적힌 열만, 정해진 모양의 칸만 저장합니다. 나머지는 저장 전에 버립니다.",
        "Columns that the list declares, and of those only cells of the declared shape; all else is dropped before storage.",
    ),
    "records.kept_dropped": (
        "이름, 주민등록번호, 차량번호, 신고 내용 같은 글은 버립니다.",
        "Names, resident numbers, plates and free text are dropped.",
    ),
    "records.kept_hashed": (
        "신고자 전화번호와 사건번호는 비밀키 해시로만 남아, 누구인지 모른 채 횟수만 셉니다.",
        "A caller's number and a case's number stay as keyed hashes alone: they can be counted, not known.",
    ),
    "records.kept_key": (
        "비밀키는 데이터베이스와 백업 밖의 파일에 있습니다.",
        "The key is in a file outside the database and its backups.",
    ),
    "records.kept_point": (
        "위 종별은 계획 담당자에게 격자 한가운데로 보입니다. 정확한 점은 관제요원과 감사자만, 목적을 남기고 읽습니다.",
        "Whoever plans sees the middle of the cell for these classes. The very point is for operators and auditors, who say "
        "what for.",
    ),
    "note.withheld": (
        "정해진 모양이 아니어서 비운 칸(사람에 관한 글일 수 있음): {note}",
        "Cells left blank, for they are not of the column's shape and may tell of a person: {note}",
    ),
    "note.hashed": ("암호 해시로 바꾼 칸: {note}", "Cells kept as a keyed hash alone: {note}"),
    "note.purpose": ("적재 목적: {note}", "Loaded for: {note}"),
    "line.pairs_agree": (
        "두 좌표(경위도와 UTM-K)를 {both}행에서 견주었습니다. 50 m 넘게 다른 행은 없습니다.",
        "Two pairs of coordinates (degrees and UTM-K) were compared in {both} rows: none is more than 50 m apart.",
    ),
    "line.pairs_apart": (
        "두 좌표(경위도와 UTM-K)를 {both}행에서 견주었습니다. {apart}행({share})이 50 m 넘게 다릅니다(중앙값 {median}, 최대 {largest}). "
        "어느 쪽도 더 낫지 않으므로 행에 적힌 시군구에 있는 쪽을 쓰고, 가릴 수 없는 행은 보류합니다.",
        "Two pairs of coordinates (degrees and UTM-K) were compared in {both} rows: {apart} ({share}) are more than 50 m "
        "apart (median {median}, at most {largest}). Neither pair is the better one: the one in the gu that the row names "
        "is taken, and what nothing proves is refused.",
    ),
    "line.crimes": (
        "번호 없는 행 가운데 {alike}행은 공개된 내용이 모두 같지만 각각 한 사건으로 두었습니다. 번호가 겹친 행 {repeated_numbers}행도 모두 두었습니다. "
        "{on_shared_points}행은 {shared_points}개 점에 10행 이상씩 모여 있습니다(공개용 지도점이며 실제 장소가 아님). 시각은 달까지만 압니다.",
        "{alike} rows without a number are alike in all that is published, and each is kept as one event; so are the "
        "{repeated_numbers} rows whose number stands twice. {on_shared_points} rows stand on {shared_points} points of ten "
        "and more: map points of the publisher, not the places themselves. Times are known to the month.",
    ),
    "line.by_address": (
        "좌표 없는 {n}행 가운데 {matched}행({share})을 적재된 주소로 찾았습니다: 같은 주소 {exact}행, 가까운 주소 {near}행(신뢰도 0.5 이상 1 미만).",
        "Of {n} rows without coordinates {matched} ({share}) were placed by addresses that are loaded: {exact} at the very "
        "address, {near} near it (confidence 0.5 or more, below 1).",
    ),
}
