"""How high the sun stood, against the published times of sunrise and sunset."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from spatial.daylight import dark_share, sun_height_deg
from spatial.types import LonLat

SEOUL, OULU = LonLat(126.98, 37.57), LonLat(25.47, 65.01)
# The upper edge of the sun, bent by the air, is at the horizon when its middle is 0.833 degrees below.
HORIZON = -0.833


def _unix(text: str, zone: str = "Asia/Seoul") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


@pytest.mark.parametrize(
    "at", ["2013-06-21 05:11", "2013-06-21 19:57", "2013-12-22 07:43", "2013-12-22 17:17"]
)
def test_at_the_published_sunrise_and_sunset_of_seoul_the_sun_is_at_the_horizon(at: str) -> None:
    # A minute is up to a quarter of a degree.
    assert sun_height_deg(SEOUL, _unix(at))[0] == pytest.approx(HORIZON, abs=0.25)


def test_at_noon_of_the_solstice_it_stands_as_high_as_the_tilt_says() -> None:
    # 90 - 37.57 + 23.44
    assert sun_height_deg(SEOUL, _unix("2013-06-21 12:34"))[0] == pytest.approx(75.87, abs=0.02)


def test_how_much_of_a_time_is_dark() -> None:
    night = {"since_s": _unix("2013-12-22 22:00"), "until_s": _unix("2013-12-22 23:00")}
    assert dark_share(SEOUL, **night) == 1.0
    assert dark_share(SEOUL, since_s=_unix("2013-12-22 12:00"), until_s=_unix("2013-12-22 13:00")) == 0.0
    # Civil twilight ends half an hour after sunset, at 17:46: some 134 minutes of 240 are dark.
    evening = dark_share(SEOUL, since_s=_unix("2013-12-22 16:00"), until_s=_unix("2013-12-22 20:00"))
    assert evening == pytest.approx(134 / 240, abs=0.01)
    instant = _unix("2013-12-22 22:00")
    assert dark_share(SEOUL, since_s=instant, until_s=instant) == 1.0


def test_a_white_night_is_never_dark() -> None:
    noon = _unix("2013-06-21 12:00", "Europe/Helsinki")
    assert dark_share(OULU, since_s=noon, until_s=noon + 86_400) == 0.0
    assert dark_share(SEOUL, since_s=noon, until_s=noon + 86_400) == pytest.approx(0.34, abs=0.02)
