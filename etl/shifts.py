"""The shifts of the control centre: when they begin, on the district's clocks. Read from a district's file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_MOST = 12


@dataclass(frozen=True, slots=True)
class Span:
    """One shift of one day: from since up to, not with, until (both UTC); `shift` counts from 0 within the day."""

    shift: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Shifts:
    """When shifts begin, in the order of the day; each lasts until the next begins.

    starts  times of the clock, rising; the usual three of eight hours are an assumption of ours
    Raises  ValueError for none, for too many, or for such as do not rise
    """

    starts: tuple[time, ...] = (time(6), time(14), time(22))

    def __post_init__(self) -> None:
        if not 1 <= len(self.starts) <= _MOST:
            raise ValueError(f"shifts.starts must name from 1 to {_MOST} times, not {len(self.starts)}")
        if list(self.starts) != sorted(set(self.starts)):
            raise ValueError("shifts.starts must rise through the day, each time once")

    def clocks(self, shift: int) -> tuple[str, str]:
        """Return when a shift begins and ends, as "22:00" and "06:00"."""
        after = self.starts[(shift + 1) % len(self.starts)]
        return f"{self.starts[shift]:%H:%M}", f"{after:%H:%M}"

    def spans(self, since: date, until: date, zone: ZoneInfo) -> list[Span]:
        """Return the shifts that begin on the days from since to until, in order, without a gap between them.

        A clock that is set forward or back makes a shift an hour shorter or longer: wall clocks begin it.
        """
        days = [since + timedelta(days=n) for n in range((until - since).days + 2)]
        begins = [
            (shift, datetime.combine(day, start, tzinfo=zone).astimezone(UTC))
            for day in days
            for shift, start in enumerate(self.starts)
        ]
        wanted = len(self.starts) * (len(days) - 1)
        return [Span(shift, at, begins[n + 1][1]) for n, (shift, at) in enumerate(begins[:wanted])]


def read_shifts(section: Mapping[str, object]) -> Shifts:
    """Return what a file's section `shifts` says. Raises ValueError or TypeError for what it may not hold."""
    if unknown := sorted(section.keys() - {"starts"}):
        raise ValueError(f"shifts does not know {', '.join(unknown)}")
    if "starts" not in section:
        return Shifts()
    starts = section["starts"]
    if not isinstance(starts, list):
        raise TypeError(f'shifts.starts expects times such as ["06:00", "14:00"], not {starts!r}')
    return Shifts(tuple(map(_clock, starts)))


def _clock(value: object) -> time:
    found = _CLOCK.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f'shifts.starts expects times such as "06:00", not {value!r}')
    return time(int(found[1]), int(found[2]))
