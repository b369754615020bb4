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
        "{day}, 카메라 {camera}의 방향을 {aim}(표준편차 {spread}°)로 기록했습니다.",
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
        "The next {n} checks, in the order of a walk of some {walk}: one stands at the place, the control room says whether the picture shows it.",
    ),
    "checks.col_order": ("순서", "step"),
    "checks.col_place": ("지점", "place"),
    "checks.col_camera": ("카메라", "camera"),
    "checks.col_towards": ("카메라에서", "from the camera"),
    "checks.col_chance": ("보일 확률", "chance of a yes"),
    "checks.now": (
        "지금 골목 가시율은 {share}({low}–{high})이고, 방향을 모르는 카메라는 {unknown}대입니다.",
        "Now {share} ({low}-{high}) of the alleys are seen; {unknown} cameras have no known heading.",
    ),
    "checks.narrows": (
        "모두 확인하면 방향 때문에 생긴 구간 폭이 약 {part} 줄어들 것으로 예상합니다(렌즈와 높이의 불확실성은 남습니다).",
        "Together they are expected to take {part} off the width that unknown headings cause; the doubt about lenses and heights stays.",
    ),
    "checks.left": (
        "그 밖에 확인할 가치가 있는 기둥이 {n}곳 더 있습니다.",
        "{n} more poles are worth a check.",
    ),
    "checks.verify": (
        "답은 이렇게 기록합니다: golmok verify {camera} --lat {lat} --lon {lon} --seen (보이지 않으면 --not-seen)",
        "Record an answer with: golmok verify {camera} --lat {lat} --lon {lon} --seen (or --not-seen)",
    ),
}
