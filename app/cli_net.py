"""The command on ways out: which cameras close them, what stays open, who sees him next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from app import cli_place, printing, printing_net
from app.cli_options import AsJson, By, District

net_commands = typer.Typer()

# Clocks of two machines may differ by so much.
_AHEAD = timedelta(minutes=1)

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
    lat: cli_place.Lat = None,
    lon: cli_place.Lon = None,
    place: cli_place.Place = None,
    at_crs: cli_place.AtCrs = None,
    pick: cli_place.Pick = None,
    by: By = None,
    purpose: cli_place.PlacePurpose = None,
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
        told = _relay(district, after, other=(lat, lon, place, since), mode=mode, incident=incident)
        printing.answer(told, as_json, printing_net.relay)
        return
    from app.services import net as service

    db = open_database(district)
    named = cli_place.Named(lat, lon, place, at_crs, pick, by, purpose)
    found = cli_place.place_of(db, named)
    flight = service.Flight(
        minutes=_rings(minutes),
        mode=mode,
        since=None if since is None else _instant(since, db.district.zone),
        incident_class=incident or found.get("incident_class"),
        reaction_s=reaction,
    )
    told = service.net(db, found["lon"], found["lat"], flight=flight, proven=not first)
    printing.answer({**told, "place": found} if place else told, as_json, printing_net.net)


def _relay(
    district: str | None, camera: str, *, other: Iterable[object], mode: str, incident: str | None
) -> Mapping[str, Any]:
    """Return who sees him next after a camera; `other` is what asks about a place, which does not go with it."""
    from app.services import net_relay
    from etl.db import open_database

    if any(each is not None for each in other):
        raise typer.BadParameter("--next asks about a camera: give no place and no time with it")
    return net_relay.relay(open_database(district), camera, mode=mode, incident_class=incident)


def _rings(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"rings are minutes with commas such as 1,3,5, not {text!r}") from None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    from app.clock_text import instant

    try:
        told = instant(text, zone)
    except ValueError:
        raise typer.BadParameter(f"a time is 14:03 or 2026-11-27T14:03, not {text!r}") from None
    if told > datetime.now(zone) + _AHEAD:
        raise typer.BadParameter(f"{text} lies ahead of the clock: when was it called in?")
    return told
