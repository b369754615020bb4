"""What scrubbing passes by after a cheap look holds nothing that the whole look would find."""

from __future__ import annotations

import random

import pytest

from etl import scrub

PIECES = (
    "010-1234-5678", "01012345678", "010 1234 5678", "+82 10 1234 5678", "10.20.30.40", "ab-cd-ef-ab-cd-ef", "02-123-4567",
    "900101-1234567", "비번 1234", "아이피", "공일공", "점", "일", "영", "골목동", "나리로010", "나리로3길", "산", "33-20", "1234-5678",
    "82", "0", "1", "0082", "2026", "ip", "골뱅이", "-", " ", "  ", ".", "번지", "골", "길", "로",
)  # fmt: skip


@pytest.mark.parametrize("options", [{}, {"phones": False}, {"key": True}], ids=str)
def test_the_cheap_look_changes_nothing(
    options: dict[str, bool], monkeypatch: pytest.MonkeyPatch, long_run: bool
) -> None:
    chance = random.Random(20260101)
    texts = [
        chance.choice(("", " ")).join(chance.choice(PIECES) for _ in range(chance.randint(1, 7)))
        for _ in range(200_000 if long_run else 10_000)
    ]
    quick = [scrub.scrub(text, **options) for text in texts]
    monkeypatch.setattr(scrub, "_passed_by", lambda text: False)
    whole = [scrub.scrub(text, **options) for text in texts]
    assert [(text, q, w) for text, q, w in zip(texts, quick, whole, strict=True) if q != w] == []


@pytest.mark.parametrize(
    "text", ["가람시 골목동 33-20", "가람시 지어낸01구 나리로3길 88", "20160101000000123"]
)
def test_addresses_and_long_keys_are_passed_by(text: str) -> None:
    assert scrub._passed_by(text)
    assert scrub.scrub(text) == text


@pytest.mark.parametrize("text", ["골목동 영점일 33-20", "나리로010 1234-5678", "골목동 비번 1234"])
def test_an_address_that_may_hold_something_is_looked_at(text: str) -> None:
    assert not scrub._passed_by(text)
