"""The wrapper in a checkout of stand-ins: what it compares, what it calls, what it passes on.

The set-up itself is etl/bootstrap.py's; here a small one writes down how it was called and leaves the stamps.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock", "package-lock.json")

# Stands for .venv/bin/python: says what it was asked, and fails where the test wants it to.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" "PYTHONPATH=${PYTHONPATH-none}" "in $(pwd)" \\
    ${KERNELS+"kernels $NUMBA_CACHE_DIR"} ${GOLMOK_DATABASE_URL+"at $GOLMOK_DATABASE_URL"} >>"$CALLS"
printf 'answer\\n'
case "$*" in *"$FAILING"*) exit 3 ;; esac
"""
# Stands for etl/bootstrap.py: writes down its words and leaves what a finished set-up leaves.
BOOTSTRAP = """
import os, shutil, sys
from pathlib import Path

def main(words):
    root = Path(__file__).resolve().parent.parent
    with open(os.environ["CALLS"], "a") as calls:
        calls.write("set-up " + " ".join(words) + "\\n")
    if os.environ.get("BROKEN"):
        return 4
    stamps = root / ".venv" / "golmok"
    stamps.mkdir(parents=True, exist_ok=True)
    (root / ".venv" / "golmok-unfinished").unlink(missing_ok=True)
    (stamps / "root").write_text(f"{root}\\n")
    shutil.copyfile(root / "requirements.lock", stamps / "requirements.lock")
    if words[0] != "run":
        shutil.copyfile(root / "requirements-test.lock", stamps / "requirements-test.lock")
    (root / ".venv" / "bin").mkdir(exist_ok=True)
    shutil.copy(root / "stand-in", root / ".venv" / "bin" / "python")
    if words[0] != "check":
        (root / ".golmok" / "assets").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "package-lock.json", root / ".golmok" / "assets" / "package-lock.json")
        (root / ".golmok" / "postgres").write_text("/bin/sh\\n")
    if words[0] == "test":
        (root / ".golmok" / "ready-to-test").touch()
    return 0
"""


@dataclass
class Checkout:
    """A folder with the wrapper in it, and what was called."""

    root: Path

    def call(
        self, *words: str, program: Path | str | None = None, cwd: Path | None = None, **extra: str
    ) -> tuple[int, str, list[str]]:
        """Run the wrapper; return its exit code, its stdout and the calls since the last one."""
        calls = self.root / "calls"
        calls.write_text("")
        # The wrapper that runs these tests says where its kernels are kept.
        kept = {
            key: text for key, text in os.environ.items() if not key.startswith(("GOLMOK", "NUMBA_CACHE"))
        }
        environment = (
            kept | {"CALLS": str(calls), "GOLMOK_PYTHON": sys.executable, "FAILING": "nothing"} | extra
        )
        done = subprocess.run(
            [program or self.root / "golmok", *words],
            env=environment,
            cwd=cwd or "/",
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, calls.read_text().splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "my golmok's check out"
    (root / "etl").mkdir(parents=True)
    shutil.copy(ROOT / "golmok", root / "golmok")
    for name in LOCKS:
        (root / name).write_text(f"{name} 1\n")
    (root / "etl" / "__init__.py").touch()
    (root / "etl" / "bootstrap.py").write_text(BOOTSTRAP)
    (root / "stand-in").write_text(PYTHON)
    (root / "stand-in").chmod(0o755)
    return Checkout(root)


def test_the_first_call_sets_up_and_the_second_does_not(checkout: Checkout) -> None:
    code, out, calls = checkout.call("status", "--json")
    assert (code, out) == (0, "answer\n")
    assert calls == ["set-up run", "-P -m app.cli status --json", "PYTHONPATH=none", "in /"]
    assert checkout.call("status", "--json")[2][0] == "-P -m app.cli status --json"


def test_words_paths_and_exit_code_come_through_untouched(checkout: Checkout, tmp_path: Path) -> None:
    checkout.call("status")
    code, _, calls = checkout.call(
        "load", "cameras", "a  b/*.csv", "", FAILING="cameras", PYTHONPATH="/evil", cwd=tmp_path
    )
    assert code == 3
    assert calls == ["-P -m app.cli load cameras a  b/*.csv ", "PYTHONPATH=none", f"in {tmp_path}"]


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json"])
def test_a_changed_lock_sets_up_again(checkout: Checkout, name: str) -> None:
    checkout.call("status")
    (checkout.root / name).write_text("2\n")
    assert checkout.call("status")[2][0] == "set-up run"
    assert checkout.call("status")[2][0] != "set-up run"


def test_what_is_gone_or_unfinished_sets_up_again(checkout: Checkout) -> None:
    checkout.call("status")
    (checkout.root / ".venv" / "golmok-unfinished").touch()
    assert checkout.call("status")[2][0] == "set-up run"
    (checkout.root / ".golmok" / "postgres").write_text("/no/longer/postgres\n")
    assert checkout.call("status")[2][0] == "set-up run"
    (checkout.root / ".venv" / "bin" / "python").unlink()
    assert checkout.call("status")[2][0] == "set-up run"


def test_a_moved_checkout_sets_up_again(checkout: Checkout) -> None:
    checkout.call("status")
    moved = Checkout(checkout.root.with_name("moved"))
    checkout.root.rename(moved.root)
    assert moved.call("status")[2][0] == "set-up run"


def test_a_given_database_needs_no_postgis(checkout: Checkout) -> None:
    calls = checkout.call("status", GOLMOK_DATABASE_URL="postgresql://h/x")[2]
    assert calls[0] == "set-up run --own-database"
    (checkout.root / ".golmok" / "postgres").unlink()
    assert checkout.call("status", GOLMOK_DATABASE_URL="postgresql://h/x")[2][0] == "-P -m app.cli status"
    assert checkout.call("status")[2][0] == "set-up run"


def test_a_failed_set_up_ends_with_its_code_and_runs_nothing(checkout: Checkout) -> None:
    code, out, calls = checkout.call("status", BROKEN="yes")
    assert (code, out, calls) == (4, "", ["set-up run"])


def test_test_checks_then_tests_in_the_checkout_with_the_words_given(checkout: Checkout) -> None:
    code, _, calls = checkout.call("test", "tests/test_x.py", "--long")
    assert code == 0
    asked = [line for line in calls if line.startswith(("set-up", "-P"))]
    assert asked == ["set-up test", "-P -m app.check", "-P -m pytest -n 2 tests/test_x.py --long"]
    assert f"in {checkout.root}" in calls


def test_tests_never_reach_a_users_database(checkout: Checkout) -> None:
    _, _, calls = checkout.call("test", GOLMOK_DATABASE_URL="postgresql://h/x", GOLMOK_STATE="/mine")
    assert calls[0] == "set-up test"
    assert [line for line in calls if line.startswith("at ")] == []
    (checkout.root / ".golmok" / "ready-to-test").unlink()
    given = checkout.call("test", GOLMOK_TEST_DATABASE_URL="postgresql://h/x")[2]
    assert given[0] == "set-up test --own-database"
    assert "at postgresql://h/x" in checkout.call("status", GOLMOK_DATABASE_URL="postgresql://h/x")[2]


@pytest.mark.parametrize(("failing", "code"), [("app.check", 1), ("pytest", 3)])
def test_test_fails_when_either_fails_and_runs_both(checkout: Checkout, failing: str, code: int) -> None:
    found, _, calls = checkout.call("test", FAILING=failing)
    assert found == code
    assert sum(line.startswith("-P -m") for line in calls) == 2


def test_check_needs_neither_database_nor_assets(checkout: Checkout) -> None:
    code, _, calls = checkout.call("check")
    assert (code, calls[:2]) == (0, ["set-up check", "-P -m app.check"])
    assert not (checkout.root / ".golmok").exists()
    assert checkout.call("check")[2][0] == "-P -m app.check"


def test_the_checkout_is_found_through_links(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "inner").symlink_to(checkout.root / "golmok")
    (tmp_path / "bin" / "golmok").symlink_to("inner")
    code, out, _ = checkout.call("status", program=tmp_path / "bin" / "golmok")
    assert (code, out) == (0, "answer\n")
    checkout.call("status")
    assert checkout.call("status", program="./golmok", cwd=checkout.root)[2][0] == "-P -m app.cli status"


def test_a_python_that_does_not_run_or_fit_is_passed_over(checkout: Checkout, tmp_path: Path) -> None:
    shims = tmp_path / "shims"
    shims.mkdir()
    for name in ("python3", "python3.13", "python3.12"):
        (shims / name).write_text("#!/bin/sh\nexit 127\n")  # as pyenv's shim of a version that is off
        (shims / name).chmod(0o755)
    (shims / "python3.11").symlink_to(sys.executable)
    path = f"{shims}:/usr/bin:/bin"
    code, _, calls = checkout.call("status", PATH=path, GOLMOK_PYTHON=str(shims / "python3"))
    assert (code, calls[0]) == (0, "set-up run")


def test_without_a_fitting_python_it_says_which(checkout: Checkout, tmp_path: Path) -> None:
    # Only the shell's own tools are on this path; the fixed places are not there in a root of its own.
    wrapper = checkout.root / "golmok"
    text = wrapper.read_text()
    for place in ("/usr/bin/python3", "/opt/homebrew/bin/python3", "/usr/local/bin/python3"):
        assert place in text
        text = text.replace(place, "/nowhere/python3")
    wrapper.write_text(text)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("cmp", "readlink", "sh"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = subprocess.run(
        ["/bin/sh", wrapper, "status"],
        env={"PATH": str(tools), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr
    assert done.stdout == ""


def test_the_wrapper_is_posix_sh() -> None:
    shell = shutil.which("dash") or shutil.which("sh")
    assert shell is not None
    assert subprocess.run([shell, "-n", ROOT / "golmok"], check=False).returncode == 0
    assert os.access(ROOT / "golmok", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_help_of_the_command_line_names_the_commands_that_are_the_wrappers_own() -> None:
    own = re.findall(r"^([a-z]+)\)$", (ROOT / "golmok").read_text(encoding="utf-8"), re.MULTILINE)
    told = subprocess.run(
        [sys.executable, "-m", "app.cli", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert sorted(own) == ["check", "test"]
    assert [name for name in own if f"./golmok {name}" not in " ".join(told.split())] == []


def test_machine_code_is_kept_by_the_sources_it_was_made_from(checkout: Checkout) -> None:
    """An upgrade that changes one kernel must not go on running what another kernel has of it in its own code."""
    (checkout.root / "spatial").mkdir()
    kernel = checkout.root / "spatial" / "kernel.py"
    kernel.write_text("one")
    checkout.call("status")

    def kept(**extra: str) -> str:
        (told,) = [
            line for line in checkout.call("status", KERNELS="", **extra)[2] if line.startswith("kernels ")
        ]
        return told.removeprefix("kernels ")

    first = kept()
    assert first.startswith(f"{checkout.root}/.golmok/kernels/")
    assert kept() == first
    kernel.write_text("two")
    assert kept() != first
    assert kept(NUMBA_CACHE_DIR="/elsewhere") == "/elsewhere"
