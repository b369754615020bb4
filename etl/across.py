"""Rules across the rows of a file: what may not stand in it twice, and which change of a record is the last.

A load stages what the rules need of each row and applies them in the database (etl.store.rules), so that no file is in
memory as a whole. `in_memory` applies the same rules to a whole frame, for a look into a file without a database.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from etl.fingerprints import row_hashes
from etl.hangul import blank
from etl.rows import REASON, REPAIRED, Verdict, split

# So many addresses share a placeholder's coordinates, never a place's.
SHARED_BY = 20
TOLD = (
    "part",
    "reason",
    "key",
    "own_key",
    "may_be_twin",
    "contents",
    "changed_at",
    "place",
    "address",
    "ended",
)


@dataclass(frozen=True, slots=True)
class Once:
    """What may stand in a file once only.

    key        column of the natural key
    number     column of the objects' own numbers: rows without one are known by a hash, and may be twins, which are
               numbered 'key', 'key#2' by their contents. Rows known by their number may not contradict each other
    twins      every row may be one of several twins
    aside      columns that do not count when two rows are compared
    newest     column of the moment of change: of a number's rows an earlier one is SUPERSEDED
    addresses  columns of addresses: coordinates that more than 20 of them share are a placeholder, COARSE_COORD
    """

    key: str
    number: str | None = None
    twins: bool = False
    aside: tuple[str, ...] = ()
    newest: str | None = None
    addresses: tuple[str, ...] = ()


def told(once: Once, *, read: pd.DataFrame, good: pd.DataFrame) -> pd.DataFrame:
    """Return what the rules need of each row: columns of TOLD but `part` and `reason`; the index of `read`.

    read   the rows after their text was tidied
    good   those of them that passed every step, with their key
    """
    numbers = _texts(read, once.number)
    places = pd.Series("", index=read.index, dtype="str")
    address = pd.Series("", index=read.index, dtype="str")
    if once.addresses:
        places = (read["lat"] + "," + read["lon"]).where(~blank(read["lat"]) & ~blank(read["lon"]), "")
        for name in once.addresses:
            address = address.where(~blank(address), read[name])
    counted = sorted(str(name) for name in good.columns if name not in (REPAIRED, *once.aside))
    keys = good[once.key] if len(good) else pd.Series(dtype="str")
    return pd.DataFrame(
        {
            "key": keys.reindex(read.index).astype(object),
            "own_key": numbers,
            "may_be_twin": once.twins | (numbers.eq("") if once.number else False),
            "contents": row_hashes(good, counted).reindex(read.index) if len(good) else None,
            "changed_at": _texts(read, once.newest),
            "place": places,
            "address": address,
            "ended": good["retired"].eq(True).reindex(read.index) if "retired" in good else False,
        },
        index=read.index,
    )


def in_memory(once: Once, *, read: pd.DataFrame, good: pd.DataFrame) -> Verdict:
    """Return (good, refused) of a whole file's rows after the rules; `good` with the twins' keys numbered."""
    facts = told(once, read=read, good=good)
    reason = pd.Series("", index=good.index, dtype="str")
    if once.newest:
        order = facts[facts["own_key"].ne("") & facts["changed_at"].ne("")]
        latest = order.groupby("own_key")["changed_at"].transform("max")
        old = order["changed_at"].lt(latest).reindex(good.index, fill_value=False)
        reason = reason.mask(old, "SUPERSEDED")
    if once.addresses:
        placed = facts[facts["place"].ne("")]
        shared = placed.groupby("place")["address"].transform("nunique").gt(SHARED_BY)
        reason = reason.mask(shared.reindex(good.index, fill_value=False) & reason.eq(""), "COARSE_COORD")
    kept = facts.loc[good.index[reason.eq("")], ["key", "contents", "may_be_twin"]]
    again = kept.duplicated(["key", "contents"])
    reason.loc[kept.index[again]] = "DUPLICATE_IN_FILE"
    kept = kept[~again]
    single = kept[~kept["may_be_twin"].astype(bool)]
    reason.loc[single.index[single["key"].duplicated()]] = "CONFLICTING_KEY"
    staying, refused = split(good, reason.ne(""), reason)
    return _numbered(once, staying, kept), refused


def in_force(refused: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return refused rows of one part together, in the file's order."""
    there = [rows for rows in refused if len(rows)]
    return pd.concat(there).sort_index() if there else refused[0].assign(**{REASON: pd.Series(dtype="str")})


def _numbered(once: Once, staying: pd.DataFrame, kept: pd.DataFrame) -> pd.DataFrame:
    twins = kept[kept["may_be_twin"].astype(bool)].loc[lambda rows: rows.index.isin(staying.index)]
    if twins.empty:
        return staying
    order = twins.sort_values(["key", "contents"]).groupby("key").cumcount() + 1
    suffix = order.map(lambda n: "" if n == 1 else f"#{n}").reindex(staying.index, fill_value="")
    return staying.assign(**{once.key: staying[once.key] + suffix.astype("str")})


def _texts(rows: pd.DataFrame, name: str | None) -> pd.Series[str]:
    if name is None or name not in rows:
        return pd.Series("", index=rows.index, dtype="str")
    return rows[name].fillna("").astype("str")
