"""What a site adds, how good a plan provably is and under which limits, in words: exact, and never better than it is."""

from __future__ import annotations

import pytest

from app import phrases_limits, phrases_proof, phrases_site
from tests.plan_answer import full, reason, site, taken_down, turned


def test_a_new_site_says_what_no_camera_saw() -> None:
    assert phrases_site.why(site(0, 0), "en") == (
        "Newly sees 2 calls of a year that no camera saw and 1 that one may have seen; 30 m of L2 (3.0 m wide, without "
        "lamps); 12 m in a child zone; 8 m in the Brook flood zone. High risk."
    )
    assert phrases_site.why(site(0, 0), "ko") == (
        "새로 보임: 카메라가 못 보던 신고 2건(1년)과 보였을 수도 있는 신고 1건, L2(폭 3.0 m, 보안등 없음) 30 m, "
        "어린이 보호구역 12 m, 냇가 침수지구 8 m. 위험 높음."
    )


def test_the_committee_learns_no_count_of_one_or_two_and_no_present_aim() -> None:
    assert "<3 calls of a year that no camera saw and <3 that" in phrases_site.why(
        site(0, 0), "en", whole=False
    )
    one = site(0, 0, reason=reason("L2", 30.0, calls_unseen=1, calls_perhaps=0))
    assert phrases_site.why(one, "en").startswith("Newly sees one call of a year that no camera saw; 30 m")
    assert phrases_site.why(one, "en", whole=False).startswith("Newly sees <3 calls of a year")
    assert phrases_site.why(turned(), "en", whole=False).startswith(
        "Turned to 200° S: loses 6 m, gains 22 m."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"calls_unseen": 0, "calls_perhaps": 1}, "one call of a year that a camera may have seen; 30 m of"),
        ({"calls_unseen": 0, "calls_perhaps": 0}, "Newly sees 30 m of"),
        ({"calls_unseen": None, "calls_perhaps": None}, "Newly sees 30 m of"),
        ({"light": None}, "L2 (3.0 m wide)"),
        ({"light": "no_lamps", "dark_m": 18.0}, "L2 (3.0 m wide, 18 m of it without lamps)"),
        ({"light": "lamps", "dark_m": 12.0}, "L2 (3.0 m wide, 12 m of it without lamps)"),
        ({"light": "lamps", "dark_m": 6.0}, "L2 (3.0 m wide, 6 m of it without lamps)"),
        ({"light": "lamps", "dark_m": 5.9}, "L2 (3.0 m wide, with lamps)"),
        ({"light": "no_lamps", "dark_m": 28.0}, "L2 (3.0 m wide, 28 m of it without lamps)"),
        ({"light": "lamps", "dark_m": 0.0}, "L2 (3.0 m wide, with lamps)"),
        ({"light": "dark"}, "L2 (3.0 m wide, dark at night)"),
        ({"width_m": None}, "L2 (without lamps)"),
        ({"width_m": None, "light": None}, "30 m of L2;"),
        ({"alley": None}, "an alley without a name (3.0 m wide"),
        ({"metres": 20.0}, "10 m of other alleys"),
        ({"safe_route_m": 14.0}, "14 m of a safe way home"),
        (
            {"zones": [{"kind": "flood", "name_ko": "냇가", "name_en": None, "metres": 8.0, "m2": 50.0}]},
            "8 m and 50 m² of open ground in the 냇가.",
        ),
        (
            {"zones": [{"kind": "flood", "name_ko": None, "name_en": None, "metres": 0.0, "m2": 50.0}]},
            "50 m² of open ground in the flood zone.",
        ),
        ({"again_m": 20.0}, "A second view, from another pole, of 20 m."),
    ],
)
def test_each_fact_is_said_and_what_is_not_known_is_not(changes: dict[str, object], said: str) -> None:
    assert said in phrases_site.why(site(0, 0, reason=reason("L2", 30.0, dark_m=30.0) | changes), "en")


def test_a_second_view_alone_claims_nothing_new() -> None:
    told = reason("L2", 0.0, calls_unseen=0, calls_perhaps=0, child_zone_m=0.0, zones=[], again_m=25.0)
    assert phrases_site.why(site(0, 0, metres=0.0, reason=told), "en") == (
        "Sees nothing new. A second view, from another pole, of 25 m."
    )


def test_what_stands_already_says_what_is_done_with_it() -> None:
    assert phrases_site.why(turned(), "en").startswith(
        "Turned from 180° S to 200° S: loses 6 m, gains 22 m. Newly"
    )
    blind = turned() | {"reason": turned()["reason"] | {"lost_m": None}}
    assert phrases_site.why(blind, "en").startswith("Turned from 180° S to 200° S: gains 22 m.")
    moved = turned() | {"act": "move", "was": site(50, 20)}
    assert phrases_site.why(moved, "en").startswith("Moved by 40 m: loses 6 m, gains 22 m.")
    assert phrases_site.why(taken_down(), "en") == "Taken down: all that it saw is seen by others."
    alone = taken_down() | {"reason": taken_down()["reason"] | {"lost_m": 12.0}}
    assert phrases_site.why(alone, "en") == "Taken down: 12 m that it alone saw are seen no more."


def test_a_plan_of_before_says_its_reasons_as_it_did_then() -> None:
    old = {"code": "most_in_street", "alley": "L2", "metres": 31.0, "width_m": 3.0}
    assert phrases_site.why({"reason": old}, "en") == "31 m more of L2 come into sight, 3.0 m wide."


@pytest.mark.parametrize(
    ("share", "least", "most"),
    [
        (0.65, "65.00 %", "65.00 %"),
        (0.651299, "65.12 %", "65.13 %"),
        (0.0000001, "<0.01 %", "0.01 %"),
        (0.99999, "99.99 %", "100.00 %"),
        (0.0, "0.00 %", "0.00 %"),
        (1.0, "100.00 %", "100.00 %"),
        (None, "–", "–"),
    ],
)
def test_what_is_reached_is_rounded_down_and_a_bound_up(share: float | None, least: str, most: str) -> None:
    assert (phrases_proof.at_least(share), phrases_proof.at_most(share)) == (least, most)


def test_a_gap_is_none_only_where_that_is_proved() -> None:
    assert phrases_proof.gap({"gap": 0.0, "proved_optimal": True}) == "0.00 %"
    assert phrases_proof.gap({"gap": 0.0, "proved_optimal": False}) == "<0.01 %"
    assert phrases_proof.gap({"gap": 0.000001, "proved_optimal": False}) == "0.01 %"
    assert phrases_proof.gap({"gap": None}) == "–"


def test_the_best_is_said_only_where_it_is_proved() -> None:
    near, best = (
        " ".join(phrases_proof.lines(full(**told), "en")) for told in ({}, {"proved_optimal": True})
    )
    assert "no choice sees more than 65.12 %; this plan reaches 65.00 %, within 0.19 % of that." in near
    assert "not proved to be the best" in near
    assert "no choice sees more: that is proved" in best
    assert "5,760 options" in near
    old = {"bound": 0.5, "gap": 0.0, "after": 0.5, "candidates": {"mounts": 9, "headings": 8}}
    assert "9 places and 8 headings" in " ".join(phrases_proof.lines(old, "en"))
    assert list(phrases_proof.lines({"after": 0.5}, "en")) == []


def test_limits_are_said_in_one_order_and_only_where_they_bind() -> None:
    assert list(phrases_limits.limits(full()["limits"], "en")) == [
        "a budget of 45,000,000 won",
        "at most 1 on a pole",
        "a second view from another pole is worth 10 % of the risk",
        "at least 20 % in each dong",
        "at most 200 m² of private plots within recognise",
        "standing cameras may be turned",
        "standing cameras may be taken down",
    ]
    assert list(phrases_limits.limits(None, "ko")) == []
    more = {"zones": {"f": 1.0, "w": 0.5}, "intrusion_weight": 2.5, "models": ["2 MP 8 mm", "4 MP 4 mm"]}
    assert list(phrases_limits.limits(more, "en")) == [
        "zones that must be seen: f 100 %, w 50 %",
        "100 m² of private plots out of view are worth 2.5 m of street",
        "lenses: 2 MP 8 mm, 4 MP 4 mm",
    ]
    # A limit of nothing at all binds most of all.
    assert list(phrases_limits.limits({"intrusion_most": 0.0}, "en")) == [
        "at most 0 m² of private plots within recognise"
    ]
