"""The sample's folder: the same files are not written twice, and nothing else is taken for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services import sample


@pytest.fixture
def writings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Put two small files in the generator's place and note the seed of each writing."""
    seeds: list[int] = []

    def write(folder: Path, *, seed: int, progress: object = None) -> list[Path]:
        seeds.append(seed)
        (folder / "juso").mkdir(parents=True, exist_ok=True)
        written = [folder / "README.txt", folder / "juso" / "streets.shp"]
        for path in written:
            path.write_text(f"{path.name} {seed}")
        for label in ("maps", "places"):
            progress(label)  # type: ignore[operator]
        return written

    monkeypatch.setattr(sample, "write_sample", write)
    return seeds


def quiet(*_: object) -> None:
    """Tell nobody how far it is."""


def test_the_same_files_are_written_once(tmp_path: Path, writings: list[int]) -> None:
    first = sample.write_files(tmp_path, progress=quiet)
    assert sample.write_files(tmp_path, progress=quiet) == first
    assert writings == [sample.SEED]


@pytest.mark.parametrize("change", ["edited", "gone", "seed", "generator", "stamp"])
def test_whatever_differs_is_written_anew(
    tmp_path: Path, writings: list[int], monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    sample.write_files(tmp_path, progress=quiet)
    street = tmp_path / "juso" / "streets.shp"
    if change == "edited":
        street.write_text("another street")
    elif change == "gone":
        street.unlink()
    elif change == "generator":
        monkeypatch.setattr(sample, "_generator", lambda: "a later version")
    elif change == "stamp":
        (tmp_path / sample.STAMP).write_text("[]")
    seed = 7 if change == "seed" else sample.SEED
    sample.write_files(tmp_path, seed=seed, progress=quiet)
    assert writings == [sample.SEED, seed]
    assert street.read_text() == f"streets.shp {seed}"


def test_each_step_is_told_to_begin_and_to_end(tmp_path: Path, writings: list[int]) -> None:
    told: list[tuple[str, int, int]] = []
    sample.write_files(tmp_path, progress=lambda *step: told.append(step))
    assert told == [
        ("Sample: maps", 0, 1), ("Sample: maps", 1, 1), ("Sample: places", 0, 1), ("Sample: places", 1, 1),
    ]  # fmt: skip
