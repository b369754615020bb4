"""Commands run in this process, as a person would at a terminal: what they say, where, and their exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli as commands
from tests.database import TestCity

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit code."""

    out: str
    err: str
    code: int

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Golmok = Callable[..., Told]


def enter(city: TestCity, districts: Path, patch: pytest.MonkeyPatch, state: Path | None = None) -> None:
    """Make a test database the district that commands work on."""
    name = city.name.removeprefix("golmok_")
    settings = (ROOT / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    (districts / f"{name}.toml").write_text(settings, encoding="utf-8")
    patch.setenv("GOLMOK_DATABASE_URL", city.server.uri(city.server.database))
    patch.setenv("GOLMOK_DISTRICTS", str(districts))
    patch.setenv("GOLMOK_DISTRICT", name)
    if state is not None:
        patch.setenv("GOLMOK_STATE", str(state))
    patch.setenv("GOLMOK_LANGUAGE", "en")


def runner(patch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Golmok:
    def run(*words: str | Path) -> Told:
        patch.setattr(sys, "argv", ["golmok", *map(str, words)])
        capfd.readouterr()
        code: Any = 0
        try:
            commands.main()
        except SystemExit as end:
            code = end.code
        said = capfd.readouterr()
        return Told(said.out, said.err, code or 0)

    return run
