"""Commands about cases, and the question that is asked for one alone: who could have seen it?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app import cli_place, printing
from app.cli_options import AsJson, DensityClass, District, Lang
from app.progress import progress

if TYPE_CHECKING:
    from app.services.exports import Taking

case_commands = typer.Typer()
case = typer.Typer(
    help="Open, close and list the cases for which it may be asked who could have seen it.",
    no_args_is_help=True,
)
case_commands.add_typer(case, name="case")

Number = Annotated[str, typer.Argument(help="Number of the case or official document.")]
Person = Annotated[str, typer.Option("--by", help="The person who does it; stands in the history.")]
Moment = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]


@case.command("open")
def case_open(
    number: Number,
    office: Annotated[str, typer.Option("--office", help="The office that asks for footage.")],
    ground: Annotated[
        str,
        typer.Option(
            "--ground",
            help="Ground in law: 18-2-7 (investigation), ..., or 35 (the person concerned); in Korea.",
        ),
    ],
    by: Person,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Open a case: until it is closed, witness answers for it.

    Example: golmok case open 2013-1234 --office "Golmok police station" --ground 18-2-7 --by Kim
    """
    from app import printing_witness
    from app.services import cases as service
    from etl.db import open_database

    db = open_database(district, role="loader")
    row = service.open_case(db, number, office=office, ground=ground, by=by)
    printing.answer(row, as_json, printing_witness.opened)


@case.command("close")
def case_close(number: Number, by: Person, district: District = None, as_json: AsJson = False) -> None:
    """Close a case: witness answers for it no longer. Its row stays.

    Example: golmok case close 2013-1234 --by Kim
    """
    from app import printing_witness
    from app.services import cases as service
    from etl.db import open_database

    row = service.close_case(open_database(district, role="loader"), number, by=by)
    printing.answer(row, as_json, printing_witness.closed)


@case.command("list")
def case_list(
    still_open: Annotated[bool, typer.Option("--open", help="Only those that are open.")] = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """List the cases, the last opened first, with who opened and closed each.

    Example: golmok case list --open
    """
    from app import printing_witness
    from app.services import cases as service
    from etl.db import open_database

    db = open_database(district, role="loader")
    answer = service.cases(db, open_alone=still_open)
    printing.answer(answer, as_json, lambda told: printing_witness.cases(told, db.district.zone))


def _taking(out: Path, by: str | None, case_no: str) -> Taking:
    """Return who takes a request and what for. Raises WrongUse for a file of no known form, BadParameter without a name."""
    from app.services import witness_out
    from app.services.exports import Taking

    if not (by or "").strip():
        raise typer.BadParameter("--out needs --by: who takes the request")
    witness_out.form_of(out)
    return Taking("internal", by, f"case {case_no.strip()}")


Request = Annotated[
    Path | None,
    typer.Option("--out", help="Write the footage request too: .csv, .xlsx or .html. Needs --by."),
]
Radius = Annotated[float, typer.Option(help="How far the place may be off, metres: 1 to 1,000.")]
From = Annotated[
    datetime, typer.Option("--from", formats=Moment, help="From when, on the district's clocks.")
]
Asking = Annotated[str | None, typer.Option("--by", help="The person who asks: stands in the access log.")]


@case_commands.command()
def witness(
    case_no: Annotated[str, typer.Option("--case", help="Number of an open case.")],
    since: From,
    until: Annotated[datetime, typer.Option("--to", formats=Moment, help="To when.")],
    lat: cli_place.Lat = None,
    lon: cli_place.Lon = None,
    place: cli_place.Place = None,
    at_crs: cli_place.AtCrs = None,
    pick: cli_place.Pick = None,
    radius_m: Radius = 50.0,
    density_class: DensityClass = "observe",
    out: Request = None,
    by: Asking = None,
    lang: Lang = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Name the cameras that could have recorded a place and time, and whose footage is left. For an open case, logged.

    Example: golmok witness --case 2013-1234 --lat 37.5969 --lon 126.9357 --from 2013-12-20T22:00 --to 2013-12-20T23:00
    """
    from app import printing_witness
    from app.services import witness as service
    from app.services import witness_out
    from etl.db import open_database
    from etl.settings import settings

    taking = None if out is None else _taking(out, by, case_no)
    db = open_database(district, role="loader")
    begins, ends = (each.replace(tzinfo=db.district.zone) for each in (since, until))
    named = cli_place.Named(lat, lon, place, at_crs, pick, by, f"case {case_no.strip()}" if place else None)
    found = cli_place.place_of(db, named)
    asked = service.Asked(
        case_no, found["lon"], found["lat"], radius_m, begins, ends, density_class=density_class
    )
    with progress() as bar:
        service.refresh(db, asked, progress=bar)
    answer = service.witness(db, asked, who=by)
    if out is not None and taking is not None:
        answer = witness_out.write(db, answer, taking, out=out, lang=lang or settings().language)
    printing.answer(answer, as_json, printing_witness.witness)
