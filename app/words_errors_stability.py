"""Sentences for named errors about what is looked into of a kept plan, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {"NothingToDraw": 2, "NothingToSpare": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.NothingToDraw": (
        "{detail}번 계획은 고른 곳이 없거나 모든 골목을 똑같이 보았습니다. 바꾸어 볼 가중치가 없습니다.",
        "Plan no. {detail} chose no site, or took every metre alike: there is no weight to change.",
    ),
    "error.NothingToSpare": (
        "{detail}번 계획이 사유지를 얼마나 보는지 알 수 없습니다. 필지(`layer plots`)를 올리지 않았거나 고른 곳이 없습니다.",
        "What plan no. {detail} sees of private ground is not known: no plots are loaded (`layer plots`), or it chose no site.",
    ),
}
