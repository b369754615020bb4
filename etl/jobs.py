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

JOBS: tuple[Job, ...] = (
    Job("boundaries", boundaries.read, (city_jobs.BOUNDARY,)),
    Job("cameras", cameras.read, (camera_jobs.REGISTRY, camera_jobs.OSM_CAMERAS)),
    Job("survey", survey.read, (camera_jobs.SURVEY,)),
    Job("status", status.read, (camera_jobs.STATUS,)),
    Job("city", city.read, city_jobs.CITY),
    Job("juso", juso.read, city_jobs.JUSO),
    Job("dem", dem.read, (city_jobs.TERRAIN,)),
    Job("zones", zones.read, (city_jobs.ZONE,)),
    Job("speakers", speakers.read, (city_jobs.SPEAKER,)),
    Job("lamps", lamps.read, (city_jobs.LAMP,)),
    Job("bells", bells.read, (city_jobs.BELL, city_jobs.SAFE_RETURN)),
    Job("incidents", incidents.read, (record_jobs.CALL, record_jobs.ACCIDENT)),
    Job("police", police.read, (record_jobs.SUPPLY, record_jobs.CRIME)),
    Job("layer", layers.read, record_jobs.LAYER),
)
