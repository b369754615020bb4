"""Commands that write maps to take away: one file each, that opens anywhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_maps
from app.cli_options import AsJson, By, Day, DensityClass, District, Edition, Purpose
from app.progress import progress

maps = typer.Typer()

Out = Annotated[Path, typer.Option("--out", help="The .html file to write.")]
Language = Annotated[str, typer.Option("--lang", help="ko or en.")]
Incident = Annotated[str | None, typer.Option("--incident", help="Number of a loaded incident.")]
Latitude = Annotated[float | None, typer.Option(help="Latitude of a place instead.", min=-90, max=90)]
Longitude = Annotated[float | None, typer.Option(help="Longitude of a place instead.", min=-180, max=180)]
When = Annotated[
    datetime | None,
    typer.Option(
        "--when", formats=["%Y-%m-%d %H:%M", "%Y-%m-%d"], help="Time at the place; else now, on its clocks."
    ),
]
IncidentClass = Annotated[
    str | None,
    typer.Option("--for", help="Incident class (112 code) of a place: says which cameras may be used."),
]


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


@maps.command()
def handover(
    out: Out,
    by: By = None,
    purpose: Purpose = None,
    incident: Incident = None,
    lat: Latitude = None,
    lon: Longitude = None,
    when: When = None,
    incident_class: IncidentClass = None,
    density_class: DensityClass = "observe",
    lang: Language = "ko",
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write the hand-over sheet of an incident, one A4: who sees its place, who may, a map and a table. Internal.

    Example: golmok handover --incident 1 --out sheet.html --by Kim --purpose "hand-over to the police"
    """
    from app.services import handover as service
    from app.services.exports import Taking
    from etl.db import open_database

    taking = Taking("internal", by, purpose)
    db = open_database(district)
    asked = service.Asked(
        incident=incident,
        lat=lat,
        lon=lon,
        when=when and when.replace(tzinfo=db.district.zone),
        incident_class=incident_class,
    )
    result = service.write(db, asked, out=out, taking=taking, density_class=density_class, lang=lang)
    printing.answer(result, as_json, printing_maps.handover)
