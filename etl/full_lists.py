"""Full lists: a file is held against the one before, so that nothing is lost in silence."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from etl.orders import Order
from etl.passage import Passage
from etl.reasons import InputRefused
from etl.rhythm import rhythm_of
from etl.store import lists


@dataclass(frozen=True, slots=True)
class FullList:
    """The file is a full list; `earlier` is the state of it that it may follow."""

    earlier: lists.Earlier | None


def full_list(order: Order, passage: Passage) -> FullList | None:
    """Return the earlier state of a full list; None for a file that is none.

    Raises InputRefused LIST_SHRANK when too many objects are missing and nobody said that this is right.
    """
    named = any(name in order.job.lists for name in passage.columns)
    part = order.terms.part or passage.is_part
    if not named or passage.is_feed or part:
        return None
    if order.replays is not None:
        return FullList(order.follows)
    earlier = lists.before(passage.batch, order.source)
    day = passage.batch.reference_date
    if earlier is None or day is None or earlier.reference_date > day:
        return FullList(None)
    may_lose = rhythm_of(order.db.district.sources, order.source).may_lose or 0.0
    if earlier.missing > may_lose * earlier.objects and not order.terms.accept_loss:
        told = (
            f"{earlier.missing:,} of the {earlier.objects:,} objects of load {earlier.batch_id} are missing, "
            f"more than {may_lose:.0%}"
        )
        raise InputRefused("LIST_SHRANK", told)
    return FullList(earlier)


def keep_list(order: Order, passage: Passage, earlier: lists.Earlier | None) -> int:
    """Keep what a full list names; end the cameras of records that it no longer names, and return how many."""
    ended = 0
    if earlier is not None and order.job.source == "cameras":
        ended = lists.end_missing(passage.batch, earlier)
        passage.notes |= {"missing_ended": ended} if ended else {}
        passage.notes["follows"] = dataclasses.asdict(earlier) | {
            "reference_date": earlier.reference_date.isoformat()
        }
    if order.replays is None:
        lists.keep(passage.batch, earlier)
    return ended
