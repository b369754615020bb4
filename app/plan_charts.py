"""The curves beside a plan as SVG text: what more money would see, and what less intrusion would cost.

Each line and place has its own form, so that no meaning hangs on colour alone; the table beside each chart holds the
same numbers. `on_page` makes the colours those of the page, light or dark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from app.charts import BLUE, GRID, INK, MUTED, ORANGE, WIDTH_IN, as_svg, bare, drawing

# As wide as a column of the page: letters keep a readable size when the chart fills it.
PAGE_IN = 4.6
_HEIGHT_IN = 2.7
_LEFT_IN, _RIGHT_IN = 0.62, 0.2
# What stands for each colour on a page: its ink, its accent and quieter inks of it.
_ON_PAGE = {
    INK: "currentColor",
    MUTED: "currentColor",
    BLUE: "var(--golmok-accent)",
    ORANGE: "currentColor",
    GRID: "rgba(128, 140, 142, 0.3)",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chart: its places along the axis, shares 0..1, its name; a dashed one has no points of its own."""

    name: str
    at: Sequence[float]
    shares: Sequence[float]
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a chart that is named: this plan, another way. `marker` as matplotlib names them."""

    name: str
    at: float
    share: float
    marker: str = "D"


@dataclass(frozen=True, slots=True)
class Axes:
    """What stands along the axes: the name of each, and the printed text of a number along the first."""

    across: str
    up: str
    text: dict[float, str]

    def ticks(self) -> tuple[list[float], list[str]]:
        """Return the places and their texts."""
        return list(self.text), list(self.text.values())


def lines(
    rows: Sequence[Line],
    spots: Sequence[Spot],
    axes: Axes,
    *,
    width_in: float = WIDTH_IN,
    fonts: Path | None = None,
) -> str:
    """Draw lines of shares over money or square metres, and single places; what each is stands above, by its form."""
    with drawing(fonts):
        figure = Figure(figsize=(width_in, _HEIGHT_IN))
        left, right = _LEFT_IN / width_in, 1.0 - _RIGHT_IN / width_in
        sheet: Any = figure.add_axes(
            (left, 0.19, right - left, 0.6)
        )  # Any: matplotlib's axes carry loose types
        for row in rows:
            colour, style = (ORANGE, "--") if row.dashed else (BLUE, "o-")
            sheet.plot(row.at, row.shares, style, color=colour, linewidth=1.8, markersize=4.5, label=row.name)
        for spot in spots:
            sheet.plot(
                spot.at, spot.share, spot.marker, color=INK, markersize=7, linestyle="none", label=spot.name
            )
        figure.legend(
            loc="upper left",
            bbox_to_anchor=(left - 0.01, 1.0),
            ncols=2,
            frameon=False,
            labelcolor=INK,
            borderpad=0.1,
        )
        _along(sheet, axes)
        return as_svg(figure)


def on_page(svg: str, label: str) -> str:
    """Return the chart for a page: in its colours, light or dark, as wide as its place, with what it shows in words."""
    for hex_colour, colour in _ON_PAGE.items():
        svg = re.sub(hex_colour, colour, svg, flags=re.IGNORECASE)
    # The page's own face draws the words.
    svg = re.sub(r"font-family: [^;\"]+;?", "", svg)
    head = re.sub(r'\b(width|height)="[^"]*"', "", svg[: svg.index(">")], count=2)
    look = "width:100%;height:auto;max-width:44rem"
    return f'{head} style="{look}" role="img" aria-label="{label}"{svg[svg.index(">") :]}'


def ticks(most: float, *, count: int = 4) -> list[float]:
    """Return round places from 0 to `most` along an axis, some `count` of them."""
    if most <= 0.0:
        return [0.0]
    found = MaxNLocator(nbins=count, steps=[1, 2, 5, 10]).tick_values(0.0, most)
    return [float(place) for place in found if 0.0 <= place <= most * 1.0001]


def _along(sheet: Any, axes: Axes) -> None:
    places, texts = axes.ticks()
    sheet.set_xticks(places, texts)
    sheet.set_xlabel(axes.across, color=INK)
    sheet.set_ylabel(axes.up, color=INK)
    low, high = sheet.get_ylim()
    # A share has no place below nothing or above all; the rest of the axis is as long as the curve needs.
    sheet.set_ylim(max(0.0, low), min(1.0, high) if high > 1.0 else high)
    sheet.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 5, 10]))
    sheet.yaxis.set_major_formatter(lambda share, _: f"{100.0 * share:g}%")
    sheet.grid(axis="y", color=GRID, linewidth=0.8)
    sheet.set_axisbelow(True)
    bare(sheet, keep=("bottom",))
