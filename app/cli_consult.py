"""Commands between a plan and its decision: record whom one asked, approve, reject."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District

consultation = typer.Typer(rich_markup_mode=None)

Plan = Annotated[int, typer.Argument(help="Number of a kept plan.", min=1)]
Person = Annotated[str, typer.Option("--by", help="The person who does it; stands with the record for good.")]
_DAY = ["%Y-%m-%d"]


Method = Annotated[str | None, typer.Option("--method", help="notice, hearing, briefing, survey or poll.")]
From = Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="Its first day.")]
Until = Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Its last day.")]
Opinions = Annotated[int | None, typer.Option(help="How many opinions came in.", min=0)]
Outcome = Annotated[
    str | None, typer.Option(help="supported, changes (with changes), divided, opposed or none.")
]
Camera = Annotated[int | None, typer.Option(help="It was about this camera of the plan alone.", min=1)]
Document = Annotated[str | None, typer.Option(help="Number of the official document.")]
Purpose = Annotated[
    str | None,
    typer.Option(
        help="Code of a purpose: gives its ground in law to cameras that keep none; alone or with a record."
    ),
]
Withdraw = Annotated[int | None, typer.Option(help="Withdraw the record of this number as mistaken.", min=1)]
Recorder = Annotated[str | None, typer.Option("--by", help="The person who records or withdraws it.")]


@consultation.command()
def consult(
    plan: Plan,
    method: Method = None,
    since: From = None,
    until: Until = None,
    opinions: Opinions = None,
    outcome: Outcome = None,
    camera: Camera = None,
    document: Document = None,
    purpose: Purpose = None,
    withdraw: Withdraw = None,
    by: Recorder = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Show how far a plan is, record a consultation of it, or withdraw a mistaken record.

    Example: golmok consult 3     Example: golmok consult 3 --method hearing --from 2014-02-03 --to 2014-02-21 --opinions 12
    --outcome changes --by Kim
    """
    from app import printing_consult
    from app.services import consultation as service
    from etl.db import open_database

    given = (method, since, until, opinions, outcome)
    writes = any(each is not None for each in (*given, camera, document, purpose))
    alone = purpose is not None and not any(each is not None for each in (*given, camera, document))
    if writes and (withdraw is not None or (None in given and not alone)):
        raise typer.BadParameter("a record needs --method, --from, --to, --opinions and --outcome")
    if (writes or withdraw is not None) and not (by or "").strip():
        raise typer.BadParameter("a record needs --by: who records or withdraws it")
    db = open_database(district, role="loader")
    if withdraw is not None:
        told = service.withdraw(db, plan, withdraw, by=by or "")
    elif alone and purpose is not None:
        told = service.give_ground(db, plan, purpose, by=by or "")
    elif method and since and until and opinions is not None and outcome:
        days = since.date(), until.date()
        held = service.Held(method, *days, opinions, outcome, order_no=camera, document=document)
        told = service.record(db, plan, held, by=by or "", purpose=purpose)
    else:
        told = service.of_plan(db, plan)
    printing.answer(told, as_json, printing_consult.consultation)


@consultation.command()
def approve(
    plan: Plan,
    by: Person,
    why: Annotated[str | None, typer.Option(help="The reason, where one is to stand.")] = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Approve a plan for good: only with consultation records of all its cameras, and a ground in law for each.

    Example: golmok approve 3 --by Lee
    """
    from app import printing_consult
    from app.services import consultation as service
    from etl.db import open_database

    told = service.approve(open_database(district, role="loader"), plan, by=by, why=why)
    printing.answer(told, as_json, printing_consult.consultation)


@consultation.command()
def reject(
    plan: Plan,
    by: Person,
    why: Annotated[str, typer.Option(help="The reason.")],
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Reject a plan for good, with the reason.

    Example: golmok reject 3 --by Lee --why "the yard of a school"
    """
    from app import printing_consult
    from app.services import consultation as service
    from etl.db import open_database

    told = service.reject(open_database(district, role="loader"), plan, by=by, why=why)
    printing.answer(told, as_json, printing_consult.consultation)
