"""What the committee's report says of the toy city: history, composition, supplies, and what it may not say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.services import report, reports
from app.services.report import PeriodWrong
from app.words import sentence
from tests.city_in_database import Door, quiet
from tests.toy_world import DAY


def test_report_figures(drawn: Door) -> None:
    db = drawn()
    given = report.figures(db, date(2013, 1, 1), DAY, progress=quiet)
    assert given["period"] == {"since": "2013-01-01", "until": "2013-06-30"}
    assert (given["invented"], given["edition"]) == (True, "committee")
    assert given["history"] == [
        {"date": "2010-12-31", "sites": 2, "cameras": 2},
        {"date": "2011-12-31", "sites": 2, "cameras": 2},
        {"date": "2012-12-31", "sites": 3, "cameras": 3},
        {"date": "2013-01-01", "sites": 3, "cameras": 3},
        {"date": "2013-06-30", "sites": 3, "cameras": 3},
    ]
    # Two supplies in January, by the clocks of the district; one on the last evening; July's is out.
    supplied = [(row["month"], row["n"]) for row in given["supplies"]["by_month"] if row["n"]]
    assert given["supplies"]["n"] == 3
    assert supplied == [("2013-01", 2), ("2013-06", 1)]
    assert given["incidents"]["n"] == 4
    assert given["coverage"]["at"] == "2013-06-30"
    assert given["coverage_before"]["at"] == "2013-01-01"
    # In the 12 months up to 1 January fell the first two, and the one that is too old for June.
    assert given["coverage_before"]["incidents"]["n"] == 3
    assert given["status"]["counts"]["cameras"] == 3
    assert given["refusals"] == [{"reason": "BLANK_MANAGER", "n": 2}, {"reason": "BAD_COUNT", "n": 1}]
    assert [(row["source"], row["rows_in"], row["quarantined"]) for row in given["loads"]] == [
        ("cameras", 5, 2)
    ]


def test_composition_of_the_network(drawn: Door) -> None:
    given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
    parts = given["cameras"]
    assert sorted((row["purpose"], row["legal_ground"], row["n"]) for row in parts["by_purpose"]) == [
        ("crime_prevention", "25-1-2", 1),
        ("disaster", "25-1-3", 1),
        ("traffic_enforcement", "25-1-4", 1),
    ]
    assert parts["by_kind"] == [{"kind": "fixed", "n": 2}, {"kind": "ptz", "n": 1}]
    # Camera 2 is one year old, the others three.
    assert parts["by_age"] == [{"years": "0-2", "n": 1}, {"years": "3-5", "n": 2}]
    north, south = given["agencies"]
    assert (north["agency"], north["agency_en"], north["cameras"]) == ("north", "North", 2)
    assert (south["agency"], south["cameras"]) == ("south", 1)
    assert north["wildfire_alone"] == 0.0


def test_the_committee_is_told_no_small_count() -> None:
    def told(n: int, seen: float | None) -> dict[str, Any]:
        found = {"n": n, "seen": seen, "share": None if seen is None else seen / n, "low": 0.0, "high": 1.0}
        run = {"gaps": [], "incidents": {**found, "certain": 0.0, "possible": 1.0}}
        counts = {"cameras": 2, "incidents": n, "police_records": 1}
        gathered = {
            "coverage": run,
            "coverage_before": run,
            "incidents": run["incidents"],
            "supplies": {"n": 2, "by_month": []},
            "refusals": [{"reason": "BAD_COUNT", "n": 1}],
            "status": {"counts": counts},
            "loads": [{"source": "police", "quarantined": 2}, {"source": "juso", "quarantined": 2}],
        }
        return report.told(gathered, "committee")

    two = told(2, 1.2)
    hidden = dict.fromkeys(("seen", "share", "low", "high", "certain", "possible"))
    assert two["incidents"] == two["coverage"]["incidents"] == two["coverage_before"]["incidents"]
    assert two["incidents"] == {"n": "<3", **hidden}
    # Two cameras are no secret; two calls are.
    assert two["status"]["counts"] == {"cameras": 2, "incidents": "<3", "police_records": "<3"}
    assert (two["supplies"], two["refusals"][0]["n"]) == ({"n": "<3"}, "<3")
    # Refused calls are persons, refused buildings are none.
    assert [load["quarantined"] for load in two["loads"]] == ["<3", 2]
    # Of fifty, 48.3 seen leaves two that were not.
    assert told(50, 48.3)["incidents"] == {"n": 50, **hidden}
    assert told(50, 25.0)["incidents"]["seen"] == 25.0
    assert told(1, None)["incidents"]["n"] == "<3"


def test_a_report_gives_the_same_figures_twice(drawn: Door) -> None:
    def told() -> str:
        given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
        return json.dumps(report.told(given, "committee"), default=str, sort_keys=True)

    assert told() == told()


def test_the_change_is_of_paired_draws_and_the_draws_stay_in_the_house(drawn: Door) -> None:
    db = drawn()
    given = report.figures(db, date(2013, 1, 1), DAY, progress=quiet)
    # The same three cameras on both days: whatever camera 2 looks at, nothing changed.
    assert given["change"] == {"change": 0.0, "low": 0.0, "high": 0.0}
    assert "by_draw" not in json.dumps(
        [report.told(given, edition) for edition in ("committee", "internal")], default=str
    )
    # In 2011 camera 2 did not stand: it adds 20 of 160 m along each of the three streets where it stands, else nothing:
    # 0.7 that it keeps to one of them, and 3 / 4 of the rest.
    longer = report.figures(db, date(2011, 12, 31), DAY, progress=quiet)["change"]
    assert longer == {"change": pytest.approx(20 / 160 * 0.925, abs=2e-6), "low": 0.0, "high": 0.125}
    # Before the first camera nothing is known to compare with.
    assert report.figures(db, date(2009, 1, 1), DAY, progress=quiet)["change"] is None


def test_a_committee_gets_no_place_of_a_gap(drawn: Door) -> None:
    given = report.figures(drawn(), date(2013, 1, 1), DAY, progress=quiet)
    shown = report.told(given, "committee")
    assert shown["coverage"]["gaps"]
    for gap in (*shown["coverage"]["gaps"], *shown["coverage_before"]["gaps"]):
        assert not {"lat", "lon", "geometry"} & set(gap)
    assert "lat" in report.told(given, "internal")["coverage"]["gaps"][0]


def test_a_committee_s_figures_hold_the_gaps_that_are_printed_and_what_all_add_up_to() -> None:
    gaps = [{"gap_id": n, "risk": n / 100, "length_m": 2.5, "lat": 37.5} for n in range(1, 41)]
    run = {"gaps": gaps, "incidents": {"n": 0, "seen": None}}
    gathered = {
        "coverage": run,
        "coverage_before": run,
        "incidents": run["incidents"],
        "supplies": {"n": 0},
        "refusals": [],
        "status": {"counts": {}},
    }
    told = report.told(gathered, "committee")["coverage"]
    assert [gap["gap_id"] for gap in told["gaps"]] == list(range(40, 15, -1))
    assert told["gaps_total"] == {"n": 40, "length_m": 100.0}


def test_a_period_that_ends_before_it_begins(drawn: Door) -> None:
    with pytest.raises(PeriodWrong) as refused:
        report.figures(drawn(), date(2013, 7, 1), DAY, progress=quiet)
    assert sentence(refused.value, "en")[1] == 2


def test_a_written_report(drawn: Door, tmp_path: Path) -> None:
    asked = reports.Asked(date(2013, 1, 1), DAY, "html", "en")
    written = reports.write(drawn(), asked, out=tmp_path / "r.html", progress=quiet)
    assert {"out", "sha256", "pages", "figures", "invented"} <= set(written)
    assert len(written["sha256"]) == 64
    assert "invented" in Path(written["out"]).read_text(encoding="utf-8")
