"""Tables of the pages: the same answer as the map, for the keyboard and the screen reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.phrases import owner, standing
from app.phrases_light import by_night
from app.words import distance, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

_TALLEST_PX = 420
_ROW_PX = 34
# A row of three lines: from this height on Streamlit breaks a cell's text.
_SENTENCE_PX = 66


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


def sites(answer: Row, rows: Sequence[dict[str, object]], lang: str) -> Row | None:
    """Draw the proposed cameras of a plan, `rows` as app.phrases_plan says them, and return the selected one's answer."""
    if not rows:
        return None
    title = say("plan.table", lang, n=number(len(rows)))
    st.markdown(f"**{title}** · {say('plan.pick', lang)}")
    config: dict[str, Any] = {  # what Streamlit takes for a column
        "no": st.column_config.NumberColumn(say("plan.col_no", lang), width=44),
        "why": st.column_config.TextColumn(say("plan.col_why", lang), width=250),
        "heading": say("plan.col_heading", lang),
        "metres": st.column_config.TextColumn(say("plan.col_metres", lang), alignment="right"),
        "gain": st.column_config.TextColumn(say("plan.col_gain", lang), alignment="right"),
        "price": st.column_config.TextColumn(say("plan.col_price", lang), alignment="right"),
        "place": say("plan.col_place", lang),
    }
    chosen = st.dataframe(
        list(rows),
        key=f"plan_table_{answer['plan_id']}",
        hide_index=True,
        height=min(_TALLEST_PX, _SENTENCE_PX * len(rows) + _ROW_PX + 12),
        row_height=_SENTENCE_PX,
        on_select="rerun",
        selection_mode="single-row",
        column_order=[*config],
        column_config=config,
        alt=title,
    )
    picked = chosen["selection"]["rows"]
    return answer["chosen"][picked[0]] if picked and picked[0] < len(rows) else None


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


def _gap(place: int, row: Row, lang: str) -> dict[str, object]:
    alley = row["alley"] or say("gaps.unnamed", lang)
    return {"no": place, "alley": alley, "length": round(row["length_m"]), "risk": row["risk"] or 0.0}


def _greatest(rows: Sequence[Row]) -> float:
    return max((row["risk"] or 0.0 for row in rows), default=0.0) or 1.0


def _height(rows: int) -> int:
    return min(_TALLEST_PX, _ROW_PX * (rows + 1) + 12)
