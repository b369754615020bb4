"""Sentences for named errors, by class name: the classes themselves may be heavy to import."""

from __future__ import annotations

from app.words_errors_themes import THEMES

# 2 wrong use, 3 input refused, 4 database (or the machine under it) not ready, 1 our fault.
CODES: dict[str, int] = {
    "GolmokError": 1,
    "SpatialError": 1,
    "WrongShape": 1,
    "NotMetric": 2,
    "MissingColumn": 3,
    "MissingValue": 3,
    "OutOfRange": 2,
    "UnknownClass": 2,
    "BadGeometry": 3,
    "NoStreetNear": 2,
    "PlatformError": 1,
    "SettingWrong": 2,
    "UnknownDistrict": 2,
    "ClusterUnavailable": 4,
    "DatabaseUnreachable": 4,
    "DatabaseSlow": 1,
    "ConnectionCut": 4,
    "KeepUnknown": 4,
    "DatabaseFull": 4,
    "DatabaseBusy": 4,
    "Contended": 4,
    "DiskFull": 4,
    "ClockBack": 4,
    "NotInitialised": 4,
    "SetUpFailed": 1,
    "InputRefused": 3,
    "UnknownSource": 2,
    "NothingToCheck": 2,
    "NothingToPlan": 2,
    "UnknownPlan": 2,
    "AddressRefused": 2,
    "NoFreePort": 2,
    "NotPermitted": 1,
    "NotYours": 2,
    "MappingWrong": 2,
    "SignedOut": 2,
    "UnknownTable": 2,
    "OtherLaw": 2,
    "NotComputed": 2,
    "NoPurpose": 2,
    "NoReason": 2,
    "SeveralSources": 2,
    "UnknownSheet": 2,
    "NothingRefused": 2,
    "NotMended": 2,
    "NotReplayable": 2,
    "WrongUse": 2,
    "UnknownRecord": 2,
    "OneList": 2,
    "NoGrounds": 2,
    "NothingDecided": 2,
    "UnknownFigure": 2,
    "UnknownCamera": 2,
    "UnknownEvidence": 2,
    "WrongTies": 2,
    "DegenerateTies": 2,
    "ContradictingTies": 2,
    "FieldsIncomplete": 1,
    "NoSuchTile": 2,
    "PeriodWrong": 2,
    "UnknownIncidentClass": 2,
    "UnknownMode": 2,
    "WrongRings": 2,
    "NoSuchSystem": 2,
    "PlaceUnclear": 2,
    "UnknownIncident": 2,
    "ReportError": 1,
    "UnknownReportForm": 2,
    "UnknownReport": 2,
    "ReportTooLarge": 3,
    "EditionRefused": 2,
    "FontsMissing": 1,
    "TakeawayError": 1,
    "LeafletMissing": 1,
    "MapTooLarge": 3,
    "OperationalError": 4,
    "InterfaceError": 4,
    "FileNotFoundError": 2,
    "FileExistsError": 2,
    "IsADirectoryError": 2,
    "NotADirectoryError": 2,
    "PermissionError": 2,
}

TABLE: dict[str, tuple[str, str]] = {
    "error.unforeseen": (
        "프로그램 오류로 처리하지 못했습니다({detail}). 저장된 내용은 그대로입니다.",
        "This failed through a fault of ours ({detail}). What was stored is unchanged.",
    ),
    "error.GolmokError": ("처리하지 못했습니다: {detail}", "This could not be done: {detail}"),
    "error.SpatialError": (
        "공간 계산을 하지 못했습니다: {detail}",
        "The spatial computation was refused: {detail}",
    ),
    "error.WrongShape": (
        "계산에 들어간 배열의 크기가 서로 맞지 않습니다: {detail}",
        "Arrays of a computation do not fit each other: {detail}",
    ),
    "error.NotMetric": (
        "미터 좌표계가 아닙니다: {detail}",
        "The coordinate system is not in metres: {detail}",
    ),
    "error.MissingColumn": ("필요한 열이 없습니다: {detail}", "A needed column is missing: {detail}"),
    "error.MissingValue": ("필요한 값이 비어 있습니다: {detail}", "A needed value is missing: {detail}"),
    "error.OutOfRange": ("값이 가능한 범위를 벗어났습니다: {detail}", "A value is out of range: {detail}"),
    "error.UnknownClass": ("알 수 없는 등급입니다: {detail}", "This class is not known: {detail}"),
    "error.BadGeometry": ("도형을 쓸 수 없습니다: {detail}", "A geometry cannot be used: {detail}"),
    "error.NoStreetNear": (
        "가까운 곳에 다닐 수 있는 길이 없습니다(가장 가까운 길까지의 거리 > 허용 거리): {detail}",
        "No street that can be used is near (distance to the nearest > what is allowed): {detail}",
    ),
    "error.PlatformError": (
        "필요한 준비가 되어 있지 않습니다: {detail}",
        "Something needed is not in place: {detail}",
    ),
    "error.SettingWrong": ("설정을 쓸 수 없습니다: {detail}", "A setting cannot be used: {detail}"),
    "error.UnknownDistrict": (
        "등록되지 않은 지역입니다: {detail}",
        "There is no district of that name: {detail}",
    ),
    "error.ClusterUnavailable": (
        "데이터베이스를 켤 수 없습니다: {detail}",
        "The database could not be started: {detail}",
    ),
    "error.DatabaseUnreachable": (
        "데이터베이스가 응답하지 않습니다. `golmok db up`으로 켤 수 있습니다: {detail}",
        "The database does not answer; `golmok db up` starts it: {detail}",
    ),
    "error.ConnectionCut": (
        "작업 도중 데이터베이스와의 연결이 끊겼습니다. 끝내지 못한 작업은 저장되지 않았고 이전 내용은 그대로입니다. "
        "`golmok db up`으로 켠 뒤 같은 명령을 다시 실행하십시오: {detail}",
        "The connection to the database broke on the way. What was not finished is not stored, what was there before is "
        "unchanged; `golmok db up` starts the database, then repeat the same command: {detail}",
    ),
    "error.KeepUnknown": (
        "저장하는 순간에 연결이 끊겨 저장되었는지 확인하지 못했습니다. 전부 저장되었거나 하나도 저장되지 않았습니다. `golmok db up`으로 켠 뒤 "
        "`golmok status`로 확인하거나 같은 명령을 다시 실행하십시오. 다시 실행해도 두 번 저장되지 않습니다: {detail}",
        "The connection broke just as the load was being stored, and nobody could be asked whether it was: all of it is stored, or "
        "none. `golmok db up` starts the database, `golmok status` tells; or repeat the same command, which stores nothing twice: {detail}",
    ),
    "error.DatabaseFull": (
        "데이터베이스의 디스크가 가득 찼습니다. 이번 작업은 저장되지 않았고 이전 내용은 그대로입니다. 공간을 비운 뒤 같은 명령을 다시 실행하십시오: {detail}",
        "The database's disk is full. This command stored nothing, what was there before is unchanged; make room, then "
        "repeat the same command: {detail}",
    ),
    "error.DatabaseBusy": (
        "다른 작업이 아직 끝나지 않아 시작하지 못했습니다. 저장된 내용은 그대로이니 잠시 뒤 같은 명령을 다시 실행하십시오: {detail}",
        "Another command is still at work, so this one did not go on. Nothing was changed; repeat the same command in a while: {detail}",
    ),
    "error.Contended": (
        "다른 작업과 서로 막혀 여러 번 되돌렸습니다. 저장된 내용은 그대로이니 잠시 뒤 같은 명령을 다시 실행하십시오: {detail}",
        "This command and another one stood in each other's way, several times. Nothing was changed; repeat it in a while: {detail}",
    ),
    "error.DiskFull": (
        "이 컴퓨터의 디스크가 가득 찼습니다. 저장된 내용은 그대로이니 공간을 비운 뒤 같은 명령을 다시 실행하십시오: {detail}",
        "This machine's disk is full. What was stored is unchanged; make room, then repeat the same command: {detail}",
    ),
    "error.ClockBack": (
        "이 컴퓨터의 날짜가 마지막 적재 날짜보다 이릅니다({detail}). 시계를 맞춘 뒤 다시 실행하십시오. 지금 시계가 맞다면 그 적재를 확인하고 "
        "--trust-clock을 붙여 실행하십시오. 저장된 내용은 그대로입니다.",
        "This machine's day is before that of the last load ({detail}). Set the clock and repeat; if it is right now, look at that load, "
        "and repeat with --trust-clock. Nothing was changed.",
    ),
    "error.NotInitialised": (
        "이 지역의 데이터베이스가 준비되지 않았습니다: {detail}",
        "The district's database is not ready: {detail}",
    ),
    "error.NotReplayable": (
        "올린 기록을 다시 실행할 수 없습니다: {detail}",
        "The load cannot be run again: {detail}",
    ),
    "error.SetUpFailed": ("설치 단계 하나가 실패했습니다: {detail}", "A step of the set-up failed: {detail}"),
    "error.InputRefused": ("파일 전체를 반려했습니다: {detail}", "The whole input was refused: {detail}"),
    "error.UnknownSource": (
        "지원하지 않는 자료입니다. `golmok sources`로 목록을 볼 수 있습니다: {detail}",
        "There is no such source; `golmok sources` lists them: {detail}",
    ),
    "error.NothingToCheck": (
        "확인할 곳을 고르려면 도로와 건물 자료, 그날 운영 중인 카메라가 있어야 합니다.",
        "Checks need streets, buildings and cameras that hang on the day: something of these is missing.",
    ),
    "error.NothingToPlan": (
        "설치 계획을 세우려면 도로와 건물 자료가 있어야 합니다. `juso`나 `city`를 올리십시오.",
        "There is nothing to plan: a plan needs streets and buildings. Load `juso` or `city`.",
    ),
    "error.UnknownPlan": (
        "그런 번호의 설치 계획이 없습니다: {detail}",
        "No plan of this number was kept: {detail}",
    ),
    "error.AddressRefused": (
        "로그인이 설정되지 않아 이 컴퓨터(127.0.0.1)에서만 열 수 있습니다: {detail}",
        "Without sign-in configured the dashboard listens on 127.0.0.1 only: {detail}",
    ),
    "error.NoFreePort": ("빈 포트를 찾지 못했습니다: {detail}", "No free port was found: {detail}"),
    "error.UnknownCamera": (
        "그런 관리번호의 카메라가 없습니다: {detail}",
        "There is no camera of this number: {detail}",
    ),
    "error.UnknownRecord": (
        "지금 카메라가 있는 기록 가운데 그런 번호가 없습니다: {detail}",
        "No record of this number has cameras now: {detail}",
    ),
    "error.OneList": (
        "한 기관의 목록 안에서는 행마다 다른 카메라로 봅니다: {detail}",
        "Two rows of one agency's list are two records: {detail}",
    ),
    "error.NoGrounds": (
        "왜 그렇게 판단하는지 적어야 결정이 남습니다: {detail}",
        "Say why: a decision without a reason is not kept: {detail}",
    ),
    "error.NothingDecided": (
        "취소할 결정이 없습니다: {detail}",
        "There is no decision on these two to take back: {detail}",
    ),
    "error.UnknownEvidence": (
        "그런 번호의 증거가 없거나 이미 철회되었습니다: {detail}",
        "No evidence of this number stands: {detail}",
    ),
    "error.WrongTies": (
        "대응점 파일을 쓸 수 없습니다: {detail}",
        "The list of ties cannot be used: {detail}",
    ),
    "error.DegenerateTies": (
        "이 대응점으로는 카메라의 자세가 정해지지 않습니다: {detail}",
        "These ties fix no pose: {detail}",
    ),
    "error.ContradictingTies": (
        "대응점이 서로 맞지 않습니다. 화면과 지도의 점을 다시 확인하십시오: {detail}",
        "The ties contradict each other; look at the points again: {detail}",
    ),
    "error.FieldsIncomplete": (
        "시야 산출 결과가 서로 맞지 않습니다: {detail}",
        "Fields of view do not fit together: {detail}",
    ),
    "error.NoSuchTile": ("없는 지도 조각입니다: {detail}", "There is no such tile: {detail}"),
    "error.PeriodWrong": ("기간이 맞지 않습니다: {detail}", "The period cannot be used: {detail}"),
    "error.UnknownIncident": (
        "그런 번호의 사건이 없거나 위치가 없습니다: {detail}",
        "There is no incident of this number that has a place: {detail}",
    ),
    "error.UnknownMode": (
        "이동 방법은 foot(걸어서), bicycle(자전거), car(차) 가운데 하나입니다: {detail}",
        "He moves by foot, bicycle or car: {detail}",
    ),
    "error.WrongRings": (
        "고리나 대응 시간이 답할 수 있는 범위를 벗어납니다: {detail}",
        "The rings or the reaction time are beyond what can be told: {detail}",
    ),
    "error.NoSuchSystem": (
        "아는 좌표계가 아닙니다: {detail}",
        "This is none of the systems of coordinates that are known: {detail}",
    ),
    "error.PlaceUnclear": ("위치를 정할 수 없습니다. {detail}", "The place is not clear. {detail}"),
    "error.UnknownIncidentClass": (
        "112 사건 코드가 아닙니다: {detail}",
        "This is no 112 class code: {detail}",
    ),
    "error.ReportError": ("보고서를 만들지 못했습니다: {detail}", "The report could not be made: {detail}"),
    "error.UnknownReportForm": (
        "보고서 파일은 .pdf나 .html이어야 합니다: {detail}",
        "A report is a .pdf or an .html file: {detail}",
    ),
    "error.UnknownReport": (
        "그런 번호의 보고서가 없습니다: {detail}",
        "No report of this number is kept: {detail}",
    ),
    "error.ReportTooLarge": (
        "보고서 파일이 너무 큽니다: {detail}",
        "The report's file grows too large: {detail}",
    ),
    "error.EditionRefused": (
        "그 판으로는 내보낼 수 없습니다: {detail}",
        "It does not go out in that edition: {detail}",
    ),
    "error.FontsMissing": (
        "한글 글꼴이 없습니다: {detail}",
        "A typeface with Korean letters is missing: {detail}",
    ),
    "error.TakeawayError": (
        "지도 파일을 만들지 못했습니다: {detail}",
        "The map file could not be made: {detail}",
    ),
    "error.LeafletMissing": (
        "지도 라이브러리 파일이 없습니다. ./golmok을 다시 실행하면 받습니다: {detail}",
        "The map library's files are missing; ./golmok fetches them: {detail}",
    ),
    "error.MapTooLarge": ("지도 파일이 너무 큽니다: {detail}", "The map file grows too large: {detail}"),
    "error.WrongUse": ("사용 방법이 맞지 않습니다: {detail}", "It cannot be used like this: {detail}"),
    "error.DatabaseSlow": (
        "데이터베이스가 너무 오래 걸려 질문을 멈췄습니다. 잠시 뒤 다시 시도하세요({detail})",
        "The database took too long, so the question was stopped; try again in a while ({detail})",
    ),
    "error.UnknownFigure": (
        "보고서에 그런 이름의 수치가 없습니다: {detail}",
        "The report has no figure of that name: {detail}",
    ),
    "error.MappingWrong": (
        "매핑 파일이 맞지 않습니다: {detail}",
        "The mapping does not work: {detail}",
    ),
    "error.NotYours": (
        "이 내용은 다른 역할에게만 열려 있습니다: {detail}",
        "This is open to other roles: {detail}",
    ),
    "error.SignedOut": (
        "로그인하지 않았거나 로그인 시간이 끝났습니다. 페이지를 새로 고쳐 다시 로그인하십시오{detail}",
        "Nobody is signed in, or the sign-in has ended: open the page anew and sign in{detail}",
    ),
    "error.OtherLaw": (
        "우리나라 법에 따른 문서라 이 지역에는 쓸 수 없습니다: {detail}",
        "This district lies where another law holds: {detail}",
    ),
    "error.UnknownTable": ("그런 표는 없습니다: {detail}", "There is no such table: {detail}"),
    "error.NotComputed": (
        "가시 범위를 아직 산출하지 않았습니다. 먼저 실행하십시오: {detail}",
        "Coverage has not been computed yet; run first: {detail}",
    ),
    "error.NoPurpose": (
        "내부판은 누가 무슨 목적으로 받는지 적어야 합니다. --by와 --purpose로 적습니다.",
        "An internal edition says who takes it and what for: give --by and --purpose.",
    ),
    "error.SeveralSources": (
        "자료마다 열이 달라 한 파일에 담을 수 없습니다. --source로 하나를 고르십시오: {detail}",
        "Sources differ in their columns and are no one file. Choose one with --source: {detail}",
    ),
    "error.UnknownSheet": (
        "아직 올리지 않은 자료입니다: {detail}",
        "Nothing was loaded of this source: {detail}",
    ),
    "error.NothingRefused": ("고를 거부 행이 없습니다.", "There is no open refused row of that kind."),
    "error.NotMended": (
        "golmok_refusal 열이 없어 고친 파일이 아닙니다. 전체 목록은 golmok load로 올리십시오: {detail}",
        "This is no mended file: it has no column golmok_refusal. A whole list is loaded by golmok load: {detail}",
    ),
    "error.NoReason": (
        "보류한 행은 보는 이유를 적어야 볼 수 있습니다.",
        "Refused rows are shown for a purpose alone: say what for.",
    ),
    "error.NotPermitted": (
        "데이터베이스 사용자의 권한이 부족합니다: {detail}",
        "The database's user lacks a right: {detail}",
    ),
    # What a driver says of a lost connection is full of statements: not for people.
    "error.OperationalError": (
        "데이터베이스가 응답하지 않습니다. `golmok db up`으로 켤 수 있습니다.",
        "The database does not answer; `golmok db up` starts it.",
    ),
    "error.InterfaceError": (
        "데이터베이스와의 연결이 끊겼습니다. `golmok db up`으로 켤 수 있습니다.",
        "The connection to the database broke; `golmok db up` starts it.",
    ),
    "error.FileNotFoundError": ("파일이 없습니다: {detail}", "There is no such file: {detail}"),
    "error.FileExistsError": (
        "같은 이름의 파일이 이미 있습니다: {detail}",
        "There is a file of that name already: {detail}",
    ),
    "error.IsADirectoryError": (
        "파일이 아니라 폴더입니다: {detail}",
        "This is a folder, not a file: {detail}",
    ),
    "error.NotADirectoryError": (
        "폴더가 아니라 파일입니다: {detail}",
        "This is a file, not a folder: {detail}",
    ),
    "error.PermissionError": (
        "파일에 접근할 권한이 없습니다: {detail}",
        "Access to a file was denied: {detail}",
    ),
}

for _theme in THEMES:
    CODES |= _theme.CODES
    TABLE |= _theme.TABLE
