"""Rows whose place lies in the district while their address names another: kept, counted and told.

Which of the two is wrong nobody can prove from the file: a pole on the border, a slip of the pen, or an outline of
another datum. The point decides, the address is noted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pandas as pd

# "서울특별시 용산구 신흥로 68": what stands behind the province or metropolis, when it is a gu or gun.
_GU = re.compile(r"^\s*\S+(?:시|도)\s+(\S+?[구군])(?:\s|$)")
_ADDRESSES = ("address_road", "address_lot")


def elsewhere(good: Sequence[pd.DataFrame], district_ko: str) -> dict[str, object]:
    """Return {"address_elsewhere": {gu: rows}} of the rows whose address names another gu; {} where none does.

    good         rows that were not refused, of each table; those without address columns are passed over
    district_ko  the district's Korean name, "서울특별시 서대문구": one that names no gu compares with nothing
    """
    own = gu_of(district_ko)
    if own is None:
        return {}
    found: Counter[str] = Counter()
    for rows in good:
        # A row of several heads stands several times; it is one row of the file.
        named = named_gu(rows[~rows.index.duplicated()])
        for gu, rows_of_it in named.value_counts().items():
            if gu not in ("", own):
                found[str(gu)] += int(rows_of_it)
    return {"address_elsewhere": dict(found.most_common())} if found else {}


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
