"""The measurement of siting, on questions small enough to be answered at once."""

from __future__ import annotations

import subprocess
from dataclasses import replace

import numpy as np
import pytest

from app import bench_cover, printing
from app.services import bench_siting
from app.services.bench_siting import Question, bench, measured

SMALL = Question(60, 300, 6, True, ("ours", "highs"), 30.0)


def quiet(*_: object) -> None:
    """Say nothing."""


def test_a_question_is_the_same_each_time_and_as_sparse_as_it_says() -> None:
    one, other = (bench_cover.invented(500, 4000, 9, weighted=True) for _ in range(2))
    assert (one.pairs != other.pairs).nnz == 0
    assert one.weights.tolist() == other.weights.tolist()
    assert set(one.weights) <= set(np.arange(1.0, 101.0))
    # Near the edge of the square fewer candidates are in reach than the eight of its midst.
    assert 7.0 < one.pairs.nnz / 4000 < 8.0
    assert set(bench_cover.invented(50, 90, 2, weighted=False).weights) == {1.0}


def test_ours_and_highs_answer_the_same_in_processes_of_their_own() -> None:
    answer = bench([SMALL], progress=quiet)
    ours, peer = answer["measured"]
    assert (ours["what"], peer["what"]) == ("ours", "plain HiGHS")
    assert ours["value"] == ours["bound"] == round(peer["value"])
    assert ours["proved"] is peer["proved"] is True
    assert (ours["gap"], ours["times_ours"]) == (0.0, 1.0)
    assert ours["size"] == "60 x 300, p=6, weighted"
    assert 0.0 <= peer["building_s"] <= peer["seconds"]
    assert min(ours["peak_mib"], peer["peak_mib"]) > 20
    assert answer["absent"] == []


@pytest.mark.parametrize("solver", ["cbc", "scip", "spopt-highs", "spopt-cbc"])
def test_every_peer_that_is_installed_finds_the_same(solver: str) -> None:
    if not bench_siting.installed(solver):
        pytest.skip(f"{bench_siting.NAMES[solver]} is not installed (pip install '.[bench]')")
    tiny = replace(SMALL, candidates=20, demand=60, p=3)
    ours, peer = (measured(tiny, each) for each in ("ours", solver))
    assert (round(peer["value"]), round(peer["bound"]), peer["proved"]) == (
        ours["value"],
        ours["value"],
        True,
    )


def test_a_peer_that_is_not_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(bench_siting.NEEDS, "scip", ("no_such_solver",))
    answer = bench([replace(SMALL, solvers=("ours", "scip"))], progress=quiet)
    printing.bench(answer)
    told = capsys.readouterr().out
    assert "not installed, so not measured: SCIP (pip install '.[bench]')" in told
    assert "60 x 300, p=6, weighted" in told
    assert [row["what"] for row in answer["measured"]] == ["ours"]


def test_a_solver_that_builds_too_long_is_ended_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def endless(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("bench_cover", 1.0)

    monkeypatch.setattr(subprocess, "run", endless)
    answer = bench([replace(SMALL, solvers=("ours",))], progress=quiet)
    printing.bench(answer)
    assert "ours, 60 x 300, p=6, weighted: ended without an answer" in capsys.readouterr().out
    assert answer["measured"][0]["times_ours"] is None


def test_figures_are_never_rounded_to_look_better(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"what": "x", "size": "s", "seconds": 2.0, "building_s": 0.5, "times_ours": 3.0, "peak_mib": 9}
    found = {"value": 99.9, "bound": 100.1, "gap": 0.0010000001, "proved": False, "stopped": False}
    printing.bench(
        {
            "topic": "siting",
            "measured": [row | found],
            "absent": [],
            "load": (0, 0),
            "cores": 2,
            "versions": {},
        }
    )
    told = capsys.readouterr().out
    for part in ("> 3", " 99 ", " 101 ", "0.101 %", " no "):
        assert part in told
