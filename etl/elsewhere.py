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
    own = _gu(district_ko)
    if own is None:
        return {}
    found: Counter[str] = Counter()
    for rows in good:
        named = pd.Series("", index=rows.index, dtype="str")
        for column in reversed([name for name in _ADDRESSES if name in rows]):
            text = rows[column].fillna("").astype("str")
            named = text.where(text != "", named)
        # A row of several heads stands several times; it is one row of the file.
        for address, rows_of_it in named[~named.index.duplicated()].value_counts().items():
            gu = _gu(str(address))
            if gu not in (None, own):
                found[str(gu)] += int(rows_of_it)
    return {"address_elsewhere": dict(found.most_common())} if found else {}


def _gu(text: str) -> str | None:
    match = _GU.match(text)
    return match.group(1) if match else None
