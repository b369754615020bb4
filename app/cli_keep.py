"""Commands that keep a district's state: its hash, a backup, the way back."""

from __future__ import annotations

import typer

from app import printing
from app.cli_options import AsJson, District
from app.progress import progress

keeping = typer.Typer()


@keeping.command("hash")
def state_hash(district: District = None, as_json: AsJson = False) -> None:
    """Print the hash of what is loaded: equal for equal state, whatever the order of rows and their numbers.

    Example: golmok hash --json
    """
    from app import printing_keep
    from app.services import state as service
    from etl.db import open_database

    with progress() as bar:
        result = service.state(open_database(district, role="loader"), progress=bar)
    printing.answer(result, as_json, printing_keep.state)
