"""How commands are told a place: --lat and --lon, or --place with whatever names it; and `golmok where`, which looks one up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app import printing
from app.cli_options import AsJson, By, District
from app.progress import language
from app.services import WrongUse

if TYPE_CHECKING:
    from etl.db import Database

place_commands = typer.Typer()

Row = Mapping[str, Any]

Lat = Annotated[float | None, typer.Option(help="Latitude, degrees (EPSG:4326).", min=-90, max=90)]
Lon = Annotated[float | None, typer.Option(help="Longitude, degrees (EPSG:4326).", min=-180, max=180)]
Place = Annotated[
    str | None,
    typer.Option(
        help="Instead of both: an address, a name, coordinates of any listed system, the number of a camera, bell or incident."
    ),
]
AtCrs = Annotated[
    str | None, typer.Option(help="System of bare coordinates in --place, such as 5186 or UTM-K.")
]
Pick = Annotated[int | None, typer.Option(help="Where several places fit --place: the number of one.", min=1)]
PlacePurpose = Annotated[
    str | None,
    typer.Option("--purpose", help="Why an incident's place is looked up: stands in the access log."),
]


class PlaceUnclear(WrongUse):
    """The options name no place, several, or none that is known."""


@dataclass(frozen=True, slots=True)
class Named:
    """A place as the options of a command name it, unchecked.

    lat, lon   degrees, EPSG:4326
    text       whatever else names it
    by, purpose   who looks up an incident and why, for the access log
    """

    lat: float | None = None
    lon: float | None = None
    text: str | None = None
    at_crs: str | None = None
    pick: int | None = None
    by: str | None = None
    purpose: str | None = None


def place_of(db: Database, named: Named) -> Row:
    """Return the place that a command was told, as a row of `app.services.where.places` with a `line` that says it.

    Of a place by degrees alone only lat and lon are told, and the line is None.
    Raises   PlaceUnclear, in the person's language, for wrong combinations, none and several
    """
    _check(named)
    if named.text is None:
        return {"lat": named.lat, "lon": named.lon, "line": None}
    from app.phrases_where import choices, none_lines, place_line, several_lines
    from app.words import say

    lang, text = language(), named.text
    answer = _look_up(db, named)
    found = answer["found"]
    if not found:
        raise PlaceUnclear(" ".join(none_lines(answer, text, lang)))
    if named.pick is not None and named.pick > len(found):
        raise PlaceUnclear(say("where.no_such_pick", lang, pick=named.pick, n=len(found)))
    if named.pick is None and len(found) > 1:
        for n, line in enumerate(choices(answer, text, lang), 1):
            typer.echo(f"{n}. {line}", err=True)
        raise PlaceUnclear(" ".join([*several_lines(answer, lang), say("where.pick_cli", lang)]))
    taken = found[(named.pick or 1) - 1]
    return {**taken, "line": place_line(taken, text, lang)}


@place_commands.command("where")
def where(
    text: Annotated[
        str, typer.Argument(help="What names a place: an address, a name, coordinates, a number.")
    ],
    at_crs: AtCrs = None,
    by: By = None,
    purpose: PlacePurpose = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say where something is: an address, a name, coordinates of any system, the number of a camera, bell or incident.

    Example: golmok where "5186: 194417 553285"
    """
    from etl.db import open_database

    if not text.strip():
        raise typer.BadParameter("say what names the place: nothing was given")
    answer = _look_up(open_database(district), Named(text=text, at_crs=at_crs, by=by, purpose=purpose))
    printing.answer({"asked": text, **answer}, as_json, printing_where)


def printing_where(result: Row) -> None:
    """Print the places that a text may mean, numbered, or what is known nearest to it."""
    from app.phrases_where import choices, none_lines, several_lines

    lang, text = language(), result["asked"]
    if not result["found"]:
        print("\n".join(none_lines(result, text, lang)))
        return
    lines = choices(result, text, lang)
    if len(lines) > 1:
        print("\n".join(several_lines(result, lang)))
    for n, (row, line) in enumerate(zip(result["found"], lines, strict=True), 1):
        print(f"{n}. {line}  {row['lat']:.6f}, {row['lon']:.6f}")


def _look_up(db: Database, named: Named) -> dict[str, Any]:
    from app.services import where as service
    from app.words import say

    purpose = named.purpose or say("where.purpose", language())
    answer = service.places(db, str(named.text), purpose=purpose, who=named.by, at_crs=named.at_crs)
    return answer | {"invented": db.district.invented}


def _check(named: Named) -> None:
    from app.words import say

    lang = language()
    halves = {"--lat": named.lat, "--lon": named.lon}
    missing = [name for name, degrees in halves.items() if degrees is None]
    if named.text is not None:
        if len(missing) < 2:
            raise PlaceUnclear(say("where.not_both", lang))
        return
    if len(missing) == 2:
        raise PlaceUnclear(say("where.needs", lang))
    if missing:
        raise PlaceUnclear(say("where.needs_both", lang, missing=missing[0]))
    for option, given in (("--at-crs", named.at_crs), ("--pick", named.pick)):
        if given is not None:
            raise PlaceUnclear(say("where.only_place", lang, option=option))
