"""Commands that keep a district's state: its hash, a backup, the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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


@keeping.command()
def backup(
    out: Annotated[
        Path, typer.Argument(help="The file to write, or a folder: then the file is named by the moment.")
    ],
    by: Annotated[
        str | None, typer.Option("--by", help="Who takes it; else the user of this machine.")
    ] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="What for; else: backup.")] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write all that a district's database holds into one file, checked on the way back by its hash.

    Example: golmok backup /srv/backups
    """
    from app import printing_keep
    from app.services import backup as service

    with progress() as bar:
        result = service.backup(district, out, by=by, purpose=purpose, progress=bar)
    printing.answer(result, as_json, printing_keep.backup)


@keeping.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `golmok backup` wrote.")],
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of a district's database; what stood there is kept under another name.

    Example: golmok restore /srv/backups/golmok-sample-20260101-031500.golmok
    """
    from app import printing_keep
    from app.services import backup as service

    with progress() as bar:
        result = service.restore(district, file, progress=bar)
    printing.answer(result, as_json, printing_keep.restored)


@keeping.command()
def kept(
    drop: Annotated[str | None, typer.Option("--drop", help="Delete the one of this name, for good.")] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """List the databases that restores put aside, or delete one of them.

    Example: golmok kept     Example: golmok kept --drop golmok_sample_was260101031500
    """
    from app import printing_keep
    from app.services import backup as service

    printing.answer(service.kept(district, drop=drop), as_json, printing_keep.kept)
