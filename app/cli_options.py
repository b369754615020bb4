"""Options that several commands share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

District = Annotated[
    str | None,
    typer.Option("--district", "-d", help="Name of the district; else GOLMOK_DISTRICT, else sample."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout instead of text.")]
DensityClass = Annotated[
    str,
    typer.Option("--class", help="Density class: monitor, detect, observe, recognise, identify, inspect."),
]
Day = Annotated[
    datetime | None,
    typer.Option("--at", formats=["%Y-%m-%d"], help="As at this date; else the latest known."),
]
Edition = Annotated[
    str,
    typer.Option(
        "--edition",
        help="Who may read it: public, committee or internal. Internal needs --by and --purpose, and leaves a trace.",
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", help="The person who takes an internal export: stands on it and in the access log."),
]
Purpose = Annotated[
    str | None,
    typer.Option(
        "--purpose", help="What an internal export is taken for: stands on it and in the access log."
    ),
]
Lang = Annotated[str | None, typer.Option("--lang", help="ko or en; else GOLMOK_LANGUAGE.")]
