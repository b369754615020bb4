"""Which camera sees him next, and how long none does."""

from __future__ import annotations

from dataclasses import dataclass

from spatial.network import Ways
from spatial.street_views import StreetViews
from spatial.streets import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Relay:
    """The cameras that see him next, the likeliest first; equal ones by camera_id.

    camera_id        (k,) may hold the first camera itself: he comes back into its view
    probability      (k,) that it is the first to see him, alone or with others; so the sum may pass 1
    blind_median_s   (k,) seconds between the views, given that it is this camera; 0 where the views overlap
    blind_low_s      (k,) the least
    blind_high_s     (k,) 19 in 20 are no longer than this
    unseen           chance that no camera sees him within `seconds`; who leaves the map is not seen either
    """

    camera_id: Ints
    probability: Floats
    blind_median_s: Floats
    blind_low_s: Floats
    blind_high_s: Floats
    unseen: float


def next_cameras(
    ways: Ways, views: StreetViews, camera_id: int, *, aim_id: int | None = None, seconds: float = 300.0
) -> Relay:
    """Return who is likely to see him next after he leaves the view of a camera.

    views    only certain ones count; of the other cameras all aims given count together, so give those that they hold
    aim_id   the aim that sees him; None is any of the camera's
    He leaves at any end of the view, all alike, goes on without turning round, takes any street at a corner but the
    one he came by, all alike, and turns back at a dead end, at the speed of the mode. Exact but for times, which are
    rounded to a quarter of a second by stretch of street. Streets only: nothing is known of any person.
    Empty, and unseen 1, where the camera sees no street.
    Raises   OutOfRange if seconds are not above 0
    """
    raise NotImplementedError
