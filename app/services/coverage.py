"""Coverage as at a date: fields of view brought up to date, every figure computed once and kept as a run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from app.figures import Measured, Row, measure
from app.risk import ADDED
from app.services import aims, check_day, references
from app.services import fields as fields_service
from app.services.gaps import latest
from app.services.working import working
from app.world import Sampling, World
from etl.db import Database
from etl.store import frames
from etl.store.coverage import (
    CoverageRun,
    RunShare,
    coverage_inputs,
    incidents_loaded,
    latest_run,
    loads_done,
    stands,
    write_run,
)
from etl.store.days import network_day
from etl.store.ground import keep_tiles, tiles
from etl.store.kept import keep_sums, kept_sums
from etl.store.references import last_loads, risk_references
from spatial.fov import with_assumptions
from spatial.kept import Kept
from spatial.optics import px_per_m
from spatial.terrain import Ground

Progress = Callable[[str, int, int], None]

# Raised when the way figures are computed changes: stored runs are then computed anew.
ENGINE = "points-11"


def coverage(
    db: Database,
    *,
    density_class: str = "observe",
    at: date | None = None,
    sampling: Sampling | None = None,
    progress: Progress,
) -> dict[str, Any]:
    """Return the figures of `golmok coverage` and keep them; a run of the same inputs is not computed again.

    db             opened as loader
    density_class  a class of the standard; the ladder stands beside it
    at             as at this day; None is the latest that the registries speak of
    Raises         UnknownClass; WrongUse for a day beyond what can be asked for
    """
    px_per_m(density_class)
    if at is not None:
        check_day(at)
    started = datetime.now().astimezone()
    computed = fields_service.refresh(db, progress=progress)
    aims.refresh(db, progress=progress)
    day = at or network_day(db)
    fields_done = datetime.now().astimezone()
    fine = sampling or Sampling()
    references.freeze_missing(db, lambda: world(db, network_day(db)))
    inputs, loads = _inputs(db, day, fine), loads_done(db)
    # What pages show is the last run: an older one of the same inputs, with others since, is not taken for it.
    last = latest_run(db, day, density_class)
    if last is None or last["inputs_hash"] != inputs:
        question = f"{day} {density_class} {fine}"
        city = replace(world(db, day), kept=kept_sums(db, question))
        known = dict(city.open_ground)
        measured = measure(city, density_class, sampling=fine, progress=progress)
        keep_sums(db, question, city.kept or Kept())
        keep_tiles(db, {digest: tile for digest, tile in city.open_ground.items() if digest not in known})
        _keep(db, day, measured, sampling=fine, facts={"inputs_hash": inputs, "loads": loads})
    answer = latest(db, density_class, day)
    if answer is None:
        raise LookupError("the run that was just written is gone")
    done = datetime.now().astimezone()
    seconds = {"fields": _seconds(started, fields_done), "figures": _seconds(fields_done, done)}
    beside = {"stands": stands(db, day), "working": working(db, answer)}
    return answer | beside | {"fields_computed": computed, "seconds": seconds}


def through(
    db: Database,
    days: Sequence[date],
    *,
    density_class: str = "observe",
    sampling: Sampling | None = None,
    progress: Progress,
) -> list[int]:
    """Compute coverage as at each of some days, unless it is kept, and return the runs in the order of the days.

    db       opened as loader; what was done before a killed call is kept
    progress told how many days are done, not how far each is
    """
    runs = []
    for done, day in enumerate(days):
        progress("Days", done, len(days))
        run = coverage(db, density_class=density_class, at=day, sampling=sampling, progress=_untold)
        runs.append(int(run["run_id"]))
    progress("Days", len(days), len(days))
    return runs


def _untold(_step: str, _done: int, _total: int) -> None:
    """Keep how far one day is to oneself."""


def without_shapes(answer: Row) -> Row:
    """Return an answer without the lines of its gaps, which only a map can use; each keeps its place and length."""
    return answer | {"gaps": [_listed(gap) for gap in answer["gaps"]]}


def _listed(gap: Row) -> Row:
    kept = {name: value for name, value in gap.items() if name != "geometry"}
    return kept | {
        name: round(kept[name], digits) for name, digits in _DIGITS.items() if kept.get(name) is not None
    }


# A tenth of a metre on the ground; of a risk, more than its weights can bear.
_DIGITS = {"lat": 6, "lon": 6, "risk": 3, "risk_mean": 3}


def world(db: Database, at: date) -> World:
    """Read what coverage as at a day is computed from. `db` opened as loader: the job reads, no person does."""
    with db.one_after_another() as held:
        return _read(held, at)


def _read(db: Database, at: date) -> World:
    cameras = with_assumptions(frames.cameras(db, at), db.district.defaults)
    ends = datetime.combine(at + timedelta(days=1), time(), tzinfo=db.district.zone)
    since = _year_before(ends)
    incidents = frames.incidents(db, since, ends, purpose="coverage as at a date, computed by the job")
    return World(
        at=at,
        cameras=cameras,
        fields=frames.fields(db, at),
        alleys=frames.alleys(db),
        buildings=frames.buildings(db),
        district=frames.boundaries(db, "district"),
        dong=frames.boundaries(db, "dong"),
        zones=frames.zones(db, at),
        # A bell that rang by itself is no event that a camera could have seen.
        incidents=incidents[~incidents["false_alarm"].astype(bool)],
        lamps=frames.lamps(db),
        layers={name: frames.layer(db, name) for name in ADDED},
        weights=db.district.weights,
        presets=frames.presets(db),
        lens=db.district.defaults,
        night=db.district.night,
        incidents_loaded=incidents_loaded(db),
        ground=Ground.of(frames.terrain(db)),
        open_ground=tiles(db),
        aims=frames.aim_beliefs(db, at),
        references=risk_references(db),
        risk_rules=db.district.risk,
        zone=db.district.zone,
        loads=last_loads(db),
    )


def _year_before(moment: datetime) -> datetime:
    try:
        return moment.replace(year=moment.year - 1)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year - 1, day=28)


def _inputs(db: Database, at: date, sampling: Sampling) -> str:
    """Return the digest of everything that the figures depend on."""
    parts = (
        ENGINE,
        fields_service.engine_of(db),
        repr(sorted(db.district.weights.items())),
        repr(db.district.night),
        repr(db.district.risk),
        repr(sorted(risk_references(db).items())),
        repr(sampling),
        coverage_inputs(db, at),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _keep(db: Database, at: date, measured: Measured, *, sampling: Sampling, facts: Row) -> int:
    """Write a run; `facts` say what it rests on: the digest of its inputs, and the loads they came by."""
    answer = measured.answer
    run = CoverageRun(
        as_of=at,
        density_class=answer["class"],
        inputs_hash=facts["inputs_hash"],
        figures=answer
        | {"alleys": answer["alleys"] | {"by_draw": measured.by_draw}, "loads": facts["loads"]},
        step_m=sampling.alley_step_m,
        draws=sampling.draws,
        seed=sampling.seed,
    )
    return write_run(db, run, list(_shares(answer)), gaps=measured.gaps)


def _shares(answer: Row) -> Iterator[RunShare]:
    """Yield the shares of a run as rows, each with its denominator."""
    length_m, open_m2 = answer["alleys"]["length_m"], answer["area"]["open_m2"]
    yield _share("alleys", answer["class"], answer["alleys"], length_m, "m")
    yield _share("area", answer["class"], answer["area"], open_m2, "m2")
    yield _share("incidents", answer["class"], answer["incidents"], answer["incidents"]["n"], "incidents")
    for rung in answer["ladder"]:
        yield _share("ladder", rung["class"], rung, length_m, "m")
    for rung in answer["night"]["ladder"]:
        yield _share("night", rung["class"], rung, length_m, "m")
    for dong in answer["by_dong"]:
        yield _share("dong", dong["code"], dong, dong["length_m"], "m")
    for zone in answer["zones"]:
        yield _share("zone", str(zone["zone_id"]), zone, zone["area_m2"], "m2")
    for row in answer["purposes"]:
        yield _share("purpose", row["purpose"], row, length_m, "m")
    for row in answer["agencies"]:
        alone = {"share": row["alone"], "low": row["low"], "high": row["high"]}
        yield _share("agency", row["agency"], alone, length_m, "m")


def _share(theme: str, key: str, row: Row, weight: float | None, unit: str) -> RunShare:
    return RunShare(
        theme=theme,
        key=key,
        share=row["share"],
        low=row["low"],
        high=row["high"],
        certain=row.get("certain"),
        possible=row.get("possible"),
        weight=weight,
        unit=unit,
    )


def _seconds(start: datetime, end: datetime) -> float:
    return round((end - start).total_seconds(), 3)
