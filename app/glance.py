"""One key on the Find page: does the picture of this camera show the place? The answer sharpens what is believed of its aim."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import session, words
from app.livemap import Row
from app.words import towards

# Keys of the keyboard that answer; C and R belong to Streamlit.
YES, NO = "Y", "N"


def ask(cameras: Sequence[Row], point: Row) -> None:
    """Draw the question for cameras of uncertain sight, and record the answer; nothing where there is none."""
    asked = [row for row in cameras if tells(row)]
    if not asked:
        return
    lang = session.language()
    st.subheader(words.say("glance.title", lang))
    keys = [row["camera_key"] for row in asked]
    names = {row["camera_key"]: f"{row['camera_key']} · {towards(row['turn_to_deg'], lang)}" for row in asked}
    chosen = st.selectbox(
        words.say("glance.camera", lang),
        keys,
        format_func=lambda key: names.get(key, key),
        key="glance_camera",
    )
    left, right = st.columns(2)
    seen = None
    if left.button(words.say("glance.yes", lang), key="glance_yes", shortcut=YES, width="stretch"):
        seen = True
    if right.button(words.say("glance.no", lang), key="glance_no", shortcut=NO, width="stretch"):
        seen = False
    if seen is not None and keep(chosen, point["lat"], point["lon"], seen=seen):
        # The answer above was drawn before this was known: ask again.
        st.rerun(scope="fragment")
    st.caption(words.say("glance.note", lang))


def tells(row: Row) -> bool:
    """Say whether an answer would tell where a camera looks: it may see the place, and does not turn nor look all round."""
    unsure = row["sight"] == "possible" and not row["must_turn"] and row["heading_deg"] is None
    return unsure and row["kind"] not in ("ptz", "fisheye")


def keep(
    camera: str, lat: float, lon: float, *, seen: bool, hand: session.Writer | None = None
) -> int | None:
    """Record whether a camera's picture shows a place as evidence of its aim; return its number, None if it failed.

    hand  writes, and says later what failed; None: what failed is said at once
    """
    # Frames and kernels are loaded when somebody answers, not with the page.
    from app.services import glances

    write, by = (session.record, session.visitor()) if hand is None else (hand.write, hand.by)
    done, kept = write(glances.record, camera, lat=lat, lon=lon, seen=seen, by=by)
    return int(kept["evidence_id"]) if done and kept is not None else None


def take_back(evidence_id: int, hand: session.Writer) -> bool:
    """Take such evidence back: it stays and counts no more. True where that was done."""
    from app.services import glances

    return hand.write(glances.take_back, evidence_id, by=hand.by)[0]
