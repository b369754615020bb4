"""The notebooks run to their end on the toy city, define nothing, and are kept without outputs."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from etl.settings import settings
from tests import city_in_database as toy_city
from tests.database import TestCity
from tests.terminal import enter

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(book: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["coverage", "sight", "siting"]


@by_name
def test_they_call_and_define_nothing(path: Path) -> None:
    for cell in code_cells(read(path)):
        defined = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, DEFINITIONS)]
        assert defined == [], cell.source


@by_name
def test_no_output_is_kept(path: Path) -> None:
    book = read(path)
    assert [cell.id for cell in code_cells(book) if cell.outputs or cell.execution_count] == []
    assert set(book.metadata) <= {"kernelspec", "language_info"}
    assert book.metadata.kernelspec.name == "python3"


@pytest.fixture(scope="module")
def district(city: TestCity, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The toy city as the district that notebooks open."""
    owner, loader = city.open("owner"), city.open("loader")
    toy_city.lay_out(owner)
    toy_city.draw_fields(loader)
    with pytest.MonkeyPatch.context() as patch:
        enter(city, tmp_path_factory.mktemp("districts"), patch)
        patch.setenv("PYTHONPATH", str(ROOT))
        yield
    owner.close()
    loader.close()


def executed(path: Path) -> dict[str, str]:
    """Run a notebook in a kernel of this environment; return what each cell showed, as text of all kinds."""
    if not (settings().assets / "leaflet" / "leaflet.js").is_file():
        pytest.skip("the map library is not among the assets: ./golmok test fetches it")
    with warnings.catch_warnings():
        # The kernel's own machinery, not ours.
        warnings.simplefilter("ignore")
        from nbclient import NotebookClient

        book = read(path)
        client = NotebookClient(
            book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        )
        # Streamlit, once imported by a test before, names its own backend in the environment that a kernel inherits.
        client.execute(env=os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"})
    return {cell.id: "\n".join(map(_shown, cell.outputs)) for cell in code_cells(book)}


def _shown(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return str(output.text)
    return "\n".join(str(part) for part in output.data.values())


@pytest.fixture(scope="module")
def coverage(district: None) -> str:
    return "\n".join(executed(ROOT / "notebooks" / "coverage.ipynb").values())


@pytest.fixture(scope="module")
def sight(district: None) -> dict[str, str]:
    return executed(ROOT / "notebooks" / "sight.ipynb")


@pytest.fixture(scope="module")
def siting(district: None) -> str:
    return "\n".join(executed(ROOT / "notebooks" / "siting.ipynb").values())


def test_coverage_shows_headline_ladder_circle_gaps_and_map(coverage: str) -> None:
    # 55 of 160 m of the toy city are seen, surely 40 and possibly 120; circles claim all.
    assert "160 m" in coverage
    assert "25.0 %" in coverage
    assert "75.0 %" in coverage
    assert "100.0 %" in coverage
    assert coverage.count("<svg") >= 2
    # The gap at the street's east end, and the one of the lane.
    assert "L1" in coverage
    assert "L2" in coverage
    assert "srcdoc=" in coverage
    assert "leaflet" in coverage
    assert "This district is invented" in coverage


def test_sight_shows_circle_fan_and_truth_side_by_side(sight: dict[str, str]) -> None:
    scene = sight["code-03"]
    # Camera 2 between two houses: a disc of 50 m less two sectors behind them, as tests/test_three_ways.py works out.
    assert all(text in scene for text in ("<svg", "7,854 m² (1.3 times)", "5,844 m²"))
    # Of three cameras the middle one sees the disc less one house: 7854 of 6849 m2.
    assert "3 cameras" in sight["code-06"] and "1.15 times" in sight["code-06"]
    assert "14.7 %" in sight["code-05"]


def test_sight_shows_overstatement_and_error_budget(sight: dict[str, str]) -> None:
    # Circles hold all 160 m; 58.5 are seen, 55 were every heading alike: 2.7 times too much.
    assert "100.0 %" in sight["code-08"] and "2.7 times" in sight["code-08"]
    assert [sight[cell].count("<svg") for cell in ("code-09", "code-11", "code-14")] == [1, 1, 1]
    _, *lines = sight["code-15"].split("\n- ")
    # Only the heading of camera 2 is not known; nothing is assumed, and all heights were measured.
    assert len(lines) == 5
    # Camera 2 sees an arm of 20 m 92.5 times in 100, in the 400 draws 94: 1.96 x 12.5 % x 0.24. A disc lacks 4e-4 of its area.
    assert "headings and tilts**, ± 5.9" in lines[0]
    assert "line of sight itself**, ± 0.015 %" in lines[1]
    assert all("0.000 %" in line for line in lines[2:])


def test_siting_shows_plan_curve_and_map(siting: str) -> None:
    assert "Newly sees" in siting
    assert "share of risk" in siting
    # The curve is a picture, the map a page within the page with the planned cameras on it.
    assert "UserWarning" not in siting
    assert "iVBORw0KGgo" in siting
    assert "srcdoc=" in siting
    assert "plan 1" in siting
