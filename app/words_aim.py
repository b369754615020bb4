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
}
