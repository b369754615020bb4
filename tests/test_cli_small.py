"""Commands that need no city: init, the private server, the sample's files. Each has its JSON too."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from app import cli
from tests.database import TestCity
from tests.terminal import ROOT, Golmok, enter, runner


@pytest.fixture(scope="module")
def districts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of district files; a test database is a district like any other."""
    return tmp_path_factory.mktemp("districts")


@pytest.fixture
def golmok(
    city: TestCity,
    districts: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> Golmok:
    """Run a command beside an empty city."""
    enter(city, districts, monkeypatch, tmp_path / "state")
    return runner(monkeypatch, capfd)


def test_init_says_what_it_made(golmok: Golmok, districts: Path, city: TestCity) -> None:
    name = f"born_{city.name.removeprefix('golmok_')}"
    settings = (ROOT / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    (districts / f"{name}.toml").write_text(settings, encoding="utf-8")
    try:
        told = golmok("init", name, "--json")
        assert told.code == 0, told.err
        assert told.answer == {"district": name, "database": f"golmok_{name}", "invented": True}
        again = golmok("init", name)
        assert f"District {name} is ready." in again.out
    finally:
        engine = create_engine(city.server.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"drop database if exists golmok_{name} with (force)")
        engine.dispose()


def test_small_commands_have_their_json_too(golmok: Golmok, tmp_path: Path) -> None:
    for way in ("up", "down"):
        # A server that a URL names is not ours to start or stop.
        assert golmok("db", way, "--json").answer == {"code": "not_ours", "socket": None}
    written = golmok("sample", tmp_path / "files", "--json").answer
    assert written["invented"] is True
    assert len(written["files"]) > 10
    assert all(Path(path).exists() for path in written["files"])


def test_ctrl_c_is_told_and_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.services.loading.known_sources", stop)
    monkeypatch.setattr("sys.argv", ["golmok", "sources"])
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 130
    assert "Stopped." in capsys.readouterr().err
