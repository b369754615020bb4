"""What the command line prints beside the sentences that it shares with the pages: heads, lines, progress."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # heads of tables
    "line.col_what": ("항목", "what"),
    "line.col_count": ("수", "count"),
    "line.col_value": ("값", "value"),
    "line.col_rows": ("행", "rows"),
    "line.col_source": ("자료", "source"),
    "line.col_takes": ("내용", "what it takes"),
    "line.col_code": ("코드", "code"),
    "line.col_meaning": ("뜻", "meaning"),
    "line.col_class": ("등급", "class"),
    "line.col_seen": ("보이는 비율", "seen"),
    "line.col_alleys_seen": ("골목이 보이는 비율", "alleys seen"),
    "line.col_interval": ("95 % 구간", "95 % interval"),
    "line.col_zone": ("구역", "zone"),
    "line.col_kind": ("종류", "kind"),
    "line.col_agency_alone": ("부서별(단독)", "agency alone"),
    "line.col_purpose_alone": ("목적별(단독)", "purpose alone"),
    "line.col_only_they": ("이 목적만 봄", "only they see"),
    "line.col_cameras": ("카메라", "cameras"),
    "line.col_gap": ("사각지대(위험이 큰 순)", "gap, worst first"),
    "line.col_length": ("길이", "length"),
    "line.col_place": ("위치", "place"),
    "line.col_camera": ("관리번호", "registry no."),
    "line.col_stands": ("설치 위치", "where it stands"),
    "line.col_loaded": ("올린 때", "loaded"),
    "line.col_file": ("파일", "file"),
    "line.col_outcome": ("결과", "outcome"),
    "outcome.done": ("완료", "done"),
    "outcome.refused": ("반려", "refused"),
    "outcome.running": ("진행 중", "running"),
    "outcome.failed": ("실패", "failed"),
    "line.more_loads": (
        "그 전에 올린 {n}건은 `--json`에 있습니다.",
        "{n} earlier loads are in the answer with `--json`.",
    ),
    "line.col_sight": ("시야", "sight"),
    "line.col_chance": ("확률", "chance"),
    "line.col_distance": ("거리", "distance"),
    "line.col_turn": ("돌릴 방향", "turn to"),
    "line.col_agency": ("관리 부서", "agency"),
    "line.col_status": ("상태", "status"),
    "line.col_use": ("사용", "use"),
    "line.narrow": (
        "화면이 좁아 뺀 열: {names}. `--json`에는 모두 있습니다.",
        "Left out, as the screen is narrow: {names}; `--json` has all.",
    ),
    "line.col_no": ("번호", "no."),
    "line.col_heading": ("방향", "heading"),
    "line.col_adds": ("늘어나는 비율", "adds"),
    "line.col_why": ("이유", "why"),
    "line.col_took": ("걸린 시간", "took"),
    "line.col_budget": ("목표", "budget"),
    # what a district holds
    "line.no_boundary": ("경계 자료 없음", "no boundary yet"),
    "count.agencies": ("관리 부서", "agencies"),
    "count.sites": ("설치 지점", "sites"),
    "count.cameras": ("카메라", "cameras"),
    "count.headings_known": ("방향을 아는 카메라", "headings known"),
    "count.alleys": ("골목 구간", "stretches of alley"),
    "count.buildings": ("건물", "buildings"),
    "count.flood_zones": ("침수 위험 구역", "flood zones"),
    "count.wildfire_zones": ("산불 위험 구역", "wildfire zones"),
    "count.incidents": ("사건", "incidents"),
    "count.police_records": ("영상 제공 기록", "records of footage supplied"),
    "count.speakers": ("경보 스피커", "warning speakers"),
    # what became of the rows of a file
    "rows.rows_in": ("읽음", "rows in"),
    "rows.inserted": ("추가", "inserted"),
    "rows.updated": ("변경", "updated"),
    "rows.unchanged": ("그대로", "unchanged"),
    "rows.quarantined": ("보류", "quarantined"),
    "rows.duplicates": ("중복", "duplicates"),
    "rows.outside": ("지역 밖", "outside"),
    "rows.retired": ("철거", "retired"),
    "line.read": ("{source}: {n}행을 읽었습니다.", "{source}: {n} rows in."),
    "line.dry_run": (
        "시험 실행이므로 저장하지 않았습니다.",
        "This was a dry run: nothing was kept.",
    ),
    "line.refused": (
        "{file}: 파일 전체를 반려했습니다. 저장한 것은 없습니다.",
        "{file}: refused as a whole; nothing was loaded.",
    ),
    "line.reasons": ("보류 사유:", "reasons:"),
    "line.repaired": ("바로잡은 행:", "repaired:"),
    "note.outline": (
        "경계 자료가 없어 지역 밖의 행을 가려내지 못했습니다.",
        "No outline is loaded: no row could be told to lie outside.",
    ),
    "note.headings_unread": ("방향을 읽지 못한 카메라: {note}", "Headings that could not be read: {note}"),
    "note.left_out": ("쓰지 않은 것: {note}", "Left out: {note}"),
    "note.dropped": ("저장하지 않은 열: {note}", "Columns not kept: {note}"),
    "note.dropped_undeclared": (
        "모르는 이름이라 저장하지 않은 열의 수: {note}",
        "Columns of unknown names, not kept: {note}",
    ),
    "note.layers": ("쓴 파일: {note}", "Files used: {note}"),
    "note.crs": (
        "좌표계가 적혀 있지 않아 배포 기준인 EPSG:5179로 읽었습니다.",
        "No coordinate system is stated: read as EPSG:5179, as the map is published.",
    ),
    "note.road_areas": (
        "도로 면은 쓰지 않고, 폭은 중심선 자료를 따랐습니다.",
        "Road areas are left aside; widths are those of the centre lines.",
    ),
    "note.day_ahead": (
        "파일이 말하는 날짜({note})가 이 컴퓨터의 오늘보다 뒤여서 쓰지 않았습니다. 시계가 맞는지 확인하십시오.",
        "The day that the file states ({note}) is after this machine's today, so it was not taken; see whether the clock is right.",
    ),
    "note.undated": (
        "파일에 기준일이 없어 불러온 날을 기준으로 했습니다.",
        "The file names no day of its own: the day of the load stands in.",
    ),
    "note.address_elsewhere": (
        "좌표는 지역 안이지만 주소는 다른 구인 행(좌표를 따랐으니 확인하십시오): {note}",
        "Rows whose point lies in the district but whose address names another (the point was followed; check them): {note}",
    ),
    "note.addresses_apart": (
        "도로명주소와 지번주소가 500 m 넘게 떨어진 행(좌표를 따랐으니 확인하십시오): {note}",
        "Rows whose road and lot address lie more than 500 m apart (the point was followed; check them): {note}",
    ),
    "note.fields_stale": (
        "올린 내용은 저장했지만 가시 범위는 아직 산출하지 못했습니다({note}). `golmok coverage`를 실행하면 산출합니다.",
        "What was loaded is stored, but what the cameras see could not be computed yet ({note}); `golmok coverage` computes it.",
    ),
    "note.same_file": (
        "같은 파일을 이미 올렸습니다(기록 {note}). 바뀐 것이 없어 아무것도 쓰지 않았습니다.",
        "The same file was loaded before (load {note}); nothing changed, so nothing was written.",
    ),
    "note.numbers_again": (
        "짧은 번호가 다른 날의 기록과 같아 날짜를 붙여 따로 저장한 행: {note}",
        "Rows whose short number a record of another day bears already, kept apart by their day: {note}",
    ),
    "note.nothing_taken": (
        "이 파일에서는 한 행도 올리지 못했습니다. 사유와 지역, 좌표계를 확인하십시오.",
        "Not one row of this file was taken: look at the reasons, the district and the coordinates.",
    ),
    "note.missing_ended": (
        "앞선 전체 목록에는 있었으나 이 목록에는 없어 종료한 카메라: {note}대",
        "Cameras that the list before named and this one does not, ended: {note}",
    ),
    "note.replay_of": ("다시 실행한 기록: {note}", "A replay of load {note}"),
    "note.detail": ("내용: {note}", "Found: {note}"),
    # what can be loaded
    "takes.boundaries": ("동 또는 구의 경계", "boundaries of dong or whole districts"),
    "takes.cameras": (
        "카메라 대장: 전국CCTV표준데이터(모든 연도), OpenStreetMap",
        "registries of cameras: the Korean standard of any year, OpenStreetMap",
    ),
    "takes.survey": (
        "현장조사 결과: 방향, 기울기, 렌즈, 높이, 프리셋",
        "surveys of cameras: heading, tilt, lens, height and presets",
    ),
    "takes.status": (
        "카메라 상태: 고장과 복구 (health라고 써도 됩니다)",
        "health of cameras: when one went down and came back (also called health)",
    ),
    "takes.city": (
        "OpenStreetMap의 도로, 건물, 물",
        "a city out of OpenStreetMap: streets, buildings, water",
    ),
    "takes.juso": (
        "도로명주소 전자지도: 건물, 도로 중심선, 출입구(셰이프파일 폴더 또는 zip)",
        "the Korean road-address map: buildings, street centre lines, entrances, as a folder or zip of shapefiles",
    ),
    "takes.dem": ("지반 높이: GeoTIFF 또는 JSON", "ground heights: a GeoTIFF, or a list in JSON"),
    "takes.zones": ("침수·산불 위험 구역", "flood and wildfire zones"),
    "takes.speakers": (
        "하천·산책로의 경보 스피커와 앰프",
        "warning speakers along streams and paths, with their amplifiers",
    ),
    "takes.lamps": ("보안등·가로등 대장", "registers of security and street lamps"),
    "takes.bells": ("비상벨, 안심귀갓길 시설", "emergency bells, and the facilities of safe ways home"),
    "takes.incidents": (
        "112 신고 자료, 도로교통공단 사망사고 자료, 매핑 파일(--mapping)을 곁들인 다른 자료",
        "the export of a 112 control room, the traffic authority's fatal accidents, and any other with --mapping",
    ),
    "takes.police": (
        "개인영상정보 관리대장, 영국 경찰 월별 자료",
        "the Korean ledger of footage supplied, and monthly street crime of the United Kingdom",
    ),
    "takes.layer": (
        "그 밖의 자료: GeoJSON 또는 좌표가 있는 표",
        "what a city adds: any GeoJSON, or any list with coordinates",
    ),
    # answers of single commands
    "line.may_be_used": ("가능 {ground}", "yes {ground}"),
    "line.may_not_be_used": ("불가 {ground}", "no {ground}"),
    "reason.most_in_street": (
        "{alley}에서 {metres}가 새로 보입니다(폭 {width}).",
        "{metres} more of {alley} come into sight, {width} wide.",
    ),
    "reason.most_in_street_unmeasured": (
        "{alley}에서 {metres}가 새로 보입니다.",
        "{metres} more of {alley} come into sight.",
    ),
    "line.plan": (
        "보이는 위험의 비율은 지금 {before}, 계획대로 설치하면 {after}입니다.",
        "Risk seen: {before} now, {after} with the plan.",
    ),
    "line.report_html": ("{out}: SHA-256 {sha256}", "{out}: SHA-256 {sha256}"),
    "line.report": ("{out}: {pages}쪽, SHA-256 {sha256}", "{out}: pages {pages}, SHA-256 {sha256}"),
    "line.ready": ("{name}: 데이터베이스를 준비했습니다.", "District {name} is ready."),
    "line.serving": ("골목: {url}  (멈추려면 Ctrl+C)", "Golmok: {url}  (Ctrl+C stops it)"),
    "cluster.started": (
        "데이터베이스가 실행 중입니다. 소켓은 {socket}에 있고, TCP로는 열지 않습니다.",
        "The private cluster runs on the socket in {socket}; it never listens on TCP.",
    ),
    "cluster.stopped": ("데이터베이스를 멈추었습니다.", "Stopped."),
    "cluster.not_running": ("데이터베이스가 실행 중이 아니었습니다.", "It was not running."),
    "cluster.not_ours": (
        "GOLMOK_DATABASE_URL로 지정한 데이터베이스를 씁니다. 켜고 끄는 일은 그 서버에서 하십시오.",
        "GOLMOK_DATABASE_URL names the database; it is not ours to start or stop.",
    ),
    "fact.running": ("실행 중", "running"),
    "fact.kind": ("종류", "kind"),
    "fact.made": ("만들어짐", "made"),
    "fact.pid": ("프로세스", "process"),
    "fact.major": ("PostgreSQL 버전", "PostgreSQL version"),
    "fact.folder": ("자료 폴더", "folder"),
    "fact.socket_dir": ("소켓 폴더", "socket folder"),
    "fact.log": ("기록 파일", "log"),
    "fact.true": ("예", "yes"),
    "fact.false": ("아니요", "no"),
    # a database that the person runs, named by GOLMOK_DATABASE_URL, does not answer
    "given.DatabaseUnreachable": (
        "GOLMOK_DATABASE_URL로 지정한 데이터베이스가 응답하지 않습니다: {detail}",
        "The database that GOLMOK_DATABASE_URL names does not answer: {detail}",
    ),
    "given.ConnectionCut": (
        "작업 도중 GOLMOK_DATABASE_URL로 지정한 데이터베이스와의 연결이 끊겼습니다. 끝내지 못한 작업은 저장되지 않았고 이전 내용은 그대로입니다. "
        "데이터베이스가 다시 응답하면 같은 명령을 다시 실행하십시오: {detail}",
        "The connection to the database that GOLMOK_DATABASE_URL names broke on the way. What was not finished is not stored, what "
        "was there before is unchanged; repeat the same command once it answers again: {detail}",
    ),
    "given.KeepUnknown": (
        "저장하는 순간에 연결이 끊겨 저장되었는지 확인하지 못했습니다. 전부 저장되었거나 하나도 저장되지 않았습니다. GOLMOK_DATABASE_URL로 지정한 데이터베이스가 "
        "다시 응답하면 `golmok status`로 확인하거나 같은 명령을 다시 실행하십시오. 다시 실행해도 두 번 저장되지 않습니다: {detail}",
        "The connection broke just as the load was being stored, and nobody could be asked whether it was: all of it is stored, or "
        "none. Once the database that GOLMOK_DATABASE_URL names answers again, `golmok status` tells; or repeat the same command, "
        "which stores nothing twice: {detail}",
    ),
    "given.OperationalError": (
        "GOLMOK_DATABASE_URL로 지정한 데이터베이스가 응답하지 않습니다.",
        "The database that GOLMOK_DATABASE_URL names does not answer.",
    ),
    "given.InterfaceError": (
        "GOLMOK_DATABASE_URL로 지정한 데이터베이스와의 연결이 끊겼습니다.",
        "The connection to the database that GOLMOK_DATABASE_URL names broke.",
    ),
    # progress, interruption, faults
    "progress.started": ("시작", "started"),
    "progress.done": ("완료", "done"),
    "progress.Load": ("자료 올리기", "Load"),
    "progress.Wait": ("다른 적재가 끝나기를 기다림:", "Another load is at work, waiting for it:"),
    "progress.Sample": ("가상 자료", "Sample"),
    "progress.Coverage": ("가시 범위 산출", "Coverage"),
    "progress.Candidates": ("후보지 검토", "Candidates"),
    "progress.Sight": ("시야 계산 측정", "Sight"),
    "progress.Peers": ("다른 라이브러리 측정", "Peers"),
    "progress.Siting": ("배치 최적화 측정", "Siting"),
    "progress.Compile": (
        "시야 계산 코드 준비(이 컴퓨터에서 처음 한 번, 1분까지 걸릴 수 있음)",
        "Compile line of sight (once on this machine, up to a minute)",
    ),
    "progress.Fields of view": ("시야 산출", "Fields of view"),
    "progress.Aims": ("방향의 확률 산출", "Aims"),
    "progress.Checks": ("확인할 곳 고르기", "Checks"),
    "progress.Error budget": ("오차 예산 산출", "Error budget"),
    "line.stopped": (
        "중단했습니다. 저장을 마친 내용은 그대로 있고, 하다 만 것은 남지 않습니다.",
        "Stopped. What was committed stays; nothing half-done is kept.",
    ),
    "line.fault": (
        "프로그램 오류입니다({kind}). 하다 만 것은 남지 않습니다. {kept}",
        "our fault ({kind}). Nothing half-done was kept. {kept}",
    ),
    "line.trace": ("자세한 기록은 {path}에 있습니다.", "The trace is in {path}."),
}
