"""Times as people say them: 14:03 is the last such time on the clocks of a zone; anything longer is ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")


def instant(text: str, zone: ZoneInfo, *, now: datetime | None = None) -> datetime:
    """Return the instant that a text tells, aware; a time without a zone is on the clocks of `zone`.

    now     this instant (aware); None asks the clock
    Raises  ValueError for a text that tells no time
    """
    moment = (now or datetime.now(zone)).astimezone(zone)
    if found := _CLOCK.fullmatch(text.strip()):
        hour, minute, second = (int(part or 0) for part in found.groups())
        said = moment.replace(hour=hour, minute=minute, second=second, microsecond=0)
        # Nobody calls in what is yet to happen: a later time was yesterday's.
        return said - timedelta(days=1) if said > moment else said
    said = datetime.fromisoformat(text.strip())
    return said if said.tzinfo else said.replace(tzinfo=zone)
