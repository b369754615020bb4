"""Is it day or dark where the question is about? Cameras are ranked by what they see in today's light. Light to import."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from etl import clock
from spatial.sun import DARK_BELOW_DEG, altitude_deg
from spatial.types import LonLat

By = Literal["day", "night"]


def moment_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant that a day is asked about on the clocks of a zone: now for today, else noon."""
    now = clock.now()
    return now if day == now.astimezone(zone).date() else datetime.combine(day, time(12), zone)


def of(place: LonLat, moment: datetime, by: By | None) -> dict[str, Any]:
    """Return in what light a place is seen.

    by       day or night where somebody asks for it; None takes the sun
    by       in the answer: day, or night from the end of civil twilight on
    asked    whether it was asked for
    sun_deg  altitude of the sun over the horizon, degrees
    """
    sun_deg = altitude_deg(moment, place)
    told = by or ("night" if sun_deg < DARK_BELOW_DEG else "day")
    return {"by": told, "asked": by is not None, "sun_deg": round(sun_deg, 1)}
