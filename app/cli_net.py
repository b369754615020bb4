"""The command on ways out: which cameras close them, what stays open, who sees him next."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app import printing, printing_net
from app.cli_options import AsJson, District

net_commands = typer.Typer()

Latitude = Annotated[float | None, typer.Option(help="Latitude, degrees (EPSG:4326).", min=-90, max=90)]
Longitude = Annotated[float | None, typer.Option(help="Longitude, degrees (EPSG:4326).", min=-180, max=180)]
Minutes = Annotated[
    str, typer.Option("--minutes", help="Rings, minutes from where he may be by now, with commas.")
]
Mode = Annotated[str, typer.Option("--mode", help="How he moves: foot, bicycle or car.")]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", help="When it was called in: 14:03 on the district's clocks, or with day and zone."
    ),
]
Incident = Annotated[
    str | None, typer.Option("--for", help="Incident class (112 code): says which cameras may be used.")
]
Reaction = Annotated[float, typer.Option("--reaction", help="Seconds until anybody looks.", min=0, max=3600)]
First = Annotated[bool, typer.Option("--first", help="The first answer alone, without its proof.")]
Next = Annotated[
    str | None, typer.Option("--next", help="Number of the camera that sees him: who sees him next?")
]


@net_commands.command()
def net(
    lat: Latitude = None,
    lon: Longitude = None,
    minutes: Minutes = "1,3,5",
    mode: Mode = "foot",
    since: Since = None,
    incident: Incident = None,
    reaction: Reaction = 30.0,
    first: First = False,
    after: Next = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Name the fewest cameras that close the ways out of a place, ring by ring, and the exits that none closes.

    Example: golmok net --lat 37.596914 --lon 126.935667 --minutes 1,3,5 --json     Example: golmok net --next 202631200000001-1
    """
    from etl.db import open_database

    if after is not None:
        if lat is not None or lon is not None or since is not None:
            raise typer.BadParameter("--next asks about a camera: give no place and no time with it")
        from app.services import net_relay

        told = net_relay.relay(open_database(district), after, mode=mode, incident_class=incident)
        printing.answer(told, as_json, printing_net.relay)
        return
    if lat is None or lon is None:
        raise typer.BadParameter("a place takes --lat and --lon")
    from app.services import net as service

    db = open_database(district)
    flight = service.Flight(
        minutes=_rings(minutes),
        mode=mode,
        since=None if since is None else _instant(since, db.district.zone),
        incident_class=incident,
        reaction_s=reaction,
    )
    printing.answer(service.net(db, lon, lat, flight=flight, proven=not first), as_json, printing_net.net)


def _rings(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"rings are minutes with commas such as 1,3,5, not {text!r}") from None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    from app.clock_text import instant

    try:
        return instant(text, zone)
    except ValueError:
        raise typer.BadParameter(f"a time is 14:03 or 2026-11-27T14:03, not {text!r}") from None
