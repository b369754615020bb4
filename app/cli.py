"""The command line. It starts fast: a command imports what it needs when it runs, not before."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from app import (
    cli_aim,
    cli_board,
    cli_case,
    cli_consult,
    cli_cover,
    cli_keep,
    cli_load,
    cli_maps,
    cli_match,
    cli_net,
    cli_out,
    cli_place,
    cli_plan,
    cli_plans,
    cli_quality,
    cli_report,
    cli_risk,
    cli_stability,
    cli_watch,
    printing,
)
from app.cli_options import AsJson, By, Day, DensityClass, District
from app.progress import progress

cli = typer.Typer(
    name="golmok",
    help="Tell a city what its cameras can really see, down to the alley.",
    epilog="The wrapper has two commands more: ./golmok test (checks and tests), ./golmok check (checks alone).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
database = typer.Typer(help="Start, stop or look at the private PostGIS cluster.", no_args_is_help=True)
cli.add_typer(database, name="db")
# without a name its commands stand beside these
cli.add_typer(cli_load.loads)
cli.add_typer(cli_quality.quality_commands)
cli.add_typer(cli_keep.keeping)
cli.add_typer(cli_aim.aim)
cli.add_typer(cli_match.match_commands)
cli.add_typer(cli_net.net_commands)
cli.add_typer(cli_out.out_commands)
cli.add_typer(cli_place.place_commands)
cli.add_typer(cli_maps.maps)
cli.add_typer(cli_plan.plans)
cli.add_typer(cli_plans.kept_plans)
cli.add_typer(cli_cover.covers)
cli.add_typer(cli_consult.consultation)
cli.add_typer(cli_consult.consultation)
cli.add_typer(cli_cover.covers)
cli.add_typer(cli_report.reports)
cli.add_typer(cli_stability.stability_commands)
cli.add_typer(cli_risk.risk_commands)
cli.add_typer(cli_watch.watch_commands)
cli.add_typer(cli_board.board_commands)
cli.add_typer(cli_case.case_commands)


@cli.command()
def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the dashboard at the end.")] = True,
    as_json: AsJson = False,
) -> None:
    """Bring up everything on the invented sample district: database, load, views, coverage, dashboard.

    Example: golmok demo --no-serve
    """
    from app.services import demo as service

    with progress() as bar:
        summary = service.demo(progress=bar)
    printing.answer(summary, as_json, printing.demo)
    if serve:
        _serve("sample", None, None)


@cli.command()
def init(
    name: Annotated[str, typer.Argument(help="A district: data/districts/NAME.toml.")],
    as_json: AsJson = False,
) -> None:
    """Make (or bring up to date) the database of a district. Safe to repeat.

    Example: golmok init seodaemun
    """
    from etl import db

    made = db.init_district(name)
    result = {"district": made.name, "database": made.database, "invented": made.invented}
    printing.answer(result, as_json, printing.ready)


@cli.command()
def status(district: District = None, as_json: AsJson = False) -> None:
    """Show what this district holds: counts, loads, age.

    Example: golmok status --json
    """
    from app.services import status as service
    from etl.db import open_database

    printing.answer(service.status(open_database(district)), as_json, printing.status)


@cli.command()
def coverage(
    density_class: DensityClass = "observe",
    at: Day = None,
    explain: Annotated[
        tuple[datetime, datetime] | None,
        typer.Option("--explain", formats=["%Y-%m-%d"], help="Two days: who made the difference?"),
    ] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Compute what the cameras see: alleys, area, incidents, zones, gaps, each with its range.

    Example: golmok coverage --at 2010-12-31 --json     Example: golmok coverage --explain 2012-12-31 2013-06-30
    """
    from app.services import coverage as service
    from etl.db import open_database

    if explain is not None:
        if at is not None:
            raise typer.BadParameter("give either --at DAY or --explain DAY DAY")
        from app import cli_changes

        cli_changes.explain(district, explain, density_class=density_class, as_json=as_json)
        return
    with progress() as bar:
        result = service.coverage(
            open_database(district, role="loader"), density_class=density_class, at=_day(at), progress=bar
        )
    printing.answer(service.without_shapes(result), as_json, printing.coverage)


@cli.command()
def nightly(district: District = None, as_json: AsJson = False) -> None:
    """Bring fields of view and coverage up to date; name the cameras that lost view since the last run, and why.

    Example: golmok nightly --json
    """
    from app import cli_changes

    cli_changes.nightly(district, as_json=as_json)


OldRule = Annotated[
    bool, typer.Option("--old-rule", help="Beside it, the old rule: the nearest five within 500 m.")
]


@cli.command()
def nearest(
    lat: cli_place.Lat = None,
    lon: cli_place.Lon = None,
    place: cli_place.Place = None,
    at_crs: cli_place.AtCrs = None,
    pick: cli_place.Pick = None,
    by: By = None,
    purpose: cli_place.PlacePurpose = None,
    k: Annotated[
        int, typer.Option("-k", help="Fill up with near cameras to this number.", min=1, max=100)
    ] = 4,
    incident: Annotated[
        str | None, typer.Option("--for", help="Incident class (112 code): says which cameras may be used.")
    ] = None,
    density_class: DensityClass = "observe",
    light: Annotated[
        Literal["day", "night"] | None,
        typer.Option("--light", help="Rank by day or by night; the sun over the place decides otherwise."),
    ] = None,
    old_rule: OldRule = False,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Name the cameras that see a place, those that turn to it or may see it, those that see its approaches, then near ones.

    Example: golmok nearest --lat 37.596914 --lon 126.935667 --json     Example: golmok nearest --place "나리울로66길 3"
    """
    from app.services import find
    from etl.db import open_database

    db = open_database(district)
    found = cli_place.place_of(db, cli_place.Named(lat, lon, place, at_crs, pick, by, purpose))
    result = find.nearest(
        db,
        found["lon"],
        found["lat"],
        k=k,
        density_class=density_class,
        incident_class=incident or found.get("incident_class"),
        old_rule=old_rule,
        by=light,
    )
    printing.answer({**result, "place": found} if place else result, as_json, printing.nearest)


@cli.command()
def serve(
    district: District = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 by default.")] = None,
    port: Annotated[
        int | None, typer.Option(help="Port; a busy one moves to the next.", min=1, max=65535)
    ] = None,
) -> None:
    """Serve the dashboard of a district, without demo data.

    Example: golmok serve --district seodaemun
    """
    _serve(district, host, port)


def _serve(district: str | None, host: str | None, port: int | None) -> None:
    from app import asgi
    from etl import settings

    # Said here, not by each page of a server that runs for nobody.
    settings.district(district)
    asgi.serve(district=district, host=host, port=port)


@cli.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Folder to write the invented files into.")],
    seed: Annotated[int | None, typer.Option(help="Another seed invents another district.", min=0)] = None,
    as_json: AsJson = False,
) -> None:
    """Write the files of the invented sample district, in the forms that real offices use.

    Example: golmok sample /tmp/sample
    """
    from app.services import sample as service

    with progress() as bar:
        written = service.write_files(folder, seed=seed, progress=bar)
    printing.answer({"files": list(map(str, written)), "invented": True}, as_json, printing.files)


@cli.command()
def bench(
    topic: Annotated[
        str,
        typer.Argument(
            help="What to measure: first-light, visibility, relief, dashboard, etl, operator, siting, planning."
        ),
    ] = "first-light",
    scale: Annotated[
        list[int] | None,
        typer.Option(help="visibility: so many times the sample; may be repeated. 1, 10 and 100.", min=1),
    ] = None,
    peers: Annotated[
        int | None, typer.Option(help="visibility: peers answer so many cameras, not all.", min=0)
    ] = None,
    rows: Annotated[int | None, typer.Option(help="etl: at most so many rows of each file.", min=100)] = None,
    as_json: AsJson = False,
) -> None:
    """Measure this machine on the sample: set-up, coverage, a click; or sight, pages, loads beside their peers.

    Example: golmok bench first-light     Example: golmok bench etl --rows 20000
    """
    from app.services import bench as service

    with progress() as bar:
        result = service.bench(topic, scales=scale, peers=peers, rows=rows, progress=bar)
    printing.answer(result, as_json, printing.bench)


@database.command("up")
def database_up(as_json: AsJson = False) -> None:
    """Start the private cluster when it is down.

    Example: golmok db up
    """
    from app.services import cluster

    printing.answer(cluster.up(), as_json, printing.cluster_done)


@database.command("down")
def database_down(as_json: AsJson = False) -> None:
    """Stop the private cluster.

    Example: golmok db down
    """
    from app.services import cluster

    printing.answer(cluster.down(), as_json, printing.cluster_done)


@database.command("status")
def database_status(as_json: AsJson = False) -> None:
    """Say whether the private cluster runs, and where its socket is.

    Example: golmok db status
    """
    from app.services import cluster

    printing.answer(cluster.status(), as_json, printing.cluster)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


_STOPPED = 130


def main() -> None:
    """Run a command; turn a named error into its sentence and exit code, and a fault of ours into 1."""
    try:
        cli(prog_name="golmok")
    except SystemExit as end:
        # Typer makes an exit of a Ctrl-C, and says nothing
        if end.code == _STOPPED:
            printing.stopped()
        raise
    except KeyboardInterrupt:
        printing.stopped()
        sys.exit(_STOPPED)
    except BrokenPipeError:
        sys.exit(0)
    except (
        Exception
    ) as error:  # the last door: a sentence to the person, and of a fault of ours a trace to a file
        sys.exit(printing.complain(error))


if __name__ == "__main__":
    main()
