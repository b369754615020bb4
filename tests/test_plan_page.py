"""Plans: what bears on the choice, what each site's reason says, and the page that makes, keeps and opens them."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from app import livemap, phrases_plan, session
from app.cli import cli
from app.plan_reasons import levels_of
from app.services import UnknownPlan, WrongUse, incident_classes, plan, plans
from tests.city_in_database import Door, quiet
from tests.pages import page_text, visited

REASON = {
    "code": "most_in_street",
    "alley": "버들로",
    "metres": 43.2,
    "width_m": 3.0,
    "risk": "high",
    "dark": True,
}
SITE = {
    "lat": 37.5791, "lon": 126.9368, "heading_deg": 135.0, "gain": 0.012, "metres": 50.0, "alley": "버들로",
    "price_won": 20_000_000, "reason": REASON | {"calls": 2},
    "view": {"type": "Polygon", "coordinates": [[[126.9368, 37.5791], [126.937, 37.5791], [126.937, 37.5793]]]},
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "plan_id": 12, "made_at": "2026-11-26T12:00:00+09:00", "name": "봄", "asked": {"cameras": 1, "budget_won": None},
    "class": "recognise", "at": "2013-12-31", "invented": True, "chosen": [SITE],
    "before": 0.04, "after": 0.052, "bound": 0.053, "gap": 0.0189, "proved_optimal": False,
    "weights": {"incidents": 0.75, "narrow": 0.0, "dark": 0.25, "children": 0.0, "complaints": 0.0},
    "without": ["incidents"], "dong": {"code": "1", "name_ko": "샘터동", "name_en": "Saemteo-dong"},
    "alleys": {"length_m": 41_300.0, "before": 0.31, "after": 0.32, "gained_m": 413.0},
    "candidates": {"mounts": 2000, "headings": 8, "step_m": 4.0},
    "price_won_per_camera": 20_000_000, "cost_won": 20_000_000,
}  # fmt: skip
ZONES = [
    {"zone_id": 7, "zone_key": "f", "kind": "flood", "name_ko": "냇가", "name_en": "Brook"},
    {"zone_id": 9, "zone_key": "w", "kind": "wildfire", "name_ko": None, "name_en": None},
]
KEPT = [
    {
        "plan_id": 12,
        "made_at": ANSWER["made_at"],
        "name": "봄",
        "cameras": 1,
        "budget_won": None,
        "figures": {},
    }
]


# -- the service, on the toy city -------------------------------------------------------------------------------------


def test_a_plan_is_opened_as_it_was_answered(living: Door) -> None:
    db = living()
    made = plan.plan(db, cameras=2, name=" 봄 ", weights={"narrow": 2.0, "dark": 2.0}, progress=quiet)
    reader = living("staff")
    opened = plans.opened(reader, made["plan_id"])
    assert {name: opened[name] for name in made if name != "chosen"} == {
        name: value for name, value in made.items() if name != "chosen"
    }
    for then, now in zip(made["chosen"], opened["chosen"], strict=True):
        assert now["lat"] == pytest.approx(then["lat"], abs=1e-7)
        assert {**now, "lat": 0, "lon": 0} == {**then, "lat": 0, "lon": 0}
    (row,) = plans.earlier(reader)
    assert (row["plan_id"], row["name"], row["cameras"]) == (made["plan_id"], "봄", 2)
    # Of 2 and 2, and 0.25, 0.2, 0.1 and five times 0.05 (the district's where none was given) the sum is 4.8.
    assert made["weights"]["narrow"] == pytest.approx(2.0 / 4.8, abs=1e-6)
    assert sum(made["weights"].values()) == pytest.approx(1.0, abs=1e-5)
    with pytest.raises(UnknownPlan):
        plans.opened(reader, made["plan_id"] + 1)


def test_the_metres_of_before_and_after_are_those_of_the_streets(living: Door) -> None:
    found = plan.plan(living(), cameras=3, progress=quiet)
    alleys = found["alleys"]
    assert alleys["length_m"] == pytest.approx(160.0, abs=0.1)
    assert 0.0 <= alleys["before"] < alleys["after"] <= 1.0
    assert alleys["gained_m"] == pytest.approx((alleys["after"] - alleys["before"]) * 160.0, abs=0.1)
    for row in found["chosen"]:
        assert row["view"]["type"] in ("Polygon", "MultiPolygon")
    listed = plan.without_views(found)
    assert all("view" not in row for row in listed["chosen"]) and "view" in found["chosen"][0]


def test_a_reason_tells_darkness_and_calls(living: Door) -> None:
    found = plan.plan(living(), cameras=4, progress=quiet)
    # One that is for the flood zone alone gains no street.
    told = {row["reason"]["alley"]: row["reason"] for row in found["chosen"] if row["reason"]["alley"]}
    assert told
    # L1 is lit, L2 is not; neither complaints nor child zones are loaded.
    assert all(reason["dark"] is (street == "L2") for street, reason in told.items())
    assert all(
        reason["calls"] >= 0 and reason["risk"] in ("high", "middle", "low") for reason in told.values()
    )
    assert found["without"] == ["safe_routes", "children", "complaints", "population"]


def test_a_dong_bounds_streets_and_poles(living: Door) -> None:
    db = living()
    east = plan.plan(db, cameras=2, dong="E", progress=quiet)
    assert east["dong"] == {"code": "E", "name_ko": "동동", "name_en": "East"}
    # East holds half of L1 and, on its border, all of L2.
    assert east["alleys"]["length_m"] == pytest.approx(50.0 + 60.0, abs=4.0)
    west_edge = min(row["lon"] for row in plan.plan(db, cameras=2, dong="W", progress=quiet)["chosen"])
    assert all(row["lon"] >= west_edge for row in east["chosen"])
    assert [row["code"] for row in plans.dongs(db)] == ["E", "W"]


def test_weights_change_what_is_chosen(living: Door) -> None:
    db = living()
    nothing = dict.fromkeys(db.district.weights, 0.0)
    alike = plan.plan(db, cameras=1, weights=nothing, progress=quiet)
    # Every metre counts alike: the share of the risk is that of the streets.
    assert set(alike["weights"].values()) == {0.0}
    assert alike["before"] == pytest.approx(alike["alleys"]["before"], abs=1e-6)
    assert alike["after"] == pytest.approx(alike["alleys"]["after"], abs=1e-6)
    narrow = plan.plan(db, cameras=1, weights=nothing | {"narrow": 1.0}, progress=quiet)
    # L2 is 3 m wide, L1 8 m.
    assert narrow["chosen"][0]["alley"] == "L2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"cameras": 1, "weights": {"beauty": 1.0}},
        {"cameras": 1, "weights": {"dark": -1.0}},
        {"cameras": 1, "weights": {"dark": float("nan")}},
        {"cameras": 1, "dong": "nowhere"},
        {"cameras": 1, "budget_won": 1},
        {"cameras": 1, "calls": ["ZZZ"]},
        {},
    ],
)
def test_what_cannot_be_asked_is_refused(living: Door, wrong: dict[str, Any]) -> None:
    db = living()
    with pytest.raises(WrongUse):
        plan.plan(db, progress=quiet, **wrong)
    assert plans.earlier(db) == []


def test_each_purpose_asks_for_a_class(living: Door) -> None:
    classes = {row["purpose_code"]: row["density_class"] for row in plans.classes_by_purpose(living("staff"))}
    assert (classes["crime_prevention"], classes["traffic_enforcement"]) == ("recognise", "identify")


def test_levels_are_those_of_the_metres() -> None:
    risk, metres = np.array([0.1, 0.2, 0.3, 0.4, 0.5]), np.full(5, 2.0)
    # Two fifths of the metres end with the second, four fifths with the fourth.
    assert levels_of(risk, metres) == (0.2, 0.4)
    # Where all are alike none is high.
    assert levels_of(np.ones(3), np.ones(3)) == (0.0, float("inf"))


def test_weights_are_typed_by_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def stop(_db: object, **options: Any) -> None:
        asked.append(options)
        raise plan.NothingToPlan

    monkeypatch.setattr(plan, "plan", stop)
    monkeypatch.setattr("etl.db.open_database", lambda _name, **_role: None)
    typed = ["plan", "--cameras", "3", "--weight", "incidents=3", "--weight", "dark=0.5", "--dong", "E"]
    CliRunner().invoke(cli, typed)
    assert (asked[0]["weights"], asked[0]["dong"]) == ({"incidents": 3.0, "dark": 0.5}, "E")
    wrong = CliRunner().invoke(cli, ["plan", "--cameras", "3", "--weight", "incidents"])
    assert (wrong.exit_code, len(asked)) == (2, 1)


# -- what is said -----------------------------------------------------------------------------------------------------


def test_a_reason_in_words() -> None:
    assert phrases_plan.reason(SITE["reason"], "en") == (
        "버들로 (3.0 m wide): 43 m unseen so far, at high risk, dark at night, 2 calls in a year"
    )
    assert phrases_plan.reason(SITE["reason"], "ko") == (
        "버들로(폭 3.0 m): 43 m가 새로 보임, 위험 높음, 밤에 어두움, 1년간 신고 2건"
    )
    # What nobody knows is not said: neither dark nor lit, neither called from nor quiet.
    unknown = REASON | {"dark": None, "calls": None, "alley": None, "width_m": None}
    assert phrases_plan.reason(unknown, "en") == "unnamed: 43 m unseen so far, at high risk"
    assert "no call in a year" in phrases_plan.reason(REASON | {"calls": 0}, "en")
    assert "one call in a year" in phrases_plan.reason(REASON | {"calls": 1}, "en")


def test_the_bound_in_plain_words() -> None:
    said = " ".join(phrases_plan.lines(ANSWER, "en"))
    assert "Among 2,000 places and 8 headings, no choice sees more than 5.30 %" in said
    assert "this plan reaches 5.20 %, within 1.89 % of that. It is not proved to be the best." in said
    assert (
        "Of 41.3 km of alleys (Saemteo-dong) the share seen goes from 31.00 % to 32.00 %: 413 m come into sight."
        in said
    )
    assert "Cost 20,000,000 won = 1 × 20,000,000 won." in said
    proved = " ".join(phrases_plan.lines(ANSWER | {"proved_optimal": True}, "en"))
    assert "no choice sees more: that is proved" in proved


def test_why_there_is_nothing_to_choose() -> None:
    poor = ANSWER | {"chosen": [], "asked": {"cameras": None, "budget_won": 1_000_000}}
    assert phrases_plan.headline(poor, "en") == "The budget buys no camera: one costs 20,000,000 won."
    seen = ANSWER | {"chosen": []}
    assert phrases_plan.headline(seen, "en") == "No further camera would bring any risk into sight."


def test_what_older_plans_did_not_tell_is_left_out() -> None:
    old = ANSWER | dict.fromkeys(("weights", "without", "dong", "alleys"))
    assert "alleys" not in " ".join(phrases_plan.lines(old, "en"))
    said = " ".join(phrases_plan.grounds(old, "en"))
    assert "for the network of 31 December 2013" in said and "Risk is made of" not in said
    assert phrases_plan.where(old, "en") == "the whole district"


def test_the_map_shows_each_site_with_its_view(monkeypatch: pytest.MonkeyPatch) -> None:
    caught: dict[str, Any] = {}
    monkeypatch.setattr(livemap, "_component", lambda **given: caught.update(given))
    monkeypatch.setattr(session, "map_version", lambda: "7")
    monkeypatch.setattr(session, "language", lambda: "en")
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    blind = SITE | {"lat": 37.58, "view": None}
    answer = ANSWER | {"chosen": [SITE, blind]}
    livemap.plan_map(answer, None)
    drawn = caught["data"]
    assert [row["text"] for row in drawn["cameras"]] == ["1", "2"]
    assert drawn["planned"] == [SITE["view"]]
    assert drawn["focus"]["bounds"] == ((126.9368, 37.5791), (126.9368, 37.58))
    # The network of the day that the plan was made for, not of today.
    assert drawn["filter"] == {"at": "2013-12-31"}
    livemap.plan_map(answer, blind)
    assert caught["data"]["point"] == {"lat": 37.58, "lon": 126.9368}
    assert caught["data"]["focus"]["token"] != drawn["focus"]["token"]
    livemap.plan_map(None, None)
    assert (caught["data"]["cameras"], caught["data"]["planned"], caught["data"]["focus"]) == ([], [], None)


# -- the page ---------------------------------------------------------------------------------------------------------


class _NoDatabase:
    def close(self) -> None:
        """Close nothing."""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Give the page a district with one kept plan; what is asked of the service is caught."""
    asked: list[dict[str, Any]] = []
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "ko")
    monkeypatch.setattr(session, "shared_database", _NoDatabase)
    monkeypatch.setattr(session, "map_version", lambda: "1")
    monkeypatch.setattr(plans, "earlier", lambda _db: KEPT)
    monkeypatch.setattr(plans, "opened", lambda _db, number: ANSWER | {"plan_id": number})
    monkeypatch.setattr(plans, "dongs", lambda _db: [ANSWER["dong"]])
    monkeypatch.setattr(plans, "zones", lambda _db: ZONES)
    classes = [{"purpose_code": "vehicle_crime", "density_class": "identify"}]
    monkeypatch.setattr(plans, "classes_by_purpose", lambda _db: classes)
    monkeypatch.setattr(incident_classes, "incident_classes", lambda _db: [])

    def record(_service: object, *_given: Any, **options: Any) -> tuple[bool, dict[str, Any]]:
        options["progress"]("Candidates", 1, 2)
        asked.append({name: value for name, value in options.items() if name != "progress"})
        return True, ANSWER

    monkeypatch.setattr(session, "record", record)
    return asked


def _plan_page() -> None:
    from app.views import plan

    plan.page()


_run = partial(visited, _plan_page)


def test_the_form_asks_with_the_district_s_weights(page: list[dict[str, Any]]) -> None:
    test = _run()
    test.button(key="plan_make").click().run()
    (asked,) = page
    # 0.25, 0.2, 0.1 and 0.05 of the sample's file on a scale to 5.
    assert asked["weights"] == {
        "incidents": 5.0, "rates": 4.0, "narrow": 2.0, "dark": 2.0, "safe_routes": 1.0, "children": 2.0,
        "complaints": 1.0, "population": 1.0, "flood": 1.0, "wildfire": 1.0,
    }  # fmt: skip
    assert (asked["calls"], asked["hours"]) == (None, None)
    # A camera is bought to recognise; a question without conditions asks for none.
    assert (asked["cameras"], asked["density_class"], asked["dong"]) == (10, "recognise", None)
    assert "limits" not in asked
    assert "seconds" not in asked
    # What was made is open now, and stands in the address.
    assert "12" in test.query_params["plan"]
    assert "from 4.00\u00a0% to 5.20\u00a0%" in page_text(test)


def test_a_longer_search_may_be_asked_for(page: list[dict[str, Any]]) -> None:
    test = _run(plan_search="long")
    assert "long" in test.query_params["plan_search"]
    assert "up to 5 seconds" in test.button_group(key="plan_search").options and plan.SECONDS == 5.0
    test.button(key="plan_make").click().run()
    assert page[0]["seconds"] == 60.0


def test_the_purpose_sets_the_class(page: list[dict[str, Any]]) -> None:
    test = _run()
    test.selectbox(key="plan_purpose").select("vehicle_crime").run()
    test.button(key="plan_make").click().run()
    assert page[0]["density_class"] == "identify"


def test_a_budget_says_what_it_buys(page: list[dict[str, Any]]) -> None:
    test = _run(plan_by="budget")
    assert test.slider(key="plan_budget").value == 20_000
    test.slider(key="plan_budget").set_value(5_000).run()
    assert "50,000,000 won buy 2 cameras at 20,000,000 won each" in test.caption[0].value
    test.button(key="plan_make").click().run()
    assert page[0]["budget_won"] == 50_000_000 and "cameras" not in page[0]


@pytest.mark.parametrize(("lang", "said"), [("ko", "4.00\u00a0%에서 5.20\u00a0%로"), ("en", "With one more")])
def test_a_kept_plan_is_opened_by_its_address(page: list[dict[str, Any]], lang: str, said: str) -> None:
    test = _run(lang, plan="12")
    assert said in page_text(test)
    table = test.dataframe[0].value
    assert list(table["no"]) == [1] and list(table["price"]) == ["20,000,000"]
    assert list(table["heading"]) == ["135° 남동" if lang == "ko" else "135° SE"]
    assert page == []


def test_a_plan_that_is_none_is_said_to_be_gone(page: list[dict[str, Any]]) -> None:
    test = _run(plan="99")
    assert "There is no plan no. 99" in test.warning[0].value
    assert test.button(key="plan_make")


def test_an_auditor_reads_and_makes_none(page: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "roles", lambda: frozenset({"auditor"}))
    test = _run()
    assert "Your role reads plans" in test.info[0].value
    assert "plan_make" not in {button.key for button in test.button}
    assert "With one more" in page_text(_run(plan="12"))
