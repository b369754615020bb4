"""The command on what is open now."""

from __future__ import annotations

from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District

board_commands = typer.Typer()

By = Annotated[
    str | None, typer.Option("--by", help="Who reads: stands in the access log; else the database's user.")
]


@board_commands.command()
def board(by: By = None, district: District = None, as_json: AsJson = False) -> None:
    """List the open incidents, the most urgent first, each with the cameras that see it.

    Example: golmok board --by kim
    """
    from app import printing_board
    from app.services import board as service
    from etl.db import open_database

    result = service.open_board(open_database(district), role="operator", who=by)
    printing.answer(result, as_json, printing_board.board)
