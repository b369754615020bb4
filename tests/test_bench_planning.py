"""The plans that are measured: each is asked, answered within its conditions, and told beside its goal."""

from __future__ import annotations

from app import bench_table
from app.services import bench_planning
from tests.city_in_database import Door, quiet


def test_every_plan_is_a_row(living: Door, monkeypatch: object) -> None:
    # Two will do here. The toy city has no plots: conditions on them are measured where there are some.
    kept = [each for each in bench_planning.CONDITIONS if "plots" not in each[0]][1:3]
    monkeypatch.setattr(bench_planning, "_CLICKS", 1)  # type: ignore[attr-defined]
    monkeypatch.setattr(bench_planning, "CONDITIONS", tuple(kept))  # type: ignore[attr-defined]
    rows = bench_planning.measure(living(), time_limit_s=5.0, progress=quiet)
    assert len(rows) == 2 + len(kept) + 1
    assert [row["budget"] for row in rows[:2]] == [None, "10 s"]
    for row in rows:
        assert row["options"] > 0
        assert 0.0 < row["median_s"] <= row["slowest_s"]
    for row in rows[:-1]:
        assert 0.0 <= row["gap"] < 1.0
    told = bench_table.planning_rows({"measured": rows})
    assert all(len(line) == len(bench_table.PLANNING) for line in told)
    assert told[-1][-2:] == ["–", "–"]
