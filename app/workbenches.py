"""Plans that lie on the workbench of this dashboard, the last few of them, for the map that drags and the page that keeps."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from app import phrases_bench, session
from app.services import workbench
from app.services.workbench import Altered, Workbench
from etl.db import open_database

# A district lies beside each; two planners at once are many.
_MOST = 2

_lock = threading.Lock()
_kept: OrderedDict[tuple[int, str], Workbench] = OrderedDict()


def laid_out(plan_id: int) -> Workbench:
    """Return the workbench of a plan, laid out once for what is loaded now. Raises UnknownPlan and what a database raises."""
    key = (plan_id, session.map_version())
    with _lock:
        if key not in _kept:
            reading = open_database(role="loader")
            try:
                _kept[key] = workbench.laid_out(reading, plan_id)
            finally:
                reading.close()
            while len(_kept) > _MOST:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def answer(plan_id: int, altered: Sequence[Altered], *, lang: str) -> dict[str, Any]:
    """Return what a plan sees with some sites put elsewhere, in figures and words; views only of those."""
    found = workbench.totals(laid_out(plan_id), altered)
    sites = [
        row if row["altered"] else {name: value for name, value in row.items() if name != "view"}
        for row in found["sites"]
    ]
    return {**found, "sites": sites, "said": phrases_bench.said(found, lang)}


def altered_of(texts: Sequence[str]) -> list[Altered]:
    """Return the sites put elsewhere as an address tells them, `no,lat,lon,heading` each. Raises ValueError."""
    return [_altered(text) for text in texts]


def altered_in(rows: Sequence[Mapping[str, Any]]) -> list[Altered]:
    """Return the sites put elsewhere as the map tells them: no, lat, lon, heading_deg of each."""
    return [
        Altered(int(row["no"]), float(row["lat"]), float(row["lon"]), float(row["heading_deg"]))
        for row in rows
    ]


def _altered(text: str) -> Altered:
    no, lat, lon, heading_deg = text.split(",")
    return Altered(int(no), float(lat), float(lon), float(heading_deg))
