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
    own = gu_of(district_ko)
    found = named_gu(rows).astype(object)
    # with no gu of its own every row is at home
    return found.where(~found.isin(["", own]) & (own is not None), None)


def named_gu(rows: pd.DataFrame) -> pd.Series[str]:
    """Return the gu or gun that each row's address names, '' where it names none or there is no address."""
    named = pd.Series("", index=rows.index, dtype="str")
    for column in reversed([name for name in _ADDRESSES if name in rows]):
        text = rows[column].fillna("").astype("str")
        named = text.where(text != "", named)
    return named.map({address: gu_of(address) or "" for address in named.unique()}).astype("str")


def gu_of(text: str) -> str | None:
    """Return the gu or gun of an address that begins with a province or metropolis, None without one.

    >>> gu_of("가람특별시 골목구 골목로 1")
    '골목구'
    """
    match = _GU.match(text)
    return match.group(1) if match else None
