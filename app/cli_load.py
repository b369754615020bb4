"""Commands that bring files in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District
from app.progress import progress

loads = typer.Typer()


Source = Annotated[
    str,
    typer.Argument(help="What the file is: see `golmok sources`. A file alone: what it may be is proposed."),
]
Files = Annotated[list[str] | None, typer.Argument(help="The file or folder; for `layer`: NAME FILE.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would happen; keep nothing.")]
AssumeCrs = Annotated[
    int | None,
    typer.Option("--assume-crs", help="EPSG code of the coordinates, over what the file says."),
]
NamedMapping = Annotated[
    str | None,
    typer.Option(
        "--mapping", help="For incidents of another form: a TOML file, or a name in the district's file."
    ),
]
Part = Annotated[
    bool, typer.Option("--part", help="The file is a part of its list: what it does not name stays.")
]
AcceptLoss = Annotated[
    bool, typer.Option("--accept-loss", help="The list is whole, although it lost more rows than it may.")
]
Replay = Annotated[
    int | None, typer.Option("--replay", help="Run this load again from the rows that were kept of it.")
]
TrustClock = Annotated[
    bool,
    typer.Option("--trust-clock", help="The clock is right, though it stands before the last load."),
]
Follow = Annotated[
    str | None,
    typer.Option(
        "--follow",
        metavar="DIR_OR_STDIN",
        help="Of incidents and health: load what comes into this folder, or by standard input (-), as it comes.",
    ),
]
Once = Annotated[bool, typer.Option("--once", help="With --follow: take what is there, then end.")]


@loads.command()
def load(
    source: Source = "",
    file: Files = None,
    dry_run: DryRun = False,
    assume_crs: AssumeCrs = None,
    mapping: NamedMapping = None,
    part: Part = False,
    accept_loss: AcceptLoss = False,
    replay: Replay = None,
    follow: Follow = None,
    once: Once = False,
    trust_clock: TrustClock = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Load a file: decode, clean, refuse with a reason, merge. The same file again changes nothing.

    A folder is loaded file by file, in the order of its months; again, it goes on where it stopped. Without SOURCE
    nothing is loaded: what the file is, and the command that loads it, is proposed.

    Example: golmok load cameras registry.csv     Example: golmok load layer child_zones zones.csv
    Example: golmok load --replay 7
    Example: golmok load incidents --follow /srv/112     Example: golmok load health --follow -
    """
    from app import printing_load
    from app.services import loading

    if follow is not None or once:
        _alone(dry_run, assume_crs, mapping, part, accept_loss, trust_clock, replay)
        _follow(district, source if not file else "", follow, once=once, as_json=as_json)
        return
    if replay is not None:
        _replay(district, replay, as_json, other=(source, file))
        return
    if not source:
        raise typer.BadParameter("use: golmok load SOURCE FILE, or golmok load FILE to be told what it is")
    if not file and _may_be_a_file(source):
        _propose(district, Path(source), as_json)
        return
    layer, path = _layer_and_path(source, file or [])
    with progress() as bar:
        result = loading.load_file(
            district, source, path, layer=layer, dry_run=dry_run, assume_crs=assume_crs, mapping=mapping, part=part,
            accept_loss=accept_loss, trust_clock=trust_clock, progress=bar,
        )  # fmt: skip
    printing.answer(result, as_json, printing_load.folder if "files" in result else printing.load)
    if result["status"] == "refused":
        raise typer.Exit(3)


def _alone(*others: object) -> None:
    """Raise where other options than those that go with --follow are given."""
    if any(each not in (None, False) for each in others):
        raise typer.BadParameter("--follow goes with --once, --district and --json alone")


def _follow(district: str | None, source: str, where: str | None, *, once: bool, as_json: bool) -> None:
    from app import cli_follow

    if not source or where is None:
        raise typer.BadParameter("use: golmok load SOURCE --follow DIR_OR_STDIN [--once]")
    cli_follow.follow(district, source, where, once=once, as_json=as_json)


def _may_be_a_file(word: str) -> bool:
    """Say whether the one word that was typed is a file or folder, or is written like one, and is no source's name."""
    from etl.jobs import JOBS

    named = not word or word in {job.source for job in JOBS}
    return (bool(word) and Path(word).exists()) or (not named and bool({".", "/", "\\"} & set(word)))


def _replay(district: str | None, batch_id: int, as_json: bool, *, other: Iterable[object]) -> None:
    from app.services import loading

    if any(other):
        raise typer.BadParameter("a replay needs its number alone: golmok load --replay NUMBER")
    with progress() as bar:
        result = loading.replay(district, batch_id, progress=bar)
    printing.answer(result, as_json, printing.load)


def _propose(district: str | None, file: Path, as_json: bool) -> None:
    from app import printing_load
    from app.services import proposing

    with progress() as bar:
        result = proposing.propose_file(district, file, progress=bar)
    printing.answer(result, as_json, printing_load.proposal)
    if result["status"] != "proposed":
        raise typer.Exit(3)


def _layer_and_path(source: str, words: list[str]) -> tuple[str | None, Path]:
    wanted = 2 if source == "layer" else 1
    if len(words) != wanted:
        from etl.load import find_job

        find_job(source, layer="any" if wanted == 2 else None)
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
