"""Steps of boundaries: which features are the district's, and their keys."""

from __future__ import annotations

import pandas as pd

from etl.rows import REPAIRED, Door, Step, Verdict, split

_DISTRICT_DIGITS = 5


def ours() -> Step:
    """Send away features of other districts, by the code's beginning; give the rest their key and level.

    A feature with a code of five digits is a whole district: its outline, as the union of dong otherwise is.
    """

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        whole = rows["level"].eq("district") | rows["code"].str.fullmatch(rf"\d{{{_DISTRICT_DIGITS}}}")
        key = ("dong:" + rows["code"].where(rows["code"].ne(""), rows["full_name"])).where(~whole, "district")
        level = pd.Series("dong", index=rows.index, dtype="str").where(~whole, "district")
        out = rows.assign(boundary_key=key, level=level)
        strange = (
            ~rows["code"].map(lambda code: code.startswith(door.codes)).astype(bool) if door.codes else None
        )
        return split(out, pd.Series(False, index=rows.index) if strange is None else strange, "OUTSIDE")

    return step


def to_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the columns of core.boundary."""
    out = rows.rename(columns={"geometry": "geom"})
    return out[["boundary_key", "level", "code", "name_ko", "name_en", "geom", REPAIRED]]
