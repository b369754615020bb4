"""The measurement of covers on the toy city: it runs, and both ways tell the same."""

from __future__ import annotations

import pytest

from app.services import WrongUse, bench_covering
from tests.city_in_database import Door, quiet


def test_both_ways_tell_the_same(living: Door) -> None:
    asked = {"poses": 300, "one_by_one": 336, "density_class": "observe"}
    whole, singly, kept = bench_covering.measure(living(), **asked, progress=quiet)
    # Seven mounts of 48 poses.
    assert (whole["poses"], whole["n"], whole["budget"]) == (336, 3, "60 s")
    # From the lane's end the corners of both houses lie exactly before two points of the street: an edge
    # that rounding decides.
    assert (singly["poses"], singly["differing"] <= 2) == (336, True)
    assert abs(singly["pairs"] - whole["pairs"]) <= 2 < 100 < whole["pairs"]
    assert kept["pairs"] >= whole["pairs"]
    assert min(row["peak_mib"] for row in (whole, singly, kept)) > 0
    with pytest.raises(WrongUse, match="there are 384 poses here, not 1,000"):
        bench_covering.measure(living(), poses=1_000, progress=quiet)
