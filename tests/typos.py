"""Slips of hand and ear in Korean addresses, seeded: what an operator types is seldom what the map holds."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from etl.keystrokes import keystrokes

# Vowels and first consonants that are taken for one another, or lie beside each other on the keyboard.
_VOWELS = {
    "ㅐ": "ㅔ",
    "ㅔ": "ㅐ",
    "ㅗ": "ㅜ",
    "ㅜ": "ㅗ",
    "ㅓ": "ㅏ",
    "ㅏ": "ㅓ",
    "ㅣ": "ㅏ",
    "ㅡ": "ㅜ",
    "ㅕ": "ㅑ",
    "ㅛ": "ㅕ",
}
_LEADS = {
    "ㄱ": "ㄷ",
    "ㄴ": "ㅇ",
    "ㄷ": "ㄱ",
    "ㄹ": "ㅎ",
    "ㅁ": "ㄴ",
    "ㅂ": "ㅈ",
    "ㅅ": "ㄱ",
    "ㅇ": "ㄴ",
    "ㅈ": "ㅂ",
    "ㅊ": "ㅈ",
    "ㅎ": "ㅇ",
}
KINDS = ("vowel", "lead", "end", "turned", "doubled", "spacing", "glued", "keyboard", "region")
_SYLLABLE = re.compile("[가-힣]")


def slip(name: str, number: str, kind: str, rng: np.random.Generator) -> str:
    """Return how a road or dong and its number are typed with one slip of a kind; as they are where none of it fits."""
    if kind == "spacing":
        at = int(rng.integers(1, len(name)))
        return f"{name[:at]} {name[at:]} {number}"
    if kind == "glued":
        return f"{name}{number}"
    if kind == "keyboard":
        return f"{keystrokes(name)} {number}"
    if kind == "region":
        return f"어느시 {name} {number}"
    # its last syllable says whether it is a road; the slip falls before it
    spots = [found.start() for found in _SYLLABLE.finditer(name)][:-1]
    at = int(rng.choice(spots)) if spots else 0
    return f"{_spoilt(name, at, kind)} {number}"


def _spoilt(name: str, at: int, kind: str) -> str:
    if kind == "turned":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at + 1 < len(name) else name
    if kind == "doubled":
        return name[: at + 1] + name[at:]
    parts = list(unicodedata.normalize("NFD", name[at]))
    if kind == "vowel" and len(parts) > 1:
        parts[1] = _jamo(_VOWELS, parts[1], first=0x1161, alone=0x314F)
    elif kind == "lead":
        parts[0] = _jamo(_LEADS, parts[0], first=0x1100, alone=None)
    elif kind == "end":
        parts = parts[:2]
    return name[:at] + unicodedata.normalize("NFC", "".join(parts)) + name[at + 1 :]


_IN_ORDER = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def _jamo(others: dict[str, str], jamo: str, *, first: int, alone: int | None) -> str:
    n = ord(jamo) - first
    shown = chr(alone + n) if alone is not None else _IN_ORDER[n]
    other = others.get(shown, shown)
    return chr(first + (ord(other) - alone if alone is not None else _IN_ORDER.index(other)))
