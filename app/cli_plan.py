"""Commands of the planner and the data steward: the next cameras, and a look into a registry's file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from app import printing
from app.cli_options import AsJson, District
from app.progress import progress

plans = typer.Typer(rich_markup_mode=None)


Cameras = Annotated[int | None, typer.Option(help="How many new cameras.", min=0, max=1000)]
Budget = Annotated[int | None, typer.Option(help="Budget in won, instead of a number.", min=1)]
Weight = Annotated[
    list[str] | None,
    typer.Option(help="A layer's weight, over the district's: incidents=3. May be repeated."),
]
Dong = Annotated[str | None, typer.Option(help="Code of a dong: its streets alone.")]
Name = Annotated[str | None, typer.Option(help="What the plan is called.")]
Purpose = Annotated[str | None, typer.Option(help="Code of the purpose: sets class and ground in law.")]
Class = Annotated[str | None, typer.Option("--class", help="Density class, instead of the purpose's.")]
Calls = Annotated[list[str] | None, typer.Option(help="Code of a class of 112 calls that counts.")]
Hours = Annotated[str | None, typer.Option(help="Hours whose calls count, like 22-5.")]
PerPole = Annotated[int, typer.Option(help="New cameras on one pole, at most.", min=1)]
Backup = Annotated[float, typer.Option(help="Worth of a second camera from another pole, 0-1.")]
Diverse = Annotated[float, typer.Option(help="Worth of being seen from both sides, 0-1.")]
DongLeast = Annotated[float | None, typer.Option(help="Share 0-1 of each dong's alleys that must be seen.")]
Zone = Annotated[
    list[str] | None, typer.Option(help="Key of a zone that must be seen whole, or a share of it: KEY=0.8.")
]
Most = Annotated[float | None, typer.Option(help="Square metres of private plots that may be seen, at most.")]
Charge = Annotated[
    float, typer.Option(help="Metres of street given up to keep 100 m2 of private plots out of view.")
]
May = Annotated[str | None, typer.Option(help="What may be done with existing cameras: turn,move,remove.")]
LensName = Annotated[list[str] | None, typer.Option(help="Lens model that may be chosen.")]
MostWon = Annotated[
    int | None, typer.Option(help="What all may cost at most, in won, beside a number.", min=0)
]
Seconds = Annotated[float, typer.Option(help="How long the search for a proof may take.", min=0)]


@plans.command()
def plan(
    cameras: Cameras = None,
    budget_won: Budget = None,
    purpose: Purpose = None,
    density_class: Class = None,
    weight: Weight = None,
    dong: Dong = None,
    name: Name = None,
    calls: Calls = None,
    hours: Hours = None,
    per_pole: PerPole = 1,
    backup: Backup = 0.0,
    diverse: Diverse = 0.0,
    dong_least: DongLeast = None,
    zone: Zone = None,
    intrusion_most: Most = None,
    intrusion_weight: Charge = 0.0,
    may: May = None,
    model: LensName = None,
    most_won: MostWon = None,
    seconds: Seconds = 5.0,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Choose what to hang where: the most risk that nobody sees, within a number or a budget, with a proven bound.

    Example: golmok plan --cameras 20 --json

    Example: golmok plan --budget-won 200000000 --may turn --zone F-03=0.1 --intrusion-most 500
    """
    if (cameras is None) == (budget_won is None):
        raise typer.BadParameter("give either --cameras N or --budget-won W")
    if cameras == 0 and not may:
        raise typer.BadParameter(
            "--cameras 0 asks for nothing, unless --may says what existing cameras may do"
        )
    limits: dict[str, Any] = {"per_pole": per_pole, "backup": backup, "diverse": diverse}
    limits |= {"dong_least": dong_least, "zones": _shares(zone or []), "models": model or [], **_may(may)}
    limits |= {"intrusion_most": intrusion_most, "intrusion_weight": intrusion_weight, "most_won": most_won}
    asked: dict[str, Any] = {"cameras": cameras, "budget_won": budget_won, "purpose": purpose}
    asked |= {"density_class": density_class, "dong": dong, "name": name, "seconds": seconds}
    asked |= {"weights": _weights(weight or []), "calls": calls or None, "limits": limits}
    asked["hours"] = None if hours is None else _hours(hours)
    _made(district, asked, as_json=as_json)


@plans.command()
def look(
    file: Annotated[Path, typer.Argument(help="A registry of cameras, of any district.")],
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Say what a registry's file holds, what is wrong in it, what is missing, what to check first. It stores nothing.

    Example: golmok look registry.csv
    """
    from app import printing_look
    from app.services import look_into as service

    with progress() as bar:
        result = service.look_alone_or_beside(district, file, progress=bar)
    printing.answer(result, as_json, printing_look.look)
    if result["status"] == "refused":
        raise typer.Exit(3)


def _made(district: str | None, asked: dict[str, Any], *, as_json: bool) -> None:
    """Make the plan that was asked for and print it."""
    from app import printing_plan
    from app.services import plan as service
    from etl.db import open_database

    with progress() as bar:
        result = service.plan(open_database(district, role="loader"), progress=bar, **asked)
    printing.answer(service.without_views(result), as_json, printing_plan.plan)


def _weights(typed: list[str]) -> dict[str, float]:
    """Return the weights that were typed as `layer=number`."""
    found = dict(each.partition("=")[::2] for each in typed)
    try:
        return {layer: float(number) for layer, number in found.items()}
    except ValueError:
        raise typer.BadParameter("a weight is written like incidents=3") from None


def _shares(typed: list[str]) -> dict[str, float]:
    """Return the share of each zone that was typed as `KEY` or `KEY=share`."""
    found = dict(each.partition("=")[::2] for each in typed)
    try:
        return {zone: float(share) if share else 1.0 for zone, share in found.items()}
    except ValueError:
        raise typer.BadParameter("a zone is written like F1 or F1=0.8") from None


def _may(typed: str | None) -> dict[str, bool]:
    words = [word.strip() for word in (typed or "").split(",") if word.strip()]
    if unknown := set(words) - {"turn", "move", "remove"}:
        raise typer.BadParameter(f"--may takes turn, move, remove; not {', '.join(sorted(unknown))}")
    return {f"may_{word}": True for word in words}


def _hours(typed: str) -> list[int]:
    """Return the hours that were typed as `22-5` or `8,9,17`: from the first to the last one, over midnight too."""
    found: list[int] = []
    try:
        for part in typed.split(","):
            first, _, last = part.partition("-")
            begin, end = int(first), int(last or first)
            if not (0 <= begin <= 23 and 0 <= end <= 23):
                raise ValueError
            found += [(begin + step) % 24 for step in range((end - begin) % 24 + 1)]
    except ValueError:
        raise typer.BadParameter("hours are written like 22-5 or 8,9,17, from 0 to 23") from None
    return found
