"""Where the sun stands, against published places and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from spatial.errors import OutOfRange
from spatial.sun import altitude_deg, is_dark
from spatial.types import LonLat

SEOUL = LonLat(126.978, 37.5665)
KST = timezone(timedelta(hours=9))


def test_the_altitude_is_that_of_the_solar_position_algorithm() -> None:
    # Reda and Andreas, NREL/TP-560-34302, table A5.1: 39.872046 degrees over Golden, Colorado, before refraction.
    moment = datetime(2003, 10, 17, 12, 30, 30, tzinfo=timezone(timedelta(hours=-7)))
    assert altitude_deg(moment, LonLat(-105.1786, 39.742476)) == pytest.approx(39.872046, abs=0.01)


def test_over_the_pole_the_altitude_is_the_declination() -> None:
    # Meeus, Astronomical Algorithms, example 25.a: 1992 October 13, 0h dynamical time.
    assert altitude_deg(datetime(1992, 10, 13, tzinfo=UTC), LonLat(0.0, 90.0)) == pytest.approx(
        -7.78507, abs=1e-3
    )


@pytest.mark.parametrize(
    ("month", "day", "hour", "minute"), [(6, 21, 5, 11), (6, 21, 19, 57), (12, 22, 7, 43), (12, 22, 17, 17)]
)
def test_the_sun_rises_and_sets_over_seoul_when_the_calendar_says(
    month: int, day: int, hour: int, minute: int
) -> None:
    # Its upper rim touches the horizon when its middle stands 0.833 degrees below; a minute moves it by up to 0.2.
    moment = datetime(2013, month, day, hour, minute, tzinfo=KST)
    assert altitude_deg(moment, SEOUL) == pytest.approx(-0.833, abs=0.2)


def test_it_is_dark_after_civil_twilight_alone() -> None:
    # Civil twilight over Seoul ends some 31 minutes after the sun has set on the longest day.
    assert not is_dark(datetime(2013, 6, 21, 20, 22, tzinfo=KST), SEOUL)
    assert is_dark(datetime(2013, 6, 21, 20, 35, tzinfo=KST), SEOUL)
    assert is_dark(datetime(2013, 6, 21, 0, 30, tzinfo=KST), SEOUL)
    assert not is_dark(datetime(2013, 6, 21, 12, 0, tzinfo=KST), SEOUL)
    # The same instant is the same light, whatever the zone it is told in.
    assert not is_dark(datetime(2013, 6, 21, 3, 0, tzinfo=UTC), SEOUL)


def test_a_moment_without_a_zone_is_no_instant() -> None:
    with pytest.raises(OutOfRange):
        altitude_deg(datetime(2013, 6, 21, 12, 0, tzinfo=KST).replace(tzinfo=None), SEOUL)
