"""A chart on a page: SVG that the server drew, in the page's own face and colours."""

from __future__ import annotations

import hashlib
from pathlib import Path

import streamlit as st

_component = st.components.v2.component(
    "golmok_chart",
    html='<div class="chart"></div>',
    css=".chart { margin: 0; color: var(--golmok-ink); } .chart svg { display: block; }",
    js=(Path(__file__).with_name("static") / "chart.js").read_text(encoding="utf-8"),
)


def chart(svg: str, *, key: str) -> None:
    """Draw a chart of ours, made for a page (`app.plan_charts.on_page`)."""
    token = hashlib.blake2b(svg.encode(), digest_size=8).hexdigest()
    _component(key=key, data={"svg": svg, "token": token})
