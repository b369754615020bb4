"""What a load stages as JSON is what it read."""

from __future__ import annotations

import json

import pytest

from etl.store.writes import _as_json


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("a\0b\0", "ab"),  # jsonb has no zero character
        (r"a\u0000", r"a\u0000"),  # six signs that somebody typed
        ("\\\0", "\\"),  # a backslash, then the zero character
        ("\ud800", "?"),  # half of a pair
        (r"C:\골목", r"C:\골목"),
    ],
)
def test_text_survives_but_for_what_jsonb_cannot_hold(read: str, kept: str) -> None:
    assert json.loads(_as_json({"memo": read})) == {"memo": kept}
