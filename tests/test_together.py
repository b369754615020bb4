"""The chance that one at least of some heads sees a place: by hand, and as coverage counts it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from spatial.doubts import COMMON, TILTS
from spatial.together import Head, chance_of_any

# A place 10 m off, within 45 degrees of the heading: a footprint of slope 1 that begins at the pole.
QUARTER = np.array([[0.0, 30.0, 1.0, 0.0]])
EVEN = Head(10.0, 0.0, QUARTER, None, None, None, pole=1, offset=0.0)


def test_heads_of_a_pole_look_apart_and_poles_do_not_care() -> None:
    assert chance_of_any([]) == 0.0
    assert chance_of_any([EVEN]) == pytest.approx(0.25)
    # Half a turn apart they never see the same place; on poles of their own they may.
    assert chance_of_any([EVEN, replace(EVEN, offset=0.5)]) == pytest.approx(0.5)
    assert chance_of_any([EVEN, replace(EVEN, pole=2)]) == pytest.approx(1 - 0.75**2)


def test_what_is_believed_counts() -> None:
    # Nine times of ten the heading lies between 0 and 90 degrees, evenly; of these half are within 45.
    sums = np.concatenate([np.linspace(0.0, 0.9, 19), np.linspace(0.9, 1.0, 55)[1:]])
    believed = replace(EVEN, heading_sums=sums)
    assert chance_of_any([believed]) == pytest.approx(0.45 + 0.1 * 45 / 270, abs=2e-3)
    assert chance_of_any([replace(EVEN, heading_deg=30.0)]) == pytest.approx(1.0)
    assert chance_of_any([replace(EVEN, heading_deg=60.0)]) == pytest.approx(0.0, abs=1e-12)


def test_doubted_tilts_and_common_steps() -> None:
    # Only the flattest tilt reaches the place, at any heading.
    flat = np.tile([[0.0, 30.0, 0.0, 30.0], [0.0, 5.0, 0.0, 30.0], [0.0, 5.0, 0.0, 30.0]], (COMMON, 1))
    assert flat.shape == (COMMON * TILTS, 4)
    one = replace(EVEN, footprints=flat, heading_deg=0.0)
    assert chance_of_any([one]) == pytest.approx(1 / 6)
    assert chance_of_any([replace(one, tilt_p=np.array([0.5, 0.5, 0.0]))]) == pytest.approx(0.5)
    # Heads of one pole share the tilt, poles do not.
    assert chance_of_any([one, replace(one, offset=0.5)]) == pytest.approx(1 / 6)
    assert chance_of_any([one, replace(one, pole=2)]) == pytest.approx(1 - (5 / 6) ** 2)
