"""The command `plans`: list the kept plans, show one, write one to a file, lay two side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from app import printing, printing_plan
from app.cli_options import AsJson, District

kept_plans = typer.Typer(rich_markup_mode=None)

Compare = Annotated[
    tuple[int, int] | None, typer.Option("--compare", help="Numbers of two plans: lay them side by side.")
]


@kept_plans.command()
def plans(compare: Compare = None, district: District = None, as_json: AsJson = False) -> None:
    """List the kept plans, show one, write one to a file, or lay two side by side.

    Example: golmok plans --compare 3 4
    """
    from app.services import plan_compare
    from etl.db import open_database

    if compare is None:
        raise typer.BadParameter("use: golmok plans --compare A B")
    printing.answer(plan_compare.compare(open_database(district), *compare), as_json, printing_plan.compared)
