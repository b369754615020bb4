"""Coverage by the cameras that work now: the toy city with outages, against the same figures without these cameras."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from app import livemap, session
from app.figures import Gauge
from app.phrases_working import working_lines
from app.services import coverage, gaps, working
from etl.store.days import network_day
from spatial import coverage as spatial_coverage
from spatial.errors import WrongShape
from spatial.outage import Loss, without
from spatial.types import Share
from tests import city_in_database as toy_city
from tests.city_in_database import Door, alter, opened, quiet
from tests.database import TestCity
from tests.pages import page_text, visited
from tests.toy_world import COARSE, DAY

NAMES = ("share", "low", "high", "certain", "possible")


@pytest.fixture
def computed(make_city: Callable[[], TestCity]) -> Iterator[Door]:
    """The toy city with its hand-drawn fields of view and coverage of its day: of 160 m 40 for certain, and 18.5 expected of
    camera 2, which may have 60 m in its picture and looks along its streets sooner than elsewhere."""
    with opened(make_city()) as door:
        toy_city.lay_out(door("owner"))
        toy_city.draw_fields(door())
        coverage.coverage(door(), sampling=COARSE, progress=quiet)
        yield door


def break_down(door: Door, *keys: str) -> None:
    for key in keys:
        alter(
            door,
            "insert into core.camera_status (camera_id, down_during) select camera_id, tstzrange(now() - interval '1 h', null)"
            f" from core.camera where camera_key = '{key}'",
        )


def told(door: Door) -> dict[str, Any]:
    found = working.now(door("staff"), "observe")
    assert found is not None
    return found


def test_without_a_word_of_health_it_is_unknown(computed: Door) -> None:
    found = told(computed)
    assert {name: found[name] for name in NAMES} == dict.fromkeys(NAMES)
    assert (found["reason_code"], found["down"], found["cameras"]) == ("health_unknown", None, 3)
    assert [*working_lines(found, "en")] == [
        "By the cameras that work now: unknown. The health of cameras was never loaded (load `status`)."
    ]


def test_when_all_work_it_is_the_share_of_all(computed: Door) -> None:
    """An outage that is over says that somebody tells of health."""
    alter(
        computed,
        "insert into core.camera_status (camera_id, down_during) select min(camera_id), '[2013-01-01,2013-01-02)' from core.camera",
    )
    found, run = told(computed), gaps.latest(computed("staff"))
    assert run is not None
    assert {name: found[name] for name in NAMES} == {name: run["alleys"][name] for name in NAMES}
    assert found["down"] == 0
    assert next(working_lines(found, "en")).startswith(
        "None of the 3 cameras is known to be out of order now ("
    )


@pytest.mark.parametrize(
    ("down", "share", "certain", "possible"),
    [
        (("c1",), 28.5 / 160, 10 / 160, 90 / 160),
        (("c2",), 40 / 160, 40 / 160, 60 / 160),
        # The reach of the turning camera, 20 m of L2, is possible; its first 10 m may camera 2 see too.
        (("c3",), 48.5 / 160, 30 / 160, 90 / 160),
        (("c1", "c2", "c3"), 0.0, 0.0, 0.0),
    ],
)
def test_what_the_others_see(
    computed: Door, down: tuple[str, ...], share: float, certain: float, possible: float
) -> None:
    break_down(computed, *down)
    found = told(computed)
    assert (found["share"], found["certain"]) == pytest.approx((share, certain), abs=1e-6)
    assert found["possible"] == pytest.approx(possible, abs=1e-6)
    assert (found["down"], found["seen_m"]) == (len(down), pytest.approx(160 * share, abs=0.1))


@pytest.mark.parametrize("down", [("c1",), ("c2",), ("c2", "c3")])
def test_it_is_the_figure_of_the_same_draws_without_them(living: Door, down: tuple[str, ...]) -> None:
    """On real fields of view, which overlap: what is worked out nearby equals the whole district worked out anew."""
    loader = living()
    coverage.coverage(loader, sampling=COARSE, progress=quiet)
    break_down(living, *down)
    gauge = Gauge(coverage.world(loader, DAY), "observe", COARSE)
    found, weights = gauge.found("alleys"), gauge.points("alleys")["weight"].to_numpy()
    cameras = gauge.world.cameras.set_index("camera_key")["camera_id"]
    left = found.only(cameras.drop(list(down)))
    expected = spatial_coverage.share(left, weights, gauge.headings)
    answer = told(living)
    assert [answer[name] for name in NAMES] == pytest.approx(
        [getattr(expected, name) for name in NAMES], abs=3e-6
    )


def test_a_past_day_is_not_held_against_todays_outages(computed: Door) -> None:
    break_down(computed, "c1")
    early = date(2012, 12, 31)
    coverage.coverage(computed(), at=early, sampling=COARSE, progress=quiet)
    assert network_day(computed()) == DAY > early + timedelta(days=1)
    found = working.now(computed("staff"), "observe", early)
    assert found is not None
    assert (found["share"], found["reason_code"]) == (None, "past_day")
    assert [*working_lines(found, "en")] == []


def test_the_command_tells_both(computed: Door) -> None:
    break_down(computed, "c1")
    run = coverage.coverage(computed(), sampling=COARSE, progress=quiet)
    assert run["alleys"]["share"] == pytest.approx(58.5 / 160, abs=1e-6)
    assert run["working"]["share"] == pytest.approx(28.5 / 160, abs=1e-6)
    assert working.now(computed("staff"), "recognise") is None
    line = next(working_lines(run["working"], "en"))
    assert line.startswith("By the cameras that work now: 17.8 % (95 % interval ")
    assert "; 1 of 3 are out of order (" in line


def test_a_camera_that_sees_nothing_is_no_loss(computed: Door) -> None:
    """At class identify nobody sees anything; camera 2 sees nothing at class recognise."""
    break_down(computed, "c2")
    for density_class, share in (("identify", 0.0), ("recognise", 10 / 160)):
        run = coverage.coverage(computed(), density_class=density_class, sampling=COARSE, progress=quiet)
        assert run["working"]["share"] == run["alleys"]["share"] == pytest.approx(share)


def _gaps_page() -> None:
    from app.views import gaps

    gaps.page()


def _start_page() -> None:
    from app.views import start

    start.page()


@pytest.mark.parametrize("page", [_gaps_page, _start_page])
def test_the_pages_tell_it_beside_the_share_of_all(
    computed: Door, monkeypatch: pytest.MonkeyPatch, page: Callable[[], None]
) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setattr(session, "shared_database", lambda: computed("staff"))
    monkeypatch.setattr(livemap, "_component", lambda **_given: None)
    assert "By the cameras that work now: unknown." in page_text(visited(page))
    break_down(computed, "c1")
    text = page_text(visited(page))
    assert "By the cameras that work now: 17.8 % (95 % interval " in text
    assert "; 1 of 3 are out of order (" in text


def test_a_loss_keeps_the_order_of_bounds() -> None:
    whole = Share(0.5, 0.4, 0.6, 0.3, 0.7)
    lost = Loss(expected=10.0, certain=20.0, possible=10.0, by_draw=np.array([0.0, 20.0]))
    left = without(whole, [0.4, 0.6], lost, weight=100.0)
    assert (left.share, left.certain, left.possible) == pytest.approx((0.4, 0.1, 0.6))
    assert (left.low, left.high) == pytest.approx((0.4, 0.4))
    # Without draws only the bounds hold.
    bare = without(whole, [], lost, weight=100.0)
    assert (bare.low, bare.high) == pytest.approx((0.1, 0.6))
    with pytest.raises(WrongShape):
        without(whole, [0.5], lost, weight=100.0)
