"""The toy city of the browser's tests, served as a person would, and a browser that notes which hosts it asks.

Two cameras at the district's centre P, in the open: camera 1 stands 12 m west of P and looks east, so it certainly
sees P; camera 2 stands 12 m north of P and nobody knows where it looks, so it may. A street of 200 m runs through P.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from sqlalchemy import create_engine

from app.services import coverage
from etl.db import Database
from etl.settings import settings
from tests.database import TestCity

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
P = "37.5791, 126.9368"
WAIT_MS = 30_000
SCREENS = Path(os.environ.get("GOLMOK_SCREENS", ROOT / ".golmok" / "screens"))


@pytest.fixture(scope="module")
def toy_served(owner: Database, loader: Database) -> None:
    """Lay out the toy city and compute its coverage."""
    statements = (
        "create temp table p on commit drop as"
        " select st_transform(st_setsrid(st_makepoint(126.9368, 37.5791), 4326), 5186) as at",
        "insert into core.boundary (boundary_key, level, code, name_ko, name_en, geom)"
        " select 'k' || level, level, '1', '가운데동', 'Middle-dong', st_multi(st_expand(at, 300))"
        " from p, unnest(array['district', 'dong']) level",
        "insert into core.alley (alley_key, name, width_m, kind, geom)"
        " select 'a', '한길', 4, 'alley', st_makeline(st_translate(at, -100, 0), st_translate(at, 100, 0)) from p",
        # Streets need buildings to be believed: one stands far from the cameras.
        "insert into core.building (building_key, height_m, geom)"
        " select 'b', 9, st_multi(st_expand(st_translate(at, 150, 150), 10)) from p",
        "insert into core.agency (name_ko) values ('재난안전과')",
        "insert into core.site (site_key, geom) select 'west', st_translate(at, -12, 0) from p",
        "insert into core.site (site_key, geom) select 'north', st_translate(at, 0, 12) from p",
        "insert into core.camera (camera_key, site_id, head_no) select site_key || '-1', site_id, 1 from core.site",
        "insert into core.camera_state (camera_id, valid_during, agency_id, purpose_code, kind, heading_deg,"
        " tilt_deg, height_m, focal_mm, sensor_w_mm, sensor_h_mm, image_w_px, image_h_px)"
        " select camera_id, '[2010-01-01,)', agency_id, 'crime_prevention', 'fixed',"
        " case camera_key when 'west-1' then 90 end, 20, 5, 4, 5.57, 3.13, 1920, 1080"
        " from core.camera, core.agency",
    )
    with owner.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    coverage.coverage(loader, progress=lambda *_: None)


@pytest.fixture(scope="module")
def address(city: TestCity, toy_served: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the toy city as a person would, in a process of its own; yield its address."""
    with serving(city, tmp_path_factory.mktemp("served")) as where:
        yield where


@contextmanager
def serving(
    city: TestCity, folder: Path, *, secrets: Callable[[int], str] | None = None, **given: str
) -> Iterator[str]:
    """Serve a city from a process of its own that keeps its log and settings in `folder`; give its address.

    secrets  text of the secrets file for a port, read where the process starts; None: nobody needs to sign in
    given    further variables of the environment
    """
    assets = settings().assets
    if CHROMIUM is None:
        pytest.skip("no Chromium: apt-get install chromium")
    if not (assets / "maplibre" / "maplibre-gl.mjs").exists():
        pytest.skip(f"no map library in {assets}: ./golmok fetches it")
    name, port = city.name.removeprefix("golmok_"), free_port()
    shutil.copy(ROOT / "data" / "districts" / "sample.toml", folder / f"{name}.toml")
    if secrets is not None:
        (folder / ".streamlit").mkdir()
        (folder / ".streamlit" / "secrets.toml").write_text(secrets(port), encoding="utf-8")
    environment = {
        "GOLMOK_DATABASE_URL": city.server.uri("postgres"),
        "GOLMOK_DISTRICTS": str(folder),
        "GOLMOK_DISTRICT": name,
        "GOLMOK_ASSETS": str(assets),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        **given,
    }
    command = [sys.executable, "-m", "app.web", "127.0.0.1", str(port)]
    # One name for the machine: a cookie of localhost is none of 127.0.0.1.
    where = f"http://{'127.0.0.1' if secrets is None else 'localhost'}:{port}"
    with running(command, folder / "log", cwd=folder, given=environment) as served:
        wait_for(f"{where}/_stcore/health", served, folder / "log")
        yield where


@contextmanager
def running(
    command: list[str], log: Path, *, cwd: Path, given: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process beside the test, what it says in `log`; stop it at the end."""
    with log.open("w") as out:
        served = subprocess.Popen(command, cwd=cwd, env=os.environ | given, stdout=out, stderr=out)
    try:
        yield served
    finally:
        served.terminate()
        served.wait(20)


def keep_picture(page: Any, name: str) -> None:
    """Keep a picture of the screen among the artefacts of the run, so that a person can look at what was tested."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, served: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until an address answers; fail with what the process said."""
    until = time.monotonic() + 60
    while time.monotonic() < until and served.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"it did not start:\n{log.read_text()}")


@dataclass
class Visit:
    """A page in the browser, with every host it asked and every fault of its scripts."""

    page: object
    hosts: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[object]:
    """Start Chromium once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as door:
        started = door.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def visiting(
    browser, where: str, *, scheme: str = "light", drawn: str = ".map[data-drawn]"
) -> Iterator[Visit]:  # type: ignore[no-untyped-def]
    context = browser.new_context(viewport={"width": 1366, "height": 768}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    visit = Visit(page)
    for event in ("request", "websocket"):
        page.on(event, lambda asked: _note(visit, asked.url))
    page.on("pageerror", lambda fault: visit.faults.append(str(fault)))
    page.goto(where)
    page.wait_for_selector(drawn)
    try:
        yield visit
    finally:
        context.close()


def _note(visit: Visit, url: str) -> None:
    """Note the host of a request; what the page carries in itself (data:, blob:) asks nobody."""
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob"):
        visit.hosts.add(parts.netloc)


def answered(page, said: str) -> None:  # type: ignore[no-untyped-def]
    page.wait_for_selector(f".golmok-answer:has-text('{said}')")


@contextmanager
def away(city: TestCity) -> Iterator[None]:
    """Take the city's database away for a while: rename it, its connections cut."""
    engine = create_engine(city.server.url("postgres"), isolation_level="AUTOCOMMIT")
    cut = f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{city.name}'"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"alter database {city.name} with allow_connections false")
        connection.exec_driver_sql(cut)
        connection.exec_driver_sql(f"alter database {city.name} rename to {city.name}_away")
        try:
            yield
        finally:
            connection.exec_driver_sql(f"alter database {city.name}_away rename to {city.name}")
            connection.exec_driver_sql(f"alter database {city.name} with allow_connections true")
    engine.dispose()
