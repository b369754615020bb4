"""Commands about what files were like: refused rows and how to mend them, and the sheet of each source's quality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_quality
from app.cli_options import AsJson, By, District, Lang, Purpose

quality_commands = typer.Typer()


@quality_commands.command()
def refusals(
    source: Annotated[
        str | None, typer.Option("--source", help="Of this source; of a layer: 'layer NAME'.")
    ] = None,
    batch: Annotated[int | None, typer.Option("--batch", help="Of the load of this number.", min=1)] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="With this code, such as BAD_COUNT.")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write the rows to this .csv file, to be mended and loaded again."),
    ] = None,
    by: By = None,
    purpose: Purpose = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Count the refused rows that no later file repaired, by reason and file; with --out write them as a file to mend.

    Example: golmok refusals --source cameras

    Example: golmok refusals --source cameras --out mend.csv --by Kim --purpose "mend the registry of May"
    """
    from app.services import refusals as service
    from app.services.exports import Taking
    from etl.db import open_database

    chosen = service.Chosen(source, batch, reason)
    if out is None:
        printing.answer(service.refusals(open_database(district), chosen), as_json, printing_quality.refusals)
        return
    if out.suffix.lower() != ".csv":
        raise typer.BadParameter(f"the rows are a .csv file, not {out.name}")
    result = service.write(open_database(district), chosen, Taking("internal", by, purpose), out=out)
    printing.answer(result, as_json, printing_quality.refused_file)


@quality_commands.command()
def quality(
    source: Annotated[str | None, typer.Argument(help="One source alone; of a layer: 'layer NAME'.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the sheet to a .csv or .html file.")
    ] = None,
    lang: Lang = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Show the sheet of each source: how complete by column, how fine its coordinates, how old, how much was refused.

    Example: golmok quality cameras     Example: golmok quality --out quality.html
    """
    from app.services import quality as service
    from app.services.exports import Taking
    from etl.db import open_database
    from etl.settings import settings

    db = open_database(district)
    if out is None:
        printing.answer(service.quality(db, source), as_json, printing_quality.quality)
        return
    result = service.write(db, source, Taking("committee"), out=out, lang=lang or settings().language)
    printing.answer(result, as_json, printing_quality.sheet_written)
