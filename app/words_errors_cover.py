"""Sentences for named errors of the cover that plans rest on."""

from __future__ import annotations

CODES: dict[str, int] = {"NothingToCover": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.NothingToCover": (
        "카메라를 세울 자리를 찾으려면 도로 자료가 있어야 합니다. `juso`나 `city`를 올리십시오.",
        "There is nothing to stand on: places for cameras need streets. Load `juso` or `city`.",
    ),
}
