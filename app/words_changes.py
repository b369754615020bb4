"""What is said of changes: who made the difference between two days, and what cameras lost since the last night."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    # golmok coverage --explain
    "explain.headline": (
        "{class_} 등급: 골목 {length} 가운데 {start}에는 {before}, {end}에는 {after}가 보입니다(차이 {metres}, 95 % 구간 {low}~{high} %p).",
        "{class_}: of {length} of alleys, {before} are seen on {start} and {after} on {end} ({metres}; 95 % interval {low} to {high} points).",
    ),
    "explain.same": (
        "보이는 골목에 차이를 낸 카메라나 건물이 없습니다.",
        "No camera and no building made a difference.",
    ),
    "explain.shared": (
        "어느 하나로 돌릴 수 없는 길이: {metres}.",
        "What cannot be put on one of them alone: {metres}.",
    ),
    "explain.silent": (
        "그 밖에 카메라 {cameras}대와 건물 {buildings}채가 바뀌었으나 보이는 골목은 달라지지 않았습니다.",
        "Changed without moving what is seen: cameras {cameras}, buildings {buildings}.",
    ),
    "explain.more": (
        "나머지 {n}건은 `--json` 답에 있습니다.",
        "{n} more are in the answer with `--json`.",
    ),
    "change.added": ("신설", "added"),
    "change.retired": ("철거", "retired"),
    "change.moved": ("이설", "moved"),
    "change.kind": ("종류 변경", "other kind"),
    "change.aim_known": ("방향 확인", "aim became known"),
    "change.aim_unknown": ("방향 모름", "aim no longer known"),
    "change.re_aimed": ("방향 변경", "re-aimed"),
    "change.mount": ("높이 변경", "other height"),
    "change.lens": ("렌즈 변경", "other lens"),
    "change.new": ("신축", "new"),
    "change.gone": ("철거", "gone"),
    "change.higher": ("높아짐", "higher"),
    "change.lower": ("낮아짐", "lower"),
    "change.reshaped": ("모양 변경", "reshaped"),
    "change.assumptions": ("계산 방법이나 가정 변경", "other engine or assumptions"),
    "change.terrain": ("지형 자료 변경", "other terrain"),
    "change.unknown": ("이유 모름", "reason unknown"),
    "line.col_change": ("바뀐 점", "change"),
    "line.col_adds_m": ("늘거나 준 길이", "metres"),
    "line.col_building": ("건물", "building"),
    "line.col_hides": ("영향을 받은 카메라", "cameras it touches"),
    # golmok nightly
    "nightly.first": (
        "첫 야간 점검입니다. 카메라 {n}대가 보는 곳을 저장했으며, 다음 점검부터 달라진 점을 알립니다.",
        "This is the first nightly run: what {n} cameras see is kept, and the next run tells what changed.",
    ),
    "nightly.since": (
        "지난 점검은 {when}이었습니다. 카메라 {n}대 가운데 {lost}대의 시야가 줄었고 {gained}대의 시야가 늘었습니다.",
        "The last run was at {when}. Of {n} cameras, {lost} lost view and {gained} gained some.",
    ),
    "nightly.coverage": (
        "{class_} 등급: 골목의 {share}가 보입니다(95 % 구간 {interval}).",
        "{class_}: {share} of alleys are seen (95 % interval {interval}).",
    ),
    "nightly.no_coverage": ("골목이 보이는 비율은 알 수 없습니다.", "The share of alleys seen is not known."),
    "nightly.went_on": (
        "{when}에 시작한 점검이 끝나지 않아 이어서 마쳤습니다.",
        "The run begun at {when} was not finished; this one went on from there.",
    ),
    "nightly.aims": (
        "카메라 {n}대는 방향을 새로 알게 되었거나 모르게 되어, 다음 점검부터 비교합니다.",
        "Of {n} cameras the aim became known, or no longer is: they are compared from the next run on.",
    ),
    "line.col_before": ("전", "before"),
    "line.col_after": ("지금", "now"),
    "line.col_lost": ("줄어든 시야", "lost"),
    "line.col_gained": ("늘어난 시야", "gained"),
    "progress.Explain": ("차이 분석", "Explain"),
    "progress.Views": ("시야 비교", "Views"),
}
