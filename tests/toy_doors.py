"""The toy city in a database, laid out for a test module or for one test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import city_in_database as toy_city
from tests.city_in_database import Door, opened
from tests.database import TestCity
from tests.terminal import Golmok, enter, runner


@pytest.fixture(scope="module")
def drawn(city: TestCity) -> Iterator[Door]:
    """The toy city with its hand-drawn fields of view: every figure of it is known on paper."""
    with opened(city) as door:
        toy_city.lay_out(door("owner"))
        toy_city.draw_fields(door())
        yield door


@pytest.fixture
def living(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """A toy city of its own, whose fields of view are still to be computed."""
    with opened(make_city()) as door:
        toy_city.lay_out(door("owner"))
        yield door


@pytest.fixture
def toy_golmok(
    make_city: Callable[[], TestCity],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run commands, in English, on a toy city of their own with its hand-drawn fields of view."""
    city = make_city()
    with opened(city) as door:
        toy_city.lay_out(door("owner"))
        toy_city.draw_fields(door())
    enter(city, tmp_path, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)
