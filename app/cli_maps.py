"""Commands that write maps to take away: one file each, that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_maps
from app.cli_options import AsJson, By, Day, DensityClass, District, Edition, Purpose
from app.progress import progress

maps = typer.Typer()

Out = Annotated[Path, typer.Option("--out", help="The .html file to write.")]
Language = Annotated[str, typer.Option("--lang", help="ko or en.")]


@maps.command("map")
def map_out(
    out: Out,
    edition: Edition = "committee",
    density_class: DensityClass = "observe",
    at: Day = None,
    by: By = None,
    purpose: Purpose = None,
    lang: Language = "ko",
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write a map of an edition as one HTML file that opens with no internet and no server, at most 5 MB.

    Example: golmok map --out cameras.html --edition public
    """
    from app.roles import require_edition
    from app.services import map_out as service
    from app.services.exports import Taking
    from etl.db import open_database

    taking = Taking(require_edition(edition), by, purpose)
    with progress() as bar:
        result = service.write(
            open_database(district, role="loader"),
            out=out,
            taking=taking,
            density_class=density_class,
            at=at.date() if at else None,
            lang=lang,
            progress=bar,
        )
    printing.answer(result, as_json, printing_maps.map_out)
