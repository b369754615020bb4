"""Tables of the pages: the same answer as the map, for the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.phrases import owner, standing
from app.phrases_light import by_night
from app.words import distance, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# A column's title, or how it is drawn; Any: Streamlit has no public name for the latter.
Head = Any

_TALLEST_PX = 420
# The list beside the map, below its answer: an office screen of 768 shows both.
_TALLEST_LIST_PX = 314
_ROW_PX = 34


def cameras(rows: Sequence[Row], lang: str) -> None:
    """Draw the cameras of an answer, numbered as on the map: sight first, where it stands, how far, where to turn it."""
    if not rows:
        return
    shown = [_camera(n, row, lang) for n, row in enumerate(rows, 1)]
    names = dict(zip(_CAMERA, (say(f"find.col_{name}", lang) for name in _CAMERA), strict=True))
    config = {
        "no": st.column_config.NumberColumn(names["no"], width=44),
        **{
            name: st.column_config.TextColumn(names[name], alignment="right")
            for name in ("distance", "chance", "density")
        },
    }
    st.dataframe(
        shown,
        key="find_table",
        hide_index=True,
        height=_height(len(shown)),
        row_height=_ROW_PX,
        column_order=_CAMERA,
        column_config={name: config.get(name, title) for name, title in names.items()},
        alt=say("find.table", lang),
    )


def gaps(
    rows: Sequence[Row],
    lang: str,
    *,
    key: str = "gaps_table",
    chosen: int | None = None,
    dong: Row | None = None,
) -> Row | None:
    """Draw the gaps, highest risk first, and return the selected one.

    key     of the table: another one for another list, so that no selection outlives its rows
    chosen  number (gap_id) of the gap that is selected at first
    dong    names by code, for a column; None where all lie in one
    """
    ordered = sorted(rows, key=lambda row: (-(row["risk"] or 0.0), -row["length_m"]))
    length = distance(sum(row["length_m"] for row in rows))
    title = say("gaps.table", lang, n=number(len(rows)), length=length)
    st.markdown(f"**{title}** · {say('gaps.pick', lang)}")
    places = {row["gap_id"]: place for place, row in enumerate(ordered)}
    picked = selectable(
        [_gap(n, row, lang, dong) for n, row in enumerate(ordered, 1)],
        key=key,
        heads={
            "no": st.column_config.NumberColumn(say("gaps.col_no", lang), width=44),
            "alley": st.column_config.TextColumn(say("gaps.col_alley", lang), width=104),
            "dong": st.column_config.TextColumn(say("gaps.col_dong", lang), width=106),
            "length": st.column_config.NumberColumn(
                say("gaps.col_length", lang), format="localized", width=80
            ),
            "risk": st.column_config.ProgressColumn(
                say("gaps.col_risk", lang),
                format="%.1f",
                min_value=0.0,
                max_value=_greatest(ordered),
                width=130,
            ),
        },
        chosen=None if chosen is None else places.get(chosen),
        alt=title,
    )
    return None if picked is None else ordered[picked]


def selectable(
    shown: Sequence[Mapping[str, object]],
    *,
    key: str,
    heads: Mapping[str, Head],
    chosen: int | None,
    alt: str,
    on_select: Callable[[], None] | None = None,
) -> int | None:
    """Draw a list of which one row can be selected, and return the place of that row.

    heads      a title or a column configuration for each column, in order; others are left out
    chosen     the place that is selected at first
    on_select  called when another row was selected, before the page runs again
    """
    table = st.dataframe(
        list(shown),
        key=key,
        hide_index=True,
        height=_height(len(shown), tallest_px=_TALLEST_LIST_PX),
        row_height=_ROW_PX,
        on_select=on_select or "rerun",
        selection_mode="single-row",
        selection_default=None if chosen is None else {"selection": {"rows": [chosen]}},
        column_order=[name for name in heads if any(name in row for row in shown)],
        column_config=dict(heads),
        alt=alt,
    )
    picked = table["selection"]["rows"]
    return picked[0] if picked and picked[0] < len(shown) else None


_CAMERA = (
    "no", "sight", "camera", "distance", "turn", "status", "chance", "night", "class", "agency", "key", "kind", "purpose",
    "density",
)  # fmt: skip


def _camera(place: int, row: Row, lang: str) -> dict[str, object]:
    density = row["density_px_per_m"]
    return {
        "no": place,
        "sight": label("sight", "must_turn" if row["must_turn"] else row["sight"], lang),
        "camera": standing(row),
        "key": row["camera_key"],
        "distance": distance(row["distance_m"]),
        "chance": percent(row["p_sees"], 0),
        "class": label("class", row["class"], lang),
        "night": by_night(row, lang),
        "density": "–" if density is None else f"{density:,.0f} px/m",
        "turn": towards(row["turn_to_deg"], lang),
        "kind": label("kind", row["kind"], lang),
        "purpose": label("purpose", row["purpose"], lang),
        "agency": owner(row, lang),
        "status": label("status", row["status"], lang),
    }


def _gap(place: int, row: Row, lang: str, dong: Row | None) -> dict[str, object]:
    alley = row["alley"] or say("gaps.unnamed", lang)
    within = {} if dong is None else {"dong": dong.get(str(row.get("dong")), "–")}
    return {
        "no": place,
        "alley": alley,
        "length": round(row["length_m"]),
        "risk": row["risk"] or 0.0,
    } | within


def _greatest(rows: Sequence[Row]) -> float:
    return max((row["risk"] or 0.0 for row in rows), default=0.0) or 1.0


def _height(rows: int, *, tallest_px: int = _TALLEST_PX) -> int:
    return min(tallest_px, _ROW_PX * (rows + 1) + 12)
