"""Sentences of a plan's stability: what stays when the weights of the layers of risk are drawn anew."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "progress.Stability": ("안정성 시험", "Stability"),
    "stability.title": ("가중치가 달라도 같은 곳인가", "Would other weights choose the same sites?"),
    "stability.test": ("안정성 시험", "Test its stability"),
    "stability.again": ("다시 시험", "Test again"),
    "stability.test_help": (
        "층의 가중치를 1,000번 바꾸어 다시 고릅니다. 뒤에서 계산하므로 이 화면을 떠나도 됩니다.",
        "Chooses anew under 1,000 other sets of weights, in the background: you may leave the page.",
    ),
    "stability.testing": ("안정성을 시험하고 있습니다.", "Testing the stability."),
    "job.busy": (
        "다른 산출이 진행 중입니다. 끝난 뒤에 다시 누르십시오.",
        "Another computation is going on. Press again when it is done.",
    ),
    "job.failed": ("계산이 끝나지 못했습니다. {why}", "The computation failed. {why}"),
    "stability.none": ("아직 시험하지 않았습니다.", "Not tested yet."),
    "stability.firm": (
        "각 층의 가중치를 최대 ±{spread} 바꾸어 {draws}번 다시 골랐을 때, {n}곳 가운데 {firm}곳이 {least} 이상의 경우에 남았습니다.",
        "Of {draws} choices with each layer's weight changed by up to ±{spread}, {firm} of {n} sites stay in {least} or more.",
    ),
    "stability.weakest": (
        "가장 덜 남은 곳은 {no}번입니다({share}).",
        "The one that stays least is no. {no} ({share}).",
    ),
    "stability.elsewhere": (
        "{numbers}번은 이 시험의 빠른 선택이 지금 가중치로도 고르지 않는 곳입니다(계획은 그보다 나은 선택입니다). 그 비율은 가중치에 대해 말해 주지 않습니다.",
        "No. {numbers}: the quick choice of this test takes other sites even with the weights as they are (the plan is a "
        "better choice); their share says nothing of the weights.",
    ),
    "stability.tau": (
        "모든 후보지를 혼자 더할 위험으로 줄 세운 순서: 켄달 타우의 중앙값 {median}(5–95 %: {low}–{high}). 1이면 순서가 같습니다.",
        "The order of all candidate sites by what each alone would add: Kendall's tau {median} in the middle (5–95 %: {low} to "
        "{high}); 1 is the same order.",
    ),
    "stability.how": (
        "가중치마다 서로 무관하게 고른 수를 곱하고 합이 1이 되게 했습니다(시드 {seed}). 비율은 {draws}번 가운데의 비율이며 우연으로 최대 ±{half} %p "
        "어긋날 수 있습니다. 층의 자료가 틀렸을 때를 말하지는 않습니다.",
        "Each weight is multiplied by a number of its own, evenly drawn, and all are made to add up to 1 (seed {seed}). Shares "
        "are of {draws} draws, up to ±{half} points off by chance. What errors in the layers would do is not told.",
    ),
    "stability.col_kept": ("남는 비율", "Stays in"),
    "stability.col_alike": ("지금 가중치의 빠른 선택", "Quick choice today"),
    "stability.yes": ("고름", "takes it"),
    "stability.no": ("고르지 않음", "takes another"),
    "stability.table": ("설치 위치마다 남는 비율", "The share in which each site stays"),
}
