"""The commands `stability` and `frontier`: what is looked into of a kept plan beside its answer, as it takes longer."""

from __future__ import annotations

from typing import Annotated

import typer

from app import printing, printing_stability
from app.cli_options import AsJson, District
from app.progress import progress

stability_commands = typer.Typer(rich_markup_mode=None)

Plan = Annotated[int, typer.Argument(help="Number of a kept plan.", min=1)]


@stability_commands.command()
def stability(
    plan: Plan,
    draws: Annotated[int, typer.Option(help="How many times the weights are drawn anew.", min=1)] = 1000,
    seed: Annotated[int, typer.Option(help="Of the draws: the same seed, the same figures.", min=0)] = 1,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say which sites of a kept plan stay when the weights of risk change by up to 20 %; kept with the plan.

    Example: golmok stability 1 --draws 1000
    """
    from app.services import stability as service
    from etl.db import open_database

    with progress() as bar:
        db = open_database(district, role="loader")
        result = service.stability(db, plan, draws=draws, seed=seed, progress=bar)
    printing.answer(result, as_json, printing_stability.stability)


@stability_commands.command()
def frontier(
    plan: Plan,
    steps: Annotated[int, typer.Option(help="How many plans, the first without any.", min=2, max=50)] = 6,
    seconds: Annotated[float, typer.Option(help="For all of them together.", min=0.0)] = 60.0,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say what a kept plan would see if it looked into less private ground; kept with the plan.

    Example: golmok frontier 1 --steps 6
    """
    from app.services import frontier as service
    from etl.db import open_database

    with progress() as bar:
        db = open_database(district, role="loader")
        result = service.frontier(db, plan, steps=steps, seconds=seconds, progress=bar)
    printing.answer(result, as_json, printing_stability.frontier)
