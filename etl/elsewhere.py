"""Rows whose place lies in the district while their address names another: kept, counted and told.

Which of the two is wrong nobody can prove from the file: a pole on the border, a slip of the pen, or an outline of
another datum. The point decides, the address is noted.
"""

from __future__ import annotations

import re

import pandas as pd

# "서울특별시 용산구 신흥로 68": what stands behind the province or metropolis, when it is a gu or gun.
_GU = re.compile(r"^\s*\S+(?:시|도)\s+(\S+?[구군])(?:\s|$)")
_ADDRESSES = ("address_road", "address_lot")


def elsewhere(rows: pd.DataFrame, district_ko: str) -> pd.Series:
    """Return for each row the gu that its address names when that is another one than the district's, else None.

    rows         those without address columns name none
    district_ko  the district's Korean name, "서울특별시 서대문구": one that names no gu compares with nothing
    """
    own = _gu(district_ko)
    named = pd.Series("", index=rows.index, dtype="str")
    for column in reversed([name for name in _ADDRESSES if name in rows]):
        text = rows[column].fillna("").astype("str")
        named = text.where(text != "", named)
    table = {address: _gu(str(address)) for address in named.unique()} if own is not None else {}
    found = named.map(table).astype(object)
    return found.where(found.notna() & (found != own), None)


def _gu(text: str) -> str | None:
    match = _GU.match(text)
    return match.group(1) if match else None
