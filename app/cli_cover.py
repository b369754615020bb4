"""The command on what candidates for new cameras see."""

from __future__ import annotations

import typer

from app import printing
from app.cli_options import AsJson, DensityClass, District
from app.progress import progress

covers = typer.Typer(rich_markup_mode=None)


@covers.command()
def cover(
    density_class: DensityClass = "observe", district: District = None, as_json: AsJson = False
) -> None:
    """Work out which camera that could be bought, hung and aimed sees which street, and keep it for the plans to come.

    Example: golmok cover --class recognise
    """
    from app import printing_cover
    from app.services import covering as service
    from etl.db import open_database

    with progress() as bar:
        result = service.refresh(
            open_database(district, role="loader"), density_class=density_class, progress=bar
        )
    printing.answer(result, as_json, printing_cover.cover)
