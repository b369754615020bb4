"""Which gap of a computation is selected, kept in the address, and what the map of Gaps shows of all that is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import pieces, session, tables
from app.gaps_filters import Chosen
from app.phrases_gaps import dong_name
from app.words import distance, number, say

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]


def dong_of(chosen: Chosen, offered: Row) -> Row | None:
    """Return the chosen dong with its names and bounds; None for the whole district."""
    return next((row for row in offered["dong"] if row["code"] == chosen.dong), None)


def gap(run: Row, chosen: Chosen, offered: Row) -> Row | None:
    """Draw the gaps of what was chosen and return the selected one."""
    lang = session.language()
    rows = [row for row in run["gaps"] if chosen.dong in (None, row.get("dong"))]
    picked = _table(run, rows, chosen, offered) if rows else None
    if not rows:
        key = "gaps.none" if chosen.dong is None else "gaps.none_here"
        st.success(say(key, lang), icon=":material/check_circle:")
    if picked is not None:
        # The table may have it far below: what is selected is said.
        told = {"no": number(picked["gap_id"]), "alley": picked["alley"] or say("gaps.unnamed", lang)}
        told |= {"length": distance(picked["length_m"]), "risk": number(picked["risk"], 1)}
        pieces.small([say("gaps.selected", lang, **told)])
    return picked


def keep(gap: Row | None, zone: Row | None) -> None:
    """Keep the selected gap, by its number in the run, and the selected zone in the address."""
    session.keep_in_address("gap", str(gap["gap_id"]) if gap else None)
    session.keep_in_address("zone", str(zone["zone_id"]) if zone else None)


def _table(run: Row, rows: Sequence[Row], chosen: Chosen, offered: Row) -> Row | None:
    lang = session.language()
    names = {row["code"]: dong_name(row, lang) for row in offered["dong"]} if chosen.dong is None else None
    key = f"gaps_table_{run['run_id']}_{chosen.dong}"
    return tables.gaps(rows, lang, key=key, chosen=_wished(run["run_id"]), dong=names or None)


def _wished(run_id: int) -> int | None:
    """Return the number that the address names, if it was written for this run: a gap of another has other numbers."""
    before = st.session_state.get("gap_run", run_id)
    st.session_state["gap_run"] = run_id
    number = st.query_params.get("gap", "")
    return int(number) if before == run_id and number.isdecimal() else None


def on_map(chosen: Chosen, offered: Row, zone: Row | None) -> dict[str, Any]:
    """Return what the map shows of all that was chosen, as `livemap.gaps_map` takes it."""
    dong = dong_of(chosen, offered)
    bounds = dong["bounds"] if dong else None
    if zone is not None:
        bounds = offered["zones"].get(zone["zone_id"], bounds)
    return {
        "at": chosen.at,
        "class": chosen.density_class,
        "purpose": chosen.purpose,
        "dong": chosen.dong,
        "zone": zone and zone["zone_id"],
        "bounds": bounds,
        "extent": _around([row["bounds"] for row in offered["dong"]]),
    }


def _around(boxes: Sequence[Any]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the bounds of all boxes, None without any."""
    if not boxes:
        return None
    (west, south), (east, north) = (zip(*corner, strict=True) for corner in zip(*boxes, strict=True))
    return (min(west), min(south)), (max(east), max(north))
