"""Commands that hand things over: tables as CSV, the policy page, and who took what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_out
from app.cli_options import AsJson, By, Day, DensityClass, District, Edition, Lang, Purpose

out_commands = typer.Typer()

What = Annotated[str, typer.Argument(help="cameras, coverage, zones, gaps or incidents.")]
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

    taking = Taking(require_edition(edition), by, purpose)
    service.require(what, taking.edition)
    if out.suffix.lower() != ".csv":
        raise typer.BadParameter(f"a table is a .csv file, not {out.name}")
    asked = service.Asked(
        what,
        density_class=density_class,
        at=at.date() if at else None,
        lang=lang or settings().language,
    )
    db = open_database(district)
    table = service.take(db, asked, taking)
    out.write_bytes(table.content)
    result = {
        "what": what,
        "edition": taking.edition,
        "out": str(out),
        "rows": table.rows,
        "at": table.at,
        "sha256": table.sha256,
        "invented": db.district.invented,
    }
    printing.answer(result, as_json, printing_out.table_out)


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
