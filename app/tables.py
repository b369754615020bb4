"""Tables of the pages: the same answer as the map, for the keyboard and the screen reader."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from app.phrases import owner, standing
from app.phrases_find import may_be_used, sight
from app.phrases_light import by_night
from app.words import distance, label, number, percent, say, towards

# What an answer of a service looks like from here: JSON-ready, its keys are the service's contract.
Row = Mapping[str, Any]

# A column's title, or how it is drawn; Any: Streamlit has no public name for the latter.
Head = Any

_TALLEST_PX = 420
# The list beside the map, below its answer: an office screen of 768 shows both.
_TALLEST_LIST_PX = 314
ROW_PX = 34
# A row of three lines: from this height on Streamlit breaks a cell's text.
_SENTENCE_PX = 66


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
        row_height=ROW_PX,
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
        row_height=ROW_PX,
        on_select=on_select or "rerun",
        selection_mode="single-row",
        selection_default=None if chosen is None else {"selection": {"rows": [chosen]}},
        column_order=[name for name in heads if any(name in row for row in shown)],
        column_config=dict(heads),
        alt=alt,
    )
    picked = table["selection"]["rows"]
    return picked[0] if picked and picked[0] < len(shown) else None


def sites(answer: Row, rows: Sequence[dict[str, object]], lang: str) -> Row | None:
    """Draw the proposed cameras of a plan, `rows` as app.phrases_plan_page says them, and return the selected one's answer."""
    if not rows:
        return None
    title = say("plan.table_acts" if "act" in rows[0] else "plan.table", lang, n=number(len(rows)))
    st.markdown(f"**{title}** · {say('plan.pick', lang)}")
    config: dict[str, Any] = {  # what Streamlit takes for a column
        "no": st.column_config.NumberColumn(say("plan.col_no", lang), width=44),
        "act": say("plan.col_act", lang),
        "why": st.column_config.TextColumn(say("plan.col_why", lang), width=_WHY_PX),
        "heading": st.column_config.TextColumn(say("plan.col_heading", lang), width=70),
        "metres": st.column_config.TextColumn(say("plan.col_metres", lang), width=64, alignment="right"),
        "gain": st.column_config.TextColumn(say("plan.col_gain", lang), alignment="right"),
        "kept": st.column_config.TextColumn(say("plan.col_kept", lang), alignment="right"),
        "price": st.column_config.TextColumn(say("plan.col_price", lang), alignment="right"),
        "place": say("plan.col_place", lang),
    }
    tall_px = _sentence_px([str(row["why"]) for row in rows])
    chosen = st.dataframe(
        list(rows),
        key=f"plan_table_{answer['plan_id']}_{answer.get('choice', 0)}",
        hide_index=True,
        height=min(_TALLEST_PX, tall_px * len(rows) + ROW_PX + 12),
        row_height=tall_px,
        on_select="rerun",
        selection_mode="single-row",
        column_order=[name for name in config if name in rows[0]],
        column_config=config,
        alt=title,
    )
    picked = chosen["selection"]["rows"]
    return answer["chosen"][picked[0]] if picked and picked[0] < len(rows) else None


def _sentence_px(sentences: Sequence[str]) -> int:
    """Return how tall a row is that shows the longest of these sentences, six lines at most: all rows are of one height."""
    longest_px = max(
        sum(_WIDE_PX if "가" <= sign <= "힣" else _NARROW_PX for sign in text) for text in sentences
    )
    lines = min(max(math.ceil(longest_px / (_WHY_PX - 30)), 3), 6)
    return _SENTENCE_PX + (lines - 3) * _LINE_PX


# Of a list's letters: Hangul, and about what others take; how wide the column of reasons is, and a line of it high.
_WIDE_PX, _NARROW_PX, _WHY_PX, _LINE_PX = 12.0, 7.0, 300, 18

# What an operator needs stands first, and is seen on a small screen without scrolling.
_CAMERA = (
    "no", "old", "sight", "key", "distance", "turn", "class", "chance", "status", "use", "camera", "night", "agency",
    "kind", "purpose", "density",
)  # fmt: skip
_WIDTHS_PX = {
    "no": 40, "old": 62, "sight": 146, "key": 172, "distance": 56, "turn": 78, "class": 62, "chance": 54, "use": 86,
    "status": 60,
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


def height_px(rows: int) -> int:
    """Return how tall a list of so many rows is, head and all, where nothing limits it."""
    return ROW_PX * (rows + 1) + 12


def _height(rows: int, *, tallest_px: int = _TALLEST_PX) -> int:
    return min(tallest_px, height_px(rows))
