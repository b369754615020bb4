"""The house rules that a machine can hold: where things lie, how long they are, what they are called."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "etl", "spatial")
MODULE_LINES, FUNCTION_LINES, POSITIONAL = 400, 40, 3
NAMELESS = {
    "utils",
    "util",
    "helper",
    "helpers",
    "common",
    "base",
    "manager",
    "handler",
    "processor",
    "info",
    "misc",
    "models",
    "core",
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _place(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def _code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    docstring = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_a_function_is_measured_without_its_docstring() -> None:
    node = next(iter(ast.parse('def f():\n    """One.\n\n    Two."""\n    return 1\n').body))
    assert isinstance(node, ast.FunctionDef)
    assert _code_lines(node) == 2


def test_there_are_three_packages_and_the_distribution_says_so() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == list(PACKAGES)
    assert "Private :: Do Not Upload" in PROJECT["project"]["classifiers"]
    assert [name for name in PACKAGES if not (ROOT / name / "__init__.py").exists()] == []
    inner = {path.parent for path in _modules(*PACKAGES)}
    assert [str(folder) for folder in inner if not (folder / "__init__.py").exists()] == []


def test_no_module_is_longer_than_its_room() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines()) for path in _modules(*PACKAGES, "tests")
    }
    assert [
        f"{path.relative_to(ROOT)}: {lines}" for path, lines in lengths.items() if lines > MODULE_LINES
    ] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{_place(path, node)}: {_code_lines(node)}"
        for path in _modules(*PACKAGES)
        for node in _functions(path)
        if _code_lines(node) > FUNCTION_LINES
    ]
    assert long == []


def test_at_most_three_arguments_of_a_public_function_go_by_place() -> None:
    many = []
    for path in _modules(*PACKAGES):
        for node in _functions(path):
            names = [
                each.arg
                for each in (*node.args.posonlyargs, *node.args.args)
                if each.arg not in ("self", "cls")
            ]
            # A command's arguments are options to Typer, which reads them by name.
            is_command = any("command" in ast.unparse(each) for each in node.decorator_list)
            if len(names) > POSITIONAL and not is_command and not node.name.startswith("_"):
                many.append(f"{_place(path, node)}({', '.join(names)})")
    assert many == []


def test_names_say_something() -> None:
    paths = _modules(*PACKAGES)
    assert [str(path) for path in paths if NAMELESS & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_no_module_of_app_hides_another() -> None:
    # Streamlit puts app/ first on the path: a module there of the name `queue` would be found instead of Python's.
    hiding = {"app", "etl", "spatial", *sys.stdlib_module_names} - {"__init__"}
    assert [path.name for path in (ROOT / "app").iterdir() if path.stem in hiding] == []
    assert not (ROOT / "app" / "pages").exists()  # it would switch on the old navigation


def test_tests_are_flat() -> None:
    assert [str(path) for path in (ROOT / "tests").rglob("test_*.py") if path.parent != ROOT / "tests"] == []


def test_every_test_module_tests() -> None:
    silent = [
        path.name
        for path in (ROOT / "tests").glob("test_*.py")
        if not any(node.name.startswith("test_") for node in _functions(path))
    ]
    assert silent == []


def test_sql_is_no_package_and_a_query_says_what_it_gives() -> None:
    assert list((ROOT / "sql").rglob("__init__.py")) == []
    queries = sorted((ROOT / "sql" / "queries").rglob("*.sql"))
    assert [
        path.name for path in queries if not path.read_text(encoding="utf-8").lstrip().startswith("--")
    ] == []


def _packages(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock", "requirements-setup.lock"])
def test_a_lock_is_exact_and_hashed_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert len(entries) == len(_packages(lock)) > 0
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def test_the_locks_agree_and_hold_what_the_project_asks_for() -> None:
    run, test = _packages("requirements.lock"), _packages("requirements-test.lock")
    assert {name: version for name, version in run.items() if test.get(name) != version} == {}
    extras = PROJECT["project"]["optional-dependencies"]
    for wanted, lock in (
        (PROJECT["project"]["dependencies"], run),
        (extras["test"] + extras["check"], test),
        (extras["setup"], _packages("requirements-setup.lock")),
    ):
        names = [re.split(r"[\[<>=!~ ]", entry)[0] for entry in wanted]
        assert [name for name in names if name not in lock] == []


def test_the_assets_lock_is_hashed_and_names_no_address() -> None:
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


def test_the_wheel_holds_the_three_packages_the_sql_and_the_districts(tmp_path: Path) -> None:
    program = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert "etl/_districts/sample.toml" in names
    assert any(name.startswith("etl/_sql/migrations/") for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
