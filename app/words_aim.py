"""What we say of where cameras look, and of what people find of it."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "verify.seen": (
        "{day}, 카메라 {camera} 화면에 {distance} 떨어진 지점({towards})이 보인다고 기록했습니다.",
        "Recorded: on {day} camera {camera} shows a place {distance} away, {towards}.",
    ),
    "verify.not_seen": (
        "{day}, 카메라 {camera} 화면에 {distance} 떨어진 지점({towards})이 보이지 않는다고 기록했습니다.",
        "Recorded: on {day} camera {camera} does not show a place {distance} away, {towards}.",
    ),
    "verify.survey": (
        "{day}, 카메라 {camera}의 방향을 기록했습니다: {aim}, 표준편차 {spread}°.",
        "Recorded: on {day} camera {camera} looked {aim}, give or take {spread}° (one standard deviation).",
    ),
    "verify.pose": (
        "{day}, 대응점 {ties}개로 구한 카메라 {camera}의 방향은 {aim}입니다(95 % 구간 ±{within}°).",
        "Recorded: on {day} camera {camera} looked {aim}, ±{within}° at 95 %, from {ties} ties.",
    ),
    "verify.pose_rest": (
        "기울기 {tilt_deg}°, 높이 {height_m} m, 화각 {hfov_deg}°. 점들이 화면에서 평균 {rms_px} px 어긋납니다. "
        "구간은 찍은 점의 오차만 담습니다. 대장의 설치 좌표도 틀릴 수 있으므로 증거의 표준편차는 {spread}°로 둡니다.",
        "Tilt {tilt_deg}°, height {height_m} m, angle of view {hfov_deg}°; the points are off by {rms_px} px on average. "
        "The interval is that of the points alone; the pole's own place may be off too, so the evidence takes {spread}° as one "
        "standard deviation.",
    ),
    "verify.kept": (
        "증거 {number}번입니다(기록자 {who}). 되돌리려면 `golmok verify --undo {number}`.",
        "It is evidence {number}, recorded by {who}; `golmok verify --undo {number}` takes it back.",
    ),
    "verify.aside_known": (
        "이 카메라의 방향은 대장이나 현장조사로 이미 알고 있어, 수치는 그 방향을 따릅니다.",
        "The heading of this camera is known already, and figures keep to that.",
    ),
    "verify.aside_ptz": (
        "회전형은 돌려서 보았을 수도 있으므로, 이 확인은 기록만 하고 기본 방향을 산출하는 데는 쓰지 않습니다.",
        "A PTZ may have been turned there: this is kept, and tells nothing of its home.",
    ),
    "verify.aside_fisheye": (
        "어안 카메라는 사방을 보므로, 이 확인은 기록만 하고 방향을 산출하는 데는 쓰지 않습니다.",
        "A fisheye looks all round: this is kept, and tells nothing of a heading.",
    ),
    "verify.undone": (
        "증거 {number}번을 철회했습니다({who}). 기록은 남고, 계산에는 쓰이지 않습니다.",
        "Evidence {number} was taken back by {who}: it is kept, and counts no more.",
    ),
    "checks.none": (
        "확인할 것이 없습니다. 방향을 모르는 카메라가 없거나, 어떤 확인도 구간을 좁히지 못합니다.",
        "There is nothing to check: no heading is unknown, or no glance would narrow the range.",
    ),
    "checks.walk": (
        "다음 확인 {n}곳, 걷는 순서입니다(약 {walk}). 한 사람이 그 자리에 서고, 관제실에서 화면에 보이는지 답합니다.",
        "Next checks: {n}, in the order of a walk of some {walk}. One stands at the place, the control room says whether the "
        "picture shows it.",
    ),
    "checks.col_order": ("순서", "step"),
    "checks.col_place": ("지점", "place"),
    "checks.col_camera": ("카메라", "camera"),
    "checks.col_towards": ("카메라에서", "from the camera"),
    "checks.col_chance": ("보일 확률", "chance of a yes"),
    "checks.now": (
        "지금 골목이 보이는 비율은 {share}(95 % 구간 {span})이고, 방향을 모르는 카메라는 {unknown}대입니다.",
        "Now {share} (95 % interval {span}) of the alleys is seen; the heading of {unknown} cameras is not known.",
    ),
    "checks.narrows": (
        "모두 확인하면 방향 때문에 생긴 구간 폭이 약 {part} 줄어들 것으로 예상합니다(렌즈와 높이의 불확실성은 남습니다).",
        "Together they are expected to take {part} off the width that unknown headings cause; the doubt about lenses and heights stays.",
    ),
    "checks.left": (
        "이 밖에도 확인하면 도움이 되는 기둥이 {n}곳 있습니다.",
        "Poles worth a check beside these: {n}.",
    ),
    "checks.verify": (
        "답은 이렇게 기록합니다: golmok verify {camera} --lat {lat} --lon {lon} --seen (보이지 않으면 --not-seen)",
        "Record an answer with: golmok verify {camera} --lat {lat} --lon {lon} --seen (or --not-seen)",
    ),
    "glance.title": ("화면에 보입니까?", "Is it on the screen?"),
    "glance.camera": ("카메라와 그 지점의 방향", "Camera, and the way to the place"),
    "glance.yes": ("보인다", "I see it"),
    "glance.no": ("안 보인다", "I do not"),
    "glance.note": (
        "답은 날짜와 함께 기록되어 이 카메라의 방향을 좁힙니다. 잘못 눌렀으면 golmok verify --undo로 되돌립니다.",
        "The answer is kept with its day and narrows where this camera looks. `golmok verify --undo` takes a slip back.",
    ),
    "evidence.streets": ("설치 지점의 골목 방향", "streets at the pole"),
    "evidence.view_text": ("대장의 촬영방면정보", "the registry's words"),
    "evidence.check": ("화면 확인", "checks of the picture"),
    "evidence.footage": ("영상 제공 실적", "footage supplied"),
    "evidence.survey": ("방향 실측", "measured headings"),
    "evidence.pose": ("화면과 지도의 대응점", "ties of picture and map"),
    "gaps.aims": (
        "방향을 모르는 카메라 {unknown}대는 확률로 셉니다. 근거: {sources}. 모든 방향이 똑같이 가능하다고 보면 {even}(95 % 구간 {even_span})입니다.",
        "The {unknown} cameras of unknown heading count by chance, resting on: {sources}. Were every heading as likely: {even} "
        "(95 % interval {even_span}).",
    ),
    "gaps.narrowed": (
        "사람이 확인한 것으로 구간 폭이 {part} 줄었습니다.",
        "What people found has taken {part} off the width of the range.",
    ),
    "gaps.errors": (
        "구간을 넓히는 것(하나씩만 따질 때): 방향 ±{aim} %p, 렌즈 ±{lens} %p, 설치 높이 ±{height} %p.",
        "What widens the range, each alone: headings ±{aim}, lenses ±{lens}, mount heights ±{height} points.",
    ),
}

REPORT: dict[str, tuple[str, str]] = {
    "sure.range": (
        "알지 못하는 방향, 기울기, 렌즈, 높이를 근거에 따른 확률로 {draws}번 뽑아 산출했습니다. 그래서 95 % 구간({span})을 함께 적습니다.",
        "What is not known of headings, tilts, lenses and heights was drawn {draws} times by its chances; hence not one "
        "number but a 95 % interval, {span}.",
    ),
    "sure.bounds": (
        "방향을 아는 카메라가 렌즈와 높이의 가정이 어긋나더라도 보는 곳만 세면 최소 {certain}, 모든 카메라가 가장 유리한 렌즈로 가장 유리한 쪽을 보면 최대 {possible}입니다.",
        "Counting only what cameras of known heading see even if assumed lenses and heights are off, at least {certain}; "
        "were every camera to look the best way with the best lens that may be, at most {possible}.",
    ),
    "sure.next": (
        "95 % 구간을 가장 많이 좁히는 방법은 방향을 모르는 {n}대의 현장조사입니다.",
        "What would narrow the interval most: a survey of the {n} cameras whose heading is unknown.",
    ),
    "sure.next_lens": (
        "95 % 구간을 가장 많이 좁히는 방법은 렌즈를 가정한 {n}대의 제원을 확인하는 것입니다.",
        "What would narrow the interval most: data sheets of the {n} cameras whose lens is assumed.",
    ),
    "sure.next_height": (
        "95 % 구간을 가장 많이 좁히는 방법은 가정한 설치 높이를 재는 것입니다.",
        "What would narrow the interval most: to measure the mount heights that are assumed.",
    ),
    "annex.heading": (
        "방향을 모르는 카메라: 골목 방향, 대장의 글, 확인 기록에서 얻은 확률로 방향을 {draws}번 뽑습니다(난수 시드 {seed}). 한 기둥의 카메라는 서로 다른 쪽을 보고, 가정한 렌즈와 높이는 모든 카메라에서 함께 어긋난다고 봅니다. 보이는 비율은 기댓값, 95 % 구간은 2.5~97.5 백분위수입니다.",
        "Unknown headings: drawn {draws} times (seed {seed}) by the chances that streets, the registry's words and recorded checks give. Heads of a pole look apart; "
        "assumed lenses and heights are off for all alike. The share is the expected value, the interval its 2.5th to 97.5th percentile.",
    ),
    "aims.title": ("무엇이 구간을 넓힙니까", "What widens the interval?"),
    "aims.intro": (
        "방향을 모르는 카메라는 {unknown}대입니다. 추측을 사실처럼 쓰지 않고, 근거마다 무게를 두어 확률로 셉니다. 근거별 카메라 수: {sources}.",
        "{unknown} cameras have no known heading. No guess is dressed as a fact: they count by chance, each piece of evidence with its weight. "
        "Cameras by evidence: {sources}.",
    ),
    "aims.table": ("알고 있는 것에 따른, 골목이 보이는 비율", "Share of alleys seen, by what is known"),
    "aims.even": ("방향을 전혀 모를 때", "were nothing known of headings"),
    "aims.unchecked": ("골목 방향과 대장의 글까지", "with streets and the registry's words"),
    "aims.now": (
        "사람이 확인한 것까지(이 보고서의 값)",
        "with what people found (the figure of this report)",
    ),
    "aims.narrowed": (
        "사람이 확인한 것으로 95 % 구간의 폭이 {part} 줄었습니다. 다음에 확인할 곳은 `golmok checks`가 고릅니다.",
        "What people found has taken {part} off the width of the 95 % interval. `golmok checks` chooses what to look at next.",
    ),
    "aims.not_narrowed": (
        "사람이 확인한 것은 아직 95 % 구간을 좁히지 않았습니다. 다음에 확인할 곳은 `golmok checks`가 고릅니다.",
        "What people found has not narrowed the 95 % interval yet. `golmok checks` chooses what to look at next.",
    ),
    "col.known": ("알고 있는 것", "What is known"),
    "col.error": ("오차", "Error"),
    "col.half_width": ("±%p (95 %)", "± pp (95 %)"),
    "col.cause": ("원인", "Where it comes from"),
    "error.table": ("오차 예산: 하나씩만 따질 때", "Error budget: each error alone"),
    "error.aim": ("방향과 기울기", "headings and tilts"),
    "error.aim_why": ("대장에 방향이 없습니다", "the registry gives no heading"),
    "error.lens": ("렌즈", "lenses"),
    "error.lens_why": (
        "가정한 초점거리가 모두 함께 어긋날 수 있습니다",
        "an assumed focal length may be off for all alike",
    ),
    "error.height": ("설치 높이", "mount heights"),
    "error.height_why": (
        "가정한 높이가 모두 함께 어긋날 수 있습니다",
        "an assumed height may be off for all alike",
    ),
    "error.buildings": ("건물 높이", "heights of buildings"),
    "error.buildings_why": ("층수로 셈했거나 가정한 높이", "reckoned from storeys, or assumed"),
    "error.rim": ("시야 계산", "line of sight itself"),
    "error.rim_why": (
        "원을 선분으로 그립니다. 벽은 정확합니다",
        "circles are drawn with chords; walls are exact",
    ),
    "error.note": (
        "건물 오차는 카메라 {sampled}대의 시야를 다시 계산해 얻었습니다. 골목은 {step} m 조각으로 잽니다. 렌즈의 사다리꼴은 평지 기준이라 비탈에서의 오차는 들어 있지 않습니다.",
        "The error of buildings comes from computing the views of {sampled} cameras anew. Alleys are measured in pieces of {step} m. "
        "Footprints of lenses are those of level ground: what a slope does to them is not in it.",
    ),
}
