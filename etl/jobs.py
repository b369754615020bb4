"""The visible list of jobs, in the order in which a district is loaded: source, reader, ordered steps, target."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from etl import camera_jobs, city_jobs, record_jobs
from etl.forms import Form
from etl.guarded import nameless
from etl.not_of_persons import no_persons
from etl.parts import Job
from etl.persons import ABOUT_PERSONS
from etl.sources import (
    bells,
    boundaries,
    cameras,
    city,
    dem,
    incidents,
    juso,
    lamps,
    layers,
    police,
    speakers,
    status,
    survey,
    zones,
)
from etl.tabular import any_format

# What people type beside the names of the sources.
ALSO_CALLED = {"health": "status"}


def named(source: str) -> str:
    """Return the source that a word means: its name, or another that it is called by."""
    return ALSO_CALLED.get(source, source)


def forms_of(job: Job) -> Sequence[Form]:
    """Return the forms that a source knows by their columns; empty for one that is known by its format."""
    return tuple(getattr(sys.modules[job.read.__module__], "FORMS", ()))


def _in_any_format(job: Job) -> Job:
    forms = forms_of(job)
    lists = any(not form.shapes for form in forms)
    job = replace(job, read=any_format(job.read, forms)) if lists else job
    if job.source in ABOUT_PERSONS:
        return replace(job, read=nameless(job.read))
    return replace(job, read=no_persons(job.read)) if forms else job


_IN_ORDER: tuple[Job, ...] = (
    Job("boundaries", boundaries.read, (city_jobs.BOUNDARY,), alone="boundaries"),
    Job(
        "cameras",
        cameras.read,
        (camera_jobs.REGISTRY, camera_jobs.OSM_CAMERAS),
        alone="cameras",
        lists=("registry",),
    ),
    Job("survey", survey.read, (camera_jobs.SURVEY,), alone="cameras"),
    Job("status", status.read, (camera_jobs.STATUS,), alone="cameras"),
    Job("city", city.read, city_jobs.CITY, alone="city"),
    Job("juso", juso.read, city_jobs.JUSO, alone="city"),
    Job("dem", dem.read, (city_jobs.TERRAIN,), alone="dem"),
    Job("zones", zones.read, (city_jobs.ZONE,), alone="zones", lists=("zone",)),
    Job("speakers", speakers.read, (city_jobs.SPEAKER,), alone="speakers", lists=("speaker",)),
    Job("lamps", lamps.read, (city_jobs.LAMP,), alone="lamps", lists=("lamp",)),
    Job(
        "bells",
        bells.read,
        (city_jobs.BELL, city_jobs.SAFE_RETURN),
        alone="bells",
        lists=("bell", "safe_return"),
    ),
    Job(
        "incidents",
        incidents.read,
        (record_jobs.CALL, record_jobs.ACCIDENT, *record_jobs.MAPPED),
        alone="incidents",
    ),
    Job("police", police.read, (record_jobs.SUPPLY, record_jobs.CRIME), alone="police"),
    Job("layer", layers.read, record_jobs.LAYER, alone="layer"),
)
JOBS: tuple[Job, ...] = tuple(map(_in_any_format, _IN_ORDER))
