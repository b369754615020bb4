"""Commands that hand things over: tables as CSV, the policy page, and who took what."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_out
from app.cli_options import AsJson, By, Day, DensityClass, District, Edition, Lang, Purpose

out_commands = typer.Typer()

What = Annotated[str, typer.Argument(help="cameras, coverage, zones, gaps, incidents or plan.")]
PlanNumber = Annotated[
    int | None, typer.Option("--plan", help="plan: number of the plan; else the last one.", min=1)
]
CsvFile = Annotated[Path, typer.Option("--out", help="The .csv file to write.")]


@out_commands.command("export")
def export(
    what: What,
    out: CsvFile,
    edition: Edition = "committee",
    by: By = None,
    purpose: Purpose = None,
    density_class: DensityClass = "observe",
    at: Day = None,
    plan: PlanNumber = None,
    lang: Lang = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write a table as CSV that Excel opens: of each edition, only what its readers may have.

    Example: golmok export cameras --out cameras.csv --edition public

    Example: golmok export gaps --out gaps.csv --edition internal --by "Kim" --purpose "patrol routes of May"
    """
    from app.roles import require_edition
    from app.services import tables_out as service
    from app.services.exports import Taking
    from etl.db import open_database
    from etl.settings import settings

    if out.suffix.lower() != ".csv":
        raise typer.BadParameter(f"a table is a .csv file, not {out.name}")
    taking = Taking(require_edition(edition), by, purpose)
    asked = service.Asked(
        what, density_class=density_class, at=_day(at), plan_id=plan, lang=lang or settings().language
    )
    service.require(what, taking.edition)
    result = service.write(open_database(district), asked, taking, out=out)
    printing.answer(result, as_json, printing_out.table_out)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@out_commands.command()
def policy(
    out: Annotated[Path, typer.Option("--out", help="The .html file to write.")],
    lang: Lang = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write the public policy page of article 25, paragraph 7 (Korean law): eight items, from registry and settings.

    Example: golmok policy --out policy.html
    """
    from app.services import policy as service
    from etl.db import open_database
    from etl.settings import settings

    # Read as the public may read: what the page could not hold, it cannot be given.
    result = service.write(open_database(district, role="public"), out, lang=lang or settings().language)
    printing.answer(result, as_json, printing_out.policy)


@out_commands.command()
def access(
    since: Annotated[datetime, typer.Option("--since", formats=["%Y-%m-%d"], help="First day.")],
    exports: Annotated[bool, typer.Option("--exports", help="Only what was taken out of the house.")] = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """List who read places of incidents or took an internal export, when and why: the access log.

    Example: golmok access --since 2013-06-01 --exports
    """
    from zoneinfo import ZoneInfo

    from app.services import access as service
    from etl.db import open_database

    db = open_database(district, role="owner")
    result = service.access(db, since.date(), exports_alone=exports)
    zone = ZoneInfo(db.district.timezone)
    printing.answer(result, as_json, lambda answer: printing_out.access(answer, zone))
