"""The command on the same cameras in several lists."""

from __future__ import annotations

from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District

match_commands = typer.Typer()

Pair = Annotated[
    tuple[str, str] | None,
    typer.Option("--same", help="Two records are the same cameras: their numbers.", metavar="A B"),
]
Apart = Annotated[
    tuple[str, str] | None,
    typer.Option("--different", help="Two records are different cameras.", metavar="A B"),
]
Undo = Annotated[
    tuple[str, str] | None,
    typer.Option("--undo", help="Take back what was decided of two records.", metavar="A B"),
]
Because = Annotated[str, typer.Option("--because", help="Why: stands in the log with who and when.")]
By = Annotated[str | None, typer.Option("--by", help="Who says so; else the database's user.")]
Trial = Annotated[
    int | None,
    typer.Option(
        "--trial", help="Try matching on seven invented lists of this seed; nothing is kept.", min=0
    ),
]


@match_commands.command()
def matches(
    same: Pair = None,
    different: Apart = None,
    undo: Undo = None,
    because: Because = "",
    by: By = None,
    trial: Trial = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """List records of several agencies' lists that tell of the same cameras, and decide of those in doubt.

    Example: golmok matches     Example: golmok matches --same 2026...1 2026...9 --because "one pole, one lens"
    """
    from app import printing_matches
    from app.services import matches as service
    from etl.db import open_database

    said: dict[service.Said, tuple[str, str] | None] = {"same": same, "different": different, "open": undo}
    given = [(word, pair) for word, pair in said.items() if pair]
    if len(given) + (trial is not None) > 1 or bool(because or by) != bool(given):
        raise typer.BadParameter(
            "use: golmok matches, or one of --same A B, --different A B and --undo A B with --because TEXT, or --trial SEED"
        )
    db = open_database(district, role="loader")
    if trial is not None:
        printing.answer(service.trial(db, seed=trial), as_json, printing_matches.trial)
        return
    for word, (one, other) in given:
        result = service.decide(db, one, other, said=word, reason=because, by=by)
        printing.answer(result, as_json, printing_matches.decided)
        return
    printing.answer(service.refreshed(db), as_json, printing_matches.matches)
