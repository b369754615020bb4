"""A file of boundaries is the whole set: one that would take away much of the district is held until a person has looked."""

from __future__ import annotations

from etl.orders import Order
from etl.passage import Passage
from etl.reasons import InputRefused
from etl.rhythm import rhythm_of
from etl.store import merges

_M2_PER_KM2 = 1_000_000.0


def require_whole(order: Order, passage: Passage) -> None:
    """Hold staged boundaries that end more of the dong, or of the outline's area, than a list may lose.

    All that is computed lies inside the outline, so a smaller one empties the district. A replay was asked before.
    Raises InputRefused LIST_SHRANK, unless a person said that the loss is right.
    """
    if order.job.source != "boundaries" or order.replays is not None or order.terms.accept_loss:
        return
    loss = merges.boundary_loss(passage.batch)
    may_lose = rhythm_of(order.db.district.sources, order.source).may_lose
    if loss is None or may_lose is None:
        return
    told = []
    if loss.missing > may_lose * loss.dong:
        told.append(f"{loss.missing:,} of the {loss.dong:,} dong are missing")
    if loss.area_m2 < (1.0 - may_lose) * loss.before_m2:
        before, after = loss.before_m2 / _M2_PER_KM2, loss.area_m2 / _M2_PER_KM2
        told.append(f"the district would have {after:,.2f} km2 instead of {before:,.2f} km2")
    if told:
        detail = f"{' and '.join(told)}, a loss of more than {may_lose:.0%}"
        raise InputRefused(
            "LIST_SHRANK", f"{detail}; boundaries are always the whole set, so --part does not help"
        )
