"""Commands about what operators opened and saw: times by shift, emergency grounds, sights that were denied."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from app import printing
from app.cli_options import AsJson, District

watch_commands = typer.Typer()

From = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
To = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day, counted too.")]


@watch_commands.command()
def shifts(since: From, until: To, district: District = None, as_json: AsJson = False) -> None:
    """Show by shift how long calls waited for a first view and for a first "I see it"; never by person.

    Example: golmok shifts --from 2013-12-01 --to 2013-12-31
    """
    from app import printing_watch
    from app.services import shifts as service
    from etl.db import open_database

    result = service.shifts(open_database(district), since.date(), until.date())
    printing.answer(result, as_json, printing_watch.shifts)


@watch_commands.command()
def grounds(since: From, until: To, district: District = None, as_json: AsJson = False) -> None:
    """List the emergency grounds on which cameras of another purpose were opened: when, which, who, why, which cameras.

    Example: golmok grounds --from 2013-07-01 --to 2013-12-31
    """
    from app import printing_watch
    from app.services import shifts as service
    from etl.db import open_database

    db = open_database(district, role="owner")
    result = service.emergency_grounds(db, since.date(), until.date())
    printing.answer(result, as_json, lambda told: printing_watch.grounds(told, db.district.zone))


@watch_commands.command()
def doubts(district: District = None, as_json: AsJson = False) -> None:
    """List the cameras that were told to see a place certainly and of which an operator said that they do not.

    Example: golmok doubts --json
    """
    from app import printing_watch
    from app.services import shifts as service
    from etl.db import open_database

    printing.answer(service.doubts(open_database(district)), as_json, printing_watch.doubts)
