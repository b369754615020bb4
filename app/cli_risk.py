"""The command that tells what risk is made of, freezes what it is scaled by, and makes weights of judgements."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District

risk_commands = typer.Typer(rich_markup_mode=None)


@risk_commands.command()
def risk(
    weight: Annotated[
        list[str] | None,
        typer.Option(help="A layer's weight, over the district's: incidents=3. May be repeated."),
    ] = None,
    pairwise: Annotated[
        list[str] | None,
        typer.Option(
            help="How many times a layer counts as another, 1/9 to 9: incidents/dark=3. Each pair once; their layers "
            "alone weigh then. Refused where the judgements disagree (consistency ratio above 0.10)."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--class", help="Code of a class of calls. May be repeated.")
    ] = None,
    hours: Annotated[
        str | None,
        typer.Option(help="Hours whose calls count, on the district's clocks, both counted: 22-5."),
    ] = None,
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Freeze anew what layers are scaled by, from the last 12 months.")
    ] = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say what the risk of a place is made of: each layer with weight, rows, date, file, and what it is scaled by.

    Example: golmok risk --pairwise incidents/dark=3 --pairwise dark/narrow=1 --pairwise incidents/narrow=3
    """
    from app import printing_risk
    from app.services import risk as service
    from etl.db import open_database

    result = service.told(
        open_database(district, role="loader"),
        weights=_numbers(weight or [], "incidents=3"),
        judgements=_numbers(pairwise or [], "incidents/dark=3"),
        classes=only or None,
        hours=None if hours is None else hours_of(hours),
        freeze_now=freeze,
    )
    printing.answer(result, as_json, printing_risk.risk)


def hours_of(typed: str) -> list[int]:
    """Return the hours 0..23 from one to another, both counted, over midnight where the second is earlier: "22-5"."""
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", typed.strip())
    first, last = (int(part) for part in found.groups()) if found else (99, 99)
    if not (first <= 23 and last <= 23):
        raise typer.BadParameter("hours are written like 22-5, from 0 to 23")
    return [(first + step) % 24 for step in range((last - first) % 24 + 1)]


def _numbers(typed: list[str], example: str) -> dict[str, float]:
    """Return what was typed as `name=number`, a fraction as 1/3 also."""
    found: dict[str, float] = {}
    for each in typed:
        name, _, value = each.partition("=")
        above, _, below = value.partition("/")
        try:
            found[name.strip()] = float(above) / float(below or 1)
        except (ValueError, ZeroDivisionError):
            raise typer.BadParameter(f"written like {example}, not {each!r}") from None
    return found
