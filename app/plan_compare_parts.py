"""Two kept plans side by side on the page Plan: which is the other one, their figures in two columns, their sites on one map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app import address, phrases_compare, phrases_plan, plan_on_map, session, tables, words
from app.services import plans

Row = Mapping[str, Any]


def other(kept: Sequence[Row], plan_id: int) -> int | None:
    """Draw the choice of a plan to lay beside, kept in the address as `with`, and return its number; None for none."""
    lang = session.language()
    names = {row["plan_id"]: phrases_plan.kept(row, lang) for row in kept if row["plan_id"] != plan_id}
    if not names:
        return None
    # What was compared with may be the plan that is open now.
    if st.session_state.get("with_open") not in names:
        st.session_state.pop("with_open", None)
    return address.number_choice(
        "with", words.say("compare.with", lang), names, placeholder=words.say("compare.none", lang)
    )


def asked(answer: Row, plan_id: int) -> tuple[Row, Row] | None:
    """Return what two plans share and what the map draws of them; None where the comparison failed."""
    # Frames are heavy: only who compares waits for them.
    from app.services import plan_compare

    _, found = session.ask(plan_compare.compare, answer["plan_id"], plan_id)
    _, theirs = session.ask(plans.opened, plan_id)
    if found is None or theirs is None:
        return None
    return found, plan_on_map.compared(answer, theirs, found, lang=session.language())


def side_by_side(found: Row) -> None:
    """Draw the figures of two plans in two columns, then the sites of both and those of one alone."""
    lang = session.language()
    one, beside = (
        f"{letter} · {head}" for letter, head in zip("AB", phrases_compare.heads(found, lang), strict=True)
    )
    for line in phrases_compare.lines(found, lang):
        st.caption(line)
    heads = {"what": words.say("plan_compare.col_what", lang), "a": one, "b": beside}
    _table(
        "compare_figures",
        phrases_compare.figures(found, lang),
        heads,
        words.say("plan_compare.figures", lang),
    )
    named = {
        name: words.say(f"plan_compare.col_{name}", lang)
        for name in ("alley", "act", "apart", "turned", "place")
    }
    numbered = {"no_a": words.say("compare.no_a", lang), "no_b": words.say("compare.no_b", lang)}
    _table(
        "compare_common",
        phrases_compare.common(found, lang),
        {**numbered, **named},
        words.say("plan_compare.common", lang),
    )
    for side in ("a", "b"):
        title = words.say("plan_compare.only", lang, no=found[side]["plan_id"])
        rows = phrases_compare.alone(found, side, lang)
        _table(f"compare_{side}", rows, {"no": words.say("plan.col_no", lang), **named}, title)


def _table(key: str, rows: Sequence[Row], heads: Mapping[str, str], title: str) -> None:
    """Draw a list with its title and how many it has; nothing for an empty one."""
    if not rows:
        return
    st.markdown(f"**{title}**" if key == "compare_figures" else f"**{title}** · {words.number(len(rows))}")
    st.dataframe(
        list(rows),
        key=key,
        hide_index=True,
        height=tables.height_px(min(len(rows), _MOST_SHOWN[key == "compare_figures"])),
        row_height=tables.ROW_PX,
        column_order=[name for name in heads if name in rows[0]],
        column_config=dict(heads),
        alt=title,
    )


# So many rows are seen at once: all figures, some of the sites.
_MOST_SHOWN = {True: 20, False: 6}
