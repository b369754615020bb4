"""Sentences of the dashboard: every page's headings, forms, answers and empty, waiting and failing states."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # the frame of every page
    "app.name": ("골목", "Golmok"),
    "app.invented": (
        "가상의 지역입니다. 어떤 수치도 실제 장소를 말하지 않습니다.",
        "This district is invented. No figure here speaks of a real place.",
    ),
    "app.class": ("필요한 선명도", "How clearly"),
    "app.loading": ("불러오는 중입니다.", "One moment."),
    "app.again": ("다시 시도", "Try again"),
    "app.failed": ("지금은 답을 드릴 수 없습니다.", "There is no answer right now."),
    "app.sign_in": (
        "로그인이 필요합니다. 이 센터의 계정으로 들어오십시오.",
        "Please sign in. Use your account of this centre.",
    ),
    "app.sign_in_button": ("로그인", "Sign in"),
    "app.asking": ("데이터베이스에 묻고 있습니다…", "Asking the database…"),
    "app.sign_out": ("로그아웃", "Sign out"),
    "app.roles": ("역할: {roles}", "Roles: {roles}"),
    "role.operator": ("관제요원", "operator"),
    "role.planner": ("설치 계획 담당", "planner"),
    "role.committee": ("운영위원", "committee member"),
    "role.steward": ("자료 담당", "data steward"),
    "role.auditor": ("감사", "auditor"),
    "page.closed": ("다른 역할의 화면", "Not your page"),
    "app.closed": (
        "이 화면은 다른 역할에게 열려 있습니다. 위 메뉴에서 골라 주세요.",
        "This page is open to other roles. Yours are in the menu above.",
    ),
    "app.no_role": (
        "로그인했지만 이 센터의 역할이 없습니다. 관리자에게 역할을 요청하세요.",
        "You are signed in but hold no role of this centre. Ask its administrator for one.",
    ),
    "page.find": ("찾기", "Find"),
    "page.gaps": ("사각지대", "Gaps"),
    # the map
    "map.label": (
        "지도. 누르면 그 위치를 보는 카메라를 찾습니다. 같은 답이 표에도 있습니다.",
        "Map. Click to ask which cameras see a place. The table holds the same answer.",
    ),
    "map.label_gaps": (
        "지도. 선택한 사각지대로 이동합니다. 같은 내용이 표에도 있습니다.",
        "Map. It goes to the selected gap. The table holds the same list.",
    ),
    "map.no_assets": (
        "지도 파일이 없습니다. ./golmok을 다시 실행하면 받습니다. 답은 표에 있습니다.",
        "The map's files are missing; run ./golmok again to fetch them. The answers stand in the table.",
    ),
    "map.no_tiles": (
        "지도 자료를 불러오지 못했습니다. 곧 다시 시도합니다.",
        "The map's tiles could not be loaded. It tries again shortly.",
    ),
    "map.camera": ("카메라", "camera"),
    "map.sees": ("확실히 보는 시야", "view that sees it"),
    "map.may": ("볼 수도 있는 시야", "view that may"),
    "map.gap": ("사각지대", "gap"),
    "map.legend_gap": ("사각지대: 어떤 카메라도 볼 수 없는 골목", "Gap: alley that no camera can see"),
    "map.legend_camera": ("카메라", "Camera"),
    "map.selected": ("선택한 곳", "selected"),
    "map.zoom_in": ("확대", "Zoom in"),
    "map.zoom_out": ("축소", "Zoom out"),
    # Find
    "find.title": ("이곳을 보는 카메라", "Who sees this place?"),
    "find.ask": ("찾기", "Find"),
    "find.outside": (
        "이 지역 밖의 위치입니다.",
        "This place lies outside the district.",
    ),
    "find.outside_none": (
        "이 지역 밖의 위치입니다. 이 지역에는 이곳을 보는 카메라가 없습니다.",
        "This place lies outside the district; none of its cameras sees it.",
    ),
    "find.seen": ("{sees}대가 이곳을 확실히 봅니다.", "{sees} certainly see this place."),
    "find.seen_one": ("1대가 이곳을 확실히 봅니다.", "One camera certainly sees this place."),
    "find.seen_and_may": (
        "{sees}대가 이곳을 확실히 보고, {may}대는 볼 수도 있습니다.",
        "{sees} certainly see this place, {may} more may.",
    ),
    "find.seen_one_and_may": (
        "1대가 이곳을 확실히 보고, {may}대는 볼 수도 있습니다.",
        "One camera certainly sees this place, {may} more may.",
    ),
    "find.may": (
        "확실히 보는 카메라는 없습니다. {may}대가 볼 수도 있습니다.",
        "No camera certainly sees this place; {may} may.",
    ),
    "find.may_one": (
        "확실히 보는 카메라는 없습니다. 1대가 볼 수도 있습니다.",
        "No camera certainly sees this place; one may.",
    ),
    "find.usable_none": (
        "이 사건에 쓸 수 있는 것은 그 가운데 없습니다.",
        "None of these may be used for this call.",
    ),
    "find.usable": (
        "이 사건에 쓸 수 있는 것은 그 가운데 확실히 보는 {sees}대, 볼 수도 있는 {may}대입니다.",
        "Of these may be used for this call: {sees} that certainly see it, {may} that may.",
    ),
    "find.none": ("이곳을 보는 카메라가 없습니다.", "None. No camera sees this place."),
    "find.none_nearest": (
        "가장 가까운 카메라는 {distance} 떨어져 있지만 이곳을 보지 않습니다.",
        "The nearest one stands {distance} away and does not see it.",
    ),
    "find.no_cameras": (
        "아직 등록된 카메라가 없습니다. `golmok load cameras 파일`로 카메라 대장을 올리십시오.",
        "No camera is registered yet. Load a registry with `golmok load cameras FILE`.",
    ),
    "find.must_turn_one": (
        "1대는 돌리거나 확대해야 이곳을 볼 수 있습니다.",
        "One could see it if it turned or zoomed.",
    ),
    "find.must_turn": (
        "{n}대는 돌리거나 확대해야 이곳을 볼 수 있습니다.",
        "{n} could see it if they turned or zoomed.",
    ),
    "find.chance": (
        "그중 적어도 한 대가 볼 확률은 {chance}입니다.",
        "The chance that at least one of them does is {chance}.",
    ),
    "find.chance_one": ("볼 확률은 {chance}입니다.", "The chance that it does is {chance}."),
    "find.chance_unturned": (
        "돌리지 않아도 적어도 한 대가 볼 확률은 {chance}입니다.",
        "The chance that at least one does without being turned is {chance}.",
    ),
    "find.basis": (
        "{name} 등급({density} px/m 이상) · {at} 기준 · {lat}, {lon}",
        "class {name} (at least {density} px/m) · as at {at} · {lat}, {lon}",
    ),
    "find.stale": (
        "시야 {stale}건이 최신이 아닙니다. `golmok coverage`를 실행하면 다시 산출합니다.",
        "{stale} fields of view are out of date; `golmok coverage` computes them anew.",
    ),
    "find.table": ("카메라 목록", "The cameras"),
    "find.col_no": ("번호", "No."),
    "find.col_camera": ("설치 위치", "Where it stands"),
    "find.col_key": ("관리번호", "Registry no."),
    "find.col_sight": ("시야", "Sight"),
    "find.col_chance": ("확률", "Chance"),
    "find.col_distance": ("거리", "Distance"),
    "find.col_class": ("등급", "Class"),
    "find.col_density": ("밀도", "Density"),
    "find.col_turn": ("돌릴 방향", "Turn to"),
    "find.col_kind": ("형식", "Kind"),
    "find.col_purpose": ("설치 목적", "Purpose"),
    "find.col_agency": ("관리 부서", "Agency"),
    "find.col_status": ("상태", "State"),
    "find.legend": (
        "채운 영역은 확실히 보는 시야, 점선 영역은 방향이나 렌즈를 확실히 몰라 볼 수도 있는 시야입니다.",
        "Filled: a view that certainly holds the place. Dashed: one that may, as aim or lens is not known for sure.",
    ),
    # Gaps
    "gaps.title": ("사각지대", "Where are we blind?"),
    "gaps.headline": ("골목 {length} 가운데 {share}가 보입니다.", "{share} of {length} of alleys is seen."),
    "gaps.headline_range": (
        "95 % 구간 {span}, 최소 {certain}, 최대 {possible}.",
        "95 % interval {span}; at least {certain}, at most {possible}.",
    ),
    "gaps.stands": (
        "카메라 위치: 건물 벽 {on_wall}대(벽 바깥으로 옮겨 계산), 옥상 {on_roof}대, 건물 안 {inside}대(보이는 곳 없음).",
        "Cameras by place: {on_wall} on a wall (moved just off it), {on_roof} over a roof, {inside} inside a building "
        "(they see nothing).",
    ),
    "gaps.method": (
        "{name} 등급({density} px/m 이상), 카메라 {cameras}대(현장조사 {survey}, 제원표 {datasheet}, 가정 {assumed}), {at} 기준.",
        "Class {name} (at least {density} px/m), {cameras} cameras ({survey} surveyed, {datasheet} from data "
        "sheets, {assumed} assumed), as at {at}.",
    ),
    "gaps.terrain": (
        "지형을 따라 시선을 계산한 카메라 {terrain}대, 지형을 일부만 아는 카메라 {part}대, 평지로 본 카메라 {flat}대.",
        "Sight over the terrain: {terrain} cameras; over terrain known in part: {part}; over flat ground: {flat}.",
    ),
    "gaps.circle": (
        "50 m 원으로 어림하면 {of}의 {share}이지만, 실제의 {times}배로 부풀려진 값입니다.",
        "Circles of 50 m would claim {share} of {of}: {times} times what is really seen.",
    ),
    "gaps.circle_under": (
        "50 m 원으로 어림하면 {of}의 {share}입니다. 렌즈와 벽을 따지지 않은 값이며, 이 등급에서는 실제보다 크지 않습니다.",
        "Circles of 50 m hold {share} of {of}: no more than is really seen at this class, as they ask neither lens "
        "nor wall.",
    ),
    "gaps.circle_bound": (
        "50 m 원으로 어림하면 {of}의 {share}입니다. 렌즈와 벽을 따지지 않아 대개 크게 부풀려진 값이며, 상한으로만 참고할 수 있습니다.",
        "Circles of 50 m hold {share} of {of}: a rough figure without optics or walls, usually far too much, an "
        "upper bound at best.",
    ),
    "gaps.ladder": ("등급별", "By class"),
    "gaps.grounds": (
        "밤에 보이는 비율과 이 수치의 근거",
        "What is seen by night, and what these figures rest on",
    ),
    "gaps.ladder_label": (
        "등급별로 보이는 골목의 비율과 95 % 구간",
        "Share of alleys seen, by class, with the 95 % interval",
    ),
    "gaps.col_class": ("등급", "Class"),
    "gaps.col_share": ("보이는 비율", "Seen"),
    "gaps.col_span": ("95 % 구간", "95 % interval"),
    "gaps.table": ("사각지대 {n}곳, {length} · 위험이 큰 순서", "{n} gaps, {length} · highest risk first"),
    "gaps.pick": ("행을 고르면 지도가 그곳으로 갑니다.", "Select a row to go there."),
    "gaps.none": ("이 등급에서는 사각지대가 없습니다.", "At this class there is no gap."),
    "gaps.col_no": ("번호", "No."),
    "gaps.col_alley": ("골목", "Alley"),
    "gaps.col_length": ("길이 (m)", "Length (m)"),
    "gaps.col_risk": ("위험 (상대값)", "Risk (relative)"),
    "gaps.unnamed": ("이름 없는 골목", "unnamed"),
    "gaps.not_computed": (
        "{name} 등급의 가시 범위를 아직 산출하지 않았습니다. 터미널에서 `golmok coverage --class {code}`를 실행하면 여기에 나타납니다.",
        "Coverage at class {name} has not been computed yet. Run `golmok coverage --class {code}` in a terminal and "
        "it appears here.",
    ),
    "gaps.load_next": ("더 필요한 자료: {what}", "To load next: {what}"),
}
