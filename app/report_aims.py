"""The report's page on how sure the figures are: unknown headings, what is known of them, which error matters most."""

from __future__ import annotations

from collections.abc import Iterator

from app.phrases_aim import largest_first
from app.report_blocks import Block, Heading, Table, Text
from app.report_format import DASH, Figures, span
from app.report_view import View, part
from app.words import label, number, percent


def aims(view: View) -> Iterator[Block]:
    """Yield the range without evidence, with it, and with what people found; then the error budget."""
    figure = part(view.run, "aims")
    if not figure:
        return
    yield Heading(view.say("aims.title"), 1)
    if figure.get("errors") is None:
        yield Text(label("reason", figure["reason_code"], view.lang))
        return
    yield Text(_rests_on(view, figure))
    found = {"even": figure["even"], "unchecked": figure["unchecked"], "now": view.alleys}
    cells = tuple(
        (view.say(key), percent(found[name].get("share")), _span(found[name], view.lang))
        for name, key in _STEPS.items()
    )
    head = tuple(view.say(f"col.{name}") for name in ("known", "share", "range"))
    yield Table(view.say("aims.table"), head, cells, "lrr", (6, 2, 3))
    narrowed = figure.get("narrowed_by")
    if narrowed is not None:
        yield Text(
            view.say("aims.narrowed" if narrowed > 0.0 else "aims.not_narrowed", part=percent(narrowed, 0))
        )
    yield from _budget(view)


def _rests_on(view: View, figure: Figures) -> str:
    sources = part(figure, "rests_on")
    told = ", ".join(f"{label('evidence', name, view.lang)} {number(n)}" for name, n in sources.items())
    return view.say("aims.intro", unknown=number(figure["unknown"]), sources=told or DASH)


def _span(row: Figures, lang: str) -> str:
    return span(row.get("low"), row.get("high"), lang)


_STEPS = {"even": "aims.even", "unchecked": "aims.unchecked", "now": "aims.now"}


def _budget(view: View) -> Iterator[Block]:
    """Yield each error alone, the largest first."""
    found = part(view.figures, "errors")
    errors = part(found, "errors")
    if not errors:
        return
    cells = tuple(
        (view.say(_ERRORS[name][0]), f"±{number(100.0 * errors[name], 3)}", view.say(_ERRORS[name][1]))
        for name in largest_first(errors)
    )
    head = tuple(view.say(f"col.{name}") for name in ("error", "half_width", "cause"))
    yield Table(view.say("error.table"), head, cells, "lrl", (3, 2, 6), figure="errors")
    yield Text(
        view.say("error.note", sampled=number(found.get("sampled")), step=f"{errors['step_m']:g}"),
        "quiet",
        figure="errors",
    )


_ERRORS = {
    "aim": ("error.aim", "error.aim_why"),
    "lens": ("error.lens", "error.lens_why"),
    "height": ("error.height", "error.height_why"),
    "buildings": ("error.buildings", "error.buildings_why"),
    "rim": ("error.rim", "error.rim_why"),
}
