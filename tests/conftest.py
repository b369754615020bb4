"""What every test may ask for: the real files, when they lie beside the project, and the databases."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Time decides no test: machines are shared, and the first example of a property pays for imports.
settings.register_profile("golmok", deadline=None)
settings.load_profile("golmok")

pytest_plugins = [
    "tests.database",
    "tests.served_city",
    "tests.toy_doors",
    "tests.fault_city",
    "tests.loaded_sample",
]

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --long: all fuzzed and repeated cases instead of a seeded share of them."""
    parser.addoption("--long", action="store_true", default=False, help="run the long versions of tests")


@pytest.fixture(scope="session")
def long_run(request: pytest.FixtureRequest) -> bool:
    """Say whether the long versions of tests were asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public files, or skip with the reason.

    Looked for in GOLMOK_TEST_DATA, else in `shared/data` beside the project's root. The files are not part of
    the project; data/README.md says which they are and what each test needs of them.
    """
    named = os.environ.get("GOLMOK_TEST_DATA")
    folder = Path(named) if named else ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no real files: set GOLMOK_TEST_DATA to a folder that holds them")
    return folder
