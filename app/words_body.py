"""What the chapters of the report's body say, in Korean and English: `theme.what` -> (Korean, English) templates."""

from __future__ import annotations

REPORT: dict[str, tuple[str, str]] = {
    # what became of cameras
    "moves.title": ("기간 중 바뀐 카메라", "Cameras that changed in the period"),
    "moves.intro": (
        "골목에서 보이는 길이가 {change} 달라졌습니다. 아래 카메라마다 달라진 길이에 건물의 변화({buildings})와 여럿이 함께 만든 나머지({shared})를 더한 값입니다.",
        "Expected metres of alley seen moved by {change}: the shares of the cameras below, those of changed buildings "
        "({buildings}) and what several did together ({shared}) sum to it.",
    ),
    "moves.none": ("이 기간에 바뀐 카메라가 없습니다.", "No camera changed in this period."),
    "moves.unknown": (
        "이 기간에 바뀐 카메라를 아직 알 수 없습니다.",
        "What became of cameras in this period is not known.",
    ),
    "moves.table": ("관리 부서별로 바뀐 카메라", "Cameras that changed, by agency"),
    "moves.cameras": (
        "보이는 길이를 바꾼 카메라 {of}대 가운데 가장 많이 바꾼 {n}대",
        "Of {of} cameras that moved the metres seen, the {n} that moved them most",
    ),
    "col.added": ("신설", "Added"),
    "col.retired": ("철거", "Retired"),
    "col.moved": ("이설", "Moved"),
    "col.re_aimed": ("방향", "Aim"),
    "col.other": ("그 밖", "Other"),
    "col.metres": ("보이는 길이", "Metres seen"),
    "col.registry": ("관리번호", "Registry number"),
    # themes and dong
    "theme.alleys": ("골목", "Alleys"),
    "theme.routes": ("안심귀갓길", "Safe ways home"),
    "theme.children": ("어린이 보호구역", "Child zones"),
    "theme.flood": ("침수 위험 구역", "Flood zones"),
    "theme.wildfire": ("산불 위험 구역", "Wildfire zones"),
    "theme.table": (
        "대상과 등급별로 보이는 비율(95 % 구간)",
        "Share seen by theme and class (95 % interval)",
    ),
    "theme.dong": (
        "동과 대상별로 보이는 비율, 등급 ‘{klass}’(95 % 구간)",
        "Share seen by dong and theme at class {klass} (95 % interval)",
    ),
    "theme.sizes": (
        "위 비율의 분모: 동별 길이와 건물을 뺀 면적",
        "What the shares above are shares of: length, or open ground, by dong",
    ),
    "col.theme": ("대상", "Theme"),
    "col.size": ("크기", "Size"),
    "routes.title": ("안심귀갓길과 어린이 보호구역", "Safe ways home and child zones"),
    "routes.sentence": (
        "안심귀갓길 {length} 가운데 {share}(95 % 구간 {span})가 보입니다(등급 ‘{klass}’). 동별 비율은 위 표에 있습니다.",
        "Of {length} of safe ways home {share} (95 % {span}) are seen at class {klass}; by dong in the table above.",
    ),
    "routes.none": (
        "안심귀갓길의 선 자료가 없어 얼마나 보이는지 알 수 없습니다. `golmok load layer safe_routes 파일`로 올립니다.",
        "No lines of safe ways home are loaded, so what is seen of them is not known: `golmok load layer safe_routes FILE`.",
    ),
    "routes.facilities": (
        "안심귀갓길 {routes}곳에 선 시설물(비상벨, 표지, 조명 등) {n}개 가운데 {share}(95 % 구간 {span})가 카메라에 보입니다.",
        "Of {n} facilities (bells, signs, lights) on {routes} safe ways home, {share} (95 % {span}) are in a camera's sight.",
    ),
    "children.sentence": (
        "어린이 보호구역 안의 골목 {length} 가운데 {share}(95 % 구간 {span})가 보입니다(등급 ‘{klass}’). 점으로 받은 구역은 반경 300 m로 봅니다.",
        "Of {length} of alleys in child zones {share} (95 % {span}) are seen at class {klass}. A zone given as a point "
        "reaches 300 m.",
    ),
    "children.none": (
        "어린이 보호구역 자료가 없습니다. `golmok load layer child_zones 파일`로 올립니다.",
        "No child zones are loaded: `golmok load layer child_zones FILE`.",
    ),
    "legend.dong": (
        "점: 보이는 비율. 굵은 선: 95 % 구간. 점선: 지역 전체 {share}. 세모: 구간 전체가 지역 비율보다 낮은 동.",
        "Dot: share seen. Thick line: 95 % interval. Dashed line: whole district, {share}. Triangle: a dong whose whole "
        "interval lies below it.",
    ),
    # cameras that add little
    "little.question": ("보태는 것이 적은 카메라는 어느 것입니까", "Which cameras do little?"),
    "little.title": ("보태는 것이 적거나 없는 카메라", "Cameras that add little or nothing"),
    "little.surely": ("확실히 적음", "surely little"),
    "little.surely_note": (
        "{of}대 중. 방향과 무관하게 {little} 미만",
        "of {of}; below {little} whatever the aim",
    ),
    "little.likely": ("적을 듯함", "likely little"),
    "little.likely_note": (
        "기댓값은 {little} 미만, 구간은 그 이상",
        "below {little} expected, the range above",
    ),
    "little.nothing": ("골목을 보지 않음", "see no alley"),
    "little.nothing_note": ("‘확실히 적음’에 들어 있음", "among the “surely little”"),
    "little.sentence": (
        "다른 카메라가 모두 켜져 있을 때 카메라 {of}대 가운데 {surely}대는 촬영 방향이 어디든 저만 보는 골목이 {little} 미만입니다(95 % 구간의 위끝). {likely}대는 기댓값만 "
        "{little} 미만입니다. {nothing}대는 이 등급으로 골목을 전혀 보지 않습니다. 보이는 골목 {seen} 가운데 {only}는 한 대만 봅니다.",
        "With all other cameras on, {surely} of {of} cameras alone see less than {little} of alley, whatever their aim "
        "(upper end of the 95 % interval); for {likely} more only the expected value is below it. {nothing} see no alley "
        "at all at this class. Of {seen} seen, {only} are seen by one camera alone.",
    ),
    "little.caveat": (
        "적다고 해서 쓸모없다는 뜻은 아닙니다. 겹쳐 보도록 일부러 둔 곳이 있고, 침수나 산불처럼 골목이 아닌 것을 보는 목적도 있습니다. 방향을 모르는 카메라는 구간이 넓습니다. 옮기거나 떼기 전에 현장에서 확인해야 합니다.",
        "Little does not mean useless: overlap may be wanted, and some purposes watch something else than alleys. Unknown "
        "headings widen the range. Look at the spot before moving or removing a camera.",
    ),
    "little.unknown": (
        "골목이 얼마나 보이는지 알 수 없어 카메라마다 보태는 것도 알 수 없습니다.",
        "As long as what is seen of the alleys is not known, nor is what each camera adds.",
    ),
    "little.chart": (
        "카메라 한 대만 보는 골목의 길이(기댓값)별 카메라 수. 빗금: 적음",
        "Cameras by the length of alley that each alone sees (expected). Hatched: little",
    ),
    "little.from": ("{low} m 이상", "{low} m+"),
    "little.table": (
        "저만 보는 골목이 확실히 적은 카메라 {of}대 가운데 {n}대",
        "Cameras that surely add little: {n} of {of}",
    ),
    "col.sees_m": ("보임 m", "Sees m"),
    "col.only_m": ("저만 m", "Alone m"),
    "col.range_m": ("95 % 구간", "95 % range"),
    "col.zone_m2": ("구역 m²", "Zones m²"),
    # agencies together
    "both.title": ("부서 사이의 겹침", "Overlap between agencies"),
    "both.sentence": (
        "보이는 골목 {seen} 가운데 {several_m}({share}, 95 % 구간 {low_m}~{high_m})를 부서 둘 이상이 함께 봅니다.",
        "Of {seen} of alley seen, {several_m} ({share}; 95 % {low_m} to {high_m}) are seen by two agencies or more.",
    ),
    "both.agencies": (
        "부서가 보는 골목과, 그 가운데 다른 부서도 보는 비율",
        "What each agency sees, and which share of it others see too",
    ),
    "both.matrix": (
        "두 부서가 함께 보는 골목(기댓값, m). 열 번호는 행 번호입니다",
        "Alley that two agencies both see (expected, m); columns bear the numbers of the rows",
    ),
    "col.no": ("번호", "No."),
    "col.seen_km": ("보는 길이", "Sees"),
    "col.only_km": ("저만", "Alone"),
    "col.shared": ("함께 보는 비율", "Shared"),
    # equity
    "equity.title": ("동 사이의 형평", "Equity between dong"),
    "equity.gini": (
        "동 {n}곳의 보이는 비율의 지니계수는 {gini}입니다(95 % 구간 {low}~{high}, 골목 길이로 가중; 0이면 모두 같음).",
        "Gini's coefficient of the share seen over {n} dong is {gini} (95 % {low} to {high}, weighed by length of alley; 0: all "
        "alike).",
    ),
    "equity.ratio": (
        "가장 많이 보이는 동은 가장 적게 보이는 동의 {ratio}배입니다.",
        "The most seen dong is seen {ratio} times as much as the least seen.",
    ),
    "equity.behind": (
        "구간 전체가 지역 비율 {share}보다 낮은 동: {names}.",
        "Behind the district's {share} with their whole interval: {names}.",
    ),
    "equity.none": (
        "구간 전체가 지역 비율 {share}보다 낮은 동은 없습니다.",
        "No dong lies below the district's {share} with its whole interval.",
    ),
    "equity.table": (
        "동별 형평: 보이는 비율, 사각지대, 골목 1 km의 사건(12개월)",
        "Equity by dong: share seen, gaps, incidents per km of alley (12 months)",
    ),
    "equity.is_behind": ("뒤처짐", "behind"),
    "equity.is_busy": ("사건 많음", "many incidents"),
    "equity.small": (
        "동별 사건 수는 내부판에 있습니다. 월별 표와 견주면 가린 수를 알 수 있어 여기에는 적지 않습니다.",
        "Numbers of incidents by dong stand in the internal edition: beside the table by month they would give hidden counts away.",
    ),
    "col.unseen": ("사각지대", "Unseen"),
    "col.incidents": ("사건", "Incidents"),
    "col.per_km": ("1 km당", "Per km"),
    "col.note": ("비고", "Note"),
    # incidents by class
    "incidents.classes": ("사건 종류별로 보인 것과 보이지 않은 것", "Incidents seen and unseen, by class"),
    "incidents.others": ("그 밖 {n}종", "{n} other classes"),
    "incidents.small": (
        "보인 것이나 보이지 않은 것이 1~2건이면 ‘<3’으로 적고, 거꾸로 알 수 있을 때는 다른 한 종류도 ‘*’로 가립니다.",
        "Where seen or unseen count 1 or 2 they read “<3”; where that could be worked out, another class is hidden as “*”.",
    ),
    "col.incident_class": ("사건 종류", "Class"),
    "col.n": ("사건", "Incidents"),
    "col.seen_n": ("보임", "Seen"),
    "col.unseen_n": ("안 보임", "Unseen"),
    # annex
    "annex.denominators": ("분모", "Denominators"),
    "annex.incidents_n": ("{n}건", "{n}"),
    "annex.marginal": (
        "카메라가 보태는 것: 그 카메라만 보고 다른 카메라는 보지 않는 골목의 기댓값입니다. 방향의 확률로 정확히 계산하며, 같은 기둥의 카메라는 서로 다른 곳을 봅니다. 구간은 방향을 뽑은 {draws}회에서 나옵니다.",
        "What a camera adds: the expected length of alley that it sees and no other does, exact over the chances of headings; "
        "heads of one pole look apart. The interval is that of {draws} draws.",
    ),
    "annex.equity": (
        "지니계수: 두 골목 1 m를 뽑을 때 비율 차이의 평균의 절반을 전체 비율로 나눈 값입니다.",
        "Gini's coefficient: half the mean difference of the shares of two metres of alley, in parts of the district's share.",
    ),
    "annex.assumed": (
        "대장에 없는 카메라에 쓴 가정: 초점거리 {focal_mm} mm, 센서 너비 {sensor_w_mm} mm, 화소 {image_w_px}×{image_h_px}, 높이 {height_m} m, 기울기 {tilt_deg}°, 최대 거리 "
        "{max_range_m} m. 높이를 모르는 건물은 {building_height_m} m.",
        "Assumed where a registry is silent: focal length {focal_mm} mm, sensor {sensor_w_mm} mm wide, {image_w_px}×{image_h_px} "
        "pixels, {height_m} m up, tilted {tilt_deg}°, no farther than {max_range_m} m. A building of unknown height: "
        "{building_height_m} m.",
    ),
    "annex.versions": (
        "계산: 수치 {figures}, 시야 {fields}, PostGIS {postgis}. 입력의 지문(SHA-256): `{inputs}`.",
        "Computed by: figures {figures}, fields of view {fields}, PostGIS {postgis}. Digest of the inputs (SHA-256): `{inputs}`.",
    ),
    "annex.explain": (
        "회색 이름은 수치의 이름입니다. `golmok report --explain 이름`은 그 수치를 만든 질의와 함수, 입력 파일을 보여 줍니다.",
        "The grey names are names of figures: `golmok report --explain NAME` prints the query, the functions and the files "
        "behind each.",
    ),
}

TABLE: dict[str, tuple[str, str]] = {
    "progress.Report": ("보고서 수치 산출", "Report's figures"),
    "figure.headline": (
        "보고서의 수치 ‘{figure}’는 이렇게 만들어집니다.",
        "How the report's figure {figure} is made.",
    ),
    "figure.made_by": ("계산하는 함수", "Functions that compute it"),
    "figure.loads": ("바탕이 된 파일", "Files it rests on"),
    "figure.no_loads": ("바탕이 된 파일이 기록되어 있지 않습니다.", "No file is recorded behind it."),
}
