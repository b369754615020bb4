"""Commands of the planner and the data steward: the next cameras, and a look into a registry's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, DensityClass, District
from app.progress import progress

plans = typer.Typer(rich_markup_mode=None)


@plans.command()
def plan(
    cameras: Annotated[int | None, typer.Option(help="How many new cameras.", min=1, max=1000)] = None,
    budget_won: Annotated[int | None, typer.Option(help="Budget in won, instead of a number.", min=1)] = None,
    density_class: DensityClass = "observe",
    weight: Annotated[
        list[str] | None,
        typer.Option(help="A layer's weight, over the district's: incidents=3. May be repeated."),
    ] = None,
    dong: Annotated[str | None, typer.Option(help="Code of a dong: its streets alone.")] = None,
    name: Annotated[str | None, typer.Option(help="What the plan is called.")] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Choose the next camera sites: the most unseen risk for the number or the budget, with a bound.

    Example: golmok plan --cameras 20 --json
    """
    from app.services import plan as service
    from etl.db import open_database

    if (cameras is None) == (budget_won is None):
        raise typer.BadParameter("give either --cameras N or --budget-won W")
    with progress() as bar:
        result = service.plan(
            open_database(district, role="loader"),
            cameras=cameras,
            budget_won=budget_won,
            density_class=density_class,
            weights=_weights(weight or []),
            dong=dong,
            name=name,
            progress=bar,
        )
    printing.answer(service.without_views(result), as_json, printing.plan)


@plans.command()
def look(
    file: Annotated[Path, typer.Argument(help="A registry of cameras, of any district.")],
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say what a registry's file holds, what is wrong in it, what is missing, what to check first. It stores nothing.

    Example: golmok look registry.csv
    """
    from app import printing_look
    from app.services import look_into as service

    with progress() as bar:
        result = service.look_alone_or_beside(district, file, progress=bar)
    printing.answer(result, as_json, printing_look.look)
    if result["status"] == "refused":
        raise typer.Exit(3)


def _weights(typed: list[str]) -> dict[str, float]:
    """Return the weights that were typed as `layer=number`."""
    found = dict(each.partition("=")[::2] for each in typed)
    try:
        return {layer: float(number) for layer, number in found.items()}
    except ValueError:
        raise typer.BadParameter("a weight is written like incidents=3") from None
