"""Charts of the report as SVG text: the same numbers give the same bytes, and no meaning hangs on colour alone."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib import font_manager, rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

# Okabe and Ito's blue and vermilion, darkened until they stand out on white; the rest are greys.
INK, MUTED, GRID = "#1B2733", "#5B6B7A", "#E1E6EB"
BLUE, PALE, ORANGE = "#0B5CAD", "#C4DAF0", "#B8460E"
WIDTH_IN = 6.7
FACES = ("Regular", "Bold")
EMPTY = shapely.Polygon()


@dataclass(frozen=True, slots=True)
class Band:
    """A share with its 95 % interval and hard bounds, all 0..1; None where unknown."""

    label: str
    share: float | None
    low: float | None = None
    high: float | None = None
    certain: float | None = None
    possible: float | None = None
    marker: str = "o"


@dataclass(frozen=True, slots=True)
class Bar:
    """A length with its printed value; value None is drawn as no bar, with its text in place."""

    label: str
    value: float | None
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """An area on the ground, metres from the middle, north up, between a title and a line of text.

    wrong  the part of the ground where it is not right, claimed or not
    """

    title: str
    area: shapely.Geometry
    text: str
    wrong: shapely.Geometry = EMPTY


def bands(rows: Sequence[Band], fonts: Path | None = None, *, reference: float | None = None) -> str:
    """Draw a point a row for the share, a line for the interval, a pale strip from certain to possible.

    The axis begins at 0 and ends at the first of 5, 10, 25, 50 or 100 % that holds everything drawn.
    reference  a share that all rows are held against, as a dashed line
    """
    with drawing(fonts):
        figure, axes = _sheet(rows_n=len(rows), step_in=0.27)
        for place, row in enumerate(rows):
            if row.certain is not None and row.possible is not None:
                axes.barh(place, row.possible - row.certain, left=row.certain, height=0.62, color=PALE)
            if row.low is not None and row.high is not None:
                axes.plot(
                    [row.low, row.high], [place, place], color=BLUE, linewidth=2.2, solid_capstyle="butt"
                )
                axes.plot([row.low, row.high], [place, place], "|", color=BLUE, markersize=8)
            if row.share is not None:
                axes.plot(row.share, place, row.marker, color=INK, markersize=6, markeredgecolor="white")
        if reference is not None:
            axes.axvline(reference, color=ORANGE, linewidth=1.2, linestyle="--", zorder=0.5)
        known = [each for row in rows for each in (row.share, row.high, row.possible) if each is not None]
        _share_axis(axes, top=max([*known, reference or 0.0]))
        _names(axes, [row.label for row in rows])
        return as_svg(figure)


def bars(rows: Sequence[Bar], fonts: Path | None = None, *, whole: float | None = None) -> str:
    """Draw a bar a row with its value printed; a strong row is darker and bears its value in bold."""
    with drawing(fonts):
        figure, axes = _sheet(rows_n=len(rows), step_in=0.27)
        top = whole or max((row.value or 0.0 for row in rows), default=0.0) or 1.0
        for place, row in enumerate(rows):
            axes.barh(place, row.value or 0.0, height=0.6, color=BLUE if row.strong else MUTED)
            weight = "bold" if row.strong else "normal"
            axes.text(
                (row.value or 0.0) + top * 0.012, place, row.text, va="center", color=INK, fontweight=weight
            )
        axes.set_xlim(0, top * 1.14)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        _names(axes, [row.label for row in rows])
        return as_svg(figure)


def columns(rows: Sequence[Bar], fonts: Path | None = None) -> str:
    """Draw upright bars in order, each with its value above; a strong one is hatched."""
    with drawing(fonts):
        figure = Figure(figsize=(WIDTH_IN, 1.9))
        axes = figure.add_axes((0.02, 0.2, 0.96, 0.68))
        top = max((row.value or 0.0 for row in rows), default=0.0) or 1.0
        small = 8.0 if len(rows) <= 18 else 6.5
        for place, row in enumerate(rows):
            colour = BLUE if row.strong else MUTED
            (bar,) = axes.bar(
                place, row.value or 0.0, width=0.7, color=colour, edgecolor="white", linewidth=0.0
            )
            if row.strong:
                bar.set_hatch("////")
            axes.text(
                place, (row.value or 0.0) + top * 0.03, row.text, ha="center", color=INK, fontsize=small
            )
        axes.set_ylim(0, top * 1.16)
        axes.set_xlim(-0.7, max(len(rows), 6) - 0.3)
        axes.set_yticks([])
        every = max(1, -(-len(rows) // 12))
        places = list(range(0, len(rows), every))
        axes.set_xticks(places, [rows[place].label for place in places])
        bare(axes, keep=("bottom",))
        return as_svg(figure)


def steps(history: Sequence[tuple[date, int, int]], names: tuple[str, str], fonts: Path | None = None) -> str:
    """Draw sites and cameras over the years: (day, sites, cameras), oldest first; names label the two lines."""
    with drawing(fonts):
        figure = Figure(figsize=(WIDTH_IN, 2.1))
        axes: Any = figure.add_axes((0.08, 0.13, 0.76, 0.82))  # Any: dates are fine, the stubs want numbers
        days = [row[0] for row in history]
        for column, colour, style in ((2, BLUE, "-"), (1, ORANGE, "--")):
            values = [row[column] for row in history]
            axes.step(days, values, style, where="post", color=colour, linewidth=2)
            if days:
                text = f"{names[column - 1]}  {values[-1]:,}"
                axes.annotate(
                    text,
                    (days[-1], values[-1]),
                    xytext=(6, 0),
                    textcoords="offset points",
                    va="center",
                    color=colour,
                    fontweight="bold",
                )
        axes.set_ylim(bottom=0)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axes.grid(axis="y", color=GRID, linewidth=0.8)
        _year_ticks(axes, days)
        bare(axes, keep=("bottom",))
        return as_svg(figure)


def grounds(
    panels: Sequence[Panel], walls: Sequence[shapely.Geometry], *, reach_m: float, fonts: Path | None = None
) -> str:
    """Draw areas side by side among the same walls, each as far as reach_m from a pole in the middle."""
    with drawing(fonts):
        side = WIDTH_IN / max(len(panels), 1)
        figure = Figure(figsize=(WIDTH_IN, side + 0.5))
        for place, panel in enumerate(panels):
            box = (place * side / WIDTH_IN, 0.25 / (side + 0.5), side / WIDTH_IN, side / (side + 0.5))
            axes: Any = figure.add_axes(box)  # Any: the stubs know no aspect by name
            _fill(axes, [panel.area], facecolor=PALE, edgecolor=BLUE, linewidth=0.6)
            _fill(axes, [panel.wrong], facecolor=ORANGE, edgecolor="none")
            _fill(axes, walls, facecolor=MUTED, edgecolor="none")
            axes.plot(0.0, 0.0, "o", color=ORANGE, markersize=4, markeredgecolor="white")
            axes.set_xlim(-1.04 * reach_m, 1.04 * reach_m)
            axes.set_ylim(-1.04 * reach_m, 1.04 * reach_m)
            axes.set_aspect("equal")
            axes.set_title(panel.title, fontsize=8.5, fontweight="bold", color=INK)
            axes.set_xlabel(panel.text, color=INK)
            axes.set_xticks([])
            axes.set_yticks([])
            bare(axes, keep=())
        return as_svg(figure)


def _fill(axes: Any, shapes: Sequence[shapely.Geometry], **look: Any) -> None:
    """Fill polygons, their holes left open."""
    parts = shapely.get_parts(np.asarray(shapes, dtype=object))
    parts = shapely.orient_polygons(parts[(shapely.get_dimensions(parts) == 2) & ~shapely.is_empty(parts)])
    for part in parts:
        rings = [Outline(shapely.get_coordinates(ring), closed=True) for ring in shapely.get_rings(part)]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), **look))


def _year_ticks(axes: Any, days: Sequence[date]) -> None:
    if not days:
        return
    first, last = days[0].year, days[-1].year
    every = max(1, (last - first) // 8 + 1)
    years = [year for year in range(first, last + 1, every) if days[0] <= date(year, 1, 1) <= days[-1]]
    axes.set_xticks([date(year, 1, 1) for year in years], [str(year) for year in years])


def _sheet(*, rows_n: int, step_in: float) -> tuple[Figure, Any]:
    """Return a figure as tall as its rows, first row on top; Any: matplotlib's axes carry loose types."""
    height = 0.42 + step_in * max(rows_n, 1)
    figure = Figure(figsize=(WIDTH_IN, height))
    axes = figure.add_axes((0.28, 0.3 / height, 0.7, 1 - 0.36 / height))
    axes.set_ylim(max(rows_n, 1) - 0.5, -0.5)
    bare(axes, keep=("bottom",))
    return figure, axes


def _share_axis(axes: Any, *, top: float) -> None:
    whole = next((each for each in (0.05, 0.1, 0.25, 0.5) if top <= each), 1.0)
    ticks = [
        whole * part
        for part in ((0.0, 0.2, 0.4, 0.6, 0.8, 1.0) if whole != 1.0 else (0.0, 0.25, 0.5, 0.75, 1.0))
    ]
    axes.set_xlim(-0.01 * whole, 1.01 * whole)
    axes.set_xticks(ticks, [f"{100.0 * tick:g}%" for tick in ticks])
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)


def _names(axes: Any, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), [_short(label) for label in labels])


def _short(label: str, most: int = 26) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"


def bare(axes: Any, *, keep: tuple[str, ...]) -> None:
    for side, spine in axes.spines.items():
        spine.set_visible(side in keep)
        spine.set_color(MUTED)
    axes.tick_params(length=0, colors=INK)


@contextmanager
def drawing(fonts: Path | None) -> Iterator[None]:
    """Set the typeface and the salt of element names; text stays text, so that the page's own face draws it."""
    family = ["DejaVu Sans"]
    if fonts is not None and _register(str(fonts)):
        family.insert(0, "Pretendard")
    settings: Any = {  # Any: the stubs want a literal of all its keys
        "svg.hashsalt": "golmok",
        "svg.fonttype": "none",
        "font.family": family,
        "font.size": 8.5,
        "text.color": INK,
        # A name may hold a dollar sign; it is no formula.
        "text.parse_math": False,
        # The page shows through, with its watermark.
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }
    with rc_context(settings), warnings.catch_warnings():
        # Without Pretendard the widths of Korean words are only guessed here; the page draws them itself.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def _register(folder: str) -> bool:
    """Make Pretendard known to matplotlib once; return whether it is there."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    found = False
    for face in FACES:
        for path in sorted(Path(folder).rglob(f"Pretendard-{face}.[ot]tf"))[:1]:
            found = True
            if str(path) not in known:
                font_manager.fontManager.addfont(str(path))
    return found


def as_svg(figure: Figure) -> str:
    sheet = io.StringIO()
    canvas: Any = FigureCanvasSVG(figure)  # Any: print_svg bears no types
    canvas.print_svg(sheet, metadata={"Date": None, "Creator": None})
    text = sheet.getvalue()
    # Several charts stand on one page: names of groups would repeat there, and nothing refers to them.
    return re.sub(r'<g id="[^"]*"', "<g", text[text.index("<svg") :])
