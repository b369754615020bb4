"""Sentences about one site of a plan: what is done there, what it adds, what it costs, what it rests on."""

from __future__ import annotations

TABLE: dict[str, tuple[str, str]] = {
    "site_act.new": ("새로 설치", "new"),
    "site_act.turn": ("방향 바꿈", "turned"),
    "site_act.move": ("옮김", "moved"),
    "site_act.remove": ("철거", "taken down"),
    "site_place.end": ("막다른 끝", "end of a street"),
    "site_place.bend": ("굽은 곳", "bend"),
    "site_place.between": ("길 중간", "between corners"),
    "site_place.corner": ("모퉁이", "corner"),
    "site_place.pole": ("기존 기둥", "existing pole"),
    "site_place.lamp": ("보안등", "lamp"),
    "site_place.bell": ("비상벨", "emergency bell"),
    # what it adds
    "site.adds": ("새로 보임: {named}.", "Newly sees {named}."),
    "site.nothing_new": ("새로 보이는 곳 없음.", "Sees nothing new."),
    "site.again": (
        "다른 기둥에서 한 번 더 보임: {metres}.",
        "A second view, from another pole, of {metres}.",
    ),
    "site.calls": (
        "카메라가 못 보던 신고 {n}건(1년){more}",
        "{n} calls of a year that no camera saw{more}",
    ),
    "site.calls_one": (
        "카메라가 못 보던 신고 1건(1년){more}",
        "one call of a year that no camera saw{more}",
    ),
    "site.calls_more": ("과 보였을 수도 있는 신고 {n}건", " and {n} that one may have seen"),
    "site.calls_perhaps": (
        "보였을 수도 있는 신고 {n}건(1년)",
        "{n} calls of a year that a camera may have seen",
    ),
    "site.calls_perhaps_one": (
        "보였을 수도 있는 신고 1건(1년)",
        "one call of a year that a camera may have seen",
    ),
    "site.street": ("{street} {metres}", "{metres} of {street}"),
    "site.unnamed": ("이름 없는 골목", "an alley without a name"),
    "site.described": ("{alley}({facts})", "{alley} ({facts})"),
    "site.wide": ("폭 {width} m", "{width} m wide"),
    "site.other": ("다른 골목 {metres}", "{metres} of other alleys"),
    "site.child_zone": ("어린이 보호구역 {metres}", "{metres} in a child zone"),
    "site.safe_route": ("안심귀갓길 {metres}", "{metres} of a safe way home"),
    "site.zone": ("{zone} {metres}", "{metres} in the {zone}"),
    "site.zone_both": (
        "{zone} {metres}와 트인 땅 {area}",
        "{metres} and {area} of open ground in the {zone}",
    ),
    "site.zone_ground": ("{zone}의 트인 땅 {area}", "{area} of open ground in the {zone}"),
    "site.light_part": ("{metres}에 보안등 없음", "{metres} of it without lamps"),
    "site_light.no_lamps": ("보안등 없음", "without lamps"),
    "site_light.dark": ("밤에 어두움", "dark at night"),
    "site_light.lamps": ("보안등 있음", "with lamps"),
    "site_light.lit": ("밤에 밝음", "lit at night"),
    "site_risk.high": ("위험 높음.", "High risk."),
    "site_risk.middle": ("위험 보통.", "Middling risk."),
    "site_risk.low": ("위험 낮음.", "Low risk."),
    # what stands already
    "site.turned": ("방향 바꿈({was} → {now}): {change}.", "Turned from {was} to {now}: {change}."),
    "site.turned_to": ("방향 바꿈(→ {now}): {change}.", "Turned to {now}: {change}."),
    "site.moved": ("{metres} 옮김: {change}.", "Moved by {metres}: {change}."),
    "site.gains": ("{gained}를 새로 봄", "gains {gained}"),
    "site.loses_gains": (
        "{lost}를 보지 못하게 되고 {gained}를 새로 봄",
        "loses {lost}, gains {gained}",
    ),
    "site.down_seen": (
        "철거함: 이 카메라가 보던 곳은 모두 다른 카메라가 봅니다.",
        "Taken down: all that it saw is seen by others.",
    ),
    "site.down_lost": (
        "철거함: 이 카메라만 보던 {lost}는 보이지 않게 됩니다.",
        "Taken down: {lost} that it alone saw are seen no more.",
    ),
    "site.down": ("철거함.", "Taken down."),
}
