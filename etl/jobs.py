"""The visible list of jobs, in the order in which a district is loaded: source, reader, ordered steps, target."""

from __future__ import annotations

from etl import camera_jobs, city_jobs, record_jobs
from etl.parts import Job
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

JOBS: tuple[Job, ...] = (
    Job("boundaries", boundaries.read, (city_jobs.BOUNDARY,), alone="boundaries"),
    Job(
        "cameras",
        any_format(cameras.read, cameras.FORMS),
        (camera_jobs.REGISTRY, camera_jobs.OSM_CAMERAS),
        alone="cameras",
    ),
    Job("survey", any_format(survey.read, survey.FORMS), (camera_jobs.SURVEY,), alone="cameras"),
    Job("status", any_format(status.read, status.FORMS), (camera_jobs.STATUS,), alone="cameras"),
    Job("city", city.read, city_jobs.CITY, alone="city"),
    Job("juso", juso.read, city_jobs.JUSO, alone="city"),
    Job("dem", dem.read, (city_jobs.TERRAIN,), alone="dem"),
    Job("zones", zones.read, (city_jobs.ZONE,), alone="zones"),
    Job("speakers", any_format(speakers.read, speakers.FORMS), (city_jobs.SPEAKER,), alone="speakers"),
    Job("lamps", any_format(lamps.read, lamps.FORMS), (city_jobs.LAMP,), alone="lamps"),
    Job("bells", any_format(bells.read, bells.FORMS), (city_jobs.BELL, city_jobs.SAFE_RETURN), alone="bells"),
    Job(
        "incidents",
        any_format(incidents.read, incidents.FORMS),
        (record_jobs.CALL, record_jobs.ACCIDENT),
        alone="incidents",
    ),
    Job(
        "police",
        any_format(police.read, police.FORMS),
        (record_jobs.SUPPLY, record_jobs.CRIME),
        alone="police",
    ),
    Job("layer", any_format(layers.read, layers.FORMS), record_jobs.LAYER, alone="layer"),
)
