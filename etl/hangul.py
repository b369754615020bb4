"""Text as people's files hold it, brought to one form: composed Hangul, plain digits, single spaces."""

from __future__ import annotations

import re
import unicodedata

import pandas as pd

# Zero-width and directional marks, selectors of variants: invisible, and they break keys.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\u034f\u180e\ufe00-\ufe0f]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Signs that only the font of one office can draw.
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_LOST = re.compile("\ufffd")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACES = re.compile(r"\s+")
# What offices write for "nothing".
_NOTHING = frozenset(
    {"", "-", "--", "·", ".", "n/a", "na", "null", "none", "nan", "없음", "해당없음", "미상", "unknown"}
)
# What is in its one form already, most of what a registry holds: ASCII and whole syllables, single spaces.
_PLAIN = re.compile("[!-~가-힣]+(?: [!-~가-힣]+)*")
# Full-width ASCII lies at a fixed distance from ASCII; NFKC would also change Hangul and units such as ㎡.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x00A0: " "}
_USUAL = re.compile("[ -~가-힣]*")


def tidy(text: str) -> str:
    """Return `text` in NFC with plain digits and letters, single spaces, no control, private or invisible marks.

    >>> tidy("\\uff11\\uff12\\u00a0동 ")
    '12 동'
    """
    if _PLAIN.fullmatch(text):
        return text
    narrow = unicodedata.normalize("NFC", text).translate(_NARROW)
    visible = _PRIVATE.sub("", _CONTROL.sub("", _INVISIBLE.sub("", narrow)))
    return _SPACES.sub(" ", visible).strip()


def oddities(text: str) -> tuple[str, ...]:
    """Return the codes (etl.reasons) of what is odd in the signs of a text, whatever they say.

    >>> oddities("１２\u00a0동")
    ('FULL_WIDTH', 'HIDDEN_MARKS')
    """
    found = {
        "FULL_WIDTH": _FULL_WIDTH.search(text),
        "DECOMPOSED_HANGUL": unicodedata.normalize("NFC", text) != text,
        "HIDDEN_MARKS": _INVISIBLE.search(text) or _ODD_SPACE.search(text),
        "CONTROL_MARKS": _CONTROL.search(text),
        "PRIVATE_MARKS": _PRIVATE.search(text),
        "LOST_MARKS": _LOST.search(text),
    }
    return tuple(code for code, hit in found.items() if hit)


def tidied(column: pd.Series[str]) -> pd.Series[str]:
    """Return the column with every cell tidied; a missing cell becomes ''. Same index."""
    text = column.fillna("").astype(str)
    # Registries repeat themselves: each distinct cell is worked on once.
    return text.map({cell: tidy(cell) for cell in text.unique()}).astype("str")


def odd_rows(rows: pd.DataFrame) -> dict[str, pd.Series[bool]]:
    """Return for each code of `oddities` that occurs which rows have a cell of it. Columns are texts."""
    found: dict[str, pd.Series[bool]] = {}
    for name in rows.columns:
        cells = rows[name].fillna("")
        # plain Hangul and ASCII are most of what there is
        odd = {cell: oddities(cell) for cell in cells.unique() if not _USUAL.fullmatch(cell)}
        for code in sorted({code for told in odd.values() for code in told}):
            hit = cells.isin([cell for cell, told in odd.items() if code in told])
            found[code] = found[code] | hit if code in found else hit
    return found


def blank(column: pd.Series[str]) -> pd.Series[bool]:
    """Say for each cell whether it holds nothing: empty, a dash, or a word for it such as 'N/A'."""
    return column.str.strip().str.lower().isin(_NOTHING)


def blank_cell(cell: str) -> bool:
    """Say whether a cell holds nothing, by the same words."""
    return cell.strip().lower() in _NOTHING


def header_key(name: str) -> str:
    """Return a header's name without case, spaces, marks and brackets, to compare it with known ones."""
    return re.sub(r"[\s_()\[\]·.]", "", tidy(name)).lower()
