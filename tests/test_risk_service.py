"""What risk is made of, on the toy city in a database: frozen once, told with its days, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer import BadParameter

from app.cli_risk import hours_of
from app.printing_risk import risk as printed
from app.services import WrongUse, coverage, references, risk
from app.services import incident_classes as classes_service
from app.services.loading import load_file
from etl.errors import SettingWrong
from etl.settings import read_district
from etl.store.references import risk_references
from spatial.judgement import Inconsistent
from spatial.lawful_layers import TellsPeopleApart
from tests import toy_world
from tests.city_in_database import DAY, Door, alter, quiet


def test_coverage_freezes_once_and_later_calls_change_no_scale(living: Door) -> None:
    db = living()
    assert risk_references(db) == {}
    first = coverage.coverage(db, sampling=toy_world.COARSE, progress=quiet)
    scale = risk_references(db)
    # Neither complaints nor residents are loaded.
    assert {*scale} == {"incidents", "rates"}
    assert (scale["incidents"].base_to, scale["incidents"].rows) == (DAY, 4)
    more = ", ".join(
        f"('more{n}', '2013-05-01', '101', '112', st_setsrid(st_makepoint(200050, 550050), 5186))"
        for n in range(9)
    )
    alter(
        living,
        f"insert into core.incident (incident_key, occurred_at, class_code, origin, geom) values {more}",
    )
    again = coverage.coverage(db, sampling=toy_world.COARSE, progress=quiet)
    assert risk_references(db) == scale
    # The gap along the lane is a greater risk on the scale of before.
    (then, now) = (max(gap["risk"] for gap in run["gaps"]) for run in (first, again))
    assert now > then


def test_frozen_anew_what_was_stays_and_counts_no_more(living: Door) -> None:
    db = living()
    assert risk.freeze(db) == ["incidents", "rates"]
    before = risk_references(db)
    alter(living, "delete from core.incident where incident_key = 'first'")
    assert references.freeze_missing(db, lambda: coverage.world(db, DAY)) == []
    assert risk_references(db) == before
    risk.freeze(db)
    assert risk_references(db)["incidents"].rows == 3
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from core.risk_reference").scalar() == 4


def test_told(living: Door, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    db = living()
    found = risk.told(db, weights={}, judgements={}, freeze_now=True)
    by_layer = {row["layer"]: row for row in found["layers"]}
    assert found["frozen"] == ["incidents", "rates"]
    assert (by_layer["incidents"]["scaled"], by_layer["incidents"]["rows"]) == ("frozen", 4)
    assert sum(row["weight"] for row in found["layers"]) == pytest.approx(1.0, abs=1e-5)
    assert found["without"] == ["safe_routes", "children", "complaints", "population"]
    assert (found["length_m"], found["at"], found["invented"]) == (160.0, "2013-06-30", True)
    for lang, layer, beside in (("en", "calls by street", "Frozen:"), ("ko", "길별 112 신고율", "고정한 층")):
        monkeypatch.setenv("GOLMOK_LANGUAGE", lang)
        printed(found)
        out = capsys.readouterr().out
        assert layer in out and beside in out


def test_judgements_become_weights_or_are_refused(living: Door) -> None:
    db = living()
    found = risk.told(db, weights={}, judgements={"incidents/dark": 3.0})
    assert {row["layer"]: row["weight"] for row in found["layers"]} == {"incidents": 0.75, "dark": 0.25}
    assert found["judgement"]["cr"] == 0.0
    with pytest.raises(Inconsistent, match="CR"):
        risk.told(
            db, weights={}, judgements={"incidents/dark": 9.0, "dark/narrow": 9.0, "incidents/narrow": 1 / 9}
        )
    with pytest.raises(WrongUse):
        risk.told(db, weights={"dark": 1.0}, judgements={"incidents/dark": 3.0})
    with pytest.raises(WrongUse):
        risk.told(db, weights={}, judgements={"incidents/colour": 3.0})
    with pytest.raises(TellsPeopleApart):
        risk.told(db, weights={"외국인": 1.0}, judgements={})


def test_a_layer_by_nationality_is_not_loaded(tmp_path: Path) -> None:
    file = tmp_path / "places.csv"
    file.write_text("id,lat,lon\n1,37.5,126.9\n", encoding="utf-8")
    with pytest.raises(TellsPeopleApart):
        load_file(None, "layer", file, layer="foreign_residents", progress=quiet)


def test_the_classes_to_choose_from_are_those_that_count(living: Door) -> None:
    alter(
        living,
        "insert into core.incident (incident_key, occurred_at, class_code, class_name, origin, exercise) values"
        " ('x', '2013-05-01', '104', '절도', '112', false), ('y', '2013-05-01', '201', '폭력', '112', true)",
    )
    found = classes_service.incident_classes(living("staff"))
    assert [row["code"] for row in found] == ["101", "104"]
    assert found[1]["name"] == "절도"


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("22-5", [22, 23, 0, 1, 2, 3, 4, 5]),
        ("6-17", [*range(6, 18)]),
        ("18-23", [*range(18, 24)]),
        ("7-7", [7]),
    ],
)
def test_hours_are_read_over_midnight(typed: str, hours: list[int]) -> None:
    assert hours_of(typed) == hours


@pytest.mark.parametrize("typed", ["", "night", "24-3", "5-25", "5"])
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(BadParameter):
        hours_of(typed)


def test_a_district_that_weighs_a_layer_by_nationality_is_not_read(tmp_path: Path) -> None:
    text = (Path(__file__).parent.parent / "data" / "districts" / "sample.toml").read_text(encoding="utf-8")
    file = tmp_path / "toy.toml"
    file.write_text(text.replace("wildfire = 0.05", "foreigners = 0.05"), encoding="utf-8")
    with pytest.raises(SettingWrong, match="nationality"):
        read_district(file)
    file.write_text(text.replace("complaints_most = 0.2", "complaints_most = 1.0"), encoding="utf-8")
    with pytest.raises(SettingWrong, match="complaints_most"):
        read_district(file)
