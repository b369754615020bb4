"""What is said of the cover that plans rest on."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "cover.poses": (
        "{density_class} 등급: 설 수 있는 자리 {mounts}곳, 기종 {models}종, 방향 {headings}개로 자세 {poses}개. 그중 {options}개가 거리 지점 {demand}개 가운데 하나라도 봅니다.",
        "Class {density_class}: {mounts} places to stand, {models} models, {headings} headings make {poses} poses. {options} of them see one at least of the {demand} points along the streets.",
    ),
    "cover.walls": (
        "벽에 붙어 있던 {moved}곳은 벽 밖으로 옮겼고, 건물 안에 있는 {dropped}곳은 뺐습니다.",
        "{moved} places on walls were moved off them, {dropped} inside buildings are left out.",
    ),
    "cover.current": (
        "보관된 계산이 그대로 유효합니다. 보이는 쌍 {pairs}개, {seconds}초.",
        "What was kept still holds: {pairs} pairs of pose and point, {seconds} s.",
    ),
    "cover.made": (
        "새로 계산해 보관했습니다. 보이는 쌍 {pairs}개, {seconds}초.",
        "Worked out anew and kept: {pairs} pairs of pose and point, {seconds} s.",
    ),
    "cover.col_place": ("자리", "place"),
    "cover.col_count": ("수", "count"),
    "why_not_free.turning": (
        "회전형은 정해진 방향이 없어 그대로 둡니다.",
        "It turns and has no one aim: it is left as it is.",
    ),
    "why_not_free.all_round": (
        "전방위 카메라는 정해진 방향이 없어 그대로 둡니다.",
        "It looks all round and has no one aim: it is left as it is.",
    ),
    "why_not_free.aim_unknown": (
        "지금 어디를 보는지 조사하지 않아, 바꾸면 얻고 잃는 것을 알 수 없으므로 그대로 둡니다.",
        "Its aim was never surveyed, so that nobody can say what a change gains or loses: it is left as it is.",
    ),
    "progress.Cover": ("후보가 보는 곳 계산", "What candidates see"),
}
