"""The command `report`: make one, explain a figure, list those that are kept, make one again, compute one anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from app import printing, printing_report
from app.cli_options import AsJson, By, District, Edition, Purpose
from app.progress import progress

reports = typer.Typer()

Out = Annotated[Path | None, typer.Option(help="The file to write: .pdf or .html.")]
Since = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")]
Until = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")]
Language = Annotated[str, typer.Option("--lang", help="ko or en.")]
Kept = Annotated[bool, typer.Option("--kept", help="List the reports that are kept.")]
Again = Annotated[
    int | None, typer.Option("--again", help="Write the kept report of this number to --out again.", min=1)
]
Recompute = Annotated[
    int | None,
    typer.Option("--recompute", help="Compute the kept report of this number anew; say what differs.", min=1),
]

Explain = Annotated[
    str | None, typer.Option("--explain", help="A figure's name: what makes it? Writes no report.")
]


@reports.command()
def report(
    out: Out = None,
    since: Since = None,
    until: Until = None,
    edition: Edition = "committee",
    by: By = None,
    purpose: Purpose = None,
    lang: Language = "ko",
    kept: Kept = False,
    again: Again = None,
    recompute: Recompute = None,
    explain: Explain = None,
    district: District = None,
    as_json: AsJson = False,
) -> None:
    """Write the coverage report for the committee, as PDF or as one HTML file with maps; it is kept, figures and all.

    Example: golmok report --from 2013-01-01 --to 2013-06-30 --out report.pdf
    Example: golmok report --recompute 1 --json
    Example: golmok report --explain equity
    """
    if explain is not None:
        from app import cli_figure

        cli_figure.explain(district, explain, days=(since, until), edition=edition, as_json=as_json)
        return
    ways = (since is not None and until is not None, kept, again is not None, recompute is not None)
    if sum(ways) != 1 or (ways[0] or ways[2]) != (out is not None):
        raise typer.BadParameter(
            "use: golmok report --from DAY --to DAY --out FILE; --kept; --again NUMBER --out FILE; or --recompute NUMBER"
        )
    if kept:
        _list(district, as_json=as_json)
    elif recompute is not None:
        _recompute(district, recompute, by=by, purpose=purpose, as_json=as_json)
    elif again is not None and out is not None:
        _again(district, again, out, by=by, purpose=purpose, as_json=as_json)
    elif since is not None and until is not None and out is not None:
        days = (since, until)
        _write(district, days, out, edition=edition, by=by, purpose=purpose, lang=lang, as_json=as_json)


def _write(
    district: str | None,
    days: tuple[datetime, datetime],
    out: Path,
    *,
    edition: str,
    by: str | None,
    purpose: str | None,
    lang: str,
    as_json: bool,
) -> None:
    from app.report import form_of
    from app.roles import require_edition
    from app.services import reports as service
    from app.services.exports import Taking
    from etl.db import open_database

    since, until = (moment.date() for moment in days)
    taking = Taking(require_edition(edition), by, purpose)
    asked = service.Asked(since, until, form_of(out).removeprefix("."), lang, taking)
    with progress() as bar:
        result = service.write(open_database(district, role="loader"), asked, out=out, progress=bar)
    printing.answer(result, as_json, printing_report.written)


def _list(district: str | None, *, as_json: bool) -> None:
    from app.services import reports as service
    from etl.db import open_database

    db = open_database(district)
    found = {"reports": service.listed(db), "invented": db.district.invented}
    printing.answer(found, as_json, printing_report.kept)


def _again(
    district: str | None, report_id: int, out: Path, *, by: str | None, purpose: str | None, as_json: bool
) -> None:
    from app.services import reports as service
    from etl.db import open_database

    result = service.write_again(open_database(district), report_id, out=out, who=by, purpose=purpose)
    printing.answer(result, as_json, printing_report.written)


def _recompute(
    district: str | None, report_id: int, *, by: str | None, purpose: str | None, as_json: bool
) -> None:
    from app.services import reports as service
    from etl.db import open_database

    with progress() as bar:
        db = open_database(district, role="loader")
        result = service.recompute(db, report_id, who=by, purpose=purpose, progress=bar)
    printing.answer(result, as_json, printing_report.recomputed)
