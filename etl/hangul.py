"""Text as people's files hold it, brought to one form: composed Hangul, plain digits, single spaces."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

# Zero-width and directional marks, selectors of variants: invisible, and they break keys.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u034f\u180e\ufe00-\ufe0f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
# What offices write for "nothing".
_NOTHING = frozenset(
    {"", "-", "--", "·", ".", "n/a", "na", "null", "none", "nan", "없음", "해당없음", "미상", "unknown"}
)
# What is in its one form already, most of what a registry holds: ASCII and whole syllables, single spaces.
_PLAIN = re.compile("[!-~가-힣]+(?: [!-~가-힣]+)*")
# Full-width ASCII lies at a fixed distance from ASCII; NFKC would also change Hangul and units such as ㎡.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}


def tidy(text: str) -> str:
    """Return `text` in NFC with plain digits and letters, single spaces, no control or invisible marks.

    >>> tidy("\\uff11\\uff12\\u00a0동 ")
    '12 동'
    """
    if _PLAIN.fullmatch(text):
        return text
    narrow = unicodedata.normalize("NFC", text).translate(_NARROW)
    return _SPACES.sub(" ", _CONTROL.sub("", _INVISIBLE.sub("", narrow))).strip()


def tidied(column: pd.Series[str]) -> pd.Series[str]:
    """Return the column with every cell tidied; a missing cell becomes ''. Same index."""
    text = column.fillna("").astype(str)
    # Registries repeat themselves: each distinct cell is worked on once.
    return text.map({cell: tidy(cell) for cell in text.unique()}).astype("str")


def blank(column: pd.Series[str]) -> pd.Series[bool]:
    """Say for each cell whether it holds nothing: empty, a dash, or a word for it such as 'N/A'."""
    return column.str.strip().str.lower().isin(_NOTHING)


def blank_cell(cell: str) -> bool:
    """Say whether a cell holds nothing, by the same words."""
    return cell.strip().lower() in _NOTHING


def header_key(name: str) -> str:
    """Return a header's name without case, spaces, marks and brackets, to compare it with known ones."""
    return re.sub(r"[\s_()\[\]·.]", "", tidy(name)).lower()
