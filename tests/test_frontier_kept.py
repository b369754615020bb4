"""The frontier of a kept plan: its question asked again under caps, kept with its figures, told by the command."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from typer.testing import CliRunner

from app.cli import cli
from app.services import WrongUse, frontier, plans
from app.services.frontier import NothingToSpare
from etl.store.plans import keep_plan
from spatial.siting_model import Model
from tests.city_in_database import Door, quiet

ANSWER: dict[str, Any] = {"asked": {"cameras": 2, "budget_won": None}, "chosen": [], "at": "2013-06-30"}


def _question(*, chosen: int = 2) -> Any:
    """Return four sites that see 8, 6, 4 and 4 of a risk of 40, a tenth of it seen already; the last hangs and stays."""
    model = Model(sp.csr_array(np.eye(4)), np.array([8.0, 6.0, 4.0, 4.0]), np.full(4, 1e7), p=2)
    risk = np.array([8.0, 6.0, 4.0, 22.0])
    options = pd.DataFrame({"act": ["new", "new", "new", "keep"], "plots_m2": [90.0, 40.0, 0.0, 70.0]})
    return SimpleNamespace(
        model=model,
        chosen=np.arange(chosen),
        offers=SimpleNamespace(options=options),
        aimed=SimpleNamespace(wanted=SimpleNamespace(risk=risk)),
        p_fixed=np.array([0.0, 0.0, 0.0, 18.0 / 22.0]),
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frontier, "rebuilt", lambda _db, _plan: _question())
    monkeypatch.setattr(frontier.frames, "private_layers", lambda _db: pd.DataFrame({"name": ["plots"]}))


@pytest.mark.usefixtures("asked")
def test_it_is_kept_with_the_plan_and_told_by_the_command(
    living: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = living()
    number = keep_plan(db, ANSWER)
    told: list[tuple[str, int, int]] = []
    answer = frontier.frontier(db, number, steps=3, progress=lambda *each: told.append(each))
    # Without a cap 8 + 6 for 130 m²; under 65 m² 6 + 4 for 40; under none 4 + 4, as the one that stays adds nothing.
    # 18 of 40 are seen already.
    assert [(row["most_m2"], row["intrusion_m2"], row["after"]) for row in answer["frontier"]] == [
        (0.0, 0.0, 0.65), (65.0, 40.0, 0.7), (130.0, 130.0, 0.8)
    ]  # fmt: skip
    assert told[0] == ("Frontier", 0, 3) and told[-1] == ("Frontier", 3, 3)
    assert plans.opened(living("staff"), number)["frontier"] == answer["frontier"]
    monkeypatch.setattr("etl.db.open_database", lambda *_given, **_options: db)
    run = CliRunner().invoke(cli, ["frontier", str(number), "--steps", "3", "--json"])
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout)["frontier"] == answer["frontier"]
    run = CliRunner().invoke(cli, ["frontier", str(number), "--steps", "3"])
    assert run.exit_code == 0, run.output
    assert "130 m²" in run.stdout and "80.00 %" in run.stdout


@pytest.mark.usefixtures("asked")
def test_what_nobody_knows_is_refused_by_name(living: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    db = living()
    number = keep_plan(db, ANSWER)
    with pytest.raises(WrongUse):
        frontier.frontier(db, number, steps=1, progress=quiet)
    monkeypatch.setattr(frontier, "rebuilt", lambda _db, _plan: _question(chosen=0))
    with pytest.raises(NothingToSpare):
        frontier.frontier(db, number, progress=quiet)
    monkeypatch.setattr(frontier, "rebuilt", lambda _db, _plan: _question())
    monkeypatch.setattr(frontier.frames, "private_layers", lambda _db: pd.DataFrame({"name": []}))
    with pytest.raises(NothingToSpare):
        frontier.frontier(db, number, progress=quiet)
