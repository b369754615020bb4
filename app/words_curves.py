"""Sentences of the curves beside a plan: won against risk seen, and coverage against intrusion."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "curve.title": ("돈을 더 쓰면 얼마나 더 보이는가", "What would more money see?"),
    "curve.won": ("{won}원", "{won} won"),
    "curve.man": ("{man}만 원", "{man} × 10,000 won"),
    "curve.eok": ("{eok}억 원", "{eok} × 100 million won"),
    "curve.eok_man": ("{eok}억 {man}만 원", "{eok} × 100 million and {man} × 10,000 won"),
    "curve.millions": ("{millions}백만 원", "{millions} million won"),
    "curve.points": ("{n} %p", "{n} points"),
    "curve.across": ("쓰는 돈 (억 원)", "Spent (million won)"),
    "curve.up": ("보이는 위험", "Risk seen"),
    "curve.line": ("순서대로 설치", "in this order"),
    "curve.bound": ("넘을 수 없는 한계", "no choice sees more"),
    "curve.this": ("이 계획", "this plan"),
    "curve.grid": ("격자 지수 방식", "the usual way"),
    "curve.how": (
        "한 번의 빠른 선택을 원당 효과가 큰 순서로 놓은 것입니다. 어디서 멈추어도 되지만, 그 돈으로 가능한 가장 나은 계획은 아닐 수 있습니다. 점선은 그 돈으로 어떤 선택도 "
        "넘을 수 없는 한계입니다.",
        "One quick choice in the order of gain per won: one may stop at any point, though it need not be the best plan for that "
        "money. The dashed line is what no choice of that cost can pass.",
    ),
    "curve.how_number": (
        "한 번의 빠른 선택을 원당 효과가 큰 순서로 놓은 것입니다. 어디서 멈추어도 되지만, 가능한 가장 나은 계획은 아닐 수 있습니다. 점선은 그 돈과 그 대수로 어떤 선택도 "
        "넘을 수 없는 한계입니다.",
        "One quick choice in the order of gain per won: one may stop at any point, though it need not be the best plan. The "
        "dashed line is what no choice of that cost and that number of cameras can pass.",
    ),
    "curve.told": (
        "아무것도 쓰지 않으면 위험의 {first}, {middle_won}이면 {middle}, {last_won}이면 {last}가 보입니다.",
        "With nothing spent {first} of the risk is seen, with {middle_won} {middle}, with {last_won} {last}.",
    ),
    "curve.table": ("곡선의 수치", "The figures of the curve"),
    "curve.col_won": ("쓰는 돈", "Spent"),
    "curve.col_cameras": ("새 카메라", "New cameras"),
    "curve.col_after": ("보이는 위험", "Risk seen"),
    "curve.col_added": ("바로 앞보다", "More than before"),
    "curve.col_most": ("한계", "At most"),
    "progress.Frontier": ("침해 한도별 계획", "Frontier"),
    "frontier.title": ("사유지를 덜 보면 무엇을 잃는가", "What does less intrusion cost?"),
    "frontier.compute": ("계산하기", "Compute it"),
    "frontier.again": ("다시 계산", "Compute again"),
    "frontier.computing": ("제한마다 다시 고르고 있습니다.", "Choosing anew under each limit."),
    "frontier.help": (
        "사유지를 볼 수 있는 한도를 여섯 단계로 두고 다시 고릅니다. 1분쯤 걸리며, 이 화면을 떠나도 됩니다.",
        "Chooses anew under six limits on private ground, in the background, for about a minute: you may leave the page.",
    ),
    "frontier.across": ("인식 등급으로 보이는 사유지 (m²)", "Private plots seen at recognise (m²)"),
    "frontier.line": ("찾은 가장 나은 계획", "best plan found"),
    "frontier.how": (
        "점마다 사유지를 그만큼까지만 보도록 제한하고 다시 고른 계획입니다. 한 곳을 두 대가 보면 두 번 셉니다. 제한을 풀수록 보이는 위험이 줄지는 않습니다.",
        "Each point is a plan chosen anew under a limit on the private ground seen; ground seen by two cameras counts twice. With "
        "a looser limit no less is seen.",
    ),
    "frontier.told": (
        "사유지 {least}를 보면 위험의 {seen}, {most}를 보면 {all}가 보입니다.",
        "Seeing {least} of private plots, {seen} of the risk is seen; seeing {most}, {all}.",
    ),
    "frontier.table": ("점마다의 수치", "The figures of the points"),
    "frontier.col_plots": ("보이는 사유지", "Private plots seen"),
}
