"""What each purpose's cameras see, who sees a zone, and night by dong, on the toy city: each number with its reason."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from app.figures import measure
from app.printing import coverage as print_coverage
from app.world import World
from spatial.fov import with_assumptions
from tests import answers, toy
from tests.toy_world import COARSE, ladder_rows, without, world

PURPOSES = ["crime_prevention", "disaster", "traffic_enforcement"]
LAMPS = toy.points((30.0, 0.0), (95.0, 0.0)).drop(columns="weight")


def answer_of(city: World) -> dict[str, Any]:
    return measure(city, "observe", sampling=COARSE, progress=lambda *_: None).answer


def by_purpose(**changes: Any) -> dict[str, dict[str, Any]]:
    cameras = with_assumptions(toy.cameras().assign(purpose=PURPOSES), toy.LENS)
    rows = answer_of(world(cameras=cameras, **changes))["purposes"]
    return {row["purpose"]: row for row in rows}


def test_each_purpose_alone_and_what_only_it_sees() -> None:
    found = by_purpose()
    crime, disaster, traffic = (found[name] for name in PURPOSES)
    # Camera 1 surely sees 30 m of 160, camera 3 its 10 m of the lane: headings do not matter, and nobody else looks there.
    names = ("share", "low", "high")
    assert [crime[name] for name in names] == [crime["only"][name] for name in names] == [30 / 160] * 3
    assert [traffic[name] for name in names] == [traffic["only"][name] for name in names] == [10 / 160] * 3
    # Camera 2 sees one of three arms of 20 m, each one time in four; possibly all three.
    assert disaster["share"] == disaster["only"]["share"] == pytest.approx(15 / 160, abs=1e-6)
    assert (disaster["low"], disaster["high"], disaster["possible"]) == (0.0, 20 / 160, 60 / 160)
    assert (disaster["only"]["low"], disaster["only"]["high"]) == (0.0, 20 / 160)


def test_what_two_purposes_see_belongs_to_neither_alone() -> None:
    # Camera 3 now sees the first 10 m of L1 too, as camera 1 does.
    shared = toy.field(3, shapely.box(0, -2, 10, 2))
    found = by_purpose(fields=toy.fields([*ladder_rows(), shared]))
    crime, traffic = found["crime_prevention"], found["traffic_enforcement"]
    assert (crime["share"], crime["only"]["share"]) == (30 / 160, pytest.approx(20 / 160, abs=1e-6))
    assert (traffic["share"], traffic["only"]["share"]) == (20 / 160, pytest.approx(10 / 160, abs=1e-6))


def test_the_purpose_with_most_cameras_comes_first() -> None:
    cameras = with_assumptions(toy.cameras().assign(purpose=["disaster", "fire", "fire"]), toy.LENS)
    rows = answer_of(world(cameras=cameras))["purposes"]
    assert [(row["purpose"], row["cameras"]) for row in rows] == [("fire", 2), ("disaster", 1)]


def test_one_purpose_alone_sees_what_all_see() -> None:
    answer = answer_of(world())
    (row,) = answer["purposes"]
    for name in ("share", "low", "high"):
        assert row[name] == row["only"][name] == answer["alleys"][name]


def test_without_streets_no_purpose_has_a_share() -> None:
    rows = answer_of(world(**without("alleys")))["purposes"]
    assert [(row["cameras"], row["share"], row["only"]["share"]) for row in rows] == [(3, None, None)]
    assert answer_of(world(**without("cameras", "fields")))["purposes"] == []


def test_a_zone_is_told_by_how_many_see_it() -> None:
    flood, wildfire = answer_of(world())["zones"]
    # The flood zone is what camera 2 may see; the wildfire zone nobody sees.
    assert flood["cameras"] == {"certain": 0, "possible": 1}
    assert wildfire["cameras"] == {"certain": 0, "possible": 0}
    # Camera 3 surely looks into the flood zone now.
    looking = toy.field(3, shapely.box(40, -20, 50, -10))
    seen, _ = answer_of(world(fields=toy.fields([*ladder_rows(), looking])))["zones"]
    assert seen["cameras"] == {"certain": 1, "possible": 1}
    # Without buildings nobody knows what is seen.
    blind, _ = answer_of(world(**without("buildings")))["zones"]
    assert blind["cameras"] is None


def test_night_by_dong_weighs_up_to_the_headline_of_night() -> None:
    answer = answer_of(world(lamps=LAMPS))
    rung = next(row for row in answer["night"]["ladder"] if row["class"] == "observe")
    east, west = answer["night"]["by_dong"]
    assert (east["code"], east["length_m"], west["code"], west["length_m"]) == ("E", 50.0, "W", 110.0)
    # Only 25 (camera 1, for sure) and 35 (camera 2, one time in four) lie in the light, both in the west.
    assert (east["share"], west["certain"]) == (0.0, pytest.approx(10 / 110, abs=1e-6))
    assert west["share"] == pytest.approx(12.5 / 110, abs=1e-6)
    for name in ("share", "certain", "possible"):
        whole = sum(row[name] * row["length_m"] for row in (east, west)) / 160
        assert whole == pytest.approx(rung[name], abs=1e-5)


def test_what_is_seen_at_night_is_seen_by_day() -> None:
    answer = answer_of(world(lamps=LAMPS))
    by_day = {row["code"]: row["share"] for row in answer["by_dong"]}
    assert all(row["share"] <= by_day[row["code"]] + 1e-9 for row in answer["night"]["by_dong"])


def test_without_light_no_dong_has_a_night() -> None:
    night = answer_of(world())["night"]
    assert (night["reason_code"], night["by_dong"]) == ("no_light", [])


def test_the_command_prints_purposes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")
    only = {"share": 0.02, "low": 0.01, "high": 0.03}
    row = {"purpose": "disaster", "cameras": 14, "share": 0.05, "low": 0.04, "high": 0.06, "only": only}
    print_coverage(answers.coverage() | {"purposes": [row]})
    (line,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith("disaster")]
    assert line.split() == "disaster 14 5.0 % 4.0–6.0 % 2.0 % 1.0–3.0 %".split()
