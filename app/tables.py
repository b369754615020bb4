"""Tables of the pages: the same answer as the map, for the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.phrases import owner, standing
from app.phrases_find import may_be_used, sight
from app.phrases_light import by_night
from app.words import distance, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_TALLEST_PX = 420
_ROW_PX = 34


def cameras(rows: Sequence[Row], lang: str, *, named: Sequence[int] | None = None) -> None:
    """Draw the cameras of an answer, numbered as on the map: sight first, how far, where to turn it, where it stands.

    named   those that the old rule names, the nearest first; None leaves its column out
    """
    if not rows:
        return
    wanted = {"old": named is not None, "use": any(row["use"]["allowed"] is not None for row in rows)}
    columns = [name for name in _CAMERA if wanted.get(name, True)]
    shown = [_camera(n, row, lang, named=named or ()) for n, row in enumerate(rows, 1)]
    st.dataframe(
        shown,
        key="find_table",
        hide_index=True,
        height=_height(len(shown)),
        row_height=_ROW_PX,
        column_order=columns,
        column_config={name: _column(name, lang) for name in columns},
        alt=say("find.table", lang),
    )


def _column(name: str, lang: str) -> Any:  # Any: Streamlit's own columns
    title, width = say(f"find.col_{name}", lang), _WIDTHS_PX.get(name)
    if name == "no":
        return st.column_config.NumberColumn(title, width=width)
    if name in ("distance", "chance", "density"):
        return st.column_config.TextColumn(title, width=width, alignment="right")
    return st.column_config.TextColumn(title, width=width)


def gaps(rows: Sequence[Row], lang: str) -> Row | None:
    """Draw the gaps, highest risk first, and return the selected one."""
    if not rows:
        st.success(say("gaps.none", lang), icon=":material/check_circle:")
        return None
    ordered = sorted(rows, key=lambda row: (-(row["risk"] or 0.0), -row["length_m"]))
    length = distance(sum(row["length_m"] for row in rows))
    title = say("gaps.table", lang, n=number(len(rows)), length=length)
    st.markdown(f"**{title}** · {say('gaps.pick', lang)}")
    chosen = st.dataframe(
        [_gap(n, row, lang) for n, row in enumerate(ordered, 1)],
        key="gaps_table",
        hide_index=True,
        height=_height(len(ordered)),
        row_height=_ROW_PX,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "no": st.column_config.NumberColumn(say("gaps.col_no", lang), width="small"),
            "alley": say("gaps.col_alley", lang),
            "length": st.column_config.NumberColumn(say("gaps.col_length", lang), format="localized"),
            "risk": st.column_config.ProgressColumn(
                say("gaps.col_risk", lang), format="%.1f", min_value=0.0, max_value=_greatest(ordered)
            ),
        },
        alt=title,
    )
    picked = chosen["selection"]["rows"]
    return ordered[picked[0]] if picked and picked[0] < len(ordered) else None


# What an operator needs stands first, and is seen on a small screen without scrolling.
_CAMERA = (
    "no", "old", "sight", "distance", "turn", "class", "chance", "use", "status", "camera", "night", "agency", "key",
    "kind", "purpose", "density",
)  # fmt: skip
_WIDTHS_PX = {
    "no": 40, "old": 62, "sight": 212, "distance": 62, "turn": 82, "class": 66, "chance": 56, "use": 86, "status": 62,
}  # fmt: skip


def _camera(place: int, row: Row, lang: str, *, named: Sequence[int]) -> dict[str, object]:
    density = row["density_px_per_m"]
    return {
        "no": place,
        "old": f"{named.index(row['camera_id']) + 1}." if row["camera_id"] in named else "–",
        "sight": sight(row, lang),
        "use": may_be_used(row, lang),
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


def _gap(place: int, row: Row, lang: str) -> dict[str, object]:
    alley = row["alley"] or say("gaps.unnamed", lang)
    return {"no": place, "alley": alley, "length": round(row["length_m"]), "risk": row["risk"] or 0.0}


def _greatest(rows: Sequence[Row]) -> float:
    return max((row["risk"] or 0.0 for row in rows), default=0.0) or 1.0


def _height(rows: int) -> int:
    return min(_TALLEST_PX, _ROW_PX * (rows + 1) + 12)
