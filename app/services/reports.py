"""Reports that are made, kept, read again and computed anew: the use cases of the page Report and of `golmok report`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from app import report_kept
from app.roles import LOCAL, Role
from app.roles import require_edition as require_role
from app.services import WrongUse, exports, require_whole_months
from app.services.exports import Taking
from app.words import LANGUAGES
from etl.db import Database
from etl.store import reports as store
from etl.store.coverage import loads_done
from etl.store.days import network_day, today

Progress = Callable[[str, int, int], None]
Row = dict[str, Any]

# The class that a report is told in; the ladder stands beside it.
CLASS = "observe"
# What a document's bytes hang on beside its figures.
_LIBRARIES = ("golmok", "typst", "folium", "matplotlib", "shapely")


class UnknownReport(WrongUse):
    """No report of this number is kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A report as it is asked for.

    since, until  first and last day
    form          pdf or html
    taking        edition; of an internal one by whom and what for
    """

    since: date
    until: date
    form: str = "pdf"
    lang: str = "ko"
    taking: Taking = field(default_factory=Taking)

    def __post_init__(self) -> None:
        """Refuse at once, not after minutes of computing: WrongUse, UnknownReportForm, EditionRefused."""
        from app.report import form_of, require_edition

        if self.lang not in LANGUAGES:
            raise WrongUse(f"the report speaks {' and '.join(LANGUAGES)}, not {self.lang!r}")
        form_of(Path(f"report.{self.form}"))
        require_edition(self.taking.edition)
        require_whole_months(self.since, self.until, self.taking.edition)


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made: its number, whether it is new, its row without figures, its figures and its bytes."""

    report_id: int
    fresh: bool
    row: Row
    figures: Row
    content: bytes


def make(db: Database, asked: Asked, *, roles: Iterable[Role] = LOCAL, progress: Progress) -> Made:
    """Make a report and keep it; the same data and question give the report that is kept already.

    db      opened as loader: coverage at both ends of the period is computed when it was not
    Raises  NotYours for an edition of other roles; PeriodWrong; what app.report.content_of raises
    An internal one is in the access log before it is given.
    """
    require_role(asked.taking.edition, roles)
    figures = _gathered(db, asked, stamp=_stamp(db, asked.taking), progress=progress)
    progress("Document", 0, 1)
    content, pages = _document(figures, asked.form, asked.lang)
    row = _kept_row(db, asked, figures, content=content, pages=pages)
    report_id, fresh = store.insert_report(db, row)
    progress("Document", 1, 1)
    detail = {"report_id": report_id, "sha256": row.sha256, "since": asked.since, "until": asked.until}
    exports.note(db, "report", asked.taking, rows=1, detail=detail)
    (shown,) = store.reports(db, report_id)
    return Made(report_id, fresh, _listed(shown), figures, content)


def write(db: Database, asked: Asked, *, out: Path, progress: Progress) -> Row:
    """Make and keep a report, write it to `out`, and return the answer of `golmok report`. Raises as `make`."""
    return _written(make(db, asked, progress=progress), out)


def write_again(
    db: Database, report_id: int, *, out: Path, who: str | None = None, purpose: str | None = None
) -> Row:
    """Write a kept report to `out` again, from its kept figures. Raises as `read`; WrongUse when `out` is of another form."""
    row = _row_of(db, report_id, LOCAL)
    if out.suffix.lower() != f".{row['form']}":
        raise WrongUse(f"report {report_id} was kept as .{row['form']}, not as {out.name}")
    return _written(read(db, report_id, who=who, purpose=purpose), out)


def _written(made: Made, out: Path) -> Row:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made.content)
    return {
        "out": str(out),
        "report_id": made.report_id,
        "fresh": made.fresh,
        "sha256": hashlib.sha256(made.content).hexdigest(),
        "as_kept": is_as_kept(made),
        "bytes": len(made.content),
        "pages": made.row["pages"],
        "edition": made.row["edition"],
        "invented": made.figures["invented"],
        "figures": {name: value for name, value in made.figures.items() if name != "map"},
    }


def listed(db: Database, *, roles: Iterable[Role] = LOCAL) -> list[Row]:
    """Return the kept reports that one of the roles may read, the last made first, without their figures."""
    from app.roles import editions_of

    mine = set(editions_of(roles))
    return [_listed(row) for row in store.reports(db) if row["edition"] in mine]


def read(
    db: Database,
    report_id: int,
    *,
    who: str | None = None,
    purpose: str | None = None,
    roles: Iterable[Role] = LOCAL,
) -> Made:
    """Return a kept report, its document made again from the kept figures, whatever the database holds by now.

    who, purpose  of an internal one: who reads it and what for; it leaves a row in the access log
    Raises  UnknownReport; NotYours; NoPurpose for an internal one without
    The bytes are those of then unless other software sets them: compare `row["sha256"]`.
    """
    found = _row_of(db, report_id, roles)
    taken = Taking(found["edition"], who, purpose)
    text = store.read_report(db, report_id, who=taken.who, purpose=taken.purpose)
    if text is None:
        raise UnknownReport(str(report_id))
    figures: Row = json.loads(text)
    content, _ = _document(figures, found["form"], found["lang"])
    return Made(report_id, False, found, figures, content)


def page_of(made: Made) -> str:
    """Return a report as one HTML text to be read on a screen, whatever its form."""
    if made.row["form"] == "html":
        return made.content.decode()
    return _document(made.figures, "html", made.row["lang"])[0].decode()


def is_as_kept(made: Made) -> bool:
    """Say whether the bytes are those that were kept."""
    return hashlib.sha256(made.content).hexdigest() == str(made.row["sha256"])


def recompute(
    db: Database,
    report_id: int,
    *,
    who: str | None = None,
    purpose: str | None = None,
    roles: Iterable[Role] = LOCAL,
    progress: Progress,
) -> Row:
    """Compute a kept report anew from today's database and say what differs, and why. Nothing is kept.

    db       opened as loader
    who, purpose  asked for of an internal report, whose figures are told: they go to the access log before
    Returns  same (the bytes), sha256 and sha256_now, figures [{figure, then, now}], because [{kind, ...}]: loads since,
             versions and counts of rows that differ
    Raises   UnknownReport; NotYours; NoPurpose; as `make`
    """
    row = _row_of(db, report_id, roles)
    asking = Taking(row["edition"], who, purpose)
    text = store.report_figures(db, report_id)
    if text is None:
        raise UnknownReport(str(report_id))
    then: Row = json.loads(text)
    taking = Taking(row["edition"], row["made_by"], row["purpose"])
    asked = Asked(row["since"], row["until"], row["form"], row["lang"], taking)
    now = _gathered(db, asked, stamp=then.get("stamp"), progress=progress)
    sha256 = hashlib.sha256(_document(now, asked.form, asked.lang)[0]).hexdigest()
    found = list(report_kept.differences(then, now))
    exports.note(db, "report recomputed", asking, rows=len(found), detail={"report_id": report_id})
    return {
        **{name: row[name] for name in ("report_id", "edition", "lang", "form", "sha256")},
        "since": row["since"].isoformat(),
        "until": row["until"].isoformat(),
        "same": sha256 == row["sha256"],
        "sha256_now": sha256,
        "figures": [each for each in found if not _traces(each["figure"])],
        "because": list(_reasons(db, row)),
        "invented": bool(now["invented"]),
    }


def half_year(db: Database) -> tuple[date, date]:
    """Return the first and last day of the last half-year that ended by the latest day that the registries speak of."""
    day = network_day(db) + timedelta(days=1)
    ends = date(day.year, 7 if day.month >= 7 else 1, 1)
    starts = date(ends.year, 1, 1) if ends.month == 7 else date(ends.year - 1, 7, 1)
    return starts, ends - timedelta(days=1)


def is_computed(db: Database, since: date, until: date) -> bool:
    """Say whether coverage was computed for both ends of a period, so that a report takes seconds, not minutes."""
    days = {since, until}
    return store.runs_computed(db, sorted(days), CLASS) == days


def _gathered(db: Database, asked: Asked, *, stamp: Row | None, progress: Progress) -> Row:
    """Return the figures as they are kept. The document is made from these alone, so that it can be made again."""
    from app.services import report

    edition = asked.taking.edition
    gathered = report.figures(db, asked.since, asked.until, edition=edition, progress=progress)
    held = report_kept.kept(gathered, report.told(gathered, edition), form=asked.form)
    ready: Row = json.loads(report_kept.text_of(held | ({"stamp": stamp} if stamp else {})))
    return ready


def _document(figures: Row, form: str, lang: str) -> tuple[bytes, int]:
    from app.report import content_of

    return content_of(report_kept.restored(figures), form=f".{form}", lang=lang)


def _stamp(db: Database, taking: Taking) -> Row | None:
    if taking.edition != "internal":
        return None
    return {"who": taking.who, "day": today(db).isoformat(), "purpose": taking.purpose}


def _kept_row(db: Database, asked: Asked, figures: Row, *, content: bytes, pages: int) -> store.KeptReport:
    text = report_kept.text_of(figures)
    internal = asked.taking.edition == "internal"
    return store.KeptReport(
        since=asked.since,
        until=asked.until,
        edition=asked.taking.edition,
        lang=asked.lang,
        form=asked.form,
        made_by=(asked.taking.who or "").strip() or None,
        purpose=asked.taking.purpose if internal else None,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
        pages=pages,
        inputs_digest=report_kept.digest_of(text),
        versions=versions(db),
        marks=store.report_marks(db),
        loads=loads_done(db),
        figures=text,
    )


def versions(db: Database) -> dict[str, str]:
    """Return the versions that a report hangs on: the engine of the figures, that of sight, and libraries."""
    from app.services.coverage import ENGINE
    from app.services.fields import engine_of

    sight = hashlib.sha256(engine_of(db).encode()).hexdigest()[:12]
    return {"coverage": ENGINE, "sight": sight} | {name: _version(name) for name in _LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from its folder, not installed
        return "source"


def _row_of(db: Database, report_id: int, roles: Iterable[Role]) -> Row:
    found = store.reports(db, report_id)
    if not found:
        raise UnknownReport(str(report_id))
    row = _listed(found[0])
    require_role(row["edition"], roles)
    return row


def _listed(row: store.Row) -> Row:
    return dict(row)


def _traces(figure: str) -> bool:
    """Say whether a difference is one of what figures rest on, which `because` tells, not of a figure."""
    return figure.endswith("inputs_hash") or ".loads" in figure or figure.startswith("loads")


def _reasons(db: Database, row: Row) -> Iterable[Row]:
    for load in store.loads_since(db, row["loads"]):
        day = load["reference_date"] or load["finished_at"]
        yield {
            "kind": "load",
            **{name: load[name] for name in ("batch_id", "source", "file_name", "file_sha256")},
            "day": str(day)[:10] if day else None,
        }
    for kind, then, now in (
        ("version", row["versions"], versions(db)),
        ("mark", row["marks"], store.report_marks(db)),
    ):
        for name in sorted(then.keys() | now.keys()):
            if then.get(name) != now.get(name):
                yield {"kind": kind, "name": name, "then": then.get(name), "now": now.get(name)}
