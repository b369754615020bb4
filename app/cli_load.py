"""Commands that bring files in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District
from app.progress import progress

loads = typer.Typer()


@loads.command()
def load(
    source: Annotated[str, typer.Argument(help="What the file is: see `golmok sources`.")],
    file: Annotated[list[str], typer.Argument(help="The file or folder; for `layer`: NAME FILE.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; keep nothing.")] = False,
    assume_crs: Annotated[
        int | None,
        typer.Option("--assume-crs", help="EPSG code of the coordinates, over what the file says."),
    ] = None,
    trust_clock: Annotated[
        bool,
        typer.Option("--trust-clock", help="The clock is right, though it stands before the last load."),
    ] = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Load a file: decode, clean, refuse with a reason, merge. The same file again changes nothing.

    Example: golmok load cameras registry.csv     Example: golmok load layer child_zones zones.csv
    """
    from app.services import loading

    layer, path = _layer_and_path(source, file)
    with progress() as bar:
        result = loading.load_file(
            district,
            source,
            path,
            layer=layer,
            dry_run=dry_run,
            assume_crs=assume_crs,
            trust_clock=trust_clock,
            progress=bar,
        )
    printing.answer(result, as_json, printing.load)
    if result["status"] == "refused":
        raise typer.Exit(3)


def _layer_and_path(source: str, words: list[str]) -> tuple[str | None, Path]:
    wanted = 2 if source == "layer" else 1
    if len(words) != wanted:
        form = "layer NAME FILE" if source == "layer" else f"{source} FILE"
        raise typer.BadParameter(f"use: golmok load {form}")
    return (words[0] if wanted == 2 else None), Path(words[-1])


@loads.command()
def sources(as_json: AsJson = False) -> None:
    """List what `golmok load` takes, with the forms it knows.

    Example: golmok sources
    """
    from app.services import loading

    printing.answer({"sources": loading.known_sources()}, as_json, printing.sources)
