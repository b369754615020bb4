"""What we say of night, of turning cameras and of classes that a lens reaches nowhere; for pages and for the report."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "line.col_at_night": ("밤에 보이는 비율", "at night"),
    "line.col_by_night": ("밤에도", "by night"),
    "find.col_night": ("밤에도", "By night"),
    "by_night.yes": ("보임", "yes"),
    "by_night.no": ("안 보임", "no"),
    "by_night.unknown": ("모름", "unknown"),
    "gaps.night": (
        "밤에는 골목의 {share}(95 % 구간 {span})가 보입니다. 보안등에서 {radius} m 안이거나, 보는 카메라의 적외선이 닿는 곳만 셉니다({name} 등급은 적외선 거리의 {factor}).",
        "At night {share} (95 % interval {span}) of the alleys is seen: within {radius} m of a lamp, or in the infrared light of "
        "the camera that sees it ({name}: {factor} of its range).",
    ),
    "gaps.night_light": (
        "보안등 {lamps}개 가까이에 골목의 {lit}가 있습니다. 적외선 거리를 모르는 카메라 {unknown}대는 보안등 밖에서는 보지 못하는 것으로 셉니다.",
        "{lit} of the alleys lie near one of {lamps} lamps. {unknown} cameras of unknown infrared range count as seeing "
        "nothing beyond the lamps.",
    ),
    "gaps.night_no_lamps": (
        "보안등 자료가 없어 적외선만 셉니다. 적외선 거리를 모르는 카메라 {unknown}대는 밤에 보지 못하는 것으로 셉니다.",
        "No lamps are loaded: infrared light alone counts. {unknown} cameras of unknown range count as seeing nothing at night.",
    ),
    "gaps.ptz": (
        "회전형 {n}대: 돌리면 골목 {reach}, 기본 방향으로는 {home}를 봅니다.",
        "PTZ cameras ({n}): {reach} of alley within reach when turned, {home} in the home picture.",
    ),
    "gaps.ptz_time": (
        "프리셋을 아는 회전형 {m}대가 순회하며 실제로 보고 있는 골목은 평균 {by_time}입니다(도는 시간 제외).",
        "On the rounds of the {m} whose presets are known, {by_time} of alley is being looked at on average (turning left out).",
    ),
    "gaps.no_zone": (
        "{name} 구간 없음: 카메라 {of}대 가운데 {n}대(얼굴 높이 {height} m).",
        "No {name} zone: {n} of {of} cameras (at face height, {height} m).",
    ),
    "find.night": (
        "밤에도 볼 수 있는 카메라는 {yes}대입니다(알 수 없음 {unknown}대). {lit}",
        "At night {yes} of them could still see it (not known of {unknown}). {lit}",
    ),
    "find.lit": ("이곳은 보안등 가까이에 있습니다.", "A lamp stands near."),
    "find.unlit": ("가까이에 보안등이 없습니다.", "No lamp stands near."),
    "find.lamps_unknown": ("보안등 자료는 없습니다.", "No lamps are loaded."),
    "find.watched": (
        "{camera}: 순회 시간의 {share} 동안 이곳을 봅니다.",
        "{camera} looks here for {share} of its round.",
    ),
    "find.no_zone": (
        "{name} 구간 없음: 이 카메라 {of}대 가운데 {n}대는 얼굴 높이({height} m)에서 이 등급에 이르는 곳이 없습니다.",
        "No {name} zone: {n} of these {of} cameras reach the class nowhere at face height ({height} m).",
    ),
}

# The report speaks of the same in its own, fuller words; see `app.report_words`.
REPORT: dict[str, tuple[str, str]] = {
    "night.title": ("밤에는 얼마나 보입니까", "What is seen at night?"),
    "night.intro": (
        "밤에는 낮에 보이던 곳 가운데 보안등에서 {radius} m 안이거나 그곳을 보는 카메라의 적외선이 닿는 곳만 보이는 것으로 셉니다.",
        "At night a place counts as seen where it is seen by day and a lamp stands within {radius} m, or the infrared light of "
        "the camera that sees it reaches it.",
    ),
    "night.lit": (
        "보안등 {lamps}개 가까이에 골목 {length}({share})가 있습니다.",
        "{length} of alley ({share}) lie near one of {lamps} lamps.",
    ),
    "night.no_lamps": (
        "보안등 자료가 없어 적외선만 셉니다.",
        "No lamps are loaded: infrared light alone counts.",
    ),
    "night.unknown_range": (
        "카메라 {cameras}대 가운데 {unknown}대는 적외선 거리를 몰라 보안등 밖에서는 보지 못하는 것으로 셉니다. 최대 비율에만 모두 보는 것으로 넣습니다.",
        "Of {cameras} cameras {unknown} are of unknown infrared range and count as seeing nothing beyond the lamps; “at most” "
        "alone takes them to see all that they see by day.",
    ),
    "night.table": ("등급별로 밤에 보이는 골목의 비율", "Alleys seen at night, by class"),
    "night.none": ("밤에 얼마나 보이는지는 알 수 없습니다.", "What is seen at night is not known."),
    "col.by_day": ("낮", "By day"),
    "col.at_night": ("밤", "At night"),
    "ptz.title": ("회전형 카메라는 무엇을 봅니까", "What do turning cameras see?"),
    "ptz.intro": (
        "회전형 {cameras}대의 답은 셋입니다. 돌리면 볼 수 있는 골목, 기본 방향에서 보는 골목, 순회하며 실제로 보고 있는 골목(시간 평균)입니다.",
        "Of {cameras} PTZ cameras there are three answers: the alleys they could be turned to, those in the home picture, and "
        "those they look at on their rounds, averaged over time.",
    ),
    "ptz.table": ("회전형 카메라의 세 가지 답", "Turning cameras, three answers"),
    "ptz.reach": ("돌리면 볼 수 있음", "within reach when turned"),
    "ptz.home": ("기본 방향에서 보임", "in the home picture"),
    "ptz.by_time": ("순회하며 보고 있음(시간 평균)", "looked at on the round, on average"),
    "ptz.rounds": (
        "순회 자료가 있는 회전형은 {known}대입니다. 없는 {unknown}대는 시간 평균에 넣지 않습니다.",
        "The rounds of {known} are known; {unknown} without presets are not in the average.",
    ),
    "col.answer": ("답", "Answer"),
    "empty.title": ("카메라가 이르지 못하는 등급", "Classes that a camera reaches nowhere"),
    "empty.line": (
        "{klass} 구간 없음: 카메라 {of}대 가운데 {n}대는 얼굴 높이({height} m)에서 이 등급에 이르는 곳이 없습니다.",
        "No {klass} zone: {n} of {of} cameras reach this class nowhere at face height ({height} m).",
    ),
    "empty.none": (
        "모든 카메라가 얼굴 높이({height} m)에서 모든 등급에 이르는 곳이 있습니다.",
        "Every camera reaches every class somewhere at face height ({height} m).",
    ),
    "annex.night": (
        "밤: 적외선 거리는 제원표의 감지 거리이고, 렌즈에서 땅까지 비스듬히 잽니다. 등급마다 그 거리에 계수를 곱한 곳까지 봅니다({factors}). 보안등 거리와 이 계수는 현장의 어림이며 표준이 아닙니다.",
        "Night: infrared ranges are those of data sheets, for detection, measured along the slant from lens to ground; each class "
        "is served up to a factor of it ({factors}). These factors and the lamps' radius are heuristics of the trade, not of a standard.",
    ),
    "annex.round": (
        "순회: 프리셋에 머무는 시간의 비율입니다. 도는 시간은 모르므로 뺐고, 머무는 시간을 모르는 프리셋 {n}개는 나머지의 평균으로 셉니다. 여러 카메라의 순회는 서로 독립이라고 봅니다.",
        "Rounds: shares of the time spent at presets. The time to turn is not known and left out; {n} presets of unknown stay "
        "count like the mean of the others. Rounds of several cameras are taken as independent.",
    ),
    "annex.empty": (
        "구간 없음: 렌즈만 따져, 등급의 밀도에 이르는 거리가 카메라 바로 아래의 보이지 않는 곳을 벗어나지 못하는 경우입니다. 회전형은 가장 길게 당긴 렌즈로 따집니다.",
        "No zone: by optics alone, where the range of a class ends within the blind spot under the camera. A PTZ is asked at its "
        "long end.",
    ),
}
