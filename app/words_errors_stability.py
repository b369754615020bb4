"""Sentences for named errors about the stability of a plan, by class name; `app.words_errors` takes them in."""

from __future__ import annotations

CODES: dict[str, int] = {"NothingToDraw": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.NothingToDraw": (
        "{detail}번 계획은 고른 곳이 없거나 모든 골목을 똑같이 보았습니다. 바꾸어 볼 가중치가 없습니다.",
        "Plan no. {detail} chose no site, or took every metre alike: there is no weight to change.",
    ),
}
