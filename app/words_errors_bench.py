"""Sentences for the named errors of the workbench."""

from __future__ import annotations

CODES: dict[str, int] = {"AlteredWrongly": 2, "NothingAltered": 2}

TABLE: dict[str, tuple[str, str]] = {
    "error.AlteredWrongly": (
        "그곳에는 카메라를 놓을 수 없습니다: {detail}",
        "No camera can be put there: {detail}",
    ),
    "error.NothingAltered": (
        "고친 위치가 없어 저장하지 않았습니다: {detail}",
        "Nothing was altered, so nothing was saved: {detail}",
    ),
}
