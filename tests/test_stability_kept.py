"""The stability of a kept plan: computed from its question, kept with its figures, told by the command and in words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from typer.testing import CliRunner

from app import phrases_stability
from app.cli import cli
from app.services import UnknownPlan, WrongUse, plan, plans, stability
from app.services.stability import NothingToDraw, Question
from etl.db import Database
from etl.store.plans import add_figures
from spatial.siting_model import Model
from tests.city_in_database import Door, quiet


@dataclass(frozen=True)
class Asked:
    """Two sites that see one thing each, risky by a layer each, the first chosen."""

    layer_weights: np.ndarray = field(default_factory=lambda: np.array([0.55, 0.45]))
    chosen: np.ndarray = field(default_factory=lambda: np.array([0]))
    layers: np.ndarray = field(default_factory=lambda: np.eye(2))
    amounts: np.ndarray = field(default_factory=lambda: np.ones(2))
    model: Model = field(
        default_factory=lambda: Model(sp.csr_array(np.eye(2)), np.array([0.55, 0.45]), np.ones(2), p=1)
    )


def _leads(draws: int, seed: int) -> float:
    factors = np.random.default_rng(seed).uniform(0.8, 1.2, (draws, 2))
    return float(np.count_nonzero(0.55 * factors[:, 0] > 0.45 * factors[:, 1]) / draws)


def test_it_is_kept_with_the_plan_and_read_with_it(living: Door) -> None:
    db = living()
    made = plan.plan(db, cameras=2, progress=quiet)
    told: list[tuple[str, int, int]] = []
    asked_of: list[int] = []

    def rebuilt(_db: Database, plan_id: int) -> Question:
        asked_of.append(plan_id)
        return Asked()

    number = made["plan_id"]
    answer = stability.stability(
        db, number, draws=300, seed=7, rebuilt=rebuilt, progress=lambda *each: told.append(each)
    )
    assert asked_of == [number]
    assert told[-1] == ("Stability", 300, 300)
    assert answer["kept"] == [_leads(300, 7)]
    assert 0.8 < answer["kept"][0] < 0.95
    opened = plans.opened(living("staff"), number)
    assert opened["stability"] == {
        name: value for name, value in answer.items() if name not in ("plan_id", "invented")
    }
    # What the plan was answered with stands as it was.
    assert (opened["after"], opened["asked"]) == (made["after"], made["asked"])
    # Tested again: in place of the earlier one.
    stability.stability(db, number, draws=5, rebuilt=rebuilt, progress=quiet)
    assert plans.opened(living("staff"), number)["stability"]["draws"] == 5


def test_what_cannot_be_tested_is_refused_by_name(living: Door) -> None:
    db = living()
    made = plan.plan(db, cameras=1, progress=quiet)
    with pytest.raises(UnknownPlan):
        stability.stability(db, made["plan_id"] + 1, rebuilt=lambda *_: Asked(), progress=quiet)
    for empty in (Asked(layer_weights=np.zeros(2)), Asked(chosen=np.empty(0, dtype=np.int64))):
        with pytest.raises(NothingToDraw):
            stability.stability(db, made["plan_id"], rebuilt=lambda *_, it=empty: it, progress=quiet)
    for draws in (0, 100_001):
        with pytest.raises(WrongUse):
            stability.stability(db, made["plan_id"], draws=draws, progress=quiet)
    assert not add_figures(db, made["plan_id"] + 1, {"stability": None})


def test_the_command_prints_and_keeps_it(living: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    db = living()
    made = plan.plan(db, cameras=1, progress=quiet)
    monkeypatch.setattr("etl.db.open_database", lambda *_given, **_options: db)
    monkeypatch.setattr(stability, "_rebuilt", lambda: lambda *_: Asked())
    run = CliRunner().invoke(cli, ["stability", str(made["plan_id"]), "--draws", "200", "--json"])
    assert run.exit_code == 0, run.output
    answer = json.loads(run.stdout)
    assert (answer["draws"], answer["seed"], answer["kept"]) == (200, 1, [_leads(200, 1)])
    run = CliRunner().invoke(cli, ["stability", str(made["plan_id"]), "--draws", "200"])
    assert run.exit_code == 0, run.output
    assert f"{_leads(200, 1) * 100:.0f} %" in run.stdout


# -- in words ---------------------------------------------------------------------------------------------------------

FOUND: dict[str, Any] = {
    "draws": 1000, "seed": 1, "spread": 0.2, "kept": [1.0, 0.97, 0.514, 0.0], "alike": [True, True, True, False],
    "tau": {"median": 0.9777, "low": 0.9617, "high": 0.9885},
}  # fmt: skip


def test_the_sentences_tell_what_stays_what_least_and_what_is_not_told() -> None:
    firm, weakest, elsewhere, tau, how = phrases_stability.lines(FOUND, "en")
    assert "Of 1,000 choices" in firm and "±20 %" in firm and "2 of 3 sites stay in 90 % or more" in firm
    assert weakest == "The one that stays least is no. 3 (51 %)."
    assert elsewhere.startswith("No. 4: the quick choice")
    assert "0.98 in the middle (5–95 %: 0.96 to 0.99)" in tau
    # 1.96 x 0.5 / sqrt(1000) = 3.1 points, rounded up.
    assert "±4 points" in how
    korean = list(phrases_stability.lines(FOUND, "ko"))
    assert len(korean) == 5 and "3곳 가운데 2곳" in korean[0]


def test_what_is_firm_needs_no_weakest_and_one_site_has_no_ranking() -> None:
    firm = {**FOUND, "kept": [1.0], "alike": [True], "tau": None}
    assert len(list(phrases_stability.lines(firm, "en"))) == 2
    # Kept by an earlier version: nothing is known of greedy choice.
    assert len(list(phrases_stability.lines({**firm, "alike": None}, "en"))) == 2


def test_the_column_has_a_dash_where_nothing_is_known() -> None:
    # Of the fourth the share says nothing: greed takes another with the weights unchanged. There is no fifth.
    assert [phrases_stability.kept(FOUND, no) for no in (1, 2, 3, 4, 5)] == [
        "100 %",
        "97 %",
        "51 %",
        "–",
        "–",
    ]
    assert phrases_stability.kept(None, 1) == "–"
    assert phrases_stability.sites(FOUND, "en")[3] == {"no": 4, "kept": "–", "alike": "takes another"}
