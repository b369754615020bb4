"""What spreadsheets wrap round their cells."""

from __future__ import annotations

import pandas as pd

from etl.rows import REPAIRED, Door, Step, Verdict, nothing_refused, repaired

_WRAPPED = r'^=\s*"([^"]*)"$'


def excel_text() -> Step:
    """Take texts out of the wrapping that keeps a spreadsheet from rounding them: '="0123"' is 0123 (EXCEL_TEXT)."""

    def step(rows: pd.DataFrame, door: Door) -> Verdict:
        wrapped = pd.Series(False, index=rows.index)
        changed = {}
        for name in rows.columns:
            if name == REPAIRED or not isinstance(rows[name].dtype, pd.StringDtype):
                continue
            inner = rows[name].str.extract(_WRAPPED)[0]
            if inner.notna().any():
                changed[str(name)] = rows[name].where(inner.isna(), inner)
                wrapped |= inner.notna()
        return nothing_refused(repaired(rows.assign(**changed), wrapped, "EXCEL_TEXT"))

    return step
