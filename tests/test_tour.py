"""The README's tour is followed in a real browser, on the district that its demo brings up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.services import demo
from etl.db import Database
from tests.database import TestCity
from tests.loaded_sample import Loaded
from tests.served_city import CHROMIUM, FLAGS, ROOT, serving

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

HEADING = "## A tour of five minutes"
# A report is computed while the visitor waits.
WAIT_MS = 180_000


@dataclass(frozen=True, slots=True)
class Step:
    """A row of the tour: an address, or "" to stay; buttons to press; a file to drop, or ""; what is then read."""

    address: str
    press: tuple[str, ...]
    drop: str
    read: str


def steps() -> list[Step]:
    """Return the rows of the README's tour."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.split(HEADING)[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")][2:]
    return [
        Step(
            address="".join(re.findall(r"`([^`]+)`", first)),
            press=tuple(re.findall(r"\*\*([^*]+)\*\*", do)),
            drop="".join(re.findall(r"drop `([^`]+)`", do)),
            read="".join(re.findall(r'"([^"]+)"', read)),
        )
        for first, do, read in rows
    ]


@pytest.fixture(scope="module")
def city(loaded_city: TestCity) -> TestCity:
    return loaded_city


@pytest.fixture(scope="module")
def sample(loaded_sample: Loaded, loader: Database) -> Path:
    """Bring up the sample district as the demo does; return the folder of its files."""
    demo.worked_out(loader, progress=lambda *_: None)
    return loaded_sample.files


@pytest.fixture(scope="module")
def where(city: TestCity, sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(city, tmp_path_factory.mktemp("tour")) as address:
        yield address


def test_the_tour_is_walked_through_every_page() -> None:
    walked = steps()
    assert len(walked) >= 6
    assert all(step.read for step in walked)
    visited = {step.address.partition("?")[0] for step in walked if step.address}
    assert visited == {"/", "/find", "/gaps", "/plan", "/report", "/data"}


def test_the_tour_reads_as_the_readme_says(where: str, sample: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with playwright.sync_playwright() as door:
        browser = door.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.set_default_timeout(WAIT_MS)
        for step in steps():
            _take(page, step, where, sample)
        browser.close()


def _take(page, step: Step, where: str, sample: Path) -> None:  # type: ignore[no-untyped-def]
    if step.address:
        page.goto(f"{where}{step.address}")
        page.wait_for_selector("h1")
    for name in step.press:
        page.get_by_text(name, exact=True).first.click()
    if step.drop:
        page.locator("input[type=file]").set_input_files(sample / Path(step.drop).name)
    page.get_by_text(step.read).first.wait_for()
