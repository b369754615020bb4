"""Commands on where cameras look: what people find of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_aim
from app.cli_options import AsJson, District

aim = typer.Typer()

# What each way to use `verify` needs, and what it takes beside it.
_FORMS: dict[str, tuple[set[str], set[str]]] = {
    "check": ({"lat", "lon", "seen"}, set()),
    "survey": ({"heading_deg"}, {"tilt_deg", "spread_deg"}),
    "pose": ({"ties"}, {"image"}),
}

Latitude = Annotated[float | None, typer.Option(help="Latitude of the place, degrees.", min=-90, max=90)]
Longitude = Annotated[float | None, typer.Option(help="Longitude of the place, degrees.", min=-180, max=180)]
Seen = Annotated[bool | None, typer.Option("--seen/--not-seen", help="Whether the picture shows the place.")]
Heading = Annotated[
    float | None,
    typer.Option("--heading", help="Measured heading, degrees clockwise from north.", min=0, max=360),
]
Tilt = Annotated[
    float | None, typer.Option("--tilt", help="Measured tilt, degrees below the horizontal.", min=-10, max=90)
]
Spread = Annotated[
    float | None,
    typer.Option("--spread", help="Standard deviation of what was measured, degrees; 3.", min=0.1, max=90),
]
Ties = Annotated[
    Path | None,
    typer.Option(
        "--pose", help="CSV px_x,px_y,lat,lon: four points on the ground or more, in picture and map."
    ),
]
Image = Annotated[
    str | None, typer.Option("--image", help="Size of the picture, 1920x1080; else the camera's own.")
]
By = Annotated[str | None, typer.Option("--by", help="Who found it; else the database's user.")]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day it was found; else today.")
]
Undo = Annotated[int | None, typer.Option("--undo", help="Take back the evidence of this number.", min=1)]


@aim.command()
def verify(
    camera: Annotated[str | None, typer.Argument(help="Number of the camera in the registry.")] = None,
    lat: Latitude = None,
    lon: Longitude = None,
    seen: Seen = None,
    heading: Heading = None,
    tilt: Tilt = None,
    spread: Spread = None,
    pose: Ties = None,
    image: Image = None,
    by: By = None,
    on: On = None,
    undo: Undo = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Record what a person found of a camera's aim: a place seen or not, a measured heading, ties of a picture.

    Example: golmok verify 202631200000001-1 --lat 37.5791 --lon 126.9368 --seen --by Kim
    """
    from app.services import verify as service
    from etl.db import open_database

    words = {"lat": lat, "lon": lon, "seen": seen, "heading_deg": heading, "tilt_deg": tilt, "spread_deg": spread,
             "ties": pose, "image": _size(image), "on": on and on.date()}  # fmt: skip
    given = {name: word for name, word in words.items() if word is not None}
    form = _form(camera, given, undo=undo)
    db = open_database(district, role="loader")
    if undo is not None:
        result = service.undo(db, undo, by=by)
    else:
        result = service.RECORD[form](db, camera, by=by, **given)
    printing.answer(result, as_json, printing_aim.verify)


def _form(camera: str | None, given: Mapping[str, object], *, undo: int | None) -> str:
    """Return which of the ways to use the command it is. Raises BadParameter for none."""
    told = set(given) - {"on"}
    if undo is not None and camera is None and not given:
        return "undo"
    for form, (needed, more) in _FORMS.items():
        if undo is None and camera is not None and needed <= told <= needed | more:
            return form
    raise typer.BadParameter(
        "use: golmok verify CAMERA and either --lat, --lon and --seen or --not-seen; or --heading, and --tilt and "
        "--spread if known; or --pose FILE, and --image if needed. Or golmok verify --undo NUMBER"
    )


def _size(image: str | None) -> tuple[int, int] | None:
    if image is None:
        return None
    found = re.fullmatch(r"(\d{2,5})\s*[xX×*]\s*(\d{2,5})", image.strip())
    if not found:
        raise typer.BadParameter(f"--image takes a size such as 1920x1080, not {image}")
    return int(found[1]), int(found[2])
