"""The command `plans`: list the kept plans, show one, write one to a file, lay two side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_plan
from app.cli_options import AsJson, By, District, Edition, Lang, Purpose

kept_plans = typer.Typer(rich_markup_mode=None)

Show = Annotated[int | None, typer.Option("--show", help="Number of a plan: show it as it was made.", min=1)]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="The file to write: .pdf (the committee's sheet), .csv or .gpkg (internal)."),
]
PlanNumber = Annotated[int | None, typer.Option("--plan", help="With --out: number of the plan.", min=1)]
Compare = Annotated[
    tuple[int, int] | None, typer.Option("--compare", help="Numbers of two plans: lay them side by side.")
]


@kept_plans.command()
def plans(
    show: Show = None,
    out: Out = None,
    plan: PlanNumber = None,
    compare: Compare = None,
    edition: Edition = "committee",
    by: By = None,
    purpose: Purpose = None,
    lang: Lang = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """List the kept plans; show one; write one as the committee's sheet, for Excel or for maps; lay two side by side.

    Example: golmok plans --out plan.pdf --plan 3

    Example: golmok plans --out plan.gpkg --plan 3 --edition internal --by "Kim" --purpose "survey of the sites"
    """
    ways = sum(each is not None for each in (show, out, compare))
    if ways > 1 or (out is None) != (plan is None):
        raise typer.BadParameter(
            "use: golmok plans; --show NUMBER; --out FILE --plan NUMBER; or --compare A B"
        )
    if out is not None and plan is not None:
        taken = (edition, by, purpose)
        _write(district, plan, out, taken=taken, lang=lang, as_json=as_json)
    elif compare is not None:
        from app.services import plan_compare
        from etl.db import open_database

        result = plan_compare.compare(open_database(district), *compare)
        printing.answer(result, as_json, printing_plan.compared)
    else:
        _read(district, show, as_json=as_json)


def _read(district: str | None, number: int | None, *, as_json: bool) -> None:
    """Print a plan of a number, or the list of all."""
    from app.services import consultation
    from app.services import plans as service
    from etl.db import open_database

    db = open_database(district)
    if number is None:
        states = consultation.states(db)
        listed = [{**row, "state": states.get(row["plan_id"])} for row in service.earlier(db)]
        found = {"plans": listed, "invented": db.district.invented}
        printing.answer(found, as_json, printing_plan.kept)
        return
    from app.services.plan import without_views

    printing.answer(without_views(service.opened(db, number)), as_json, printing_plan.plan)


def _write(
    district: str | None,
    number: int,
    out: Path,
    *,
    taken: tuple[str, str | None, str | None],
    lang: str | None,
    as_json: bool,
) -> None:
    from app.roles import require_edition
    from app.services import plans_out as service
    from app.services.exports import Taking
    from etl.db import open_database
    from etl.settings import settings

    edition, by, purpose = taken
    service.require(service.form_of(out), require_edition(edition))
    taking = Taking(require_edition(edition), by, purpose)
    result = service.write(open_database(district), number, taking, out=out, lang=lang or settings().language)
    printing.answer(result, as_json, printing_plan.written)
